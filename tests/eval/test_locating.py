import pytest

from eval.locating import locate, squeeze


@pytest.mark.parametrize(
    ("text", "wanted", "found"),
    [
        ("Badet åpner kl. 7.", "åpner kl. 7.", ["åpner kl. 7."]),
        ("Badet\nåpner\u00a0kl. 7.", "Badet åpner kl. 7.", ["Badet\nåpner\u00a0kl. 7."]),
        ("Et bad. To bad. Et bad.", "Et bad.", ["Et bad.", "Et bad."]),
        ("Badet åpner.", "Bad", []),
        ("Svømmebad", "bad", []),
        ("Det står 66 der.", "Det står [66](#) der.", ["Det står 66 der."]),
        ("Dette er viktig.", "Dette er **viktig**.", ["Dette er viktig."]),
        ("Rad\n\n12 250\n\nja", "| Rad | 12 250 | ja |", ["Rad\n\n12 250\n\nja"]),
        ("Støtte gis når\n\ndet regner.", "Støtte gis når a) det regner.", ["Støtte gis når\n\ndet regner."]),
        ("Det regner.", "* Det regner.", ["Det regner."]),
        ("blåbær", "bla\u030abær", ["blåbær"]),
        ("Badet åpner.", "", []),
        ("Badet åpner.", "Badet stenger.", []),
    ],
)
def test_where_a_gold_quote_stands(text: str, wanted: str, found: list[str]) -> None:
    spans = locate(text, squeeze(text), wanted)
    assert [text[start:end] for start, end in spans] == found
    assert all(first[1] <= second[0] for first, second in zip(spans, spans[1:], strict=False))

import pytest

from assistant.choosing import Choice, Facet
from assistant.web.filter_view import FEW, label, render_facets, render_search
from assistant.web.source_filter import pressed
from index.documents.document import Language, Metadata, Source
from tests.web.fake import DOCUMENTS, HOSTILE
from tests.web.made_reports import notes
from tests.web.reading import Reading

SOURCES = tuple(document.source for document in DOCUMENTS)
MANY = tuple(note.source for note in notes())


def chips(html: str) -> list[tuple[str, str]]:
    reading = Reading(html)
    texts = reading.texts("button", "kv-brikke")
    return [
        (text, it["aria-pressed"]) for text, it in zip(texts, reading.attributes("button", "kv-brikke"), strict=True)
    ]


def test_a_facet_has_a_row_where_it_tells_sources_apart() -> None:
    reading = Reading(render_facets(SOURCES, Choice(), Language.BOKMAAL))
    assert [it["aria-label"] for it in reading.attributes("div", "kv-fasett")] == ["Utgiver", "Sjanger", "År", "Språk"]
    assert ("nynorsk 1", "false") in chips(render_facets(SOURCES, Choice(), Language.BOKMAAL))
    assert ("Norwegian Nynorsk 1", "false") in chips(render_facets(SOURCES, Choice(), Language.ENGLISH)) or (
        "Nynorsk 1",
        "false",
    ) in chips(render_facets(SOURCES, Choice(), Language.ENGLISH))
    assert render_facets(SOURCES[:1], Choice(), Language.BOKMAAL) == "", "one source needs no filter"


def test_pressed_chips_and_those_that_would_leave_nothing() -> None:
    choice = Choice().toggled(Facet.PUBLISHER, "Fjord kommune")
    html = render_facets(SOURCES, choice, Language.BOKMAAL)
    assert ("Fjord kommune 1", "true") in chips(html)
    disabled = [it["value"] for it in Reading(html).attributes("button") if "disabled" in it]
    assert disabled == ["plan", "2021", "nb"]


def test_many_chips_are_shown_on_request_but_those_pressed_always() -> None:
    choice = Choice().toggled(Facet.PUBLISHER, "Kystlag 9")
    rows = Reading(render_facets(MANY, choice, Language.BOKMAAL))
    publishers = [it for it in rows.attributes("button", "kv-brikke") if it["value"].startswith("Kystlag")]
    shown = [it["value"] for it in publishers if "hidden" not in it]
    assert len(publishers) == 30 and len(shown) in (FEW, FEW + 1) and "Kystlag 9" in shown
    assert rows.texts("button", "kv-flere")[0] == f"Vis {30 - len(shown)} til"


def test_what_documents_say_of_themselves_is_text() -> None:
    hostile = Source("d0000000000000000", "x.txt", "0" * 64, Metadata(publisher=HOSTILE, kind='"><script>'))
    reading = Reading(render_facets((*SOURCES, hostile), Choice(), Language.BOKMAAL))
    assert {tag for tag, _, _ in reading.elements} == {"div", "span", "button"}
    assert HOSTILE in [it["value"] for it in reading.attributes("button", "kv-brikke")]


def test_the_folded_filter_says_what_is_chosen() -> None:
    assert label(3, SOURCES, Choice(), Language.BOKMAAL) == "Leter i alle kildene"
    choice = Choice().toggled(Facet.YEAR, "2018").toggled(Facet.LANGUAGE, "nn")
    assert label(1, SOURCES, choice, Language.BOKMAAL) == "Leter i 1 av 3 kilder: 2018, nynorsk"
    for year in ("2017", "2019"):
        choice = choice.toggled(Facet.YEAR, year)
    assert label(0, SOURCES, choice, Language.BOKMAAL) == "Ingen kilder er valgt: 2017, 2018, 2019 …"


@pytest.mark.parametrize("event", [None, [], {}, {"fasett": "title"}, {"fasett": ["year"]}, {"fasett": 1, "verdi": {}}])
def test_a_forged_chip_is_none(event: object) -> None:
    assert pressed(event) == (None, "")


def test_a_chip_is_read() -> None:
    assert pressed({"fasett": "year", "verdi": "2017"}) == (Facet.YEAR, "2017")
    assert "hidden" in Reading(render_search(Language.BOKMAAL)).attributes("div", "kv-kildesok")[0]

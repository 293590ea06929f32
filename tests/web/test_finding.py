import unicodedata

import pytest

from assistant.web.finding import MAX_HITS, MAX_SOUGHT, find
from index.documents.document import BlockKind, Metadata
from tests.web.fake import make_document
from tests.web.made_reports import long_text

TEXT = (
    "Åpen russcene på Sørlandet. «Ærlig talt», sa hun – det er e-post og 'nei'.\nÅPEN\u00a0 RUSSCENE igjen 😀 blåbær."
)
DOCUMENT = make_document("funn.txt", Metadata(), [(BlockKind.PARAGRAPH, TEXT)])


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("åpen russcene", ["Åpen russcene", "ÅPEN\u00a0 RUSSCENE"]),
        ("  ÅPEN  ", ["Åpen", "ÅPEN"]),
        (unicodedata.normalize("NFD", "blåbær"), ["blåbær"]),
        ("SØRLANDET", ["Sørlandet"]),
        ('"ærlig talt"', ["«Ærlig talt»"]),
        ("hun - det", ["hun – det"]),
        ("’nei’", ["'nei'"]),
        ("nei'. åpen", ["nei'.\nÅPEN"]),
        ("apen", []),
        (".*", []),
        ("[", []),
        ("", []),
        (" \n ", []),
    ],
)
def test_what_is_found(words: str, expected: list[str]) -> None:
    found = find(DOCUMENT, words)
    assert [DOCUMENT.text[span.start : span.end] for span in found.spans] == expected
    assert found.total == len(expected)


def test_offsets_are_code_points() -> None:
    [span] = find(DOCUMENT, "blåbær").spans
    assert DOCUMENT.text[span.start : span.end] == "blåbær"


def test_more_than_can_be_told_is_counted() -> None:
    found = find(long_text(), "stein")
    assert len(found.spans) == MAX_HITS < found.total == long_text().text.lower().count("stein")


def test_a_long_search_is_cut() -> None:
    assert find(DOCUMENT, "Å" * 10_000) == find(DOCUMENT, "Å" * MAX_SOUGHT)

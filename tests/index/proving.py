"""What every document must be, whatever it was read from."""

import unicodedata

from index.documents.document import BlockKind, Document
from index.record import document_columns, document_of
from index.segmentation import paragraphs
from tests.index.made import BODY, HEADING, LIST, SECOND, TABLE, TITLE


def shape(document: Document) -> list[tuple[str, str]]:
    return [(block.kind.value, document.text[block.start : block.end]) for block in document.blocks]


def prove(document: Document) -> None:
    """The promises about blocks, text and the way back, for formats without pages."""
    text = document.text
    assert "\n\n".join(text[block.start : block.end] for block in document.blocks) == text
    assert unicodedata.is_normalized("NFC", text)
    assert not document.pages and not document.places
    assert document.source_map.to_bytes(text, 0, len(text)) == (0, len(document.original))
    for block in document.blocks:
        content = text[block.start : block.end]
        assert content and content == " ".join(content.split())
    for paragraph in paragraphs(document):
        assert all(paragraph.start <= s.start < s.end <= paragraph.end for s in paragraph.sentences)


def prove_any(document: Document) -> None:
    """The promises about any document, with pages or without."""
    text = document.text
    text.encode()  # no half of a character
    assert "\n\n".join(text[block.start : block.end] for block in document.blocks) == text
    assert unicodedata.is_normalized("NFC", text)
    for block in document.blocks:
        content = text[block.start : block.end]
        assert content and content == " ".join(content.split())
        begin, end = document.source_map.to_bytes(text, block.start, block.end)
        assert 0 <= begin < end <= len(document.original)
    at = 0
    for page in document.pages:
        assert page.start == at <= page.end
        at = page.end
    assert at == (len(text) if document.pages else 0)
    numbers, end = {page.number for page in document.pages}, 0
    for place in document.places:
        assert end <= place.start < place.end <= len(text) and place.page in numbers
        assert place.left < place.right and place.top < place.bottom
        end = place.end
    for paragraph in paragraphs(document):
        assert (paragraph.page is not None) == bool(document.pages)
        assert all(paragraph.start <= s.start < s.end <= paragraph.end for s in paragraph.sentences)
    assert document_of(document_columns(document)) == document


def expect_sample(document: Document) -> None:
    """The text of ``made``, whatever format it was made in."""
    found = shape(document)
    assert found[: 5 + len(LIST)] == [
        ("title", TITLE),
        *(("paragraph", text) for text in BODY),
        ("heading", HEADING),
        *(("paragraph", text) for text in SECOND),
        *(("list_item", item) for item in LIST),
    ]
    assert found[5 + len(LIST) :][:3] == [("boilerplate", name) for name in TABLE[0]]
    cells = [block for block in document.blocks if block.kind is BlockKind.TABLE_CELL]
    assert [document.text[cell.start : cell.end] for cell in cells] == [cell for row in TABLE[1:] for cell in row]
    assert [(cell.row, cell.column) for cell in cells[3:6]] == [
        (None, "Tiltak"),
        ("Lyktestolper", "Kostnad"),
        ("Lyktestolper", "Ferdig"),
    ]
    assert document.source.metadata.title == TITLE
    assert document_of(document_columns(document)) == document

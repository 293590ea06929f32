"""The same text gives the same sentences, whatever format it comes in."""

import pytest

from index.documents import READERS, read_bytes
from index.documents.document import Document
from index.segmentation import paragraphs
from tests.index import made_pdf, test_documents_epub, test_documents_html, test_documents_office, test_documents_rtf
from tests.index.made import BODY, HEADING, LIST, SECOND, TABLE, TITLE


def markdown() -> bytes:
    rows = ["| " + " | ".join(row) + " |" for row in TABLE]
    table = "\n".join([rows[0], "|---|---|---|", *rows[1:]])
    texts = "\n\n".join([f"# {TITLE}", *BODY, f"## {HEADING}", *SECOND, "\n".join(f"- {item}" for item in LIST), table])
    return texts.encode()


MADE = {
    "plan.md": markdown,
    "plan.pdf": made_pdf.sample,
    "plan.docx": test_documents_office.word_sample,
    "plan.odt": test_documents_office.open_sample,
    "plan.html": lambda: test_documents_html.page(test_documents_html.sample_body()),
    "plan.epub": test_documents_epub.sample,
    "plan.rtf": test_documents_rtf.sample,
}


def sentences(document: Document) -> list[tuple[str, tuple[str, ...], str | None, str | None]]:
    """Each sentence with its headings and the names of its row and column."""
    return [
        (document.text[sentence.start : sentence.end], paragraph.headings, paragraph.row, paragraph.column)
        for paragraph in paragraphs(document)
        for sentence in paragraph.sentences
    ]


@pytest.mark.parametrize("name", [name for name in MADE if name != "plan.md"])
def test_the_same_text_gives_the_same_sentences(name: str) -> None:
    plain = read_bytes("plan.md", MADE["plan.md"]())
    document = read_bytes(name, MADE[name]())
    assert document.text == plain.text
    assert sentences(document) == sentences(plain)
    assert [(b.kind, b.start, b.end, b.row, b.column) for b in document.blocks] == [
        (b.kind, b.start, b.end, b.row, b.column) for b in plain.blocks
    ]


def test_every_format_is_tried() -> None:
    tried = {name.rpartition(".")[2] for name in MADE} | {"txt", "text", "markdown", "htm", "xhtml", "zip"}
    assert {suffix[1:] for suffix in READERS} == tried

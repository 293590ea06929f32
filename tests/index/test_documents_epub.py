"""The reader of e-books."""

import io
import zipfile

import pytest

from index.documents import epub, read_bytes
from index.documents.composing import compose
from index.documents.document import Document
from index.errors import DamagedFile, DocumentError, EmptyDocument, PasswordProtected, UnsafeFile
from tests.index.made import HEADING, TITLE
from tests.index.proving import expect_sample, prove, shape
from tests.index.test_documents_html import sample_body

CONTAINER = (
    '<container xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles>'
    '<rootfile full-path="OEBPS/bok.opf" media-type="application/oebps-package+xml"/></rootfiles></container>'
)
OPF = (
    '<package xmlns="http://www.idpf.org/2007/opf" xmlns:dc="http://purl.org/dc/elements/1.1/"><metadata>'
    "<dc:title>{title}</dc:title><dc:creator>Kari Holm</dc:creator><dc:publisher>Hamnøy forlag</dc:publisher>"
    '<dc:date>2021-04-05</dc:date></metadata><manifest><item id="n" href="nav.xhtml" properties="nav" '
    'media-type="application/xhtml+xml"/><item id="b" href="to%20her.xhtml" media-type="application/xhtml+xml"/>'
    '<item id="a" href="en.xhtml" media-type="application/xhtml+xml"/></manifest>'
    '<spine><itemref idref="n"/><itemref idref="a"/><itemref idref="b"/></spine></package>'
)


def chapter(body: str) -> str:
    return (
        '<?xml version="1.0" encoding="utf-8"?><!DOCTYPE html><html xmlns="http://www.w3.org/1999/xhtml" '
        f'xmlns:epub="http://www.idpf.org/2007/ops"><head><title>Del</title></head><body>{body}</body></html>'
    )


def book(first: str, second: str, **members: str | bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr("mimetype", "application/epub+zip")
        content: dict[str, str | bytes] = {
            "META-INF/container.xml": CONTAINER,
            "OEBPS/bok.opf": OPF.format(title=TITLE),
            "OEBPS/nav.xhtml": chapter("<nav><ol><li><a href='en.xhtml'>Første kapittel</a></li></ol></nav>"),
            "OEBPS/to her.xhtml": chapter(second),
            "OEBPS/en.xhtml": chapter(first),
        }
        for name, text in (content | members).items():
            file.writestr(name, text)
    return out.getvalue()


def sample() -> bytes:
    first, second = sample_body().split(f"<h2>{HEADING}")
    return book(first, f"<h2>{HEADING}{second}")


def read(data: bytes) -> Document:
    document = compose("a.epub", data, epub.extract("a.epub", data))
    prove(document)
    return document


def test_the_sample_over_two_chapters() -> None:
    document = read_bytes("bok.epub", sample())
    expect_sample(document)
    said = document.source.metadata
    assert (said.authors, said.publisher, said.date) == (("Kari Holm",), "Hamnøy forlag", "2021-04-05")


def test_notes_are_kept_and_their_marks_are_not() -> None:
    note = '<aside epub:type="footnote"><p>Noten står her, og den er hel.</p></aside>'
    document = read(
        book(f"<p>Kapittelet begynner her.<a href='#n'><sup>1</sup></a> Og går videre.</p>{note}", "<p>Så.</p>")
    )
    assert [text for _, text in shape(document)][:2] == [
        "Kapittelet begynner her. Og går videre.",
        "Noten står her, og den er hel.",
    ]


LOCK = '<encryption><CipherReference URI="OEBPS/{}"/></encryption>'
ENTITIES = '<!DOCTYPE a [<!ENTITY a "aa">]><package>&a;</package>'


@pytest.mark.parametrize(
    ("data", "error"),
    [
        (b"ikke en bok", DamagedFile),
        (sample()[:400], DamagedFile),
        (book("", ""), EmptyDocument),
        (book("<p>a</p>", "", **{"META-INF/container.xml": "<container/>"}), DamagedFile),
        (book("<p>a</p>", "", **{"OEBPS/bok.opf": ENTITIES}), UnsafeFile),
        (book("<p>a</p>", "", **{"../ute.xhtml": ""}), UnsafeFile),
        (book("<p>a</p>", "", **{"META-INF/encryption.xml": LOCK.format("en.xhtml")}), PasswordProtected),
    ],
    ids=["text", "cut", "empty", "no book", "entities", "climbing", "locked"],
)
def test_what_is_no_book_is_told(data: bytes, error: type[DocumentError]) -> None:
    with pytest.raises(error, match="bok.epub"):
        read_bytes("bok.epub", data)


def test_locked_fonts_do_no_harm() -> None:
    data = book("<p>Kapittelet er her.</p>", "", **{"META-INF/encryption.xml": LOCK.format("skrift.otf")})
    assert read(data).text == "Kapittelet er her."


@pytest.mark.parametrize(
    ("said", "url"),
    [
        ("<dc:identifier>https://h.no/bok</dc:identifier>", "https://h.no/bok"),
        ("<dc:identifier>urn:isbn:82-0</dc:identifier><dc:source>https://h.no/bok</dc:source>", "https://h.no/bok"),
        ("<dc:identifier>urn:isbn:82-0</dc:identifier>", None),
    ],
)
def test_where_the_book_says_that_it_stands(said: str, url: str | None) -> None:
    opf = OPF.format(title=TITLE).replace("</metadata>", f"{said}</metadata>")
    document = read(book("<p>En.</p>", "<p>To.</p>", **{"OEBPS/bok.opf": opf}))
    assert document.source.metadata.url == url

"""Files as small as they can be while they hold what their readers look for: the seeds of ``fuzzing``."""

import io
import zipfile
from collections.abc import Mapping
from functools import cache, partial

from tests.index.made_pdf import LEFT, RIGHT, Paper
from tests.index.test_documents_epub import CONTAINER, OPF, chapter
from tests.index.test_documents_office import open_document

TEXT = """# Saken blir løst

Av: Kari Holm, 3. mai 2024

Kommunen har vedtatt planen, og den gjelder for **alle** som bor i sam-
arbeid med [fylket](https://a.no) fra nyttår.

## Krav

Vi vil:

- bygge skole
- bygge vei
  - med fortau

| År | Kroner |
|---|---|
| 2024 | 12 |

Les også
En annen sak
"""
NYNORSK = (
    "Overskrift\n==========\n\n«Eg veit ikkje», seier ho.\n\n– Det er bra.\n\n1. Først\n2. Så\n\nA\tB\nC\tD\nE\tF\n"
)


def packed(members: Mapping[str, bytes]) -> bytes:
    """A zip file that packs nothing, so that making it takes no time."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as file:
        for name, content in members.items():
            file.writestr(zipfile.ZipInfo(name), content)
    return out.getvalue()


def unpacked(data: bytes) -> dict[str, bytes]:
    """The members of a zip file."""
    with zipfile.ZipFile(io.BytesIO(data)) as file:
        return {name: file.read(name) for name in file.namelist()}


@cache
def page(*, compressed: bool) -> bytes:
    """A heading, a paragraph over a line's end, a list, a table and a footnote, on two pages with numbers."""
    paper = Paper(pageCompression=int(compressed))
    paper.furniture = lambda canvas, number: canvas.drawString(LEFT, 40, f"Plan {number}")
    paper.heading("Plan", 18)
    paper.lines(["Kommunen har vedtatt planen i sam-", "arbeid med fylket, og den gjelder alle."])
    paper.lines(["• bygge skole", "• bygge vei"])
    for row in (("År", "Kr"), ("2024", "12"), ("2025", "14"), ("2026", "15")):
        for column, cell in enumerate(row):
            paper.canvas.drawString(LEFT + 150 * column, paper.y, cell)
        paper.y -= 14
    paper.new_page()
    paper.canvas.bookmarkPage("b")
    paper.canvas.addOutlineEntry("Mer", "b", 0)
    paper.line("Mer", size=14, font="Helvetica-Bold")
    for column in (LEFT, (LEFT + RIGHT) / 2):
        paper.y = 600
        paper.lines([f"Linje {number} i denne spalten er her" for number in range(5)], x=column, size=9)
    paper.y = 80
    paper.line("1 En note nederst.", size=7)
    return paper.done()


_W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


@cache
def word() -> bytes:
    """A Word file with styles, a list, a table and a footnote."""

    def paragraph(text: str, style: str = "", more: str = "") -> str:
        return f'<w:p><w:pPr><w:pStyle w:val="{style}"/>{more}</w:pPr><w:r><w:t>{text}</w:t></w:r></w:p>'

    listed = '<w:numPr><w:ilvl w:val="1"/><w:numId w:val="2"/></w:numPr>'
    row = "<w:tr>" + "".join(f"<w:tc><w:p><w:r><w:t>{cell}</w:t></w:r></w:p></w:tc>" for cell in "AB") + "</w:tr>"
    note = '<w:p><w:r><w:t>Med note.</w:t><w:footnoteReference w:id="1"/></w:r></w:p>'
    body = paragraph("Plan", "T") + paragraph("Kommunen har vedtatt planen.") + paragraph("Krav", "H")
    body += paragraph("bygge skole", "", listed) + f"<w:tbl>{row}{row}</w:tbl>{note}"
    styles = '<w:style w:styleId="T"><w:name w:val="Title"/></w:style>'
    styles += '<w:style w:styleId="H"><w:name w:val="heading 1"/><w:basedOn w:val="T"/></w:style>'
    return packed(
        {
            "word/document.xml": f"<w:document {_W}><w:body>{body}</w:body></w:document>".encode(),
            "word/styles.xml": f"<w:styles {_W}>{styles}</w:styles>".encode(),
            "word/footnotes.xml": (
                f'<w:footnotes {_W}><w:footnote w:id="1"><w:p><w:r><w:t>Noten.</w:t></w:r></w:p></w:footnote>'
                "</w:footnotes>"
            ).encode(),
        }
    )


@cache
def odt() -> bytes:
    """An OpenDocument text with a heading, a list, a table and a note."""
    row = "".join(f"<table:table-cell><text:p>{cell}</text:p></table:table-cell>" for cell in "AB")
    return packed(
        unpacked(
            open_document(
                '<text:p text:style-name="P1">Plan</text:p><text:h text:outline-level="1">Krav</text:h>'
                "<text:p>Kommunen<text:s/>har vedtatt.<text:note><text:note-body><text:p>Noten.</text:p>"
                "</text:note-body></text:note></text:p><text:list><text:list-item><text:p>skole</text:p></text:list-item></text:list>"
                f"<table:table><table:table-row>{row}</table:table-row><table:table-row>{row}</table:table-row>"
                "</table:table>",
                title="Plan",
            )
        )
    )


BODY = (
    "<nav><a href='/'>Hjem</a></nav><main><h1>Saken</h1><p>Kommunen har vedtatt."
    "<sup><a href='#n'>1</a></sup></p>"
    "<ul><li>skole<ul><li>vei</li></ul></li></ul><table><tr><th>A<th>B<tr><td>1<td colspan=2>2</table>"
    "<figure><figcaption>Skolen. Foto: Kari Holm</figcaption></figure></main><script>alert(1)</script>"
)
HTML = (
    "<!DOCTYPE html><html><head><meta charset='utf-8'><title>Saken | By</title><meta name=author content='Kari Holm'>"
    '<script type="application/ld+json">{"@type":"NewsArticle","headline":"Saken"}</script></head>'
    f"<body>{BODY}</body>"
)


@cache
def book() -> bytes:
    """An e-book of two chapters."""
    return packed(
        {
            "META-INF/container.xml": CONTAINER.encode(),
            "OEBPS/bok.opf": OPF.format(title="Boka").encode(),
            "OEBPS/en.xhtml": chapter(BODY).encode(),
            "OEBPS/to her.xhtml": chapter("<p>Slutt.</p>").encode(),
        }
    )


RTF = (
    r"{\rtf1\ansi\ansicpg1252{\fonttbl{\f0 Arial;}}{\stylesheet{\s1 heading 1;}{\s9 Title;}}{\info{\title Plan}}"
    r"\pard\s9 Planen\par\pard\s1 Krav\par\pard Kommunen har \b vedtatt\b0 p\'e5 \u248? m\uc2\u8211\'96\'96te."
    r"{\footnote\pard Noten.\par}\par{\listtext\'b7\tab}\ls1 skole\par{\field{\*\fldinst X}{\fldrslt Lenke}}\par"
    r"\trowd\cellx1\cellx2\pard\intbl A\cell B\cell\row\trowd\pard\intbl 1\cell 2\cell\row\pard{\pict 01ff}\par}"
)


@cache
def archive(*, nested: bool) -> bytes:
    """A zip file of texts, perhaps with another in it."""
    members = {"a/sak.md": TEXT.encode(), "b/notat.txt": NYNORSK.encode(), "bilde.png": b"\x89PNG"}
    return packed(members | ({"mer.zip": archive(nested=False)} if nested else {}))


TEXTS = (TEXT.encode, NYNORSK.encode, partial(TEXT.encode, "utf-16"), partial(NYNORSK.encode, "cp1252"))
PDFS = (partial(page, compressed=False), partial(page, compressed=False), partial(page, compressed=True))
WORDS, OPENS, BOOKS, RICHES, PAGES = (word,), (odt,), (book,), (RTF.encode,), (HTML.encode,)
ZIPS = (partial(archive, nested=False), partial(archive, nested=True))

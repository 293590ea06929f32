"""The readers of Word and OpenDocument files."""

import io
import zipfile
from collections.abc import Callable
from datetime import datetime

import docx as writer
import pytest
from docx.document import Document as WordFile
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from index.documents import docx, odt, read_bytes
from index.documents.composing import compose
from index.documents.document import BlockKind, Document
from index.errors import DamagedFile, DocumentError, EmptyDocument, MislabelledFile, PasswordProtected, UnsafeFile
from tests.index.made import BODY, HEADING, LIST, SECOND, TABLE, TITLE
from tests.index.proving import expect_sample, prove, shape


def saved(file: WordFile) -> bytes:
    out = io.BytesIO()
    file.save(out)
    return out.getvalue()


def word_sample() -> bytes:
    file = writer.Document()
    file.add_heading(TITLE, 0)
    for text in BODY:
        file.add_paragraph(text)
    file.add_heading(HEADING, 1)
    for text in SECOND:
        file.add_paragraph(text)
    for item in LIST:
        file.add_paragraph(item, style="List Bullet")
    table = file.add_table(len(TABLE), len(TABLE[0]))
    for row, cells in zip(table.rows, TABLE, strict=True):
        for cell, text in zip(row.cells, cells, strict=True):
            cell.text = text
    file.core_properties.title = "Microsoft Word - dok1"
    file.core_properties.author = "Kari Holm"
    return saved(file)


def read_word(data: bytes) -> Document:
    document = compose("a.docx", data, docx.extract("a.docx", data))
    prove(document)
    return document


def test_word_sample() -> None:
    document = read_bytes("plan.docx", word_sample())
    expect_sample(document)
    assert document.source.metadata.authors == ("Kari Holm",)


@pytest.mark.parametrize(
    ("created", "modified", "said", "date"),
    [
        ((2013, 12, 23, 23, 15), (2013, 12, 23, 23, 15), "", None),
        ((2019, 5, 3), (2019, 5, 3), "", "2019"),
        ((2019, 5, 3), (2019, 5, 3), " Planen gjelder fra 2024.", None),
        ((2019, 5, 3), (2023, 2, 1), " Planen gjelder til 2030.", "2023"),
        ((2019, 5, 3), (2023, 2, 1), " Dato: 3. september 2025.", "2023"),
        ((2019, 5, 3), (2023, 2, 1), "Dato: 3. september 2025. Til stede: alle i styret.", "2025-09-03"),
    ],
)
def test_when_a_word_file_was_saved(
    created: tuple[int, ...], modified: tuple[int, ...], said: str, date: str | None
) -> None:
    file = writer.Document()
    file.core_properties.created, file.core_properties.modified = datetime(*created), datetime(*modified)
    file.add_paragraph(said + BODY[0] if said.startswith("Dato") else BODY[0] + said)
    assert read_word(saved(file)).source.metadata.date == date


def word_paragraph(xml: str) -> bytes:
    file = writer.Document()
    file.add_paragraph(BODY[0])
    file.element.body.insert(1, parse_xml(f"<w:p {nsdecls('w')}>{xml}</w:p>"))
    file.add_paragraph(BODY[1])
    return saved(file)


@pytest.mark.parametrize(
    ("xml", "text"),
    [
        ("<w:r><w:t>Dette er </w:t></w:r><w:ins><w:r><w:t>nytt.</w:t></w:r></w:ins>", "Dette er nytt."),
        ("<w:r><w:t>Dette er igjen.</w:t></w:r><w:del><w:r><w:delText> Borte.</w:delText></w:r></w:del>",
         "Dette er igjen."),
        ("<w:hyperlink><w:r><w:t>Lenker</w:t></w:r></w:hyperlink><w:r><w:t> er tekst.</w:t></w:r>", "Lenker er tekst."),
        ("<w:r><w:rPr><w:vanish/></w:rPr><w:t>Skjult.</w:t></w:r><w:r><w:t>Dette er synlig.</w:t></w:r>",
         "Dette er synlig."),
        ("<w:r><w:t>E</w:t><w:noBreakHyphen/><w:t>posten sam</w:t><w:softHyphen/><w:t>les her.</w:t></w:r>",
         "E-posten samles her."),
        ("<w:r><w:instrText>PAGE</w:instrText></w:r><w:r><w:t>Det står her.</w:t></w:r>", "Det står her."),
    ],
)  # fmt: skip
def test_what_word_hides_is_no_text(xml: str, text: str) -> None:
    assert shape(read_word(word_paragraph(xml)))[1] == ("paragraph", text)


def word_body(body: str, *styles: str) -> bytes:
    file = writer.Document()
    for style in styles:
        file.styles.element.append(parse_xml(f'<w:style {nsdecls("w")} w:type="paragraph" {style}</w:style>'))
    for node in list(parse_xml(f"<w:body {nsdecls('w')}>{body}</w:body>")):
        file.element.body.insert_element_before(node, "w:sectPr")
    return saved(file)


def paragraph(text: str, properties: str = "") -> str:
    return f'<w:p><w:pPr>{properties}</w:pPr><w:r><w:t xml:space="preserve">{text}</w:t></w:r></w:p>'


def test_a_style_with_numbers_makes_a_list_unless_the_paragraph_takes_them_away() -> None:
    numbers = '<w:numPr><w:numId w:val="{}"/></w:numPr>'.format
    points = f'w:styleId="P"><w:name w:val="Strek"/><w:pPr>{numbers(2)}</w:pPr>'
    deeper = 'w:styleId="Q"><w:name w:val="Strek inn"/><w:basedOn w:val="P"/>'
    heading = f'w:styleId="R"><w:name w:val="Med tall"/><w:basedOn w:val="Heading1"/><w:pPr>{numbers(2)}</w:pPr>'
    style = '<w:pStyle w:val="{}"/>'.format
    body = (
        paragraph("Mål for skolene", style("R")),
        paragraph(BODY[0]),
        paragraph("Kommunen skal gi alle barn en trygg skolevei", style("P")),
        paragraph("Kommunen skal bygge ut gang- og sykkelveiene", style("Q")),
        paragraph(BODY[1], style("P") + numbers(0)),
    )
    found = shape(read_word(word_body("".join(body), points, deeper, heading)))
    assert [kind for kind, _ in found] == ["title", "paragraph", "list_item", "list_item", "paragraph"]


def test_a_paragraph_goes_on_where_the_mark_that_parted_it_is_deleted() -> None:
    deleted = '<w:rPr><w:del w:id="1" w:author="a"/></w:rPr>'
    body = (
        paragraph("Kommunestyret vedtok planen i juni,", deleted),
        paragraph(" og den gjelder for alle skolene i kommunen."),
        paragraph("Etter dette står det ingenting.", deleted),
    )
    found = [text for _, text in shape(read_word(word_body("".join(body))))]
    joined = "Kommunestyret vedtok planen i juni, og den gjelder for alle skolene i kommunen."
    assert found == [joined, "Etter dette står det ingenting."]


def test_merged_cells_name_every_column_and_row_that_they_stand_over() -> None:
    file = writer.Document()
    file.add_paragraph(BODY[0])
    table = file.add_table(5, 3)
    rows = (
        ("Elever i skolene", "", ""),
        ("Skole", "Elever", ""),
        ("", "Før", "Nå"),
        ("Vik", "19", "17"),
        ("", "4", "3"),
    )
    for row, texts in zip(table.rows, rows, strict=True):
        for cell, text in zip(row.cells, texts, strict=True):
            cell.text = text
    for (top, left), (bottom, right) in (((0, 0), (0, 2)), ((1, 1), (1, 2)), ((1, 0), (2, 0)), ((3, 0), (4, 0))):
        table.cell(top, left).merge(table.cell(bottom, right))
    document = read_word(saved(file))
    cells = [block for block in document.blocks if block.kind is BlockKind.TABLE_CELL]
    assert [(document.text[cell.start : cell.end], cell.row, cell.column) for cell in cells] == [
        ("Vik", None, "Skole"),
        ("19", "Vik", "Elever Før"),
        ("17", "Vik", "Elever Nå"),
        ("4", "Vik", "Elever Før"),
        ("3", "Vik", "Elever Nå"),
    ]
    assert ("caption", "Elever i skolene") in shape(document)


def changed(data: bytes, change: Callable[[dict[str, bytes]], None]) -> bytes:
    """The zip file ``data`` with its members changed."""
    with zipfile.ZipFile(io.BytesIO(data)) as file:
        members = {name: file.read(name) for name in file.namelist()}
    change(members)
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as file:
        for name, content in members.items():
            file.writestr(name, content)
    return out.getvalue()


BOMB = b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]><a>&b;</a>'


@pytest.mark.parametrize(
    ("data", "error"),
    [
        (b"ikke en Word-fil", DamagedFile),
        (word_sample()[:3000], DamagedFile),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), PasswordProtected),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 gammel fil", MislabelledFile),
        (changed(word_sample(), lambda members: members.update({"word/document.xml": BOMB})), UnsafeFile),
        (changed(word_sample(), lambda members: members.update({"../../ut.xml": b""})), UnsafeFile),
        (changed(word_sample(), lambda members: members.update({"/etc/ut": b""})), UnsafeFile),
        (changed(word_sample(), lambda members: members.update({"b": bytes(40_000_000)})), UnsafeFile),
        (changed(word_sample(), lambda members: members.pop("word/document.xml") and None), DamagedFile),
        (saved(writer.Document()), EmptyDocument),
    ],
    ids=["text", "cut", "password", "old", "entities", "climbing", "absolute", "bomb", "no text", "empty"],
)
def test_what_is_no_word_file_is_told(data: bytes, error: type[DocumentError]) -> None:
    with pytest.raises(error) as caught:
        read_bytes("Årsmelding «ny» 🙂.docx", data)
    assert "Årsmelding «ny» 🙂.docx" in str(caught.value)


ODF = "urn:oasis:names:tc:opendocument:xmlns"
NAMESPACES = " ".join(
    f'xmlns:{name}="{ODF}:{name}:1.0"' for name in ("office", "text", "table", "style", "meta", "draw")
)


def open_document(body: str, *, title: str = "") -> bytes:
    """An OpenDocument text whose ``office:text`` holds ``body``."""
    content = (
        f"<office:document-content {NAMESPACES}><office:automatic-styles>"
        '<style:style style:name="P1" style:parent-style-name="Title"/></office:automatic-styles>'
        f"<office:body><office:text>{body}</office:text></office:body></office:document-content>"
    )
    meta = (
        f'<office:document-meta {NAMESPACES} xmlns:dc="http://purl.org/dc/elements/1.1/"><office:meta>'
        f"<dc:title>{title}</dc:title><meta:initial-creator>Kari Holm</meta:initial-creator>"
        "<dc:date>2024-05-06T10:00:00</dc:date></office:meta></office:document-meta>"
    )
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr("mimetype", "application/vnd.oasis.opendocument.text")
        file.writestr("content.xml", content)
        file.writestr("meta.xml", meta)
    return out.getvalue()


def open_sample() -> bytes:
    paragraphs = ["".join(f"<text:p>{text}</text:p>" for text in texts) for texts in (BODY, SECOND)]
    items = "".join(f"<text:list-item><text:p>{item}</text:p></text:list-item>" for item in LIST)
    cells = ["".join(f"<table:table-cell><text:p>{cell}</text:p></table:table-cell>" for cell in row) for row in TABLE]
    rows = "".join(f"<table:table-row>{row}</table:table-row>" for row in cells)
    return open_document(
        f'<text:p text:style-name="P1">{TITLE}</text:p>{paragraphs[0]}<text:h text:outline-level="1">{HEADING}</text:h>'
        f"{paragraphs[1]}<text:list>{items}</text:list><table:table>{rows}</table:table>"
    )


def read_open(data: bytes) -> Document:
    document = compose("a.odt", data, odt.extract("a.odt", data))
    prove(document)
    return document


def test_open_document_sample() -> None:
    document = read_bytes("plan.odt", open_sample())
    expect_sample(document)
    assert (document.source.metadata.authors, document.source.metadata.date) == (("Kari Holm",), "2024")


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("<text:p>Dette<text:s text:c='3'/>er<text:tab/>tekst.</text:p>", ["Dette er tekst."]),
        ("<text:p>Teksten.<text:note><text:note-citation>1</text:note-citation><text:note-body><text:p>Noten sier mer."
         "</text:p></text:note-body></text:note> Og mer tekst.</text:p>",
         ["Teksten. Og mer tekst.", "Noten sier mer."]),
        ("<text:p>Teksten.<office:annotation><text:p>Kommentar.</text:p></office:annotation></text:p>", ["Teksten."]),
        ("<text:tracked-changes><text:p>Slettet.</text:p></text:tracked-changes><text:p>Igjen her.</text:p>",
         ["Igjen her."]),
        ("<text:section><text:p>I en del av <text:a>teksten</text:a>.</text:p></text:section>",
         ["I en del av teksten."]),
    ],
)  # fmt: skip
def test_what_open_document_hides_is_no_text(body: str, expected: list[str]) -> None:
    document = read_open(open_document(f"<text:p>{BODY[0]}</text:p>{body}<text:p>{BODY[1]}</text:p>"))
    assert [text for _, text in shape(document)[1:-1]] == expected


@pytest.mark.parametrize(
    ("data", "error"),
    [
        (b"ikke en fil", DamagedFile),
        (open_sample()[:200], DamagedFile),
        (word_sample(), MislabelledFile),
        (changed(open_sample(), lambda members: members.update({"content.xml": BOMB})), UnsafeFile),
        (changed(open_sample(), lambda m: m.update({"META-INF/manifest.xml": b"<m><encryption-data/></m>"})),
         PasswordProtected),
        (open_document(""), EmptyDocument),
    ],
    ids=["text", "cut", "Word", "entities", "password", "empty"],
)  # fmt: skip
def test_what_is_no_open_document_is_told(data: bytes, error: type[DocumentError]) -> None:
    with pytest.raises(error, match="plan.odt"):
        read_bytes("plan.odt", data)

"""The readers of Word and OpenDocument files."""

import io
import random
import zipfile
from collections.abc import Callable

import docx as writer
import pytest
from docx.document import Document as WordFile
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from index.documents import docx, read_bytes
from index.documents.composing import compose
from index.documents.document import Document
from index.errors import DamagedFile, DocumentError, EmptyDocument, PasswordProtected, UnsafeFile
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
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 gammel fil", DamagedFile),
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


def mutated(data: bytes, number: int, part: str) -> bytes:
    """The file with some bytes changed: half the time those of its main part, before it is packed."""
    random_of = random.Random(number)

    def some(content: bytes) -> bytes:
        changing = bytearray(content)
        for _ in range(random_of.randint(1, 12)):
            at = random_of.randrange(len(changing))
            piece = random_of.choice([b"", b"<", b">", b"/", random_of.randbytes(1), b"9999", b"w:p", b"&amp;"])
            changing[at : at + random_of.choice([0, 1, 1, 7])] = piece
        return bytes(changing)

    if number % 2:
        return some(data)
    return changed(data, lambda members: members.update({part: some(members[part])}))


@pytest.mark.parametrize("part", ["word/document.xml", "word/styles.xml", "docProps/core.xml"])
def test_any_word_file_is_read_or_refused(part: str) -> None:
    whole = word_sample()
    for number in range(150):
        try:
            read_word(mutated(whole, number, part))
        except DocumentError:
            continue

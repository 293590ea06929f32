"""Export, then check: an honest file passes, and every change to a quote or its receipt is found and named."""

import io
import json
import re
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from assistant.answer import Fate, Since
from assistant.exchange import to_json
from assistant.export.formats import Format, contents_in, format_of, read, render, write
from assistant.export.receipt import parse_receipt, receipt_of
from assistant.export.transcript import entry_of, transcript_of
from assistant.export.verify import Fault, Finding, check
from index.documents.document import Language
from index.errors import DamagedFile, DocumentNotFound, NoReceipts, OutputNotWritable, UnknownExport
from tests.assistant.export.made import (
    MADE,
    PAGED,
    PLAN,
    SHELF,
    Shelf,
    answer_of,
    conversation,
    quote_of,
    raw_document,
    raw_quote,
)

FORMATS = list(Format)
DOCUMENT_XML = "word/document.xml"


def edited(content: bytes, format: Format, *pairs: tuple[str, str]) -> bytes:
    """The file with each ``old`` replaced by its ``new``, once; in a Word file in its text."""
    if format is not Format.WORD:
        text = content.decode()
        for old, new in pairs:
            assert old in text, old
            text = text.replace(old, new, 1)
        return text.encode()
    packed = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old_zip, zipfile.ZipFile(packed, "w") as new_zip:
        for name in old_zip.namelist():
            data = old_zip.read(name)
            if name == DOCUMENT_XML:
                data = edited(data, Format.HTML, *pairs)
            new_zip.writestr(name, data)
    return packed.getvalue()


def checked(tmp_path: Path, content: bytes, ending: str, shelf: Shelf = SHELF) -> tuple[Finding, ...]:
    file = tmp_path / f"samtale.{ending}"
    file.write_bytes(content)
    return check(read(file), shelf)


@pytest.mark.parametrize("format", FORMATS)
@pytest.mark.parametrize("language", [Language.BOKMAAL, Language.NYNORSK, Language.ENGLISH])
def test_an_honest_file_passes(tmp_path: Path, format: Format, language: Language) -> None:
    transcript = conversation(language)
    file = tmp_path / f"samtale.{format.value}"
    write(transcript, file)
    contents = read(file)
    assert [quote.text for quote in contents.quotes] == [it.text for entry in transcript.entries for it in entry.quotes]
    assert [quote.receipt.label for quote in contents.quotes if quote.receipt] == ["1.1", "1.2", "2.1", "3.1", "3.2"]
    assert check(contents, SHELF) == ()


@pytest.mark.parametrize("format", FORMATS)
def test_a_quote_whose_document_has_gone_says_so_and_passes_where_it_is_back(tmp_path: Path, format: Format) -> None:
    gone = replace(quote_of(PLAN, "Kaia er 140 meter lang."), since=Since(Fate.REMOVED))
    answer = answer_of("Hvor lang er kaia?", [gone], searched_sources=1, all_sources=17)
    file = tmp_path / f"samtale.{format.value}"
    write(transcript_of([entry_of(answer)], Language.BOKMAAL), file)
    contents = read(file)
    assert check(contents, SHELF) == ()
    assert [finding.fault for finding in check(contents, Shelf(()))] == [Fault.MISSING]
    shown = contents.quotes[0].citation or ""
    assert shown.endswith("Dokumentet er fjernet etter at svaret ble gitt, så stedet kan ikke åpnes.")
    content = file.read_bytes()
    words = zipfile.ZipFile(io.BytesIO(content)).read(DOCUMENT_XML) if format is Format.WORD else content
    assert "Lette i 1 av 17 kilder." in words.decode()


@pytest.mark.parametrize("format", FORMATS)
@pytest.mark.parametrize(
    ("old", "new", "fault", "label"),
    [
        ("140 meter", "150 meter", Fault.TEXT, "1.1"),
        ("hver halvtime.", "hver halvtime!", Fault.TEXT, "1.2"),
        ("ny kai i 2019.", "ny kai i 2019", Fault.OFFSETS, "3.1"),
        (f"{PLAN.id}:37-60", f"{PLAN.id}:37-61", Fault.OFFSETS, "1.1"),
        (f"{PLAN.id}:37-60", f"{PLAN.id}:36-60", Fault.OFFSETS, "1.1"),
        (f"{PLAN.id}:37-60", f"{PLAN.id}:37-9060", Fault.RANGE, "1.1"),
        ("page=2 paragraph=2", "page=1 paragraph=2", Fault.PAGE, "2.1"),
        ("page=2 paragraph=2", "page=2 paragraph=1", Fault.PARAGRAPH, "2.1"),
        ("side ii, avsnitt 2", "side i, avsnitt 2", Fault.CITATION, "2.1"),
        (PLAN.source.sha256, PLAN.source.sha256[:-1] + "g", Fault.UNREADABLE, ""),
        (PLAN.source.sha256, PLAN.source.sha256[:40] + "0" + PLAN.source.sha256[41:], Fault.HASH, "1.1"),
        (PLAN.id, PLAN.id[:-1] + "0", Fault.ID, "1.1"),
        ("quotes=5", "quotes=6", Fault.COUNT, ""),
        ("kildesvar:1 questions", "kildesvar:2 questions", Fault.NO_SUMMARY, ""),
        ("1.2 kildesvar", "1.1 kildesvar", Fault.TWICE, "1.1"),
    ],
)
def test_one_change_is_found_and_named(
    tmp_path: Path, format: Format, old: str, new: str, fault: Fault, label: str
) -> None:
    content = edited(render(conversation(), format), format, (old, new))
    findings = checked(tmp_path, content, format.value)
    # A summary that cannot be read may as well have been a receipt.
    also = [(Fault.UNREADABLE, "")] if fault is Fault.NO_SUMMARY else []
    assert [(it.fault, it.label) for it in findings] == [*also, (fault, label)]


def test_a_changed_word_is_shown_beside_the_documents_own(tmp_path: Path) -> None:
    content = edited(render(conversation(), Format.MARKDOWN), Format.MARKDOWN, ("140 meter", "150 meter"))
    (finding,) = checked(tmp_path, content, "md")
    assert (finding.expected, finding.found) == ("Kaia er 1[4]0 meter lang.", "Kaia er 1[5]0 meter lang.")
    assert content.decode().split("\n")[finding.place - 1] == "> Kaia er 150 meter lang."


def test_words_that_stand_elsewhere_are_told_apart_from_changed_ones(tmp_path: Path) -> None:
    content = edited(render(conversation(), Format.MARKDOWN), Format.MARKDOWN, (":37-60", ":12-35"))
    (finding,) = checked(tmp_path, content, "md")
    assert (finding.fault, finding.expected, finding.found) == (Fault.OFFSETS, "37-60", "12-35")


@pytest.mark.parametrize("format", FORMATS)
def test_every_character_of_every_quote_counts(tmp_path: Path, format: Format) -> None:
    """Not hidden data but what is seen is checked: change one visible character after another."""
    words = "Kaia er 140 meter lang."
    content = render(conversation(), format)
    for index, char in enumerate(words):
        changed = words[:index] + ("x" if char != "x" else "y") + words[index + 1 :]
        findings = checked(tmp_path, edited(content, format, (words, changed)), format.value)
        assert [(it.fault, it.label) for it in findings] == [(Fault.TEXT, "1.1")], changed


@pytest.mark.parametrize("format", FORMATS)
def test_a_missing_and_a_changed_document_are_told_apart(tmp_path: Path, format: Format) -> None:
    content = render(conversation(), format)
    gone = checked(tmp_path, content, format.value, Shelf((PAGED,)))
    assert {(it.fault, it.label) for it in gone} == {
        (Fault.MISSING, "1.1"),
        (Fault.MISSING, "1.2"),
        (Fault.MISSING, "3.1"),
    }
    assert gone[0].expected == "havneplan æøå.txt"
    newer = raw_document("Kaia er 150 meter lang.", file=PLAN.source.file)
    changed = checked(tmp_path, content, format.value, Shelf((PAGED, newer)))
    assert {it.fault for it in changed} == {Fault.CHANGED}
    assert changed[0].expected == newer.source.sha256


def test_a_quote_taken_out_or_put_in_is_found(tmp_path: Path) -> None:
    content = render(conversation(), Format.MARKDOWN).decode()
    blocks = content.split("\n\n")
    at = next(i for i, block in enumerate(blocks) if block.startswith("> Kaia"))
    without = "\n\n".join(blocks[:at] + blocks[at + 3 :])
    assert [it.fault for it in checked(tmp_path, without.encode(), "md")] == [Fault.COUNT]
    receipt_only = "\n\n".join(blocks[:at] + blocks[at + 1 :])
    assert [it.fault for it in checked(tmp_path, receipt_only.encode(), "md")] == [Fault.NO_QUOTE]
    added = "\n\n".join([*blocks[:at], "> Kaia er gratis.", *blocks[at:]])
    assert [it.fault for it in checked(tmp_path, added.encode(), "md")] == [Fault.NO_RECEIPT, Fault.COUNT]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("> Kaia er 140", "> Kaia er <!-- --> 140"),
        ("> Kaia er 140", "> Kaia er 140 <b>ikke</b>"),
        ("> Kaia er 140", "> <span hidden>Kaia</span> er 140"),
        ("> Kaia er 140", "> ![Kaia](x.png) er 140"),
    ],
)
def test_markup_in_a_markdown_quote_is_no_quote(tmp_path: Path, old: str, new: str) -> None:
    content = edited(render(conversation(), Format.MARKDOWN), Format.MARKDOWN, (old, new))
    assert Fault.TEXT in {it.fault for it in checked(tmp_path, content, "md")}


def test_a_markdown_quote_may_be_wrapped_anew(tmp_path: Path) -> None:
    content = edited(render(conversation(), Format.MARKDOWN), Format.MARKDOWN, ("> Kaia er 140", "> Kaia er\n> 140"))
    assert checked(tmp_path, content, "md") == ()


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("Kaia er 140", "<span hidden>Kaia er </span>140"),
        ("Kaia er 140", '<span style="display:none">Kaia</span> er 140'),
        ("<h1>", "<script>document.body.innerHTML = 'x'</script><h1>"),
        ("blockquote { ", "blockquote { display: none; "),
        ("<section", '<section hidden=""'),
        ("<section", "<details><section"),
        ("<h1>", '<img src="x.png"><h1>'),
        ("</head>", '<meta http-equiv="refresh" content="0; url=https://example.org"></head>'),
        ("</style>", "</style><style>blockquote{display:none}</style>"),
    ],
)
def test_a_page_that_hides_something_is_found(tmp_path: Path, old: str, new: str) -> None:
    content = edited(render(conversation(), Format.HTML), Format.HTML, (old, new))
    assert Fault.DISGUISE in {it.fault for it in checked(tmp_path, content, "html")}


W_RUN = '<w:t xml:space="preserve">Kaia er 140 meter lang.</w:t>'


@pytest.mark.parametrize(
    ("new", "honest"),
    [
        ('<w:t>Kaia er 140 </w:t></w:r><w:proofErr w:type="x"/><w:r><w:t>meter lang.</w:t>', True),
        (f"{W_RUN}</w:r><w:del><w:r><w:delText>aldri</w:delText></w:r></w:del><w:r>", True),
        (f"{W_RUN}</w:r><w:ins><w:r><w:t> Aldri.</w:t></w:r></w:ins><w:r>", False),
        (f"<w:rPr><w:vanish/></w:rPr>{W_RUN}</w:r><w:r><w:t>Kaia er kort.</w:t>", False),
        ("<w:t>Kaia er</w:t><w:br/><w:t>140 meter lang.</w:t>", False),
        (f"{W_RUN}</w:r></w:p><w:p><w:r><w:t>En fri tanke.</w:t>", True),
    ],
)
def test_a_word_file_is_read_as_word_shows_it(tmp_path: Path, new: str, honest: bool) -> None:
    content = edited(render(conversation(), Format.WORD), Format.WORD, (W_RUN, new))
    assert (checked(tmp_path, content, "docx") == ()) is honest or "fri tanke" in new


def test_json_lines(tmp_path: Path) -> None:
    answer = answer_of("Hvor lang?", [quote_of(PLAN, "Kaia er 140 meter lang.")])
    line = json.dumps(to_json(answer), ensure_ascii=False)
    assert checked(tmp_path, f"{line}\n{line}\n".encode(), "jsonl") == ()
    wrong = line.replace("140", "150")
    (finding,) = checked(tmp_path, f"{line}\n{wrong}\n".encode(), "jsonl")
    assert (finding.fault, finding.label, finding.place) == (Fault.TEXT, "2.1", 2)
    for field, value, fault in (
        ("start", "1", Fault.TEXT),
        ("paragraph", "7", Fault.PARAGRAPH),
        ("page", "3", Fault.PAGE),
    ):
        broken = re.sub(rf'"{field}": [^,]+', f'"{field}": {value}', line)
        assert [it.fault for it in checked(tmp_path, broken.encode(), "json")][0] in (fault, Fault.OFFSETS)


def test_answers_without_a_quote_have_nothing_that_is_wrong(tmp_path: Path) -> None:
    line = json.dumps(to_json(answer_of("Hvem vant?", [])), ensure_ascii=False)
    assert checked(tmp_path, f"{line}\n{line}\n".encode(), "jsonl") == ()


def test_files_that_cannot_be_checked(tmp_path: Path) -> None:
    with pytest.raises(DocumentNotFound):
        read(tmp_path / "borte.md")
    with pytest.raises(UnknownExport):
        format_of(tmp_path / "samtale.pdf")
    for name, content, error in (
        ("a.md", b"# Hei\n\nIngen sitater.", NoReceipts),
        ("a.md", b"\xff\xfe", DamagedFile),
        ("a.html", b"<p>Hei</p>", NoReceipts),
        ("a.docx", b"PK", DamagedFile),
        ("a.jsonl", b"", NoReceipts),
        ("a.json", b"\xef\xbb\xbf\n \r\n", NoReceipts),
        ("a.jsonl", b'{"quotes": 3}', DamagedFile),
        ("a.jsonl", b"[" * 100_000, DamagedFile),
    ):
        file = tmp_path / name
        file.write_bytes(content)
        with pytest.raises(error):
            read(file)
    with pytest.raises(OutputNotWritable):
        write(conversation(), tmp_path / "mangler" / "a.md")


def test_a_receipt_is_read_as_it_was_written() -> None:
    receipt = receipt_of(quote_of(PAGED, "Skulen har 64 elevar."), "12.3")
    assert parse_receipt(str(receipt)) == receipt
    assert parse_receipt(str(receipt)[:-1]) is None and parse_receipt(f"{receipt}0") is None


WORDS = st.text(st.characters(), min_size=1, max_size=60) | st.text(
    "*_`<>&#[]()!|\\ \n\t-+=.1~$:", min_size=1, max_size=30
)


@pytest.mark.parametrize("format", FORMATS)
@settings(max_examples=60, deadline=None)
@given(words=WORDS, before=st.text(max_size=5), question=WORDS, title=WORDS)
def test_any_characters_survive(format: Format, words: str, before: str, question: str, title: str) -> None:
    assume(words.strip())
    document = raw_document(words, before=before, file=title)
    answer = answer_of(question, [raw_quote(document)])
    content = render(transcript_of([entry_of(answer)], Language.BOKMAAL, made=MADE), format)
    contents = contents_in("f", content, format)
    assert [it.text for it in contents.quotes] == [showable_of(words)]
    faults = {it.fault for it in check(contents, Shelf((document,)))}
    # A raw paragraph of odd characters may be cut otherwise than the segmentation would.
    assert faults <= {Fault.PARAGRAPH, Fault.CITATION}


def showable_of(words: str) -> str:
    """By another way than the code: what XML, HTML and CommonMark can carry."""
    bad = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef]")
    return "".join("\ufffd" if ord(char) & 0xFFFE == 0xFFFE else char for char in bad.sub("\ufffd", words))

"""The reader of plain text and Markdown: markup, wraps, encodings, structure, and the way back to the bytes."""

import gc
import os
import unicodedata
from pathlib import Path
from time import process_time

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from index.documents import find_files, read_bytes, read_document
from index.documents.document import BlockKind, Document, Language, Metadata
from index.errors import (
    BinaryFile,
    DocumentError,
    DocumentNotFound,
    DocumentTooLarge,
    EmptyDocument,
    MislabelledFile,
    NotFetched,
    UnreadableFile,
    UnsupportedFormat,
    WrongEncoding,
)

DATA = Path(__file__).parents[1] / "data" / "documents"
PROSE = "Kommunen har vedtatt planen, og den gjelder for alle som bor i området fra nyttår av."


def read(text: str, name: str = "a.md") -> Document:
    return read_bytes(name, text.encode())


def shape(document: Document) -> list[tuple[str, str]]:
    return [(block.kind.value, document.text[block.start : block.end]) for block in document.blocks]


def body(text: str) -> str:
    """Text of ``text`` as one paragraph between others, so that it is neither a title nor a heading."""
    found = shape(read(f"{PROSE}\n\n{text}\n\n{PROSE}"))
    assert len(found) == 3, found
    return found[1][1]


@pytest.mark.parametrize(
    ("markup", "plain"),
    [
        ("Det er [66](#) som døde.", "Det er 66 som døde."),
        ("Det er **svært** *viktig*.", "Det er svært viktig."),
        ("Det er ***svært*** __viktig__ og _sant_.", "Det er svært viktig og sant."),
        ("Han sa [det](https://no.wikipedia.org/wiki/Oslo_(by)) og gikk.", "Han sa det og gikk."),
        ('Se ![et kart](kart.png "Kart") over byen.', "Se et kart over byen."),
        ("Se [lista] over navn.", "Se [lista] over navn."),
        ("Se [lista][1] over navn.", "Se lista over navn."),
        ("Prisen er 5 * 3 kroner.", "Prisen er 5 * 3 kroner."),
        ("Prisen er 500* kroner, 300* for barn.", "Prisen er 500* kroner, 300* for barn."),
        ("Filen heter min_fil_navn og er stor.", "Filen heter min_fil_navn og er stor."),
        ("Bl&aring;b&aelig;r &amp; fl&oslash;te.", "Blåbær & fløte."),
        ("R&D og AT&T er navn.", "R&D og AT&T er navn."),
        ("Alder <b>under</b> 5 < 6 og 7 > 4.", "Alder under 5 < 6 og 7 > 4."),
        ("Skriv til Kari <kari@example.no> i dag.", "Skriv til Kari <kari@example.no> i dag."),
        ("Kjør `make run` først.", "Kjør make run først."),
        ("Det er ~~gammelt~~ nytt.", "Det er gammelt nytt."),
        (r"Det er \*ikke\* utheving.", "Det er *ikke* utheving."),
        ("Det er <!-- skjult --> synlig.", "Det er synlig."),
        ("Rus\u00admiddel\u200bpolitikk virker.", "Rusmiddelpolitikk virker."),
        ("Det kostet 1\u00a0200\u202fkroner.", "Det kostet 1 200 kroner."),
        ("Det  var   to\tmellomrom.", "Det var to mellomrom."),
        ("Me\u0301d a\u030a i navnet.", "Méd å i navnet."),
        ("Et **uavsluttet merke blir borte.", "Et uavsluttet merke blir borte."),
    ],
)
def test_markup_is_not_text(markup: str, plain: str) -> None:
    assert body(markup) == plain


@pytest.mark.parametrize(
    ("ends", "begins", "joined"),
    [
        ("rusmiddel-", "politikken", "rusmiddelpolitikken"),
        ("LAR-", "programmet", "LAR-programmet"),
        ("e-", "posten", "e-posten"),
        ("Nord-", "Norge", "Nord-Norge"),
        ("helse-", "og omsorgstjenesten", "helse- og omsorgstjenesten"),
        ("perioden 2023–", "2025", "perioden 2023–2025"),
        ("målet –", "og veien", "målet – og veien"),
    ],
)
def test_hyphens_at_line_ends(ends: str, begins: str, joined: str) -> None:
    start = "Dette er en linje som er brutt for hånd og fyller hele bredden til"
    assert joined in body(f"{start} {ends}\n{begins} er det neste som står skrevet her i teksten.")


def test_a_word_that_the_document_writes_with_a_hyphen_keeps_it() -> None:
    text = (
        "Den nye sol-energi er viktig for oss. " + "Dette er en linje som er brutt for hånd og handler om sol-\nenergi."
    )
    assert "sol-energi." in read(text + "\n\n" + PROSE).text


WRAPPED = (
    "Bakgrunn\n"
    "Dette er en tekst som er brutt for hånd, slik at hver linje er omtrent like\n"
    "lang som den forrige, og der overskriften står rett over avsnittet uten noen\n"
    "tom linje imellom. Avsnittet slutter her.\n"
    "Et nytt avsnitt begynner etter en kort linje, og det fortsetter på neste linje\n"
    "til det er slutt.\n"
)


def test_hard_wraps_are_joined_and_short_lines_end_paragraphs() -> None:
    found = shape(read(f"Tittelen på saken\n\n{PROSE}\n\n{WRAPPED}"))
    assert [kind for kind, _ in found] == ["title", "paragraph", "heading", "paragraph", "paragraph"]
    assert found[2][1] == "Bakgrunn"
    assert "omtrent like lang som den forrige" in found[3][1]
    assert found[4][1].startswith("Et nytt avsnitt") and found[4][1].endswith("til det er slutt.")


def test_lines_of_their_own_are_not_joined() -> None:
    found = shape(read(f"# Tittel\n\n{PROSE * 3}\n\nKl. 10: Møte.\nKl. 12: Mat.\n\n{PROSE * 3}"))
    assert [text for _, text in found[2:4]] == ["Kl. 10: Møte.", "Kl. 12: Mat."]


@pytest.mark.parametrize("newline", ["\r\n", "\r", "\u2028", "\x0b"])
def test_line_ends_make_no_difference(newline: str) -> None:
    assert read(WRAPPED.replace("\n", newline)).text == read(WRAPPED).text
    assert shape(read(WRAPPED.replace("\n", newline))) == shape(read(WRAPPED))


ENCODED = "# Blåbær på øya\n\nDet er ikke så lett å få tak i «ærlige» svar – men vi prøver det som er mulig.\n"


@pytest.mark.parametrize(
    ("data", "encoding"),
    [
        (ENCODED.encode(), "utf-8"),
        (b"\xef\xbb\xbf" + ENCODED.encode(), "utf-8"),
        (ENCODED.encode("utf-16"), "utf-16-le"),
        (b"\xfe\xff" + ENCODED.encode("utf-16-be"), "utf-16-be"),
        (ENCODED.encode("cp1252"), "cp1252"),
    ],
)
def test_encodings_give_the_same_text(data: bytes, encoding: str) -> None:
    document = read_bytes("a.txt", data)
    assert document.text == read(ENCODED).text
    assert document.source_map.encoding == encoding
    assert proved(document, data)


def test_broken_utf8_is_not_taken_for_another_encoding() -> None:
    data = "Det er blåbær på øya, og det er bra.".encode()[:-1] + b"\xc3 og slutt"
    with pytest.raises(WrongEncoding) as caught:
        read_bytes("a.txt", data)
    assert caught.value.details["offset"] == data.index(b"\xc3 og")


def test_other_single_byte_text_is_refused() -> None:
    with pytest.raises(WrongEncoding):
        read_bytes("a.txt", "Это русский текст, а не норвежский.".encode("cp1251"))


@pytest.mark.parametrize(
    ("name", "data", "error"),
    [
        ("a.txt", b"", EmptyDocument),
        ("a.txt", b" \n\t\r\n \xc2\xa0", EmptyDocument),
        ("a.txt", b"\xef\xbb\xbf", EmptyDocument),
        ("a.txt", b"***\n\n---\n", EmptyDocument),
        ("a.txt", b"abc\x00def", BinaryFile),
        ("a.txt", b"%PDF-1.7 og mer", MislabelledFile),
        ("a.txt", b"PK\x03\x04 og mer", BinaryFile),
        ("a.txt", b"\xff\xfea", WrongEncoding),
        ("a.txt", b"\xff\xfe\x00\x00a\x00\x00\x00", BinaryFile),
        ("a.xls", b"tekst", UnsupportedFormat),
        ("a", b"tekst", UnsupportedFormat),
        ("a.txt", b"x" * 12_000_001, DocumentTooLarge),
    ],
)
def test_what_is_no_text_is_refused(name: str, data: bytes, error: type[DocumentError]) -> None:
    with pytest.raises(error) as caught:
        read_bytes(name, data)
    assert name in str(caught.value)


def test_the_place_of_a_binary_byte_is_told() -> None:
    with pytest.raises(BinaryFile) as caught:
        read_bytes("a.txt", "blå\x00".encode())
    assert caught.value.details["offset"] == 4


def test_unsupported_formats_are_told_what_is_supported() -> None:
    with pytest.raises(UnsupportedFormat, match=r"\.txt, \.text, \.md, \.markdown"):
        read_document(Path("a.xlsx"))


@pytest.mark.parametrize("address", ["https://www.example.org/plan.html", "HTTP://example.org/plan"])
def test_an_address_on_the_web_is_not_fetched_and_that_is_said(address: str) -> None:
    with pytest.raises(NotFetched, match=r"Save the page") as caught:
        read_document(Path(address))
    assert str(caught.value.details["file"]).lower() == address.lower()


def test_files(tmp_path: Path) -> None:
    with pytest.raises(DocumentNotFound):
        read_document(tmp_path / "borte.txt")
    (tmp_path / "mappe.txt").mkdir()
    with pytest.raises(UnreadableFile):
        read_document(tmp_path / "mappe.txt")
    file = tmp_path / "låst.MD"
    file.write_text(PROSE, encoding="utf-8")
    assert read_document(file).source.file == "låst.MD"
    if os.geteuid() != 0:
        file.chmod(0)
        with pytest.raises(UnreadableFile):
            read_document(file)


def test_permission_denied_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "a.txt"
    file.write_text(PROSE, encoding="utf-8")

    def refuse(self: Path) -> bytes:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "read_bytes", refuse)
    with pytest.raises(UnreadableFile, match="Permission denied"):
        read_document(file)


def test_find_files(tmp_path: Path) -> None:
    for name in ("b.md", "a.txt", "c.xls"):
        (tmp_path / name).write_text(PROSE, encoding="utf-8")
    assert [file.name for file in find_files(tmp_path)] == ["a.txt", "b.md"]
    assert list(find_files(tmp_path / "borte.txt")) == [tmp_path / "borte.txt"]


def test_ids_come_from_the_bytes() -> None:
    one, other = read(PROSE), read(PROSE + "\n")
    assert one.id == "d" + one.source.sha256[:16]
    assert one.id != other.id and one.text == other.text
    assert one.original == PROSE.encode()


def test_given_metadata_wins() -> None:
    text = f"# Skolen blir\n\nAv: Kari Holm\n\n{PROSE * 2}"
    said = read(text).source.metadata
    assert said == Metadata(title="Skolen blir", authors=("Kari Holm",), language=Language.BOKMAAL)
    given_title = Metadata(title="Noe annet", publisher="Avisa")
    merged = read_bytes("a.md", text.encode(), metadata=given_title).source.metadata
    assert (merged.title, merged.publisher, merged.authors) == ("Noe annet", "Avisa", ("Kari Holm",))


@pytest.mark.parametrize(
    ("front", "date", "authors"),
    [
        ("Publisert 11. mars 2025 kl. 05.30", "2025-03-11", ()),
        ("Ørdal, 4. mars 2025", "2025-03-04", ()),
        ("03.04.2025 06:01", "2025-04-03", ()),
        ("31.02.2025 06:01", None, ()),
        ("Ørdal, mars 2025", "2025-03", ()),
        ("Av KARI HOLM (tekst) og OLA LI BERG (foto)", None, ("Kari Holm", "Ola Li Berg")),
        ("Av Kari Holm, leder i Unge Røst", None, ("Kari Holm",)),
        ("Av Kari Holm. Foto: Ola Berg", None, ("Kari Holm",)),
        ("Kari Holm, Ola Berg og Siv Vik", None, ("Kari Holm", "Ola Berg", "Siv Vik")),
        ("Kari Holm | Bygdeavisa | 12. august 2025", "2025-08-12", ("Kari Holm",)),
        ("Innsendt av: Storlia SA", None, ()),
        ("Av disse får 12 personer hjelp av kommunen.", None, ()),
        ("Planen gjelder 2023-2025", None, ()),
    ],
)
def test_bylines_and_dates(front: str, date: str | None, authors: tuple[str, ...]) -> None:
    said = read(f"# Skolen blir\n\n{front}\n\n{PROSE * 2}").source.metadata
    assert (said.date, said.authors) == (date, authors)


@pytest.mark.parametrize(
    ("text", "language"),
    [
        (PROSE * 3, Language.BOKMAAL),
        (
            "Kommunen har vedteke planen, og han gjeld for alle som ikkje bur i sentrum, seier ho. " * 3,
            Language.NYNORSK,
        ),
        ("The council has decided that the plan is for all of the people who live in the area. " * 3, Language.ENGLISH),
        ("Rada miejska uchwaliła plan dla wszystkich mieszkańców tego obszaru i okolicy. " * 3, Language.OTHER),
        ("Hei", None),
    ],
)
def test_languages(text: str, language: Language | None) -> None:
    assert read(text).source.metadata.language == language


def test_lists() -> None:
    text = f"# Krav\n\n{PROSE}\n\nVi vil:\n\n- bygge skole\n- bygge vei\n  - med fortau\n\n1. Først\n2. Så\n\n{PROSE}"
    document = read(text)
    assert shape(document)[2:-1] == [
        ("paragraph", "Vi vil:"),
        ("list_item", "bygge skole"),
        ("list_item", "bygge vei"),
        ("list_item", "med fortau"),
        ("list_item", "Først"),
        ("list_item", "Så"),
    ]
    assert [block.level for block in document.blocks if block.kind is BlockKind.LIST_ITEM] == [0, 0, 1, 0, 0]


def test_speech_is_no_list() -> None:
    text = f"# Saken\n\n{PROSE}\n\n- Vi er glade, sier Kari Holm.\n\nHun smiler bredt.\n\n- Det er bra.\n\n{PROSE}"
    assert shape(read(text))[2:5] == [
        ("paragraph", "- Vi er glade, sier Kari Holm."),
        ("paragraph", "Hun smiler bredt."),
        ("paragraph", "- Det er bra."),
    ]


def test_dates_at_the_start_of_lines_are_no_numbered_items() -> None:
    found = shape(
        read(f"# Saken\n\n{PROSE}\n\n3. februar 1928 gikk det et skred i dalen, og alle ble reddet.\n\n{PROSE}")
    )
    assert found[2] == ("paragraph", "3. februar 1928 gikk det et skred i dalen, og alle ble reddet.")


def test_pipe_table() -> None:
    document = read(
        f"# Priser\n\n{PROSE}\n\n| Type | Voksen | Barn |\n|---|---:|---|\n"
        f"| Buss | 40 kr | |\n| Tog | **90** kr | 45 kr |\n\n{PROSE}"
    )
    cells = [
        (b.row, b.column, document.text[b.start : b.end]) for b in document.blocks if b.kind is BlockKind.TABLE_CELL
    ]
    assert cells == [
        (None, "Type", "Buss"),
        ("Buss", "Voksen", "40 kr"),
        (None, "Type", "Tog"),
        ("Tog", "Voksen", "90 kr"),
        ("Tog", "Barn", "45 kr"),
    ]
    assert [text for kind, text in shape(document) if kind == "boilerplate"] == ["Type", "Voksen", "Barn"]


def test_aligned_table_and_what_only_looks_like_one() -> None:
    document = read_document(DATA / "info-03.txt")
    cells = {
        (b.row, b.column): document.text[b.start : b.end] for b in document.blocks if b.kind is BlockKind.TABLE_CELL
    }
    assert cells["6,01-8,0 m", "Med avtale"] == "110 kr"
    assert cells["Motorsykkel", "El-bil med avtale"] == "11 kr"
    letter = f"{PROSE}\n\nMed hilsen\n\nKari Holm              Ola Berg\nleder                  nestleder\n"
    assert all(block.kind is not BlockKind.TABLE_CELL for block in read(letter).blocks)


def test_tabbed_table() -> None:
    document = read_document(DATA / "plan-04.md")
    row = [(b.column, document.text[b.start : b.end]) for b in document.blocks if b.row == "Ortopedi"]
    assert row == [
        ("Tiltak", "Kveldspoliklinikk tirsdag og torsdag; Flytte hofte og kne til Fossby"),
        ("Frist", "Høsten 2026"),
        ("Anslått kostnad", "4,0 mill. kr"),
    ]


def test_interview_in_wrapped_lines() -> None:
    found = shape(read_document(DATA / "nynorsk-02.txt"))
    assert ("title", "«Eg vil heller vere keisam enn å rykkje ut»") in found
    assert ("paragraph", "Alder: 43 år") in found
    assert ("heading", "Kva er det første du vil gjere?") in found
    assert any(kind == "paragraph" and text.startswith("– Gå på besøk. Vi fører tilsyn") for kind, text in found)


def test_newspaper_in_wrapped_lines() -> None:
    found = shape(read_document(DATA / "avis-08.txt"))
    assert found[0] == ("boilerplate", "GRENSEBLADET")
    assert ("heading", "– Ikke vår oppgave å utrydde en flokk") in found
    assert ("boilerplate", "Les mer: Bonde (29) gir seg etter tredje tapssommer") in found
    assert ("list_item", "Felt: én hann og én tispe, begge fjorårsvalper") in found
    assert ("paragraph", "- Det er berg, sier han.") in found


def test_regulation_with_lettered_lists() -> None:
    found = shape(read_document(DATA / "stat-04.md"))
    assert ("heading", "§ 1-1 Formål") in found
    assert ("paragraph", "I denne forskriften menes med") in found
    assert ("list_item", "driver: den som har fått tillatelse etter § 2-1") in found
    assert ("list_item", "plan for avfall og gråvann") in found


def test_newsletter() -> None:
    document = read_document(DATA / "bland-19.txt")
    assert document.source.metadata.title == "Høst på fjellet – ny bru, gamle nøkler og et lite opprør"
    assert document.source.metadata.date == "2024-08-22"
    found = shape(document)
    assert ("heading", "NØKLENE BYTTES") in found
    assert ("list_item", "29. september: Babytrill rundt Langtjern. Enkel. Leder: Fatima Yusuf.") in found


def test_boxes_with_other_articles() -> None:
    box = "**Les også:**\nSlik parkerer du riktig\nSjefen: – Vi er syndebukk"
    found = shape(read(f"# Saken\n\n{PROSE * 2}\n\n{box}\n\n– Vi ba om 300 felt, sier han.\n\n{PROSE * 2}"))
    assert [kind for kind, _ in found[2:5]] == ["boilerplate"] * 3
    assert found[5] == ("paragraph", "– Vi ba om 300 felt, sier han.")


def test_html_paragraphs_and_headings() -> None:
    found = shape(read(f"<h1>Saken</h1><p>{PROSE}</p><p>Og så <em>dette</em>, som er det siste.</p>"))
    assert found == [("title", "Saken"), ("paragraph", PROSE), ("paragraph", "Og så dette, som er det siste.")]


def test_what_only_looks_like_a_tag_is_text_with_markup_in_it() -> None:
    document = read(f"# Saken\n\n{PROSE} Der n <k og **alle** er\nmed, er k> 2.")
    assert shape(document)[1] == ("paragraph", f"{PROSE} Der n <k og alle er med, er k> 2.")


def test_underlined_headings_and_rules() -> None:
    found = shape(read(f"Saken\n=====\n\n{PROSE}\n\nDel en\n------\n\n{PROSE}\n\n***\n\n{PROSE}"))
    assert found == [("title", "Saken"), ("paragraph", PROSE), ("heading", "Del en"), *[("paragraph", PROSE)] * 2]


def proved(document: Document, data: bytes) -> bool:
    """Every promise about blocks, runs and canonical text holds."""
    text, runs = document.text, document.source_map.runs
    at = 0
    source = 0
    for run in runs:
        assert run.start == at < run.end
        assert source <= run.source_start <= run.source_end <= len(data)
        if run.verbatim:
            piece = data[run.source_start : run.source_end]
            assert piece.decode(document.source_map.encoding) == text[run.start : run.end]
        at, source = run.end, run.source_end
    assert at == len(text)
    joined = "\n\n".join(text[block.start : block.end] for block in document.blocks)
    assert joined == text
    assert all(block.start < block.end for block in document.blocks)
    for block in document.blocks:
        content = text[block.start : block.end]
        assert content == " ".join(content.split())
        begin, end = document.source_map.to_bytes(text, block.start, block.end)
        assert 0 <= begin < end <= len(data)
    assert unicodedata.is_normalized("NFC", text)
    return True


@pytest.mark.parametrize("file", sorted(DATA.glob("*-*")), ids=lambda file: file.name)
def test_the_way_back_of_whole_documents(file: Path) -> None:
    assert proved(read_document(file), file.read_bytes())


MARKUP = "# |## |**|*|_|__|- |– |— |* |1. |2) |a) |[|](#)|](|]|(|)|<p>|</p>|<br>|<|>|&amp;|&|`|~~|\\|---|===|]: x"
BREAKS = "\n|\n\n|\r\n|\t| |   |a\tb\tc\n|x  y  1\n|\u2028|\u00ad|\u00a0"
WORDS = "Les også|Av: Kari Holm|Foto:|ord|Ord og mer.|rus-|«Ja»|12|1.|3. mai 2025|sier Kari|:|?|.|!|date 2017-12 |æøå"
LETTERS = "é|e\u0301|\u0301|\u1100|\u1161|—|🙂"
FRAGMENTS = st.sampled_from([part for parts in (MARKUP, BREAKS, WORDS, LETTERS) for part in parts.split("|")])


@settings(max_examples=600, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.lists(st.one_of(FRAGMENTS, st.text(max_size=6)), max_size=25).map("".join), st.sampled_from(["utf-8", "utf-16"])
)
def test_any_text_keeps_every_promise(text: str, encoding: str) -> None:
    data = text.encode(encoding, errors="replace")
    try:
        document = read_bytes("a.md", data)
    except DocumentError:
        return
    assert proved(document, data)


@settings(max_examples=300, deadline=None)
@given(st.binary(max_size=200))
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    try:
        document = read_bytes("a.txt", data)
    except DocumentError:
        return
    assert proved(document, data)


@pytest.mark.parametrize(
    "unit",
    ["[", "*", "**a ", "a** ", "[a](", "](", "<a ", "<p>", "<!--", "&amp", "|a|b|\n", "a\tb\tc\n", "a  b  1\n", "- a\n"]
    + [
        "> ",
        "# a\n",
        "e\u0301",
        "ab-\n",
        "1. a\n",
        "A. ",
        "**a**\n",
        "Les også\n\nTittel\n\n",
        "`a",
        "~~a",
        "a\n\n",
        "Ab ",
    ],
)
def test_hostile_input_takes_linear_time(unit: str) -> None:
    def seconds(size: int) -> float:
        data = ((unit * (size // len(unit) + 1)) + "\n\n" + PROSE).encode()
        gc.disable()  # its time grows with all that other tests have left in memory, not with this input
        try:
            start = process_time()
            read_bytes("a.md", data)
            return process_time() - start
        finally:
            gc.enable()

    small, large = seconds(3_000), seconds(24_000)
    # Eight times the input: quadratic time would be 64 times as long.
    assert large < 24 * small + 0.2


@pytest.mark.parametrize("line", ["– Når då?", "– Kom hit no!", "— Eg veit ikkje…", "– Såg du han?»"])
def test_a_reply_in_a_dialogue_is_no_heading(line: str) -> None:
    found = shape(read(f"Naustet\n\n{PROSE}\n\n{line}\n\n{PROSE}\n\nDagen etter\n\n{PROSE}"))
    assert ("paragraph", line) in found
    assert ("heading", "Dagen etter") in found


@pytest.mark.parametrize(
    "line",
    [
        "Per Lie (H) [12:38:40]: Hva mener representanten om forslaget?",
        "«Saken utsettes i påvente av nye tall for elevene.»",
        "Kommunen vil endre loven m.m.",
        "Tlf. 55 12 34 56",
        "Postboks 8011 Dep",
    ],
)
def test_what_a_speaker_says_what_is_proposed_and_where_to_call_are_no_headings(line: str) -> None:
    found = shape(read(f"Naustet\n\n{PROSE}\n\n{line}\n\n{PROSE}\n\nDagen etter\n\n{PROSE}"))
    assert ("paragraph", line) in found
    assert ("heading", "Dagen etter") in found


def test_a_headline_may_be_a_quote() -> None:
    assert shape(read(f"– Hvem skal betale for dette?\n\n{PROSE}\n\n{PROSE}"))[0][0] == "title"


@pytest.mark.parametrize("title", ["Naustet", "Naustet ved sjøen"])
@pytest.mark.parametrize("line", ["Ei novelle av Torbjørg Haugland", "En kort fortelling av Torbjørg Haugland"])
def test_a_genre_and_who_wrote_it_is_a_byline(title: str, line: str) -> None:
    document = read(f"{title}\n{line}\n\n{PROSE}\n\n{PROSE}", "a.txt")
    assert shape(document)[:2] == [("title", title), ("byline", line)]
    assert document.source.metadata.title == title
    assert document.source.metadata.authors == ("Torbjørg Haugland",)


def test_what_a_plan_is_of_is_no_byline() -> None:
    document = read(f"Saksframlegg\nUtbygging av Nordre Follo\n\n{PROSE}\n\n{PROSE}", "a.txt")
    assert document.source.metadata.authors == ()


@pytest.mark.parametrize(
    ("line", "date"),
    [
        (
            "Dato: 3. september 2025. Til stede: Amina Rashid (leder), Per Ødegård, Linn Bø og tre til fra blokka.",
            "2025-09-03",
        ),
        ("Møtedato: onsdag 03.09.2025. Forfall til møtet: Ståle Moe, som hadde meldt fra dagen før.", "2025-09-03"),
        ("Siste dato for å søke om plass i barnehagen er 3. september 2025, og alle får svar i mai.", None),
        (
            "Dato: 31.02.2025. Til stede: Amina Rashid (leder), Per Ødegård, Linn Bø og tre til fra blokka.",
            None,
        ),
    ],
)
def test_the_date_given_at_the_top_is_the_document_s(line: str, date: str | None) -> None:
    assert read(f"# Referat fra styremøtet\n\n{line}\n\n{PROSE}").source.metadata.date == date
    assert read(f"# Referat\n\n{(PROSE + ' ') * 20}\n\n{line}\n\n{PROSE}").source.metadata.date is None

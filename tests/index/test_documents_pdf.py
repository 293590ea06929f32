"""The reader of PDF files, tried on PDFs with every trouble that PDFs have."""

import re
import unicodedata

import pytest
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.pdfbase.ttfonts import TTFont

from index.documents import pdf, read_bytes
from index.documents.composing import compose
from index.documents.document import BlockKind, Document, Unread
from index.errors import (
    DamagedFile,
    DocumentError,
    EmptyDocument,
    GarbledText,
    PasswordProtected,
    ScannedPdf,
    TooManyPages,
)
from index.record import document_columns, document_of
from index.segmentation import paragraphs
from tests.index.made import BODY, HEADING, LIST, SECOND, TITLE
from tests.index.made_pdf import HEIGHT, LEFT, RIGHT, WIDTH, Paper, sample, wrapped

PROSE = (
    "Fylkeskommunen har ansvaret for de videregående skolene, og den skal sørge for at alle som har rett til det, får "
    "et tilbud i nærheten av der de bor. Det er ikke alltid like lett i et fylke med lange avstander og få elever."
)


def read(data: bytes) -> Document:
    """In this process, so that a test is fast."""
    document = compose("a.pdf", data, pdf.extract("a.pdf", data))
    prove(document)
    return document


def shape(document: Document) -> list[tuple[str, str]]:
    return [(block.kind.value, document.text[block.start : block.end]) for block in document.blocks]


def prove(document: Document) -> None:
    """Every promise about blocks, pages, places and text holds."""
    text = document.text
    assert "\n\n".join(text[block.start : block.end] for block in document.blocks) == text
    assert unicodedata.is_normalized("NFC", text)
    at = 0
    for page in document.pages:
        assert page.start == at <= page.end
        at = page.end
    assert at == len(text)
    end = 0
    for place in map(document.places.__getitem__, range(len(document.places))):
        assert end <= place.start < place.end <= len(text)
        assert place.left < place.right and place.top < place.bottom
        assert not re.search(r"\s", text[place.start : place.end])
        assert place.page in {page.number for page in document.pages if page.start <= place.start < page.end}
        end = place.end
    for paragraph in paragraphs(document):
        assert paragraph.page is not None
        for sentence in paragraph.sentences:
            assert document.places_of(sentence.start, sentence.end)


def test_the_sample_has_its_structure() -> None:
    document = read_bytes("plan.pdf", sample())
    found = shape(document)
    assert found[:5] == [
        ("title", TITLE),
        ("paragraph", BODY[0]),
        ("paragraph", BODY[1]),
        ("heading", HEADING),
        ("paragraph", SECOND[0]),
    ]
    assert found[5:8] == [("list_item", item) for item in LIST]
    cell = next(block for block in document.blocks if document.text[block.start : block.end] == "0,9 millioner")
    assert (cell.kind, cell.row, cell.column) == (BlockKind.TABLE_CELL, "Lyktestolper", "Kostnad")
    assert document_of(document_columns(document)) == document


def test_places_are_where_the_words_are() -> None:
    paper = Paper()
    paper.paragraph(PROSE)
    document = read(paper.done())
    start = document.text.index("videregående")
    (place,) = document.places_of(start, start + len("videregående"))
    assert document.text[place.start : place.end] == "videregående" and place.page == 1
    assert place.top / 100 < 90 < place.bottom / 100
    first = document.places[0]
    assert abs(first.left / 100 - LEFT) < 2
    # A quote over two lines has places on both.
    tops = {one.top for one in document.places_of(0, len(document.text))}
    assert len(tops) == len(wrapped(PROSE, RIGHT - LEFT))


@pytest.mark.parametrize(
    ("first", "second", "joined"),
    [
        ("sam\u00ad", "arbeid", "samarbeid"),
        ("sam-", "arbeid", "samarbeid"),
        ("E-", "tjenesten", "E-tjenesten"),
        ("sør-", "norsk", "sør-norsk"),
        ("helse-", "og omsorgstjenesten", "helse- og omsorgstjenesten"),
    ],
)
def test_hyphens_at_line_ends(first: str, second: str, joined: str) -> None:
    paper = Paper()
    paper.lines([
        "En sør-norsk kommune har vedtatt dette for lenge siden, og det står fast i planen for",
        f"de neste fire årene, selv om flertallet i kommunestyret ikke er like sikre på {first}",
        f"{second} er ordet som fulgte, og etter det kommer resten av setningen som den er.",
    ])  # fmt: skip
    document = read(paper.done())
    assert f"sikre på {joined}" in document.text
    start = document.text.rindex(joined)
    assert len(document.places_of(start, start + len(joined.split()[0]))) == (1 if joined.startswith("helse") else 2)


def numbered(paper: Paper, *, first: int, head: str = "Regional plan for opplæring") -> None:
    def furniture(canvas: object, page: int) -> None:
        paper.canvas.setFont("Helvetica", 9)
        paper.canvas.drawString(LEFT, HEIGHT - 40, head)
        paper.canvas.drawCentredString(WIDTH / 2, 40, f"{page + first - 1}")

    paper.furniture = furniture


def test_running_heads_and_page_numbers_are_dropped_and_kept_for_citing() -> None:
    paper = Paper()
    numbered(paper, first=17)
    for page in range(4):
        for number in range(3):
            paper.paragraph(f"Avsnitt {page}.{number} handler om skolen. {PROSE}")
        if page < 3:
            paper.new_page()
    document = read(paper.done())
    assert "Regional plan" not in document.text and "18" not in document.text
    assert [(page.number, page.label) for page in document.pages] == [(1, "17"), (2, "18"), (3, "19"), (4, "20")]
    assert [document.page_of(document.text.index(f"Avsnitt {page}.0")).number for page in range(4)] == [1, 2, 3, 4]  # type: ignore[union-attr]


def test_a_sentence_over_a_page_break_is_one_and_stands_on_both() -> None:
    paper = Paper()
    numbered(paper, first=1)
    lines = wrapped(PROSE, RIGHT - LEFT)
    for _ in range(3):
        paper.paragraph(PROSE)
    paper.lines(lines[:2])
    paper.new_page()
    paper.lines(lines[2:])
    for _ in range(3):
        paper.paragraph(PROSE)
    document = read(paper.done())
    assert [text for _, text in shape(document)] == [PROSE] * 7
    block = document.blocks[3]
    assert {place.page for place in document.places_of(block.start, block.end)} == {1, 2}
    assert document.page_of(block.start).number == 1 and document.page_of(block.end - 1).number == 2  # type: ignore[union-attr]


def test_footnotes_stand_apart_and_their_marks_are_gone() -> None:
    paper = Paper()
    numbered(paper, first=1)
    for _ in range(3):
        paper.paragraph(PROSE)
    lines = wrapped(PROSE, RIGHT - LEFT)
    paper.lines(lines[:1])
    paper.y += 8
    text = paper.canvas.beginText(LEFT, paper.y)
    cut = lines[1].split()
    text.setFont("Helvetica", 11)
    text.textOut(" ".join(cut[:4]))
    text.setFont("Helvetica", 6)
    text.setRise(4)
    text.textOut("1")
    text.setRise(0)
    text.setFont("Helvetica", 11)
    text.textOut(" " + " ".join(cut[4:]))
    paper.canvas.drawText(text)
    paper.y = 100
    paper.line("1 Tallene er fra Statistisk sentralbyrå og gjelder i fjor.", size=8)
    paper.new_page()
    paper.lines(lines[2:])
    paper.paragraph(PROSE)
    found = [text for _, text in shape(read(paper.done()))]
    assert found == [PROSE] * 4 + ["1 Tallene er fra Statistisk sentralbyrå og gjelder i fjor.", PROSE]


def test_two_columns_are_read_one_after_the_other() -> None:
    paper = Paper()
    paper.heading("Skolen i fylket", 20)
    top = paper.y
    middle = (LEFT + RIGHT) / 2
    for column, x in enumerate((LEFT, middle + 8)):
        paper.y = top
        for number in range(3):
            paper.paragraph(f"Spalte {column} avsnitt {number}. {PROSE}", x=x, right=x + middle - LEFT - 8, size=10)
    found = [text for _, text in shape(read(paper.done()))]
    expected = [f"Spalte {column} avsnitt {number}. {PROSE}" for column in (0, 1) for number in (0, 1, 2)]
    assert found == ["Skolen i fylket", *expected]


def test_columns_written_row_by_row_are_read_the_same() -> None:
    paper = Paper()
    middle = (LEFT + RIGHT) / 2
    sides = [wrapped(f"Side {side}. {PROSE}", middle - LEFT - 8, 10) for side in "ab"]
    for left, right in zip(*sides, strict=True):
        paper.canvas.setFont("Helvetica", 10)
        paper.canvas.drawString(LEFT, paper.y, left)
        paper.canvas.drawString(middle + 8, paper.y, right)
        paper.y -= 13
    assert [text for _, text in shape(read(paper.done()))] == [f"Side a. {PROSE}", f"Side b. {PROSE}"]


def test_line_numbers_in_the_margin_are_no_text() -> None:
    paper = Paper()
    for number, line in enumerate(wrapped(f"{PROSE} {PROSE} {PROSE}", RIGHT - LEFT), 1):
        paper.canvas.setFont("Helvetica", 9)
        paper.canvas.drawRightString(LEFT - 15, paper.y, str(number))
        paper.line(line)
    assert [text for _, text in shape(read(paper.done()))] == [f"{PROSE} {PROSE} {PROSE}"]


def test_years_in_a_table_are_no_line_numbers() -> None:
    paper = Paper()
    paper.paragraph(PROSE)
    rows = [("År", "Elever"), *((str(year), f"{year - 1700} elever") for year in range(2018, 2025))]
    for left, right in rows:
        paper.canvas.drawString(LEFT, paper.y, left)
        paper.canvas.drawString(LEFT + 150, paper.y, right)
        paper.y -= 15
    document = read(paper.done())
    assert ("table_cell", "2020") in shape(document)
    (cell,) = [block for block in document.blocks if document.text[block.start : block.end] == "320 elever"]
    assert (cell.row, cell.column) == ("2020", "Elever")


def test_indented_paragraphs_without_space_between() -> None:
    paper = Paper()
    for number in range(4):
        paper.paragraph(f"Nummer {number} kommer her. {PROSE}", first=14)
    assert [text[:8] for _, text in shape(read(paper.done()))] == [f"Nummer {number}" for number in range(4)]


def test_an_indented_paragraph_does_not_go_on_with_the_list_above_it() -> None:
    paper = Paper()
    paper.paragraph(PROSE)
    for item in ("kortere ventetid", "ti nye plasser"):
        paper.canvas.setFont("Helvetica", 11)
        paper.canvas.drawString(LEFT + 8, paper.y, "•")
        paper.line(item, x=LEFT + 22)
    paper.paragraph(PROSE, first=14)
    found = [("paragraph", PROSE), ("list_item", "kortere ventetid"), ("list_item", "ti nye plasser")]
    assert shape(read(paper.done())) == [*found, ("paragraph", PROSE)]


def test_a_section_s_number_makes_a_line_of_its_own_close_above_its_text() -> None:
    paper = Paper()
    column = LEFT + 250
    for number in (1, 2):
        paper.line(f"2.{number} Særlig om eldre elever", font="Helvetica-Oblique")
        paper.paragraph(PROSE, right=column)
    found = [text for kind, text in shape(read(paper.done())) if kind in ("heading", "title")]
    assert found == ["2.1 Særlig om eldre elever", "2.2 Særlig om eldre elever"]


def test_a_paragraph_that_ends_early_is_known_on_a_page_with_few_lines() -> None:
    paper = Paper()
    paper.paragraph(PROSE)
    paper.new_page()
    works = ["Hansen, A. B. (2010). Straff og rett. Universitetsforlaget.", f"Lie, P. (2012). {PROSE[:100]}."]
    for work in works:
        paper.paragraph(work)
        paper.y += 8
    assert [text for _, text in shape(read(paper.done()))] == [PROSE, *works]


def test_the_outline_gives_headings_their_depth() -> None:
    paper = Paper()
    paper.heading("Opplæring i fylket", 22)
    for title, depth in (("Innledning", 0), ("Frister", 1), ("Kostnader", 0)):
        paper.canvas.bookmarkPage(title)
        paper.canvas.addOutlineEntry(title, title, depth)
        paper.line(title)
        paper.y -= 6
        paper.paragraph(PROSE)
    document = read(paper.done())
    headings = [(document.text[b.start : b.end], b.level) for b in document.blocks if b.kind is BlockKind.HEADING]
    assert headings == [("Innledning", 2), ("Frister", 3), ("Kostnader", 2)]


def test_running_heads_that_change_are_known_by_the_page_s_number() -> None:
    paper = Paper()
    paper.furniture = lambda canvas, page: canvas.drawString(LEFT, HEIGHT - 40, f"{page + 6} {'ABC'[page - 1] * 9}")
    for page in range(3):
        paper.paragraph(f"{['Først', 'Siden', 'Sist'][page]} kom dette. {PROSE}")
        if page < 2:
            paper.new_page()
    document = read(paper.done())
    assert "AAA" not in document.text and "BBB" not in document.text
    assert [page.label for page in document.pages] == ["7", "8", "9"]


def test_bullets_far_from_their_text_make_a_list() -> None:
    paper = Paper()
    paper.paragraph(PROSE)
    for item in LIST:
        paper.canvas.drawString(LEFT + 10, paper.y, "•")
        paper.line(item, x=LEFT + 50)
    assert shape(read(paper.done()))[1:] == [("list_item", item) for item in LIST]


def test_contents_are_not_quoted() -> None:
    paper = Paper()
    paper.heading("Innhold")
    for number in range(1, 5):
        paper.line(f"{number} Kapittel om saken {'.' * 60} {number * 3}")
    paper.y -= 20
    paper.paragraph(PROSE)
    document = read(paper.done())
    assert [kind for kind, _ in shape(document)].count("boilerplate") == 4
    assert [p.kind.value for p in paragraphs(document)] == ["paragraph"]


def test_a_turned_page_is_read() -> None:
    paper = Paper()
    paper.canvas.setPageRotation(90)
    paper.canvas.translate(WIDTH, 0)
    paper.canvas.rotate(90)
    paper.y = 500
    paper.paragraph(PROSE)
    document = read(paper.done())
    assert document.text == PROSE
    assert abs(document.places[0].left / 100 - LEFT) < 2
    assert document.places[0].top / 100 < WIDTH - 500 < document.places[0].bottom / 100


def test_empty_and_scanned_pages_are_named() -> None:
    paper = Paper()
    paper.paragraph(PROSE)
    paper.new_page()
    paper.new_page()
    paper.canvas.rect(100, 100, 300, 300, fill=1)
    paper.new_page()
    paper.paragraph(PROSE)
    document = read(paper.done())
    assert [(page.number, page.unread) for page in document.pages] == [
        (1, None), (2, None), (3, Unread.SCANNED), (4, None),
    ]  # fmt: skip
    assert document_of(document_columns(document)) == document


def test_a_scan_is_refused() -> None:
    paper = Paper()
    for _ in range(3):
        paper.canvas.rect(100, 100, 300, 300, fill=1)
        paper.new_page()
    with pytest.raises(ScannedPdf) as caught:
        pdf.extract("skann.pdf", paper.done())
    assert caught.value.details == {"file": "skann.pdf", "pages": "1–3"}


def garbled(text: str) -> str:
    """As with a font whose codes are shifted."""
    return "".join(chr(33 + (ord(char) * 7 + 29) % 90) if char != " " else " " for char in text)


def test_nonsense_is_noticed() -> None:
    paper = Paper()
    for _ in range(3):
        paper.paragraph(garbled(PROSE))
    with pytest.raises(GarbledText, match="page 1"):
        pdf.extract("a.pdf", paper.done())


def test_one_page_of_nonsense_among_others_is_marked() -> None:
    paper = Paper()
    for page in range(4):
        for _ in range(2):
            paper.paragraph(garbled(PROSE) if page == 2 else PROSE)
        paper.new_page()
    document = read(paper.done())
    assert {page.number: page.unread for page in document.pages}[3] is Unread.GARBLED
    assert [text for _, text in shape(document)] == [PROSE] * 6


def test_ligatures_are_letters() -> None:
    pdfmetrics.registerFont(TTFont("Vera", "Vera.ttf"))
    paper = Paper()
    paper.line("Det er \ufb01re og \ufb02ere kommuner som vil samarbeide om skolen i området.", font="Vera")
    assert read(paper.done()).text == "Det er fire og flere kommuner som vil samarbeide om skolen i området."


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("Microsoft Word - dok1", TITLE),
        ("rapport_endelig.docx", TITLE),
        ("Et helt annet navn", TITLE),
        (TITLE.upper(), TITLE.upper()),
    ],
)
def test_titles_of_the_file_are_taken_where_they_are_true(title: str, expected: str) -> None:
    paper = Paper()
    paper.canvas.setTitle(title)
    paper.canvas.setAuthor("Kari Holm")
    paper.heading(TITLE, 20)
    paper.paragraph(PROSE)
    metadata = read(paper.done()).source.metadata
    assert (metadata.title, metadata.authors) == (expected, ("Kari Holm",))


def many_pages(count: int) -> bytes:
    kids = b"".join(b"3 0 R " for _ in range(count))
    body = b"%%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Count %d/Kids[%s]>>endobj\n"
    page = b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]>>endobj\ntrailer<</Root 1 0 R>>\n"
    return body % (count, kids) + page


@pytest.mark.parametrize(
    ("data", "error"),
    [
        (sample(encrypt="hemmelig"), PasswordProtected),
        (b"%PDF-1.7\n" + b"x" * 500, DamagedFile),
        (b"Dette er ikke PDF.", DamagedFile),
        (b"", DamagedFile),
        (many_pages(10_001), TooManyPages),
        (many_pages(2), EmptyDocument),
    ],
    ids=["password", "broken", "text", "empty", "10,001 pages", "no content"],
)
def test_what_cannot_be_read_is_told(data: bytes, error: type[DocumentError]) -> None:
    with pytest.raises(error) as caught:
        read_bytes("Årsmelding «ny» 🙂.pdf", data)
    assert "Årsmelding «ny» 🙂.pdf" in str(caught.value)


def test_chapters_that_open_pages_are_no_running_heads() -> None:
    paper = Paper()
    for number in range(1, 6):
        paper.heading(f"Kapittel {number}", 20)
        for _ in range(3):
            paper.paragraph(PROSE)
        if number < 5:
            paper.new_page()
    assert [text for kind, text in shape(read(paper.done())) if kind == "heading" or kind == "title"] == [
        f"Kapittel {number}" for number in range(1, 6)
    ]


def test_a_lead_in_larger_type_may_be_quoted() -> None:
    paper = Paper()
    paper.heading("Skolen i fylket", 22)
    paper.paragraph("Fylket har fått tre nye skoler på ti år, og flere skal det bli.", size=14)
    for _ in range(4):
        paper.paragraph(PROSE)
    assert shape(read(paper.done()))[1][0] == "paragraph"


@pytest.mark.parametrize("draw", ["circle", "square"])
def test_bullets_that_are_drawn_make_a_list(draw: str) -> None:
    paper = Paper()
    paper.paragraph(PROSE)
    items = [f"Punkt nummer {number} om skolen og veien dit" for number in ("en", "to", "tre")]
    for item in items:
        if draw == "circle":
            paper.canvas.circle(LEFT + 10, paper.y + 3.5, 1.8, stroke=0, fill=1)
        else:
            paper.canvas.rect(LEFT + 8, paper.y + 2, 3.4, 3.4, stroke=0, fill=1)
        paper.line(item, x=LEFT + 22)
    document = read(paper.done())
    assert shape(document)[1:] == [("list_item", item) for item in items]


def test_a_footnote_s_mark_that_is_a_word_of_its_own_is_gone() -> None:
    paper = Paper()
    paper.paragraph(PROSE)
    paper.line("Elevtallet var 412 i fjor")
    paper.canvas.setFont("Helvetica", 7)
    paper.canvas.drawString(LEFT + stringWidth("Elevtallet var 412 i fjor", "Helvetica", 11) + 0.8, paper.y + 18, "1")
    paper.y = 90
    paper.line("1 Telling i uke 36, ved alle de fem skolene.", size=8)
    assert "Elevtallet var 412 i fjor\n" in read(paper.done()).text + "\n"


def test_a_heading_of_two_lines_above_columns_is_one() -> None:
    paper = Paper()
    paper.line("Høringssvar om opplæring og skolevei i alle de", size=20, font="Helvetica-Bold")
    paper.line("fem kommunene", size=20, font="Helvetica-Bold")
    top, middle = paper.y - 20, (LEFT + RIGHT) / 2
    for x, right in ((LEFT, middle - 12), (middle + 12, RIGHT)):
        paper.y = top
        for _ in range(3):
            paper.paragraph(PROSE, x=x, right=right, size=10)
    assert shape(read(paper.done()))[0] == ("title", "Høringssvar om opplæring og skolevei i alle de fem kommunene")


def test_a_footnote_at_the_foot_of_a_column_does_not_part_what_goes_on_in_the_next() -> None:
    paper = Paper()
    top, middle = paper.y, (LEFT + RIGHT) / 2
    broken = wrapped(PROSE, middle - LEFT - 12, 10)
    for x in (LEFT, middle + 12):
        paper.y = top
        if x > LEFT:
            paper.lines(broken[2:], x=x, size=10)
        for _ in range(4):
            paper.paragraph(PROSE, x=x, right=x + middle - LEFT - 12, size=10)
        if x == LEFT:
            paper.lines(broken[:2], size=10, after=14)
            paper.line("1 Tallene gjelder i fjor.", size=7)
    found = [text for _, text in shape(read(paper.done()))]
    assert found == [PROSE] * 9 + ["1 Tallene gjelder i fjor."]


def test_a_figure_beside_a_comma_or_a_bracket_is_no_footnote_s_mark() -> None:
    pdfmetrics.registerFont(TTFont("Vera", "Vera.ttf"))
    paper = Paper(pageCompression=0)
    paper.paragraph(PROSE)
    figures = "Svarene kom fra 61,4 prosent (4 av ti menn) og av dem hadde 17,4 vært der, se fig.4 nedenfor."
    paper.line(figures, font="Vera", size=9)
    paper.canvas.setFont("Vera", 5)
    paper.canvas.drawString(LEFT + stringWidth(figures, "Vera", 9), paper.y + 15, "4")
    paper.y = 90
    paper.line("4 Telling i uke 36, ved alle de fem skolene.", font="Vera", size=7)
    # LibreOffice does not say how low its fonts reach: a letter's box is then as low as its own shape.
    unsaid = re.sub(rb"/Descent -[\d.]+", lambda told: b"/Descent 0".ljust(len(told[0])), paper.done())
    assert figures + "\n" in read(unsaid).text

"""Pages whose text lies on its side: read as if the page were turned, marked where the words stand."""

from itertools import pairwise

import pytest

from index.documents.document import BlockKind, Document
from tests.index.made_pdf import HEIGHT, LEFT, WIDTH, Paper
from tests.index.test_documents_pdf import PROSE, read
from tests.index.test_documents_pdf_tables import GRID, ROWS, drawn, expected, made, told

WAYS = {90: (WIDTH, 0), 180: (WIDTH, HEIGHT), 270: (0, HEIGHT)}
"""Degrees against the clock that the text is turned, and where its corner then goes."""


def on_its_side(degrees: int, *, head: str = "") -> Document:
    """Upright prose, then a page with a paragraph and a table that are turned, below an upright running head."""
    paper = Paper()
    paper.paragraph(PROSE)
    paper.new_page()
    if head:
        paper.line(head, size=8)
    paper.canvas.translate(*WAYS[degrees])
    paper.canvas.rotate(degrees)
    paper.y = 480
    paper.paragraph(PROSE)
    drawn(paper, made(ROWS, GRID))
    return read(paper.done())


@pytest.mark.parametrize("degrees", WAYS)
def test_prose_and_a_table_are_read_in_their_order(degrees: int) -> None:
    document = on_its_side(degrees)
    assert [document.text[b.start : b.end] for b in document.blocks if b.kind is BlockKind.PARAGRAPH] == [PROSE, PROSE]
    assert told(document) == expected(ROWS)


@pytest.mark.parametrize("degrees", WAYS)
def test_the_marks_stand_on_the_page_as_it_is_shown(degrees: int) -> None:
    document = on_its_side(degrees)
    start = document.text.rindex(PROSE)
    places = document.places_of(start, start + len("Fylkeskommunen har ansvaret for de"))
    assert {place.page for place in places} == {2}
    for place in places:
        assert 0 <= place.left < place.right <= WIDTH * 100 and 0 <= place.top < place.bottom <= HEIGHT * 100
    # The line begins as far from the edge that it is read from as from the left one where it is upright.
    edge = {90: HEIGHT * 100 - places[0].bottom, 180: WIDTH * 100 - places[0].right, 270: places[0].top}[degrees]
    assert abs(edge / 100 - LEFT) < 2
    for before, after in pairwise(places):
        assert {90: after.bottom < before.top, 180: after.right < before.left, 270: after.top > before.bottom}[degrees]


def test_a_running_head_that_is_upright_is_not_mixed_into_it() -> None:
    document = on_its_side(90, head="Skoleplan for fylket")
    assert document.text.count(PROSE) == 2 and "Skoleplan" not in document.text
    assert told(document) == expected(ROWS)


def test_what_stands_across_the_text_of_an_upright_page_is_left_out() -> None:
    paper = Paper()
    paper.paragraph(PROSE)
    paper.paragraph(PROSE)
    paper.canvas.translate(WIDTH - 20, 100)
    paper.canvas.rotate(90)
    paper.canvas.drawString(0, 0, "Utkast, ikke til bruk")
    assert read(paper.done()).text == f"{PROSE}\n\n{PROSE}"


NOTE = "Merk at tallene i denne spalten er fra 2024, og at de gjelder i alle kommunene."


def beside(*turned: str, degrees: int = 90, pages: int = 1) -> Document:
    """Pages of upright prose that goes on over the page's end, with lines that lie on their side in the margin."""
    paper = Paper()
    for number in range(pages):
        paper.paragraph(PROSE)
        paper.line("Dette står på siden, og setningen er ikke ferdig før den når et godt stykke ut på den neste")
        paper.canvas.saveState()
        paper.canvas.translate(WIDTH - 40 if degrees == 90 else 40, 100 if degrees == 90 else HEIGHT - 100)
        paper.canvas.rotate(degrees)
        for line, text in enumerate(turned):
            paper.canvas.setFont("Helvetica", 11)
            paper.canvas.drawString(0, -13 * line, text)
        paper.canvas.restoreState()
        if number < pages - 1:
            paper.new_page()
    paper.new_page()
    paper.paragraph("siden, der den ender. " + PROSE)
    return read(paper.done())


def texts(document: Document) -> list[str]:
    return [document.text[block.start : block.end] for block in document.blocks]


@pytest.mark.parametrize("degrees", [90, 270])
def test_a_note_in_the_margin_is_a_paragraph_after_the_text_that_goes_on(degrees: int) -> None:
    document = beside(
        "Merk at tallene i denne spalten er fra 2024,", "og at de gjelder i alle kommunene.", degrees=degrees
    )
    _, running, note = texts(document)
    assert running.startswith("Dette står på siden") and running.endswith(f"den neste siden, der den ender. {PROSE}")
    assert note == NOTE, "single letters in it (the i) too, and none of them in the text"
    places = document.places_of(document.text.index(NOTE), len(document.text))
    assert {place.page for place in places} == {1}
    assert all(
        place.bottom - place.top > place.right - place.left for place in places if place.bottom - place.top > 1500
    )


@pytest.mark.parametrize(
    "stamp",
    [
        "arXiv:2401.01234v2 [cs.CL] 3 Jan 2024 preprint server",
        "Foto: Kari Nordmann, Byantikvaren i Bergen",
        "Antall elever i grunnskolen",
    ],
)
def test_what_decorates_a_page_is_left_out_with_its_single_letters(stamp: str) -> None:
    assert len(texts(beside(stamp))) == 2


def test_what_stands_on_every_page_is_a_watermark_however_long() -> None:
    document = beside("Dette er et utkast som ikke må siteres i noen sammenheng.", pages=3)
    assert "utkast" not in document.text


def test_a_table_on_its_side_beside_upright_text_is_read() -> None:
    rows = [f"Kommune nummer {number} har flere lærere enn før" for number in range(4)]
    assert " ".join(rows) in " ".join(texts(beside(*rows))).replace("\n", " ")

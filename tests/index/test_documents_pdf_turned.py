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

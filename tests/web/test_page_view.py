import re

import pytest

from assistant.web.address import Address, Span
from assistant.web.document_view import View, render_document
from assistant.web.page_view import box, lines_of
from index.documents.document import Language, Place
from index.documents.page_images import Size
from tests.web.made_reports import FRONT, HEADINGS, OVER_THE_BREAK, report
from tests.web.reading import Reading

A4 = Size(595.28, 841.89)
SIZES = (A4,) * (len(FRONT) + len(HEADINGS))
START = report().text.index(OVER_THE_BREAK)
QUOTE = Span(START, START + len(OVER_THE_BREAK))


def word(start: int, left: int, top: int, *, page: int = 1, width: int = 2000, height: int = 1000) -> Place:
    return Place(start, start + 3, page, left, top, left + width, top + height)


def test_neighbours_on_a_line_become_one_rectangle() -> None:
    first, second, next_line = word(0, 1000, 5000), word(4, 3300, 4900), word(8, 1000, 6300)
    assert lines_of([first, second, next_line]) == (Place(0, 7, 1, 1000, 4900, 5300, 6000), next_line)


@pytest.mark.parametrize(
    "second",
    [word(4, 3300, 5000, page=2), word(4, 3300, 5700), word(4, 500, 5000), word(4, 9000, 5000)],
    ids=["another page", "lower", "a new line to the left", "another column"],
)
def test_what_is_no_neighbour_keeps_its_own(second: Place) -> None:
    assert lines_of([word(0, 1000, 5000), second]) == (word(0, 1000, 5000), second)


def test_the_lines_of_a_quote_cover_its_words() -> None:
    words = report().places_of(QUOTE.start, QUOTE.end)
    lines = lines_of(words)
    assert len(lines) == 3 < len(words)
    for place in words:
        assert any(
            line.page == place.page
            and line.left <= place.left < place.right <= line.right
            and line.top <= place.top < place.bottom <= line.bottom
            for line in lines
        )


def test_a_box_is_in_percent_of_its_page() -> None:
    assert box(Place(0, 1, 1, 5000, 2000, 10_000, 4000), Size(200, 100)) == (25.0, 20.0, 25.0, 20.0)


def shown(view: View, *, as_text: bool = False) -> Reading:
    return Reading(render_document(report(), view, Language.BOKMAAL, sizes=SIZES, as_text=as_text))


def test_a_quote_over_a_page_break_is_marked_on_both_pages() -> None:
    html = render_document(report(), View(opened=QUOTE), Language.BOKMAAL, sizes=SIZES)
    pages = dict(re.findall(r'<figure class="kv-blad" data-side="(\d+)"[^>]*>(.*?)</figure>', html))
    assert len(pages) == len(SIZES)
    assert {number: body.count("kv-rute kv-her") for number, body in pages.items() if body} == {"9": 1, "10": 2}
    [first] = [it for it in Reading(html).attributes("div", "kv-her") if "id" in it]
    assert first["aria-label"] == f"Sitatet: {OVER_THE_BREAK}"


def test_all_quotes_and_the_short_answer_are_marked_but_those_of_other_documents() -> None:
    other = Span(QUOTE.start - 200, QUOTE.start - 150)
    quotes = (Address(report().id, QUOTE), Address(report().id, other), Address("d0123456789abcdef", Span(0, 50)))
    reading = shown(View(opened=QUOTE, short=Span(QUOTE.start, QUOTE.start + 5), quotes=quotes))
    assert len(reading.attributes("div", "kv-her")) == 3
    assert len(reading.attributes("div", "kv-kort")) == 1
    assert len(reading.attributes("div", "kv-annet")) in (1, 2)


def test_pages_come_first_and_the_text_waits() -> None:
    reading = shown(View(opened=QUOTE))
    sheets = reading.attributes("div", "kv-ark")
    assert [("kv-sider" in it["class"], "hidden" in it) for it in sheets] == [(True, False), (False, True)]
    assert OVER_THE_BREAK not in reading.all_text
    assert reading.texts("div", "kv-syn") == ["SideTekst"]
    reading = shown(View(opened=QUOTE), as_text=True)
    assert ["hidden" in it for it in reading.attributes("div", "kv-ark")] == [True, False]
    assert "".join(reading.texts("mark", "kv-her")) == OVER_THE_BREAK


def test_a_page_that_begins_within_a_paragraph_is_told_but_is_none_of_its_words() -> None:
    reading = shown(View(opened=QUOTE), as_text=True)
    assert [it["data-navn"] for it in reading.attributes("span", "kv-skift")] == ["side 8 (PDF-side 10)"]


def test_without_its_file_the_document_is_text() -> None:
    reading = Reading(render_document(report(), View(opened=QUOTE), Language.BOKMAAL))
    assert not reading.attributes("figure") and not reading.texts("div", "kv-syn")
    assert OVER_THE_BREAK in reading.all_text
    assert reading.attributes("input", "kv-sidetall"), "pages can still be gone to"


def test_pages_of_other_shapes_have_their_own() -> None:
    sizes = (Size(842, 595), *SIZES[1:])
    reading = Reading(render_document(report(), View(), Language.BOKMAAL, sizes=sizes))
    shapes = [it.get("style") for it in reading.attributes("figure")]
    assert shapes[0] == "aspect-ratio:842/595" and set(shapes[1:]) == {None}

"""Reading in a real Chromium: pages with marks where the words stand, turning, finding, the outline, long texts."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Locator, Page, expect

from assistant.web.address import document_link
from assistant.web.page_view import lines_of
from tests.waiting import wait
from tests.web.made_reports import COLUMNS, OVER_THE_BREAK, long_text, report
from tests.web.test_browser import DESKTOP, PHONE, Visit, ask, axe, browser, focused, serious, served, visit

__all__ = ["axe", "browser", "visit"]
pytestmark = pytest.mark.browser

QUESTION = "Når skal rådet for fyrvesenet tenne lyktene på holmer?"
START = report().text.index(OVER_THE_BREAK)
LINES = lines_of(report().places_of(START, START + len(OVER_THE_BREAK)))
WIDTH, HEIGHT = 59_528, 84_189
"""Of an A4 page, in hundredths of a point."""
looks = pytest.mark.parametrize(
    "visit",
    [{"viewport": DESKTOP}, {"viewport": PHONE, "has_touch": True}, {"viewport": DESKTOP, "color_scheme": "dark"}],
    indirect=True,
    ids=["desktop", "phone", "dark"],
)


@pytest.fixture(scope="module")
def site() -> Iterator[str]:
    with served("tests.web.serve_reports") as address:
        yield address


def pane(visit: Visit) -> Page:
    """The page with the answer's first quote open."""
    page = visit.page()
    ask(page, QUESTION)
    page.locator(".kv-kilde").first.click()
    expect(page.locator("#kv-her-side")).to_be_focused()
    return page


def sheet(page: Page, number: int) -> Locator:
    return page.locator(f'.kv-blad[data-side="{number}"]')


def in_sight(page: Page, selector: str) -> bool:
    return bool(
        page.evaluate(
            """selector => {
              const it = document.querySelector(selector).getBoundingClientRect();
              const box = document.querySelector('.kv-ark:not([hidden])').getBoundingClientRect();
              return it.bottom > box.top && it.top < Math.min(box.bottom, innerHeight);
            }""",
            selector,
        )
    )


def is_on(page: Page, number: str) -> None:
    expect(page.locator(".kv-sidetall")).to_have_value(number)


@looks
def test_a_click_shows_the_page_with_the_sentence_marked_where_it_stands(visit: Visit) -> None:
    page = pane(visit)
    for line in LINES:
        expect(sheet(page, line.page).locator("img")).to_be_visible()
        box = sheet(page, line.page).bounding_box()
        marks = [it.bounding_box() for it in sheet(page, line.page).locator(".kv-her").all()]
        assert box
        expected = (
            box["x"] + line.left / WIDTH * box["width"],
            box["y"] + line.top / HEIGHT * box["height"],
            box["x"] + line.right / WIDTH * box["width"],
            box["y"] + line.bottom / HEIGHT * box["height"],
        )
        found = [(it["x"], it["y"], it["x"] + it["width"], it["y"] + it["height"]) for it in marks if it]
        # A little wider than the words, as a marker pen is.
        assert any(all(abs(a - b) < 5 for a, b in zip(expected, mark, strict=True)) for mark in found), (line, found)
    assert in_sight(page, "#kv-her-side")
    assert sheet(page, 9).locator("img").evaluate("it => it.naturalWidth >= it.clientWidth")
    assert page.evaluate("window.scrollX") == 0
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_one_document_after_another_in_the_same_pane(visit: Visit) -> None:
    page = visit.page(f"/{document_link(long_text().id)}")
    expect(page.locator(".kv-navn")).to_have_text("Sjømerker")
    ask(page, QUESTION)
    page.locator(".kv-kilde").first.click()
    expect(page.locator("#kv-her-side")).to_be_focused()
    is_on(page, "7")
    expect(sheet(page, 9).locator("img")).to_be_visible()
    page.get_by_role("tab", name="Kilder").click()
    page.get_by_role("link", name="Les dokumentet: Sjømerker").click()
    expect(page.locator(".kv-navn")).to_have_text("Sjømerker")
    expect(page.locator(".kv-blad")).to_have_count(0)
    expect(page.locator(".kv-bolk").first).to_be_visible()


def test_the_marked_pixels_are_the_words(visit: Visit) -> None:
    """Under the mark there is ink, and beside it there is none: the picture and the places are of one piece."""
    page = pane(visit)
    expect(sheet(page, 9)).to_have_class(re.compile("kv-tegnet"))
    ink = page.evaluate(
        """async line => {
          const picture = document.querySelector('.kv-blad[data-side="9"] img');
          await picture.decode();
          const canvas = document.createElement('canvas');
          [canvas.width, canvas.height] = [picture.naturalWidth, picture.naturalHeight];
          const context = canvas.getContext('2d', { willReadFrequently: true });
          context.drawImage(picture, 0, 0);
          const dark = (left, top, right, bottom) => {
            const [x, y] = [left * canvas.width, top * canvas.height];
            const [w, h] = [(right - left) * canvas.width, (bottom - top) * canvas.height];
            const { data } = context.getImageData(x, y, w, h);
            let count = 0;
            for (let at = 0; at < data.length; at += 4) if (data[at] < 128) count += 1;
            return count;
          };
          const { left, top, right, bottom } = line;
          return [dark(left, top, right, bottom), dark(left, bottom + 0.01, right, bottom + 0.1)];
        }""",
        {
            "left": LINES[0].left / WIDTH,
            "top": LINES[0].top / HEIGHT,
            "right": LINES[0].right / WIDTH,
            "bottom": LINES[0].bottom / HEIGHT,
        },
    )
    assert ink[0] > 300 and ink[1] == 0


def test_pages_are_turned_by_keyboard_buttons_and_number_and_fetched_only_when_near(visit: Visit) -> None:
    fetched: set[str] = set()
    visit.context.on("request", lambda it: fetched.update(re.findall(r"/side/(\d+)/", it.url)))
    page = pane(visit)
    is_on(page, "7")
    expect(page.locator(".kv-sideantall")).to_have_text("(9 av 14)")
    page.keyboard.press("ArrowRight")
    is_on(page, "8")
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("ArrowLeft")
    is_on(page, "6")
    expect(page.locator("#kv-status")).to_have_text("Side 6")
    page.get_by_role("button", name="Neste side").click()
    is_on(page, "7")
    wait(lambda: bool(page.wait_for_timeout(500)) or "9" in fetched)
    assert not {"1", "2", "3", "4", "13", "14"} & fetched
    number = page.get_by_label("Gå til side")
    number.fill("ii")
    number.press("Enter")
    is_on(page, "ii")
    assert in_sight(page, '.kv-blad[data-side="2"]')
    number.fill("14")  # no such number is printed, but there are so many pages
    number.press("Enter")
    is_on(page, "12")
    expect(sheet(page, 14).locator("img")).to_be_visible()
    number.fill("400")
    number.press("Enter")
    expect(page.locator("#kv-status")).to_have_text("Det finnes ingen side 400.")
    page.locator(".kv-sider").focus()
    page.keyboard.press("ArrowRight")
    is_on(page, "12")


def test_page_and_text_are_two_views_of_one_place(visit: Visit) -> None:
    page = pane(visit)
    page.get_by_role("button", name="Tekst", exact=True).click()
    expect(page.locator("#kv-her")).to_be_visible()
    assert "".join(page.locator("mark.kv-her").all_text_contents()) == OVER_THE_BREAK
    assert in_sight(page, "#kv-her")
    is_on(page, "7")
    page.keyboard.press("Tab")  # the view stays chosen when another quote is opened
    page.locator(".kv-kilde").first.click()
    expect(page.locator("#kv-her")).to_be_focused()
    page.get_by_label("Gå til side").fill("11")
    page.keyboard.press("Enter")
    is_on(page, "11")
    expect(page.get_by_role("heading", name="Museer og vern")).to_be_in_viewport()
    page.get_by_role("button", name="Side", exact=True).click()
    is_on(page, "11")
    assert in_sight(page, '.kv-blad[data-side="13"]')


def test_zoom_keeps_the_place_and_sharpens_the_picture(visit: Visit) -> None:
    page = pane(visit)
    expect(sheet(page, 9)).to_have_class(re.compile("kv-tegnet"))
    narrow = sheet(page, 9).evaluate("it => it.clientWidth")
    for _ in range(3):
        page.get_by_role("button", name="Større").click()
    assert sheet(page, 9).evaluate("it => it.clientWidth") == pytest.approx(2 * narrow, rel=0.05)
    page.wait_for_function("document.querySelector('.kv-blad[data-side=\"9\"] img').naturalWidth >= 1100")
    is_on(page, "7")


def test_finding_on_pages_and_in_the_text(visit: Visit) -> None:
    page = pane(visit)
    page.keyboard.press("Control+f")
    field = page.get_by_label("Finn i dokumentet")
    expect(field).to_be_focused()
    field.fill("FYRLYKT NUMMER")
    hits = page.locator(".kv-treffantall")
    expect(hits).to_have_text("7 av 12")
    assert sheet(page, 9).locator(".kv-funn.kv-na").count() == 1
    field.press("Enter")
    expect(hits).to_have_text("8 av 12")
    assert in_sight(page, ".kv-na")
    field.press("Shift+Enter")
    field.press("Shift+Enter")
    expect(hits).to_have_text("6 av 12")
    page.get_by_role("button", name="Tekst", exact=True).click()
    page.get_by_role("button", name="Neste treff").click()
    expect(page.locator("mark.kv-na")).to_have_text("Fyrlykt nummer")
    expect(hits).to_have_text("7 av 12")
    field.fill("tåkelur på månen")
    expect(hits).to_have_text("Ingen treff")
    assert page.locator("mark.kv-funn").count() == 0
    field.press("Escape")
    expect(field).to_be_hidden()
    expect(page.locator(".kv-dokument")).to_be_visible()


def test_a_long_text_is_sent_as_it_is_read(visit: Visit) -> None:
    page = visit.page(f"/{document_link(long_text().id)}")
    expect(page.locator(".kv-bolk")).to_have_count(100)
    assert page.locator(".kv-bolk:not(.kv-ubrukt)").count() < 5
    page.get_by_role("button", name="Innhold").click()
    page.get_by_role("button", name="Del 83 om sjømerker").click()
    heading = page.get_by_role("heading", name="Del 83 om sjømerker")
    expect(heading).to_be_in_viewport()
    page.wait_for_timeout(600)
    expect(heading).to_be_in_viewport()
    assert page.locator(".kv-bolk:not(.kv-ubrukt)").count() < 12
    page.keyboard.press("Control+f")
    page.keyboard.type("blåskjær nummer 5 LIGGER")
    expect(page.locator(".kv-treffantall")).to_have_text("1 av 1")
    expect(page.locator("mark.kv-na")).to_have_text("Blåskjær nummer 5 ligger")
    page.wait_for_timeout(600)
    expect(page.locator("mark.kv-na")).to_be_in_viewport()
    box = page.locator(".kv-tekst")
    before = page.locator("mark.kv-na").bounding_box()
    box.hover()
    page.mouse.wheel(0, -3000)  # parts above are filled, and nothing jumps
    page.wait_for_timeout(1200)
    page.mouse.wheel(0, 3000)
    page.wait_for_timeout(600)
    after = page.locator("mark.kv-na").bounding_box()
    assert before and after and abs(before["y"] - after["y"]) < 4
    page.evaluate("document.querySelector('.kv-tekst').scrollTop = 1e9")
    expect(page.get_by_text("(100.25)")).to_be_visible()


@looks
def test_a_cell_of_a_wide_table_is_brought_into_sight_and_only_the_table_scrolls(visit: Visit) -> None:
    page = visit.page()
    ask(page, "Hva vil vertskapet ved slipp grave ut?")
    page.locator(".kv-kilde").first.click()
    expect(page.locator("#kv-her")).to_be_focused()
    expect(page.locator("#kv-her")).to_be_in_viewport(ratio=0.9)
    table = page.locator(".kv-tabell")
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert page.locator(".kv-tekst").evaluate("it => it.scrollWidth <= it.clientWidth")
    expect(table.locator("thead th")).to_have_count(COLUMNS + 1)
    # The rows' names stay where they are, beside what one scrolls to.
    mark, name, box = (
        it.bounding_box() for it in (page.locator("#kv-her"), table.locator("th[scope=row]").first, table)
    )
    assert mark and name and box and name["x"] + name["width"] <= mark["x"] and abs(name["x"] - box["x"]) < 4
    # The keyboard scrolls it, and the words of a heading stay whole.
    table.focus()
    before = table.evaluate("it => it.scrollLeft")
    page.keyboard.press("ArrowLeft")
    page.wait_for_function("was => document.querySelector('.kv-tabell').scrollLeft < was", arg=before)
    assert all(table.locator("thead th").evaluate_all("all => all.map(it => it.scrollWidth <= it.clientWidth)"))


def test_a_part_that_does_not_arrive_can_be_asked_for_again(visit: Visit) -> None:
    page = visit.page(f"/{document_link(long_text().id)}")
    expect(page.locator(".kv-navn")).to_have_text("Sjømerker")
    visit.context.route("**/tekst/*", lambda route: route.fulfill(status=503, body=""))
    page.evaluate("document.querySelector('.kv-tekst').scrollTop = 1e9")
    again = page.get_by_role("button", name="Denne delen kom ikke fram. Prøv igjen").last
    expect(again).to_be_visible()
    visit.context.unroute("**/tekst/*")
    again.click()
    expect(page.get_by_text("(100.25)")).to_be_visible()
    visit.complaints.clear()  # the browser says that answers were 503


@looks
def test_axe_finds_nothing_serious_while_reading(visit: Visit, axe: str) -> None:
    page = pane(visit)
    page.evaluate(axe)
    expect(sheet(page, 9)).to_have_class(re.compile("kv-tegnet"))
    found = {"pages": serious(page)}
    page.get_by_role("button", name="Innhold").click()
    expect(page.get_by_role("button", name="Tåkelurer")).to_be_visible()
    found["outline"] = serious(page)
    page.keyboard.press("Escape")
    expect(page.get_by_role("button", name="Tåkelurer")).to_be_hidden()
    page.get_by_role("button", name="Finn", exact=True).click()
    page.get_by_label("Finn i dokumentet").fill("årstall")
    expect(page.locator(".kv-treffantall")).to_contain_text(" av ")
    found["finds on pages"] = serious(page)
    page.get_by_role("button", name="Tekst", exact=True).click()
    expect(page.locator("mark.kv-funn").first).to_be_visible()
    found["finds in the text"] = serious(page)
    assert {where: what for where, what in found.items() if what} == {}


def test_the_keyboard_reaches_everything_and_leads_back(visit: Visit) -> None:
    page = pane(visit)
    page.keyboard.press("Shift+Tab")
    page.get_by_role("button", name="Innhold").press("Enter")
    expect(page.get_by_role("button", name="Vedlikehold av lykter")).to_be_focused()
    page.get_by_role("button", name="Kostnader").press("Enter")
    is_on(page, "8")
    assert focused(page).startswith("DIV.kv-ark kv-sider")
    page.keyboard.press("Escape")
    assert focused(page) == "A.kv-kilde"


def test_a_click_elsewhere_folds_the_outline_and_keeps_the_focus_it_took(visit: Visit) -> None:
    page = pane(visit)
    outline = page.get_by_role("button", name="Tåkelurer")
    for field in (page.locator("#kv-sporsmal textarea"), page.locator(".kv-sidetall")):
        page.get_by_role("button", name="Innhold").click()
        expect(outline).to_be_visible()
        field.click()
        expect(outline).to_be_hidden()
        expect(field).to_be_focused()
    page.get_by_role("button", name="Innhold").click()
    page.keyboard.press("Escape")
    expect(page.get_by_role("button", name="Innhold")).to_be_focused()


def test_chips_and_the_list_choose_among_many_sources(visit: Visit) -> None:
    page = visit.page()
    folded = page.locator("#kv-utvalg > button").first
    folded.click()
    page.get_by_role("button", name="høringssvar 50").click()
    expect(folded).to_contain_text("Leter i 50 av 203 kilder: høringssvar")
    expect(page.get_by_role("button", name="høringssvar 50")).to_have_attribute("aria-pressed", "true")
    expect(page.get_by_role("button", name="høringssvar 50")).to_be_focused()
    page.get_by_role("button", name="2006", exact=False).first.press("Enter")
    expect(folded).to_contain_text("Leter i 10 av 203 kilder: høringssvar, 2006")
    page.get_by_label("Finn en kilde").fill("notat 46")
    expect(page.locator("#kv-utvalg label:visible")).to_have_count(2)  # 46 and 146
    page.get_by_label("Notat 46 ").uncheck()
    expect(folded).to_contain_text("Leter i 9 av 203 kilder")
    ask(page, "Hva står i protokoll fra kaféen?")
    expect(page.locator(".kv-sokt")).to_have_text("Lette i 9 av 203 kilder, vanlig krav til svaret")
    page.get_by_role("button", name="Velg alle").click()
    expect(folded).to_contain_text("Leter i alle kildene")
    ask(page, QUESTION, answers=2)
    expect(page.locator(".kv-sokt").last).to_have_text("Lette i 203 av 203 kilder, vanlig krav til svaret")


@looks
def test_axe_finds_nothing_serious_in_the_filter(visit: Visit, axe: str) -> None:
    page = visit.page()
    page.evaluate(axe)
    page.locator("#kv-utvalg > button").first.click()
    page.get_by_role("button", name="høringssvar 50").click()
    expect(page.get_by_role("button", name="høringssvar 50")).to_have_attribute("aria-pressed", "true")
    assert serious(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")

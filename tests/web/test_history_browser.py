"""Kept conversations in a real Chromium: opened after a restart, renamed, searched and deleted, and on a phone."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.web.fake import HARBOUR, SCHOOL
from tests.web.test_browser import PHONE, Visit, ask, axe, browser, serious, served, visit

__all__ = ["axe", "browser", "visit"]

pytestmark = pytest.mark.browser

QUESTION, OTHER = "Hvor lang er kaia, og hva koster den?", "Kor mange elevar har skulen?"


@pytest.fixture
def site(tmp_path: Path) -> Iterator[str]:
    """A server with a history of its own for each test."""
    with served("tests.web.serve_history", str(tmp_path), crash=True) as address:
        yield address


def find_again(page: Page, *, number: int) -> None:
    """Open the dialog, and wait for its list."""
    page.locator("#kv-hist-knapp").click()
    expect(page.locator("#kv-hist")).to_be_visible()
    expect(page.locator(".kv-hist-apne")).to_have_count(number)


def anew(page: Page) -> None:
    page.keyboard.press("Alt+Shift+N")
    expect(page.locator("#kv-historie [data-samtale='']")).to_be_attached()
    expect(page.locator(".kv-svar")).to_have_count(0)


def test_a_conversation_survives_the_server_and_tells_what_has_gone(browser: Browser, tmp_path: Path) -> None:
    with served("tests.web.serve_history", str(tmp_path), crash=True) as site:
        visit = Visit(browser, site, {})
        page = visit.page()
        ask(page, OTHER)
        ask(page, QUESTION, answers=2)
        expect(page.locator("#kv-historie [data-samtale^=s]")).to_be_attached()
        expect(page).to_have_url(
            f"{site}/?q=Hvor%20lang%20er%20kaia%2C%20og%20hva%20koster%20den%3F&samtale={kept(page)}"
        )
        link, told = page.url.removeprefix(site), page.locator(".kv-svar").all_text_contents()
        visit.context.close()
    with served("tests.web.serve_history", str(tmp_path), crash=True) as site:
        visit = Visit(browser, site, {})
        page = visit.page(link)
        expect(page.locator(".kv-svar")).to_have_count(2)
        assert page.locator(".kv-svar").all_text_contents() == told
        page.locator("a.kv-kilde").first.click()
        expect(page.locator(f"#kv-leser [data-sted^='{SCHOOL.id}'] mark.kv-her").first).to_be_focused()
        ask(page, "Og ferga?", answers=3)
        visit.context.close()
        assert (visit.strangers, visit.complaints) == ([], [])
    (tmp_path / "fjernet").write_text(HARBOUR.source.file)
    with served("tests.web.serve_history", str(tmp_path), crash=True) as site:
        visit = Visit(browser, site, {})
        page = visit.page(link)
        expect(page.locator(".kv-svar")).to_have_count(3)
        gone = page.locator(".kv-svar").nth(1)
        expect(gone.locator(".kv-siden").first).to_contain_text("Dokumentet er fjernet")
        expect(gone.locator("a.kv-kilde")).to_have_count(0)
        expect(page.locator(".kv-svar").first.locator("a.kv-kilde").first).to_be_visible()
        visit.context.close()
        assert (visit.strangers, visit.complaints) == ([], [])


def test_an_open_page_goes_on_when_the_server_was_started_anew(browser: Browser, tmp_path: Path) -> None:
    with served("tests.web.serve_history", str(tmp_path), crash=True) as site:
        visit = Visit(browser, site, {})
        page = visit.page()
        ask(page, QUESTION)
        expect(page.locator("#kv-leser mark.kv-her").first).to_be_visible()
        conversation = kept(page)
    with served("tests.web.serve_history", str(tmp_path), site.rpartition(":")[2], crash=True):
        page.get_by_label("Riktig", exact=True).check()
        expect(page.locator(".kv-vurder-sagt")).to_have_text("Lagret på denne maskinen.")
        ask(page, OTHER, answers=2)
        expect(page.locator(".kv-spurt")).to_have_text([QUESTION, OTHER])
        assert kept(page) == conversation
        visit.context.close()


def kept(page: Page) -> str:
    return str(page.locator("#kv-historie [data-samtale]").get_attribute("data-samtale"))


def test_found_opened_renamed_and_deleted_by_keyboard(visit: Visit, axe: str) -> None:
    page = visit.page()
    page.evaluate(axe)
    ask(page, QUESTION)
    anew(page)
    expect(page.locator("#kv-sporsmal textarea")).to_be_focused()
    ask(page, OTHER)
    find_again(page, number=2)
    expect(page.locator("#kv-hist-sok")).to_be_focused()
    assert serious(page) == []
    page.keyboard.type("MILLIONER")
    expect(page.locator(".kv-hist-apne")).to_have_count(1)
    expect(page.locator(".kv-hist-navn")).to_have_text(QUESTION)
    item = page.get_by_role("button", name=QUESTION)
    item.press("Enter")
    expect(page.locator("#kv-hist")).to_be_hidden()
    expect(page.locator(".kv-spurt")).to_have_text(QUESTION)
    expect(page.locator("#kv-sporsmal textarea")).to_be_focused()
    expect(page.locator(f"#kv-leser [data-sted^='{HARBOUR.id}']")).to_be_visible()
    find_again(page, number=2)
    options = page.get_by_label(f"Valg for samtalen «{QUESTION}»")
    options.press("Enter")
    page.locator(".kv-hist-navngi input:visible").fill("Kaia <b>& prisen")
    page.locator(".kv-hist-navngi input:visible").press("Enter")
    expect(page.locator(".kv-hist-sagt")).to_have_text("Samtalen heter nå «Kaia <b>& prisen».")
    expect(page.locator(".kv-hist-apne:focus .kv-hist-navn")).to_have_text("Kaia <b>& prisen")
    page.get_by_label("Valg for samtalen «Kaia <b>& prisen»").press("Enter")
    page.locator(".kv-hist-valg .kv-hist-slett summary:visible").press("Enter")
    assert serious(page) == []
    page.locator(".kv-hist-bekreft:visible").press("Enter")
    expect(page.locator(".kv-hist-sagt")).to_have_text("Samtalen er slettet.")
    expect(page.locator(".kv-hist-navn")).to_have_text([OTHER])
    expect(page.locator(".kv-svar")).to_have_count(0)  # what is gone is not shown either
    page.keyboard.press("Escape")
    expect(page.locator("#kv-hist")).to_be_hidden()


def test_only_a_press_beside_the_dialog_closes_it(visit: Visit) -> None:
    page = visit.page()
    ask(page, QUESTION)
    find_again(page, number=1)
    page.get_by_label(f"Valg for samtalen «{QUESTION}»").click()
    field = page.locator(".kv-hist-navngi input:visible")
    field.fill("Kaia")
    box, around = field.bounding_box(), page.locator("#kv-hist").bounding_box()
    assert box and around
    below, outside = around["y"] + around["height"] - 6, around["x"] + around["width"] + 60
    page.mouse.click(around["x"] + 6, below)  # its own padding
    page.mouse.move(box["x"] + 20, box["y"] + box["height"] / 2)  # what is selected in it ends beside it
    page.mouse.down()
    page.mouse.move(outside, below)
    page.mouse.up()
    expect(page.locator("#kv-hist")).to_be_visible()
    expect(field).to_have_value("Kaia")
    page.mouse.click(outside, below)
    expect(page.locator("#kv-hist")).to_be_hidden()


@pytest.mark.parametrize(
    "visit",
    [{"viewport": PHONE, "has_touch": True, "color_scheme": "dark"}],
    indirect=True,
    ids=["phone"],
)
def test_on_a_phone_it_is_a_sheet_and_keeping_can_be_turned_off(visit: Visit, axe: str) -> None:
    page = visit.page()
    page.evaluate(axe)
    ask(page, QUESTION)
    page.get_by_role("button", name="Samtaler").tap()
    expect(page.locator(".kv-hist-apne")).to_have_count(1)
    assert page.locator("#kv-hist").bounding_box() == {"x": 0, "y": 0, **PHONE}
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert serious(page) == []
    page.get_by_label("Ta vare på samtalene").tap()
    expect(page.locator(".kv-hist-sagt")).to_contain_text("blir ikke tatt vare på")
    expect(page.locator(".kv-hist-av")).to_be_visible()
    page.locator(".kv-hist-ny").tap()
    expect(page.locator(".kv-svar")).to_have_count(0)
    ask(page, OTHER)
    page.get_by_role("button", name="Samtaler").tap()
    expect(page.locator(".kv-hist-apne")).to_have_count(1)
    page.locator(".kv-hist-apne").tap()
    expect(page.locator("#kv-hist")).to_be_hidden()
    expect(page.locator(".kv-spurt")).to_have_text(QUESTION)

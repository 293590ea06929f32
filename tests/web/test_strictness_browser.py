"""The choice of how sure an answer must be, in a real Chromium: keyboard, screen reader, and that it is kept."""

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.web.test_browser import Visit, ask, axe, browser, on_phone, serious, site, visit

__all__ = ["axe", "browser", "site", "visit"]
pytestmark = pytest.mark.browser


def opened(page: Page) -> Locator:
    """The three, when the fold is open and they are one group."""
    page.locator("#kv-grad > button").click()
    group = page.get_by_role("radiogroup", name="Hvor sikkert et svar må være")
    expect(group).to_be_visible()
    expect(group.get_by_role("radio")).to_have_count(3)
    return group


def test_it_is_chosen_by_keyboard_told_of_and_kept(visit: Visit) -> None:
    page = visit.page()
    opener = page.locator("#kv-grad > button")
    expect(opener).to_have_text("Krav til svar: vanlig ▼")
    group = opened(page)
    expect(group.get_by_role("radio", name="Vanlig")).to_be_checked()
    expect(opener).to_have_attribute("aria-expanded", "true")
    group.get_by_role("radio", name="Vanlig").focus()
    page.keyboard.press("ArrowLeft")
    expect(group.get_by_role("radio", name="Strengt")).to_be_checked()
    expect(opener).to_have_text("Krav til svar: strengt ▼")
    page.keyboard.press("Escape")
    expect(opener).to_be_focused()
    expect(opener).to_have_attribute("aria-expanded", "false")
    ask(page, "Hvor lang er kaia?")
    expect(page.locator(".kv-lead")).to_contain_text("strengt krav til svaret")
    another = visit.page()
    expect(another.locator("#kv-grad > button")).to_have_text("Krav til svar: strengt ▼")
    expect(opened(another).get_by_role("radio", name="Strengt")).to_be_checked()


@on_phone
def test_it_fits_a_phone_and_axe_finds_nothing_serious(visit: Visit, axe: str) -> None:
    page = visit.page()
    group = opened(page)
    page.evaluate(axe)
    assert serious(page) == []
    expect(group).to_be_in_viewport(ratio=1)
    page.locator("#kv-start h1, #kv-start h2").first.click()
    expect(group).to_be_hidden()

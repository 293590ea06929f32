"""In a real Chromium: how a question was understood is shown, and corrected with a click."""

from playwright.sync_api import expect

from tests.web.test_browser import Visit, ask, axe, browser, pytestmark, site, visit

__all__ = ["axe", "browser", "pytestmark", "site", "visit"]

QUESTION = "Hvor lang er kaia?"
FOLLOW_UP = "Samt hva koster kaia?"


def test_a_follow_up_is_shown_as_understood_and_can_be_asked_as_it_stands_or_changed(visit: Visit) -> None:
    page = visit.page()
    box = page.locator("#kv-sporsmal textarea")
    ask(page, QUESTION)
    ask(page, FOLLOW_UP, answers=2)
    expect(page.locator(".kv-lest")).to_have_text([f"Forstått som: «{FOLLOW_UP} ({QUESTION})»"])
    page.get_by_role("button", name="Endre spørsmålet").click()
    expect(box).to_have_value(f"{FOLLOW_UP} ({QUESTION})")
    expect(box).to_be_focused()
    expect(page.locator(".kv-svar")).to_have_count(2)
    page.get_by_role("button", name="Spør slik det står").click()
    expect(page.locator(".kv-svar")).to_have_count(3)
    expect(page.locator(".kv-lest")).to_have_count(1)
    expect(page.get_by_text(f"«{FOLLOW_UP}»", exact=True)).to_be_visible()
    expect(box).to_have_value("")


def test_what_is_written_while_a_question_is_asked_stays(visit: Visit) -> None:
    page = visit.page()
    box = page.locator("#kv-sporsmal textarea")
    ask(page, "Hvor lang er kaja og fergene?")
    box.fill("Nøl litt med ferge")
    box.press("Enter")
    expect(page.locator(".kv-venter")).to_be_visible()
    box.fill("Og hva koster")
    page.get_by_role("button", name="Spør om det").click()
    expect(page.locator(".kv-svar")).to_have_count(2)
    expect(box).to_have_value("Og hva koster")


def test_what_may_have_been_meant_is_asked_with_a_click(visit: Visit) -> None:
    page = visit.page()
    ask(page, "Hvor lang er kaja og fergene?")
    expect(page.locator(".kv-lest")).to_have_text(["Mente du «Hvor lang er kaia og fergene?»?"])
    page.get_by_role("button", name="Spør om det").click()
    expect(page.locator(".kv-svar")).to_have_count(2)
    expect(page.locator(".kv-lest")).to_have_count(1)
    expect(page.get_by_text("«Hvor lang er kaia og fergene?»", exact=True)).to_be_visible()


def test_which_other_words_were_searched_for_is_told_where_one_opens_it(visit: Visit) -> None:
    page = visit.page()
    ask(page, "Hvor lang er kaia til snuten?")
    expect(page.locator(".kv-ordbro dl")).to_be_hidden()
    page.get_by_text("Søkte også etter andre ord", exact=True).click()
    expect(page.locator(".kv-ordbro dl")).to_be_visible()
    expect(page.locator(".kv-ordbro dt")).to_have_text(["snuten"])
    expect(page.locator(".kv-ordbro dd")).to_have_text(["politi, politibetjent"])

"""Rating and measuring in a real Chromium: a set is run, a failed question asked again, an answer rated."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.web.fake import HARBOUR
from tests.web.test_browser import ALL_AT_ONCE, DESKTOP, PHONE, QUESTION, Visit, ask, axe, browser, serious, site, visit

__all__ = ["axe", "browser", "site", "visit"]
pytestmark = pytest.mark.browser

SENTENCE = "Helt til slutt står det at båtplassene deles ut ved loddtrekning hver vår."
looks = pytest.mark.parametrize(
    "visit",
    [{"viewport": DESKTOP}, {"viewport": PHONE, "has_touch": True, "color_scheme": "dark"}],
    indirect=True,
    ids=["desktop", "phone-dark"],
)


def enter(page: Page) -> None:
    page.get_by_role("tab", name="Evaluering").click()
    expect(page.get_by_role("heading", name="Hvor gode er svarene?")).to_be_visible()


def choose(page: Page, name: str) -> None:
    page.get_by_label("Sett med spørsmål").click()
    page.get_by_role("option", name=re.compile(f"^{name} ")).click()


def run(page: Page, name: str) -> None:
    enter(page)
    choose(page, name)
    page.get_by_role("button", name="Kjør", exact=True).click()
    expect(page.locator("#kv-stilling")).to_contain_text(f"Ferdig: «{name}».")
    expect(page.locator(".kv-talkort")).to_be_visible()


def test_a_failed_question_is_asked_where_one_asks_even_if_all_of_it_comes_at_once(visit: Visit) -> None:
    visit.context.add_init_script(ALL_AT_ONCE)
    page = visit.page()
    run(page, "liten")
    page.get_by_role("button", name="Når fikk de svømmehall i byen?").click()
    expect(page.locator(".kv-spurt")).to_have_text("Når fikk de svømmehall i byen?")
    expect(page.get_by_role("tab", name="Spør")).to_have_attribute("aria-selected", "true")


def checked(page: Page) -> list[str]:
    return [str(it.get_attribute("value")) for it in page.locator(".kv-vurder input:checked").all()]


def tab_to(page: Page, start: str, wanted: str) -> None:
    """Go on by Tab from one element to another close behind it, whatever an answer offers in between."""
    page.locator(start).focus()
    for _ in range(5):
        page.keyboard.press("Tab")
        if page.evaluate("wanted => document.activeElement.matches(wanted)", wanted):
            return
    raise AssertionError(f"{wanted} is not reached by Tab from {start}")


@looks
def test_a_set_is_run_and_a_failed_question_asked_beside_its_gold(visit: Visit, axe: str) -> None:
    page = visit.page()
    run(page, "liten")
    expect(page.get_by_role("button", name="Stopp kjøringen")).to_be_hidden()
    card = page.locator(".kv-talkort > div").filter(has_text="Riktig første sitat").first
    expect(card.locator(".kv-verdi")).to_have_text("66,7")
    expect(card).to_contain_text("n 3")
    expect(page.locator("#kv-status")).to_contain_text("Ferdig")
    expect(page.locator(".kv-typer tbody tr")).to_have_count(2)
    expect(page.locator(".kv-kurve svg")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), "nothing sticks out to the side"
    page.evaluate(axe)
    assert serious(page) == []
    with visit.context.expect_page() as opened:
        page.get_by_role("link", name="Åpne hele rapporten").click()
    expect(opened.value.get_by_role("heading", level=1)).to_have_text("Hvor gode er svarene?")
    expect(opened.value.locator(".plot").first).to_be_visible()
    opened.value.close()
    failed = page.get_by_role("button", name="Når fikk de svømmehall i byen?")
    failed.focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("tab", name="Spør")).to_have_attribute("aria-selected", "true")
    expect(page.get_by_role("tab", name="Spør")).to_be_focused()
    expect(page.locator(".kv-svar")).to_have_count(1)
    expect(page.locator(".kv-spurt")).to_have_text("Når fikk de svømmehall i byen?")
    gold = page.locator(".kv-fasit")
    expect(gold.locator("blockquote")).to_have_text("Fergene går hver halvtime.")
    gold.locator(".kv-kilde").click()
    expect(page.locator("#kv-her")).to_be_focused()
    assert "".join(page.locator("mark.kv-her").all_text_contents()) == "Fergene går hver halvtime."
    page.keyboard.press("Escape")
    assert serious(page) == []


def test_a_run_can_be_stopped_and_the_page_stays_usable(visit: Visit) -> None:
    page = visit.page()
    enter(page)
    page.get_by_role("button", name="Kjør", exact=True).click()  # the fake run lasts until it is stopped
    expect(page.get_by_role("progressbar", name="Hvor langt kjøringen er kommet")).to_be_visible()
    expect(page.locator("#kv-stilling")).to_contain_text("1 av 152 spørsmål")
    other = visit.page()
    ask(other, QUESTION)
    enter(other)
    expect(other.get_by_role("button", name="Stopp kjøringen")).to_be_visible()
    page.get_by_role("button", name="Stopp kjøringen").click()
    expect(page.locator("#kv-stilling")).to_contain_text("Stoppet: «seeds-tune».")
    expect(page.get_by_role("button", name="Kjør", exact=True)).to_be_visible()
    expect(other.locator("#kv-stilling")).to_contain_text("Stoppet")


@looks
def test_an_answer_is_rated_by_keyboard_and_exported(visit: Visit, axe: str) -> None:
    page = visit.page()
    ask(page, QUESTION)
    row = page.get_by_role("group", name="Var svaret riktig?")
    tab_to(page, ".kv-del", ".kv-vurder input")
    page.keyboard.press("Space")
    expect(row.locator(".kv-vurder-sagt")).to_have_text("Lagret på denne maskinen.")
    assert checked(page) == ["right"]
    page.keyboard.press("ArrowRight")
    expect(row.locator(".kv-vurder-sagt")).to_contain_text("Lim inn setningen")
    row.get_by_label("Setningen som svarer").fill(SENTENCE)
    page.keyboard.press("Enter")
    expect(row.locator(".kv-vurder-sagt")).to_contain_text("Setningen står i «Havneplan for Sandvika».")
    expect(page.locator("#kv-status")).to_contain_text("Setningen står i")
    row.get_by_label("Kommentar").fill("Fant noe annet.")
    page.evaluate(axe)
    assert serious(page) == []
    ask(page, "Går det ferge til månen?", answers=2)
    assert checked(page) == ["wrong_place"], "the rating survives that the conversation is shown anew"
    expect(row.first.get_by_label("Kommentar")).to_have_value("Fant noe annet.")
    enter(page)
    expect(page.locator(".kv-vurderte")).to_contain_text(re.compile(r"svar er vurdert"))
    page.get_by_label("Navn på settet").fill("mine svar")
    page.get_by_role("button", name="Lag et sett av vurderingene").click()
    expect(page.locator("#kv-laget")).to_contain_text("mine svar.jsonl")
    run(page, "mine svar")
    expect(page.locator(".kv-ingress")).to_contain_text("1 spørsmål")
    page.get_by_role("tab", name="Spør").click()
    row.first.get_by_role("button", name="Fjern vurderingen").click()
    expect(row.first.locator(".kv-vurder-sagt")).to_have_text("Vurderingen er fjernet.")
    assert checked(page) == []
    assert HARBOUR.text.count(SENTENCE) == 1


def test_what_is_written_of_an_answer_stays_while_the_next_one_comes(visit: Visit) -> None:
    page = visit.page()
    ask(page, QUESTION)
    box = page.locator("#kv-sporsmal textarea")
    box.fill("Nøl litt med ferge")
    box.press("Enter")
    expect(page.locator(".kv-venter")).to_be_visible()
    row = page.locator(".kv-vurder").first
    row.locator("input[value=wrong_place]").check(force=True)
    row.get_by_label("Setningen som svarer").click()
    page.keyboard.type("Fergene går hver halvtime")
    expect(page.locator(".kv-svar")).to_have_count(2)
    page.wait_for_timeout(300)
    page.keyboard.type(".")
    expect(row.get_by_label("Setningen som svarer")).to_have_value("Fergene går hver halvtime.")

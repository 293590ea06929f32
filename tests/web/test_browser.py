"""The page in a real Chromium: asking, opening, copying, keyboard, phone, links, languages and accessibility."""

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Route, expect, sync_playwright

from assistant.citation import copy_text
from assistant.web.address import address_of, document_link, quote_link
from index.documents.document import Language
from tests.web.fake import HARBOUR, HOSTILE, SCHOOL, quote_of

pytestmark = pytest.mark.browser

CHROMIUM = os.environ.get("KILDESVAR_CHROMIUM") or "/usr/bin/chromium"
FLAGS = [
    "--headless=new",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-dev-shm-usage",
    "--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE 127.0.0.1 , EXCLUDE localhost",
]
HERE = Path(__file__).parent
DESKTOP, PHONE = {"width": 1280, "height": 800}, {"width": 390, "height": 844}
QUESTION = "Hvor lang er kaia, og hva koster den?"
QUAY = quote_of(HARBOUR, "Kaia er 140 meter lang og koster 12 millioner kroner i året.", short="140 meter")
LAST = quote_of(HARBOUR, "Helt til slutt står det at båtplassene deles ut ved loddtrekning hver vår.")
PATIENCE = 30_000
"""Milliseconds; far more than it takes, for machines that have much else to do."""
expect.set_options(timeout=PATIENCE)


@contextmanager
def served(module: str, *arguments: str, crash: bool = False) -> Iterator[str]:
    """The address of a page that this module serves; at the end it is told to stop, or killed as in a crash."""
    command = [sys.executable, "-m", module, *arguments]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True, cwd=HERE.parents[1]) as server:
        assert server.stderr
        ready = next(line for line in server.stderr if "Kildesvar er klar" in line)
        try:
            yield re.findall(r"http://[\d.:]+", ready)[0]
        finally:  # also when a test fails in here: the end waits for the server
            server.kill() if crash else server.terminate()


@pytest.fixture(scope="module")
def site() -> Iterator[str]:
    with served("tests.web.serve_fake") as address:
        yield address


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture(scope="module")
def axe() -> str:
    """The script of axe-core, which comes in a wheel: no npm is needed."""
    return files("axe_playwright_python").joinpath("axe.min.js").read_text("utf-8")


class Visit:
    """One visitor's pages, watched: nothing may leave this machine, and the console must stay silent."""

    def __init__(self, browser: Browser, site: str, settings: dict[str, Any]) -> None:
        self.site = site
        self.strangers: list[str] = []
        self.complaints: list[str] = []
        usual = {"viewport": DESKTOP, "locale": "nb-NO", "reduced_motion": "reduce"}
        self.context: BrowserContext = browser.new_context(**{**usual, **settings})
        self.context.set_default_timeout(PATIENCE)
        self.context.grant_permissions(["clipboard-read", "clipboard-write"], origin=site)
        self.context.route("**/*", self._watch)

    def page(self, path: str = "/") -> Page:
        page = self.context.new_page()
        page.on("console", lambda it: self.complaints.append(it.text) if it.type in ("error", "warning") else None)
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        page.on("dialog", lambda dialog: self.complaints.append(f"dialog: {dialog.message}"))
        page.goto(self.site + path)
        expect(page.locator("#kv-sporsmal textarea")).to_be_visible()
        return page

    def _watch(self, route: Route) -> None:
        url = route.request.url
        if not url.startswith((self.site, "data:", "blob:")):
            self.strangers.append(url)
        route.continue_()


@pytest.fixture
def visit(browser: Browser, site: str, request: pytest.FixtureRequest) -> Iterator[Visit]:
    visit = Visit(browser, site, getattr(request, "param", {}))
    yield visit
    visit.context.close()
    assert visit.strangers == []
    assert visit.complaints == []


on_phone = pytest.mark.parametrize("visit", [{"viewport": PHONE, "has_touch": True}], indirect=True, ids=["phone"])


def ask(page: Page, question: str, *, answers: int = 1) -> None:
    """Ask; once more where Enter came before Gradio listened (the question then still stands where it was written)."""
    writing = page.locator("#kv-sporsmal textarea")
    writing.fill(question)
    for patience in (PATIENCE / 6, PATIENCE / 6, PATIENCE):
        writing.press("Enter")
        with suppress(AssertionError):
            expect(page.locator(".kv-svar")).to_have_count(answers, timeout=patience)
            return
        if writing.input_value() != question:
            break
    expect(page.locator(".kv-svar")).to_have_count(answers)


def focused(page: Page) -> str:
    return str(page.evaluate("`${document.activeElement.tagName}.${document.activeElement.className}`"))


def seen(page: Page, selector: str) -> bool:
    """Whether the element's top is inside the reader's own box and the window."""
    return bool(
        page.evaluate(
            """selector => {
              const it = document.querySelector(selector).getBoundingClientRect();
              const box = document.querySelector('.kv-ark').getBoundingClientRect();
              return it.top >= box.top && it.top < Math.min(box.bottom, innerHeight) && it.left >= 0;
            }""",
            selector,
        )
    )


def test_ask_see_open_copy_and_go_on_by_keyboard_alone(visit: Visit) -> None:
    page = visit.page()
    page.locator("#kv-sporsmal textarea").focus()
    page.keyboard.type(QUESTION)
    page.keyboard.press("Enter")
    quote = page.locator(".kv-sitat").first
    expect(quote.locator("blockquote")).to_have_text(QUAY.text)
    expect(page.locator(".kv-lead")).to_contain_text("3 sitater fra én kilde")
    expect(page.locator("#kv-her")).to_be_attached()
    assert focused(page).startswith("TEXTAREA"), "the answer leaves focus where one writes"
    for _ in range(40):
        page.keyboard.press("Shift+Tab")
        if page.evaluate("document.activeElement === document.querySelector('.kv-kilde')"):
            break
    page.keyboard.press("Enter")
    expect(page.locator("#kv-her")).to_be_focused()
    assert "".join(page.locator("mark.kv-her").all_text_contents()) == QUAY.text
    assert page.locator("mark.kv-her.kv-kort").text_content() == "140 meter"
    assert page.locator("mark.kv-annet").count() == 2
    expect(page.locator("#kv-status")).to_have_text("Havneplan for Sandvika er åpnet. Sitatet er markert.")
    page.keyboard.press("Escape")
    assert focused(page) == "A.kv-kilde"
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator("#kv-status")).to_have_text("Sitatet er kopiert med kilde.")
    assert page.evaluate("navigator.clipboard.readText()") == copy_text(QUAY, Language.BOKMAAL)


def test_a_click_scrolls_to_a_quote_far_down_and_only_the_pane_moves(visit: Visit) -> None:
    page = visit.page()
    ask(page, "Hvordan deles båtplassene ut ved loddtrekning?")
    page.evaluate("window.scrollTo(0, 0)")
    page.locator(".kv-kilde").first.click()
    expect(page.locator("#kv-her")).to_have_text(LAST.text)
    expect(page.locator("#kv-her")).to_be_focused()
    assert seen(page, "#kv-her")
    assert page.evaluate("document.querySelector('.kv-ark').scrollTop") > 300
    assert page.evaluate("window.scrollY") == 0


def test_the_other_quotes_of_the_answer_are_a_step_away(visit: Visit) -> None:
    page = visit.page()
    ask(page, QUESTION)
    page.locator(".kv-kilde").first.click()
    expect(page.locator("#kv-her")).to_be_focused()
    first = page.locator("mark.kv-her").first.text_content()
    page.get_by_role("link", name="Neste sitat").click()
    expect(page.locator(".kv-steg span")).to_have_text("2 av 3")
    assert page.locator("mark.kv-her").first.text_content() != first
    page.keyboard.press("Escape")
    assert focused(page) == "A.kv-kilde"


def test_of_quick_clicks_the_last_one_counts(visit: Visit) -> None:
    page = visit.page()
    ask(page, QUESTION)
    for citation in page.locator(".kv-kilde").all():
        citation.click()
    expect(page.locator(".kv-steg span")).to_have_text("3 av 3")
    expect(page.locator("#kv-her")).to_be_focused()


def test_what_is_written_while_an_answer_comes_stays(visit: Visit) -> None:
    page = visit.page()
    box = page.locator("#kv-sporsmal textarea")
    ask(page, QUESTION)
    box.fill("Nøl litt med ferge")
    page.keyboard.press("Enter")
    expect(page.locator(".kv-venter")).to_be_visible()
    expect(box).to_have_value("")
    box.fill("Og hva koster")
    expect(page.locator(".kv-svar")).to_have_count(2)
    expect(page.get_by_role("button", name="Spør", exact=True)).to_be_visible()
    expect(box).to_have_value("Og hva koster")


def test_one_question_is_asked_at_a_time_and_the_next_waits_where_it_was_written(visit: Visit) -> None:
    page = visit.page()
    box = page.locator("#kv-sporsmal textarea")
    box.fill("Nøl litt med ferge")
    page.locator("#kv-send").click()
    expect(page.locator(".kv-venter")).to_be_visible()
    box.fill(QUESTION)
    box.press("Enter")
    expect(page.locator(".kv-svar")).to_have_count(1)
    expect(page.locator(".kv-spurt")).to_have_text(["Nøl litt med ferge"])
    expect(box).to_have_value(QUESTION)
    box.press("Enter")
    expect(page.locator(".kv-svar")).to_have_count(2)


def test_a_draft_outlives_that_the_question_before_it_is_stopped_or_fails(visit: Visit) -> None:
    page = visit.page()
    box = page.locator("#kv-sporsmal textarea")
    for question, told in (("Vent på ferge", "Stoppet."), ("Nøl, krasj", "Noe gikk galt i Kildesvar")):
        box.fill(question)
        box.press("Enter")
        expect(page.locator(".kv-venter")).to_be_visible()
        box.fill("Og hva koster")
        if told == "Stoppet.":
            page.get_by_role("button", name="Stopp").click()
        expect(page.get_by_role("alert")).to_contain_text(told)
        page.wait_for_timeout(300)
        expect(box).to_have_value("Og hva koster")


def test_who_scrolls_or_reads_while_an_answer_comes_is_left_there(visit: Visit) -> None:
    page = visit.page()
    for number in range(1, 4):
        ask(page, QUESTION, answers=number)
    box = page.locator("#kv-sporsmal textarea")
    box.fill("Tell fergene")
    box.press("Enter")
    expect(page.locator(".kv-venter")).to_contain_text("av 200 dokumenter")
    assert page.evaluate("scrollY") > 500
    page.mouse.move(300, 300)
    page.mouse.wheel(0, -10_000)
    page.wait_for_timeout(1500)
    assert page.evaluate("scrollY") == 0
    page.locator(".kv-kilde").first.click()
    expect(page.locator("#kv-her")).to_be_focused()
    page.keyboard.press("Control+f")
    page.keyboard.type("ferge")
    field = page.locator("#kv-leser input:focus")
    expect(field).to_have_value("ferge")
    expect(page.locator(".kv-svar")).to_have_count(4)
    page.wait_for_timeout(500)
    expect(field).to_have_value("ferge")
    assert page.evaluate("scrollY") == 0


SLOW_ENDING = """
const fetched = window.fetch;
window.fetch = async (...asked) => {
  const response = await fetched(...asked);
  if (!response.url.includes("/queue/data")) return response;
  const late = new TransformStream({
    async transform(chunk, sink) {
      if (new TextDecoder().decode(chunk).includes("close_stream")) await new Promise((go) => setTimeout(go, 3000));
      sink.enqueue(chunk);
    },
  });
  return new Response(response.body.pipeThrough(late), { status: response.status, headers: response.headers });
};
"""
"""The server's word that nothing is under way is three seconds on its way."""


def test_nothing_is_lost_that_begins_while_the_stream_ends(visit: Visit) -> None:
    visit.context.add_init_script(SLOW_ENDING)
    page = visit.page()
    ask(page, QUESTION)
    page.wait_for_timeout(500)
    ask(page, "Hvem tar ferge?", answers=2)
    page.wait_for_timeout(500)
    page.locator(".kv-svar").first.locator(".kv-kilde").last.click()
    expect(page.locator(".kv-steg span")).to_have_text("3 av 3")


ALL_AT_ONCE = """
const plain = window.fetch;
let inner = null;
const together = () => {
  let held = "";
  return new TransformStream({
    transform(chunk, sink) {
      held += chunk;
      if (!/process_completed|close_stream|heartbeat/.test(chunk)) return;
      sink.enqueue(held);
      held = "";
    },
  });
};
const fetching = async (...asked) => {
  const response = await inner(...asked);
  if (!response.url.includes("/queue/data") && !String(asked[0]).includes("/queue/data")) return response;
  const body = response.body.pipeThrough(new TextDecoderStream()).pipeThrough(together());
  return new Response(body.pipeThrough(new TextEncoderStream()), { status: 200, headers: response.headers });
};
Object.defineProperty(window, "fetch", { get: () => (inner ? fetching : plain), set: (other) => (inner = other) });
"""
"""All that an event says comes to Gradio's page in one piece, when the event is done."""


def test_all_that_an_event_says_is_shown_even_if_it_comes_at_once(visit: Visit) -> None:
    visit.context.add_init_script(ALL_AT_ONCE)
    page = visit.page()
    ask(page, QUESTION)
    expect(page.locator("#kv-sporsmal textarea")).to_have_value("")
    expect(page.get_by_role("button", name="Spør", exact=True)).to_be_visible()
    page.locator(".kv-kilde").first.click()
    expect(page.locator("#kv-her")).to_be_focused()


def test_hostile_text_is_shown_exactly_on_both_surfaces(visit: Visit) -> None:
    page = visit.page()
    ask(page, "Prøvetekst med teikn?")
    shown = page.locator("blockquote").first
    assert shown.text_content() == f"Prøvetekst med teikn: {HOSTILE}"
    page.locator(".kv-kilde").first.click()
    expect(page.locator("#kv-her")).to_be_focused()
    assert page.locator("mark.kv-her").text_content() == f"Prøvetekst med teikn: {HOSTILE}"
    ask(page, f"skulen {HOSTILE}", answers=2)
    assert page.locator(".kv-spurt").last.text_content() == f"skulen {HOSTILE}"
    page.wait_for_timeout(300)
    assert page.evaluate("document.querySelectorAll('#kv-samtale img, #kv-leser img, #kv-samtale script').length") == 0


def test_no_answer_is_said_and_the_nearest_is_no_answer(visit: Visit) -> None:
    page = visit.page()
    ask(page, "Går det ferge til månen?")
    expect(page.locator(".kv-nei")).to_have_text("Jeg finner ikke svar på dette i kildene.")
    expect(page.locator(".kv-likner")).to_contain_text("Dette er ikke et svar")
    page.locator(".kv-likner .kv-kilde").first.click()
    expect(page.locator("#kv-her")).to_be_focused()


def test_the_pane_follows_the_last_answer_also_one_that_has_none(visit: Visit) -> None:
    page = visit.page()
    ask(page, "Kven tek ferge til skulen?")
    expect(page.locator(".kv-navn")).to_have_text("Skulen ved fjorden")
    ask(page, "Hvem vant på månen?", answers=2)
    expect(page.locator("#kv-leser mark.kv-her")).to_have_text("Fergene går hver halvtime.")
    expect(page.locator("#kv-sporsmal textarea")).to_be_focused()
    page.get_by_role("button", name="Leter i alle kildene").click()
    page.get_by_role("button", name="Fjern alle").click()
    expect(page.get_by_role("button", name="Ingen kilder er valgt")).to_be_visible()
    ask(page, QUESTION, answers=3)
    expect(page.locator(".kv-tom")).to_be_visible()
    expect(page.locator(".kv-apen")).to_have_count(0)
    page.locator(".kv-kilde").first.click()
    expect(page.locator("#kv-her")).to_be_focused()


@on_phone
def test_on_a_phone_an_answer_without_quotes_leaves_the_sheet_closed(visit: Visit) -> None:
    page = visit.page()
    ask(page, "Hvem vant på månen?")
    expect(page.locator(".kv-likner .kv-kilde").first).to_be_visible()
    expect(page.locator("#kv-leser")).to_be_hidden()


def test_questions_that_cannot_be_asked_and_trouble_inside(visit: Visit) -> None:
    page = visit.page()
    box = page.locator("#kv-sporsmal textarea")
    page.locator("#kv-send").click()
    expect(page.get_by_role("alert")).to_have_text("Spørsmålet er tomt. Skriv hva du vil vite.")
    box.fill("å" * 10_000)
    page.keyboard.press("Enter")
    expect(page.get_by_role("alert")).to_contain_text("Spørsmålet er på 10000 tegn")
    expect(box).to_have_value("å" * 10_000)
    box.fill("krasj nå")
    page.keyboard.press("Enter")
    expect(page.get_by_role("alert")).to_contain_text("Noe gikk galt i Kildesvar")
    assert "hemmelig" not in page.content()
    ask(page, QUESTION)
    expect(page.get_by_role("alert")).to_have_count(0)


def test_a_slow_question_shows_life_and_can_be_stopped(visit: Visit) -> None:
    page = visit.page()
    page.locator("#kv-sporsmal textarea").fill("Vent på ferge")
    page.keyboard.press("Enter")
    expect(page.locator(".kv-venter")).to_have_text("Leter i kildene …")
    page.get_by_role("button", name="Stopp").click()
    expect(page.locator("#kv-sporsmal textarea")).to_have_value("Vent på ferge")
    expect(page.get_by_role("alert")).to_contain_text("Stoppet.")
    expect(page.locator(".kv-venter")).to_have_count(0)
    ask(page, QUESTION)
    expect(page.locator(".kv-spurt")).to_have_count(1)


def test_that_kildesvar_is_out_of_reach_is_said_and_what_is_written_outlives_it(visit: Visit) -> None:
    page = visit.page()
    box = page.locator("#kv-sporsmal textarea")
    ask(page, QUESTION)
    visit.context.set_offline(True)
    box.fill("Og hva koster")
    box.press("Enter")
    expect(page.locator(".toast-message-text").first).to_contain_text("Får ikke kontakt med Kildesvar.")
    visit.context.set_offline(False)
    page.reload()
    expect(page.locator(".kv-svar")).to_have_count(1)  # asked once more, by the address: nothing is kept here
    expect(box).to_have_value("Og hva koster")
    ask(page, "Hvem tar ferge?", answers=2)
    page.reload()
    expect(box).to_have_value("")
    visit.complaints.clear()


def test_a_button_that_goes_when_it_is_pressed_leaves_the_focus_where_one_writes(visit: Visit) -> None:
    page = visit.page()
    box = page.locator("#kv-sporsmal textarea")
    page.locator(".kv-eksempel").first.press("Enter")
    expect(page.locator(".kv-svar")).to_have_count(1)
    expect(box).to_be_focused()
    for question, button in (("Vent på ferge", "#kv-send"), ("", "#kv-stopp"), ("", "#kv-ny")):
        if question:
            box.fill(question)
        page.locator(button).press("Enter")
        expect(page.locator(button)).to_be_hidden()
        expect(box).to_be_focused()


def test_examples_follow_ups_and_a_new_conversation(visit: Visit) -> None:
    page = visit.page()
    page.locator(".kv-eksempel").first.click()
    expect(page.locator(".kv-svar")).to_have_count(1)
    ask(page, QUESTION, answers=2)
    page.get_by_role("button", name="Ny samtale").click()
    expect(page.locator(".kv-svar")).to_have_count(0)
    expect(page.locator(".kv-eksempel").first).to_be_visible()
    expect(page.locator(".kv-tom")).to_be_visible()
    assert "q=" not in page.url


SLOW_ASKING = """
const swift = window.fetch;
window.fetch = async (...asked) => {
  if (String(asked[0].url ?? asked[0]).includes("/queue/join")) await new Promise((go) => setTimeout(go, 1500));
  return swift(...asked);
};
"""
"""What the page asks of the server is a second and a half on its way."""


def test_chips_that_are_pressed_quickly_all_count(visit: Visit) -> None:
    visit.context.add_init_script(SLOW_ASKING)
    page = visit.page()
    page.get_by_role("button", name="Leter i alle kildene").click()
    page.get_by_role("button", name="Sandvika havn 1").click()
    page.wait_for_timeout(300)
    page.get_by_role("button", name="2021 1").click()
    expect(page.locator("#kv-utvalg > button").first).to_contain_text("Leter i 1 av 3 kilder: Sandvika havn, 2021")


def test_sources_can_be_chosen(visit: Visit) -> None:
    page = visit.page()
    page.get_by_role("button", name="Leter i alle kildene").click()
    page.get_by_label("Havneplan for Sandvika").uncheck()
    expect(page.get_by_role("button", name="Leter i 2 av 3 kilder")).to_be_visible()
    ask(page, "Hvem tar ferge?")
    citations = page.locator(".kv-henvisning").all_text_contents()
    assert citations and not any("Havneplan" in citation for citation in citations)


def test_languages_are_switched_and_remembered_and_the_answer_comes_along(visit: Visit) -> None:
    page = visit.page()
    ask(page, QUESTION)
    page.get_by_role("link", name="Nynorsk").click()
    page.wait_for_url("**/nn/?q=*")
    visit.complaints.clear()  # Gradio complains of the streams that ended with the page that was left.
    expect(page.locator(".kv-svar")).to_have_count(1)
    assert page.evaluate("document.documentElement.lang") == "nn"
    assert page.get_by_role("tab").all_text_contents() == ["Spør", "Kjelder", "Evaluering", "Om"]
    # The question was in Bokmål, and so is the answer to it.
    expect(page.locator(".kv-lead")).to_contain_text("3 sitater")
    ask(page, "Kva kostar kaia?", answers=2)
    expect(page.locator(".kv-lead").last).to_contain_text("frå")
    again = visit.page()
    assert again.url == visit.site + "/nn/"
    again.get_by_role("link", name="English").click()
    expect(again.locator("#kv-sporsmal textarea")).to_have_attribute("placeholder", "Write a question …")
    visit.complaints.clear()


def test_links_to_an_answer_a_quote_and_a_document(visit: Visit) -> None:
    page = visit.page("/?q=Hvor%20lang%20er%20kaia%3F")
    expect(page.locator(".kv-svar")).to_have_count(1)
    page.locator(".kv-del").click()
    expect(page.locator("#kv-status")).to_have_text("Lenken er kopiert.")
    assert page.evaluate("navigator.clipboard.readText()") == f"{visit.site}/?q=Hvor%20lang%20er%20kaia%3F"
    page.locator(".kv-lenke").first.click()
    page.wait_for_function("navigator.clipboard.readText().then(it => it.includes('sitat='))")
    link = page.evaluate("navigator.clipboard.readText()")
    assert link == f"{visit.site}/{quote_link(QUAY)}"
    quote = visit.page(link.removeprefix(visit.site))
    expect(quote.locator("#kv-her")).to_be_focused()
    assert "".join(quote.locator("mark.kv-her").all_text_contents()) == QUAY.text
    assert quote.locator("mark.kv-kort").text_content() == "140 meter"
    whole = visit.page(f"/{document_link(SCHOOL.id)}")
    expect(whole.locator(".kv-navn")).to_have_text("Skulen ved fjorden")


@pytest.mark.parametrize("link", [f"?sitat={HARBOUR.id}:5-999999", "?sitat=<script>alert(1)</script>", "?kilde=x"])
def test_a_bad_link_is_told(visit: Visit, link: str) -> None:
    page = visit.page(f"/{link}")
    expect(page.locator(".kv-feil")).to_contain_text("Lenken peker ikke på et sted")


@pytest.mark.parametrize("visit", [{"color_scheme": "dark"}], indirect=True, ids=["dark"])
def test_what_is_printed_is_dark_on_paper_and_has_no_buttons(visit: Visit) -> None:
    page = visit.page()
    ask(page, QUESTION)
    colour = "it => getComputedStyle(it).color"
    quote = page.locator("blockquote").first
    on_screen = quote.evaluate(colour)
    page.emulate_media(media="print")
    printed = quote.evaluate(colour)
    assert sum(map(int, re.findall(r"\d+", printed))) < 200 < sum(map(int, re.findall(r"\d+", on_screen)))
    assert page.locator(".kv-nr").first.evaluate("it => getComputedStyle(it).printColorAdjust") == "exact"
    expect(quote).to_be_visible()
    expect(page.locator("#kv-samtale button:visible")).to_have_count(0)


def test_the_two_buttons_below_an_answer_look_and_lie_alike(visit: Visit) -> None:
    page = visit.page()
    ask(page, QUESTION)
    boxes = []
    for width in (1280, 360):
        page.set_viewport_size({"width": width, "height": 800})
        for button in (".kv-del", ".kv-sammenlikn"):
            box = page.locator(button).evaluate("it => it.getBoundingClientRect().toJSON()")
            size = page.locator(button).evaluate("it => getComputedStyle(it).fontSize")
            boxes.append((round(box["top"]), round(box["height"]), size))
    assert boxes[0] == boxes[1] and boxes[2][1:] == boxes[3][1:]


def test_each_tab_is_found_again_where_it_was_left(visit: Visit) -> None:
    page = visit.page()
    page.set_viewport_size({"width": 1280, "height": 500})
    for number in range(1, 4):
        ask(page, QUESTION, answers=number)
    page.evaluate("scrollTo(0, 700)")
    page.wait_for_function("scrollY === 700")
    page.wait_for_timeout(300)  # the page has heard of it
    for tab, name, top in (("Om", "about", 0), ("Kilder", "sources", 0), ("Spør", "ask", 700)):
        page.get_by_role("tab", name=tab).click()
        expect(page.locator("body")).to_have_attribute("data-fane", name)
        page.wait_for_timeout(300)
        assert page.evaluate("scrollY") == top, tab


def test_any_document_can_be_read_whole(visit: Visit) -> None:
    page = visit.page()
    page.get_by_role("tab", name="Kilder").click()
    page.get_by_role("link", name="Les dokumentet: Havneplan for Sandvika").click()
    expect(page.locator(".kv-navn")).to_be_focused()
    expect(page.get_by_role("columnheader", name="Andre år")).to_be_visible()
    page.keyboard.press("Escape")
    assert focused(page) == "A.kv-les"


@on_phone
def test_on_a_phone_the_source_comes_up_as_a_sheet(visit: Visit) -> None:
    page = visit.page()
    ask(page, QUESTION)
    assert not page.locator("#kv-leser").is_visible()
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), "nothing sticks out to the side"
    page.locator(".kv-kilde").first.tap()
    expect(page.locator("#kv-her")).to_be_focused()
    assert seen(page, "#kv-her")
    assert page.evaluate("document.querySelector('#kv-faner').inert"), "what lies below cannot be reached"
    page.get_by_role("button", name="Tilbake til svaret").tap()
    expect(page.locator("#kv-leser")).to_be_hidden()
    assert focused(page) == "A.kv-kilde"
    page.locator(".kv-kilde").first.tap()
    expect(page.locator("#kv-leser")).to_be_visible()
    page.go_back()
    expect(page.locator("#kv-leser")).to_be_hidden()
    expect(page.locator(".kv-svar")).to_have_count(1)


UNFOLDED = {
    "#kv-utvalg > button": ".kv-fasetter",
    "#kv-grad > button": '#kv-grad > [data-testid="accordion-content"]',
    ".kv-eksportmeny > summary": ".kv-eksportmeny .kv-ark-former",
}
"""What opens below the question box, and what comes into sight then."""
ROOMY = """content => {
  const it = document.querySelector(content), box = it.getBoundingClientRect();
  const around = document.querySelector('#kv-skriv').getBoundingClientRect();
  const wide = content !== '.kv-fasetter' || box.width > 0.8 * around.width;
  return it.checkVisibility() && box.left >= 0 && box.right <= around.right && wide;
}"""
"""Whether it is in sight, lies within the column, and, if it is the filter's chips, has all of its width."""


@pytest.mark.parametrize("path", ["/", "/en/"])
def test_what_opens_below_the_box_has_room_in_every_window(visit: Visit, path: str) -> None:
    page = visit.page(path)
    ask(page, QUESTION)
    for width in (320, 950, 1024, 1280, 1920):
        page.set_viewport_size({"width": width, "height": 800})
        for button, content in UNFOLDED.items():
            page.evaluate("it => document.querySelector(it).click()", button)  # on a phone the source covers it
            page.wait_for_function(ROOMY, arg=content)
            page.evaluate("it => document.querySelector(it).click()", button)
            page.wait_for_function("it => !document.querySelector(it).checkVisibility()", arg=content)


COVERED = """() => {
  const it = document.activeElement.getBoundingClientRect();
  return it.bottom - document.querySelector('#kv-skriv').getBoundingClientRect().top;
}"""
"""How many pixels of what has focus are below where one writes; negative where it is clear of it."""


@on_phone
def test_on_a_phone_with_letters_twice_as_large_nothing_is_cut_off(visit: Visit) -> None:
    doubled = "document.documentElement.style.fontSize = '200%'"
    visit.context.add_init_script(f"addEventListener('DOMContentLoaded', () => {doubled})")
    page = visit.page()
    ask(page, QUESTION)
    assert page.locator(".kv-lead").evaluate("it => getComputedStyle(it).fontSize") == "32px"
    for tab, name in {"Spør": "ask", "Kilder": "sources", "Evaluering": "evaluation", "Om": "about"}.items():
        right = page.get_by_role("tab", name=tab).evaluate("it => it.getBoundingClientRect().right")
        assert right <= PHONE["width"], f"{tab} is in sight before anything is scrolled"
        page.get_by_role("tab", name=tab).click()
        expect(page.locator("body")).to_have_attribute("data-fane", name)
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), tab
        cut = page.locator("button:visible").evaluate_all(
            "all => all.filter(it => it.scrollHeight > it.clientHeight + 4).map(it => it.textContent)"
        )
        assert cut == [], tab


@on_phone
def test_what_has_focus_is_never_below_where_one_writes(visit: Visit) -> None:
    page = visit.page()
    ask(page, QUESTION)
    page.get_by_role("button", name="Leter i alle kildene").click()
    expect(page.get_by_label("Havneplan for Sandvika")).to_be_visible()
    room = page.evaluate("document.querySelector('#kv-skriv').getBoundingClientRect().top")
    assert room > PHONE["height"] / 3, "with the filter open, there is still room to read"
    page.evaluate("window.scrollTo(0, 0)")
    page.locator(".kv-kilde").first.focus()
    for _ in range(20):
        assert page.evaluate(COVERED) <= 0, focused(page)
        page.keyboard.press("Tab")
        if not page.evaluate("document.activeElement.closest('#kv-samtale') !== null"):
            return
    raise AssertionError("the end of the conversation is not reached by Tab")


LOOKS = [
    pytest.param({"viewport": size, "color_scheme": scheme}, id=f"{name}-{scheme}")
    for name, size in (("desktop", DESKTOP), ("phone", PHONE))
    for scheme in ("light", "dark")
]


@pytest.mark.parametrize("visit", LOOKS, indirect=True)
def test_axe_finds_nothing_serious(visit: Visit, axe: str) -> None:
    page = visit.page()
    page.evaluate(axe)
    found = {"start": serious(page)}
    page.get_by_role("button", name="Leter i alle kildene").click()
    expect(page.get_by_label("Havneplan for Sandvika")).to_be_visible()
    page.locator("#kv-send").click()
    expect(page.get_by_role("alert")).to_be_visible()
    found["filter and notice"] = serious(page)
    ask(page, "Går det ferge til månen?")
    ask(page, QUESTION, answers=2)
    found["answers"] = serious(page)
    page.locator(f'.kv-kilde[href*="{address_of(QUAY)}"]').last.click()
    expect(page.locator("#kv-her")).to_be_focused()
    found["source"] = serious(page)
    page.keyboard.press("Escape")
    page.get_by_role("tab", name="Kilder").click()
    found["sources"] = serious(page)
    page.get_by_role("tab", name="Om").click()
    found["about"] = serious(page)
    assert {where: what for where, what in found.items() if what} == {}


def serious(page: Page) -> list[str]:
    """Serious and critical violations: rule and the elements that break it."""
    result = page.evaluate("axe.run(document, {resultTypes: ['violations']})")
    return [
        f"{rule['id']}: {[node['html'][:160] for node in rule['nodes']]}"
        for rule in result["violations"]
        if rule["impact"] in ("serious", "critical")
    ]


def test_a_new_conversation_is_one_key_away(visit: Visit) -> None:
    page = visit.page()
    ask(page, QUESTION)
    expect(page.locator("#kv-ny")).to_have_attribute("aria-keyshortcuts", "Alt+Shift+N")
    page.keyboard.press("Alt+Shift+KeyN")
    expect(page.locator(".kv-svar")).to_have_count(0)
    expect(page.locator("#kv-sporsmal textarea")).to_be_focused()
    expect(page.locator("#kv-sporsmal textarea")).to_have_value("")

"""The Kilder tab in a real Chromium, before a real index: hand in, watch, ask, correct, remove; two pages at once."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.index.made import BODY, TITLE
from tests.index.made_pdf import sample as made_pdf
from tests.web.test_browser import PHONE, Visit, ask, axe, browser, serious, served, visit

__all__ = ["axe", "browser", "visit"]

pytestmark = pytest.mark.browser

QUESTION = "Hva koster planen, og hvor tas pengene fra?"
COST = BODY[0].split(". ")[1]


@pytest.fixture
def site(tmp_path: Path) -> Iterator[str]:
    """A server with an index of its own for each test: what one adds, the next does not see."""
    with served("tests.web.serve_shelf", str(tmp_path / "index"), crash=True) as address:
        yield address


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    files = tmp_path / "filer"
    files.mkdir()
    (files / "skoleveier.pdf").write_bytes(made_pdf())
    (files / "skadet.pdf").write_bytes(b"%PDF-1.7 og saa ingenting")
    (files / "bilde.png").write_bytes(b"x")
    long = "\n\n".join(f"Avsnitt {n} om havna og sjøen, som er lang og kald hele året." for n in range(6_000))
    (files / "lang.txt").write_text(long, "utf-8")
    return files


@pytest.fixture
def hold(tmp_path: Path) -> Path:
    """As long as this file is there, what has more than a hundred passages is not done."""
    hold = tmp_path / "hold"
    hold.touch()
    return hold


def sources(page: Page) -> Page:
    page.get_by_role("tab", name=re.compile("Kilder|Kjelder|Sources")).click()
    expect(page.locator(".kv-kildekort").first).to_be_visible()
    return page


def hand_in(page: Page, *files: Path) -> None:
    page.locator("#kv-filer").set_input_files(files)


def test_a_pdf_is_added_watched_asked_quoted_corrected_and_removed(visit: Visit, folder: Path, hold: Path) -> None:
    page = sources(visit.page())
    hand_in(page, folder / "lang.txt", folder / "skadet.pdf", folder / "bilde.png", folder / "skoleveier.pdf")
    expect(page.locator(".kv-innfil", has_text="bilde.png").get_by_role("alert")).to_contain_text(
        "format som ikke kan leses"
    )
    expect(page.locator(".kv-innfil-active .kv-innfil-sagt")).to_contain_text("Legger til avsnitt 100 av 6000")
    expect(page.locator(".kv-innfil-active progress")).to_have_attribute("max", "6000")
    expect(page.locator(".kv-innfil-waiting", has_text="skoleveier.pdf")).to_contain_text("Venter på tur")
    page.get_by_role("tab", name="Spør").click()
    ask(page, "Når er det badevakt på stranda?")  # while the long one is being added
    expect(page.locator(".kv-sitat blockquote").first).to_have_text("Stranda har badevakt hver dag i juli.")
    hold.unlink()
    sources(page)
    expect(page.locator(".kv-innfil", has_text="skadet.pdf").get_by_role("alert")).to_contain_text(
        "«skadet.pdf» er skadet"
    )
    expect(page.locator(".kv-innfil-done", has_text="skoleveier.pdf")).to_contain_text(f"«{TITLE}» er lagt til")
    page.get_by_role("tab", name="Spør").click()
    page.locator("#kv-utvalg > button").click()
    expect(page.locator("#kv-utvalg").get_by_label(TITLE)).to_be_checked()  # the filter knows it, and it is chosen
    ask(page, QUESTION, answers=2)
    quote = page.locator(".kv-svar").last.locator(".kv-sitat", has_text=COST).first
    expect(quote.locator("blockquote")).to_contain_text(COST)
    expect(quote.locator(".kv-henvisning")).to_contain_text("side 1")

    sources(page)
    page.get_by_role("button", name=f"Rediger: {TITLE}").click()
    form = page.get_by_role("dialog", name="Opplysninger om dokumentet")
    form.get_by_label("Dato").fill("i fjor")
    form.get_by_role("button", name="Lagre").click()
    expect(form.get_by_role("alert")).to_contain_text("«i fjor» er ikke en dato")
    form.get_by_label("Dato").fill("4.2.2021")
    form.get_by_label("Tittel").fill("Skoleveiplanen <b>")
    form.get_by_label("Utgiver").fill("Ytre Hamnøy kommune")
    form.get_by_role("button", name="Lagre").click()
    card = page.locator(".kv-kildekort", has_text="Skoleveiplanen <b>")
    expect(card).to_contain_text("2021-02-04")
    expect(card.get_by_role("button", name="Rediger: Skoleveiplanen <b>")).to_be_focused()
    expect(page.locator(".kv-fornyes")).to_have_count(0)

    card.get_by_role("button", name="Fjern").click()
    sure = page.get_by_role("dialog", name="Fjerne dokumentet?")
    expect(sure.get_by_role("button", name="Avbryt")).to_be_focused()
    sure.get_by_role("button", name="Fjern dokumentet").click()
    expect(card).to_have_count(0)
    page.get_by_role("tab", name="Spør").click()
    expect(page.locator("#kv-utvalg").get_by_text("Skoleveiplanen")).to_have_count(0)
    expect(quote.locator(".kv-siden")).to_contain_text("Dokumentet er fjernet")  # the past answer says so
    expect(quote.locator("a.kv-kilde")).to_have_count(0)


def test_closing_the_page_stops_nothing_and_two_pages_see_the_same(visit: Visit, folder: Path, hold: Path) -> None:
    first = sources(visit.page())
    hand_in(first, folder / "lang.txt")
    expect(first.locator(".kv-innfil-active")).to_have_count(1)
    second = sources(visit.page("/nn/"))
    expect(second.locator(".kv-innfil-active .kv-innfil-sagt")).to_contain_text("Legg til avsnitt")
    first.close()
    hold.unlink()
    hand_in(second, folder / "skoleveier.pdf")
    third = sources(visit.page("/en/"))
    expect(third.locator(".kv-innfil-done")).to_have_count(2)
    expect(third.locator(".kv-innfil-done").first).to_contain_text("was added, with")
    expect(second.locator(".kv-kildekort")).to_have_count(3)
    second.get_by_role("button", name="Rydd lista").click()
    expect(third.locator(".kv-innfil")).to_have_count(0)


@pytest.mark.usefixtures("hold")
def test_what_is_being_added_can_be_cancelled(visit: Visit, folder: Path) -> None:
    page = sources(visit.page())
    hand_in(page, folder / "lang.txt", folder / "skoleveier.pdf")
    expect(page.locator(".kv-innfil-active progress")).to_have_attribute("max", "6000")
    page.get_by_role("button", name="Avbryt: lang.txt").click()
    expect(page.locator(".kv-innfil-cancelled")).to_contain_text("Avbrutt. Ingenting er lagt til.")
    expect(page.locator(".kv-innfil-done")).to_contain_text("er lagt til")
    expect(page.locator(".kv-kildekort")).to_have_count(2)


def test_a_new_edition_takes_the_old_one_s_place_when_the_user_says_so(visit: Visit, folder: Path) -> None:
    lines = [f"Avsnitt {n} handler om havna og hva den skal brukes til i årene som kommer." for n in range(9)]
    (folder / "plan.txt").write_text("\n\n".join(lines), "utf-8")
    (folder / "plan-ny.txt").write_text("\n\n".join([*lines[:7], "Dette avsnittet er helt nytt i år."]), "utf-8")
    page = sources(visit.page())
    hand_in(page, folder / "plan.txt", folder / "plan-ny.txt")
    edition = page.locator(".kv-innfil-done", has_text="plan-ny.txt")
    expect(edition).to_contain_text("ser ut til å være en ny utgave")
    expect(page.locator(".kv-kildekort")).to_have_count(3)
    edition.get_by_role("button", name="Erstatt den gamle").click()
    expect(edition).to_contain_text("«plan.txt» er erstattet.")
    expect(page.locator(".kv-kildekort")).to_have_count(2)
    hand_in(page, folder / "plan-ny.txt")
    expect(page.locator(".kv-innfil-done", has_text="Finnes fra før og er uendret.")).to_have_count(1)


def test_files_may_be_dropped_anywhere(visit: Visit) -> None:
    page = visit.page()
    carried = page.evaluate_handle(
        """() => {
          const carried = new DataTransfer();
          carried.items.add(new File(["Skogen er stor og stille."], "skog «æøå».txt"));
          return carried;
        }"""
    )
    page.dispatch_event("body", "dragover", {"dataTransfer": carried})
    page.dispatch_event("body", "drop", {"dataTransfer": carried})
    expect(page.locator(".kv-innfil-done")).to_contain_text("«skog «æøå».txt» er lagt til")


def test_a_link_that_is_dropped_is_not_fetched_and_that_is_said(visit: Visit) -> None:
    page = sources(visit.page())
    carried = page.evaluate_handle(
        """() => {
          const carried = new DataTransfer();
          carried.setData("text/uri-list", "https://www.example.org/plan");
          return carried;
        }"""
    )
    page.dispatch_event("#kv-slipp", "dragover", {"dataTransfer": carried})
    page.dispatch_event("#kv-slipp", "drop", {"dataTransfer": carried})
    refused = page.locator(".kv-innfil-failed")
    expect(refused).to_contain_text(
        "«https://www.example.org/plan» ligger på nettet, og Kildesvar henter ikke noe derfra"
    )
    refused.get_by_role("button", name="Ta bort").click()
    expect(page.locator(".kv-innfil")).to_have_count(0)


def test_documents_that_cannot_be_read_are_told_and_come_back(visit: Visit) -> None:
    page = visit.page()
    page.route("**/kildesvar/kilder?*", lambda route: route.fulfill(json={"feil": "Indeksen kan ikke leses <b>."}))
    page.get_by_role("tab", name="Kilder").click()
    told = page.locator("#kv-hylle-feil")
    expect(told).to_have_text("Indeksen kan ikke leses <b>.")
    page.unroute("**/kildesvar/kilder?*")
    expect(page.locator(".kv-kildekort")).to_have_count(1)
    expect(told).to_be_empty()


LOOKS: list[dict[str, Any]] = [{}, {"viewport": PHONE, "color_scheme": "dark"}]


@pytest.mark.usefixtures("hold")
@pytest.mark.parametrize("visit", LOOKS, indirect=True, ids=["desktop-light", "phone-dark"])
def test_axe_finds_nothing_serious_in_the_sources(visit: Visit, axe: str, folder: Path) -> None:
    page = sources(visit.page())
    page.evaluate(axe)
    hand_in(page, folder / "skadet.pdf", folder / "bilde.png", folder / "lang.txt")
    expect(page.locator(".kv-innfil-active progress")).to_have_attribute("max", "6000")
    found = {"queue": serious(page)}
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), "nothing sticks out to the side"
    for dialog, name in (("form", "Rediger: Stranda"), ("confirmation", "Fjern: Stranda")):
        page.get_by_role("button", name=name).click()
        found[dialog] = serious(page)
        page.keyboard.press("Escape")
        expect(page.get_by_role("button", name=name)).to_be_focused()
    assert {where: what for where, what in found.items() if what} == {}

"""The menus of references and of the export in a real Chromium: by keyboard, on a phone, in the dark; axe; files."""

import io
import re
import zipfile
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from assistant.references.apa import reference
from assistant.references.rich import to_text
from assistant.references.work import work_of
from index.documents.document import Language
from tests.web.fake import HARBOUR
from tests.web.test_browser import PHONE, QUAY, QUESTION, Visit, ask, axe, browser, serious, site, visit

__all__ = ["axe", "browser", "site", "visit"]

pytestmark = pytest.mark.browser

APA = to_text(reference(work_of(HARBOUR), Language.BOKMAAL))
LOOKS: list[dict[str, Any]] = [{}, {"color_scheme": "dark"}, {"viewport": PHONE, "has_touch": True}]


def opened(page: Page, menu: str) -> Page:
    """The page with a menu open, by keyboard."""
    summary = page.locator(f"{menu} > summary").first
    summary.focus()
    summary.press("Enter")
    expect(page.locator(f"{menu}[open] .kv-ark-former").first).to_be_visible()
    return page


def saved(page: Page, button: str) -> tuple[str, bytes]:
    """Name and bytes of the file that a button hands over."""
    with page.expect_download() as waiting:
        page.locator(button).first.click()
    return waiting.value.suggested_filename, Path(waiting.value.path()).read_bytes()


@pytest.mark.parametrize("visit", LOOKS, indirect=True, ids=["light", "dark", "phone"])
def test_axe_finds_nothing_serious_in_the_menus(visit: Visit, axe: str) -> None:
    page = visit.page()
    ask(page, QUESTION)
    page.evaluate(axe)
    found = {"references": serious(opened(page, ".kv-sitat details.kv-former"))}
    width = page.locator(".kv-ark-former:visible").first.bounding_box()
    assert width and width["x"] >= 0 and width["x"] + width["width"] <= page.viewport_size["width"]  # type: ignore[index]
    page.keyboard.press("Escape")
    expect(page.locator("details.kv-former[open]")).to_have_count(0)
    found["export"] = serious(opened(page, "details.kv-eksportmeny"))
    assert not any(found.values()), found


def test_a_reference_is_copied_and_its_files_are_fetched(visit: Visit) -> None:
    page = visit.page()
    ask(page, QUESTION)
    opened(page, ".kv-sitat details.kv-former")
    menu = page.locator("details.kv-former[open] .kv-ark-former")
    expect(menu).to_contain_text(APA)
    page.locator(".kv-sitat .kv-referanse").first.click()
    page.wait_for_function("wanted => navigator.clipboard.readText().then(it => it === wanted)", arg=APA)
    for number, (ending, begins) in enumerate(((".bib", b"@"), (".ris", b"TY  - "), (".json", b"["))):
        if not page.locator("details.kv-former[open]").count():  # a click elsewhere closes it
            opened(page, ".kv-sitat details.kv-former")
        name, data = saved(page, f"details.kv-former[open] a.kv-fil >> nth={number}")
        assert name.endswith(ending) and data.startswith(begins)


def test_escape_closes_a_menu_and_leaves_the_keyboard_where_it_was(visit: Visit) -> None:
    page = visit.page()
    ask(page, QUESTION)
    opened(page, ".kv-sitat details.kv-former")
    page.keyboard.press("Tab")
    page.keyboard.press("Escape")
    expect(page.locator("details.kv-former[open]")).to_have_count(0)
    expect(page.locator(".kv-sitat details.kv-former > summary").first).to_be_focused()


def test_a_conversation_that_the_server_has_not_is_told_and_told_again(visit: Visit) -> None:
    page = visit.page()
    told = page.locator("#kv-beskjed [data-nr]")
    expect(page.locator(".kv-eksporter").first).to_be_attached()
    page.evaluate("document.querySelector('.kv-eksporter').click()")  # where there is nothing, it is not in sight
    expect(told.get_by_role("alert")).to_contain_text("kan ikke lastes ned")
    number = str(told.get_attribute("data-nr"))
    page.evaluate("document.querySelector('.kv-eksporter').click()")
    expect(page.locator(f"#kv-beskjed [data-nr='{number}']")).to_have_count(0)
    expect(told.get_by_role("alert")).to_be_visible()


def test_the_conversation_is_exported_from_the_menu(visit: Visit) -> None:
    page = visit.page()
    ask(page, QUESTION)
    texts = {}
    for form, ending in (("md", ".md"), ("html", ".html"), ("docx", ".docx")):
        opened(page, "details.kv-eksportmeny")
        name, data = saved(page, f'details.kv-eksportmeny button[value="{form}"]')
        assert name.endswith(ending)
        if form == "docx":
            data = zipfile.ZipFile(io.BytesIO(data)).read("word/document.xml")
        texts[form] = data.decode("utf-8")
        expect(page.locator("details.kv-former[open]")).to_have_count(0)
    for form, text in texts.items():
        shown = re.sub(r"<[^>]*>", "", text) if form != "md" else text.replace("\\", "")
        assert QUAY.text in shown and HARBOUR.source.sha256 in shown, form

"""Makes the pictures of the documentation anew, with the real model: ``python -m tests.web.pictures [FOLDER]``.

The page is the one that ``kildesvar chat`` serves, with an index of its own: the five documents, and for the PDF one
more. For the picture of the evaluation it asks fifty questions of the tune half.
"""

import io
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from PIL import Image
from playwright.sync_api import Browser, Page, expect, sync_playwright

from assistant.opening import SEEDS
from index.documents import read_bytes, read_corpus
from index.documents.document import Document
from index.encoder import load_encoder
from index.engines.embedded import EmbeddedEngine
from tests.index.made_pdf import sample
from tests.web.test_browser import CHROMIUM, FLAGS, PHONE, Visit, ask, served
from tests.web.test_browser_evaluation import choose, enter

FOLDER = Path(__file__).resolve().parents[2] / "docs" / "screenshots"
QUESTION = "Hvorfor lar ungdom være å ringe ambulanse?"
TALL = {"width": 1280, "height": 2300}
MEASURING = 1_200_000
"""Milliseconds for fifty questions on a machine with much else to do."""
ASKED_OF_THE_PDF = "Hva koster planen for skoleveier, og hvor tas pengene fra?"


def main() -> None:
    """Make all pictures; an answer without a quote is an error, not a picture."""
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else FOLDER
    with TemporaryDirectory() as index, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        _add(Path(index), list(read_corpus(SEEDS)))
        with served("assistant.cli", "chat", "--index", index, "--port", "0", "--no-history") as site:
            with _page(browser, site) as page:
                expect(page.locator(".kv-eksempel").first).to_be_visible()
                _keep(page, folder / "start.png")
            with _page(browser, site) as page:
                _open(page, QUESTION)
                _keep(page, folder / "answer.png")
            with _page(browser, site, color_scheme="dark") as page:
                _open(page, QUESTION)
                _keep(page, folder / "dark.png")
            with _page(browser, site, viewport=PHONE, has_touch=True) as page:
                ask(page, QUESTION)
                page.locator(".kv-sitat .kv-kilde").first.click()
                expect(page.locator("#kv-her")).to_be_focused()
                _keep(page, folder / "phone.png")
            with _page(browser, site, viewport=TALL) as page:
                _measure(page)
                _keep(page, folder / "evaluation.png")
        _add(Path(index), [read_bytes("skoleveier.pdf", sample())])
        with (
            served("assistant.cli", "chat", "--index", index, "--port", "0", "--no-history") as site,
            _page(browser, site) as page,
        ):
            _open(page, ASKED_OF_THE_PDF)
            expect(page.locator("#kv-her-side")).to_be_visible()
            expect(page.locator(".kv-blad img").first).to_be_visible()
            _keep(page, folder / "pdf.png")
        browser.close()


def _add(index: Path, documents: list[Document]) -> None:
    with EmbeddedEngine.open(index, load_encoder(), create=True) as engine:
        engine.add(documents)


@contextmanager
def _page(browser: Browser, site: str, **settings: Any) -> Iterator[Page]:  # noqa: ANN401  what Playwright takes
    visit = Visit(browser, site, settings)
    try:
        yield visit.page()
    finally:  # also after an error: a server ends when nobody listens any longer
        visit.context.close()


def _open(page: Page, question: str) -> None:
    """Ask; with room beside it, the best quote is shown in its source by itself."""
    ask(page, question)
    expect(page.locator(".kv-sitat.kv-apen")).to_be_visible()
    expect(page.locator("#kv-leser .kv-dokument")).to_be_visible()


def _measure(page: Page) -> None:
    """Run fifty questions of the tune half in the tab, and show what came of it."""
    enter(page)
    choose(page, "De fem dokumentene, til å stille inn etter")
    page.get_by_role("radio", name="50").check()
    page.get_by_role("button", name="Kjør", exact=True).click()
    expect(page.locator("#kv-stilling")).to_contain_text("Ferdig: «seeds-tune».", timeout=MEASURING)
    expect(page.locator(".kv-kurve svg")).to_be_visible()
    page.evaluate("scrollTo(0, 0)")


def _keep(page: Page, file: Path) -> None:
    """Store what is in sight, with 256 colours: a third of the bytes, and nobody sees it."""
    page.evaluate("document.activeElement.blur()")
    page.wait_for_function(
        "document.fonts.status === 'loaded' && [...document.images].every(it => it.complete || it.loading === 'lazy')"
    )
    with Image.open(io.BytesIO(page.screenshot(animations="disabled"))) as picture:
        picture.convert("RGB").quantize(256, dither=Image.Dither.NONE).save(file, optimize=True)


if __name__ == "__main__":
    main()

"""Text recognition from the page: it is offered where it can help, says what it needs, and what it read says so."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from assistant.citation import short_citation
from assistant.intake.item import Item, Outcome, Problem, Result, State, item_of
from assistant.shelf import Shelf
from assistant.web.document_view import View, render_document
from assistant.web.sources_desk import _can_recognise
from assistant.web.sources_view import render_item
from index.documents import recognition
from index.documents.document import Language, Page
from index.engines.embedded import EmbeddedEngine
from index.errors import RecognitionUnavailable
from tests.assistant.test_intake import ended, engine, hand_in, shelf
from tests.corpus import make_document, make_quote
from tests.index import fake_tesseract
from tests.index.made import BODY, TITLE
from tests.index.made_pdf import Paper
from tests.index.made_pdf import sample as made_pdf
from tests.index.test_documents_pdf import PROSE
from tests.index.test_documents_recognition import pictures_only, scanned
from tests.web.reading import Reading

__all__ = ["engine", "shelf"]

NB, NN, EN = Language.BOKMAAL, Language.NYNORSK, Language.ENGLISH
ITEM = Item(
    "1", "skann.pdf", 10, "0" * 64, State.FAILED, problem=Problem("ScannedPdf", {"file": "skann.pdf", "pages": "1–3"})
)


@pytest.fixture(autouse=True)
def forgetful() -> Iterator[None]:
    _can_recognise.cache_clear()
    yield
    _can_recognise.cache_clear()


@pytest.fixture
def fake(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    fake_tesseract.install(tmp_path / "program", monkeypatch)


def half_scanned() -> bytes:
    paper = Paper()
    paper.paragraph(PROSE)
    paper.new_page()
    paper.canvas.rect(100, 100, 300, 300, fill=1)
    return paper.done()


@pytest.mark.usefixtures("fake")
def test_a_scan_that_was_refused_is_read_when_it_is_asked_for(shelf: Shelf, engine: EmbeddedEngine) -> None:
    scan = hand_in(shelf.intake, "skann.pdf", pictures_only())
    refused = ended(shelf.intake, scan)
    assert refused.problem and refused.problem.key == "ScannedPdf" and refused.recognisable
    shelf.intake.recognise(scan)
    read = ended(shelf.intake, scan)
    assert read.result == Result(Outcome.ADDED, read.document, "skann.pdf", 1, None, "", "1")
    document = engine.document(read.document)
    assert document.text == fake_tesseract.LINE and document.pages[0].recognised
    assert not read.recognisable, "once is enough"
    assert item_of(read.to_json()) == read


@pytest.mark.usefixtures("fake")
def test_pages_that_were_left_out_are_read_into_the_document(shelf: Shelf, engine: EmbeddedEngine) -> None:
    half = hand_in(shelf.intake, "halv.pdf", half_scanned())
    added = ended(shelf.intake, half)
    assert added.result and (added.result.unread, added.result.recognised) == ("2", "") and added.recognisable
    shelf.describe(added.document, {"title": "Havneplan"})
    shelf.intake.recognise(half)
    again = ended(shelf.intake, half)
    assert again.result and (again.result.unread, again.result.recognised) == ("", "2")
    (source,) = engine.sources()
    document = engine.document(source.id)
    assert source.metadata.title == "Havneplan", "what a person said stays"
    assert fake_tesseract.LINE in document.text and PROSE in document.text
    assert [page.recognised for page in document.pages] == [False, True]


@pytest.mark.usefixtures("fake")
def test_the_setting_has_every_scan_read(shelf: Shelf, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(recognition.SETTING, "1")
    read = ended(shelf.intake, hand_in(shelf.intake, "skann.pdf", pictures_only()))
    assert read.result and read.result.recognised == "1"


def test_without_tesseract_it_is_told_and_nothing_is_lost(
    shelf: Shelf, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    scan = hand_in(shelf.intake, "skann.pdf", pictures_only())
    before = ended(shelf.intake, scan)
    fake_tesseract.uninstall(monkeypatch, tmp_path / "tom")
    with pytest.raises(RecognitionUnavailable, match="tesseract"):
        shelf.intake.recognise(scan)
    assert shelf.intake.item(scan) == before


@pytest.mark.skipif(not recognition.is_available(), reason="no tesseract with Norwegian data on this machine")
def test_with_the_real_one(shelf: Shelf, engine: EmbeddedEngine) -> None:
    scan = hand_in(shelf.intake, "skann.pdf", scanned(made_pdf()))
    ended(shelf.intake, scan)
    shelf.intake.recognise(scan)
    read = ended(shelf.intake, scan)
    assert read.result and read.result.recognised == "1" and read.result.name == TITLE
    assert BODY[0] in engine.document(read.document).text


@pytest.mark.parametrize(
    ("language", "can", "cannot"),
    [
        (NB, "Tekstgjenkjenning (OCR) kan lese", "tesseract) er ikke på denne maskinen"),
        (NN, "Tekstattkjenning (OCR) kan lese", "tesseract) er ikkje på denne maskina"),
        (EN, "Text recognition (OCR) can read", "(tesseract) is not on this machine"),
    ],
)
def test_it_is_offered_where_it_can_be_done_and_only_there(language: Language, can: str, cannot: str) -> None:
    def shown(ocr: bool) -> Reading:
        return Reading(render_item(ITEM, None, now=0, language=language, ocr=ocr))

    def offered(ocr: bool) -> list[str | None]:
        return [it.get("data-handling") for it in shown(ocr).attributes("button")]

    assert can in shown(True).all_text and "1–3" in shown(True).all_text and "--ocr" not in shown(True).all_text
    assert cannot in shown(False).all_text
    assert offered(True) == ["recognise", "dismiss"] and offered(False) == ["dismiss"]


def test_what_was_recognised_says_so_in_the_list() -> None:
    done = replace(ITEM, state=State.DONE, problem=None, recognition=True)
    read = replace(done, result=Result(Outcome.ADDED, "d1", "Plan", 3, recognised="2–4"))
    assert (
        "Side 2–4 er lest med tekstgjenkjenning (OCR), som kan ta feil."
        in Reading(render_item(read, None, now=0, language=NB)).all_text
    )


def test_what_was_recognised_says_so_in_citation_and_pane() -> None:
    document = make_document("Første setning står her.\n\nAndre setning står her.")
    middle = document.text.index("Andre")
    pages = (Page(1, 0, middle), Page(2, middle, len(document.text), recognised=True))
    document = replace(document, pages=pages)
    written = make_quote(document, "Første setning står her.")
    read = make_quote(document, "Andre setning står her.")
    assert "OCR" not in short_citation(written, NB)
    assert "side 2, gjenkjent tekst (OCR), avsnitt 2" in short_citation(read, NB)
    assert "side 2, attkjend tekst (OCR), avsnitt 2" in short_citation(read, NN)
    assert "page 2, recognised text (OCR), paragraph 2" in short_citation(read, EN)
    pane = Reading(render_document(document, View(), NB)).all_text
    assert "Side 2 er lest fra bilder med tekstgjenkjenning (OCR)" in pane
    assert "side 2 · gjenkjent tekst (OCR)" in pane and "side 1 ·" not in pane

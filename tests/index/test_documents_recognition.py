"""Text recognition: pages that are pictures, read by tesseract."""

import io
import re
from collections.abc import Callable

import pypdfium2
import pytest
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from index.documents import pdf, read_bytes, recognition
from index.documents.document import Document, Unread
from index.errors import EmptyDocument, NothingRecognised, RecognitionUnavailable, ScannedPdf
from index.record import document_columns, document_of
from tests.index.made import BODY, HEADING, LIST, TITLE
from tests.index.made_pdf import HEIGHT, LEFT, WIDTH, Paper, sample, wrapped
from tests.index.test_documents_pdf import PROSE, garbled, prove

needs_tesseract = pytest.mark.skipif(not recognition.is_available(), reason="no tesseract with Norwegian data")


def scanned(data: bytes, pages: Callable[[int], bool] = lambda number: True, *, dpi: int = 200) -> bytes:
    """The PDF with pictures in place of those of its pages; the other pages are empty."""
    out = io.BytesIO()
    canvas = Canvas(out, invariant=1)
    with pypdfium2.PdfDocument(data) as file:
        for number in range(len(file)):
            page = file.get_page(number)
            width, height = page.get_size()
            canvas.setPageSize((width, height))
            if pages(number + 1):
                picture = page.render(scale=dpi / 72, grayscale=True).to_pil()
                canvas.drawImage(ImageReader(picture), 0, 0, width, height)
            canvas.showPage()
            page.close()
    canvas.save()
    return out.getvalue()


def pictures_only() -> bytes:
    paper = Paper()
    paper.canvas.rect(100, 100, 300, 300, fill=1)
    return paper.done()


def empty() -> bytes:
    paper = Paper()
    paper.new_page()
    return paper.done()


@pytest.fixture(scope="module")
def document() -> Document:
    return read_bytes("skann.pdf", scanned(sample()), recognition=True)


@needs_tesseract
def test_a_scan_is_read_with_its_structure(document: Document) -> None:
    texts = [document.text[block.start : block.end] for block in document.blocks]
    kinds = [block.kind.value for block in document.blocks]
    assert texts[:4] == [TITLE, *BODY, HEADING]
    assert kinds[:4] == ["title", "paragraph", "paragraph", "heading"]
    assert [text for kind, text in zip(kinds, texts, strict=True) if kind == "list_item"] == list(LIST)
    assert ("table_cell", "3,1 millioner") in zip(kinds, texts, strict=True)
    prove(document)


@needs_tesseract
def test_its_words_stand_where_they_stood(document: Document) -> None:
    written = read_bytes("skrevet.pdf", sample())
    for word in ("Kommunestyret", "samarbeidet", "fylkesveien"):
        there, here = (
            one.places_of(one.text.index(word), one.text.index(word) + len(word)) for one in (written, document)
        )
        assert len(here) == 1
        for side in ("left", "top", "right", "bottom"):
            assert abs(getattr(here[0], side) - getattr(there[0], side)) < 300, (word, side)


@needs_tesseract
def test_what_was_recognised_is_marked_and_stays_so(document: Document) -> None:
    assert [(page.recognised, page.unread) for page in document.pages] == [(True, None)]
    assert document_of(document_columns(document)) == document


@needs_tesseract
def test_only_pages_that_need_it_are_recognised() -> None:
    one = Paper()
    one.paragraph(PROSE)
    with pypdfium2.PdfDocument(one.done()) as file:
        picture = file.get_page(0).render(scale=200 / 72, grayscale=True).to_pil()
    paper = Paper()
    for _ in range(3):
        paper.paragraph(f"Dette er skrevet. {PROSE}")
        paper.new_page()
    # As with fonts that lie: the page shows one thing, and its text says another.
    paper.canvas.drawImage(ImageReader(picture), 0, 0, WIDTH, HEIGHT)
    hidden = paper.canvas.beginText(LEFT, 300)
    hidden.setTextRenderMode(3)
    for line in wrapped(garbled(f"{PROSE} {PROSE}"), 400):
        hidden.textLine(line)
    paper.canvas.drawText(hidden)
    document = read_bytes("a.pdf", paper.done(), recognition=True)
    assert [page.recognised for page in document.pages] == [False, False, False, True]
    assert [document.text[b.start : b.end] for b in document.blocks] == [f"Dette er skrevet. {PROSE}"] * 3 + [PROSE]


def test_the_number_of_the_page_that_is_told_never_goes_back(monkeypatch: pytest.MonkeyPatch) -> None:
    """Two passes are made over the pages: over what is written, and over what is a picture."""
    told: list[tuple[int, int]] = []
    monkeypatch.setattr(pdf, "tell", lambda done, total: told.append((done, total)))
    monkeypatch.setattr(recognition, "recognised", lambda _, pages: iter(pages))
    with pypdfium2.PdfDocument(sample()) as file:
        picture = file.get_page(0).render(scale=1, grayscale=True).to_pil()
    paper = Paper()
    paper.canvas.drawImage(ImageReader(picture), 0, 0, WIDTH, HEIGHT)
    paper.new_page()
    paper.paragraph(PROSE)
    paper.new_page()
    paper.canvas.drawImage(ImageReader(picture), 0, 0, WIDTH, HEIGHT)
    pdf.extract_scanned("a.pdf", paper.done())
    assert told == [(1, 3), (2, 3), (3, 3)]


@needs_tesseract
def test_pictures_of_something_else_are_told() -> None:
    with pytest.raises(NothingRecognised, match=r"bilde\.pdf.*page 1"):
        read_bytes("bilde.pdf", pictures_only(), recognition=True)
    with pytest.raises(EmptyDocument):
        read_bytes("tom.pdf", empty(), recognition=True)


def test_without_asking_a_scan_is_refused_with_the_command_that_reads_it() -> None:
    with pytest.raises(ScannedPdf, match="--ocr"):
        read_bytes("skann.pdf", pictures_only())


def test_without_tesseract_it_is_told_what_is_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    assert not recognition.is_available()
    with pytest.raises(RecognitionUnavailable, match="apt install tesseract-ocr"):
        read_bytes("skann.pdf", pictures_only(), recognition=True)
    assert read_bytes("a.md", PROSE.encode(), recognition=True).text == PROSE  # nothing to recognise


def test_the_choice_is_the_caller_s_or_the_setting_s(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(recognition, "languages", lambda: "nor")
    assert (recognition.wanted(True), recognition.wanted(False), recognition.wanted()) == (True, False, False)
    monkeypatch.setenv(recognition.SETTING, "1")
    assert (recognition.wanted(False), recognition.wanted()) == (False, True)


HOCR = """<html><body><div class='ocr_page' title='image "-"; bbox 0 0 2000 3000; ppageno 0'>
<span class='ocr_line' title="bbox 200 300 900 340; baseline 0 -8; x_size 40; x_descenders 8; x_ascenders 9">
<span class='ocrx_word' title='bbox 200 310 215 330; x_wconf {sure}'>¢</span>
<span class='ocrx_word' title='bbox 230 300 400 340; x_wconf {sure}'>samferdsel</span>
<span class='ocrx_word' title='bbox 420 300 500 340; x_wconf 3'>~|</span></span></div></body></html>"""


@pytest.mark.parametrize(("sure", "expected"), [(95, ["•", "samferdsel"]), (40, [])])
def test_hocr(sure: int, expected: list[str]) -> None:
    page = pdf.PageWords(1, 60_000, 90_000)
    words = recognition._words(HOCR.format(sure=sure).encode(), page)
    assert [word.text for word in words] == expected
    if words:
        assert (words[1].left, words[1].right) == (6_900, 12_000)
        assert words[0].height == words[1].height == 1_200
        assert re.fullmatch(r"\d+", str(words[1].bottom))


def test_pages_that_were_not_recognised_say_so() -> None:
    document = read_bytes("plan.pdf", sample())
    assert [(page.recognised, page.unread) for page in document.pages] == [(False, None)]
    assert Unread.SCANNED not in {page.unread for page in document.pages}

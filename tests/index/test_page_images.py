import io
import os
import signal
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PIL import Image
from reportlab.pdfgen.canvas import Canvas

from index.documents import page_images
from index.documents.page_images import OPEN, WIDTHS, PageImages, Painter, Size
from index.errors import PageUnavailable
from tests.waiting import PATIENCE, wait

SMALL = WIDTHS[0]


def pdf(*colours: tuple[float, float, float], size: tuple[float, float] = (200, 300)) -> bytes:
    """A page of each colour."""
    file = io.BytesIO()
    canvas = Canvas(file, pagesize=size, invariant=1)
    for colour in colours:
        canvas.setFillColorRGB(*colour)
        canvas.rect(0, 0, *size, stroke=0, fill=1)
        canvas.showPage()
    canvas.save()
    return file.getvalue()


RED_GREEN = pdf((1, 0, 0), (0, 1, 0))


@pytest.fixture
def images() -> Iterator[PageImages]:
    images = PageImages()
    yield images
    images.close()


def loader(data: bytes) -> tuple[Callable[[], bytes], list[int]]:
    calls: list[int] = []

    def load() -> bytes:
        calls.append(1)
        return data

    return load, calls


def middle(jpeg: bytes) -> tuple[int, ...]:
    with Image.open(io.BytesIO(jpeg)) as picture:
        return tuple(round(value / 255) for value in picture.getpixel((picture.width // 2, picture.height // 2)))


def test_a_page_is_drawn_as_wide_as_was_asked(images: PageImages) -> None:
    load, calls = loader(RED_GREEN)
    assert images.sizes("d1", load) == (Size(200, 300), Size(200, 300))
    for width in WIDTHS:
        with Image.open(io.BytesIO(images.image("d1", load, page=1, width=width))) as picture:
            assert (picture.width, picture.height) == (width, width * 3 // 2)
    assert middle(images.image("d1", load, page=1, width=SMALL)) == (1, 0, 0)
    assert middle(images.image("d1", load, page=2, width=SMALL)) == (0, 1, 0)
    assert len(calls) == 1, "one process served all"


@pytest.mark.parametrize(("page", "width"), [(0, SMALL), (3, SMALL), (1, 1601), (1, 0), (2**31, SMALL)])
def test_only_pages_that_there_are_in_widths_that_are_offered(images: PageImages, page: int, width: int) -> None:
    with pytest.raises(PageUnavailable):
        images.image("d1", loader(RED_GREEN)[0], page=page, width=width)


@pytest.mark.parametrize("data", [b"", b"%PDF-1.7 not really", b"\0" * 1000], ids=["none", "damaged", "zeros"])
def test_what_is_no_pdf_has_no_pages(images: PageImages, data: bytes) -> None:
    assert images.sizes("d1", loader(data)[0]) == ()
    with pytest.raises(PageUnavailable):
        images.image("d1", loader(data)[0], page=1, width=SMALL)


def test_a_turned_page_has_the_size_that_is_seen(images: PageImages) -> None:
    turned = pdf((1, 0, 0)).replace(b"/Rotate 0", b"/Rotate 90")
    assert images.sizes("d1", loader(turned)[0]) == (Size(300, 200),)


def test_a_strip_is_drawn_smaller_instead_of_filling_the_memory(images: PageImages) -> None:
    load, _ = loader(pdf((1, 0, 0), size=(50, 14_000)))
    with Image.open(io.BytesIO(images.image("d1", load, page=1, width=1600))) as picture:
        assert picture.width * picture.height <= 12_100_000


def test_pictures_are_kept_as_long_as_there_is_room(monkeypatch: pytest.MonkeyPatch) -> None:
    drawn: list[int] = []
    paint = Painter.draw
    monkeypatch.setattr(Painter, "draw", lambda self, page, width: drawn.append(page) or paint(self, page, width))
    load, _ = loader(RED_GREEN)
    for kept_bytes, expected in ((10_000_000, [1, 2]), (1, [1, 2, 1])):
        drawn.clear()
        images = PageImages(kept_bytes=kept_bytes)
        for page in (1, 2, 1):
            images.image("d1", load, page=page, width=SMALL)
        images.close()
        assert drawn == expected


def test_few_documents_are_open_at_a_time_and_the_rest_come_back(images: PageImages) -> None:
    for number in range(OPEN + 1):
        images.image(f"d{number}", loader(RED_GREEN)[0], page=1, width=SMALL)
    load, calls = loader(RED_GREEN)
    images.image("d0", load, page=2, width=SMALL)
    assert calls, "the first was closed to make room"


def test_after_a_while_nothing_is_open() -> None:
    images = PageImages(idle=1.0)
    load, calls = loader(RED_GREEN)
    images.image("d1", load, page=1, width=SMALL)
    opened = len(calls)
    wait(lambda: not images._painters)
    images.image("d1", load, page=2, width=SMALL)
    images.close()
    assert len(calls) > opened


@pytest.mark.skipif(sys.platform == "win32", reason="signals")
def test_a_process_that_dies_is_followed_by_another(images: PageImages) -> None:
    load, calls = loader(RED_GREEN)
    images.sizes("d1", load)
    [painter] = images._painters.values()
    os.kill(painter._process.pid, signal.SIGKILL)
    painter._process.wait()
    assert middle(images.image("d1", load, page=2, width=SMALL)) == (0, 1, 0)
    assert len(calls) == 2


def test_a_page_that_hangs_is_given_up_and_not_tried_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    slow = tmp_path / "slow.py"
    source = Path(page_images.page_painter.__file__).read_text("utf-8")
    slow.write_text(source.replace("file.get_page(index)", "__import__('time').sleep(600)"), "utf-8")
    monkeypatch.setattr(page_images.page_painter, "__file__", str(slow))
    drawn: list[int] = []
    paint = Painter.draw
    monkeypatch.setattr(Painter, "draw", lambda self, page, width: drawn.append(page) or paint(self, page, width))
    images = PageImages(patience=PATIENCE)
    load, _ = loader(RED_GREEN)
    assert len(images.sizes("d1", load)) == 2
    [painter] = images._painters.values()
    painter._patience = 1.0  # opening, which must not hang, may take as long as it needs
    for _ in range(2):
        with pytest.raises(PageUnavailable):
            images.image("d1", load, page=1, width=SMALL)
    assert drawn == [1] and not painter.alive
    images.close()

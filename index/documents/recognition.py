"""Text recognition: pages that are pictures, read by tesseract where it is installed.

What it reads takes the same way as what a PDF says itself, with the place of each word; only the page is marked, since
recognition makes mistakes. Tesseract runs within the process that reads the file, and so within its limits.
"""

import os
import re
import shutil
import subprocess
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from statistics import median
from typing import Any

import defusedxml.ElementTree

from index.documents.pdf_words import PageWords, Word
from index.errors import RecognitionUnavailable
from index.threads import thread_count

SETTING = "KILDESVAR_OCR"
"""Environment variable: ``1`` for text recognition of every PDF that has pages without text."""
PROGRAM = "tesseract"
_NEEDED = "nor"
"""Its Norwegian data."""
_WELCOME = "eng"
_DPI = 300
_MOST_PIXELS = 40_000_000
"""Of a page's picture; an A4 page has 9 million."""
_SECONDS = 180
"""By the clock, for one page."""
_UNSURE = 30
"""Percent; a word of which tesseract is less sure is a smudge."""
_SURE = 55
"""Percent, on average: a page below this is a picture of something else than text."""
_SAME_SIZE = 0.15
"""Sizes of letters that differ by less are measured inexactly rather than different."""
_BULLETS = frozenset("¢©®°¥*")
"""What tesseract takes a bullet for, when it stands alone where a line begins."""
_BOX = re.compile(r"bbox (\d+) (\d+) (\d+) (\d+)")
_CONFIDENCE = re.compile(r"x_wconf (\d+)")
_KINDS = ("ocr_line", "ocr_header", "ocr_caption", "ocr_textfloat")
"""Classes of hOCR for a line of text."""
_LINE = re.compile(r"x_size ([\d.]+); x_descenders ([\d.]+)")
_BASELINE = re.compile(r"baseline (-?[\d.]+) (-?[\d.]+)")


def wanted(asked: bool | None = None) -> bool:
    """Whether to recognise text: as ``asked`` or, if that is None, as the setting says.

    Raises ``RecognitionUnavailable`` if so and it cannot be done here.
    """
    wish = os.environ.get(SETTING, "0") not in ("", "0") if asked is None else asked
    if wish:
        languages()
    return wish


def is_available() -> bool:
    """Whether tesseract and its Norwegian data are on this machine."""
    try:
        languages()
    except RecognitionUnavailable:
        return False
    return True


def languages() -> str:
    """The languages to read, as tesseract wants them named. Raises ``RecognitionUnavailable``."""
    program = shutil.which(PROGRAM)
    if program is None:
        raise RecognitionUnavailable(missing=PROGRAM)
    done = subprocess.run([program, "--list-langs"], capture_output=True, text=True, check=False)
    found = done.stdout.split()
    if _NEEDED not in found:
        raise RecognitionUnavailable(missing=f"{PROGRAM}-ocr-{_NEEDED}")
    return f"{_NEEDED}+{_WELCOME}" if _WELCOME in found else _NEEDED


def recognised(file: Any, pages: Sequence[PageWords]) -> Iterator[PageWords]:  # noqa: ANN401 - pypdfium2 is not typed
    """The pages of a pypdfium2 document, read from their pictures. Raises ``RecognitionUnavailable``.

    A page on which no text is found comes as it was.
    """
    named, threads = languages(), thread_count()
    with ThreadPoolExecutor(threads) as pool:
        for first in range(0, len(pages), threads):  # few pictures at a time, since they are large
            some = pages[first : first + threads]
            pictures = [_picture(file, page) for page in some]  # one after the other: pdfium has one thread
            answers = pool.map(lambda picture: _read(picture, named), pictures)
            for page, answer in zip(some, answers, strict=True):
                words = _words(answer, page) if answer else []
                yield PageWords(page.number, page.width, page.height, words, recognised=True) if words else page


def _picture(file: Any, page: PageWords) -> bytes:  # noqa: ANN401
    """The page in grey, as a PGM file."""
    loaded = file.get_page(page.number - 1)
    try:
        width, height = loaded.get_size()
        scale = min(_DPI / 72, (_MOST_PIXELS / max(width * height, 1)) ** 0.5)
        bitmap = loaded.render(scale=scale, grayscale=True)
        try:
            pixels = bitmap.to_numpy()
            head = f"P5\n{pixels.shape[1]} {pixels.shape[0]}\n255\n".encode()
            return head + bytes(pixels.tobytes())
        finally:
            bitmap.close()
    finally:
        loaded.close()


def _read(picture: bytes, named: str) -> bytes:
    """What tesseract finds, as hOCR; nothing if it fails on this picture."""
    command = [PROGRAM, "-", "-", "-l", named, "--dpi", str(_DPI), "-c", "tessedit_create_hocr=1"]
    try:
        done = subprocess.run(
            command,
            input=picture,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            timeout=_SECONDS,
            env=os.environ | {"OMP_THREAD_LIMIT": "1"},  # several pages at once are faster than several threads a page
            check=False,
        )
    except subprocess.TimeoutExpired:
        return b""
    return done.stdout if done.returncode == 0 else b""


def _words(answer: bytes, page: PageWords) -> list[Word]:
    """The words of a page of hOCR, on lines of even height; none if it is no page of text."""
    root = defusedxml.ElementTree.fromstring(answer, forbid_dtd=False)
    picture = next((node for node in root.iter() if node.get("class") == "ocr_page"), None)
    box = _BOX.search(picture.get("title", "")) if picture is not None else None
    if box is None:
        return []
    scale = page.width / max(1, int(box.group(3)))
    lines = [node for node in root.iter() if node.get("class") in _KINDS]
    sizes = [float(found.group(1)) for node in lines if (found := _LINE.search(node.get("title", "")))]
    if not sizes:
        return []
    usual = median(sizes)
    words, sure = [], []
    for line in lines:
        for word, confidence in _line_words(line, usual, scale):
            sure.append(confidence)
            if confidence >= _UNSURE:
                words.append(word)
    return words if sure and sum(sure) / len(sure) >= _SURE else []


def _line_words(line: Any, usual: float, scale: float) -> Iterator[tuple[Word, int]]:  # noqa: ANN401
    """Each word of a line and how sure tesseract is of it.

    The words' own boxes are as high as their letters ("en" is lower than "høy"); on the page they are all of one size.
    """
    title = line.get("title", "")
    box, size, base = _BOX.search(title), _LINE.search(title), _BASELINE.search(title)
    if box is None or size is None:
        return
    height, below = float(size.group(1)), float(size.group(2))
    height = usual if abs(height - usual) < _SAME_SIZE * usual else height
    left, bottom = int(box.group(1)), int(box.group(4))
    bullet = True
    slope, offset = (float(base.group(1)), float(base.group(2))) if base else (0.0, -below)
    for node in (one for one in line.iter() if one.get("class") == "ocrx_word"):
        text = "".join(node.itertext()).strip()
        own, confidence = _BOX.search(node.get("title", "")), _CONFIDENCE.search(node.get("title", ""))
        if not text or own is None or confidence is None:
            continue
        text = "•" if bullet and text in _BULLETS else text
        bullet = False
        x1, x2 = int(own.group(1)), int(own.group(3))
        end = bottom + offset + slope * (x1 - left) + below
        left_edge, top, right_edge, low = (round(edge * scale) for edge in (x1, end - height, max(x2, x1 + 1), end))
        yield Word(text, left_edge, top, right_edge, low), int(confidence.group(1))

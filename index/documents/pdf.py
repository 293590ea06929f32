"""The reader of PDF files: pages of placed characters become a document with pages, headings and places to mark."""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

import pypdfium2 as pdfium
import pypdfium2.raw

from index.documents import recognition
from index.documents.apart import Limits, read_apart
from index.documents.bylines import body_named
from index.documents.document import Document, Metadata, Unread
from index.documents.extraction import Extraction, FoundPage, Said
from index.documents.pdf_furniture import without_furniture
from index.documents.pdf_layout import Segment, in_reading_order, segments_of, with_tables, without_line_numbers
from index.documents.pdf_paragraphs import elements_of
from index.documents.pdf_turned import turned_rows, turned_to_read, without_turned
from index.documents.pdf_words import PageWords, read_page
from index.documents.telling import tell
from index.errors import (
    DamagedFile,
    EmptyDocument,
    GarbledText,
    NothingRecognised,
    PasswordProtected,
    ScannedPdf,
    TooManyPages,
)

SUFFIXES = (".pdf",)
LIMIT_PAGES = 5_000
_MAGIC_WITHIN = 1_024
"""Bytes before ``%PDF-`` that readers of PDF put up with."""
_DATE = re.compile(r"D:(\d{4})")
_WORD = re.compile(r"\W*([^\W\d_]+(?:[-/’'´.][^\W\d_]+)*)\W*")
_CODE = re.compile(r"\W?(?:[^\W\d_]{0,4}[-/.]?\d[\d.,:/–-]*[^\W\d_]{0,3}|[\w.-]+@[\w.-]+|www\.\S+)\W{0,2}")
_VOWELS = frozenset("aeiouyæøåäöüáéèêíóòôúàâãõëïœ")
_LATIN_END = 0x250
_MIN_WORDS = 30
"""Fewer words on a page tell nothing of its fonts."""
_READABLE = 0.6
"""Of the words of a page without figures: at least so many look like words."""
_FREQUENT = "eanrtsiodl"
"""Three quarters of the letters in Norwegian and English, 60 % or more in other languages of this alphabet."""
_RARE = 0.5
_MIN_LETTERS = 200
_UNMAPPED = 0.2
_MUCH_GARBLED = 0.5
"""Of the pages with text: then the document is refused, otherwise these pages are marked."""
_LISTED = 8
"""Page numbers that a message names."""
_MAX_OUTLINE = 5_000
_RECOGNITION_LIMITS = Limits(cpu_seconds=3_600, wall_seconds=6 * 3_600)
"""A page takes some seconds, and each page's tesseract has its own limit."""


def read_pdf(name: str, data: bytes, *, metadata: Metadata | None = None) -> Document:
    """The document in a PDF file, parsed apart. Raises ``DocumentError``."""
    return read_apart("index.documents.pdf", name, data, metadata=metadata)


def read_scanned_pdf(name: str, data: bytes, *, metadata: Metadata | None = None) -> Document:
    """The same, with text recognition of the pages that have no text that can be read.

    Raises ``DocumentError``, of which ``RecognitionUnavailable`` if tesseract is not there.
    """
    recognition.languages()
    return read_apart(
        "index.documents.pdf", name, data, metadata=metadata, function="extract_scanned", limits=_RECOGNITION_LIMITS
    )


def extract(name: str, data: bytes) -> Extraction:
    """What is in a PDF file.

    Raises ``DamagedFile``, ``PasswordProtected``, ``TooManyPages``, ``ScannedPdf``, ``GarbledText`` or
    ``EmptyDocument``.
    """
    with _opened(name, data) as file:
        pages = list(_pages(file))
        unread = _unread(pages)
        _refuse_unread(name, pages, unread)
        return _extraction(file, pages, unread)


def extract_scanned(name: str, data: bytes) -> Extraction:
    """The same, with text recognition. Raises as ``extract``, and ``NothingRecognised`` instead of ``ScannedPdf``."""
    with _opened(name, data) as file:
        pages = list(_pages(file, recognise=True))
        unread = _unread(pages)
        again = recognition.recognised(file, [page for page in pages if page.number in unread])
        for done, page in enumerate(again, start=len(pages) - len(unread) + 1):
            pages[page.number - 1] = page
            tell(done, len(pages))
        left = _unread(pages)
        if unread and not any(page.words for page in pages if page.number not in left):
            raise NothingRecognised(file=name, pages=listed(list(left)))
        _refuse_unread(name, pages, {})
        return _extraction(file, pages, left)


@contextmanager
def _opened(name: str, data: bytes) -> Iterator[Any]:
    """The pypdfium2 document. Raises ``DamagedFile``, ``PasswordProtected`` or ``TooManyPages``."""
    if b"%PDF-" not in data[:_MAGIC_WITHIN]:
        raise DamagedFile(file=name, format="PDF")
    try:
        file = pdfium.PdfDocument(data)
    except pdfium.PdfiumError as error:
        if getattr(error, "err_code", None) == pypdfium2.raw.FPDF_ERR_PASSWORD:
            raise PasswordProtected(file=name) from error
        raise DamagedFile(file=name, format="PDF") from error
    try:
        if len(file) > LIMIT_PAGES:
            raise TooManyPages(file=name, pages=len(file), limit=LIMIT_PAGES)
        yield file
    finally:
        file.close()


def _pages(file: Any, *, recognise: bool = False) -> Iterator[PageWords]:  # noqa: ANN401 - pypdfium2 is not typed
    """All pages, one told after the other; of those that text recognition must read it tells when they are read."""
    count, done = len(file), 0
    for index in range(count):
        page = _page(file, index)
        yield page
        if not recognise or not _unread([page]):
            done += 1
            tell(done, count)


def _page(file: Any, index: int) -> PageWords:  # noqa: ANN401 - pypdfium2 is not typed
    """A page's words; a page that cannot be loaded is empty."""
    try:
        page = file.get_page(index)
    except pdfium.PdfiumError:
        return PageWords(index + 1, 0, 0)
    try:
        return turned_to_read(read_page(page, index + 1))
    except pdfium.PdfiumError:
        return PageWords(index + 1, 0, 0)
    finally:
        page.close()


def _unread(pages: Sequence[PageWords]) -> dict[int, Unread]:
    """Why pages have no text that can be read, by number."""
    scanned = {page.number: Unread.SCANNED for page in pages if not page.words and page.pictures}
    return scanned | {page.number: Unread.GARBLED for page in pages if page.words and is_garbled(page)}


def _refuse_unread(name: str, pages: Sequence[PageWords], unread: Mapping[int, Unread]) -> None:
    """Raises ``GarbledText``, ``ScannedPdf`` or ``EmptyDocument`` if too little can be read."""
    written = [page for page in pages if page.words]
    garbled = [number for number, why in unread.items() if why is Unread.GARBLED]
    if garbled and len(garbled) >= _MUCH_GARBLED * len(written):
        raise GarbledText(file=name, pages=listed(garbled))
    if not written:
        if unread:
            raise ScannedPdf(file=name, pages=listed(list(unread)))
        raise EmptyDocument(file=name)


def _extraction(file: Any, pages: Sequence[PageWords], unread: Mapping[int, Unread]) -> Extraction:  # noqa: ANN401
    written = [page for page in pages if page.words]
    readable = [page for page in written if page.number not in unread]
    segments = {page.number: without_line_numbers(segments_of(without_turned(page))) for page in readable}
    segments, numbers = without_furniture(readable, segments)
    rows = []
    here: list[Segment] = []
    for page in readable:
        here = with_tables(segments[page.number], page.rules, here)
        rows += in_reading_order(here, page.number)
    found = []
    for page in pages:
        printed = numbers.get(page.number) or _label(file, page.number - 1)
        differing = printed if printed and printed != str(page.number) else None
        found.append(FoundPage(page.number, differing, unread.get(page.number), page.recognised))
    return Extraction(elements_of(rows, _outline(file), turned_rows(readable)), tuple(found), _said(file))


def is_garbled(page: PageWords) -> bool:
    """The page's text is nonsense: its fonts do not map to letters, or to the wrong ones."""
    characters = sum(len(word.text) for word in page.words)
    if page.unmapped > _UNMAPPED * characters:
        return True
    words = [word.text for word in page.words if any(map(str.isalpha, word.text)) and len(word.text) > 1]
    strange = [word.text for word in page.words if not any(map(str.isalnum, word.text)) and len(word.text) > 2]
    strange = [word for word in strange if len(set(word)) > 1]  # not "....." or "———"
    if len(words) + len(strange) < _MIN_WORDS:
        return False
    if sum(map(_looks_like_a_word, words)) < _READABLE * (len(words) + len(strange)):
        return True
    return _letters_are_exchanged(words)


def _letters_are_exchanged(words: Sequence[str]) -> bool:
    """Each letter stands for another, so that words look like words: what is frequent in all languages is rare here."""
    plain = unicodedata.normalize("NFD", "".join(words).lower())  # é is an e
    letters = Counter(char for char in plain if "a" <= char <= "z" or char in "æø")
    if letters.total() < max(_MIN_LETTERS, 0.8 * sum(map(str.isalpha, plain))):
        return False  # too few to tell, or another alphabet
    return sum(letters[char] for char in _FREQUENT) < _RARE * letters.total()


def _looks_like_a_word(text: str) -> bool:
    match = _WORD.fullmatch(text)
    if match is None:
        return bool(_CODE.fullmatch(text)) or "://" in text
    word = match.group(1)
    tail = word[1:]
    cased = word.isupper() or tail.islower() or not tail or "-" in word or "." in word or "/" in word
    latin = all(ord(char) < _LATIN_END for char in word)
    vowel = not latin or len(word) < 4 or word.isupper() or bool(_VOWELS.intersection(word.lower()))
    return cased and vowel


def listed(numbers: Sequence[int]) -> str:
    """Page numbers with runs as ranges: ``1–4, 7``."""
    runs: list[list[int]] = []
    for number in sorted(numbers):
        if runs and number == runs[-1][-1] + 1:
            runs[-1][1:] = [number]
        else:
            runs.append([number])
    said = ["–".join(str(end) for end in run) for run in runs]
    return ", ".join(said[:_LISTED]) + (" …" if len(said) > _LISTED else "")


def _label(file: Any, index: int) -> str:  # noqa: ANN401
    try:
        return str(file.get_page_label(index)).strip()[:20]
    except (pdfium.PdfiumError, UnicodeDecodeError):
        return ""


def _outline(file: Any) -> dict[int, list[tuple[str, int]]]:  # noqa: ANN401
    """Titles and depths of the file's outline, by page."""
    found: dict[int, list[tuple[str, int]]] = {}
    seen: Counter[str] = Counter()
    try:
        for entry in file.get_toc(max_depth=6):
            target = entry.get_dest()
            page = target.get_index() if target is not None else None
            title = entry.get_title()
            seen[title] += 1
            if page is not None and title:
                found.setdefault(page + 1, []).append((title, entry.level))
            if seen.total() > _MAX_OUTLINE:
                break
    except (pdfium.PdfiumError, UnicodeDecodeError, RecursionError):
        return found
    return found


def _said(file: Any) -> Said:  # noqa: ANN401
    try:
        fields = file.get_metadata_dict(skip_empty=True)
    except (pdfium.PdfiumError, UnicodeDecodeError):
        return Said()
    made = _DATE.match(fields.get("CreationDate", ""))
    # The day is the day it was made a PDF, which may be weeks off; the year is rarely wrong.
    date = made.group(1) if made and 1990 < int(made.group(1)) < 2100 else None
    authors = tuple(part.strip() for part in re.split(r"[;]|,\s|\sog\s", fields.get("Author", "")) if part.strip())
    body = body_named(fields.get("Author", ""))
    return Said(title=fields.get("Title"), authors=authors, publisher=body, date=date)

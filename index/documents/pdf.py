"""The reader of PDF files: pages of placed characters become a document with pages, headings and places to mark."""

import re
from collections import Counter
from collections.abc import Sequence
from typing import Any

import pypdfium2 as pdfium
import pypdfium2.raw

from index.documents.apart import extract_apart
from index.documents.composing import compose
from index.documents.document import Document, Metadata, Unread
from index.documents.extraction import Extraction, FoundPage, Said
from index.documents.pdf_furniture import without_furniture
from index.documents.pdf_layout import in_reading_order, segments_of, without_line_numbers
from index.documents.pdf_paragraphs import elements_of
from index.documents.pdf_words import PageWords, read_page
from index.documents.telling import tell
from index.errors import DamagedFile, EmptyDocument, GarbledText, PasswordProtected, ScannedPdf, TooManyPages

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
_UNMAPPED = 0.2
_MUCH_GARBLED = 0.5
"""Of the pages with text: then the document is refused, otherwise these pages are marked."""
_LISTED = 8
"""Page numbers that a message names."""
_MAX_OUTLINE = 5_000


def read_pdf(name: str, data: bytes, *, metadata: Metadata | None = None) -> Document:
    """The document in a PDF file, parsed apart. Raises ``DocumentError``."""
    return compose(name, data, extract_apart("index.documents.pdf", name, data), metadata=metadata)


def extract(name: str, data: bytes) -> Extraction:
    """What is in a PDF file.

    Raises ``DamagedFile``, ``PasswordProtected``, ``TooManyPages``, ``ScannedPdf``, ``GarbledText`` or
    ``EmptyDocument``.
    """
    if b"%PDF-" not in data[:_MAGIC_WITHIN]:
        raise DamagedFile(file=name, format="PDF")
    try:
        file = pdfium.PdfDocument(data)
    except pdfium.PdfiumError as error:
        if getattr(error, "err_code", None) == pypdfium2.raw.FPDF_ERR_PASSWORD:
            raise PasswordProtected(file=name) from error
        raise DamagedFile(file=name, format="PDF") from error
    try:
        count = len(file)
        if count > LIMIT_PAGES:
            raise TooManyPages(file=name, pages=count, limit=LIMIT_PAGES)
        pages = []
        for index in range(count):
            pages.append(_page(file, index))
            tell(index + 1, count)
        labels = [_label(file, index) for index in range(count)]
        return _extraction(name, pages, labels, _outline(file), _said(file))
    finally:
        file.close()


def _page(file: Any, index: int) -> PageWords:  # noqa: ANN401 - pypdfium2 is not typed
    """A page's words; a page that cannot be loaded is empty."""
    try:
        page = file.get_page(index)
    except pdfium.PdfiumError:
        return PageWords(index + 1, 0, 0)
    try:
        return read_page(page, index + 1)
    except pdfium.PdfiumError:
        return PageWords(index + 1, 0, 0)
    finally:
        page.close()


def _extraction(
    name: str, pages: Sequence[PageWords], labels: Sequence[str], outline: dict[int, list[tuple[str, int]]], said: Said
) -> Extraction:
    unread = {page.number: Unread.SCANNED for page in pages if not page.words and page.pictures}
    unread |= {page.number: Unread.GARBLED for page in pages if page.words and is_garbled(page)}
    written = [page for page in pages if page.words]
    garbled = [number for number, why in unread.items() if why is Unread.GARBLED]
    if garbled and len(garbled) >= _MUCH_GARBLED * len(written):
        raise GarbledText(file=name, pages=_listed(garbled))
    if not written:
        if unread:
            raise ScannedPdf(file=name, pages=_listed(list(unread)))
        raise EmptyDocument(file=name)
    readable = [page for page in written if page.number not in unread]
    segments = {page.number: without_line_numbers(segments_of(page)) for page in readable}
    segments, numbers = without_furniture(readable, segments)
    rows = []
    for page in readable:
        rows += in_reading_order(segments[page.number], page.number)
    found = []
    for page, label in zip(pages, labels, strict=True):
        printed = numbers.get(page.number) or label
        differing = printed if printed and printed != str(page.number) else None
        found.append(FoundPage(page.number, differing, unread.get(page.number)))
    return Extraction(elements_of(rows, outline), tuple(found), said)


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
    return sum(map(_looks_like_a_word, words)) < _READABLE * (len(words) + len(strange))


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


def _listed(numbers: Sequence[int]) -> str:
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
    return Said(title=fields.get("Title"), authors=authors, date=date)

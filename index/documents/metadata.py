"""What a document says of itself: title, authors, date, language. Only what it says; nothing is inferred."""

import re
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from index.documents import bylines, phrases
from index.documents.document import Block, BlockKind, Language, Metadata
from index.documents.languages import detect_language

_STATED_DATE = re.compile(r"\s*(?:date|dato)\s?:?\s(\d{4}(?:-\d{2}){0,2})(?=\s)", re.I)
_YEAR_IN_BYLINE = re.compile(
    r"(?:\(|\b(?:vår|våren|høst|høsten|haust|hausten|spring|autumn)\s)((?:19|20)\d\d)\)?\s*\.?$", re.I
)
_SUBJECT = re.compile(r"(?:emne|subject|tittel|overskrift)\s?:\s+(.{1,150})", re.I)
_NOT_LETTER = re.compile(r"[\W_]+")
_BEGINNING = 4_000
"""Characters of a document in which its title stands, if it stands there."""
_WORD = re.compile(r"[^\W\d_]+")
_COMMON_WORDS = """
og i er det som på av for til en ein et eit den de dei med om har at ikke ikkje vi jeg eg kan skal vil må fra frå
the of and to in is that for with as are by this be not
"""
_COMMON = frozenset(_COMMON_WORDS.split())
_ENOUGH_WORDS = 20
_FRONT = 12
_TOP = 1_500
"""Characters within which a document gives its own date."""
FIELDS = ("title", "authors", "publisher", "date", "kind", "language", "url")
"""What is known of a document, by the names of ``Metadata``'s fields."""
_SHORT_TITLE = 4
"""Words."""


def stated_date(text: str) -> tuple[str | None, int]:
    """The date that a record's prefix states (``date 2017-12`` before the text), and how many characters it takes."""
    match = _STATED_DATE.match(text[:200])
    if match is None or not _valid(match.group(1)):
        return None, 0
    return match.group(1), match.end()


def _valid(date: str) -> bool:
    parts = [int(part) for part in date.split("-")]
    months = len(parts) < 2 or 1 <= parts[1] <= 12
    return 1500 <= parts[0] <= 2100 and months and (len(parts) < 3 or 1 <= parts[2] <= 31)


def said_by(text: str, blocks: Sequence[Block]) -> Metadata:
    """What the document says of itself in its first blocks."""
    authors: tuple[str, ...] = ()
    date = None
    for block in [block for block in blocks if block.kind is BlockKind.BYLINE][:_FRONT]:
        line = text[block.start : block.end]
        credit = bylines.byline(line)
        person = bylines.author_of(line)
        if not authors:
            several = bylines.names_in(line)  # "Kari Holm, Ola Berg og Siv Vik"
            authors = credit.authors if credit else several if several[1:] else (person,) if person else ()
        if date is None:
            year = _YEAR_IN_BYLINE.search(line)
            date = bylines.find_date(line) or (year.group(1) if year else None)
    top = [text[block.start : block.end] for block in blocks[:_FRONT] if block.start < _TOP]
    if date is None:
        date = next(filter(None, map(bylines.given_date, top)), None)
    title, below = _title(text, blocks)
    subtitle = text[below.start : below.end] if below else ""
    if last := bylines.last_date(subtitle):  # "Lyngdal kommune, 14. juni 2021" is no subtitle
        date = date or last
    elif title and below and _is_subtitle(below, subtitle) and phrases.words(title) <= _SHORT_TITLE:  # "FELLESPARTIET"
        title = f"{title} – {subtitle}"
    if date is None:
        date = next(filter(None, map(bylines.last_month, top)), None)
    return Metadata(title=title, authors=authors, date=date, language=_language(text))


def _is_subtitle(block: Block, text: str) -> bool:
    section = phrases.is_numbered(text) or phrases.opens_section(text) or phrases.is_front_matter(text)
    return block.kind is BlockKind.HEADING and block.level == 1 and not section


def _title(text: str, blocks: Sequence[Block]) -> tuple[str | None, Block | None]:
    """The title, and the block below it."""
    for block, below in zip(blocks, [*blocks[1:], None], strict=True):
        if block.kind is BlockKind.TITLE:
            return text[block.start : block.end], below
    subjects = (_SUBJECT.fullmatch(text[block.start : block.end]) for block in blocks[:_FRONT])
    return next((subject.group(1) for subject in subjects if subject), None), None


def _language(text: str) -> Language | None:
    """The language, if there are words enough to tell and they are of one that is known."""
    words = _WORD.findall(text[:50_000].lower())
    if len(words) < _ENOUGH_WORDS:
        return None
    letters = text[:50_000].lower()
    swedish = letters.count("ä") + letters.count("ö") > letters.count("æ") + letters.count("ø")
    common = [word for word in words if word in _COMMON]
    if swedish or len(common) < 0.08 * len(words) or len(set(common)) < 3:
        return Language.OTHER
    return detect_language(text[:50_000])


def beyond_file_name(said: Metadata, name: str, text: str) -> Metadata:
    """Without a title that is only the file's own name, unless the document begins with it."""
    title = _letters(said.title or "")
    if title and title == _letters(Path(name).stem) and title not in _letters(text[:_BEGINNING]):
        return replace(said, title=None)
    return said


def _letters(text: str) -> str:
    """Only the letters and figures, in lower case."""
    return _NOT_LETTER.sub("", text.lower())


def merged(given: Metadata | None, said: Metadata) -> Metadata:
    """``given`` where it says something, else ``said``."""
    if given is None:
        return said
    return replace(
        said,
        title=given.title or said.title,
        authors=given.authors or said.authors,
        publisher=given.publisher or said.publisher,
        date=given.date or said.date,
        kind=given.kind or said.kind,
        language=given.language or said.language,
        url=given.url or said.url,
        given=filled(given),
    )


def filled(metadata: Metadata) -> frozenset[str]:
    """Names of the fields that are not empty."""
    return frozenset(name for name in FIELDS if getattr(metadata, name))


def corrected(known: Metadata, found: Metadata) -> Metadata:
    """What to say of a document that is there already and comes in again with the metadata ``found``.

    What is given now wins; what was given before stays; for the rest, what the file says now.
    """
    kept = known.given - found.given
    values = {name: getattr(known, name) for name in kept}
    return replace(found, **values, given=known.given | found.given)


def edited(known: Metadata, wanted: Metadata) -> Metadata:
    """``wanted``, as a person's word for those fields in which it differs from ``known``."""
    changed = {name for name in FIELDS if getattr(known, name) != getattr(wanted, name)}
    return replace(wanted, given=known.given | changed)

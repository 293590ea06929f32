"""A document as a work that can be referred to: what it says of itself, in the parts that references are made of."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from assistant.references.names import Name, is_editor, name_of
from assistant.references.series import Series, series_of, without_number
from index.documents.document import Block, BlockKind, Document, Language, Source

_DATE = re.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?")
_SPAN = re.compile(r"(\d{4})\s?[-–/]\s?(\d{4})")
_SHORT_TITLE = re.compile(r"(.+?)\s*[(\[–-]\s*([^()\[\]]*?(?:lov(?:en|a)?|forskrift(?:en|a)?))\s*[)\]]?$", re.I | re.S)
_FRONT = 12
"""Blocks at the beginning of a document, among which the number of its series stands alone on a line."""


class WorkKind(StrEnum):
    """What a work is, as far as references differ."""

    NEWSPAPER = "newspaper"
    REPORT = "report"
    PROGRAMME = "programme"
    NOU = "nou"
    MELD_ST = "meld_st"
    PROP = "prop"
    INNST = "innst"
    LAW = "law"
    WEB_PAGE = "web_page"
    DOCUMENT = "document"
    """Anything else: a strategy, a resolution, a hearing statement."""


OFFICIAL = frozenset({WorkKind.NOU, WorkKind.MELD_ST, WorkKind.PROP, WorkKind.INNST})
"""Numbered publications of the ministries and the Storting."""

_KINDS = (
    (
        WorkKind.NEWSPAPER,
        r".*(?:artikkel|kronikk|innlegg|kommentar|intervju|reportasje|nyhet|nyheit|leder|leiar|avis)",
    ),
    (WorkKind.PROGRAMME, r".*program(?:met)?|.*party programme|manifesto"),
    (WorkKind.REPORT, r".*(?:rapport|utredning|utgreiing|evaluering|undersøkelse|undersøking|report)"),
    (WorkKind.LAW, r"(?:\w*lov|\w*forskrift|law|act)"),
    (WorkKind.WEB_PAGE, r".*(?:nettside|nettsak|nettartikkel|webside|blogg|bloggpost|web page)"),
)
_PROGRAMME_TITLE = re.compile(r"\b\w*(?:parti|prinsipp|valg|val|arbeids|handlings|kommune)program\w*", re.I)
_LAW_TITLE = re.compile(r"(?:lov|forskrift)\s(?:om\s|\d{1,2}\.\s?\w+\s\d{4}\s)", re.I)


@dataclass(frozen=True, slots=True)
class When:
    """A date as precise as the document is."""

    year: int
    month: int = 0
    """1 to 12; 0 if not known."""
    day: int = 0
    """1 to 31; 0 if not known."""
    until: int = 0
    """Last year of a span of years; 0 if it is none."""

    @property
    def years(self) -> str:
        """``2017``, or ``2017–2018``."""
        return f"{self.year}–{self.until}" if self.until else str(self.year)

    @property
    def iso(self) -> str:
        """ISO 8601: ``2017-12-24``, or ``2017/2018``."""
        if self.until:
            return f"{self.year}/{self.until}"
        return "-".join([f"{self.year:04}", *(f"{part:02}" for part in (self.month, self.day) if part)])


@dataclass(frozen=True, slots=True)
class Work:
    """A work; what the document does not say of itself is empty."""

    id: str
    """The document's id."""
    kind: WorkKind
    title: str | None
    """Without the number of a series and without a law's short title."""
    authors: tuple[Name, ...] = ()
    """Those responsible: people, or the organisation that published it."""
    editors: tuple[Name, ...] = ()
    date: When | None = None
    publisher: str | None = None
    """Also of a newspaper article: the newspaper."""
    number: str | None = None
    """Of the series: ``NOU 2019: 26``, ``Meld. St. 15 (2017–2018)``, ``LOV-2005-05-20-28``."""
    short_title: str | None = None
    """Of a law: ``Straffeloven``."""
    genre: str | None = None
    """What the document calls itself, where that is worth saying: ``resolusjon``."""
    language: Language | None = None
    url: str | None = None


def work_of(document: Document) -> Work:
    """The work that the document is.

    The number of its series may stand in its title, or alone on a line at its beginning.
    """
    return work_of_source(document.source, front=(document.text[it.start : it.end] for it in _front(document)))


def telling_block(document: Document) -> Block | None:
    """The block at the document's beginning that tells the number of its series, if one does."""
    return next((it for it in _front(document) if series_of("", [document.text[it.start : it.end]])), None)


def _front(document: Document) -> Iterator[Block]:
    return (it for it in document.blocks[:_FRONT] if it.kind is not BlockKind.TABLE_CELL)


def work_of_source(source: Source, *, front: Iterable[str] = ()) -> Work:
    """The work by what is known of the document; ``front`` are the lines at its beginning."""
    said = source.metadata
    title = " ".join((said.title or "").split()) or None
    series = series_of(title or "", front)
    kind = _kind(source, title, series)
    names = [(author, name_of(author, publisher=said.publisher)) for author in said.authors if author.strip()]
    authors = tuple(name for author, name in names if not is_editor(author))
    editors = tuple(name for author, name in names if is_editor(author))
    if not names and said.publisher and kind not in (WorkKind.NEWSPAPER, WorkKind.LAW):
        authors = (Name(said.publisher),)
    title = without_number(title) if title and series else title
    title, short_title = _law_title(title) if kind is WorkKind.LAW and title else (title, None)
    return Work(
        id=source.id,
        kind=kind,
        title=title,
        authors=authors,
        editors=editors,
        date=parse_date(said.date) or (_date_of(series) if series else None),
        publisher=said.publisher,
        number=series.number if series else None,
        short_title=short_title,
        genre=said.kind,
        language=said.language,
        url=said.url,
    )


def parse_date(date: str | None) -> When | None:
    """``2017``, ``2017-12``, ``2017-12-24``, or a span of years: ``2017/2018``; None for anything else."""
    span = _SPAN.fullmatch(date or "")
    if span:
        return When(int(span[1]), until=int(span[2]))
    match = _DATE.fullmatch(date or "")
    return When(*(int(part or 0) for part in match.groups())) if match else None


def _date_of(series: Series) -> When | None:
    """The year that the number itself tells."""
    return When(series.year, until=series.until) if series.year else None


def _kind(source: Source, title: str | None, series: Series | None) -> WorkKind:
    if series:
        return WorkKind(series.kind)
    stated = (source.metadata.kind or "").casefold().replace("_", " ").strip()
    if stated:
        return next((kind for kind, words in _KINDS if re.fullmatch(words, stated)), WorkKind.DOCUMENT)
    if title and _LAW_TITLE.match(title):
        return WorkKind.LAW
    if title and _PROGRAMME_TITLE.search(title):
        return WorkKind.PROGRAMME
    return WorkKind.WEB_PAGE if source.file.lower().endswith((".html", ".htm", ".xhtml")) else WorkKind.DOCUMENT


def _law_title(title: str) -> tuple[str, str | None]:
    """``Lov om straff (straffeloven)`` -> its title and its short title, which opens the reference."""
    match = _SHORT_TITLE.fullmatch(title)
    if match is None or not match[2]:
        return title, None
    return match[1], match[2][:1].upper() + match[2][1:]

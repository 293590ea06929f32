"""What a reader makes of a file: canonical text, its structure, and the way back to the file's bytes."""

from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum

_PLACE = 7
"""Numbers that tell a place."""
_PLACE_BYTES = _PLACE * array("i").itemsize


class Language(StrEnum):
    """Languages that documents and questions are told apart by."""

    BOKMAAL = "nb"
    NYNORSK = "nn"
    ENGLISH = "en"
    OTHER = "other"


class BlockKind(StrEnum):
    """What a stretch of a document is. Only some kinds may be quoted (see ``QUOTABLE``)."""

    TITLE = "title"
    HEADING = "heading"
    PARAGRAPH = "paragraph"
    LIST_ITEM = "list_item"
    TABLE_CELL = "table_cell"
    CAPTION = "caption"
    BYLINE = "byline"
    BOILERPLATE = "boilerplate"
    """Navigation, "Les også" boxes with other articles' titles, section labels: shown, never quoted."""


QUOTABLE = frozenset(
    {BlockKind.PARAGRAPH, BlockKind.LIST_ITEM, BlockKind.TABLE_CELL, BlockKind.CAPTION, BlockKind.BYLINE}
)


@dataclass(frozen=True, slots=True)
class Block:
    """A stretch ``text[start:end]`` of one kind; blocks are ordered and do not overlap."""

    kind: BlockKind
    start: int
    end: int
    """Code points in the canonical text, half-open."""
    level: int = 0
    """Heading level (1 is the outermost) or depth of a list item (0 is the outermost)."""
    row: str | None = None
    column: str | None = None
    """Names of the table row and column that a table cell stands in."""


class Unread(StrEnum):
    """Why a page has no text."""

    SCANNED = "scanned"
    """A picture, without text."""
    GARBLED = "garbled"
    """Its fonts do not say which letters their shapes are."""


@dataclass(frozen=True, slots=True)
class Page:
    """A page's place in the canonical text.

    A page has two places where its footnotes stand after a sentence that goes on over the page's end; an empty page has
    ``start == end``.
    """

    number: int
    """Physical page, from 1."""
    start: int
    end: int
    label: str | None = None
    """The number printed on the page, where it differs."""
    unread: Unread | None = None
    """Why the page has no text, where something stands on it."""
    recognised: bool = False
    """Its text was read from a picture, by text recognition, which makes mistakes."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a word of the canonical text stands on its page: what to mark on the page's picture."""

    start: int
    end: int
    """Code points in the canonical text, half-open. A word cut by a line's end has two places."""
    page: int
    """Physical page, from 1."""
    left: int
    top: int
    right: int
    bottom: int
    """Hundredths of a point (1/7200 inch) from the upper left corner of the page as it is shown."""


@dataclass(frozen=True, slots=True)
class Run:
    """A run of canonical text and the bytes of the file that it came from."""

    start: int
    end: int
    """Code points in the canonical text, half-open."""
    source_start: int
    source_end: int
    """Bytes in the file, half-open."""
    verbatim: bool
    """The run's characters are the file's own, one for one; otherwise (joined lines, dropped markup, NFC) the run maps
    as a whole."""


@dataclass(frozen=True, slots=True)
class SourceMap:
    """The way from the canonical text back to the file.

    Runs are ordered, do not overlap and together cover the canonical text.
    """

    runs: tuple[Run, ...]
    encoding: str
    """Python's name of the encoding that the file was decoded with; empty where the file is not text, and one run says
    that the text came out of the file's bytes."""

    def to_bytes(self, text: str, start: int, end: int) -> tuple[int, int]:
        """Byte range of the file from which ``text[start:end]`` came; the smallest that is known to hold it all.

        Raises ``ValueError`` if the range is empty or outside the text.
        """
        if not 0 <= start < end <= len(text):
            raise ValueError(f"no range [{start}, {end}) in a text of {len(text)} characters")
        starts = [run.start for run in self.runs]
        first = self.runs[bisect_right(starts, start) - 1]
        last = self.runs[bisect_right(starts, end - 1) - 1]
        begin, finish = first.source_start, last.source_end
        if first.verbatim:
            begin += len(text[first.start : start].encode(self.encoding))
        if last.verbatim:
            finish = last.source_start + len(text[last.start : end].encode(self.encoding))
        return begin, finish


@dataclass(frozen=True, slots=True)
class Places:
    """The places of a document's words, in order; kept as numbers, since a long report has a hundred thousand."""

    numbers: bytes = b""
    """(n_words, 7) native int32, a row the fields of a ``Place``."""

    @classmethod
    def of(cls, places: Iterable[Place]) -> "Places":
        """Keep the places."""
        rows = ((p.start, p.end, p.page, p.left, p.top, p.right, p.bottom) for p in places)
        return cls(array("i", (number for row in rows for number in row)).tobytes())

    def __len__(self) -> int:
        return len(self.numbers) // _PLACE_BYTES

    def __getitem__(self, index: int) -> Place:
        if not 0 <= index < len(self):
            raise IndexError(index)
        return Place(*memoryview(self.numbers)[index * _PLACE_BYTES : (index + 1) * _PLACE_BYTES].cast("i"))

    def within(self, start: int, end: int) -> tuple[Place, ...]:
        """The places of the words that ``text[start:end]`` has something of."""
        view = memoryview(self.numbers).cast("i")
        first = bisect_right(range(len(self)), start, key=lambda index: view[_PLACE * index + 1])
        last = bisect_left(range(len(self)), end, key=lambda index: view[_PLACE * index])
        return tuple(self[index] for index in range(first, last))


@dataclass(frozen=True, slots=True)
class Metadata:
    """What a document says of itself; what it does not say is empty, never guessed."""

    title: str | None = None
    authors: tuple[str, ...] = ()
    publisher: str | None = None
    date: str | None = None
    """ISO 8601, as precise as the document is: ``2017``, ``2017-12`` or ``2017-12-24``."""
    kind: str | None = None
    """For instance ``kronikk``, ``resolusjon``, ``strategi``, ``avisartikkel``."""
    language: Language | None = None
    url: str | None = None
    """Where it stands on the web: an ``http`` or ``https`` address."""
    given: frozenset[str] = field(default=frozenset(), compare=False)
    """Names of the fields that somebody said (a person, a manifest) rather than the file itself: these stay when the
    file comes in again. A field that is given and empty was emptied."""


@dataclass(frozen=True, slots=True)
class Source:
    """A document without its text: what lists, citations and filters need."""

    id: str
    """Stable: ``d`` and the first 16 hexadecimal digits of ``sha256``."""
    file: str
    """The file's own name as it was added (no folders)."""
    sha256: str
    """Of the file's bytes."""
    metadata: Metadata = field(default_factory=Metadata)

    @property
    def name(self) -> str:
        """What to call the document when it must be called something: its title, else its file name."""
        return self.metadata.title or self.file


@dataclass(frozen=True, slots=True)
class Document:
    """A document as Kildesvar knows it: every offset anywhere is into ``text``."""

    source: Source
    text: str
    """Canonical: NFC, line wraps joined, soft hyphens and markup gone; blocks are separated by one blank line."""
    blocks: tuple[Block, ...]
    source_map: SourceMap
    pages: tuple[Page, ...] = ()
    """Empty where the format has none."""
    places: Places = field(default_factory=Places, repr=False)
    """Of the words; empty where the format has no pages."""
    original: bytes = field(default=b"", repr=False, compare=False)
    """The file's own bytes, as a reader read them: the store keeps them, so that ``verify`` can prove the hash. Empty
    on a document that comes out of an index, which is made for reading and kept small."""

    @property
    def id(self) -> str:
        """The source's id."""
        return self.source.id

    def page_of(self, offset: int) -> Page | None:
        """The page on which the character at ``offset`` stands, if the format has pages."""
        for page in self.pages:
            if page.start <= offset < page.end:
                return page
        return None

    def places_of(self, start: int, end: int) -> tuple[Place, ...]:
        """The places of the words in ``text[start:end]``, in order, perhaps on several pages."""
        return self.places.within(start, end)

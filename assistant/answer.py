"""What comes out: readings of hits, quotes as addresses, and the answer."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from assistant.strictness import Strictness
from index.documents.document import Document, Language, Source
from index.hit import Hit
from index.paragraph import Paragraph, Sentence


class Role(StrEnum):
    """Who said a turn of the conversation."""

    USER = "user"
    ASSISTANT = "assistant"


@dataclass(frozen=True, slots=True)
class Turn:
    """One turn of the conversation so far."""

    role: Role
    content: str
    understood: str = ""
    """Of a question: as it was understood, with what it follows in brackets; empty where that is not known."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What a reader says of one hit."""

    hit: Hit
    relevance: float
    """How likely it is that the passage answers, 0 to 1."""
    evidence: tuple[float, ...]
    """How likely each of ``hit.passage.sentences`` belongs to the answer, 0 to 1, in their order."""
    short: Sentence | None = None
    """Where the short answer stands (a name, a number), if the reader marks one."""


class Fate(StrEnum):
    """What became of a quoted document after the answer was given."""

    REMOVED = "removed"
    """It is not among the sources any more."""
    REPLACED = "replaced"
    """Another edition took its place."""
    CHANGED = "changed"
    """Its text is read otherwise now, so that the quote does not stand at its place."""


@dataclass(frozen=True, slots=True)
class Since:
    """Why a quote of a past answer cannot be opened any more."""

    fate: Fate
    successor: str | None = None
    """Id of the edition that took the document's place."""


@dataclass(frozen=True, slots=True)
class Quote:
    """An address in a document. Its text is cut from the document, never generated and never searched for again."""

    document: Document
    paragraph: Paragraph
    start: int
    end: int
    """Code points in ``document.text``, half-open: one to three whole sentences, up to five where it would break off
    a quotation or what only looks like a sentence's end."""
    score: float
    """How likely it is that this quote answers the question, 0 to 1."""
    short: Sentence | None = None
    """Where in it the short answer stands, if the reader marked one."""
    speaker: str | None = None
    """Who says it: a person's name, a body ("politiet"), the interviewer; None is the document's own voice."""
    role: str | None = None
    """What the document says that the speaker is ("leder i velforeningen"), if it does."""
    context: tuple[Sentence, ...] = ()
    """What to read before it, where it needs that: the sentence before, a list's lead-in, a heading that negates."""
    reservation: Sentence | None = None
    """The sentence after it that takes something out of it ("Dette gjelder likevel ikke …"), if there is one."""
    since: Since | None = None
    """What became of its document since, where it cannot be opened any more; always None on a new answer."""

    @property
    def text(self) -> str:
        """The document's own characters."""
        return self.document.text[self.start : self.end]

    @property
    def page(self) -> int | None:
        """Physical page on which it starts, from 1, where the format has pages."""
        page = self.document.page_of(self.start)
        return page.number if page else None


class Reason(StrEnum):
    """Why a question was not answered."""

    NOT_IN_SOURCES = "not_in_sources"
    """The sources that were searched do not seem to answer it."""
    NO_SOURCES = "no_sources"
    """There is nothing to search: the index is empty, or no source is chosen."""
    NOT_ASKED_OF_SOURCES = "not_asked_of_sources"
    """It was said to Kildesvar itself; ``Answer.talk`` tells what it says to that."""
    NOT_SAID = "not_said"
    """The speaker whom the question asks for says nothing on it in the sources."""
    OTHER_LANGUAGE = "other_language"
    """The question is in a language that is not understood here."""


class Understood(StrEnum):
    """How a question was understood."""

    AS_ASKED = "as_asked"
    FOLLOW_UP = "follow_up"
    """With what it follows in the conversation."""
    MENDED = "mended"
    """With its slips mended."""


class Topic(StrEnum):
    """What Kildesvar itself is asked about, or says to small talk."""

    GREETING = "greeting"
    FAREWELL = "farewell"
    THANKS = "thanks"
    AGREED = "agreed"
    HOW_ARE_YOU = "how_are_you"
    WHO = "who"
    """What it is, and whether it is an AI."""
    HOW = "how"
    """How it works."""
    ABILITIES = "abilities"
    LANGUAGES = "languages"
    OPINION = "opinion"
    TRUST = "trust"
    PRIVACY = "privacy"
    SOURCES = "sources"
    """Which sources there are."""
    DATES = "dates"
    """Whether what the sources say still holds: how old they are."""
    DATED = "dated"
    """When a source is from."""
    SUMMARY = "summary"
    """What a source is about: its quotes are how the source and its parts begin."""
    AUTHORS = "authors"
    """Who wrote or published a source: its quotes are the lines that say so."""
    SAYS = "says"
    """Who says what was just quoted: its quote is that again."""
    AROUND = "around"
    """What stands around what was just quoted: its quotes are that."""
    LENGTH = "length"
    """How long a source is."""
    TONGUE = "tongue"
    """Which language a source is in."""
    NEWEST = "newest"
    OLDEST = "oldest"
    IN_LANGUAGE = "in_language"
    """Which sources are in a language."""
    FROM_YEAR = "from_year"
    """Which sources are from a year."""


@dataclass(frozen=True, slots=True)
class Size:
    """How long a source is."""

    pages: int
    """0 where the format has none."""
    paragraphs: int
    words: int


@dataclass(frozen=True, slots=True)
class Talk:
    """An answer that is Kildesvar's own, not the sources'."""

    topic: Topic
    sources: tuple[Source, ...] = ()
    """What is said of: those searched, named, or quoted last."""
    wanted: str = ""
    """The language or the year that is asked for, where one is, as it is asked for: "nynorsk", "2017". Of
    ``Topic.SAYS``: who says it, with their role; empty where it is the source's own voice."""
    sizes: tuple[Size, ...] = ()
    """How long the sources are, in their order, where that is asked."""


@dataclass(frozen=True, slots=True)
class Row:
    """What one source says of the topic of a comparison."""

    source: Source
    quotes: tuple[Quote, ...]
    """Best first; empty where the topic was not found in it."""
    paragraphs: int
    """How many it has; all of them were searched."""
    near: tuple[Quote, ...] = ()
    """Where there are no quotes: what comes nearest, if anything does; it may well say nothing of the topic."""


@dataclass(frozen=True, slots=True)
class Comparison:
    """What every one of several sources says of a topic."""

    topic: str
    rows: tuple[Row, ...]
    """A row a source, in the order that the sources were added."""

    @property
    def paragraphs(self) -> int:
        """Paragraphs that were searched."""
        return sum(row.paragraphs for row in self.rows)


@dataclass(frozen=True, slots=True)
class OtherWords:
    """An expression of the question, and words of the sources that were looked for in its place."""

    asked: str
    """In lower case."""
    words: tuple[str, ...]
    """Nearest first, at least one."""


@dataclass(frozen=True, slots=True)
class Timing:
    """Milliseconds of wall-clock time."""

    search: float
    read: float
    total: float


@dataclass(frozen=True, slots=True)
class Answer:
    """Quotes, or a reasoned "not in the sources"."""

    question: str
    """As it was asked."""
    standalone_question: str
    """As it was understood, with what a follow-up took from the conversation."""
    language: Language
    """Of the question; the assistant's own words follow it."""
    answered: bool
    confidence: float
    """Calibrated probability that the first quote answers, 0 to 1."""
    reason: Reason | None
    """Set exactly when ``answered`` is false."""
    quotes: tuple[Quote, ...]
    """Best first; at most ``quoting.MAX_QUOTES``, save of a list or a ``comparison``. When not answered: the nearest
    passages' sentences, not an answer."""
    passages: tuple[Hit, ...]
    """What the reader saw, best first."""
    timing: Timing
    named_sources: tuple[str, ...] = ()
    """Ids of the sources that the question named and that were searched first."""
    understood: Understood = Understood.AS_ASKED
    otherwise: str | None = None
    """Another way to ask it, where that may change the answer: as it stood, or with its slips mended."""
    searched_sources: int = 0
    """How many documents were searched."""
    talk: Talk | None = None
    """What Kildesvar says itself, where it was asked about itself or its sources."""
    asked_speaker: str | None = None
    """Whose words the question asks for ("Hva mener Knutsen om …?"): the full name, where the sources have it."""
    all_sources: int = 0
    """How many documents there are to search."""
    strictness: Strictness | None = None
    """How sure the answer had to be; None where nothing was decided by that."""
    comparison: Comparison | None = None
    """Where every source was looked at; ``quotes`` are then those of its rows, a source after the other."""
    other_words: tuple[OtherWords, ...] = ()
    """What else was searched for, in the order of the question."""


History = Sequence[Turn]

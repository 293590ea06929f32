"""Is a document itself asked about, not what it tells? "Hvem har skrevet kronikken?", "Hvilket dokument er nyest?".

As in ``assistant.talk`` a question is recognised only as a whole (``about.toml``), and only where the document is
plain: it is named, it is the only one, or the conversation has just quoted it. All else is asked of the sources. So is
what the index does not know; that it does not is told where the sources do not answer either.
"""

import re
import tomllib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from assistant.answer import Quote, Size, Talk, Topic
from assistant.described_source import described, description_in
from assistant.talk import Said, core_words, filled, kind_words, language_of, slot_words
from index.documents.document import BlockKind, Document, Language, Source
from index.engines import Engine
from index.language import Analyser
from index.paragraph import Paragraph
from index.segmentation import paragraphs
from index.sources import SourceNames

_WANTED = {
    "nynorsk": (Language.NYNORSK,),
    "bokmål": (Language.BOKMAAL,),
    "norsk": (Language.BOKMAAL, Language.NYNORSK),
    "norwegian": (Language.BOKMAAL, Language.NYNORSK),
    "engelsk": (Language.ENGLISH,),
    "english": (Language.ENGLISH,),
}
_BYLINES = 3
"""Lines of a document that name who wrote it, quoted at most."""
_SHORT = 300
"""Characters; a longer paragraph that names the author is text, not a byline."""
_EDGE = 4
"""Paragraphs at either end of a document among which a byline may stand unmarked."""
_WORDS = re.compile(r"\w+(?:[-’'.]\w+)*")


@dataclass(frozen=True, slots=True)
class Told:
    """What is said of documents."""

    said: Said
    talk: Talk
    quotes: tuple[Quote, ...] = ()


@dataclass(frozen=True, slots=True)
class _Asked:
    topic: Topic
    wanted: str = ""
    """The language or the year that is asked for."""


class AboutDocuments:
    """Tells of documents what the index knows. Safe to use from several threads."""

    def __init__(self, engine: Engine, names: Callable[[], SourceNames]) -> None:
        """Know the documents of ``engine`` by ``names``."""
        self._engine, self._names = engine, names
        self._analyser = Analyser()

    def told(
        self,
        asked: str,
        quoted_last: Callable[[], Sequence[Source]],
        sources: Mapping[str, Source],
        *,
        unknown_too: bool = False,
    ) -> Told | None:
        """What is said of the documents; None if they are not asked about, or the index does not know.

        ``quoted_last`` are those of the answer before. With ``unknown_too`` it is said that the index does not know.

        Raises ``UnknownDocument``, ``IndexFault``.
        """
        words = core_words(asked)
        if not words:
            return None
        found = _asked_of_all(words)
        about = tuple(sources.values())
        if found is None:
            found, about = self._of_some(asked, words, quoted_last, sources)
        if found is None and unknown_too:  # what it is about tells less surely which is meant than a name does
            found, about = self._of_described(asked, words, sources)
        if found is None or not about:
            return None
        chosen = _chosen(found, about)
        if not unknown_too and not _known(found.topic, chosen):
            return None
        documents = [self._engine.document(it.id) for it in chosen] if found.topic in _READ else []
        sizes = tuple(map(_size, documents)) if found.topic is Topic.LENGTH else ()
        bylines = () if found.topic is Topic.LENGTH else tuple(line for it in documents for line in _bylines(it))
        language = language_of(asked)
        talk = Talk(found.topic, chosen, wanted=found.wanted, sizes=sizes)
        return Told(Said(found.topic, language), talk, bylines)

    def _of_some(
        self, asked: str, words: str, quoted_last: Callable[[], Sequence[Source]], sources: Mapping[str, Source]
    ) -> tuple[_Asked | None, tuple[Source, ...]]:
        """What is asked of the named sources, of the only one, or of those quoted last; and which these are."""
        naming = self._names().find(asked)
        named = tuple(sources[it] for it in sorted(naming.documents & sources.keys())) if naming else ()
        if naming and named:
            rest = core_words(naming.remainder)
            of_kind = [it for it in named if set(kind_words(it)) & set(rest.split())]
            return _asked_of_source(rest, named), tuple(of_kind) or named
        if len(sources) == 1:
            only = tuple(sources.values())
            return _asked_of_source(words, only), only
        if _asked_of_source(words, sources.values()) is None:
            return None, ()
        last = tuple(quoted_last())
        return (_asked_of_quoted(words, last), last) if last else (None, ())

    def _of_described(
        self, asked: str, words: str, sources: Mapping[str, Source]
    ) -> tuple[_Asked | None, tuple[Source, ...]]:
        """What is asked of the source that is about something: "artikkelen om bortvisninger"."""
        naming = self._names().find(asked)
        named = [sources[it] for it in sorted(naming.documents & sources.keys())] if naming else []
        rest = core_words(naming.remainder) if naming and named else words
        likely = named or list(sources.values())
        description = description_in(rest, likely)
        found = _asked_of_source(description.rest, likely) if description else None
        if description is None or found is None:
            return None, ()
        if len(named) == 1:
            return found, tuple(named)
        meant = described(description, likely, engine=self._engine, analyser=self._analyser)
        return (found, (meant,)) if meant else (None, ())


_READ = frozenset({Topic.LENGTH, Topic.AUTHORS})
"""Topics for which the documents themselves are read."""


def _chosen(asked: _Asked, sources: Sequence[Source]) -> tuple[Source, ...]:
    """Those of the sources that the answer is about."""
    match asked.topic:
        case Topic.NEWEST | Topic.OLDEST:
            return outermost(sources, newest=asked.topic is Topic.NEWEST)
        case Topic.IN_LANGUAGE:
            return tuple(it for it in sources if it.metadata.language in _WANTED[asked.wanted])
        case Topic.FROM_YEAR:
            return tuple(it for it in sources if (it.metadata.date or "").startswith(asked.wanted))
        case _:
            return tuple(sources)


def outermost(sources: Sequence[Source], *, newest: bool) -> tuple[Source, ...]:
    """The sources than which none is surely newer, or older.

    Dates are as precise as the sources are: of "2017" and "2017-12" either may be the newer one.
    """
    dated = [(it, it.metadata.date) for it in sources if it.metadata.date]

    def beaten(date: str) -> bool:
        pairs = [(date[: len(other)], other[: len(date)]) for _, other in dated]
        return any(own < other if newest else own > other for own, other in pairs)

    return tuple(source for source, date in dated if not beaten(date))


def _known(topic: Topic, sources: Sequence[Source]) -> bool:
    """Whether the index knows anything of what is asked."""
    match topic:
        case Topic.AUTHORS:
            return any(it.metadata.authors or it.metadata.publisher for it in sources)
        case Topic.DATED:
            return any(it.metadata.date for it in sources)
        case Topic.TONGUE:
            return any(it.metadata.language for it in sources)
        case Topic.NEWEST | Topic.OLDEST | Topic.FROM_YEAR:
            return bool(sources)
        case _:
            return True


def _size(document: Document) -> Size:
    return Size(
        pages=len(document.pages),
        paragraphs=len(paragraphs(document)),
        words=sum(1 for _ in _WORDS.finditer(document.text)),
    )


def _bylines(document: Document) -> Iterator[Quote]:
    """The lines that name who wrote the document, word for word."""
    authors = document.source.metadata.authors
    units = paragraphs(document)
    edge = {it.number for it in (*units[:_EDGE], *units[-_EDGE:])}
    likely = [it for it in units if it.kind is BlockKind.BYLINE] + [it for it in units if it.number in edge]
    lines = [it for it in dict.fromkeys(likely) if _names_one(document, it, authors)]
    marked = [it for it in lines if it.kind is BlockKind.BYLINE]
    for line in (marked or lines)[:_BYLINES]:
        yield Quote(document, line, line.sentences[0].start, line.sentences[-1].end, score=1.0)


def _names_one(document: Document, line: Paragraph, authors: Iterable[str]) -> bool:
    words = document.text[line.start : line.end]
    return len(words) <= _SHORT and any(author in words for author in authors)


def _asked_of_all(words: str) -> _Asked | None:
    """What is asked of all sources."""
    for topic, pattern in _patterns("all"):
        if found := re.fullmatch(_filled(pattern), words):
            return _Asked(topic, found.groupdict().get("wanted") or "")
    return None


def _asked_of_source(words: str, sources: Iterable[Source]) -> _Asked | None:
    """What is asked of one document, whatever it is called; what kind of text it is may be said."""
    kinds = [f"(?:the )?{re.escape(word)}" for source in sources for word in kind_words(source)]
    return _matching(words, "|".join([slot_words()["document"], _table()["words"]["this"], _OTHER_NAMES, *kinds]))


def _asked_of_quoted(words: str, sources: Iterable[Source]) -> _Asked | None:
    """The same of what was quoted last: only "dokumentet", "dette" and what kind of text it is mean that."""
    kinds = [re.escape(word) for source in sources for word in kind_words(source)]
    return _matching(words, "|".join([_table()["words"]["this"], *kinds]), named=False)


def _matching(words: str, document: str, *, named: bool = True) -> _Asked | None:
    for topic, pattern in _patterns("source"):
        # Where no name was taken out of the question, the document must be said in it.
        said = pattern if named else pattern.replace("(?: <document>)?", " <document>", 1)
        if re.fullmatch(_filled(said, document), words):
            return _Asked(topic)
    return None


_OTHER_NAMES = (
    "forslag|forslaget|framlegg|framlegget|vedtak|vedtaket|uttalelse|uttalelsen|fråsegn|fråsegna|høringssvar|"
    "høringssvaret|debattinnlegg|debattinnlegget|the proposal|proposal|the statement|statement"
)
"""What a named document may be called besides."""


def _filled(pattern: str, document: str = "") -> str:
    return filled(pattern, {**slot_words(), **_table()["words"], "document": document})


@cache
def _patterns(part: str) -> tuple[tuple[Topic, str], ...]:
    return tuple((Topic(topic), pattern) for topic, several in _tables()[part].items() for pattern in several)


def _table() -> dict[str, dict[str, str]]:
    return {"words": {name: str(words) for name, words in _tables()["words"].items()}}


@cache
def _tables() -> dict[str, dict[str, list[str]]]:
    return tomllib.loads(files(__package__).joinpath("about.toml").read_text("utf-8"))

"""What Kildesvar says of itself and of its sources: its own texts, and facts out of the index. Nothing is made up."""

from collections.abc import Callable, Iterator, Mapping

from assistant.answer import Size, Talk, Topic
from assistant.citation import titled
from assistant.texts import counted, lines, text
from index.documents.document import Language, Source

_OF_SOURCES = frozenset({Topic.AUTHORS, Topic.LENGTH, Topic.TONGUE, Topic.SAYS})
_CHOSEN = {
    Topic.NEWEST: "talk.newest",
    Topic.OLDEST: "talk.oldest",
    Topic.IN_LANGUAGE: "talk.in_language",
    Topic.FROM_YEAR: "talk.from_year",
}
"""Topics that choose among the sources, and what is said of those chosen."""
_KNOWN: Mapping[Topic, Callable[[Source], object]] = {
    Topic.DATED: lambda source: source.metadata.date,
    Topic.AUTHORS: lambda source: source.metadata.authors or source.metadata.publisher,
    Topic.TONGUE: lambda source: source.metadata.language,
}
"""What must be known of one of the sources for anything to be told of them …"""
_UNKNOWN = {
    Topic.DATED: "talk.dated_unknown",
    Topic.AUTHORS: "talk.authors_unknown",
    Topic.TONGUE: "talk.tongue_unknown",
}
"""… and what is said else."""
_WITH_LIST = frozenset({Topic.SOURCES, Topic.DATES, Topic.DATED}) | _OF_SOURCES | frozenset(_CHOSEN)
"""Topics that list the sources."""


def own_words(talk: Talk, language: Language) -> tuple[str, ...]:
    """The paragraphs of what Kildesvar says, before the list of sources."""
    number = len(talk.sources)
    wanted = talk.wanted.capitalize() if language is Language.ENGLISH else talk.wanted
    match talk.topic:
        case Topic.SOURCES:
            return (counted(language, "talk.sources", number) if number else text(language, "talk.no_sources"),)
        case Topic.DATES | Topic.DATED | Topic.NEWEST | Topic.OLDEST if not number:
            return (text(language, "talk.no_sources"),)
        case Topic.SUMMARY:
            names = ", ".join(titled(source.name, language) for source in talk.sources)
            return (counted(language, "talk.summary", number, names=names),)
        case Topic.SAYS:
            said = text(language, "talk.says.person" if talk.wanted else "talk.says.source", who=talk.wanted)
            return (said[:1].upper() + said[1:],)
        case Topic.IN_LANGUAGE | Topic.FROM_YEAR if not number:
            return (text(language, f"{_CHOSEN[talk.topic]}.none", wanted=wanted),)
        case topic if _is_unknown(talk):
            return (counted(language, _UNKNOWN[topic], number),)
        case topic if topic in _CHOSEN:
            return (counted(language, _CHOSEN[topic], number, wanted=wanted),)
        case topic:
            return lines(language, f"talk.{topic.value}")


def listed(talk: Talk, language: Language) -> Iterator[tuple[Source, str]]:
    """The sources that are listed, each with what is said of it, and for a question of dates what it does not say."""
    if talk.topic not in _WITH_LIST:
        return
    for place, source in enumerate(talk.sources):
        if _is_unknown(talk):
            yield source, source.metadata.publisher or ", ".join(source.metadata.authors)
            continue
        size = talk.sizes[place] if place < len(talk.sizes) else None
        yield source, ", ".join(fact for fact in _facts(talk.topic, source, size, language) if fact)


def own_text(talk: Talk, language: Language) -> str:
    """The same as plain text, the list included."""
    parts = list(own_words(talk, language))
    items = [f"– {titled(source.name, language)}: {facts}".rstrip(": ") for source, facts in listed(talk, language)]
    return "\n".join([*parts, *items])


def _is_unknown(talk: Talk) -> bool:
    """Whether nothing of what is asked is known of any of the sources."""
    known = _KNOWN.get(talk.topic)
    return known is not None and bool(talk.sources) and not any(map(known, talk.sources))


def _facts(topic: Topic, source: Source, size: Size | None, language: Language) -> tuple[str | None, ...]:
    """What is said of one source."""
    metadata = source.metadata
    who = metadata.publisher or ", ".join(metadata.authors)
    match topic:
        case Topic.AUTHORS | Topic.SAYS:
            authors = ", ".join(metadata.authors)
            written = text(language, "talk.written", who=authors) if authors else text(language, "talk.no_author")
            published = text(language, "talk.published", who=metadata.publisher) if metadata.publisher else None
            return written, published, metadata.date
        case Topic.LENGTH if size:
            pages = counted(language, "talk.pages", size.pages) if size.pages else text(language, "talk.no_pages")
            return pages, text(language, "talk.size", paragraphs=size.paragraphs, words=size.words)
        case Topic.TONGUE:
            known = metadata.language.value if metadata.language else "unknown"
            return (text(language, f"talk.spoken.{known}"),)
        case Topic.SOURCES:
            return who, metadata.kind, metadata.date
        case _:
            return who, metadata.date or text(language, "talk.undated")

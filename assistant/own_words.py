"""What Kildesvar says of itself and of its sources: its own texts, and facts out of the index. Nothing is made up."""

from collections.abc import Iterator

from assistant.answer import Talk, Topic
from assistant.citation import titled
from assistant.texts import counted, lines, text
from index.documents.document import Language, Source

_WITH_LIST = frozenset({Topic.SOURCES, Topic.DATES, Topic.DATED})
"""Topics that list the sources."""


def own_words(talk: Talk, language: Language) -> tuple[str, ...]:
    """The paragraphs of what Kildesvar says, before the list of sources."""
    number = len(talk.sources)
    match talk.topic:
        case Topic.SOURCES:
            return (counted(language, "talk.sources", number) if number else text(language, "talk.no_sources"),)
        case Topic.DATES | Topic.DATED if not number:
            return (text(language, "talk.no_sources"),)
        case Topic.SUMMARY:
            names = ", ".join(titled(source.name, language) for source in talk.sources)
            return (counted(language, "talk.summary", number, names=names),)
        case topic:
            return lines(language, f"talk.{topic.value}")


def listed(talk: Talk, language: Language) -> Iterator[tuple[Source, str]]:
    """The sources that are listed, each with who and when; for a question of dates, what it does not say as well."""
    if talk.topic not in _WITH_LIST:
        return
    for source in talk.sources:
        metadata = source.metadata
        who = metadata.publisher or ", ".join(metadata.authors)
        undated = text(language, "talk.undated") if talk.topic is not Topic.SOURCES else None
        facts = (who, metadata.kind if talk.topic is Topic.SOURCES else None, metadata.date or undated)
        yield source, ", ".join(fact for fact in facts if fact)


def own_text(talk: Talk, language: Language) -> str:
    """The same as plain text, the list included."""
    parts = list(own_words(talk, language))
    items = [f"– {titled(source.name, language)}: {facts}".rstrip(": ") for source, facts in listed(talk, language)]
    return "\n".join([*parts, *items])

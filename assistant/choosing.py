"""Which sources to search: by publisher, kind, year and language, as the documents say of themselves."""

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from enum import StrEnum

from assistant.citation import year
from index.documents.document import Source
from index.errors import NoSuchSources


class Facet(StrEnum):
    """What sources can be told apart by."""

    PUBLISHER = "publisher"
    KIND = "kind"
    YEAR = "year"
    LANGUAGE = "language"


@dataclass(frozen=True, slots=True)
class Choice:
    """What was asked for: within a facet any of its values, and of all facets each."""

    wanted: frozenset[tuple[Facet, str]] = frozenset()

    def toggled(self, facet: Facet, value: str) -> "Choice":
        """With this value too, or without it where it was there."""
        return Choice(self.wanted ^ {(facet, value)})

    def values(self, facet: Facet) -> frozenset[str]:
        """What is wanted of one facet; empty is anything."""
        return frozenset(value for other, value in self.wanted if other is facet)

    def matches(self, source: Source, *, but: Facet | None = None) -> bool:
        """Whether the source is asked for; ``but`` is a facet that does not count."""
        facets = {facet for facet, _ in self.wanted} - {but}
        return all(value_of(source, facet) in self.values(facet) for facet in facets)


def value_of(source: Source, facet: Facet) -> str | None:
    """What the source says of itself; None where it does not say."""
    metadata = source.metadata
    match facet:
        case Facet.PUBLISHER:
            return metadata.publisher
        case Facet.KIND:
            return metadata.kind
        case Facet.YEAR:
            return year(source)
        case Facet.LANGUAGE:
            return metadata.language.value if metadata.language else None


def values_of(sources: Sequence[Source], facet: Facet, choice: Choice | None = None) -> tuple[tuple[str, int], ...]:
    """A facet's values and how many sources each would give, beside what is chosen of the other facets.

    The most frequent first; years from the newest on.
    """
    choice = choice or Choice()
    values = {value for source in sources if (value := value_of(source, facet))}
    counts = Counter(value_of(source, facet) for source in sources if choice.matches(source, but=facet))
    everywhere = Counter(value_of(source, facet) for source in sources)
    if facet is Facet.YEAR:
        ordered = sorted(values, reverse=True)
    else:
        ordered = sorted(values, key=lambda value: (-everywhere[value], value.casefold()))
    return tuple((value, counts[value]) for value in ordered)


def matching(sources: Sequence[Source], choice: Choice) -> tuple[str, ...]:
    """The ids of the sources that are asked for."""
    return tuple(source.id for source in sources if choice.matches(source))


def choice_of(sources: Sequence[Source], wanted: Collection[tuple[Facet, str]]) -> Choice:
    """The choice that was written by hand: letters may be large or small.

    Raises ``NoSuchSources`` for a value that no source has, or when no source has them all.
    """
    found = set()
    for facet, written in wanted:
        known = [value for value, _ in values_of(sources, facet)]
        same = [value for value in known if value.casefold() == written.strip().casefold()]
        if not same:
            raise NoSuchSources(wish=f"{facet.value} {written}", known=", ".join(known) or "–")
        found |= {(facet, value) for value in same}
    choice = Choice(frozenset(found))
    if not matching(sources, choice):
        wish = ", ".join(f"{facet.value} {value}" for facet, value in wanted)
        raise NoSuchSources(wish=wish, known=", ".join(source.name for source in sources) or "–")
    return choice

"""Which source is "artikkelen om bortvisninger"? One of that kind that tells of it, more than the others do."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.talk import kind_words, slot_words
from index.documents.document import Source
from index.engines import Engine
from index.language import Analyser
from index.search import search

_READ = 10
"""Passages that are looked at."""
_MOST = 0.5
"""Share of their weight that one source must have to be the one that is meant."""
_ANY_KIND = frozenset(
    "dokument dokumentet kilde kilden kjelde kjelda tekst teksten fil filen fila document source text file".split()  # noqa: SIM905
)
"""What every source may be called."""
_TOLD = re.compile(
    r"(?P<before>.*?\b(?P<kind>\w+)) (?:om|av|about|of|on) (?P<topic>.+?)"
    r"(?P<after> (?:på|skrevet|skrive|skreve|publisert|utgitt|utgjeve|utgjeven|laget|laga|fra|frå|written|published))?"
)


@dataclass(frozen=True, slots=True)
class Description:
    """A source as a question describes it."""

    kind: str
    """What it is called: "artikkelen"."""
    topic: str
    rest: str
    """The question without the topic."""


def description_in(words: str, sources: Sequence[Source]) -> Description | None:
    """The description in a question's words in lower case, single spaces; None where there is none.

    >>> description_in("hvem har skrevet artikkelen om havna", ())
    Description(kind='artikkelen', topic='havna', rest='hvem har skrevet artikkelen')
    """
    found = _TOLD.fullmatch(words)
    kinds = {*slot_words()["document"].split("|"), *(word for source in sources for word in kind_words(source))}
    if found is None or found["kind"] not in kinds:
        return None
    return Description(found["kind"], found["topic"], found["before"] + (found["after"] or ""))


def described(
    description: Description, sources: Sequence[Source], *, engine: Engine, analyser: Analyser
) -> Source | None:
    """The source that is meant; None where that is not plain.

    It has every telling word of the topic, and most of the passages that tell of it.

    Raises:
        IndexFault, EncoderError: The index or the encoder cannot be used.
    """
    likely = {it.id: it for it in sources if _may_be(description.kind, it)}
    hits = search(engine, description.topic, analyser=analyser, k=_READ, documents=frozenset(likely))
    weights: dict[str, float] = {}
    for hit in hits:
        if hit.lexical > 0:
            weights[hit.document.id] = weights.get(hit.document.id, 0.0) + 1 / hit.rank
    best = max(weights, key=weights.__getitem__, default=None)
    if best is None or weights[best] < _MOST * sum(weights.values()):
        return None
    asked = {analyser.stem(word) for word in description.topic.split()} & set(analyser.terms(description.topic))
    written = f"{likely[best].metadata.title or ''} {engine.document(best).text}"
    return likely[best] if asked <= set(analyser.terms(written)) else None


def _may_be(kind: str, source: Source) -> bool:
    """Whether a source may be called that: by its kind ("avisartikkel" is an "artikkel"), or as its kind is unknown."""
    return kind in _ANY_KIND or not source.metadata.kind or any(word.endswith(kind) for word in kind_words(source))

"""Readings -> Quotes: the sentences that answer, whole, once each, best first."""

import re
from collections.abc import Sequence

from assistant.answer import Quote, Reading
from index.paragraph import Sentence

MAX_QUOTES = 5
MAX_SENTENCES = 3
"""A quote is one to three whole sentences."""
NEIGHBOUR_SHARE = 0.6
"""A neighbouring sentence joins the quote when its evidence is at least this share of the best sentence's …"""
NEIGHBOUR_FLOOR = 0.5
"""… and at least this much."""
QUOTE_SHARE = 0.35
"""A further quote is shown when its score is at least this share of the first one's."""
SAME_CLAIM = 0.8
"""Two quotes whose words overlap this much (Jaccard) make the same claim."""

_WORD = re.compile(r"\w+")


def quote(readings: Sequence[Reading], *, limit: int = MAX_QUOTES) -> tuple[Quote, ...]:
    """At most ``limit`` quotes, best first; none twice, not even in other passages' words."""
    candidates = sorted(
        (cut(reading) for reading in readings if reading.evidence), key=lambda candidate: -candidate.score
    )
    chosen: list[Quote] = []
    for candidate in candidates:
        if len(chosen) == limit or (chosen and candidate.score < QUOTE_SHARE * chosen[0].score):
            break
        if not any(repeats(candidate, earlier) for earlier in chosen):
            chosen.append(candidate)
    return tuple(chosen)


def cut(reading: Reading) -> Quote:
    """The best quote of one passage: its best sentence, with the neighbours that answer nearly as well."""
    sentences, evidence = reading.hit.passage.sentences, reading.evidence
    best = max(range(len(evidence)), key=evidence.__getitem__)
    needed = max(NEIGHBOUR_FLOOR, NEIGHBOUR_SHARE * evidence[best])
    first = last = best
    while last - first + 1 < MAX_SENTENCES:
        before = evidence[first - 1] if first > 0 else 0.0
        after = evidence[last + 1] if last + 1 < len(evidence) else 0.0
        if max(before, after) < needed:
            break
        if before >= after:
            first -= 1
        else:
            last += 1
    start, end = sentences[first].start, sentences[last].end
    return Quote(
        document=reading.hit.document,
        paragraph=reading.hit.passage.paragraph,
        start=start,
        end=end,
        score=reading.relevance,
        short=_within(reading.short, start, end),
    )


def repeats(quote: Quote, other: Quote) -> bool:
    """Whether two quotes make the same claim: they overlap in one document, or say nearly the same words."""
    if quote.document.id == other.document.id and quote.start < other.end and other.start < quote.end:
        return True
    words, others = _bag(quote.text), _bag(other.text)
    return len(words & others) >= SAME_CLAIM * len(words | others)


def _bag(text: str) -> frozenset[str]:
    return frozenset(_WORD.findall(text.lower()))


def _within(short: Sentence | None, start: int, end: int) -> Sentence | None:
    return short if short and start <= short.start < short.end <= end else None

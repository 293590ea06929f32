"""What the answer just given tells of the next one: a follow-up goes on from there, but does not ask for it again.

Only the quote that was shown first counts. It was read as the answer; what was shown further may well be what is asked
for next, unless it is more that is asked for.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from assistant.answer import Reading
from assistant.odds import logit, probability
from assistant.quoting import cut
from index.documents.document import Document
from index.surroundings import surroundings_of

QUOTED, AGAIN = 4.0, 2.0
"""By how much a sentence of the answer, and a passage that has nothing better, is believed less, as logits."""
NEXT, FADES = 0.6, 0.85
"""By how much more the sentence after it is; with each further step that share of it."""
FOLLOWS = 0.5
"""By how much less everything: where the answer is out of the way, the rest looks surer than it is."""
NAMES_ANOTHER = 4.0
"""In place of ``AGAIN`` where the follow-up only names something else: the answer is none. A judgement."""
_TELLING = 20
"""Characters of the shortest sentence that tells where a quote is from."""


@dataclass(frozen=True, slots=True)
class _Place:
    """Where in a document the last answer stands."""

    numbers: dict[int, int]
    """Of the document's sentences, by their start."""
    answer: range
    """The numbers of those that the answer begins with; empty where it is from another document."""
    shown: frozenset[int] = frozenset()
    """The numbers of those that were shown besides, where they are no answer either."""

    def change(self, start: int, repeated: float) -> float:
        """By how much a sentence is believed more because of where it stands, or less because it repeats."""
        number = self.numbers.get(start)
        if number in self.answer or number in self.shown:
            return -repeated
        if number is None or not self.answer or number < self.answer.start:
            return 0.0
        return NEXT * FADES ** (number - self.answer.stop)


def going_on(readings: Sequence[Reading], quoted: str, *, another: bool, more: bool) -> tuple[Reading, ...]:
    """The readings of a follow-up as one takes them who has just read the last answer.

    Args:
        readings: What the reader made of the follow-up.
        quoted: The last answers' words, the last first, white space collapsed; empty where there were none.
        another: It is asked about something else, to which the last answer cannot be the answer.
        more: It is asked for more of the same, which nothing is that was shown.
    """
    if not quoted:
        return tuple(readings)
    documents = {reading.hit.document.id: reading.hit.document for reading in readings}
    places = {key: _place(document, quoted, more=more) for key, document in documents.items()}
    return tuple(_told(it, places[it.hit.document.id], another=another) for it in readings)


def holds_any(document: Document, quoted: str) -> bool:
    """Whether a telling sentence of the document is among what was quoted (white space collapsed)."""
    _, words = _sentences(document)
    return any(len(it) > _TELLING and it in quoted for it in words)


def _place(document: Document, quoted: str, *, more: bool) -> _Place:
    numbers, words = _sentences(document)
    opening = [number for number, it in enumerate(words) if f"{quoted} ".startswith(f"{it} ")]
    first = last = max(opening, key=lambda number: len(words[number]), default=0)
    rest = f"{quoted} " if opening else ""
    while last < len(words) and rest.startswith(f"{words[last]} "):
        rest, last = rest[len(words[last]) + 1 :], last + 1
    shown = (number for number, it in enumerate(words) if more and len(it) > _TELLING and it in quoted)
    return _Place(numbers, range(first, last), frozenset(shown))


def _sentences(document: Document) -> tuple[dict[int, int], list[str]]:
    """The numbers of a document's sentences by their start, and their words, white space collapsed."""
    found = [it for paragraph in surroundings_of(document).paragraphs for it in paragraph.sentences]
    words = [" ".join(document.text[it.start : it.end].split()) for it in found]
    return {it.start: number for number, it in enumerate(found)}, words


def _told(reading: Reading, place: _Place, *, another: bool) -> Reading:
    if not reading.evidence:
        return reading
    changes = [place.change(it.start, QUOTED) for it in reading.hit.passage.sentences]
    evidence = tuple(
        probability(logit(share) + change) for share, change in zip(reading.evidence, changes, strict=True)
    )
    told = replace(reading, evidence=evidence)
    change = place.change(cut(told).start, NAMES_ANOTHER if another else AGAIN) - FOLLOWS
    return replace(told, relevance=probability(logit(reading.relevance) + change))

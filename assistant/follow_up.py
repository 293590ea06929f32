"""How a follow-up is searched for and read: in several forms, since no single one is what the reader was trained on.

"Hva er målet med den? (Når startet operasjonen?)" is searched for as people talk, topic first, and read three times:
so, topic first, and without what it follows. By itself each misleads: what the follow-up follows draws the reader back
to the answer just given, and without it the reader does not know what is spoken of. The mean of the three errs least.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Self

from assistant.answer import Reading
from assistant.brackets import in_brackets
from assistant.odds import logit, probability
from assistant.quoting import cut
from assistant.reader import Reader
from index.documents.document import Document
from index.hit import Hit
from index.segmentation import paragraphs

_WHOLE, _TOPIC_FIRST, _ALONE = 2.0, 2.0, 1.0
"""Weights of the forms, chosen on Saksprosa's train questions (docs/conversation.md)."""
_QUOTED, _AGAIN, _SAME_DOCUMENT = 2.0, 1.0, 0.5
"""By how much a sentence that was just quoted, and a passage that has nothing else, is believed less, and a passage of
the document that was quoted more, as logits."""
_TELLING = 20
"""Characters of the shortest sentence that tells where a quote is from."""
_EDGE = 1e-6
_ANOTHER = 4.0
"""In place of the first two where the follow-up only names something else: the last answer is none. A judgement."""
_ANOTHER_THING = re.compile(
    r"\W*(?:og|men|hva med|kva med|enn|and|but|what about|how about)\b"
    r"(?!.*\b(?:når|hv\w+|kv\w+|kor\w*|when|where|wh[oy]|how)\b)(?:\s+[\w-]+){1,4}\W*$",
    re.IGNORECASE,
)
"""Nothing is asked but the name: "Og i trafikken?", not "Og når åpner den?"."""


@dataclass(frozen=True, slots=True)
class Forms:
    """A question as it is searched for and as it is read."""

    question: str
    """As it is understood and shown."""
    searched: str
    read: tuple[tuple[str, float], ...]
    """Each with its weight."""
    quoted: str = ""
    """What was answered last, if it is a follow-up; white space collapsed."""

    @classmethod
    def of(cls, question: str, quoted: str = "") -> Self:
        """The forms of a question that stands alone, or of one with what it follows in brackets.

        Args:
            question: As ``assistant.question.continuing`` writes a follow-up, or any other.
            quoted: The last answer's words.

        >>> Forms.of("Og i fjor? (Hvor mange sank?)").searched
        'Hvor mange sank? Og i fjor?'
        """
        found = in_brackets(question)
        if found is None:
            return cls(question, question, ((question, 1.0),))
        talked = f"{found.followed} {found.asked}"
        read = ((question, _WHOLE), (talked, _TOPIC_FIRST), (found.asked, _ALONE))
        return cls(question, talked, read, " ".join(quoted.split()))


def read_in(forms: Forms, reader: Reader, hits: Sequence[Hit]) -> tuple[Reading, ...]:
    """One reading a hit, in the order of the hits: the weighted mean of the forms' logits, told by what was quoted."""
    readings = [(reader.read(text, hits), weight) for text, weight in forms.read]
    if len(readings) == 1:
        return readings[0][0]
    mean = tuple(_mean([(several[i], weight) for several, weight in readings]) for i in range(len(hits)))
    return _beside(mean, forms.quoted, another=_names_another(forms))


def holds_any(document: Document, quoted: str) -> bool:
    """Whether a telling sentence of the document is among what was quoted (white space collapsed)."""
    sentences = (it for paragraph in paragraphs(document) for it in paragraph.sentences)
    words = (" ".join(document.text[it.start : it.end].split()) for it in sentences)
    return any(len(sentence) > _TELLING and sentence in quoted for sentence in words)


def _mean(readings: Sequence[tuple[Reading, float]]) -> Reading:
    first = readings[0][0]
    evidence = tuple(
        _mean_of([(reading.evidence[place], weight) for reading, weight in readings])
        for place in range(len(first.evidence))
    )
    return replace(
        first,
        relevance=_mean_of([(reading.relevance, weight) for reading, weight in readings]),
        evidence=evidence,
        short=next((it.short for it, _ in readings if _best(it.evidence) == _best(evidence)), None),
    )


def _beside(readings: Sequence[Reading], quoted: str, *, another: bool) -> tuple[Reading, ...]:
    """The readings as one takes them who has just read the last answer: it goes on there, but does not repeat it.

    ``another``: it is asked about something else, to which the last answer cannot be the answer.
    """
    repeated, again = (_ANOTHER, _ANOTHER) if another else (_QUOTED, _AGAIN)
    documents = {reading.hit.document.id for reading in readings if quoted and _holds(reading.hit, quoted)}
    told = []
    for reading in readings:
        change = _SAME_DOCUMENT if reading.hit.document.id in documents else 0.0
        reading = replace(reading, evidence=_fresh(reading, quoted, repeated))
        if reading.evidence and quoted and " ".join(cut(reading).text.split()) in quoted:
            change -= again
        told.append(replace(reading, relevance=probability(logit(reading.relevance, edge=_EDGE) + change)))
    return tuple(told)


def _names_another(forms: Forms) -> bool:
    """Whether the question is "Og i trafikken?" or the like, with what it follows in brackets."""
    found = in_brackets(forms.question)
    return bool(found and _ANOTHER_THING.match(found.asked))


def _fresh(reading: Reading, quoted: str, repeated: float) -> tuple[float, ...]:
    """The evidence of the sentences, less for those that were just quoted: their neighbour may go on from there."""
    return tuple(
        probability(logit(share, edge=_EDGE) - repeated) if quoted and words in quoted else share
        for share, words in zip(reading.evidence, _sentences(reading.hit), strict=True)
    )


def _holds(hit: Hit, quoted: str) -> bool:
    return any(len(sentence) > _TELLING and sentence in quoted for sentence in _sentences(hit))


def _sentences(hit: Hit) -> list[str]:
    """The passage's sentences, white space collapsed."""
    return [" ".join(hit.document.text[it.start : it.end].split()) for it in hit.passage.sentences]


def _best(evidence: Sequence[float]) -> int | None:
    return max(range(len(evidence)), key=evidence.__getitem__, default=None)


def _mean_of(probabilities: Sequence[tuple[float, float]]) -> float:
    weights = sum(weight for _, weight in probabilities)
    return probability(sum(weight * logit(share, edge=_EDGE) for share, weight in probabilities) / weights)

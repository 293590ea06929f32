"""How a follow-up is searched for and read: in several forms, since no single one is what the reader was trained on.

"Hva er målet med den? (Når startet operasjonen?)" is searched for as people talk, topic first, and read three times:
so, topic first, and without what it follows. By itself each misleads: what the follow-up follows draws the reader back
to the answer just given, and without it the reader does not know what is spoken of. The mean of the three errs least.

"Noe mer?" has nothing of its own to read: the question before it is read again, past all that was shown.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Self

from assistant.answer import Reading
from assistant.asking_more import asks_more
from assistant.brackets import in_brackets
from assistant.going_on import going_on
from assistant.odds import logit, probability
from assistant.question_words import ASKS
from assistant.reader import Reader
from index.hit import Hit

_WHOLE, _TOPIC_FIRST, _ALONE = 2.0, 2.0, 1.0
"""Weights of the forms, chosen on Saksprosa's train questions (docs/conversation.md)."""
_ANOTHER_THING = re.compile(
    r"\W*(?:og|men|hva med|kva med|enn|and|but|what about|how about)\b(?P<name>(?:\s+[\w-]+){1,4})\W*$",
    re.IGNORECASE,
)
"""Nothing is asked but the name, where that holds no question word: "Og i trafikken?", not "Og når åpner den?"."""


@dataclass(frozen=True, slots=True)
class Forms:
    """A question as it is searched for and as it is read."""

    question: str
    """As it is understood; of one that only asks for more, the question that it asks more about."""
    searched: str
    read: tuple[tuple[str, float], ...]
    """Each with its weight."""
    quoted: str = ""
    """What was answered, the last first, if it is a follow-up; white space collapsed."""
    more: bool = False
    """It only asks for more: nothing that was shown is the answer."""

    @classmethod
    def of(cls, question: str, quoted: str = "") -> Self:
        """The forms of a question that stands alone, or of one with what it follows in brackets.

        Args:
            question: As ``assistant.question.continuing`` writes a follow-up, or any other.
            quoted: The last answers' words, the last first.

        >>> Forms.of("Og i fjor? (Hvor mange sank?)").searched
        'Hvor mange sank? Og i fjor?'
        >>> Forms.of("Noe mer? (Hvor mange sank?)").searched
        'Hvor mange sank?'
        """
        found = in_brackets(question)
        if found is None:
            return cls(question, question, ((question, 1.0),))
        if asks_more(found.asked):
            return replace(cls.of(found.before), quoted=" ".join(quoted.split()), more=True)
        read = ((question, _WHOLE), (found.topic_first, _TOPIC_FIRST), (found.asked, _ALONE))
        return cls(question, found.topic_first, read, " ".join(quoted.split()))


def read_in(forms: Forms, reader: Reader, hits: Sequence[Hit]) -> tuple[Reading, ...]:
    """One reading a hit, in the order of the hits: the weighted mean of the forms' logits, told by what was quoted."""
    readings = [(reader.read(text, hits), weight) for text, weight in forms.read]
    mean = readings[0][0]
    if len(readings) > 1:
        mean = tuple(_mean([(several[i], weight) for several, weight in readings]) for i in range(len(hits)))
    return going_on(mean, forms.quoted, another=_names_another(forms), more=forms.more)


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


def _names_another(forms: Forms) -> bool:
    """Whether the question is "Og i trafikken?" or the like, with what it follows in brackets."""
    found = in_brackets(forms.question)
    another = _ANOTHER_THING.match(found.asked) if found else None
    return bool(another and not ASKS.search(another["name"]))


def _best(evidence: Sequence[float]) -> int | None:
    return max(range(len(evidence)), key=evidence.__getitem__, default=None)


def _mean_of(probabilities: Sequence[tuple[float, float]]) -> float:
    weights = sum(weight for _, weight in probabilities)
    return probability(sum(weight * logit(share) for share, weight in probabilities) / weights)

"""Quotes -> Answer, or a reasoned "not in the sources"."""

from collections.abc import Sequence
from dataclasses import dataclass

from assistant.answer import Quote, Reading, Reason
from assistant.quoting import quote
from assistant.reader import Reader, Strictness


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the readings of one search amount to."""

    answered: bool
    confidence: float
    """Calibrated probability that the first quote answers, 0 to 1."""
    reason: Reason | None
    """Set exactly when ``answered`` is false."""
    quotes: tuple[Quote, ...]
    """Best first; the nearest sentences when not answered."""
    readings: tuple[Reading, ...]


def judge(readings: Sequence[Reading], *, reader: Reader, strictness: Strictness) -> Verdict:
    """Answer when the reader's confidence reaches its threshold; otherwise say that the sources do not."""
    confidence = reader.confidence(readings)
    answered = bool(readings) and confidence >= reader.thresholds[strictness]
    return Verdict(
        answered=answered,
        confidence=confidence,
        reason=None if answered else Reason.NOT_IN_SOURCES,
        quotes=quote(readings),
        readings=tuple(readings),
    )

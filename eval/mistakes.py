"""The answers that went wrong, worst first."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from eval.metrics.quote_hit import quote_hit
from eval.metrics.right_outcome import right_outcome
from eval.row import Row


class MistakeKind(StrEnum):
    """How a question went wrong."""

    ANSWERED_WRONG = "answered_wrong"
    ANSWERED_UNANSWERABLE = "answered_unanswerable"
    REFUSED_RIGHT = "refused_right"
    """The right quote was there, but was not trusted."""
    REFUSED_WRONG = "refused_wrong"


@dataclass(frozen=True, slots=True)
class Mistake:
    """A question whose outcome is not the right one."""

    row: Row
    kind: MistakeKind

    @property
    def order(self) -> tuple[bool, float]:
        """Wrong answers before refusals; of each, the surest first: a refusal is sure when its confidence is low."""
        return (not self.row.answered, -self.row.confidence if self.row.answered else self.row.confidence)


def mistakes(rows: Sequence[Row]) -> tuple[Mistake, ...]:
    """All of them, worst first."""
    wrong = (Mistake(row, _kind(row)) for row in rows if not right_outcome(row))
    return tuple(sorted(wrong, key=lambda mistake: mistake.order))


def _kind(row: Row) -> MistakeKind:
    if row.answered:
        return MistakeKind.ANSWERED_WRONG if row.answerable else MistakeKind.ANSWERED_UNANSWERABLE
    return MistakeKind.REFUSED_RIGHT if quote_hit(row, k=1) else MistakeKind.REFUSED_WRONG

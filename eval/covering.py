"""When a stretch of a document counts as a gold quote: the rule that all measures of passages and quotes share.

A stretch *covers* a gold quote when it lies in the same document and holds, at one of the gold quote's places, at least
half of its words, or the short answer. Half, because the gold is cut into sentences by hand and the system's quote by
rule, and the two need not agree on where a sentence ends; but a quote that merely touches the gold does not count. The
short answer, because a table's cell is a quote of its own where the gold is the row it stands in.
"""

import re
from typing import Protocol

from eval.row import Wanted

ENOUGH = 0.5
"""Share of the gold quote's words from which on it is covered."""
WORD = re.compile(r"\w+")


class Stretch(Protocol):
    """A part of a document: a quote that was given or a passage that was seen."""

    @property
    def document(self) -> str:
        """The file's own name."""
        ...

    @property
    def start(self) -> int:
        """Code points, half-open."""
        ...

    @property
    def end(self) -> int:
        """Code points, half-open."""
        ...

    @property
    def text(self) -> str:
        """The document's text between them."""
        ...


def covered(wanted: Wanted, stretch: Stretch) -> float:
    """Share of the gold quote's words that the stretch holds, 0 to 1; the best of the gold quote's places."""
    if wanted.document != stretch.document:
        return 0.0
    words = len(WORD.findall(wanted.text))
    held = max(len(WORD.findall(_shared(stretch, start, end))) for start, end in wanted.spans) if wanted.spans else 0
    return min(1.0, held / words) if words else 0.0


def covers(stretch: Stretch, wanted: Wanted) -> bool:
    """Whether the stretch holds enough of the gold quote."""
    if wanted.document != stretch.document:
        return False
    return covered(wanted, stretch) >= ENOUGH or _holds_short(stretch, wanted)


def _holds_short(stretch: Stretch, wanted: Wanted) -> bool:
    """Whether the short answer is in what the two share, as words of its own."""
    if wanted.short is None:
        return False
    short = re.compile(rf"(?<!\w){re.escape(' '.join(wanted.short.split()))}(?!\w)")
    return any(short.search(" ".join(_shared(stretch, start, end).split())) for start, end in wanted.spans)


def _shared(stretch: Stretch, start: int, end: int) -> str:
    first, last = max(start, stretch.start), min(end, stretch.end)
    return stretch.text[first - stretch.start : last - stretch.start] if first < last else ""

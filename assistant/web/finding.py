"""Find in a document: where in its whole text do the words stand that a reader looks for?"""

import re
import unicodedata
from dataclasses import dataclass

from assistant.web.address import Span
from index.documents.document import Document

MAX_SOUGHT = 200
"""Characters of what is looked for."""
MAX_HITS = 2_000
"""Places that are told of; more are only counted."""
_ALIKE = ("'’‘´", '"«»“”„', "-‐‑–—", "…")
"""Signs that a keyboard has one of."""


@dataclass(frozen=True, slots=True)
class Found:
    """The places of what was looked for."""

    spans: tuple[Span, ...]
    """In the order of the text, at most ``MAX_HITS``."""
    total: int


def find(document: Document, words: str) -> Found:
    """Where the words stand, in any case, whatever white space is between them: "ÅPEN rus" is in "åpen  russcene"."""
    sought = _pattern(words)
    if sought is None:
        return Found((), 0)
    spans: list[Span] = []
    total = 0
    for match in sought.finditer(document.text):
        total += 1
        if total <= MAX_HITS:
            spans.append(Span(match.start(), match.end()))
    return Found(tuple(spans), total)


def _pattern(words: str) -> "re.Pattern[str] | None":
    """Letters as they are but for their case; composed, since some keyboards write å as a and a ring."""
    composed = unicodedata.normalize("NFC", words[:MAX_SOUGHT]).split()
    if not composed:
        return None
    return re.compile(r"\s+".join("".join(map(_sign, word)) for word in composed), re.IGNORECASE)


def _sign(char: str) -> str:
    alike = next((signs for signs in _ALIKE if char in signs), char)
    return f"[{re.escape(alike)}]" if len(alike) > 1 else re.escape(char)

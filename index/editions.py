"""Is a document another edition of one that is there? Told by the paragraphs that the two have in common.

Two texts are as alike as the share of their letters that stands in paragraphs both have: ``2 · common / (a + b)``, from
0 to 1 (the coefficient of Dice, by length). Short paragraphs are left out, since those that unlike documents share are
short: headings, names, "Les mer". How ``ALIKE`` was chosen: docs/sources.md.
"""

import hashlib
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from index.documents.document import Document, Source

ALIKE = 0.25
"""From this share of common text on, a document is taken for another edition."""
SAME_TEXT = 0.98
"""From this share on, it is the same text (another format, another conversion)."""
_LEAST = 40
"""Letters of a paragraph that counts."""
_NOT_LETTER = re.compile(r"[\W_]+")

Paragraphs = dict[bytes, int]
"""A text's paragraphs: digest of the letters and figures, and how many those are."""


@dataclass(frozen=True, slots=True)
class Kin:
    """The document that is most like another one."""

    source: Source
    common: float
    """Share of common text, 0 to 1."""


class Editions:
    """Remembers the paragraphs of the documents that it has compared. Not for several threads at once."""

    def __init__(self, document: Callable[[str], Document]) -> None:
        """``document`` gives one by its id."""
        self._document = document
        self._known: dict[str, Paragraphs] = {}

    def kin(self, document: Document, among: Iterable[Source]) -> Kin | None:
        """The document of ``among`` that has the most text in common with this one, if that is enough.

        Raises ``UnknownDocument`` if one of ``among`` is gone.
        """
        ours = paragraphs_of(document.text)
        found = [Kin(source, common(ours, self._paragraphs(source.id))) for source in among if source.id != document.id]
        best = max(found, key=lambda kin: kin.common, default=None)
        return best if best is not None and best.common >= ALIKE else None

    def _paragraphs(self, document_id: str) -> Paragraphs:
        if document_id not in self._known:
            self._known[document_id] = paragraphs_of(self._document(document_id).text)
        return self._known[document_id]


def paragraphs_of(text: str) -> Paragraphs:
    """The paragraphs of a canonical text that count; how they are set and punctuated does not matter."""
    found = {}
    for paragraph in text.split("\n\n"):
        letters = _NOT_LETTER.sub("", paragraph.casefold())
        if len(letters) >= _LEAST:
            found[hashlib.blake2b(letters.encode(), digest_size=8).digest()] = len(letters)
    return found


def common(one: Paragraphs, other: Paragraphs) -> float:
    """Share of the letters of both texts that stands in paragraphs both have, 0 to 1."""
    both = sum(one.values()) + sum(other.values())
    return 2 * sum(one[digest] for digest in one.keys() & other.keys()) / both if both else 0.0

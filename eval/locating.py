"""Where a gold quote stands in a document's canonical text."""

import re
import unicodedata
from dataclasses import dataclass

_MARKUP = re.compile(r"\[([^\]]*)\]\([^)]*\)|\*\*|__|(?<!\w)[*_](?=\w)|(?<=\S)[*_](?!\w)|(?<!\S)\|(?!\S)")
"""Links, emphasis, and the bars between the cells of a table."""
_ITEM = re.compile(r"(?<!\S)(?:\w|\d{1,2})[.)]\s+|^[*•–-]\s+")
"""What stands before an item of a list: "c) ", "2. ", "* "."""


@dataclass(frozen=True, slots=True)
class Squeezed:
    """A text without its white space, and the way back."""

    characters: str
    places: tuple[int, ...]
    """Where each character stood, in code points."""


def squeeze(text: str) -> Squeezed:
    """The text without white space: a line wrap in a file may be a space, or nothing, or a new block in another."""
    places = tuple(place for place, character in enumerate(text) if not character.isspace())
    return Squeezed("".join(text[place] for place in places), places)


def locate(text: str, squeezed: Squeezed, wanted: str) -> tuple[tuple[int, int], ...]:
    r"""Every place of ``wanted`` in ``text`` (of which ``squeezed`` is the squeezed form), white space apart.

    Code points, half-open. A place begins and ends where words do. If the words as they are stand nowhere, they are
    looked for without their Markdown markup, then without the marks of list items too.

    >>> text = "Badet\nåpner kl. 7."
    >>> locate(text, squeeze(text), "Badet åpner")
    ((0, 11),)
    """
    plain = _MARKUP.sub(r"\1", wanted)
    for form in dict.fromkeys((wanted, plain, _ITEM.sub("", plain))):
        if spans := _places(text, squeezed, squeeze(unicodedata.normalize("NFC", form)).characters):
            return spans
    return ()


def _places(text: str, squeezed: Squeezed, needle: str) -> tuple[tuple[int, int], ...]:
    spans = []
    position = squeezed.characters.find(needle) if needle else -1
    while position >= 0:
        start, end = squeezed.places[position], squeezed.places[position + len(needle) - 1] + 1
        if _at_words(text, start, end):
            spans.append((start, end))
        position = squeezed.characters.find(needle, position + 1)
    return tuple(spans)


def _at_words(text: str, start: int, end: int) -> bool:
    inside_before = start > 0 and text[start - 1].isalnum() and text[start].isalnum()
    inside_after = end < len(text) and text[end - 1].isalnum() and text[end].isalnum()
    return not inside_before and not inside_after

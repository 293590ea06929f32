"""What a text goes on with after a mark that may end a sentence."""

import re
from dataclasses import dataclass
from enum import StrEnum

from index.abbreviations import STARTERS

_AFTER = re.compile(
    r"(?P<gap>\s*)(?P<dash>[-–—−]{1,3}\s?)?(?P<open>[«»\"“”„‘’'(\[*_]{0,6})(?P<word>\w{0,40})(?P<rest>.?.?)", re.DOTALL
)


class Following(StrEnum):
    """What the text goes on with after a mark."""

    CAPITAL = "capital"
    SMALL = "small"
    NUMBER = "number"
    """A figure or "§"."""
    SIGN = "sign"
    """A sign that may open a sentence: a bullet, an emoji."""
    CONTINUED = "continued"
    """A sign that can't: a comma, a bracket that closes, a percent sign."""
    END = "end"


@dataclass(frozen=True, slots=True)
class After:
    """The next word and what stands before it."""

    kind: Following
    word: str
    gap: bool
    dash: str
    opened: str
    rest: str
    """The two characters after ``word``."""

    @property
    def starts(self) -> bool:
        """A word that begins sentences and hardly ever a name ("I" before a full stop is an initial)."""
        return self.kind is Following.CAPITAL and self.word.casefold() in STARTERS and self.rest[:1] != "."


def look_ahead(block: str, position: int) -> After:
    """What stands in ``block`` from ``position`` on."""
    found = _AFTER.match(block, position)
    if found is None:  # can't be: every part of the pattern may be empty
        raise AssertionError(position)
    word, rest = found["word"], found["rest"]
    return After(
        kind=_kind(word, rest),
        word=word,
        gap=bool(found["gap"]) or found.end("gap") == len(block),
        dash=found["dash"] or "",
        opened=found["open"],
        rest=rest,
    )


def _kind(word: str, rest: str) -> Following:
    if not word:
        if not rest:
            return Following.END
        if rest[0] == "§":
            return Following.NUMBER
        return Following.CONTINUED if rest[0] in ",;:.!?)]}»%/&=…" else Following.SIGN
    if word[0].isnumeric():
        return Following.NUMBER
    if word[0].islower() and not any(letter.isupper() for letter in word[1:]):  # "iPhone", "eHelse" may begin one
        return Following.SMALL
    return Following.CAPITAL

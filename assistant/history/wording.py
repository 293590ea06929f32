"""What a search in kept conversations looks through, and what it looks for.

Plain containment in folded words, not SQLite's full-text index: that keeps what was deleted in its segments, knows no
Norwegian compounds, and a desk's conversations are few enough to be read through.
"""

import re
from unicodedata import normalize

_LETTERS = str.maketrans({"å": "aa", "æ": "ae", "ä": "ae", "ø": "oe", "ö": "oe"})
"""Foreign keyboards write them so; with both sides folded, either way of writing finds the other."""
_INSIDE = 4
"""Letters from which on a word is found inside others too: "dødsfall" in "overdosedødsfall"; "ol" not in "politi"."""
_MOST = 12
"""Words of a search that count."""


def folded(*texts: str) -> str:
    """The words of the texts, each after a space, in the form that is compared.

    >>> folded("Blåbær, SOM før!")
    ' blaabaer som foer'
    """
    words = re.findall(r"\w+", normalize("NFKC", " ".join(texts)).casefold())
    return "".join(f" {word.translate(_LETTERS)}" for word in words)


def sought(query: str) -> tuple[str, ...]:
    """What must be contained in ``folded`` text, all of it: beginnings of words, and from four letters on any part."""
    words = folded(query).split()[:_MOST]
    return tuple(word if len(word) >= _INSIDE else f" {word}" for word in words)

"""How common a Norwegian word is in general: in subtitles, news, books, encyclopedias and what people write online.

wordfreq's list (Robyn Speer, data under CC BY-SA 4.0) has 319,000 words of Bokmål and, fewer, of Nynorsk, down to one
in a hundred million. It takes a third of a second to read, and is read when it is first asked for.
"""

from collections.abc import Mapping
from functools import lru_cache

from wordfreq import get_frequency_dict

COMMON = 2e-7
"""Share of running words from which on a word is held for one, and not for a slip that many make ("komunen")."""

_EVERYDAY = 2e-6


def general_frequency(word: str) -> float:
    """Share of running words, 0 to 1; 0 for a word that is not listed.

    >>> general_frequency("skole") > COMMON > general_frequency("skoel")
    True
    """
    return _frequencies().get(word, 0.0)


def everyday_words() -> list[str]:
    """The seven thousand words or so that anybody may use about anything."""
    return [word for word, share in _frequencies().items() if share >= _EVERYDAY and word.isalpha()]


@lru_cache(maxsize=1)
def _frequencies() -> Mapping[str, float]:
    return get_frequency_dict("nb", wordlist="large")

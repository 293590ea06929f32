"""Is a word the regular Nynorsk form of a word that is known in Bokmål? "dømde" is "dømte", "leiarane" is "lederne".

The frequency list is one of Bokmål, and documents are mostly in one of the two standards. So that a word is in neither
does not tell that it is misspelt, if only its form is of the other standard.
"""

import re
from collections.abc import Callable, Iterator

from index.stems import nynorsk_words

_PLAIN = (
    (r"ane$", "ene"),
    (r"anes$", "enes"),
    (r"mde$", "mte"),
    (r"leg(e|are|ast|aste)?$", r"lig\1"),
    (r"aren$", "eren"),
    (r"inga$", "ingen"),
    (r"ingar$", "inger"),
    (r"^kv", "hv"),
)
"""Forms that no slip makes: pattern in Nynorsk, and what Bokmål has there."""
_ENDINGS = (
    ("ar", ("er", "e", "ere")),
    ("are", ("ere",)),
    ("ast", ("est", "es")),
    ("aste", ("este",)),
    ("est", ("es",)),
    ("ande", ("ende",)),
    ("a", ("en", "et", "ene", "e")),
    ("de", ("te",)),
    ("te", ("et",)),
    ("d", ("t",)),
    ("e", ("",)),
    ("ek", ("ar",)),
)
"""Endings that a slip may make as well: believed only in a question that is in Nynorsk."""
_WITHIN = tuple(
    (re.compile(pattern), bokmaal)
    for pattern, bokmaal in (
        (r"^kv", "hv"),
        (r"^opn", "åpn"),
        (r"^føre", "fore"),
        (r"^føre", "for"),
        (r"(?<=[gk])j(?=[ea])", ""),
        (r"leg(?=e|a|$)", "lig"),
        (r"stad", "sted"),
        (r"(?<=[a-zæøå])ad(?=$|en|ar)", "ed"),
        (r"on(?=$|en|ar)", "en"),
        (r"eig(?=[ea])", "ei"),
        (r"leia", "lede"),
        (r"ei", "e"),
        (r"au", "ø"),
        (r"øy", "ø"),
        (r"ald", "old"),
        (r"uld", "yld"),
        (r"jø", "je"),
        (r"ju", "y"),
        (r"å$", "a"),
        (r"kn", "gn"),
    )
)
"""What differs within a word."""
_SHORTEST = 4
"""Letters; what is shorter is no evidence of anything."""


def is_nynorsk(word: str, known: Callable[[str], bool], *, surely: bool) -> bool:
    """Whether a word in lower case is the Nynorsk form of one that is known.

    Args:
        word: As it was written.
        known: Whether a word is one in Bokmål.
        surely: What surrounds the word is in Nynorsk; else only plain forms count.

    >>> is_nynorsk("dømde", {"dømte"}.__contains__, surely=False)
    True
    >>> [is_nynorsk("turar", {"turer"}.__contains__, surely=it) for it in (True, False)]
    [True, False]
    """
    if word in nynorsk_words():
        return True
    if len(word) < _SHORTEST:
        return False
    if any(known(it) for it in _plainly(word)):
        return True
    return surely and any(known(it) for it in _counterparts(word) if it != word)


def _plainly(word: str) -> Iterator[str]:
    for pattern, bokmaal in _PLAIN:
        counterpart = re.sub(pattern, bokmaal, word)
        if counterpart != word:
            yield counterpart


def _counterparts(word: str) -> Iterator[str]:
    """The word in Bokmål, if it is regular: another ending, what differs within it, or both."""
    for bones in _within(word):
        yield bones
        for ending, others in _ENDINGS:
            if bones.endswith(ending):
                yield from (bones.removesuffix(ending) + other for other in others)
        yield from _plainly(bones)


def _within(word: str) -> Iterator[str]:
    """The word, and the word with each thing, or all things, within it as Bokmål has them."""
    yield word
    everything = word
    for pattern, bokmaal in _WITHIN:
        yield pattern.sub(bokmaal, word)
        everything = pattern.sub(bokmaal, everything)
    yield everything

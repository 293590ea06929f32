"""How much a question looks like a follow-up rather than a new one."""

import re

from index.language import Analyser

REACHES_BACK = 1.0
"""The least leaning of a question that is held for a follow-up itself, so that what follows on it takes both along."""

_CONSTANT, _OPENS, _POINTS, _NAMES, _ONLY_NAMES = 5.14, 6.81, 2.87, -1.73, -2.38
_CONTENT, _LENGTH, _LOWER = -1.11, -0.24, -0.74
"""Weights of ``leaning``."""

_ENOUGH = 2
"""Telling words of a question that says what is spoken of."""

_OPENERS = re.compile(
    r"^\s*(og|men|enn|hva med|kva med|hva så|hvorfor det|kvifor det|hvordan da|korleis da|and|but|what about|why so)\b",
    re.IGNORECASE,
)
"""Openings that no first question has: "Og året før?", "Hva med politiet?"."""
_POINTING = """
    den det de han hun hen dem ham henne hans hennes deres denne dette disse der da slik sånn slikt sånt
    dei ho honom hennar deira desse dette såleis dit derfra derifrå
    it they them he she him her their this that these those there
"""
_POINTERS = frozenset(_POINTING.split())
"""Words that point back at something already said."""
_POINTING_BACK = re.compile(
    r"\b(?:i ?sted(?:et|en)|i ?staden|instead)\b(?! for| of)|\b(?:forrige gang|førre gong(?:en)?|last time)\b(?= *\W*$)"
)
"""Points back too, where it is not said instead of what, or the last time of what."""
_COMMON = """
    si sier sa seier mener meiner mente synes synest tenker tenkjer tror trur gjør gjer gjorde vil skal kan bør må var
    være vere blir blei ble har hadde fikk får andre annet anna mer meir flere fleire ellers elles også igjen
    say says said think thinks does did do other others more also again
"""
_LIGHT = frozenset(_COMMON.split())
"""Words that are too common to make a question stand alone."""
_COPULA = "er|var|vært|finnes|fins|finst|fantes|blir|ble|blei|vart|is|was|are|were"
_PASSIVE = (
    r"\b(?!hvis|elles|ellers)\w+[aeiosyåø]s det\b(?!\W*$)"
    r"(?! (?:av|for|fra|frå|fortsatt|framleis|hos|i|ikke|ikkje|med|også|på|til|under|ved)\b)"
)
"""Nor does "det" before whom or what the verb is done to: "Gis det støtte?", but "Gis det til barn?"."""
_EMPTY_SUBJECT = re.compile(
    rf"\b(?:{_COPULA}) (?:det|it|there)\b(?! s[åo] \w+\W*$)|\b(?:det|it|there) (?:{_COPULA})\b|{_PASSIVE}"
)
_WORD = re.compile(r"[^\W\d_]+")


def leaning(question: str, *, analyser: Analyser) -> float:
    """How much a question in a conversation looks like a follow-up rather than a new one, as a logit.

    A logistic regression over what a follow-up looks like (``looks``): it opens like a continuation or points back, has
    few words of its own and names nobody, where names can be told. Fitted on the train questions of Saksprosa, in
    conversations with as many new questions as follow-ups, with and without capital letters (docs/conversation.md).
    """
    opens, points, names, content, length, lower = looks(question, analyser=analyser)
    return (
        _CONSTANT
        + _OPENS * opens
        + _POINTS * points
        + _NAMES * names
        + _ONLY_NAMES * (names and not opens and not points)
        + _CONTENT * min(content, 6)
        + _LENGTH * min(length, 15)
        + _LOWER * lower
    )


def says_enough(question: str, *, analyser: Analyser) -> bool:
    """Whether a question says by itself what is spoken of, though it may follow another: not "Når startet den?"."""
    opens, points, _, content, _, _ = looks(question, analyser=analyser)
    return content >= _ENOUGH and not opens and not points


def points_back(question: str, *, analyser: Analyser) -> bool:
    """Whether a question has a word that stands for something already said: "Hva vil de gjøre med det?"."""
    return looks(question, analyser=analyser)[1]


def looks(question: str, *, analyser: Analyser) -> tuple[bool, bool, bool, int, int, bool]:
    """What ``leaning`` looks at.

    It opens like a continuation, points back, names somebody; telling words, words; has no capital letter, so that it
    cannot be seen whether it names anybody. "Det" points back in "hva koster det", but not in "hvor mange var det", "er
    det gratis" or "gis det støtte".
    """
    words = _WORD.findall(question)
    pointing = _WORD.findall(_EMPTY_SUBJECT.sub(" ", question.lower()))
    return (
        _OPENERS.match(question) is not None,
        any(word in _POINTERS for word in pointing) or _POINTING_BACK.search(question.lower()) is not None,
        any(word[0].isupper() for word in words[1:]),
        _content_words(question, analyser=analyser),
        len(words),
        question == question.lower(),
    )


def _content_words(question: str, *, analyser: Analyser) -> int:
    words = (word for word in re.findall(r"\w+", question.lower()) if word not in _LIGHT and word not in _POINTERS)
    return sum(1 for word in words if any(weight > 0.5 for _, weight in analyser.query_terms(word)))

"""The mark on a quote's short answer, so placed that it says nothing the sentence does not say."""

import re

from index.documents.document import Language
from index.paragraph import Sentence

_NEGATION = re.compile(
    r"\b(?:heller ikke|heller ikkje|ikke|ikkje|aldri|ingen|inga|intet|verken|hverken|korkje|neppe|uten|utan"
    r"|med mindre|unntatt"
    r"|unnateke|bortsett fra|bortsett frå|snarere enn|i stedet for|i staden for|istedenfor|fremfor|framfor|not|never"
    r"|ingenting|inkje|knapt|nor|neither|cannot|\w+n[’']t|(?P<no>no)|none|nobody|nothing|hardly"
    r"|without|except|unless|instead of)\b",
    re.IGNORECASE,
)
_BORDER = re.compile(r"[,;:.!?–—()]\s|\s[–—-]\s|\b(?:men|but)\b")
_WHOLE = re.compile(r"\w+(?:[.,]\d+)*")
"""A word, or a number with its decimals."""
NEAR = 3
"""Words between a negation and the short answer up to which the mark reaches back to the negation."""


def safe_mark(
    text: str, short: Sentence | None, start: int, end: int, *, language: Language | None = None
) -> Sentence | None:
    """The mark within the quote ``text[start:end]``: whole words, with the negation before them, or none at all.

    "Vi vil ikke ha forbud" with "forbud" marked would say the opposite at a glance. A negation close before the short
    answer joins the mark; one elsewhere in the same clause takes the mark away. "no" is none in Norwegian, by
    the document's ``language``: there it is "now".

    >>> text = "Fishing is permitted under no circumstances."
    >>> safe_mark(text, Sentence(0, 20), 0, len(text)) is None
    True
    >>> safe_mark("Antallet er doblet.", Sentence(12, 15), 0, 19)
    Sentence(start=12, end=18)
    """
    if short is None:
        return None
    short = _whole_words(text, short, start, end)
    opened = max((found.end() for found in _BORDER.finditer(text, start, short.start)), default=start)
    closing = _BORDER.search(text, short.end, end)
    closed = closing.start() if closing else end
    negations = _negations(text, opened, short.start, language)
    if negations:
        last = negations[-1]
        close = len(text[last.end() : short.start].split()) <= NEAR and len(negations) == 1
        return Sentence(last.start(), short.end) if close else None
    return None if _negations(text, short.end, closed, language) else short


def _whole_words(text: str, short: Sentence, start: int, end: int) -> Sentence:
    """The mark without half a word at its ends: the reader marks parts of words."""
    words = list(_WHOLE.finditer(text, start, end))
    first = next((it.start() for it in words if it.start() < short.start < it.end()), short.start)
    last = next((it.end() for it in words if it.start() < short.end < it.end()), short.end)
    return Sentence(first, last)


def _negations(text: str, start: int, end: int, language: Language | None) -> list[re.Match[str]]:
    norwegian = language in (Language.BOKMAAL, Language.NYNORSK)
    return [it for it in _NEGATION.finditer(text, start, end) if not (norwegian and it["no"])]

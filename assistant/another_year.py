"""A question about one year is not answered by a figure for another.

What a model reads as the same matter ("Hvor mange døde i 2014?", "I 2015 døde 289") differs in just what was asked for.
"""

import re

from assistant.answer import Quote
from assistant.question import MAX_QUESTION

DOUBT = 0.1
"""What is left of the confidence in a quote that names other years only: a judgement, not a fit."""

_YEAR = re.compile(r"\b(?:1[6-9]|20)\d\d\b")
_REACHING = r"etter|siden|sidan|før|fra|frå|til|mellom|innen|innan|og|after|since|before|from|until|by|between|and"
_BOUND = re.compile(rf"\b(?:{_REACHING})\s+(?:1[6-9]|20)\d\d\b|\b(?:1[6-9]|20)\d\d\s?[-–]\s?\d", re.IGNORECASE)
"""A year that only bounds a time: what happened "etter 2010" may have happened in 2015."""
_FOLLOWED = re.compile(rf"\s\([^()]{{1,{MAX_QUESTION}}}\)$")
"""What a follow-up was asked after, which may be about another year ("Og i 2020? (Hvor mange døde i 2015?)")."""


def names_another_year(question: str, quote: Quote, surroundings: str) -> bool:
    """Whether the question asks for a year, and the quote names years but not that one.

    Args:
        question: As it was understood.
        quote: The quote.
        surroundings: What the quote is read with (title, headings, date): a year that stands there counts as named.

    >>> _YEAR.findall("fra 13.046 i 2015 til 2016")
    ['2015', '2016']
    """
    asked = set(_YEAR.findall(_FOLLOWED.sub("", question)))
    if not asked or _BOUND.search(question):
        return False
    text = quote.document.text
    beside = " ".join(text[sentence.start : sentence.end] for sentence in quote.context)
    named = set(_YEAR.findall(quote.text))
    return bool(named) and not asked & (named | set(_YEAR.findall(f"{surroundings} {beside}")))

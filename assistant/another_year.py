"""A question about one year is not answered by a figure for another.

What a model reads as the same matter ("Hvor mange døde i 2014?", "I 2015 døde 289") differs in just what was asked for.
"""

import re

from assistant.answer import Quote
from assistant.question import MAX_QUESTION

DOUBT = 0.1
"""What is left of the confidence in a quote that names other years only: a judgement, not a fit."""

_FOUR = r"(?:1[6-9]|20)\d\d"
_CUE = (
    r"i|in|fra|frå|from|siden|sidan|since|etter|after|før|before|innen|innan|inntil|til|until|mellom|between|for|by"
    r"|året|år|year|våren|sommeren|sommaren|høsten|hausten|vinteren|spring|summer|autumn|fall|winter"
    r"|jan(?:uary?)?|feb(?:ruary?)?|mars|march|april?|ma[iy]|jun[ei]?|jul[iy]?|aug(?:ust)?|sep(?:t(?:ember)?)?"
    r"|o[kc]t(?:ober)?|nov(?:ember)?|de[sc](?:ember)?"
)
"""What stands before a year."""
_MEASURE = r"kroner|kr|år|years|tilfell\w+|cases|met(?:er|re)s?|km|kilometer|prosent|percent|personar?|personer|people"
"""What is counted also after one of those: "i 2000 tilfeller"."""
_DECADE = r"\s?[-‐‑–]\s?(?:tal|år)|\s(?:tall?et|åra|årene)\b"
_NUMBER = re.compile(rf"\b{_FOUR}\b")
_YEAR = re.compile(
    rf"(?:\b(?:{_CUE})\.?\s|(?<=\d)[/.])(?P<told>{_FOUR})\b(?!{_DECADE}|\s(?:{_MEASURE})\b|[.,]\d)"
    rf"|(?<!\b(?:kr|kl|nr|no)\s)(?<!\b(?:kr|kl|nr|no)\.\s)\b(?P<bare>{_FOUR})\b(?!{_DECADE}|\s?[%\w]|[.,]\d)",
    re.IGNORECASE,
)
"""A year, and neither a decade nor a count: after what stands before years, or not before what may be counted."""
_REACHING = r"etter|siden|sidan|før|fra|frå|til|mellom|innen|innan|og|after|since|before|from|until|by|between|and"
_BOUND = re.compile(rf"\b(?:{_REACHING})\s+{_FOUR}\b|\b{_FOUR}\s?[-–]\s?\d", re.IGNORECASE)
"""A year that only bounds a time: what happened "etter 2010" may have happened in 2015."""
_COMPARED = re.compile(
    rf"\b(?:enn|mot|siden|sidan|fra|frå|than|against|since|from)\s(?:[^\s,.;:]+\s){{0,4}}?{_FOUR}\b", re.IGNORECASE
)
"""A year that is only compared with, or begun at: "12 flere enn i 2013", "mot 280 i 2013"."""
_FOLLOWED = re.compile(rf"\s\([^()]{{1,{MAX_QUESTION}}}\)$")
"""What a follow-up was asked after, which may be about another year ("Og i 2020? (Hvor mange døde i 2015?)")."""


def names_another_year(question: str, quote: Quote, surroundings: str, *, date: str = "") -> bool:
    """Whether the question asks for a year, and the quote names years but not that one.

    Args:
        question: As it was understood.
        quote: The quote.
        surroundings: What the quote is read with (title, headings): a year that stands there counts as named.
        date: Of the document; its year is the quote's where that only compares with others. A report of 2024 tells
            "I 2023 døde …".

    >>> _NUMBER.findall("fra 13.046 i 2015 til 2016")
    ['2015', '2016']
    """
    asked = _years(_FOLLOWED.sub("", question))
    if not asked or _BOUND.search(question):
        return False
    text = quote.document.text
    beside = " ".join(text[sentence.start : sentence.end] for sentence in quote.context)
    written = "" if _years(_COMPARED.sub(" ", quote.text)) else date
    # Any number may be the year that is asked for; only what is surely a year is another one.
    return bool(_years(quote.text)) and not asked & set(
        _NUMBER.findall(f"{quote.text} {surroundings} {written} {beside}")
    )


def _years(text: str) -> set[str]:
    """The years of a text.

    >>> sorted(_years("Ferja fra 1932 fikk 2000 kroner på 1950-tallet, men 1650 reisende i 2014 (og 1,5 i 2016)."))
    ['1932', '2014', '2016']
    """
    return {found["told"] or found["bare"] for found in _YEAR.finditer(text)}

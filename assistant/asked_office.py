"""Who holds an office is not answered by a sentence that names nobody.

"Hvem er leder i Seilforeningen?" is read as what the association is, by a model that finds its name there.
"""

import re

from assistant.answer import Quote
from index.speakers.words import given_names

DOUBT = 0.3
"""What is left of the confidence in a quote that names neither a person nor the office: a judgement, not a fit."""

_WHO_IS = re.compile(
    r"^\W*(?:hvem|kven|who)\s+(?:er|var|blir|ble|blei|vart|is|was)\s+(?:(?:nå|no|den|dagens|the|ny|nye|new)\s+)*"
    r"(?P<office>\w+)(?=\s+(?:i|for|av|på|ved|til|hos|in|of|at)\b)",
    re.IGNORECASE,
)
_WHO_LEADS = re.compile(r"^\W*(?:hvem|kven)\s+(?P<office>leder|leier|leiar)\s+\w", re.IGNORECASE)
_OFFICE = re.compile(
    r"\w*(?:led[ea]r|leiar|sjef|direktør|formann|ordfør[ea]r|minister|president|redaktør|rektor|sekretær|statsråd|byråd"
    r"|m(?:e|ei)ster|talsmann|talsperson|styr[ea]r|tren[ea]r|forvalt[ea]r|leader|head|director|chair|chairman|mayor"
    r"|manager|editor|secretary|principal)(?:en|a)?"
)
"""Offices that a person holds; members and supporters may be bodies."""
_NAME = re.compile(r"(?P<first>[A-ZÆØÅ][\w-]+)\s+[A-ZÆØÅ][\w-]+")
_LEAST_STEM = 4


def names_nobody(question: str, quote: Quote) -> bool:
    """Whether the question asks who holds an office, and the quote has neither a person's name nor the office.

    Args:
        question: As it was understood.
        quote: The quote; what must be read before it counts as well.
    """
    found = _WHO_IS.match(question) or _WHO_LEADS.match(question)
    if found is None:
        return False
    office = found["office"].lower()
    if found.re is _WHO_IS and not _OFFICE.fullmatch(office):
        return False
    text = quote.document.text
    words = " ".join((*(text[it.start : it.end] for it in quote.context), quote.text))
    if quote.speaker or any(it["first"].lower() in given_names() for it in _NAME.finditer(words)):
        return False
    return not any(stem in words.lower() for stem in _stems(office))


def _stems(office: str) -> tuple[str, ...]:
    """The office without its definite ending, in both written standards: "lederen" -> "leder", "leiar"."""
    bare = re.sub(r"(?<=\w{4})(?:en|a)$", "", office)
    return (bare, re.sub(r"leder$", "leiar", bare)) if len(bare) >= _LEAST_STEM else (office,)

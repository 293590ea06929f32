"""Who holds an office is not answered by a sentence that names nobody, or only who holds another one.

"Hvem er leder i Seilforeningen?" is read as what the association is, by a model that finds its name there; "Hvem er
justisminister?" is answered with the minister of health, whose office is nearly the same word.
"""

import re
from collections.abc import Collection

from assistant.answer import Quote
from index.bridging import ENGLISH, word_list
from index.letters import CAPITALS
from index.speakers.words import gender_of

DOUBT = 0.3
"""What is left of the confidence in a quote that does not tell who holds the office: a judgement, not a fit."""

_WHO_IS = re.compile(
    r"^\W*(?:hvem|kven|who)\s+(?:er|var|blir|ble|blei|vart|is|was)\s+(?:(?:nå|no|den|dagens|the|ny|nye|new)\s+)*"
    r"(?P<office>\w+)(?=\s+(?:i|for|av|på|ved|til|hos|in|of|at)\b|\W*$)",
    re.IGNORECASE,
)
_WHO_LEADS = re.compile(r"^\W*(?:hvem|kven|who)\s+(?:led[ea]r|leier|leiar|leads|heads|chairs)\s+\w", re.IGNORECASE)
_LEADER = "leder"
_LEADING = re.compile(
    r"\b(?:led(?:e|es|et|a|ast)|leia|leiast|leidd?e?|leads?|led|heads|headed|chairs|chaired)\b", re.IGNORECASE
)
"""That somebody is the leader, said by a verb."""
_LEADS = re.compile(r"le(?:i|d|ad)[ea]r")
_HOLDERS = (
    r"led[ea]r|leiar|sjef|direktør|formann|ordfør[ea]r|minister|president|redaktør|rektor|sekretær|statsråd|byråd"
    r"|m(?:e|ei)ster|talsmann|talsperson|styr[ea]r|tren[ea]r|forvalt[ea]r|leader|head|director|chair|chairman|mayor"
    r"|manager|editor|secretary|principal"
)
_OFFICE = re.compile(rf"\w*(?:{_HOLDERS})(?:en|a)?")
"""Offices that a person holds; members and supporters may be bodies."""
_COMPOUND = re.compile(rf"(?P<kind>\w{{3,}}?)(?P<holder>{_HOLDERS})(?:en|a)?s?", re.IGNORECASE)
"""Of what somebody is the holder: "justis-minister"."""
_ENGLISH = re.compile(r"\W*who\b", re.IGNORECASE)
_WORD = re.compile(r"\w+")
_NAME = re.compile(rf"(?P<first>[{CAPITALS}][\w-]+)\s+[{CAPITALS}][\w-]+")


def lacks_holder(question: str, quote: Quote) -> bool:
    """Whether the question asks who holds an office, and the quote names nobody, or only who holds another of its sort.

    Args:
        question: As it was understood: "Hvem er justisminister?".
        quote: The quote; what must be read before it counts as well.
    """
    office = _asked_office(question)
    if office is None:
        return False
    stems = _stems(office, english=_ENGLISH.match(question) is not None)
    return _names_nobody(stems, quote) or _names_another(office, quote)


def _names_nobody(office: Collection[str], quote: Quote) -> bool:
    """Whether the quote has neither a person's name nor the office, by its stems."""
    words = _words(quote)
    if quote.speaker or any(gender_of(it["first"]) for it in _NAME.finditer(words)):
        return False
    said = _folded(words)
    return not any(stem in said for stem in office) and not (_LEADER in office and _LEADING.search(words))


def _names_another(office: str, quote: Quote) -> bool:
    """Whether the quote has another office of that sort, and not this one: of "justisminister", "helseminister"."""
    asked = _COMPOUND.fullmatch(office)
    if asked is None:
        return False
    words = _WORD.findall(f"{_words(quote)} {quote.role or ''}".lower())
    if any(word.startswith(asked["kind"].removesuffix("s")) for word in words):
        return False
    others = (_COMPOUND.fullmatch(word) for word in words)
    return any(other is not None and other["holder"] == asked["holder"] for other in others)


def _asked_office(question: str) -> str | None:
    """The office whose holder is asked for, in lower case."""
    if _WHO_LEADS.match(question):
        return _LEADER
    found = _WHO_IS.match(question)
    if found is None:
        return None
    office = found["office"].lower()
    return office if _OFFICE.fullmatch(office) else None


def _words(quote: Quote) -> str:
    """What is quoted and what must be read before it."""
    text = quote.document.text
    return " ".join((*(text[it.start : it.end] for it in quote.context), quote.text))


def _stems(office: str, *, english: bool) -> frozenset[str]:
    """The office without its definite ending, ``_folded``, and what it is in Norwegian.

    >>> sorted(_stems("ordføraren", english=False)), sorted(_stems("mayor", english=True))
    (['ordfører'], ['borgermester', 'byrådsleder', 'mayor', 'ordfører'])
    """
    bare = re.sub(r"(?<=\w{4})(?:en|a)$", "", office)
    others = word_list(ENGLISH).get(office, ()) if english else ()
    return frozenset(map(_folded, (bare, *filter(_OFFICE.fullmatch, others))))


def _folded(words: str) -> str:
    """In lower case, with Bokmål and Nynorsk written alike: "borgarmeister" as "borgermester", "leiar" as "leder"."""
    return _LEADS.sub(_LEADER, words.lower()).replace("ei", "e").replace("ar", "er")

"""A follow-up that only names something else, as a whole question: the one before it with that put in its place.

"Hvor mange sykler har Rull i Sundvåg?" – "Og i Tindvik?" is "Hvor mange sykler har Rull i Tindvik?". Only what can be
seen from the words is done: a time in place of a time, a phrase in place of one with the same preposition, a name in
place of the last name.
"""

import re
from collections.abc import Sequence

_FRAGMENT = re.compile(
    r"^(?:og|men|enn|hva med|kva med|hva så med|kva så med|and|what about|how about)\s+(?P<rest>[^?!]+?)"
    r"(?:,?\s+(?:da|då|så|then))?\s*[?!.]*$",
    re.IGNORECASE,
)
_MOST_WORDS = 6
_PREPOSITIONS = "i på om for hos fra frå til ved av etter med under mot blant in on for from to at among"
_PREPOSITION = re.compile(rf"\b({'|'.join(sorted(_PREPOSITIONS.split(), key=len, reverse=True))})\b", re.IGNORECASE)
_TIME = re.compile(
    r"\b(?:(?:i|in|om|for|fra|frå|siden|sidan|since) )?(?:år|fjor|dag|går|natt|kveld|morgen|uka|helga|now|nå|no"
    r"|this year|last year|today|yesterday"
    r"|(?:det )?(?:første|siste) året|året (?:før|etter|før det)|året|årene (?:før|etter)|åra (?:før|etter)"
    r"|(?:19|20)\d\d)\b",
    re.IGNORECASE,
)
_ASKS = re.compile(r"\b(?:hv|kv)\w+\b|\b(?:kor|korleis|what|who|why|how|when|where|which)\b", re.IGNORECASE)
_FINITE = re.compile(
    r"\b(?:er|var|har|hadde|kan|skal|vil|må|bør|får|fikk|fekk|blir|ble|vart|sier|seier|mener|meiner|gjør|gjer|is|are|was|"
    r"does|did|has|have|can|will)\b",
    re.IGNORECASE,
)
_NAME = re.compile(r"(?<=\s)[A-ZÆØÅ][\w.-]*(?:\s+[A-ZÆØÅ][\w.-]*)*")
_AFTER_PREPOSITION = re.compile(r"\s+\S+(?:\s+[A-ZÆØÅ]\S*)*")


def retold(question: str, earlier: Sequence[str]) -> str | None:
    """``replaced`` along a conversation: "Og i fjor?", "Og i 2019?" are both about what was asked first.

    Args:
        question: The follow-up.
        earlier: The questions before it, oldest first.
    """
    whole: str | None = None
    for previous in earlier:
        whole = (replaced(previous, whole) if whole else None) or previous
    return replaced(question, whole) if whole else None


def replaced(question: str, previous: str) -> str | None:
    """The question before with what ``question`` names in its place; None where it is not seen how.

    >>> replaced("Og i fjor?", "Hvor mange båter sank i år?")
    'Hvor mange båter sank i fjor?'
    >>> replaced("Hva med i Nord-Våg?", "Når må badstuene i Ormvik stenge?")
    'Når må badstuene i Nord-Våg stenge?'
    >>> replaced("Og Høyre, da?", "Hva mener Venstre om skatt?")
    'Hva mener Høyre om skatt?'
    >>> replaced("Og hvem stemte imot?", "Hva ble vedtatt?")
    """
    found = _FRAGMENT.match(question.strip())
    if found is None:
        return None
    rest = found["rest"].strip(" ,")
    if len(rest.split()) > _MOST_WORDS or _ASKS.search(rest) or _FINITE.search(rest):
        return None
    whole = previous.rstrip(" ?!.")
    span = _place(rest, whole)
    if span is None:
        return None
    start, end = span
    return f"{whole[:start]}{rest}{whole[end:]}?"


def _place(rest: str, whole: str) -> tuple[int, int] | None:
    """Where in the question before it what is named now belongs."""
    if _TIME.fullmatch(rest):
        times = list(_TIME.finditer(whole))
        return times[-1].span() if times else None
    preposition = _PREPOSITION.match(rest)
    if preposition is not None:
        taken = {place for it in _TIME.finditer(whole) for place in range(*it.span())}
        same = [
            it
            for it in _PREPOSITION.finditer(whole)
            if it[0].lower() == preposition[0].lower() and it.start() not in taken
        ]
        phrase = _AFTER_PREPOSITION.match(whole, same[-1].end()) if same else None
        return (same[-1].start(), phrase.end()) if phrase else None
    names = list(_NAME.finditer(whole))
    return names[-1].span() if names and rest[0].isupper() else None

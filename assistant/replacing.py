"""A follow-up that only names something else, as a whole question: the one before it with that put in its place.

"Hvor mange sykler har Rull i Sundvåg?" – "Og i Tindvik?" is "Hvor mange sykler har Rull i Tindvik?". Only what can be
seen from the words is done: a time in place of a time, a phrase in place of one with the same preposition, a place in
place of a place, somebody in place of whose words were asked for, a thing in place of what the question is about or of
the "den" that stands for it, a name in place of the last name.
"""

import re

from assistant.antecedent import ABOUT
from assistant.asked_speaker import spoken_of
from assistant.question_words import ASKS, VERBS_FIRST
from index.documents.document import Language
from index.language import detect_language
from index.letters import CAPITALS
from index.speakers.people import is_office
from index.speakers.words import BODIES, gender_of

_FRAGMENT = re.compile(
    r"^(?:og|men|enn|hva med|kva med|hva så med|kva så med|and|what about|how about)\s+(?P<rest>[^?!]+?)"
    r"(?:,?\s+(?:da|då|så|then))?\s*[?!.]*$",
    re.IGNORECASE,
)
_MOST_WORDS = 6
_PREPOSITIONS = "i på om for hos fra frå til ved av etter med under mot blant in on for from to at among"
_PREPOSITION = re.compile(rf"\b({'|'.join(sorted(_PREPOSITIONS.split(), key=len, reverse=True))})\b", re.IGNORECASE)
_TIME = re.compile(
    r"\b(?:(?:i|om|for|fra|frå|siden|sidan) (?:år|fjor|dag|går|natt|kveld|morgen)(?: kveld| natt)?"
    r"|(?:(?:i|in|om|for|fra|frå|siden|sidan|since) )?(?:uka|helga|now|nå|no|this year|last year|today|yesterday"
    r"|(?:det )?(?:første|siste) året|året (?:før|etter|før det)|året|årene (?:før|etter)|åra (?:før|etter)"
    r"|(?:19|20)\d\d))\b",
    re.IGNORECASE,
)
_RATE = re.compile(r"\b(?:timer|timar|dager|dagar|ganger|gonger|kroner) (?:i )?(?:uka|helga|året)$", re.IGNORECASE)
"""How often, and not when."""
_ASKED = re.compile(rf"{ASKS.pattern}|{VERBS_FIRST}|\b(?:sier|seier)\b", re.IGNORECASE)
"""What only a question of its own has."""
_NAME = re.compile(rf"(?<=\s)[{CAPITALS}][\w.-]*(?:\s+[{CAPITALS}][\w.-]*)*")
_PLACE = re.compile(rf"\b(?:i|på|in|at) [{CAPITALS}][\w-]*(?: [{CAPITALS}][\w-]*)*")
_THERE = re.compile(r"\b(?:der|there)$")
_YEAR = re.compile(r"\b(?:19|20)\d\d$")
_NEXT_YEAR = re.compile(r"(?:året|år|the year) (?P<way>før|etter|before|after)(?: det)?", re.IGNORECASE)
_POINTER = re.compile(
    r"(?<=\w )den(?=(?: \w+)?\W*$)|(?<=\b(?:med|for|mot|til) )det(?=\W*$)|(?<=\b(?:with|from) )it(?=\W*$)",
    re.IGNORECASE,
)
"""What stands for the thing that is spoken of, and not before a noun: "Er den god?", "Hva skjer med det?"."""
_AFTER_PREPOSITION = re.compile(rf"\s+\S+(?:\s+[{CAPITALS}]\S*)*")


def replaced(question: str, previous: str) -> str | None:
    """The question before with what ``question`` names in its place; None where it is not seen how.

    >>> replaced("Og i fjor?", "Hvor mange båter sank i år?")
    'Hvor mange båter sank i fjor?'
    >>> replaced("Hva med i Nord-Våg?", "Når må badstuene i Ormvik stenge?")
    'Når må badstuene i Nord-Våg stenge?'
    >>> replaced("Og Høyre, da?", "Hva mener Venstre om skatt?")
    'Hva mener Høyre om skatt?'
    >>> replaced("Og året etter?", "Hvor mange båter sank i 2015?")
    'Hvor mange båter sank i 2016?'
    >>> replaced("Hva med badet?", "Er den trygg?")
    'Er badet trygg?'
    >>> replaced("Og hvem stemte imot?", "Hva ble vedtatt?")
    """
    found = _FRAGMENT.match(question.strip())
    if found is None or _FRAGMENT.match(previous.strip()):
        return None
    rest = found["rest"].strip(" ,")
    if len(rest.split()) > _MOST_WORDS or _ASKED.search(_TIME.sub("", rest)):  # "i går" has no verb
        return None
    whole = previous.rstrip(" ?!.")
    span = _place(rest, whole)
    if span is None:
        return None
    start, end = span
    return f"{whole[:start]}{_dated(rest, whole[start:end])}{whole[end:]}?"


def _dated(rest: str, time: str) -> str:
    """What is named now; the year before or after another by its number."""
    beside, year = _NEXT_YEAR.fullmatch(rest), _YEAR.search(time)
    if beside is None or year is None:
        return rest
    later = beside["way"].lower() in ("etter", "after")
    return f"{time[: year.start()]}{int(year[0]) + (1 if later else -1)}"


def _place(rest: str, whole: str) -> tuple[int, int] | None:
    """Where in the question before it what is named now belongs."""
    if _TIME.fullmatch(rest):
        times = [it for it in _TIME.finditer(whole) if _tells_when(it, whole)]
        return times[-1].span() if times else None
    if _PREPOSITION.match(rest) is not None:
        return _phrase(rest, whole)
    if _is_somebody(rest) and (asked := _asked(whole)):
        return asked
    topic = ABOUT.search(whole)
    if topic and rest[0].islower() and not _is_somebody(rest):
        return topic.span("topic")
    if (pointer := _POINTER.search(whole)) and rest[0].islower() and not _is_somebody(rest):
        return pointer.span()
    names = list(_NAME.finditer(whole))
    if not names or not (rest[0].isupper() or _is_somebody(rest)):
        return None
    if rest[0].islower() and not gender_of(names[-1][0].split()[0]):
        return None
    return names[-1].span()


def _tells_when(time: re.Match[str], whole: str) -> bool:
    """Whether it is a time: neither how often ("timer i uka") nor the English "no"."""
    if _RATE.search(whole[: time.end()]):
        return False
    return time[0].lower() != "no" or detect_language(whole) is not Language.ENGLISH


def _phrase(rest: str, whole: str) -> tuple[int, int] | None:
    """The last phrase with the same preposition, or else the last place, if a place is named now."""
    preposition = rest.split()[0].lower()
    taken = {place for it in _TIME.finditer(whole) for place in range(*it.span())}
    same = [it for it in _PREPOSITION.finditer(whole) if it[0].lower() == preposition and it.start() not in taken]
    phrase = _AFTER_PREPOSITION.match(whole, same[-1].end()) if same else None
    if phrase:
        return same[-1].start(), phrase.end()
    if there := _THERE.search(whole):
        return there.span()
    places = list(_PLACE.finditer(whole)) if _PLACE.fullmatch(rest) else []
    return places[-1].span() if places else None


def _is_somebody(rest: str) -> bool:
    """Whether it may be whose words are asked for: a name, an office or a body ("forskeren", "politiet")."""
    return rest[0].isupper() or is_office(rest) or re.fullmatch(BODIES, rest, re.IGNORECASE) is not None


def _asked(whole: str) -> tuple[int, int] | None:
    """Where the question says whose words it asks for."""
    asked = spoken_of(whole)
    if not asked:
        return None
    name = rf"(?<!\w){re.escape(asked)}"
    found = re.search(rf"{name}(?!\w)", whole) or re.search(rf"{name}(?=s\b)", whole)  # "Knutsens syn"
    return found.span() if found else None

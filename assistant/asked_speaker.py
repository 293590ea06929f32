"""Whose words does a question ask for? "Hva mener Knutsen om …?" is answered by Knutsen, and by nobody else."""

import re
from collections.abc import Iterator, Sequence

from index.letters import CAPITALS
from index.short_names import SHORT_NAMES
from index.speakers.people import is_office
from index.speakers.words import (
    BODIES,
    FINITE,
    NOBODY,
    PRONOUNS_MANY,
    PRONOUNS_ONE,
    SAYING,
    SUBORDINATORS,
    THINGS,
    gender_of,
)

WORD = re.compile(r"\w+(?:[-’']\w+)*")
_VERBS = "|".join(
    sorted((SAYING - {"går", "viser", "viste", "ber", "legger", "regner", "slår"}), key=len, reverse=True)
)
_AFTER_VERB = re.compile(rf"\b(?:{_VERBS})\s+(?=\w)", re.IGNORECASE)
_ACCORDING = re.compile(r"\b(?:ifølgj?e|i følgj?e|etter det|according to)\s+(?=\w)", re.IGNORECASE)
_SEES = re.compile(r"\bslik\s+(?P<who>[\w\s-]{2,40}?)\s+ser\s+det\b", re.IGNORECASE)
_DOES = re.compile(
    r"\b(?:does|did|do)\s+(?P<who>[\w\s’'-]{2,40}?)\s+(?:say|think|believe|mean|claim|argue|want|fear|hope|answer"
    r"|reply)\b",
    re.IGNORECASE,
)
_OPINION = re.compile(
    rf"\b(?:er|var|kjenner|is|are|was|were)\s+(?P<who>[{CAPITALS}][\w-]+(?:\s[{CAPITALS}][\w-]+){{0,3}}?)"
    r"(?P<own>['’]s?|\s(?:sitt|sin|si|sine))?\s"
    r"(?:syn|mening|meining|forklaring|svar|begrunnelse|grunngiving|holdning|haldning|kritikk|innvending(?:er|ar)?"
    r"|opinions?|views?|stance|explanation|answer|criticism|objections?)\b"
)
_WITH_OBJECT = re.compile(
    r"støtt|kritiser|foresl|kal|anbefal|tilråd|avvis|tilbakevis|sp[øu]r|bad|etterlys|savn|sakn|frykt|ønsk|krev|beskriv"
    r"|skildr|varsl|råd|oppfordr|oppmod|vurder|warn|suggest|fear|told|believ|demand",
    re.IGNORECASE,
)
"""Verbs that somebody may be the object of: "Hvem støtter Høyre?"."""
_WHO_DOES = re.compile(
    r"\b(?:(?:hvem|kven|who)(?: av \w+)?|som"
    r"|(?:hvilke[nt]?|kva(?: for)?(?: eit?| ein)?|which|hvor mange|kor mange|how many)"
    r" \w*(?:(?:parti|organisasjon|foreining|forening|forbund|kommun|person|politik|forsk|land|folk|kilde|kjelde)"
    r"(?:e|a|r|er|ar|ere|arar)?|part(?:y|ies)|countr(?:y|ies)|politicians?|researchers?|organi[sz]ations?|people))\s+$",
    re.IGNORECASE,
)
"""Asks who does it, so that whoever follows is no subject: "Hvilke partier støtter …"."""
LINKS = frozenset("i for ved på fra frå hos av og of at from the and".split())  # noqa: SIM905
_STOP = frozenset(
    "om at til skal er har kan bør vil når hvis dersom da då med mot blant etter som hva kva hvem "  # noqa: SIM905
    "kven hvor kor hvordan korleis "
    "hvorfor kvifor ikke ikkje egentlig eigentleg selv sjølv her der nå no man det den seg about on".split()
)
_NOT_ASKED = frozenset(
    "kildene kjeldene dokumentet dokumentene dokumenta teksten artikkelen forskning forskningen "  # noqa: SIM905
    "forskinga folk noen nokon du "
    "dere dykk kilden kjelda the sources forfatteren".split()
)

_BODIES_BY_NAME = frozenset(name for names in SHORT_NAMES for name in names)


def asked_words(question: str) -> str | None:
    """The words of the question that name whose words it asks for, if it asks for anybody's.

    >>> asked_words("Hva mener Knutsen om politiets kampanje?"), asked_words("Hva koster en billett?")
    ('Knutsen', None)
    """
    return next((name for name, speaks in _named(question) if speaks), None)


def spoken_of(question: str) -> str | None:
    """The same, or else whom it asks others' words of.

    >>> spoken_of("Hvem støtter Høyre?"), asked_words("Hvem støtter Høyre?")
    ('Høyre', None)
    """
    return next((name for name, _ in _named(question)), None)


def _named(question: str) -> Iterator[tuple[str, bool]]:
    """Who may be asked for, and whether it is for their words and not for what others say of them."""
    for pattern in (_SEES, _DOES, _OPINION):
        found = pattern.search(question)
        if found:
            asked = _asked(WORD.findall(_owner(found) if pattern is _OPINION else found["who"]))
            yield from [(asked, True)] if asked else []
            return
    for pattern in (_ACCORDING, _AFTER_VERB):
        for found in pattern.finditer(question):
            clause = re.split(r"[,.;:?!«»]", question[found.end() :], maxsplit=1)[0]
            asked = _asked(_subject(WORD.findall(clause)))
            if asked:
                yield asked, not _is_object(question, found, clause.removeprefix(asked))


def _is_object(question: str, verb: re.Match[str], rest: str) -> bool:
    """Whether the one named after the verb is whom it is done to; not in "Hvem ønsker Høyre skal lede?"."""
    if not _WITH_OBJECT.match(verb[0]) or not _WHO_DOES.search(question[: verb.start()]):
        return False
    return re.match(r"\s(?:at\s)?(?:skal|skulle|bør|burde|må|måtte|kan|should)\b", rest) is None


def _owner(opinion: re.Match[str]) -> str:
    """Whose opinion it is, without the ending of the genitive: "Kari Hansens syn", but "Lars syn", "Moss' syn"."""
    who = opinion["who"]
    whole = opinion["own"] or who.endswith("ss") or gender_of(who.split()[-1]) is not None
    return who if whole else who.removesuffix("s")


def _subject(words: Sequence[str]) -> list[str]:
    """The words that name somebody: as far as the next verb, preposition or question word."""
    kept: list[str] = []
    office = bool(words) and is_office(words[0])
    for word in words:
        small = word.casefold()
        if kept and (small in _STOP or small in FINITE or small in SUBORDINATORS or small in SAYING):
            break
        if kept and small in LINKS and not office:
            break
        kept.append(word)
    while kept and kept[-1].casefold() in LINKS:
        kept.pop()
    return kept[:6]


def _asked(words: Sequence[str]) -> str | None:
    if not words:
        return None
    first = words[0].casefold()
    nobody = first in NOBODY | _STOP | _NOT_ASKED or first in PRONOUNS_ONE or first in PRONOUNS_MANY
    if nobody or first.isdigit() or re.fullmatch(THINGS, words[0], re.IGNORECASE):
        return None
    if not any(word[0].isupper() for word in words) and not re.fullmatch(r"\w{3,}(?:en|et|a|ene|ane|ne)", words[0]):
        return None
    return " ".join(words)


def is_body(name: str) -> bool:
    """Whether it is the name of one body: "Fremskrittspartiet", "SSB", but not "politiet", "Novella" or "NOU 2019"."""
    words = WORD.findall(name)
    if len(words) > 1 or not words[0][0].isupper() or words[0] == "NOU":
        return False
    short = words[0].isalpha() and sum(letter.isupper() for letter in words[0]) > 1
    return short or words[0].casefold() in _BODIES_BY_NAME or bool(re.fullmatch(BODIES, words[0], re.IGNORECASE))

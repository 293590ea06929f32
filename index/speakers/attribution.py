"""Which words of a sentence tell who says it: "…, sier Gran", "Han mener …", "Ifølge politiet …"."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import takewhile

from index.letters import CAPITALS
from index.speakers.words import (
    ADJECTIVES,
    FINITE,
    FIRST_PERSON,
    INDEFINITE,
    LATE,
    NEEDS,
    NOBODY,
    PERFECT,
    PRONOUNS_ONE,
    SAYING,
    STANCE,
    SUBORDINATORS,
    WISH,
)

_WORD = re.compile(r"\w+(?:[-’']\w+)*")
_QUOTED = re.compile(r"«[^»]*(?:»|$)|“[^”]*(?:”|$)|\"[^\"]*(?:\"|$)")
_ALTERNATIVES = "|".join(sorted(LATE, key=lambda verb: (-len(verb), verb)))
_LATE = re.compile(
    rf"(?:[,?!…]|[»”\"][,.]?)\s*(?:[-–—]\s)?(?:og\s)?(?P<verb>{_ALTERNATIVES})\s+(?:(?:fram|fast|til)\s+)?(?=[\w«])"
)
_ACCORDING = re.compile(r"\b(?:ifølgj?e|i følgj?e|according to)\s+(?=\w)", re.IGNORECASE)
_TOLD = re.compile(
    r"\better det\s(?P<whose>(?:[\w-]+\s){0,3}?[\w-]+)\s(?:opplys|forst|kjenn|erfar|får|fikk|fekk|ve[it]t|seier|sier)",
    re.IGNORECASE,
)
"""Not "Etter det stengte kommunen veien"."""
_OPINION = re.compile(
    r"\better\s+(?P<whose>hans|hennes|hennar|deres|deira|(?:[\w-]+\s){0,3}?[\w-]+?)(?:s| sitt?)?\s"
    r"(?:syn|mening|meining|oppfatning|oppfatting|vurdering|skjønn)\b",
    re.IGNORECASE,
)
_STANCE = re.compile(rf"\b(?:{STANCE})")
_WISH = re.compile(rf"\b{WISH}")
_CLAUSE = re.compile(r"[:;]\s+|,\s(?:og|men)\s|\s[–—]\s")
_ASIDE = re.compile(r"\s\([^)]*\)")
_BREAK = re.compile(rf"(?<!\b[{CAPITALS}])[.!?·]\s")
"""Not the full stop of "Geir K. Andersland"."""
_ARTICLE_AND_NAME = re.compile(r"(?:den|det|[eé]n|[eé]in|ei|ett?|eit)(?:\s[\w-]+){1,3}?,?\s" rf"(?=[{CAPITALS}])")
_NO_SUBJECT = FIRST_PERSON | NOBODY | SUBORDINATORS
_FRONTED = frozenset(
    "i på etter før under over ved med mot for fra frå til av hos om siden da då nå no så her der "  # noqa: SIM905
    "derfor difor dermed likevel "
    "samtidig samstundes imidlertid også òg dessuten derimot det dette slik den der tidligere tidlegare først senere "
    "seinare "
    "til slutt nylig nyleg igår ifjor tirsdag mandag onsdag torsdag fredag lørdag søndag som bare berre heller "
    "ellers elles samlet samla totalt "
    "videre vidare deretter blant dette in on at yesterday today".split()
)
_TRAILING = frozenset(
    "også òg likevel derimot imidlertid selv sjølv heller nå no alltid lenge jo da då ikke ikkje "  # noqa: SIM905
    "fortsatt framleis har hadde "
    "allerede alt tidligere tidlegare stadig samtidig dessuten helt ofte gjerne nylig nyleg vil skal kan "
    "må altså".split()
)
_OPENING = frozenset("men og for både så also but and".split())  # noqa: SIM905
_LONGEST_SUBJECT = 9
_LOOK = 600
"""Characters of a sentence that are looked through for its subject: nobody names the speaker later than that."""
_SUBJECT_LOOK = 160


@dataclass(frozen=True, slots=True)
class Attribution:
    """Where a sentence tells who says it."""

    start: int
    end: int
    """Of the words that name the speaker, in the document's text; what belongs to them may follow."""
    late: bool = False
    """After what is said: "…, sier Gran". It then tells of direct speech too, and of what stands before it."""
    first: bool = False
    """Before its verb: the words are the subject and nothing else. Otherwise more may follow them."""
    wish: bool = False
    """The verb tells of speech only where a person is the subject: "Hansen vil beholde skolen"."""


def late(text: str, start: int, end: int) -> Iterator[Attribution]:
    """Where the sentence ``text[start:end]`` may name its speaker after the speech, in order."""
    for match in _LATE.finditer(text, start, end):
        verb = match["verb"]
        subject = _WORD.match(text, match.end())
        if subject is None or subject.group().lower() in INDEFINITE:
            continue
        if subject.group().lower() in _NO_SUBJECT and not _opens_name(text, subject.start()):
            continue
        if match.start() - start < _LOOK and _goes_on(text[start : match.start("verb")], subject.group()):
            continue
        if verb in ("går", "viser", "viste", "ber", "bad", "vurderer", "held") or not subject.group()[0].isalpha():
            continue
        yield Attribution(match.end(), _stop(text, match.end(), end), late=True)


def _opens_name(text: str, start: int) -> bool:
    """Whether an article at ``start`` opens words that end in a name: "den nye rektoren Kari Gran"."""
    found = _ARTICLE_AND_NAME.match(text, start)
    return found is not None and FINITE.isdisjoint(found.group().replace(",", "").split())


def _goes_on(before: str, follower: str) -> bool:
    """Whether the verb belongs to a subject with an aside: "Politiet, derimot, mener situasjonen er …"."""
    if before.count(",") < 2 or before[0] in "–—-«“" or follower[0].isupper() or follower in PRONOUNS_ONE:
        return False
    return _subject_before(before) is not None


def early(text: str, start: int, end: int) -> Attribution | None:
    """The speaker named before what is reported, outside quotation marks."""
    opening = _WORD.search(text, start, end)
    if opening is None or opening.group().lower() in FIRST_PERSON:  # "Jeg ba ham flytte den, men han sier …"
        return None
    end = min(end, start + _LOOK)
    shown = _masked(text[start:end])
    begin = 0
    spare: Attribution | None = None
    for border, sign in [*((match.end(), match[0][0]) for match in _CLAUSE.finditer(shown)), (len(shown), "")]:
        found = _clause(shown[begin:border])
        if found:
            subject, end_of, first, wish = found
            attribution = Attribution(start + begin + subject, start + begin + end_of, first=first, wish=wish)
            if sign != ":":
                return attribution
            spare = spare or attribution  # "Skolen er kritisk: rektor Vik mener …"
        begin = border
    opinion = _OPINION.search(shown) or _TOLD.search(shown)
    if opinion and spare is None:
        return Attribution(start + opinion.start("whose"), start + opinion.end("whose"), first=True)
    according = _ACCORDING.search(shown)
    if according and spare is None:
        return Attribution(start + according.end(), _stop(text, start + according.end(), end))
    return spare


def _masked(sentence: str) -> str:
    """The sentence with what stands in quotation marks, and in brackets, blotted out, one for one."""
    shown = _QUOTED.sub(lambda match: match[0][0] + "·" * (len(match[0]) - 1), sentence)
    return _ASIDE.sub(lambda match: " " * len(match[0]), shown)


def _clause(clause: str) -> tuple[int, int, bool, bool] | None:
    """Of the subject of the clause's saying verb: start, end, whether it stands before the verb, and ``wish``."""
    for verb_start, verb_end, wish in _verbs(clause):
        before = clause[:verb_start]
        subject = _subject_before(before)
        if subject:
            return *subject, True, wish
        words = [word.lower() for word in _WORD.findall(before)]
        # Norwegian puts the verb second: "Det mener Knutsen", "I fjor sa ordføreren".
        if not wish and _inverted(words, clause, verb_end):
            return verb_end + 1, _stop(clause, verb_end + 1, len(clause)), False, wish
        if SUBORDINATORS.intersection(words) and "," not in before:
            return None
    return None


def _inverted(words: Sequence[str], clause: str, verb_end: int) -> bool:
    """Whether the subject follows the verb; ``words`` stand before it, in small letters."""
    follower = _WORD.match(clause, verb_end + 1)
    if follower is None or not words or len(words) > 12 or FINITE.difference(("går",)).intersection(words):
        return False
    if words[0] not in _FRONTED and follower.group() not in PRONOUNS_ONE:
        return False
    if follower.group().lower() in _NO_SUBJECT:
        return _opens_name(clause, follower.start())
    return _looks_like_subject(follower.group(), clause[verb_end:])


def _looks_like_subject(word: str, rest: str) -> bool:
    """A pronoun, a name or a definite noun follows the verb, not an object or an adverb."""
    return (
        word[0].isupper()
        or word.lower() in ("han", "hun", "ho", "de", "dei", "she", "he", "they", "begge")
        or re.fullmatch(r"\w{3,}(?:en|et|a|ene|ane|ne)", word) is not None
        or (word.lower() in ADJECTIVES or re.match(rf"\s\w+\s[{CAPITALS}]\w+", rest) is not None)
    )


def _verbs(clause: str) -> list[tuple[int, int, bool]]:
    """Where the clause's saying verbs stand, in order, and whether they are such only of persons."""
    found = []
    for match in _WORD.finditer(clause):
        word = match.group()
        if word in SAYING:
            needs = NEEDS.get(word)
            if needs is None or re.match(needs, clause[match.end() :].lstrip()):
                found.append((match.start(), match.end(), False))
        elif word in ("har", "hadde", "has", "had"):
            after = _WORD.findall(clause[match.end() : match.end() + 70])[:7]
            own = takewhile(lambda it: it not in SUBORDINATORS, after)  # "har vært mindre enn mange fryktet"
            if PERFECT.intersection(own):
                found.append((match.start(), match.end(), False))
    stance = _STANCE.search(clause)
    if stance:
        found.append((stance.start(), stance.start() + len(stance[0].split()[0]), False))
    wish = _WISH.search(clause)
    if wish:
        found.append((wish.start(), wish.end(), True))
    return sorted(found)


def _subject_before(before: str) -> tuple[int, int] | None:
    """Start and end of the subject that ``before`` is, if it is nothing else."""
    words = list(_WORD.finditer(before))
    while words and words[0].group().lower() in _OPENING:
        words.pop(0)
    if not words:
        return None
    start = words[0].start()
    head = before[start:]
    if "," in head:  # "Gran, leder for Møtestedet, …"; "Politiet, derimot, …"
        head = head[: head.index(",")]
    inside = list(_WORD.finditer(head))
    while inside and inside[-1].group().lower() in _TRAILING:
        inside.pop()
    if len(inside) > 2 and inside[-1].group().lower() in ("og", "and"):  # "Eierne jubler og advarer"
        del inside[-2:]
    if not inside or len(inside) > _LONGEST_SUBJECT or _BREAK.search(head):
        return None
    lower = [word.group().lower() for word in inside]
    fronted = lower[0] in _FRONTED - {"den"} and not (
        len(lower) > 1 and (lower[0] in ADJECTIVES or lower[1] in ("medlemmet", "medlemet"))
    )
    if fronted or lower[0] in FIRST_PERSON or (len(lower) == 1 and lower[0] in NOBODY - {"den"}):
        return None
    relative = lower.index("som") if "som" in lower else len(lower)
    if FINITE.intersection(lower[:relative]) or SUBORDINATORS.intersection(lower[:relative]):
        return None
    if relative == 0 or (relative < len(lower) and not any(_verblike(word) for word in lower[relative + 1 :])):
        return None  # "Studenter som har meldt flytting": the verb is the relative clause's own
    return start, start + inside[relative - 1].end()


def _verblike(word: str) -> bool:
    """May be a finite verb."""
    return word in FINITE or re.fullmatch(r"\w{2,}(?:er|ar|te|de|et)", word) is not None


_END = re.compile(r"[.;:!?»”\n]|\s[–—-]")
_INITIAL = re.compile(rf"\b[{CAPITALS}]$")


def _stop(text: str, start: int, end: int) -> int:
    """Where the words that name a speaker after the verb end at the latest."""
    end = min(end, start + _SUBJECT_LOOK)
    found = _END.search(text, start, end)
    while found and found[0] == "." and _INITIAL.search(text[start : found.start()]):  # "J. Vik"
        found = _END.search(text, found.end(), end)
    return found.start() if found else end

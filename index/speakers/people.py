"""Who is named in a document: people by their full names, with the role that the text gives them."""

import re
from bisect import bisect_left
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from index.abbreviations import LETTERED, STARTERS
from index.documents.bylines import is_person
from index.letters import CAPITALS, SMALL
from index.speakers.words import ADJECTIVES, HUMAN, LATE, gender_of, given_names

_PART = (
    rf"[{CAPITALS}](?:[{SMALL}]|(?<=[{SMALL}])['’]|-(?=[{CAPITALS}]))+"
    rf"(?:[{CAPITALS}][{SMALL}]+)?(?:-[{CAPITALS}][{SMALL}]+)?"
)
_STARTERS = "|".join(sorted(word.capitalize() for word in STARTERS))
_INITIALS = rf"(?: [{CAPITALS}]\.(?! (?:{_STARTERS})\b(?!\.))){{0,2}}"
"""Those of "Geir K. Andersland", where no new sentence begins after them."""
_NAME = re.compile(rf"\b{_PART}{_INITIALS}(?: (?:van|von|de|der|al|el) | ){_PART}(?:{_INITIALS} {_PART}){{0,2}}\b")
_CAPITAL = re.compile(rf"\b{_PART}\b")
_CAPITALISED = re.compile(rf"(?<![\w-])[{CAPITALS}][\w-]*(?:[’']s?(?!\w))?")
_OFFICE = re.compile(rf"{HUMAN}", re.IGNORECASE)
_BELONGING = re.compile(rf"\s((?:(?:i|ved|for|hos|på)\s|(?:fra|frå|at|of|in)\s(?=[{CAPITALS}]))[^,.;:!?»”)–—]{{2,70}})")
_APPOSITION = re.compile(r"(?:\s\([^)]{1,40}\))?,\s(?:som\s(?:er|var)\s)?([a-zæøå][^,.;:!?»”–—]{3,90})(?=[,.;:!?»”]|$)")
_COPULA = re.compile(r"(?:\s\([^)]{1,40}\))?\s(?:er|var)\s([a-zæøå][^,.;:!?»”–—]{3,70})(?=[,.;:!?»”]|$)")
_PARTY = re.compile(rf"\s\(([{CAPITALS}][^)\d]{{0,40}})\)")
_TAIL = re.compile(rf"([{CAPITALS}][\w-]+)\s[{SMALL}]+(?:er|te|et)\b.*")
"""A name, and what is likely the sentence's verb with all that follows."""
_VERBAL = re.compile(
    r"\s(?:er|var|har|hadde|sier|seier|mener|meiner|hevder|rister|skriver|kan|vil|skal|blir|ble|tror|viser|fikk|får|ga|"
    r"kommer|går|synes|peker|ser|og|som|at|sa|forklarer|fortalte|forteller|under|da|til|i dag|etter|når)\b"
)


@dataclass(frozen=True, slots=True)
class Person:
    """A person whom a document names in full."""

    name: str
    """Given name and surname, as the text first has them."""
    role: str | None = None
    """What the text says the person is: "leder i Foreningen for human narkotikapolitikk"."""

    @property
    def surname(self) -> str:
        """The last word of the name."""
        return self.name.split()[-1]

    @property
    def gender(self) -> str:
        """The letter "f" or "m" for a common given name, else ""."""
        return gender_of(self.name.split()[0]) or ""


@dataclass(frozen=True, slots=True)
class Mention:
    """Where a text names a person."""

    start: int
    end: int
    person: Person
    genitive: bool
    """As in "Knutsens kritikk": not Knutsen does or says something."""


class People:
    """The people of one document and where they are named."""

    def __init__(self, text: str) -> None:
        """Read the whole text once for full names and roles."""
        found: dict[str, str | None] = {}
        named = tuple(_full_names(text))
        given = {name.split()[0] for _, name in named}
        for start, name in named:
            if _ends_in_given_name(name, given):
                continue
            role = _role(text, start, start + len(name))
            name = _without_genitive(name, found)
            if name not in found or (role and not found[name]):
                found[name] = role
        self.all = tuple(Person(name, role) for name, role in found.items())
        self._words: dict[str, list[Person]] = {}
        for person in self.all:
            parts = person.name.split()
            for key in {person.name, person.surname, parts[0], " ".join(parts[1:])}:
                self._words.setdefault(key, []).append(person)
        self._mentions = list(self._find(text)) if self.all else []
        self._starts = [mention.start for mention in self._mentions]

    def mentions(self, start: int, end: int) -> list[Mention]:
        """The people named in ``text[start:end]``, in order."""
        return self._mentions[bisect_left(self._starts, start) : bisect_left(self._starts, end)]

    def named(self, name: str) -> Person | None:
        """The person of a full name, a surname or a given name."""
        return self._whom(name) if name in self._words else None

    def _find(self, text: str) -> Iterator[Mention]:
        """Every place where the text names one of the people, by the longest name that stands there."""
        words = list(_CAPITALISED.finditer(text))
        place = 0
        while place < len(words):
            found = self._longest(text, words[place : place + 4])
            if found is None:
                place += 1
                continue
            count, key, genitive = found
            yield Mention(words[place].start(), words[place + count - 1].end(), self._whom(key), genitive)
            place += count

    def _longest(self, text: str, words: Sequence[re.Match[str]]) -> tuple[int, str, bool] | None:
        """How many of the words are a known name, the name, and whether it stands in the genitive."""
        for count in range(len(words), 0, -1):
            name = text[words[0].start() : words[count - 1].end()]
            for ending in ("", "s", "’s", "'s", "’", "'"):
                if name.endswith(ending) and name[: len(name) - len(ending)] in self._words:
                    return count, name[: len(name) - len(ending)], bool(ending)
        return None

    def _whom(self, key: str) -> Person:
        """The person of a full name, a surname or a given name; of several, the one with that surname, named last."""
        several = self._words[key]
        return next((person for person in reversed(several) if person.surname == key), several[-1])

    def by_office(self, noun: str) -> Person | None:
        """The person whose role has the office that ``noun`` tells of: "regionsjefen" -> "regionsjef i Rull"."""
        stem = _indefinite(noun)
        for before in ("", r"\w*"):
            pattern = re.compile(rf"(?<!\w){before}{re.escape(stem)}\w{{0,2}}(?!\w)", re.IGNORECASE)
            for person in reversed(self.all):
                if person.role and pattern.search(person.role):
                    return person
        return None


@lru_cache(maxsize=4096)
def is_office(word: str) -> bool:
    """Whether a word is an office or a sort of person: "rektor", "kjøpmannen", "17-åringen". Not nn "seier"."""
    return word.lower() not in LATE and _OFFICE.fullmatch(word.rsplit("-", 1)[-1]) is not None


def _indefinite(noun: str) -> str:
    for ending in ("mannen", "eren", "aren", "oren"):
        if noun.endswith(ending):
            return noun[:-2]
    return re.sub(r"(?:en|et|a)$", "", noun) if len(noun) > 5 else noun


def _full_names(text: str) -> Iterator[tuple[int, str]]:
    for match in _NAME.finditer(text):
        words = [(part.start(), part.group()) for part in _CAPITAL.finditer(text, match.start(), match.end())]
        while len(words) > 1 and _leads(words[0][1]):
            words.pop(0)
        if words[0][1].lower() not in given_names():  # "slike som Nygaard Mariann Dahl tenkte på"
            given = next((place for place, (_, word) in enumerate(words[:-1]) if word.lower() in given_names()), 0)
            del words[:given]
        if len(words) < 2:
            continue
        start = words[0][0]
        name = text[start : match.end()]
        placed = re.search(r"(?<!\w)(?:i|på|ved|frå|fra|til)\s$", text[max(0, start - 6) : start]) is not None
        if words[0][1].lower() in given_names() or (is_person(name) and not placed and not _common(words)):
            yield start, name


def _ends_in_given_name(name: str, given: Collection[str]) -> bool:
    """Whether it is a word before somebody's given name: "Søsknene Mathilde", where "Mathilde Moland" is named too."""
    first, *_, last = name.split()
    return last in given and first.lower() not in given_names()


def _leads(word: str) -> bool:
    """Stands before a name without being part of it: "Leder Arild Knutsen", "Statsråd Nes", "Bilag A. Vik"."""
    return word.lower() not in given_names() and (
        is_office(word) or word.lower() in ADJECTIVES or word.lower() in _LEADING or word.lower() in LETTERED
    )


_LEADING = frozenset(
    "for fra frå til med hos men og da då når i på ved både også hva kva har hadde det den derfor "  # noqa: SIM905
    "difor ifølge ifølgje "
    "etter mener meiner sier seier kjære herr fru en et ei ein av at som hvis om skal vil kan "
    "ordstyrer politi tidlegare".split()
)
_NO_PERSON = re.compile(
    r"(?:\w*(?:partiet|lista|foreningen|foreininga|forbund|forbundet|laget|kommune|fylke|rådet|valg|front|gata|veien"
    r"|vegen"
    r"|skole|skule|dal|avis|tidende|instituttet|institutt|sentrum|universitet|senter|klubb|hus|utvalget|direktoratet"
    r"|tilsynet"
    r"|departementet|selskap|komité|komiteen|union|norge|noreg|oslo|bergen|europa|høyre|venstre|parti|bank|banken"
    r"|norsk|norske"
    r"|nye|den|statens|ytre|indre|øvre|nedre|store|lille|gamle|vestre|østre|søndre|nordre|midt|sankt|møteplassen|øst"
    r"|vest|nord|sør))",
    re.IGNORECASE,
)


def _common(words: list[tuple[int, str]]) -> bool:
    """Capitalised words that are a place's or a body's rather than a person's."""
    return any(_NO_PERSON.fullmatch(word) for _, word in words[:1]) or _NO_PERSON.fullmatch(words[-1][1]) is not None


def _without_genitive(name: str, known: dict[str, str | None]) -> str:
    return name[:-1] if name.endswith("s") and name[:-1] in known else name


def _office_before(before: str) -> str | None:
    """The office that stands before a name, with its adjective: "daglig leder "."""
    words = re.split(r"[^\w-]", before.rstrip())[-2:] if before.endswith(" ") else []
    if not words or words[-1] == "vert" or not is_office(words[-1]):  # "No vert Kari Gran rektor"
        return None
    first = words[0].lower()
    if len(words) == 2 and (first in ADJECTIVES or re.fullmatch(r"\w{4,}(?:ende|ande|lig|leg|isk|sk)", first)):
        return f"{first} {words[1]}"
    return words[-1][:1].lower() + words[-1][1:]


def _role(text: str, start: int, end: int) -> str | None:
    """The office before a name with what belongs to it, or the apposition after it, or a party in brackets."""
    line = text[end : end + 130].split("\n", 1)[0]
    office = _office_before(text[max(0, start - 60, text.rfind("\n", 0, start) + 1) : start])
    if office:
        belonging = _BELONGING.match(line)
        if belonging:
            where = _VERBAL.split(_TAIL.sub(r"\1", belonging[1]), maxsplit=1)[0].strip()
            if len(where.split()) > 1:
                return f"{office} {where}"
        party = _PARTY.match(line)
        return f"{office}, {party[1]}" if party else office
    for pattern in (_APPOSITION, _COPULA):
        found = pattern.match(line)
        if found:
            phrase = re.split(r"\s(?:og|som|da|når|har|er)\s", found[1], maxsplit=1)[0].strip()
            if any(is_office(word) for word in phrase.split()[:3]):
                return phrase
    party = _PARTY.match(line)
    return party[1] if party else None

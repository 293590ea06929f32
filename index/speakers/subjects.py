"""Whom the words name that tell who speaks: a person, a pronoun's person, an office's holder, a body."""

import re

from index.compounds import word_counts
from index.letters import CAPITALS, SMALL
from index.speakers.people import Mention, People, Person, is_office
from index.speakers.speaker import Speaker, SpeakerKind
from index.speakers.words import (
    BODIES,
    FINITE,
    INDEFINITE,
    NOBODY,
    PRONOUNS_MANY,
    PRONOUNS_ONE,
    THINGS,
)

_WORD = re.compile(r"\w+(?:[-’'.]\w+)*")
_AFTER = frozenset(
    "til i på om etter før da når under ved med og for fra frå at selv sjølv videre vidare òg også "  # noqa: SIM905
    "nå no tørt kort men mens "
    "medan som likevel derimot bestemt uten utan mot av the to in about".split()
)
_BODY = re.compile(BODIES, re.IGNORECASE)
_THING = re.compile(THINGS, re.IGNORECASE)
_PROPER_BODY = re.compile(
    rf"[{CAPITALS}]\w{{3,}}(?:tilsynet|direktoratet|ombodet|ombudet|verket|forbundet|rådgivinga|rådgivingen)"
)
"""Bodies whose names are one word: "Datatilsynet"."""
_INSIDE = re.compile(rf"(?:(?<=[{SMALL},] )[{CAPITALS}]|(?<!\w)[{SMALL}])[\w-]+")
_DEFINITE = re.compile(r"[\w-]{2,}(?:en|et|a|ene|ane|ne|s)")
_ONE_OF = re.compile(r"(?:[eé]n|[eé]in|ei|ett?|eit|one)\s(?:av|of)\s", re.IGNORECASE)
_ANOTHER = re.compile(
    r"(?:i|ved|hos|på|for|in|at|of)\s(?:[eé]n|[eé]in|ei|ett?|eit|one)\s(?:av|of|ann\w+|anna)\b", re.IGNORECASE
)
_PLACE = re.compile(rf"\b(?:i|ved|hos|på|for|in|at|of)\s(?P<name>[{CAPITALS}][{SMALL}]+)")
_PERSON_BEFORE = frozenset("til om at på av når da med mot by from with".split())  # noqa: SIM905
RECENT = 4
"""Persons remembered for pronouns: those of the latest sentences."""


class Subjects:
    """Tells whom a subject names; remembers, as the text goes by, whom it has spoken of."""

    def __init__(self, text: str) -> None:
        self._text = text
        self.people = People(text)
        self._recent: list[Person] = []
        """Whom the latest sentences were about, the latest last."""
        self._pair: tuple[Person, ...] = ()
        self._bodies: dict[str, None] = {}
        """The bodies spoken of, the latest last."""
        self.latest: Speaker | None = None
        """Whoever spoke, or was spoken of, last."""
        self._genders: dict[str, str] = {}
        self._proper: dict[str, bool] = {}
        self._words: frozenset[str] | None = None
        """Words in small letters, and those with a capital within a sentence."""

    @property
    def latest_person(self) -> Speaker | None:
        """The person who spoke, or was spoken of, last."""
        if self.latest is not None and self.latest.kind is SpeakerKind.PERSON:
            return self.latest
        return self._of(self._recent[-1]) if self._recent else None

    def note(self, start: int, end: int) -> None:
        """A sentence of the article's voice goes by: whom it names first is whom "han" means next."""
        mentions = [mention for mention in self.people.mentions(start, end) if not mention.genitive]
        together = self._together(mentions)
        if len(together) > 1:
            self._pair = together
        for mention in reversed(mentions):
            self._remember(mention.person)
        if mentions:
            self.latest = self._of(mentions[0].person)

    def note_others(self, start: int, end: int, speaker: Speaker) -> None:
        """Reported speech goes by: after its speaker, "hun" may mean whom it names besides."""
        for mention in reversed(self.people.mentions(start, end)):
            if not mention.genitive:
                self._remember(mention.person)
        person = self.people.named(speaker.name) if speaker.kind is SpeakerKind.PERSON else None
        if person:
            self._remember(person)

    def named(self, start: int, end: int, *, after_verb: bool, spoken: bool = False) -> Speaker | None:
        """The speaker whom ``text[start:end]`` names, the subject of a saying verb; None for the text's own voice.

        ``after_verb``: more than the subject may stand there. ``spoken``: of direct speech, so that "sier kjøpmannen"
        is the person spoken of.
        """
        person = self._person_in(start, end, after_verb=after_verb) or self._apposed(start, end)
        if person is not None:
            return person
        words = _WORD.findall(self._text[start:end].split(",", 1)[0])
        if not words:
            return None
        first = words[0].lower()
        if first in ("hans", "hennes", "hennar"):
            return self._pronoun("m" if first == "hans" else "f")
        if first in PRONOUNS_ONE:
            return self._pronoun(PRONOUNS_ONE[first])
        if first in PRONOUNS_MANY:
            return self._many(_cut(words, _AFTER | FINITE))
        return self._noun(words, after_verb=after_verb, spoken=spoken)

    def _person_in(self, start: int, end: int, *, after_verb: bool) -> Speaker | None:
        stop = min(end, start + 110)
        mentions = [it for it in self.people.mentions(start, stop) if not it.genitive or it.end > end]
        if not mentions:
            return None
        before = [word.lower() for word in _WORD.findall(self._text[start : mentions[0].start])]
        before = before[1:] if before[:1] == ["the"] else before
        if before and (before[0] in PRONOUNS_ONE or before[0] in PRONOUNS_MANY or FINITE.intersection(before)):
            return None
        office = bool(before) and any(is_office(word) for word in before[:3])
        if _PERSON_BEFORE.intersection(before) or (
            before and not office and _AFTER.intersection(before) and after_verb
        ):
            return None
        together = self._together(mentions)
        if len(together) > 1:
            self._pair = together
            for person in reversed(together):
                self._remember(person)
            return _pair_of(together)
        person = mentions[-1].person if office and not after_verb and len(before) > 3 else mentions[0].person
        self._remember(person)
        return self._of(person)

    def _apposed(self, start: int, end: int) -> Speaker | None:
        """The name after an office or one of many: "Lagets leder, Aud Moen, mener"; "sier en av oss, Aud Moen"."""
        head = self._text[start:end].split(",", 1)[0]
        if not (_ONE_OF.match(head) or any(is_office(word) for word in _WORD.findall(head))):
            return None
        place = start + len(head)
        for mention in self.people.mentions(place, place + 90):
            if re.fullmatch(r",\s(?:[^.;:!?]{0,60},\s)?", self._text[place : mention.start]) and not mention.genitive:
                self._remember(mention.person)
                return self._of(mention.person)
        return None

    def told_of(self, start: int, end: int) -> Speaker | None:
        """The person whom ``text[start:end]`` is about: its first name or pronoun, or the one spoken of last."""
        for mention in self.people.mentions(start, end):
            if not mention.genitive:
                self._remember(mention.person)
                return self._of(mention.person)
        for word in _WORD.findall(self._text[start:end])[:6]:
            if word.lower() in PRONOUNS_ONE:
                return self._pronoun(PRONOUNS_ONE[word.lower()])
        return None

    def _together(self, mentions: list[Mention]) -> tuple[Person, ...]:
        """Two people joined by "og", perhaps with the second one's office between."""
        for one, other in zip(mentions, mentions[1:], strict=False):
            between = self._text[one.end : other.start]
            if re.fullmatch(r"\s(?:og|and)\s(?:[\w-]+\s)?", between) and one.person != other.person:
                return one.person, other.person
        return ()

    def _pronoun(self, gender: str) -> Speaker | None:
        for person in reversed(self._recent):
            known = person.gender or self._genders.get(person.name, "")
            if not gender or not known or known == gender:
                if gender:
                    self._genders.setdefault(person.name, gender)
                self._remember(person)
                return self._of(person)
        return None

    def _many(self, words: list[str]) -> Speaker | None:
        """For "De mener", "de to politimennene": the two named together last; "de ansatte" is a group."""
        lower = [word.lower() for word in words]
        if self._pair and (len(lower) == 1 or "to" in lower[:2] or lower[0] == "begge"):
            return _pair_of(self._pair)
        if len(lower) == 1:
            plural = (
                self.latest and self.latest.kind is SpeakerKind.BODY and self.latest.name.endswith(("ne", "ar", "er"))
            )
            return self.latest if plural and lower[0] != "begge" else None
        return self._body(" ".join(lower[:3] if lower[1] in ("fleste", "to", "tre") else lower[:2]))

    def _noun(self, words: list[str], *, after_verb: bool, spoken: bool) -> Speaker | None:
        kept = _cut(words, _AFTER | FINITE) if after_verb else words
        head = kept[-1] if after_verb else kept[0]
        first = words[0].lower()
        if first in INDEFINITE:
            return self._body(" ".join(kept[:4]).lower() if len(kept) <= 4 else first)
        if first == "the" and len(kept) > 1:
            return self._body(" ".join(kept).lower())
        if first == "den" and len(kept) == 1:
            return self.latest if self.latest and self.latest.kind is SpeakerKind.BODY else None
        if first in ("en", "ein", "ei", "et", "eit", "ett") and len(kept) > 1 and not after_verb:
            return None if any(_THING.fullmatch(word) for word in kept[:3]) else self._body(" ".join(kept))
        if first == "dette" and len(kept) == 2 and is_office(kept[1]):
            return self.latest
        if (
            first in NOBODY
            or first.isdigit()
            or _THING.fullmatch(kept[0])
            or (len(kept) > 1 and _THING.fullmatch(kept[-1]))
        ):
            return None
        if after_verb and is_office(kept[0]) and _DEFINITE.fullmatch(kept[0]):
            kept, head = kept[:1], kept[0]  # "begrunnet direktøren kuttet med"
        if (
            len(kept) == 1
            and not _BODY.fullmatch(head)
            and (holder := self.people.by_office(head.lower()) or (self._nearby(head) if spoken else None))
            and not _elsewhere(" ".join(words[1:]), holder.role)
        ):
            self._remember(holder)
            return self._of(holder)
        opened = len(kept) > 1 and self.ordinary(kept[0]) and all(word[0].islower() for word in kept[1:])
        if (opened or kept[0][0].islower()) and not any(_DEFINITE.fullmatch(word) for word in kept):
            return None
        if is_office(kept[0]) and not is_office(kept[0] + "ne"):
            return self._officer(kept)
        return self._body(" ".join(kept))

    def _officer(self, words: list[str]) -> Speaker:
        """A person whom only the office tells of: "medlemmet Våge", "økonomisjefen i Vassøy"."""
        name = " ".join(words)
        self.latest = Speaker(name[:1].lower() + name[1:], SpeakerKind.PERSON)
        return self.latest

    def _nearby(self, office: str) -> Person | None:
        """The person spoken of last, for "sier kjøpmannen" where the text never says who that is."""
        definite = re.fullmatch(r"\w{2,}(?:en|a|et)", office.rsplit("-", 1)[-1]) is not None
        return self._recent[-1] if self._recent and definite and (is_office(office) or office.endswith("en")) else None

    def _body(self, name: str) -> Speaker:
        words = name.split()
        if len(words) == 1 and self.ordinary(words[0]):
            known = next((body for body in reversed(self._bodies) if self._same(body, words[0])), None)
            name = known or name[:1].lower() + name[1:]
        elif len(words) > 1 and self.ordinary(words[0]) and words[1][0].islower():
            name = name if words[0] == "Statens" or self._within(name) else name[:1].lower() + name[1:]
        self._bodies.pop(name, None)
        self._bodies[name] = None
        self.latest = Speaker(name, SpeakerKind.BODY)
        return self.latest

    def _within(self, name: str) -> bool:
        """Whether the name stands within a sentence, and so has its capital of its own; looked for once."""
        if name not in self._proper:
            self._proper[name] = f" {name}" in self._text
        return self._proper[name]

    @staticmethod
    def _same(body: str, noun: str) -> bool:
        """Whether it is "tilsynet" after "Datatilsynet", "kommunen" after "Strandby kommune"."""
        last, noun = body.split()[-1].lower(), noun.lower()
        if len(noun) < 5 or body.lower() == noun:
            return False
        if noun in ("organisasjonen", "instansen"):
            return body[0].isupper()
        stem = re.sub(r"(?:en|et|a)$", "", noun)
        return last.endswith(noun) or (body[0].isupper() and last in (stem, stem + "e"))

    def ordinary(self, word: str) -> bool:
        """Whether a word is capitalised only because it opens its sentence."""
        if word.isupper() and len(word) > 1:
            return False
        if self._words is None:
            self._words = frozenset(_INSIDE.findall(self._text))
        if _PROPER_BODY.fullmatch(word):
            return False
        if word.lower() in self._words or word in self._words:
            return word.lower() in self._words
        return word.lower() in word_counts() or _DEFINITE.fullmatch(word) is not None

    def _remember(self, person: Person) -> None:
        if person in self._recent:
            self._recent.remove(person)
        self._recent.append(person)
        del self._recent[:-RECENT]

    def _of(self, person: Person) -> Speaker:
        self.latest = Speaker(person.name, SpeakerKind.PERSON, person.role)
        return self.latest


def _elsewhere(belonging: str, role: str | None) -> bool:
    """Whether what follows an office tells of another holder than the known one.

    >>> _elsewhere("i en av de minste kommunene", "rektor ved Nes skole"), _elsewhere("i Vik", "ordfører i Nes")
    (True, True)
    >>> _elsewhere("i Nes kommune", "ordfører i Nes"), _elsewhere("i en pressemelding", "ordfører i Nes")
    (False, False)
    """
    place, own = _PLACE.match(belonging), _PLACE.search(role or "")
    return _ANOTHER.match(belonging) is not None or (
        place is not None and own is not None and place["name"] not in own.string
    )


def _cut(words: list[str], ends: frozenset[str]) -> list[str]:
    """The words before the first, after the opening one, that goes on with the sentence."""
    return words[: next((i for i, word in enumerate(words) if i and word.lower() in ends), len(words))]


def _pair_of(people: tuple[Person, ...]) -> Speaker:
    """Two people who speak together."""
    roles = [person.role for person in people if person.role]
    role = " og ".join(roles) if len(roles) == len(people) else None
    return Speaker(" og ".join(person.name for person in people), SpeakerKind.PERSON, role)

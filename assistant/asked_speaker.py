"""Whose words does a question ask for? "Hva mener Knutsen om …?" is answered by Knutsen, and by nobody else."""

import re
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from rapidfuzz.distance import OSA

from assistant.answer import Reading
from assistant.known_speakers import KnownSpeakers
from index.compounds import word_counts
from index.documents.document import Document
from index.letters import CAPITALS
from index.short_names import SHORT_NAMES
from index.speakers import Speaker, SpeakerKind
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
from index.surroundings import surroundings_of

_WORD = re.compile(r"\w+(?:[-’']\w+)*")
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
_LINKS = frozenset("i for ved på fra frå hos av og of at from the and".split())  # noqa: SIM905
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


@dataclass(frozen=True, slots=True)
class Asked:
    """Whose words a question asks for, and where the sources have them."""

    name: str
    """As the question writes it: "Knutsen", "politiet", "lederen i velforeningen"."""
    documents: frozenset[str]
    """Ids of the documents in which the speaker says something."""
    full_name: str
    """As the documents write it, where they have the speaker."""
    strict: bool
    """A single person, or a body by its name that no document has the words of: nobody else's words will do, and where
    there are none, there is no answer."""

    @property
    def tells(self) -> bool:
        """Whether others' words are left out; not where nobody can tell who "rådet" is."""
        return bool(self.documents) or self.strict


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
            asked = _asked(_WORD.findall(_owner(found) if pattern is _OPINION else found["who"]))
            yield from [(asked, True)] if asked else []
            return
    for pattern in (_ACCORDING, _AFTER_VERB):
        for found in pattern.finditer(question):
            clause = re.split(r"[,.;:?!«»]", question[found.end() :], maxsplit=1)[0]
            asked = _asked(_subject(_WORD.findall(clause)))
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


def find_asked(
    question: str, known: KnownSpeakers, document: Callable[[str], Document], searched: Collection[str]
) -> Asked | None:
    """Whose words the question asks for; None where it asks for nobody's.

    Args:
        question: As it was understood.
        known: The words and speakers of the index's documents.
        document: The document of an id; asked only for those that hold the name.
        searched: Ids of the documents to search.
    """
    name = asked_words(question)
    if name is None:
        return None
    mentioning = sorted(known.holding(_clues(name)) & frozenset(searched))
    found: dict[str, list[Speaker]] = {}
    for identifier in mentioning:
        matching = [it for it in known.of(document(identifier)) if is_asked(name, it)]
        if matching:
            found[identifier] = matching
    speakers = [speaker for several in found.values() for speaker in several]
    persons = {speaker.name for speaker in speakers if speaker.kind is SpeakerKind.PERSON}
    single = bool(persons) and not any(speaker.kind is SpeakerKind.BODY for speaker in speakers) and _names_one(name)
    return Asked(
        name=name,
        documents=frozenset(found),
        full_name=min(persons, key=len) if len(persons) == 1 else name,
        strict=single or (not speakers and (_looks_like_person(name) or is_body(name))),
    )


@lru_cache(maxsize=1 << 14)  # of the ways to understand one question, each asks for the same
def is_asked(name: str, speaker: Speaker) -> bool:
    """Whether a speaker is whom the question names: by name, by office, or as one who speaks for a body."""
    if speaker.kind is SpeakerKind.INTERVIEWER:
        return False
    own = {word.casefold() for word in _WORD.findall(speaker.name)}
    role = {word.casefold() for word in _WORD.findall(speaker.role or "")}
    words = _WORD.findall(name)
    office = is_office(words[0])
    if office and speaker.kind is SpeakerKind.BODY:
        return False
    named = [_bare(word, own) for word in words if word[0].isupper() and not is_office(word)]
    if named and office and named[-1] not in own:
        return all(_in_role(word, role) for word in [words[0].casefold(), *named])
    if named:
        named += [word for word in words if word[0].islower() and word not in _LINKS and not is_office(word)]
        if named[0] in own or named[-1] in own:
            return all(word in own or _stem(word) in own or _in_role(word, role) for word in named)
        return not _looks_like_person(name) and all(_in_role(word, role | own) for word in named)
    if speaker.kind is SpeakerKind.PERSON:
        return bool(role) and _in_role(words[0].casefold(), role)
    return _stem(words[0].casefold()) in {_stem(word) for word in own}


def own_words(readings: Sequence[Reading], asked: Asked, named: Collection[str]) -> tuple[Reading, ...]:
    """The readings with the evidence of others' sentences taken out, and without those that hold nothing else.

    The document's own voice counts where the question names the document's author, where the sentence tells of the
    person, and, for a body that has its say somewhere, everywhere: only what plainly somebody else says is left out.
    An office, or a body by a common noun, that no document has the words of leaves the readings as they are: each quote
    tells who says it. A body by its name is then as a person: a party that the sources lack says nothing in them.
    """
    if not asked.tells:
        return tuple(readings)
    kept = []
    for reading in readings:
        document = reading.hit.document
        surroundings = surroundings_of(document)
        evidence = []
        for sentence, share in zip(reading.hit.passage.sentences, reading.evidence, strict=True):
            speaker = surroundings.speaker(sentence)
            words = document.text[sentence.start : sentence.end]
            if speaker is not None and _is_publisher(speaker, document):
                speaker = None
            own = _own(words, speaker, asked, authored=document.id in named)
            evidence.append(share if own else 0.0)
        most, left = max(reading.evidence, default=0.0), max(evidence, default=0.0)
        if left > 0:
            kept.append(replace(reading, evidence=tuple(evidence), relevance=reading.relevance * left / most))
    return tuple(kept)


def _own(words: str, speaker: Speaker | None, asked: Asked, *, authored: bool) -> bool:
    if speaker is not None:
        return is_asked(asked.name, speaker)
    if authored or not asked.strict:
        return True
    key = _key(asked.name)
    return re.search(rf"(?<!\w){re.escape(key)}(?!s?\w)(?!s\s)", words.casefold()) is not None


def _is_publisher(speaker: Speaker, document: Document) -> bool:
    """Whether a body is the one whose document it is: "Venstre mener at …" in "Partiet Venstre"."""
    metadata = document.source.metadata
    about = {word.casefold() for word in _WORD.findall(f"{metadata.title} {metadata.publisher}")}
    return speaker.kind is SpeakerKind.BODY and {word.casefold() for word in _WORD.findall(speaker.name)} <= about


def _subject(words: Sequence[str]) -> list[str]:
    """The words that name somebody: as far as the next verb, preposition or question word."""
    kept: list[str] = []
    office = bool(words) and is_office(words[0])
    for word in words:
        small = word.casefold()
        if kept and (small in _STOP or small in FINITE or small in SUBORDINATORS or small in SAYING):
            break
        if kept and small in _LINKS and not office:
            break
        kept.append(word)
    while kept and kept[-1].casefold() in _LINKS:
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


def _key(name: str) -> str:
    """What a document that has the speaker must hold: the stem of the office or the noun, or the last proper word."""
    words = _WORD.findall(name)
    proper = [word.casefold() for word in words if word[0].isupper() and not is_office(word)]
    return proper[-1] if proper and not is_office(words[0]) else _stem(words[0].casefold())


def _clues(name: str) -> tuple[str, ...]:
    """What a document must hold, one of them, to be looked into: the key, an office in both written standards."""
    key = _key(name)
    if not is_office(_WORD.findall(name)[0]):
        return (key,)
    return key, re.sub(r"leder$", "leiar", key), re.sub(r"er$", "ar", key)


def _looks_like_person(name: str) -> bool:
    """Two capitalised words or more, and none in capitals only."""
    words = _WORD.findall(name)
    return len(words) > 1 and all(word[0].isupper() for word in words) and not any(word.isupper() for word in words)


def is_body(name: str) -> bool:
    """Whether it is the name of one body: "Fremskrittspartiet", "SSB", but not "politiet", "Novella" or "NOU 2019"."""
    words = _WORD.findall(name)
    if len(words) > 1 or not words[0][0].isupper() or words[0] == "NOU":
        return False
    short = words[0].isalpha() and sum(letter.isupper() for letter in words[0]) > 1
    return short or words[0].casefold() in _BODIES_BY_NAME or bool(re.fullmatch(BODIES, words[0], re.IGNORECASE))


def _names_one(name: str) -> bool:
    return any(word[0].isupper() for word in _WORD.findall(name)) or is_office(_WORD.findall(name)[0])


def _bare(word: str, own: Collection[str]) -> str:
    """As the speaker's name has it, with or without an -s: in "Aas syn" nobody can tell whether it is an ending."""
    small = word.casefold()
    return next((form for form in (small, small.removesuffix("s"), f"{small}s") if form in own), small)


def _stem(word: str) -> str:
    """Without a definite ending: "politiet" -> "politi", "regionsjefen" -> "regionsjef"."""
    for ending in ("mannen", "eren", "aren", "oren"):
        if word.endswith(ending):
            word = word[:-2]
            break
    else:
        word = re.sub(r"(?:ene|ane|en|et|a)$", "", word) if len(word) > 4 else word
    word = re.sub(r"leiar$", "leder", word)
    return re.sub(r"(?<=\w{3})ar$", "er", word)  # "forskar", "ordførar": the same office in Nynorsk


def _in_role(word: str, role: Collection[str]) -> bool:
    """Whether a role has the word, as itself, definite, in the genitive or as part of a compound."""
    stems = {_stem(word), _stem(word.removesuffix("s"))}
    return any(len(stem) > 3 and _is_part(stem, other) for stem in stems for other in role)


def _is_part(stem: str, word: str) -> bool:
    """Whether a word is, or is compounded with, what has this stem: "politiførstebetjent", but not "politiker"."""
    if len(stem) > 5 and OSA.distance(_stem(word), stem, score_cutoff=1) <= 1:  # "Møtestaden", "Møtestedet"
        return True
    if _stem(word).endswith(stem) or _stem(word.removesuffix("s")).endswith(stem):
        return True
    rest = word.removeprefix(stem).removeprefix("s")
    return word.startswith(stem) and len(rest) > 3 and (is_office(rest) or rest in word_counts())

"""The words of whom a question asks for: "Hva mener Knutsen om …?" is answered by Knutsen, and by nobody else."""

import re
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from rapidfuzz.distance import OSA

from assistant.answer import Reading
from assistant.asked_speaker import LINKS, WORD, asked_words, is_body
from assistant.known_speakers import KnownSpeakers
from index.compounds import word_counts
from index.documents.document import Document
from index.speakers import Speaker, SpeakerKind
from index.speakers.people import is_office
from index.surroundings import surroundings_of


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
    own = {word.casefold() for word in WORD.findall(speaker.name)}
    role = {word.casefold() for word in WORD.findall(speaker.role or "")}
    words = WORD.findall(name)
    office = is_office(words[0])
    if office and speaker.kind is SpeakerKind.BODY:
        return False
    named = [_bare(word, own) for word in words if word[0].isupper() and not is_office(word)]
    if named and office and named[-1] not in own:
        return all(_in_role(word, role) for word in [words[0].casefold(), *named])
    if named:
        named += [word for word in words if word[0].islower() and word not in LINKS and not is_office(word)]
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
    about = {word.casefold() for word in WORD.findall(f"{metadata.title} {metadata.publisher}")}
    return speaker.kind is SpeakerKind.BODY and {word.casefold() for word in WORD.findall(speaker.name)} <= about


def _key(name: str) -> str:
    """What a document that has the speaker must hold: the stem of the office or the noun, or the last proper word."""
    words = WORD.findall(name)
    proper = [word.casefold() for word in words if word[0].isupper() and not is_office(word)]
    return proper[-1] if proper and not is_office(words[0]) else _stem(words[0].casefold())


def _clues(name: str) -> tuple[str, ...]:
    """What a document must hold, one of them, to be looked into: the key, an office in both written standards."""
    key = _key(name)
    if not is_office(WORD.findall(name)[0]):
        return (key,)
    return key, re.sub(r"leder$", "leiar", key), re.sub(r"er$", "ar", key)


def _looks_like_person(name: str) -> bool:
    """Two capitalised words or more, and none in capitals only."""
    words = WORD.findall(name)
    return len(words) > 1 and all(word[0].isupper() for word in words) and not any(word.isupper() for word in words)


def _names_one(name: str) -> bool:
    return any(word[0].isupper() for word in WORD.findall(name)) or is_office(WORD.findall(name)[0])


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

"""Questions as people type them: typos, split compounds, "aa" for "å", Nynorsk, keywords, no question mark."""

import re
from argparse import ArgumentParser
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from random import Random

from assistant.reader.rewording import Rewording
from assistant.reader.translated import read_translations

NYNORSK, SPLIT, TYPO, NO_SPECIAL_LETTERS, CARELESS = 0.12, 0.08, 0.12, 0.05, 0.2
KEYWORDS, FORGETFUL = 0.06, 0.12
REWORDED = 0.3
"""Share of the questions that each change is made to."""

_NEIGHBOURS = "aeinrstlkogdmpuvfhåøæ"
_LETTERS = (("å", "aa"), ("ø", "oe"), ("æ", "ae"), ("Å", "Aa"), ("Ø", "Oe"), ("Æ", "Ae"))
_LONG = 9
"""Letters of the shortest compound that is split."""
_TO_NYNORSK = """
hvor mange=kor mange|hva=kva|hvor=kvar|hvordan=korleis|hvorfor=kvifor|hvem=kven|hvilken=kva|hvilket=kva|hvilke=kva
ikke=ikkje|jeg=eg|noen=nokon|noe=noko|de=dei|fra=frå|sier=seier|ble=vart|hun=ho|mye=mykje|flere=fleire|mer=meir
bare=berre|gjør=gjer|gjøre=gjere|være=vere|kommer=kjem|sammen=saman|selv=sjølv|hvis=dersom|mener=meiner|en=ein|et=eit
utenfor=utanfor|foreslår=føreslår|gikk=gjekk|fikk=fekk|vet=veit
"""
_WORDS = dict(pair.split("=") for line in _TO_NYNORSK.split("\n") for pair in line.split("|") if pair)
_CARRY_NOTHING = """
hva hvor hvordan hvorfor hvem hvilken hvilket hvilke når er var blir ble ha har hadde kan skal vil må det den de
i på om til for av med fra og eller som at en et ei kva kvar korleis kvifor kven kor vart frå ein eit
"""
_FUNCTION_WORDS = frozenset(_CARRY_NOTHING.split())
_ENOUGH = 3
"""Words that a question must at least keep."""
_WORD = re.compile(r"\b(hvor mange|\w+)\b", re.IGNORECASE)
_PLURAL = re.compile(r"(?<=\w{3})e(r|ne)$")
"""Bokmål "-er" and "-ene" are mostly "-ar" and "-ane": wrong for some words, as learners' Nynorsk is."""


@dataclass(frozen=True, slots=True)
class OtherWords:
    """Where other words for a question in Bokmål come from."""

    everyday: Rewording | None = None
    """None: official words stay."""
    nynorsk: Mapping[str, str] = field(default_factory=dict)
    """Whole questions in Nynorsk, by what they are in Bokmål; others are put roughly into it."""


NO_OTHERS = OtherWords()


def add_other_words(parser: ArgumentParser) -> None:
    """The options ``--words`` and ``--nynorsk``, for ``other_words``."""
    parser.add_argument("--words", type=Path, help="list of everyday words to ask in, as index/everyday.tsv")
    parser.add_argument("--nynorsk", type=Path, help="questions in Nynorsk, as assistant.reader.translated writes them")


def other_words(everyday: Path | None, nynorsk: Path | None) -> OtherWords:
    """From a word list and a file that ``assistant.reader.translated`` wrote. Raises ``FileNotFoundError``."""
    return OtherWords(
        everyday=Rewording.read(everyday) if everyday else None,
        nynorsk=read_translations(nynorsk) if nynorsk else {},
    )


def vary(
    question: str, random: Random, *, language: str, vocabulary: Collection[str], others: OtherWords = NO_OTHERS
) -> str:
    """The question, perhaps changed; ``vocabulary`` holds words in lower case that parts of compounds may be."""
    draw = random.random()
    if language == "nb" and draw < NYNORSK:
        question = others.nynorsk.get(question) or to_nynorsk(question)
    elif language == "nb" and others.everyday and random.random() < REWORDED:
        question = others.everyday(question, random)
    elif draw < NYNORSK + SPLIT:
        question = split_compound(question, random, vocabulary)
    draw = random.random()
    if draw < KEYWORDS:
        question = keywords(question)
    elif draw < KEYWORDS + FORGETFUL:
        question = forget(question, random)
    draw = random.random()
    if draw < TYPO:
        question = mistype(question, random)
    elif draw < TYPO + NO_SPECIAL_LETTERS:
        for letter, written in _LETTERS:
            question = question.replace(letter, written)
    if random.random() < CARELESS:
        question = question.lower().rstrip("?. ")
    return question


def to_nynorsk(question: str) -> str:
    """Roughly Nynorsk, word by word.

    >>> to_nynorsk("Hvor mange planer har hun ikke fått fra kommunene?")
    'Kor mange planar har ho ikkje fått frå kommunane?'
    """
    return _WORD.sub(_nynorsk_word, question)


def split_compound(question: str, random: Random, vocabulary: Collection[str]) -> str:
    """One long word written as two, if both are words.

    >>> split_compound("Hva er budsjettforslaget?", Random(1), {"budsjett", "forslaget"})
    'Hva er budsjett forslaget?'
    """
    words = re.split(r"(\W+)", question)
    long = [i for i, word in enumerate(words) if len(word) >= _LONG and word.isalpha()]
    random.shuffle(long)
    for i in long:
        word = words[i].lower()
        cuts = [c for c in range(3, len(word) - 2) if word[c:] in vocabulary and _is_part(word[:c], vocabulary)]
        if cuts:
            cut = random.choice(cuts)
            words[i] = f"{words[i][:cut]} {words[i][cut:]}"
            break
    return "".join(words)


def keywords(question: str) -> str:
    """What people write into a search box: the words that carry meaning, if there are enough of them.

    >>> keywords("Hva mener Venstre om straff for bruk av rusmidler?")
    'mener Venstre straff bruk rusmidler'
    """
    words = [word for word in re.findall(r"[\w-]+", question) if word.lower() not in _FUNCTION_WORDS]
    return " ".join(words) if len(words) >= _ENOUGH else question


def forget(question: str, random: Random) -> str:
    """The question without one of its words, of those after the first; short questions stay."""
    words = question.split(" ")
    if len(words) > _ENOUGH:
        del words[random.randrange(1, len(words))]
    return " ".join(words)


def mistype(question: str, random: Random) -> str:
    """One or two letters swapped, left out, doubled or wrong, never a word's first."""
    for _ in range(random.choice((1, 1, 2))):
        places = [i for i in range(1, len(question) - 1) if question[i - 1 : i + 1].isalpha()]
        if not places:
            break
        i = random.choice(places)
        before, letter, after = question[:i], question[i], question[i + 1 :]
        changed = (after[:1] + letter + after[1:], after, 2 * letter + after, random.choice(_NEIGHBOURS) + after)
        question = before + random.choice(changed)
    return question


def _nynorsk_word(found: re.Match[str]) -> str:
    word = found[0]
    known = _WORDS.get(word.lower())
    if known is None:
        return _PLURAL.sub(r"a\1", word)
    return known.capitalize() if word[0].isupper() else known


def _is_part(word: str, vocabulary: Collection[str]) -> bool:
    """A compound's first part, also with the s that joins it."""
    return word in vocabulary or (word.endswith("s") and word[:-1] in vocabulary)

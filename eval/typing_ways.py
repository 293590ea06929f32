"""Questions as people type them: without æ, ø and å, with slips of the keyboard, in two written standards at once."""

import re
from collections.abc import Callable, Mapping, Sequence
from random import Random

from assistant.reader.augmentation import mistype, split_compound, to_nynorsk
from index.compounds import word_counts

_BARE = (("å", "a"), ("ø", "o"), ("æ", "ae"), ("Å", "A"), ("Ø", "O"), ("Æ", "Ae"))
_DIGRAPHS = (("å", "aa"), ("ø", "oe"), ("æ", "ae"), ("Å", "Aa"), ("Ø", "Oe"), ("Æ", "Ae"))
_ROWS = ("qwertyuiopå", "asdfghjkløæ", "zxcvbnm")
_LONG = 5
"""Letters of the shortest word that is mistyped: it must be left something to be known by."""
_WORD = re.compile(r"[^\W\d_]+")
_DOUBLE = re.compile(r"([bdfgklmnprst])\1")
_SINGLE = re.compile(r"(?<=[aeiouyæøå])([dfgklmnprst])(?=[aeiouyæøå])")


def bare(question: str, _: Random) -> str:
    """Without æ, ø and å, as on a foreign keyboard.

    >>> bare("Når får høyskolen ny læreplan?", Random())
    'Nar far hoyskolen ny laereplan?'
    """
    return _written(question, _BARE)


def digraphs(question: str, _: Random) -> str:
    """With aa, oe and ae.

    >>> digraphs("Når får høyskolen ny læreplan?", Random())
    'Naar faar hoeyskolen ny laereplan?'
    """
    return _written(question, _DIGRAPHS)


def lower(question: str, _: Random) -> str:
    """In lower case and without a question mark.

    >>> lower("Hva mener Venstre?", Random())
    'hva mener venstre'
    """
    return question.lower().rstrip("?. ")


def slips(question: str, random: Random) -> str:
    """With a slip or two of any kind, in lower case and without a question mark."""
    return lower(mistype(question, random), random)


def split(question: str, random: Random) -> str:
    """With one compound written as two words."""
    return split_compound(question, random, word_counts().keys())


def consonants(question: str, random: Random) -> str:
    """With one double consonant single or one single consonant double, in one word.

    >>> consonants("Hvem betaler?", Random(1))
    'Hvem bettaler?'
    """

    def wrong(word: str) -> str:
        single = _DOUBLE.sub(r"\1", word, count=1)
        return single if single != word else _SINGLE.sub(r"\1\1", word, count=1)

    return _one_word(question, random, wrong)


def keyboard(question: str, random: Random) -> str:
    """With the key beside the right one, in one word, not its first letter.

    >>> keyboard("Hvem betaler?", Random(1))
    'Hvem beraler?'
    """

    def wrong(word: str) -> str:
        place = random.randrange(1, len(word))
        row = next((row for row in _ROWS if word[place] in row), "")
        beside = [row[i] for i in (row.find(word[place]) - 1, row.find(word[place]) + 1) if row and 0 <= i < len(row)]
        return word[:place] + random.choice(beside or [word[place]]) + word[place + 1 :]

    return _one_word(question, random, wrong)


def swapped(question: str, random: Random) -> str:
    """With two neighbouring letters swapped, in one word, not its first.

    >>> swapped("Hvem betaler?", Random(1))
    'Hvem beatler?'
    """

    def wrong(word: str) -> str:
        place = random.randrange(1, len(word) - 1)
        return word[:place] + word[place + 1] + word[place] + word[place + 2 :]

    return _one_word(question, random, wrong)


def conjunction(question: str, _: Random) -> str:
    """With "å" for "og" and "og" for "å".

    >>> conjunction("Hva koster det å leie kaia og båten?", Random())
    'Hva koster det og leie kaia å båten?'
    """
    return re.sub(r"\b(og|å)\b", lambda found: "å" if found[0] == "og" else "og", question)


def mixed(question: str, random: Random) -> str:
    """Half in Nynorsk, word by word, as many write who learnt both."""
    return " ".join(to_nynorsk(word) if random.random() < 0.5 else word for word in question.split(" "))


WAYS: Mapping[str, Callable[[str, Random], str]] = {
    "bare": bare,
    "conjunction": conjunction,
    "consonants": consonants,
    "digraphs": digraphs,
    "keyboard": keyboard,
    "lower": lower,
    "mixed": mixed,
    "slips": slips,
    "split": split,
    "swapped": swapped,
}
"""Each makes one form of a question; the same for the same random numbers."""


def _one_word(question: str, random: Random, wrong: Callable[[str], str]) -> str:
    """The question with one of its long words mistyped; itself where that changes none."""
    words = [found for found in _WORD.finditer(question) if len(found[0]) >= _LONG]
    random.shuffle(words)
    for found in words:
        changed = wrong(found[0])
        if changed != found[0]:
            return question[: found.start()] + changed + question[found.end() :]
    return question


def _written(question: str, letters: Sequence[tuple[str, str]]) -> str:
    for letter, typed_as in letters:
        question = question.replace(letter, typed_as)
    return question

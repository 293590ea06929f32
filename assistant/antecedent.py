"""Who "han" or "hun" is in a follow-up: the person whom the questions before it, or the last answer, name.

Only a person is put in place of the pronoun, since only then is it told whose words are asked for. What "den" and "det"
are is left to the reader, which sees the question before.
"""

import re
from collections.abc import Iterable, Sequence

from assistant.asked_speaker import asked_words
from index.speakers.words import SAYING, given_names

_WOMAN, _MAN = "hun ho henne she her", "han ham honom he him"
_PRONOUN = re.compile(rf"\b(?:(?P<f>{_WOMAN.replace(' ', '|')})|(?P<m>{_MAN.replace(' ', '|')}))\b", re.IGNORECASE)
_CAPITALISED = r"[A-ZÆØÅ][\w’'-]+"
_NAME = re.compile(rf"(?<!\w){_CAPITALISED}(?:\s+{_CAPITALISED})+")
_VERBS = "|".join(sorted(SAYING, key=len, reverse=True))
_SAYS = re.compile(rf"\b(?:{_VERBS})\s+(?P<name>{_CAPITALISED}(?:\s+{_CAPITALISED})*)")


def with_name(question: str, earlier: Sequence[str], quoted: str) -> str:
    """The question with the person's name for the first pronoun; itself where nobody, or several, may be meant.

    Args:
        question: The follow-up.
        earlier: The questions before it, the last first.
        quoted: The last answer's words.

    >>> with_name("Hva mener hun om det?", ["Hvem er Kari Gran?"], "")
    'Hva mener Kari Gran om det?'
    >>> with_name("Hva mener han?", ["Hvem leder klubben?"], "– Det blir dyrt, sier Per Dal.")
    'Hva mener Per Dal?'
    """
    pronoun = _PRONOUN.search(question)
    if pronoun is None or any(word[0].isupper() for word in question.split()[1:]):
        return question
    gender = "f" if pronoun["f"] else "m"
    for names in (*(_asked_of(text, gender) for text in earlier), _quoted_in(quoted, gender)):
        if names:
            name, *others = names
            return question if others else f"{question[: pronoun.start()]}{name}{question[pronoun.end() :]}"
    return question


def _asked_of(question: str, gender: str) -> tuple[str, ...]:
    asked = asked_words(question)
    surname = asked if asked and len(asked.split()) == 1 and asked[0].isupper() else ""
    return _persons([*_full_names(question, gender), *([surname] if surname else [])])


def _quoted_in(quoted: str, gender: str) -> tuple[str, ...]:
    return _persons([*_full_names(quoted, gender), *(found["name"] for found in _SAYS.finditer(quoted))])


def _full_names(text: str, gender: str) -> list[str]:
    """Names of two words and more that begin with a given name, of that gender: "Ytste Moen" is nobody."""
    found: list[str] = []
    for name in _NAME.findall(text):
        words = name.split()
        first = next((i for i, word in enumerate(words[:-1]) if word.lower() in given_names()), None)
        if first is not None and given_names()[words[first].lower()] == gender:
            found.append(" ".join(words[first:]))
    return found


def _persons(names: Iterable[str]) -> tuple[str, ...]:
    """Each person once, by the last name: "Arild Knutsen" and "Knutsen" are one."""
    return tuple({name.split()[-1]: name for name in reversed(list(names))}.values())

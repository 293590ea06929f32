"""How a follow-up is written: with what it follows in brackets, "Og i fjor? (Hvor mange båter sank?)"."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

_BRACKETED = re.compile(r"(?P<asked>.*\w.*[?!.]) \((?P<followed>[^()]*\w[^()]*)\)", re.DOTALL)
_BETWEEN = re.compile(r"(?<=[?!])\s+")
_NO_BRACKETS = str.maketrans("", "", "()")


@dataclass(frozen=True, slots=True)
class Bracketed:
    """A follow-up, and what it follows."""

    asked: str
    followed: str

    @property
    def topic_first(self) -> str:
        """In the conversation's order.

        >>> Bracketed("Og i fjor?", "Hvor mange sank?").topic_first
        'Hvor mange sank? Og i fjor?'
        """
        return f"{self.followed} {self.asked}"

    @property
    def before(self) -> str:
        """The question that is followed, with what it follows itself in brackets.

        >>> Bracketed("Noe mer?", "Og i fjor? Hvor mange sank?").before
        'Og i fjor? (Hvor mange sank?)'
        """
        last, *topic = _BETWEEN.split(self.followed, maxsplit=1)
        return with_brackets(last, topic) if topic else last


def in_brackets(question: str) -> Bracketed | None:
    """The parts of a question that says in brackets what it follows; None for any other.

    >>> in_brackets("Og i fjor? (Hvor mange sank?)")
    Bracketed(asked='Og i fjor?', followed='Hvor mange sank?')
    """
    found = _BRACKETED.fullmatch(question)
    return Bracketed(found["asked"], found["followed"]) if found else None


def with_brackets(asked: str, followed: Sequence[str]) -> str:
    """The follow-up with the questions that it follows, in this order.

    >>> with_brackets("Og i fjor", ["Hvor mange sank (i alt)?"])
    'Og i fjor? (Hvor mange sank i alt?)'
    """
    return f"{_ended(asked)} ({' '.join(map(_ended, followed)).translate(_NO_BRACKETS)})"


def _ended(question: str) -> str:
    return question if question[-1] in "?!." else f"{question}?"

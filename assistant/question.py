"""Question and history -> a question that stands alone."""

import re
from dataclasses import dataclass

from assistant.answer import History, Role
from index.documents.document import Language
from index.errors import EmptyQuestion, QuestionTooLong, QuestionWithoutWords
from index.language import Analyser, detect_language

MAX_QUESTION = 1000
"""Characters; a longer text is not a question."""
_MAX_TAKEN_ALONG = 3
"""How many earlier questions a chain of follow-ups may reach back."""

_OPENERS = re.compile(
    r"^\s*(og|men|enn|hva med|kva med|hva så|hvorfor det|kvifor det|hvordan da|korleis da|and|but|what about|why so)\b",
    re.IGNORECASE,
)
"""Openings that no first question has: "Og året før?", "Hva med politiet?"."""
_POINTING = """
    den det de han hun hen dem ham henne hans hennes deres denne dette disse der da slik sånn slikt sånt
    dei ho honom hennar deira desse dette såleis it they them he she him her their this that these those there
"""
_POINTERS = frozenset(_POINTING.split())
"""Words that point back at something already said."""
_COMMON = """
    si sier sa seier mener meiner mente synes synest tenker tenkjer tror trur gjør gjer gjorde vil skal kan bør må var
    være vere blir blei ble har hadde fikk får andre annet anna mer meir flere fleire ellers elles også igjen
    say says said think thinks does did do other others more also again
"""
_LIGHT = frozenset(_COMMON.split())
"""Words that are too common to make a question stand alone."""
_WORD = re.compile(r"[^\W\d_]+")
_HAS_WORD = re.compile(r"[^\W\d_]{2,}|\d")


@dataclass(frozen=True, slots=True)
class StandaloneQuestion:
    """A question with everything that it needs from the conversation."""

    text: str
    language: Language
    """Of the question as it was asked."""


def understand(question: str, history: History, *, analyser: Analyser) -> StandaloneQuestion:
    """Make a question stand alone: an elliptic follow-up takes the questions before it along.

    Raises:
        EmptyQuestion: Nothing but white space.
        QuestionTooLong: More than ``MAX_QUESTION`` characters.
        QuestionWithoutWords: Only punctuation or symbols.
    """
    text = check(question)
    earlier = [_clean(turn.content)[:MAX_QUESTION] for turn in history if turn.role is Role.USER]
    parts = [text]
    for previous in reversed(earlier[-_MAX_TAKEN_ALONG:]):
        if not is_elliptic(parts[0], analyser=analyser) or len(previous) + len(" ".join(parts)) >= MAX_QUESTION:
            break
        if previous:
            parts.insert(0, previous)
    return StandaloneQuestion(text=" ".join(parts), language=detect_language(text))


def check(question: str) -> str:
    """The question without surrounding and repeated white space and control characters, once it may be asked.

    Raises as ``understand``.
    """
    text = _clean(question)
    if not text:
        raise EmptyQuestion
    if len(text) > MAX_QUESTION:
        raise QuestionTooLong(length=len(text), limit=MAX_QUESTION)
    if not _HAS_WORD.search(text):
        raise QuestionWithoutWords
    return text


def is_elliptic(question: str, *, analyser: Analyser) -> bool:
    """Whether a question needs the one before it to be understood.

    It opens like a continuation, has no content word at all, or points back ("den", "det", "de") with at most one
    content word of its own.
    """
    if _OPENERS.match(question):
        return True
    content = _content_words(question, analyser=analyser)
    points_back = any(word.lower() in _POINTERS for word in _WORD.findall(question))
    return content == 0 or (points_back and content <= 1)


def _content_words(question: str, *, analyser: Analyser) -> int:
    words = (word for word in re.findall(r"\w+", question.lower()) if word not in _LIGHT and word not in _POINTERS)
    return sum(1 for word in words if any(weight > 0.5 for _, weight in analyser.query_terms(word)))


def _clean(text: str) -> str:
    printable = "".join(char if char.isprintable() else " " for char in text)
    return " ".join(printable.split())

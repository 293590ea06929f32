"""Question and history -> a question that stands alone."""

import re
from dataclasses import dataclass

from assistant.answer import History
from assistant.antecedent import with_name
from assistant.asking_more import asks_more
from assistant.brackets import with_brackets
from assistant.carried import Carried, calm, carried, clean, last_answer
from assistant.leaning import leaning
from index.documents.document import Language
from index.errors import EmptyQuestion, QuestionTooLong, QuestionWithoutWords
from index.language import Analyser, detect_language

MAX_QUESTION = 1000
"""Characters; a longer text is not a question."""
_ROOM = 60
"""Characters left for brackets, question marks and a name."""
_HAS_WORD = re.compile(r"[^\W\d_]{2,}|\d")


@dataclass(frozen=True, slots=True)
class StandaloneQuestion:
    """A question with everything that it needs from the conversation."""

    text: str
    language: Language
    """Of the question as it was asked."""


def understand(question: str, history: History, *, analyser: Analyser) -> StandaloneQuestion:
    """Make a question stand alone, by its looks: a likely follow-up takes along what it follows.

    Raises:
        EmptyQuestion: Nothing but white space.
        QuestionTooLong: More than ``MAX_QUESTION`` characters.
        QuestionWithoutWords: Only punctuation or symbols.
    """
    text = check(question)
    before = carried(history, analyser=analyser) if leaning(text, analyser=analyser) > 0 else None
    continued = continuing(text, before, quoted=last_answer(history))
    return StandaloneQuestion(text=continued or text, language=detect_language(text))


def continuing(question: str, before: Carried | None, *, quoted: str = "") -> str | None:
    """The question with the one that it follows in brackets, and what that one follows; None if it follows none.

    The question comes first, since what comes first weighs most with the encoder and the reader. So written, it can be
    asked again by itself and is understood the same way.

    Args:
        question: As it was asked.
        before: What the conversation carries on.
        quoted: The last answer's words.

    >>> continuing("Og i fjor?", Carried("Hvor mange båter sank i år?"))
    'Og i fjor? (Hvor mange båter sank i år?)'
    """
    if before is None:
        return None
    room = MAX_QUESTION - _ROOM - len(question)
    followed = [before.last, before.topic] if before.topic else [before.last]
    while followed and len(" ".join(followed)) > room:
        followed.pop()
    named = question if asks_more(question) else with_name(question, followed, quoted)
    return with_brackets(named, followed) if followed else None


def check(question: str) -> str:
    """The question, clean and calm, if it may be asked.

    Raises as ``understand``.
    """
    text = calm(clean(question))
    if not text:
        raise EmptyQuestion
    if len(text) > MAX_QUESTION:
        raise QuestionTooLong(length=len(text), limit=MAX_QUESTION)
    if not _HAS_WORD.search(text):
        raise QuestionWithoutWords
    return text

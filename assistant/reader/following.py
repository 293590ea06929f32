"""Follow-ups made by rule: one question of a document asked after another, in the forms in which the assistant reads.

What is asked stays what it was, and so does its answer; what was asked before it only stands beside it. Where the two
differ in one place only, no more than that is asked: "Og i 2015?".
"""

import re
from collections.abc import Sequence
from difflib import SequenceMatcher
from random import Random

from assistant.brackets import in_brackets, with_brackets

TOPIC_FIRST = 0.4
"""Share of the follow-ups that are read in the conversation's order instead of with brackets."""
_SHARED = 0.5
"""Of its words, at least so many must stand in the question before for the rest to be understood by itself."""
_MOST = 4
"""Words of what is asked then, at most."""
_PREPOSITIONS = frozenset(
    "i på om til for av med fra frå hos ved etter før under mot uten utan "  # noqa: SIM905
    "in on at to of with from by about".split()
)
_WORD = re.compile(r"[\w-]+")


def after(question: str, before: str, *, language: str) -> str:
    """A question as it is asked after another, with that in brackets.

    >>> after("Hvor mange sank i 2015?", "Hvor mange sank i 2014?", language="nb")
    'Og i 2015? (Hvor mange sank i 2014?)'
    >>> after("Hvorfor sank båten?", "Hvem leder havna?", language="nb")
    'Hvorfor sank båten? (Hvem leder havna?)'
    """
    other = _other(_WORD.findall(question), _WORD.findall(before))
    joined = "And" if language == "en" else "Og"
    asked = f"{joined} {' '.join(other)}?" if other else question
    return with_brackets(asked, [before])


def in_some_form(question: str, random: Random) -> str:
    """A question with brackets as it is, or in the conversation's order; any other as it is."""
    found = in_brackets(question)
    return found.topic_first if found and random.random() < TOPIC_FIRST else question


def _other(words: Sequence[str], before: Sequence[str]) -> Sequence[str]:
    """The words in which a question differs from the one before it, if they are few and stand together; else none."""
    matcher = SequenceMatcher(None, [word.lower() for word in before], [word.lower() for word in words], autojunk=False)
    changes = [(start, end) for tag, _, _, start, end in matcher.get_opcodes() if tag != "equal"]
    if len(changes) != 1:
        return ()
    start, end = changes[0]
    if end == start or len(words) - (end - start) < _SHARED * len(words):
        return ()
    if start and words[start - 1].lower() in _PREPOSITIONS:
        start -= 1
    if end - start > _MOST:
        return ()
    first = words[start]
    return [first.lower() if start == 0 else first, *words[start + 1 : end]]

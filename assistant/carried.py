"""What a conversation carries on to a follow-up: the question before it, and the whole question that that one follows.

What lies between the two is left out, since a chain of follow-ups drags along what is no longer spoken of. So are "Noe
mer?" and "Hvorfor det?", which name nothing that could be spoken of. A question
is carried as it was understood, where that is known, not as it was typed: "Og Kari Gran?" as "Hva mener Kari Gran?".
"""

import unicodedata
from dataclasses import dataclass, replace

from assistant.answer import History, Role, Turn
from assistant.antecedent import with_name
from assistant.asking_more import asks_more
from assistant.asking_why import asks_why
from assistant.brackets import in_brackets
from assistant.interjections import without_interjection
from assistant.leaning import REACHES_BACK, leaning, says_enough
from assistant.putting_right import put_right
from assistant.replacing import replaced
from index.language import Analyser

_LOOKED_AT = 5
"""How many of the last questions are looked at: what was asked before them is not spoken of any more."""
_WHOLE_QUESTION = 4
"""Words from which on capital letters throughout are a key that was left on, not an abbreviation or two."""


@dataclass(frozen=True, slots=True)
class Carried:
    """What a follow-up may follow."""

    last: str
    """The question before it; a name in it may stand for a pronoun."""
    topic: str = ""
    """The last question that says what is spoken of, where ``last`` follows it; else empty."""

    @property
    def questions(self) -> tuple[str, ...]:
        """The nearest first."""
        return (self.last, self.topic) if self.topic else (self.last,)


def recent(history: History) -> tuple[Turn, ...]:
    """The turns of a conversation that matter to a follow-up, the oldest first."""
    asked = [place for place, turn in enumerate(history) if turn.role is Role.USER and clean(turn.content)]
    return tuple(history[asked[-_LOOKED_AT:][0] :]) if asked else ()


def carried(history: History, *, analyser: Analyser) -> Carried | None:
    """What the conversation carries on, oldest turn first; None where nothing was asked yet.

    >>> turns = [Turn(Role.USER, text) for text in ("Hvor mange sank i år?", "Og i fjor?", "Hvem sa det?")]
    >>> carried(turns, analyser=Analyser())
    Carried(last='Hvem sa det?', topic='Hvor mange sank i fjor?')
    """
    turns = recent(history)
    found: Carried | None = None
    for place, turn in enumerate(turns):
        if turn.role is Role.USER and clean(turn.content):
            found = _after(turn, found, last_answer(turns[:place]), analyser)
    return found


def asked_before(history: History) -> tuple[str, ...]:
    """The questions of a conversation as they were understood, the last first: where a name may be looked for."""
    asked = [clean(turn.understood) or clean(turn.content) for turn in history if turn.role is Role.USER]
    return tuple(found.asked if (found := in_brackets(text)) else text for text in reversed(asked) if text)


def last_answer(history: History) -> str:
    """What was said last to a question; empty where nothing was."""
    return next((turn.content for turn in reversed(history) if turn.role is Role.ASSISTANT), "")


def told(history: History) -> str:
    """All that was said to the last questions, the last first."""
    return " ".join(turn.content for turn in reversed(recent(history)) if turn.role is Role.ASSISTANT)


def clean(text: str) -> str:
    r"""The text as documents have it: composed (NFC), on one line, without what is not seen and repeated white space.

    >>> clean(" Ka\u030are  Vik i kom\u00admunen\n")
    'Kåre Vik i kommunen'
    """
    seen = (char for char in text if unicodedata.category(char) != "Cf")  # a soft hyphen parts no word
    printable = "".join(char if char.isprintable() else " " for char in unicodedata.normalize("NFC", "".join(seen)))
    return " ".join(printable.split())


def calm(text: str) -> str:
    """A whole question in capital letters in small ones, as the models know words; a name or two stay as they are.

    >>> calm("HVA KOSTER DET Å SØKE?"), calm("Hva er NAV?"), calm("LAR I OSLO")
    ('Hva koster det å søke?', 'Hva er NAV?', 'LAR I OSLO')
    """
    shouted = text[:1].isalpha() and text.isupper() and len(text.split()) >= _WHOLE_QUESTION
    return text.capitalize() if shouted else text


def cleaned(history: History) -> tuple[Turn, ...]:
    """The conversation with each question clean and calm; what was said to it is left as it is, since it is quoted."""
    return tuple(replace(it, content=calm(clean(it.content))) if it.role is Role.USER else it for it in history)


def _after(turn: Turn, before: Carried | None, quoted: str, analyser: Analyser) -> Carried:
    """What is carried on when this question has been asked as well."""
    typed, meant = put_right(without_interjection(clean(turn.content))), clean(turn.understood)
    if written := in_brackets(typed):  # it was asked as it was shown
        return Carried(written.asked, written.followed)
    if before is None:
        understood = in_brackets(meant)
        return Carried(understood.asked, understood.followed) if understood else Carried(meant or typed)
    understood = in_brackets(meant)
    alone = understood is not None and before.topic not in understood.followed
    if _names_nothing(typed):
        return Carried(before.last) if alone else before
    whole = next((it for question in before.questions if (it := replaced(typed, question))), None)
    if understood:
        return Carried(understood.asked, before.last if alone else _topic(before, analyser))
    follows = leaning(typed, analyser=analyser) >= REACHES_BACK if not meant else whole == meant
    if not follows:
        return Carried(meant or typed)
    if whole:
        return Carried(whole, before.topic)  # it asks the same of something else, and so follows what that did
    return Carried(with_name(typed, before.questions, quoted), _topic(before, analyser))


def _names_nothing(question: str) -> bool:
    """Whether it only asks on about what is spoken of already."""
    return asks_more(question) or asks_why(question)


def _topic(before: Carried, analyser: Analyser) -> str:
    """What is spoken of when another question follows: the latest question that says so by itself."""
    if not before.topic or says_enough(before.last, analyser=analyser):
        return before.last
    return before.topic

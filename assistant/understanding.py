"""A question can be understood in several ways; the reader's confidence decides between them.

A question in a conversation may be a new one or follow the one before it; a misspelt one may be meant as it is typed.
By its looks (``assistant.question.leaning``) most questions can be understood in one way only, and only that is read.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from assistant.answer import History, Role, Turn, Understood
from assistant.answering import Verdict
from assistant.antecedent import with_body, with_name
from assistant.asking_more import asks_more
from assistant.asking_why import why_so
from assistant.brackets import in_brackets
from assistant.carried import Carried, asked_before, carried, last_answer, recent
from assistant.interjections import without_interjection
from assistant.leaning import REACHES_BACK, leaning, points_back, says_enough
from assistant.odds import logit
from assistant.putting_right import put_right
from assistant.question import MAX_QUESTION, check, continuing
from assistant.question_words import ASKS_FIRST
from assistant.replacing import replaced
from index.correction import Corrector
from index.language import Analyser
from index.sources import SourceNames

_NEW, _FOLLOWS = -1.0, 4.0
"""Below and above these leanings only the one understanding is read."""
_MENDED = 1.0
"""How much more a mended question is believed than one with its slips, as a logit."""
_AGAIN = 2.0
"""How much less a follow-up is believed that finds the same quote again, as a logit."""
_EDGE = 1e-4
_BUT = re.compile(r"^(?:og|men|and|but)\s+", re.IGNORECASE)
_QUOTED = re.compile(r"[«\"“”]\s*([^«»\"“”]*\w[^«»\"“”]*)[»\"“”]")


@dataclass(frozen=True, slots=True)
class Understanding:
    """One way to understand a question."""

    text: str
    """The question so understood, standing alone."""
    how: Understood
    leaning: float = 0.0
    """How much speaks for it beside what the sources say, as a logit; only differences count."""
    guessed: bool = False
    """Nothing in its words says that it follows anything: it must be answered to be believed."""
    another: bool = False
    """It asks the same of something else: what was quoted last may tell of both."""


@dataclass(frozen=True, slots=True)
class Chosen:
    """The understanding that was chosen, and the one that the user may have meant instead."""

    place: int
    """In the sequence of understandings."""
    otherwise: str | None
    """The question to ask instead; None where it makes no difference."""


def understandings(
    question: str, history: History, *, analyser: Analyser, corrector: Corrector, names: SourceNames
) -> tuple[Understanding, ...]:
    """The ways to understand a question that are worth reading, at least one.

    Args:
        question: As it was asked; in quotation marks it has one meaning, that of its words as they stand.
        history: The conversation so far, oldest first.
        analyser: Tells which words say something.
        corrector: Mends slips.
        names: Knows the names that are typed in small letters.

    Raises:
        QuestionError: The question cannot be asked.
    """
    typed = without_interjection(check(question))
    if history:
        typed = put_right(typed)
    if quoted := _QUOTED.fullmatch(typed):
        return (Understanding(quoted[1], Understood.AS_ASKED),)
    if in_brackets(typed):  # a follow-up that was understood, and asked again as it was shown
        return (Understanding(typed, Understood.AS_ASKED),)
    typed = _plain(typed, corrector, names)
    mended = corrector.correct(typed).text
    towards = leaning(mended, analyser=analyser)
    talked = _mended(recent(history), corrector, names) if towards > _NEW else ()
    before = carried(talked, analyser=analyser)
    follows = _following(mended, before, talked, towards, analyser) if before else []
    if follows and (towards > _FOLLOWS or asks_more(mended)):
        return tuple(follows)
    ways = [Understanding(mended, Understood.AS_ASKED if mended == typed else Understood.MENDED, _MENDED), *follows]
    if mended != typed and not follows:
        ways.append(Understanding(typed, Understood.AS_ASKED))
    return tuple(ways)


def _plain(question: str, corrector: Corrector, names: SourceNames) -> str:
    """The question with capitals and in Bokmål: what is no slip, but which the models know otherwise."""
    return corrector.in_bokmaal(names.with_capitals(question))


def _mended(history: History, corrector: Corrector, names: SourceNames) -> tuple[Turn, ...]:
    """The turns with their questions mended, in Bokmål and with capitals: slips must not be carried on."""
    return tuple(
        replace(turn, content=corrector.correct(_plain(turn.content, corrector, names)).text)
        if turn.role is Role.USER
        else turn
        for turn in history
    )


def _following(
    mended: str, before: Carried, talked: Sequence[Turn], towards: float, analyser: Analyser
) -> list[Understanding]:
    """With what it follows, with and without what that follows, and as a whole where it can be seen how."""
    earlier, quoted = asked_before(talked), last_answer(talked)
    if asks_more(mended):
        again = continuing(mended, before)
        return [Understanding(again, Understood.FOLLOW_UP, _MENDED + towards)] if again else []
    whole = next((whole for it in (*before.questions, *earlier) if (whole := replaced(mended, it))), None)
    if whole and before.topic and points_back(whole, analyser=analyser):  # what it points at is still to be told
        whole = continuing(whole, Carried(before.topic), quoted=quoted)
    texts = [whole, why_so(mended, before.last)]
    asked, named = (_BUT.sub("", text) for text in (mended, with_name(mended, before.questions, quoted)))
    whole_anyway = asked != mended and ASKS_FIRST.match(asked)  # "Og hva mener Fjordens Venner om havna?"
    if (named != asked or whole_anyway) and says_enough(named, analyser=analyser):
        texts.append(named[0].upper() + named[1:])
    elif guess := None if with_body(mended, before.questions) else with_body(mended, earlier):
        texts.append(guess)  # whom it is about is not in what it follows
    alone = [Carried(before.last)] if towards >= REACHES_BACK and says_enough(before.last, analyser=analyser) else []
    texts += [continuing(mended, it, quoted=quoted) for it in dict.fromkeys((*alone, before))]
    kept = [text for text in dict.fromkeys(texts) if text and len(text) <= MAX_QUESTION]
    return [
        Understanding(text, Understood.FOLLOW_UP, _MENDED + towards, guessed=towards < 0, another=text == whole)
        for text in kept
    ]


def choose(ways: Sequence[Understanding], verdicts: Sequence[Verdict], *, typed: str, history: History = ()) -> Chosen:
    """The understanding that the sources answer most surely.

    Args:
        ways: At least one.
        verdicts: What came of reading each.
        typed: The question as it was asked.
        history: The conversation so far. A follow-up that finds what was just quoted was probably none, and has only
            found the answer to the question before it again; unless it asks the same of something else.
    """
    quoted = last_answer(history)
    sureness = [
        way.leaning + logit(verdict.confidence, edge=_EDGE) - (_AGAIN if _finds_again(way, verdict, quoted) else 0.0)
        for way, verdict in zip(ways, verdicts, strict=True)
    ]
    likely = [i for i, way in enumerate(ways) if verdicts[i].answered or not way.guessed]
    place = max(likely, key=sureness.__getitem__)
    if ways[place].how is Understood.FOLLOW_UP:
        return Chosen(place, typed)
    others = [i for i, way in enumerate(ways) if i != place and way.how is not Understood.FOLLOW_UP]
    for other in others:
        if not verdicts[place].answered or _first(verdicts[place]) != _first(verdicts[other]):
            return Chosen(place, ways[other].text)
    return Chosen(place, None)


def _finds_again(way: Understanding, verdict: Verdict, quoted: str) -> bool:
    follows = way.how is Understood.FOLLOW_UP and not way.another
    return follows and any(quote.text in quoted for quote in verdict.quotes[:1])


def _first(verdict: Verdict) -> tuple[str, int, int] | None:
    return next(((quote.document.id, quote.start, quote.end) for quote in verdict.quotes), None)

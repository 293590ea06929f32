"""Answers that users rated in the chat → a gold set of their questions.

What a rating says (``assistant.ratings.UserVerdict``) decides what is gold: a right answer's first quote; the sentence
that the user pointed out, wherever it stands; both, where the quote was a part of the answer; nothing, where the
sources do not answer; all the likely quotes of a comparison, with the sentence that it lacked. A rating that does not
tell what the right answer is, or whose sentence stands in no document any more, is left out. Of several ratings of one
question the latest counts.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from assistant.ratings import Manner, Rateable, Rating, UserVerdict
from eval.goldset import EVERY_SOURCE, QuestionType, Split
from eval.new_set import write_set
from eval.runner import Truth
from index.errors import KildesvarError


class NothingRated(KildesvarError):
    """No rating tells what the right answer is."""

    message = (
        "There is nothing to make a set of: of {number} ratings none tells what the right answer is. Rate answers as "
        "right, or paste the sentence that answers."
    )


@dataclass(frozen=True, slots=True)
class Made:
    """What became of the ratings."""

    questions: int
    left_out: int


def make_rated_set(
    ratings: Iterable[Rating], output: Path, *, truth: Truth, author: str, split: Split = Split.TEST
) -> Made:
    """Write the gold set and its manifest entry.

    Args:
        ratings: Oldest first.
        output: The JSONL file to write.
        truth: The documents that the questions will be asked of.
        author: For the manifest.
        split: What the set is for.

    Raises:
        NothingRated: No rating can be used.
        NotWritten: The system refused.
    """
    latest = {_asked(rating.answer): rating for rating in ratings}
    golds = [(rating, _gold(rating, truth)) for rating in latest.values()]
    usable = [(rating, gold) for rating, gold in golds if gold is not None]
    if not usable:
        raise NothingRated(number=len(golds))
    records = [
        {"id": f"{output.stem}-{number:03}", **_traits(rating), **gold}
        for number, (rating, gold) in enumerate(usable, start=1)
    ]
    write_set(records, output, author=author, split=split)
    return Made(questions=len(records), left_out=len(golds) - len(records))


def _asked(answer: Rateable) -> tuple[str, ...]:
    """What makes two questions the same: their words, and the conversation that they need."""
    return (*(turn.content.casefold() for turn in answer.history), answer.question.casefold())


def _traits(rating: Rating) -> dict[str, Any]:
    answer = rating.answer
    return {
        "question": answer.question,
        "language": answer.language.value,
        "history": [{"role": turn.role.value, "content": turn.content} for turn in answer.history],
        "short": None,
        "tags": ["rated", rating.verdict.value, *([EVERY_SOURCE] if answer.manner is Manner.COMPARISON else [])],
    }


def _gold(rating: Rating, truth: Truth) -> Mapping[str, Any] | None:
    """The type of the question and what answers it; None if the rating does not tell."""
    answer, verdict = rating.answer, rating.verdict
    if answer.manner is Manner.TALK and verdict is UserVerdict.RIGHT:
        return None  # what Kildesvar says itself is no gold
    if answer.manner is Manner.COMPARISON and (answer.answered or verdict is UserVerdict.INCOMPLETE):
        return _every_source(rating, truth)
    if verdict is UserVerdict.SHOULD_REFUSE or (verdict is UserVerdict.RIGHT and not answer.answered):
        return {"type": QuestionType.UNANSWERABLE.value, "answerable": False, "quotes": [], "complete": False}
    first = [
        _quote(shown.document, shown.text) for shown in answer.quotes[:1] if truth.stands(shown.document, shown.text)
    ]
    pointed = [_quote(file, rating.sentence) for file in truth.holding(rating.sentence)] if rating.sentence else []
    complete = verdict is UserVerdict.INCOMPLETE
    match verdict:
        case UserVerdict.RIGHT:
            quotes = first
        case UserVerdict.INCOMPLETE:  # all are wanted, so that one place of the sentence must do
            quotes = [*first, *(quote for quote in pointed[:1] if quote not in first)] if first and pointed else []
        case _:
            quotes = pointed
    if not quotes:
        return None
    usual = QuestionType.FOLLOWUP if answer.history else QuestionType.FACTOID
    kind = QuestionType.LIST if complete else usual
    return {"type": kind.value, "answerable": True, "quotes": quotes, "complete": complete}


def _every_source(rating: Rating, truth: Truth) -> Mapping[str, Any] | None:
    """All that a comparison showed as likely, where that was right, with the sentence that it lacked."""
    answer, complete = rating.answer, rating.verdict is UserVerdict.INCOMPLETE
    lacked = [_quote(file, rating.sentence) for file in truth.holding(rating.sentence)][:1] if rating.sentence else []
    if rating.verdict is UserVerdict.WRONG_PLACE or (complete and not lacked):
        return None  # which does not belong there, or what is missing, is not told
    shown = [_quote(it.document, it.text) for it in answer.quotes if truth.stands(it.document, it.text)]
    quotes = [*shown, *(it for it in lacked if it not in shown)] if complete else shown
    kind = QuestionType.LIST.value
    return {"type": kind, "answerable": True, "quotes": quotes, "complete": True} if quotes else None


def _quote(document: str, text: str) -> dict[str, str]:
    return {"document": document, "text": " ".join(text.split())}

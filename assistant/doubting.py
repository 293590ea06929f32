"""What a model takes for an answer and is none, as its words show: believed hardly, or less."""

from dataclasses import replace

from assistant.another_year import DOUBT as ANOTHER_YEAR
from assistant.another_year import names_another_year
from assistant.answer import Reason
from assistant.answering import Verdict
from assistant.asked_office import DOUBT as NO_HOLDER
from assistant.asked_office import lacks_holder


def doubted(verdict: Verdict, question: str, *, threshold: float) -> Verdict:
    """The verdict, believed less where its first quote is about another year or office than was asked for, or nobody.

    Args:
        verdict: What the reader says.
        question: As it was understood.
        threshold: The least confidence of an answer.
    """
    doubt = _doubt(verdict, question)
    if doubt == 1.0:
        return verdict
    confidence = doubt * verdict.confidence
    answered = verdict.answered and confidence >= threshold
    reason = None if answered else verdict.reason or Reason.NOT_IN_SOURCES
    return replace(verdict, confidence=confidence, answered=answered, reason=reason)


def _doubt(verdict: Verdict, question: str) -> float:
    """What is left of the confidence, 0 to 1."""
    if not verdict.quotes:
        return 1.0
    first = verdict.quotes[0]
    metadata = first.document.source.metadata
    contexts = [it.hit.passage.context for it in verdict.readings if it.hit.passage.paragraph == first.paragraph]
    surroundings = " ".join((*contexts, metadata.title or ""))
    if names_another_year(question, first, surroundings, date=metadata.date or ""):
        return ANOTHER_YEAR
    return NO_HOLDER if lacks_holder(question, first) else 1.0

"""A question that only asks why ("Hvorfor det?") as a whole question: why what the question before it asks is so."""

import re

from assistant.asked_speaker import asked_words
from assistant.yes_or_no import VERBS_FIRST

_WHY = re.compile(r"^(?:(?:og|men|and|but)\s+)?(?P<why>hvorfor|kvifor|why)(?P<rest>[^?!.,]*)[?!.]*$", re.IGNORECASE)
_MERELY = re.compile(
    r"\s*(?:(?:er|var|is|was)\s+)?(?:det|dette|that|this|so)?(?:\s+(?:sånn|slik|så|da|då|then))?\s*", re.IGNORECASE
)
"""What may stand after the "why" of a question that asks nothing else."""
_YES_OR_NO = re.compile(rf"{VERBS_FIRST}\s+\w", re.IGNORECASE)
_THINKS = re.compile(r"(?:hva|kva)\s+(?P<verb>mener|meiner|tror|trur|sier|seier|synes|synest)\s+", re.IGNORECASE)


def asks_why(question: str) -> bool:
    """Whether the question asks why, and nothing else.

    >>> asks_why("Og hvorfor er det sånn?"), asks_why("Hvorfor stengte badet?")
    (True, False)
    """
    found = _WHY.match(question.strip())
    return found is not None and _MERELY.fullmatch(found["rest"]) is not None


def why_so(question: str, previous: str) -> str | None:
    """Why what the question before asks is so, as a whole question; None where it is not seen how.

    >>> why_so("Hvorfor det?", "Har havna fått flere båter?")
    'Hvorfor har havna fått flere båter?'
    >>> why_so("Kvifor det?", "Kva meiner Kari Gran om ferja?")
    'Kvifor meiner Kari Gran det om ferja?'
    >>> why_so("Hvorfor det?", "Når går ferja?")
    """
    found = _WHY.match(question.strip())
    if found is None or not asks_why(question):
        return None
    why, whole = found["why"].capitalize(), previous.rstrip(" ?!.")
    if _YES_OR_NO.match(whole):
        return f"{why} {whole[0].lower()}{whole[1:]}?"
    thinks, asked = _THINKS.match(whole), asked_words(whole)
    if thinks is None or asked is None or not whole.startswith(asked, thinks.end()):
        return None
    end = thinks.end() + len(asked)
    return f"{why} {whole[thinks.start('verb') : end]} det{whole[end:]}?"

"""A question that only asks why ("Hvorfor det?") as a whole question: why what the question before it asks is so."""

import re

from assistant.asked_speaker import asked_words
from assistant.question_words import VERBS_FIRST

_WHY = re.compile(r"^(?:(?:og|men|and|but)\s+)?(?P<why>hvorfor|kvifor|why)(?P<rest>[^?!.,]*)[?!.]*$", re.IGNORECASE)
_VERBS = r"mener|meiner|tror|trur|sier|seier|synes|synest"
_MERELY = re.compile(
    r"\s*(?:(?:er|var|is|was)\s+)?(?:det|dette|that|this|so)?(?:\s+(?:sånn|slik|så|da|då|then))?\s*"
    rf"|\s+(?:{_VERBS})\s+(?:han|hun|ho|de|dei)\s+(?:det|dette|så|slik|sånn)\s*"
    r"|\s+(?:does|do)\s+(?:he|she|they)\s+(?:think|say|believe)\s+(?:so|that|this)\s*",
    re.IGNORECASE,
)
"""What may stand after the "why" of a question that asks nothing else."""
_YES_OR_NO = re.compile(rf"{VERBS_FIRST}\s+\w", re.IGNORECASE)
_THINKS = re.compile(rf"(?:hva|kva)\s+(?P<verb>{_VERBS})\s+", re.IGNORECASE)
_ADVERB = re.compile(
    r"(?:når|(?:hvor|kor) (?:ofte|lenge|langt|mange (?:ganger|gonger))"
    r"|when|where|how (?:often|long|far|many times)"
    rf"|(?:hvor|kor)(?= {VERBS_FIRST})) (?!(?:er|var|is|are|was|were)\b)(?=\w+ \w)(?!.*,)",
    re.IGNORECASE,
)
"""What asks when, where or how often, before the verb: "why" may stand in its place, where the verb says something."""
_WHO = re.compile(
    rf"(?:hvem|kven) (?P<verb>{_VERBS}|vil|ønsker|ønskjer|støtter|støttar|stemmer|stemte|røystar|røysta) (?=\w)(?!.*,)",
    re.IGNORECASE,
)
"""Who thinks or wants something."""


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
    >>> why_so("Hvorfor det?", "Når stengte de havna?")
    'Hvorfor stengte de havna?'
    >>> why_so("Kvifor det?", "Kven vil stengje havna?")
    'Kvifor vil nokon stengje havna?'
    >>> why_so("Hvorfor det?", "Hvor mange båter har havna?")
    """
    found = _WHY.match(question.strip())
    if found is None or not asks_why(question):
        return None
    why, whole = found["why"].capitalize(), previous.rstrip(" ?!.")
    if _YES_OR_NO.match(whole):
        return f"{why} {whole[0].lower()}{whole[1:]}?"
    if adverb := _ADVERB.match(whole):
        return f"{why} {whole[adverb.end() :]}?"
    if who := _WHO.match(whole):
        somebody = "nokon" if who[0].lower().startswith("kven") else "noen"
        return f"{why} {who['verb']} {somebody} {whole[who.end() :]}?"
    thinks, asked = _THINKS.match(whole), asked_words(whole)
    if thinks is None or asked is None or not whole.startswith(asked, thinks.end()):
        return None
    end = thinks.end() + len(asked)
    return f"{why} {whole[thinks.start('verb') : end]} det{whole[end:]}?"

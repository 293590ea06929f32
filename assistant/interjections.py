"""What people say before they ask: "Ok. Hva med …?", "Ja, men hvorfor?", "Takk! Og i fjor?". It asks nothing."""

import re

_WORDS = (
    r"ok(?:ay|ei)?|åkei|ja(?:ha|vel)?|jo|nei(?:vel)?|nja|hm+|aha|åh?|oi|(?:så )?(?:fint|bra|greit|flott|supert)"
    r"|(?:tusen |mange |hjertelig )?takk(?: skal du ha| for (?:det|svar|svaret|hjelpen|hjelpa))?"
    r"|(?:jeg |eg )?(?:skjønner|skjøner|skjønar|forstår)|vel|well|yes|no|right|great|nice|thanks|thank you|i see|oh"
)
# A hyphen at a word is a part of it ("nei-siden", "ja- og nei-siden"), and so is a dash between letters.
_END = r"(?:[,.!…—]|(?<=\s)[–-]+|–(?=\s))+"
_OPENING = re.compile(rf"^(?:(?:{_WORDS})\s*{_END}\s*)+(?=\S)", re.IGNORECASE)


def without_interjection(question: str) -> str:
    """The question without what only answers what was said before; itself where nothing else would be left.

    >>> without_interjection("Ok. Hva med biblioteket?"), without_interjection("Ja.")
    ('Hva med biblioteket?', 'Ja.')
    """
    rest = _OPENING.sub("", question)
    if not re.search(r"\w", rest):
        return question
    return rest[0].upper() + rest[1:] if question[0].isupper() else rest

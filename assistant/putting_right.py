"""What somebody says who was misunderstood: "Nei, jeg mente i fjor", "Ikke det, men hvem betalte?".

It asks what was meant, and is understood as that: "Hva med i fjor?", "Men hvem betalte?".
"""

import re

from assistant.question_words import ASKS_FIRST

_NOT_THAT = re.compile(r"^(?:(?:ikke|ikkje|not) (?:det|dette|den|that|this),? )(?=(?:men|but) \w)", re.IGNORECASE)
_MEANT = re.compile(
    r"^(?:(?P<nb>jeg (?:mente|tenkte på|tenker på))|(?P<nn>eg (?:meinte|tenkte på|tenkjer på))"
    r"|i (?:meant|was thinking of))[,:]? (?P<what>(?!(?:at|that|det|it)\b)\w.*)$",
    re.IGNORECASE,
)
_MOST_WORDS = 6


def put_right(question: str) -> str:
    """The question that was meant; itself where it puts nothing right.

    >>> put_right("Jeg mente kommunen"), put_right("Ikke det, men hvem betalte?"), put_right("Jeg mente det var dyrt")
    ('Hva med kommunen?', 'Men hvem betalte?', 'Jeg mente det var dyrt')
    """
    rest = _NOT_THAT.sub("", question)
    found = _MEANT.match(rest)
    if found is None:
        return question if rest == question else rest[0].upper() + rest[1:]
    what = found["what"].rstrip(" ?!.")
    if ASKS_FIRST.match(what):
        return f"{what[0].upper()}{what[1:]}?"
    if len(what.split()) > _MOST_WORDS:
        return question
    opening = "Hva med" if found["nb"] else "Kva med" if found["nn"] else "What about"
    return f"{opening} {what}?"

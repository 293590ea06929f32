"""A question that only asks for more of the same: "Noe mer?", "Kan du utdype det?", "Fortell mer".

It has no words of its own to search for or to read: the question before it is asked once more, and what was told
already is left out.
"""

import re

from assistant.talk import core_words

_MORE = (
    r"(?:(?:noe|noko|ikke noe|ikkje noko|litt|anything|something|a little|a bit) )?"
    r"(?:mer|meir|annet|anna|ellers|elles|more|else|further)"
    r"(?: (?:om|på|about|on) (?:det|dette|saken|saka|it|that|this))?"
)
_PATTERNS = (
    rf"(?:hva |kva |what )?{_MORE}",
    r"(?:hva|kva) (?:mer|meir|ellers|elles) (?:står|sies|seiast|sier|seier|vet|veit) (?:det|der|du|den|kilden|kjelda)",
    rf"(?:står|finnes|finst|er|sies|seiast) det {_MORE}|is there {_MORE}",
    rf"(?:fortell?|si|sei|vis)(?: meg| oss)? {_MORE}|(?:say|(?:tell|show)(?: me| us)) {_MORE}",
    rf"(?:kan|kunne) du (?:si|seie|fortelle|fortelje|vise)(?: meg)? {_MORE}|(?:can|could) you (?:say|tell me) {_MORE}",
    rf"(?:jeg|eg) vil (?:vite|høre|høyre|ha) {_MORE}|i (?:want|would like) to (?:know|hear) {_MORE}",
    r"(?:(?:kan|kunne) du )?(?:utdype?|utdjupe?)(?: (?:det|dette|litt|nærmere|nærare|mer|meir))*",
    r"(?:(?:can|could) you )?(?:elaborate|expand)(?: on (?:it|that|this))?",
    r"fortsett|fortset|hald fram|gå videre|gå vidare|go on|continue",
)
_ASKS_MORE = re.compile("|".join(_PATTERNS))


def asks_more(question: str) -> bool:
    """Whether the question asks for more of the same, and nothing else.

    >>> asks_more("Ok, kan du fortelle litt mer om det?"), asks_more("Fortell mer om ferja"), asks_more("Hva mer?")
    (True, False, True)
    """
    return _ASKS_MORE.fullmatch(core_words(question)) is not None

"""The words that ask, in Bokmål, Nynorsk and English, written out: "kveld", "kvinner" and "Hvaler" begin like some."""

import re

_WORDS = """
    når hva hvem hvems hvor hvordan hvorledes hvorfor hvorvidt hvilken hvilket hvilke hvilka hvis åssen
    kva kven kvens kvar kor korleis korfor kvifor korvidt koffor koss
    what who whom whose why how when where which whether
"""
ASKS = re.compile(rf"\b(?:{'|'.join(_WORDS.split())})\b", re.IGNORECASE)

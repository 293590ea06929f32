"""Text cut into the words and numbers that search compares."""

import re
import unicodedata
from collections.abc import Iterator

_SOFT_HYPHEN = "\u00ad"
_RAISED_OR_LOWERED = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹₀₁₂₃₄₅₆₇₈₉", "01234567890123456789")
_TOKEN = re.compile(
    r"""
    (?P<grouped>(?<![\d.,])\d{1,3}(?:[ .\u00a0\u2009\u202f]\d{3})+(?![\d]))   # 13 046, 13.046
    | (?P<date>(?<![\d.])\d{1,2}\.\d{1,2}\.\d{2,4}(?!\d))                      # 1.4.2025
    | (?P<decimal>\d+[.,]\d+)                                                 # 2,4 and 1.5
    | (?P<dotted>(?<!\w)[^\W\d_](?:\.[^\W\d_]{1,3})+(?![^\W_]))               # f.eks, m.m, U.S.A
    | (?P<hyphened>[^\W_]+(?:[-\u2010\u2011][^\W_]+)+)                        # E-tjenesten, sør-norsk, 17-åring
    | (?P<percent>[%\u2030]|(?:(?<=\d[ \u00a0\u202f])|(?<=mange[ ]))pst(?!\w))   # else "PST" is the police
    | (?P<section>§)
    | (?P<word>[^\W_]+)
    """,
    re.VERBOSE,
)
# Abbreviations that stand for a word that people write out in their questions.
_WRITTEN_OUT = {
    "kr": "kroner",
    "mill": "millioner",
    "mrd": "milliarder",
    "nr": "nummer",
    "kap": "kapittel",
}


def normalised(text: str) -> str:
    """NFC and lower case, no soft hyphens, plain digits ("CO₂"): equal-looking texts give equal tokens."""
    composed = unicodedata.normalize("NFC", unicodedata.normalize("NFC", text).lower())
    return composed.replace(_SOFT_HYPHEN, "").translate(_RAISED_OR_LOWERED)


def tokens(text: str) -> Iterator[tuple[str, ...]]:
    """The tokens of a text in order; each is the whole followed by the parts that a hyphen joins.

    >>> list(tokens("Sør-norsk: 13 046 kr, 2.4 %"))
    [('sørnorsk', 'sør', 'norsk'), ('13046',), ('kroner',), ('2,4',), ('prosent',)]
    """
    for match in _TOKEN.finditer(normalised(text)):
        yield from _forms(str(match.lastgroup), match.group())


def _forms(kind: str, text: str) -> Iterator[tuple[str, ...]]:
    if kind == "grouped":
        yield (re.sub(r"\D", "", text),)
    elif kind == "date":
        for number in text.split("."):
            yield (_plain(number),)
    elif kind == "decimal":
        yield (text.replace(".", ","),)
    elif kind == "dotted":
        yield (text.replace(".", ""),)
    elif kind == "percent":
        yield ("prosent",)
    elif kind == "section":
        yield ("paragraf",)
    elif kind == "hyphened":
        parts = tuple(_plain(part) for part in re.split(r"[-\u2010\u2011]", text))
        yield ("".join(parts), *(part for part in parts if len(part) > 1 or part.isdigit()))
    else:
        yield (_WRITTEN_OUT.get(text) or _plain(text),)


def _plain(word: str) -> str:
    """Numbers without leading zeros: 05 is 5."""
    return word.lstrip("0") or "0" if word.isdigit() else word

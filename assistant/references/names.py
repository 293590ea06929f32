"""Authors as documents write them -> names as references need them: people by family name, organisations whole."""

import re
from dataclasses import dataclass

_PARTICLES = frozenset(
    ["van", "von", "der", "den", "de", "du", "da", "di", "la", "le", "af", "ter", "ten", "zu", "al", "el", "bin", "ibn"]
)
"""Small words that belong to the family name: "van der Berg"."""
_EDITOR = re.compile(r"\s*\((?:red|ed|eds)\.?\)$", re.I)
_OPENING_WORDS = """
den det de norsk norske norges noregs statens nasjonal nasjonalt nasjonale stiftelsen foreningen foreininga
landsforeningen landsforeininga institutt universitetet the
"""
_OPENING = frozenset(_OPENING_WORDS.split())
"""Words that open the names of organisations, and of no people."""
_ORGANISATION = re.compile(
    r"\w*(?:departement|direktorat|tilsyn|parti|kommune|fylke|forening|foreining|forbund|stiftelse|institutt|universitet"
    r"|skole|skule|senter|råd|utvalg|utval|komité|komite|nemnd|etat|verk|organisasjon|allianse|politikk|revisjon|ombud"
    r"|redaksjon|sekretariat|avdeling|klinikk|sykehus|sjukehus|bibliotek|museum|selskap|samband|samskipnad|gruppe|bank)"
    r"(?:en|et|a|n|ene|er)?s?|venstre|høyre|høgre|rødt|raudt|ungdom|studenter|studentar|avis|avisa|tidende|blad|posten|as|sa|hf|ks"
    r"|university|institute|council|agency|committee|association|party|department|ministry|office|foundation|centre",
    re.I,
)


@dataclass(frozen=True, slots=True)
class Name:
    """A person, or an organisation."""

    family: str
    """A person's family name with its particles; an organisation's whole name."""
    given: str = ""
    """A person's given names; empty for an organisation."""

    @property
    def initials(self) -> str:
        """Given names as APA wants them: ``Per-Arne Olai`` is ``P.-A. O.``."""
        return " ".join(_initial(word) for word in self.given.split())

    @property
    def inverted(self) -> str:
        """Family name first, as lists are sorted: ``Nes, Kari``."""
        return f"{self.family}, {self.given}" if self.given else self.family


def is_editor(author: str) -> bool:
    """Whether the author is marked as an editor: ``Kari Nes (red.)``."""
    return _EDITOR.search(author) is not None


def name_of(author: str, *, publisher: str | None = None) -> Name:
    """The name of an author; whoever is also the publisher is an organisation.

    >>> name_of("Jan van der Berg")
    Name(family='van der Berg', given='Jan')
    >>> name_of("Helse- og omsorgsdepartementet")
    Name(family='Helse- og omsorgsdepartementet', given='')
    """
    author = " ".join(_EDITOR.sub("", author).split())
    if author == publisher or is_organisation(author):
        return Name(author)
    family, comma, given = author.partition(", ")
    if comma:
        return Name(family, given)
    words = author.split()
    first = len(words) - 1
    while first > 1 and words[first - 1] in _PARTICLES:
        first -= 1
    return Name(" ".join(words[first:]), " ".join(words[:first]))


def is_organisation(author: str) -> bool:
    """Whether this is plainly no person: one word, a word in lower case, or a word that organisations are named by.

    A wrong guess shows in the reference as a name that is not turned round, or one that is; ``Nes, Kari`` is always
    a person.
    """
    family, comma, given = author.partition(", ")
    words = author.replace(",", "").split()
    if any(_ORGANISATION.fullmatch(word) for word in words) or any(char.isdigit() for char in author):
        return True
    if comma:
        return len(family.split()) > 3 or len(given.split()) > 3
    if len(words) < 2 or words[0].lower() in _OPENING:
        return True
    shouted = not author.isupper() and any(len(word) > 1 and word.isalpha() and word.isupper() for word in words)
    return shouted or any(word[0].islower() and word not in _PARTICLES for word in words)


def _initial(word: str) -> str:
    return "-".join(f"{part[0].upper()}." for part in word.split("-") if part)

"""What kind of thing an enumerating question asks for: "Hvilke tall …", "Finn alle forslag …", "Hvilke partier …".

Such a word seldom stands beside what it means: a figure is not called a figure. So the kind is known by its marks, in
``kinds.toml``, and what is left of the topic is what the figures, proposals or parties are to be about.
"""

import re
import tomllib
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from importlib.resources import files

from index.documents.document import Document
from index.paragraph import Paragraph, Sentence
from index.speakers.people import People


class Kind(StrEnum):
    """Kinds of things that can be told by how they are written."""

    NUMBER = "number"
    SHARE = "share"
    YEAR = "year"
    MONEY = "money"
    MEASURE = "measure"
    """What somebody proposes, wants, demands or promises."""
    GOAL = "goal"
    PARTY = "party"
    COUNTRY = "country"
    PERSON = "person"


_ABOUT = (
    r"(?:på|om|for|mot|til|av|i|rundt|knyttet til|knytt til|når det gjelder|når det gjeld|som gjelder|som gjeld|"
    r"about|on|of|for|against|regarding|in)"
)
_EMPTY = (
    r"(?:syn|synet|syna|synene|holdning|holdningen|holdninger|haldning|haldninga|haldningar|views?|positions?|"
    r"steder|stader|places?|påstander|påstandar|utsagn|utsegner|uttalelser|uttalar|beskrivelsene?|beskrivelser|"
    r"skildringane?|opplysninger|opplysningar|informasjon|meninger|meiningar|synspunkter|synspunkt|statements?|claims?|"
    r"descriptions?|opinions?|mentions?)"
)
_CHOSEN = r"(?:(?:de|dei|the|alle|all|konkrete|viktigste|ulike|forskjellige|concrete|main|different) )*"


@dataclass(frozen=True, slots=True)
class Enumerated:
    """What an enumerating question asks for."""

    kind: Kind | None
    subject: str
    """What about; may be empty where there is a kind."""


def enumerated(topic: str) -> Enumerated:
    """The kind that a topic names, if it does, and what is left of the topic.

    >>> enumerated("tall på overdoser"), enumerated("overdoser").kind
    (Enumerated(kind=<Kind.NUMBER: 'number'>, subject='overdoser'), None)
    """
    for kind in Kind:
        nouns = rf"{_CHOSEN}(?:{_nouns(kind)})(?:(?:,| og| eller| and| or) (?:{_every_noun()}))*"
        found = re.match(rf"{nouns}(?: {_ABOUT})?(?= |$)", topic, re.IGNORECASE)
        if found:
            return Enumerated(kind, topic[found.end() :].strip())
    bare = re.sub(
        rf"^(?:(?:og|med|and|with|sitt|sine?|deres|deira) )*{_CHOSEN}{_EMPTY} {_ABOUT}(?: at| that)? (?=\w)",
        "",
        topic,
        flags=re.IGNORECASE,
    )
    return Enumerated(None, bare)


class Marks:
    """Which sentences of a document hold a thing of some kind."""

    def __init__(self, kind: Kind, document: Document) -> None:
        """Look for ``kind`` in ``document``."""
        self._kind, self._document = kind, document
        self._people = People(document.text) if kind is Kind.PERSON else None

    def on(self, sentence: Sentence, paragraph: Paragraph) -> bool:
        """Whether the sentence has one, by itself or with the line that leads in to the list it stands in."""
        if self._people:
            return bool(self._people.mentions(sentence.start, sentence.end))
        words = self._document.text[sentence.start : sentence.end].lstrip("—–- ")
        pattern = _marks(self._kind)
        return any(pattern.search(text) for text in (words, paragraph.lead_in or ""))


@cache
def _table() -> dict[str, dict[str, str]]:
    return tomllib.loads(files(__package__).joinpath("kinds.toml").read_text("utf-8"))


def _nouns(kind: Kind) -> str:
    return _table()[kind.value]["nouns"]


@cache
def _every_noun() -> str:
    return "|".join(_nouns(kind) for kind in Kind)


@cache
def _marks(kind: Kind) -> re.Pattern[str]:
    return re.compile(_table()[kind.value]["marks"].strip())

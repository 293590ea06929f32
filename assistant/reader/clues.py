"""What tells of a sentence whether it answers, beside what the network says of its passage and of it.

A passage is read as a whole, so that a heading among its sentences, or a cell among a table's, is judged by what stands
around it. These are few and general; how much each counts is fitted by ``assistant.reader.tuning``.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Self

import numpy as np

from assistant.brackets import in_brackets
from assistant.question_words import VERBS_FIRST
from assistant.reader.excerpt import Tokens
from assistant.reader.seen import Floats, Logits
from index.documents.document import BlockKind
from index.hit import Hit
from index.language import LIGHT_WORDS, Analyser


class Clue(StrEnum):
    """The columns of ``Clues.of``, in their order."""

    SHORT = "short_answer"
    """Log probability of the likeliest short answer in it, of all in the passage; at least ``_NO_SHORT``."""
    SHARE = "short_answer_share"
    """Share of the passage's short answers that end in it: all of them, where it is the only sentence."""
    ITEM = "list_item"
    FIRST = "first"
    """Of its passage: it often only opens what the next ones tell."""
    UNENDED = "unended"
    """It does not end as a sentence does: a heading, a signature, a caption, a line that leads in to a list."""
    DENIES = "denies"
    """It says yes or no, where that is asked."""
    FOLLOWS = "follows"
    """It opens with "therefore", where a reason is asked for: the reason stands before it."""
    WORDS = "words"
    """Share of the question's telling words in it and in what it is found under: title, publisher, headings."""
    CELL = "cell"
    """Of a table's cell: share of them in it and in the names of its row and column."""


_NO_SHORT = -12.0
_TELLING = 0.3
"""Weight from which on a term of the question is no mere hint."""
_WORD = re.compile(r"\w+")
_ENDED = re.compile(r"""[.!?…]["»”’)\]]*\s*[\[(]?\d*[\])]?$""")
"""A full stop, perhaps with a note's number after it."""
_ASKS_WHETHER = re.compile(rf"^\W*(?:(?:og|men|so|and|but)\s+)?{VERBS_FIRST}", re.IGNORECASE)
_DENIES = re.compile(r"\b(?:ikke|ikkje|ingen|inga|ingenting|aldri|nei|ja|jo|not|no|never|none|yes)\b", re.IGNORECASE)
_ASKS_WHY = re.compile(
    r"\b(?:hvorfor|kvifor|korfor|åffer|why|grunn\w*|årsak\w*|begrunn\w*|grunngj\w*|forklar\w*|reason\w*|explain\w*"
    r"|(?:kommer|kjem) det av|skyldes|skuldast|skyldast)\b",
    re.IGNORECASE,
)
_FOLLOWS = re.compile(r"\W*(?:derfor|difor|dermed|slik|therefore|thus|hence)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Clues:
    """Finds the clues for one question."""

    words: Mapping[str, float]
    """Its telling terms, each with its weight."""
    whether: bool
    """Whether yes or no is asked for …"""
    why: bool
    """… or a reason."""
    analyser: Analyser

    @classmethod
    def of_question(cls, question: str, analyser: Analyser) -> Self:
        """For a question that stands alone; of a follow-up, what is asked tells what is wanted."""
        found = in_brackets(question)
        asked = found.asked if found else question
        telling = " ".join(word for word in _WORD.findall(question) if word.lower() not in LIGHT_WORDS)
        words = {term: weight for term, weight in analyser.query_terms(telling) if weight > _TELLING}
        return cls(words, bool(_ASKS_WHETHER.search(asked)), bool(_ASKS_WHY.search(asked)), analyser)

    def of(self, hit: Hit, tokens: Tokens, logits: Logits) -> Floats:
        """(sentences, clues) of a hit's sentences."""
        paragraph, text = hit.passage.paragraph, hit.document.text
        cell = paragraph.kind is BlockKind.TABLE_CELL
        above = frozenset(self.analyser.terms(hit.passage.context))
        names = (
            frozenset(self.analyser.terms(f"{paragraph.row or ''} {paragraph.column or ''}")) if cell else frozenset()
        )
        bounds = logits.bounds(tokens)
        rows = []
        for place, sentence in enumerate(hit.passage.sentences):
            said = text[sentence.start : sentence.end]
            own = frozenset(self.analyser.terms(said))
            rows.append(
                (
                    *_short(bounds, *tokens.sentences[place]),
                    paragraph.kind is BlockKind.LIST_ITEM,
                    place == 0,
                    not _ENDED.search(said),
                    self.whether and bool(_DENIES.search(said)),
                    self.why and bool(_FOLLOWS.match(said)),
                    self._share(own | above),
                    self._share(own | names) if cell else 0.0,
                )
            )
        return np.array(rows, np.float32).reshape(-1, len(Clue))

    def _share(self, held: frozenset[str]) -> float:
        """Of the question's telling words, 0 to 1."""
        weight = sum(self.words.values())
        return sum(it for term, it in self.words.items() if term in held) / weight if weight else 0.0


def _short(bounds: Floats, first: int, last: int) -> tuple[float, float]:
    """``Clue.SHORT`` and ``Clue.SHARE`` of the tokens of a sentence."""
    if first >= last:
        return _NO_SHORT, 0.0
    likeliest = float(bounds[first:last].max(axis=0).sum())
    return max(_NO_SHORT, likeliest), float(np.exp(bounds[first:last, 1]).sum())

"""What the reader sees of one passage, made the same way in training and in use.

    <s> question </s> context </s> … end of the text before | the passage | start of the text after … </s>

Every token carries its ``Kind``, so that the network knows the passage from its surroundings.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import IntEnum
from pathlib import Path

import numpy as np
import numpy.typing as npt
from tokenizers import Encoding, Tokenizer

from index.documents.document import Document
from index.paragraph import Passage, Sentence

BEFORE, AFTER = 150, 90
"""Characters of the document shown before and after the passage: who "han" is, what "dette" points at."""
QUESTION_TOKENS, CONTEXT_TOKENS, BEFORE_TOKENS, AFTER_TOKENS, TOKENS = 64, 40, 24, 10, 384
"""Longest question, context, text before, text after, and whole excerpt. Of the text before, the end is kept."""
OPEN, CLOSE = 0, 2
"""Token ids of ``<s>`` and ``</s>`` (XLM-R's vocabulary)."""


class Kind(IntEnum):
    """What a token belongs to; indexes the network's ``kind`` embedding."""

    QUESTION = 0
    CONTEXT = 1
    NEIGHBOUR = 2
    PASSAGE = 3


@dataclass(frozen=True, slots=True)
class Excerpt:
    """A passage and what surrounds it."""

    context: str
    before: str
    text: str
    sentences: tuple[Sentence, ...]
    """Offsets into ``text``."""
    after: str


@dataclass(frozen=True, slots=True)
class Tokens:
    """A tokenised excerpt, yet without a question."""

    ids: npt.NDArray[np.int32]
    kinds: npt.NDArray[np.int8]
    """Both (tokens,): all that follows the question."""
    sentences: tuple[tuple[int, int], ...]
    """First token and the one after the last of each sentence, into ``ids``; empty ranges where it was cut off."""
    characters: tuple[tuple[int, int], ...]
    """Offsets into the excerpt's text of each token of ``ids``; (0, 0) for tokens outside it."""


def excerpt_of(document: Document, passage: Passage) -> Excerpt:
    """The passage with its context and the ends of the neighbouring text, cut between words."""
    text = document.text
    before = text[max(0, passage.start - BEFORE) : passage.start]
    if passage.start > BEFORE:
        before = before.partition(" ")[2]
    after = text[passage.end : passage.end + AFTER]
    if passage.end + AFTER < len(text):
        after = after.rpartition(" ")[0]
    sentences = tuple(Sentence(s.start - passage.start, s.end - passage.start) for s in passage.sentences)
    return Excerpt(passage.context, before, text[passage.start : passage.end], sentences, after)


def by_itself(passage: Passage, number: int) -> Passage:
    """One sentence of a passage as a passage: what stands beside it becomes its surroundings."""
    sentence = passage.sentences[number]
    return replace(passage, start=sentence.start, end=sentence.end)


def load_tokenizer(directory: Path) -> Tokenizer:
    """The encoder's tokenizer, without truncation, padding or its own special tokens."""
    tokenizer = Tokenizer.from_file(str(directory / "tokenizer.json"))
    tokenizer.no_truncation()
    tokenizer.no_padding()
    return tokenizer


def tokenize(tokenizer: Tokenizer, excerpts: Sequence[Excerpt]) -> list[Tokens]:
    """All excerpts at once: the tokenizer is faster in batches."""
    parts = [_plain(p) for e in excerpts for p in (e.context, e.before, e.text, e.after)]
    encoded = tokenizer.encode_batch(parts, add_special_tokens=False)
    return [_tokens(excerpt, encoded[4 * i : 4 * i + 4]) for i, excerpt in enumerate(excerpts)]


def question_ids(tokenizer: Tokenizer, question: str) -> npt.NDArray[np.int32]:
    """(tokens,) of ``<s> question </s>``."""
    ids = tokenizer.encode(_plain(question), add_special_tokens=False).ids[:QUESTION_TOKENS]
    return np.array([OPEN, *ids, CLOSE], np.int32)


def _plain(text: str) -> str:
    """White space of other kinds becomes spaces, one for one: offsets stay."""
    return "".join(" " if character.isspace() else character for character in text)


def _tokens(excerpt: Excerpt, encoded: Sequence[Encoding]) -> Tokens:
    context, before, text, after = encoded
    previous = before.ids[-BEFORE_TOKENS:]
    head = [*context.ids[:CONTEXT_TOKENS], CLOSE, *previous]
    room = TOKENS - QUESTION_TOKENS - len(head) - 3
    body, tail = text.ids[:room], after.ids[: min(AFTER_TOKENS, max(0, room - len(text.ids)))]
    first = len(head)
    borders = [start for start, _ in text.offsets[: len(body)]]
    ends = [end for _, end in text.offsets[: len(body)]]
    sentences = tuple(
        (first + int(np.searchsorted(ends, s.start, "right")), first + int(np.searchsorted(borders, s.end, "left")))
        for s in excerpt.sentences
    )
    in_context = min(len(context.ids), CONTEXT_TOKENS) + 1
    kinds = [Kind.CONTEXT] * in_context + [Kind.NEIGHBOUR] * len(previous)
    kinds += [Kind.PASSAGE] * len(body) + [Kind.NEIGHBOUR] * (len(tail) + 1)
    characters = [(0, 0)] * first + text.offsets[: len(body)] + [(0, 0)] * (len(tail) + 1)
    ids = np.array([*head, *body, *tail, CLOSE], np.int32)
    return Tokens(ids, np.array(kinds, np.int8), sentences, tuple(characters))

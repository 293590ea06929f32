"""What one training step is made of: questions, each with a few passages that compete to answer it."""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from random import Random

import numpy as np
import numpy.typing as npt
from tokenizers import Tokenizer

from assistant.brackets import in_brackets, with_brackets
from assistant.reader.augmentation import NO_OTHERS, OtherWords, vary
from assistant.reader.corpora import Corpus, Question, is_gold
from assistant.reader.excerpt import Kind, Tokens, by_itself, excerpt_of, question_ids, tokenize
from assistant.reader.following import after, in_some_form
from index.documents.document import Document
from index.encoder import Encoder
from index.engines.embedded import EmbeddedEngine
from index.language import Analyser
from index.paragraph import Passage
from index.search import search
from index.segmentation import paragraphs, passages

NEAREST = 20
"""Hits of the product's own search that wrong answers are drawn from."""
WITHOUT_ANSWER = 0.08
"""Share of the answerable questions whose answer is held back, so that the best of the rest must be refused."""
FOLLOWING = 0.12
"""Share of the questions that are asked after another one about the same document."""
_DRAWN = 8
"""Of so many other questions, the one most like it was asked before."""
WITHOUT_CONTEXT, WITHOUT_ALL = 0.05, 0.05
"""Share of the excerpts that lose their context, and those that lose the neighbouring text as well."""


@dataclass(frozen=True, slots=True)
class Pair:
    """A question and an excerpt in tokens, and what the network should say of them."""

    ids: npt.NDArray[np.int32]
    kinds: npt.NDArray[np.int8]
    """Both (tokens,)."""
    sentences: tuple[tuple[int, int], ...]
    """First token and the one after the last of each sentence."""
    gold: tuple[bool, ...]
    """Which of the sentences answer."""
    span: tuple[int, int] | None
    """First and last token of the short answer."""


@dataclass(frozen=True, slots=True)
class Lesson:
    """A question and the excerpts that compete to answer it."""

    teacher: "Teacher"
    question: Question
    asked: npt.NDArray[np.int32]
    """The question as it is typed here, in tokens."""
    places: tuple[int, ...]
    """The passage of each pair; empty where the pairs are sentences by themselves."""
    pairs: tuple[Pair, ...]

    @property
    def tokens(self) -> int:
        """Of all pairs."""
        return sum(len(pair.ids) for pair in self.pairs)


class Pool:
    """A corpus's training passages, and what the product's own search finds for each question."""

    def __init__(self, corpus: Corpus, directory: Path, *, encoder: Encoder, tokenizer: Tokenizer) -> None:
        """Put the training documents into an index in ``directory``, which is empty and outlives the pool."""
        self.corpus = corpus
        self.passages: list[Passage] = []
        self.by_document: dict[str, list[int]] = defaultdict(list)
        documents = corpus.training_documents()
        self.documents = {document.id: document for document in documents}
        excerpts = []
        for document in documents:
            for passage in segment(document, encoder):
                self.by_document[document.id].append(len(self.passages))
                self.passages.append(passage)
                excerpts.append(excerpt_of(document, passage))
        self.tokens = tokenize(tokenizer, excerpts)
        self.asked: dict[str, list[Question]] = defaultdict(list)
        for question in corpus.train:
            self.asked[question.document].append(question)
        self.words = {word.lower() for excerpt in excerpts for word in re.findall(r"\w+", excerpt.text)}
        self._places = {(p.paragraph.document_id, p.start, p.end): i for i, p in enumerate(self.passages)}
        self._analyser = Analyser()
        self._engine = EmbeddedEngine.open(directory, encoder)
        self._engine.add(documents)

    def document(self, place: int) -> str:
        """The id of a passage's document."""
        return self.passages[place].paragraph.document_id

    def right(self, question: Question) -> list[int]:
        """The passages that hold a sentence of the answer."""
        mine = self.by_document[question.document]
        return [i for i in mine if any(is_gold(s, question.gold) for s in self.passages[i].sentences)]

    def decoys(self, question: Question) -> list[int]:
        """The passages that hold what looks like an answer; a question without one fears its whole document."""
        mine = self.by_document[question.document]
        if not question.gold and not question.decoys:
            return mine
        return [i for i in mine if any(is_gold(s, question.decoys) for s in self.passages[i].sentences)]

    def nearest(self, question: Question) -> list[int]:
        """The passages that the product's own search finds for a question, best first; at most ``NEAREST``."""
        hits = search(self._engine, question.text, analyser=self._analyser, k=NEAREST)
        keys = [(hit.document.id, hit.passage.start, hit.passage.end) for hit in hits]
        return [self._places[key] for key in keys if key in self._places]


@dataclass(frozen=True, slots=True)
class Recipe:
    """How many passages of each sort compete for a question of one corpus."""

    right: int
    decoys: int
    nearest: int
    """From the first five hits."""
    near: int
    """From all hits."""
    beside: int
    """From the question's own document."""


class Teacher:
    """Makes lessons of one pool, endlessly, every question once, in one of its ways, before any comes again."""

    def __init__(
        self,
        pool: Pool,
        recipe: Recipe,
        *,
        tokenizer: Tokenizer,
        random: Random,
        others: OtherWords = NO_OTHERS,
    ) -> None:
        self._others = others
        self._pool, self._recipe, self._tokenizer, self._random = pool, recipe, tokenizer, random
        self._questions = self._shuffled()

    def lesson(self) -> Lesson:
        """The next question and its passages, the right ones first."""
        question = next(self._questions)
        before = self._before(question) if self._random.random() < FOLLOWING else None
        asked = question_ids(self._tokenizer, self._worded(question, before))
        places = tuple(self._choose(question, before))
        pairs = tuple(self._pair(question, asked, self._pool.passages[i], self._pool.tokens[i]) for i in places)
        return Lesson(self, question, asked, places, pairs)

    def by_themselves(self, lesson: Lesson, sentences: Sequence[tuple[int, int]]) -> Lesson:
        """The same question and single sentences of its passages, as the reader reads the likeliest once more.

        ``sentences``: pair and number of each.
        """
        pool = self._pool
        alone = [by_itself(pool.passages[lesson.places[pair]], number) for pair, number in sentences]
        excerpts = [excerpt_of(pool.documents[it.paragraph.document_id], it) for it in alone]
        tokens = tokenize(self._tokenizer, excerpts)
        pairs = (self._pair(lesson.question, lesson.asked, *part) for part in zip(alone, tokens, strict=True))
        return Lesson(self, lesson.question, lesson.asked, (), tuple(pairs))

    def _shuffled(self) -> Iterator[Question]:
        ways: dict[str, list[Question]] = defaultdict(list)
        for question in self._pool.corpus.train:
            ways[question.same_as or question.id].append(question)
        while True:
            order = list(ways.values())
            self._random.shuffle(order)
            yield from map(self._random.choice, order)

    def _before(self, question: Question) -> Question | None:
        """Another question about the same document that may have been asked before, rather one in much the same words.

        None for a follow-up, which has its own, and where there is none with another answer.
        """
        if in_brackets(question.text):
            return None
        others = [it for it in self._pool.asked[question.document] if it.language == question.language]
        others = [it for it in others if it.gold != question.gold and not in_brackets(it.text)]
        words = set(question.text.lower().split())
        drawn = self._random.sample(others, min(_DRAWN, len(others)))
        return max(drawn, key=lambda it: len(words.intersection(it.text.lower().split())), default=None)

    def _worded(self, question: Question, before: Question | None) -> str:
        """As it is typed, after what it follows, if it follows anything."""
        text = after(question.text, before.text, language=question.language) if before else question.text
        found = in_brackets(text)
        typed = vary(
            found.asked if found else text,
            self._random,
            language=question.language,
            vocabulary=self._pool.words,
            others=self._others,
        )
        return in_some_form(with_brackets(typed, [found.followed]), self._random) if found else typed

    def _choose(self, question: Question, before: Question | None) -> list[int]:
        pool, recipe, random = self._pool, self._recipe, self._random
        right = pool.right(question)
        wrong = [i for i in pool.nearest(question) if i not in right and pool.document(i) not in question.aside]
        beside = [i for i in pool.by_document[question.document] if i not in right]
        decoys = [i for i in pool.decoys(question) if i not in right]
        chosen: list[int] = []
        answered = [i for i in pool.right(before) if i not in right] if before else []
        drawn = (
            (answered, 1),
            (decoys, recipe.decoys + (not question.gold and recipe.decoys > 0)),
            (wrong[:5], recipe.nearest),
            (wrong[: NEAREST // 2], recipe.near),
            (beside, recipe.beside),
        )
        for places, count in drawn:
            left = [i for i in places if i not in chosen]
            chosen += random.sample(left, min(count, len(left)))
        if random.random() < WITHOUT_ANSWER:
            return chosen or beside[:1] or right[:1]
        return random.sample(right, min(recipe.right, len(right))) + chosen

    def _pair(self, question: Question, asked: npt.NDArray[np.int32], passage: Passage, known: Tokens) -> Pair:
        tokens = _thinned(known, self._random)
        shift = len(asked)
        mine = question.gold if passage.paragraph.document_id == question.document else ()
        gold = tuple(is_gold(sentence, mine) for sentence in passage.sentences)
        span = _span(tokens, question, passage) if any(gold) else None
        return Pair(
            ids=np.concatenate([asked, tokens.ids]),
            kinds=np.concatenate([np.full(shift, Kind.QUESTION, np.int8), tokens.kinds]),
            sentences=tuple((first + shift, last + shift) for first, last in tokens.sentences),
            gold=gold,
            span=(span[0] + shift, span[1] + shift) if span else None,
        )


def segment(document: Document, encoder: Encoder) -> tuple[Passage, ...]:
    """The passages that an index with this encoder holds of a document."""
    extra = encoder.count_tokens("")
    limit = encoder.max_tokens - extra
    return passages(
        document, paragraphs(document), count_tokens=lambda text: encoder.count_tokens(text) - extra, limit=limit
    )


def _thinned(tokens: Tokens, random: Random) -> Tokens:
    """Now and then without context, or without neighbours too: the reader must not lean on them."""
    draw = random.random()
    if draw >= WITHOUT_CONTEXT + WITHOUT_ALL:
        return tokens
    dropped = tokens.kinds == Kind.CONTEXT
    if draw < WITHOUT_ALL:
        dropped |= tokens.kinds == Kind.NEIGHBOUR
    dropped[int(np.flatnonzero(tokens.kinds == Kind.CONTEXT)[-1])] = False  # the separator stays
    dropped[-1] = False
    shift = int(dropped[: int(np.argmax(tokens.kinds == Kind.PASSAGE))].sum())
    return replace(
        tokens,
        ids=tokens.ids[~dropped],
        kinds=tokens.kinds[~dropped],
        sentences=tuple((first - shift, last - shift) for first, last in tokens.sentences),
        characters=tuple(place for place, gone in zip(tokens.characters, dropped, strict=True) if not gone),
    )


def _span(tokens: Tokens, question: Question, passage: Passage) -> tuple[int, int] | None:
    """First and last token of the short answer, if it stands in the passage."""
    short = question.short
    if short is None or short.start < passage.start or short.end > passage.end:
        return None
    start, end = short.start - passage.start, short.end - passage.start
    inside = [i for i, (first, last) in enumerate(tokens.characters) if first < end and last > start]
    return (inside[0], inside[-1]) if inside else None

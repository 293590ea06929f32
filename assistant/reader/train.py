"""Train the reader: ``python -m assistant.reader.train --data DIR --practice DIR --output DIR [--start FILE]``.

The encoder's lower layers learn to read a question and a passage together. Every step takes some questions, each with
a few passages that compete: the passage and the sentence that answer must win over the others and over "none of these".
The first part mixes all corpora, the second is mostly saksprosa, the in-domain one, with what was written to practise
on beside it; the learning rate falls to nothing at the end of the time given. A training that starts from trained
weights has the second part only. Only the encoder's word embeddings stay as they are.
"""

import argparse
import logging
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

import numpy as np
import torch
from safetensors.torch import load_file
from torch import Tensor, nn
from torch.nn import functional

from assistant.reader import weights
from assistant.reader.augmentation import NO_OTHERS, OtherWords, add_other_words, other_words
from assistant.reader.excerpt import Kind, load_tokenizer
from assistant.reader.lessons import Lesson, Pair, Pool, Recipe, Teacher
from assistant.reader.network import Batch, Output, ReaderNetwork, from_encoder
from assistant.reader.practice import add_data, read_to_train
from index.e5 import float32_directory
from index.e5_file import PACKAGE, wheel_file
from index.encoder import load_encoder
from index.errors import ModelUnavailable
from index.threads import thread_count

LAYERS = 9
"""Of the encoder's twelve: a quarter faster to train and to read with."""
MINUTES = 100.0
TOKENS_PER_STEP = 6000
CHUNK = 10
"""Pairs of about one length that are padded together."""
BODY_RATE, HEAD_RATE = 1.5e-4, 5e-4
WARM_UP = 60
"""Steps until the learning rate is reached."""
DROPOUT = 0.1
MIXED = 0.6
"""Share of the time for all corpora alike; the rest is mostly saksprosa."""
ALONE = 0.5
"""Share of the lessons whose likeliest sentences are read once more by themselves, as the reader does."""
RIGHT_ALONE, WRONG_ALONE = 2, 5
"""At most so many of those sentences that answer, and of those that do not."""
SAVES = 10
"""How often the weights are written on the way, so that a killed training loses little."""

RECIPES = {
    "saksprosa": Recipe(right=2, decoys=1, nearest=2, near=1, beside=1),
    "norquad": Recipe(right=1, decoys=0, nearest=2, near=1, beside=1),
    "squad_sv": Recipe(right=1, decoys=1, nearest=1, near=0, beside=0),
    "xquad": Recipe(right=1, decoys=0, nearest=1, near=1, beside=0),
}
FIRST = {"saksprosa": 0.25, "norquad": 0.35, "squad_sv": 0.32, "xquad": 0.08}
THEN = {"saksprosa": 0.68, "norquad": 0.22, "squad_sv": 0.08, "xquad": 0.02}
"""Share of the questions that come from each corpus."""

_LOG = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Losses:
    """Means over one step."""

    passages: Tensor
    """The right passage against the others and none."""
    sentences: Tensor
    """The right sentence against all others and none."""
    relevance: Tensor
    """Each passage on its own: does it answer?"""
    evidence: Tensor
    """Each sentence of the right passages on its own."""
    span: Tensor
    """First and last token of the short answer."""

    @property
    def total(self) -> Tensor:
        """What is minimised."""
        return self.passages + self.sentences + self.relevance + self.evidence + 0.5 * self.span


class Trainer:
    """Takes steps until the time is up."""

    def __init__(
        self, network: ReaderNetwork, words: Tensor, teachers: dict[str, Teacher], *, mixed: float, seed: int
    ) -> None:
        self._network, self._words, self._teachers, self._mixed = network, words, teachers, mixed
        self._random = Random(seed)
        self._waiting: list[Lesson] = []
        encoder = [p for name, p in network.named_parameters() if name.startswith(("layers.", "position.", "norm."))]
        known = {id(parameter) for parameter in encoder}
        heads = [parameter for parameter in network.parameters() if id(parameter) not in known]
        groups = [{"params": encoder}, {"params": heads}]
        self._optimiser = torch.optim.AdamW(groups, lr=BODY_RATE, betas=(0.9, 0.98), weight_decay=0.01)

    def run(self, minutes: float, save: Callable[[], None]) -> int:
        """Train for so long, saving now and then and at the end; returns the number of steps."""
        self._network.train()
        begun, step, done, saved = time.monotonic(), 0, 0.0, 0
        while done < 1:
            rate = min(1.0, step / WARM_UP) * max(0.02, 1 - done)
            for group, peak in zip(self._optimiser.param_groups, (BODY_RATE, HEAD_RATE), strict=True):
                group["lr"] = peak * rate
            losses = self._step(FIRST if done < self._mixed else THEN)
            step += 1
            if step % 20 == 0:
                _LOG.info("step %d, %.0f %%: loss %.3f", step, 100 * done, losses.total.item())
            done = (time.monotonic() - begun) / 60 / minutes
            if int(SAVES * done) > saved:
                saved = int(SAVES * done)
                save()
        self._network.eval()
        save()
        return step

    def _step(self, mixture: dict[str, float]) -> Losses:
        lessons, self._waiting = self._waiting, []
        while sum(lesson.tokens for lesson in lessons) < TOKENS_PER_STEP:
            (corpus,) = self._random.choices(list(mixture), list(mixture.values()))
            lessons.append(self._teachers[corpus].lesson())
        pairs = [pair for lesson in lessons for pair in lesson.pairs]
        order = sorted(range(len(pairs)), key=lambda i: len(pairs[i].ids))
        chunks = [order[i : i + CHUNK] for i in range(0, len(order), CHUNK)]
        batches = [collate([pairs[i] for i in chunk], self._words) for chunk in chunks]
        outputs = self._network(batches, precision=torch.bfloat16, dropout=DROPOUT)
        read = {i: (output, row) for chunk, output in zip(chunks, outputs, strict=True) for row, i in enumerate(chunk)}
        results = [read[i] for i in range(len(pairs))]
        losses = _losses([lesson.pairs for lesson in lessons], results)
        self._wait_for_sentences(lessons, results)
        torch.autograd.backward(losses.total)
        nn.utils.clip_grad_norm_(self._network.parameters(), 1.0)
        self._optimiser.step()
        self._optimiser.zero_grad()
        return losses

    def _wait_for_sentences(self, lessons: Sequence[Lesson], results: Sequence[tuple[Output, int]]) -> None:
        """Let the next step read by themselves the sentences that look best now: the mistakes that are made today."""
        place = 0
        for lesson in lessons:
            mine = results[place : place + len(lesson.pairs)]
            place += len(lesson.pairs)
            if lesson.places and self._random.random() < ALONE:
                self._waiting.append(lesson.teacher.by_themselves(lesson, likeliest(lesson.pairs, mine)))


def likeliest(pairs: Sequence[Pair], results: Sequence[tuple[Output, int]]) -> list[tuple[int, int]]:
    """Pair and number of the sentences that look best, those that answer and those that do not."""
    looks: dict[bool, list[tuple[float, int, int]]] = {True: [], False: []}
    for place, (pair, (output, row)) in enumerate(zip(pairs, results, strict=True)):
        relevance = output.relevance[row].item()
        evidence = output.evidence[row, : len(pair.gold)].tolist()
        for number, (gold, its) in enumerate(zip(pair.gold, evidence, strict=True)):
            looks[gold].append((relevance + its, place, number))
    best = sorted(looks[True], reverse=True)[:RIGHT_ALONE] + sorted(looks[False], reverse=True)[:WRONG_ALONE]
    return [(place, number) for _, place, number in best]


def collate(pairs: Sequence[Pair], words: Tensor) -> Batch:
    """Pad pairs to the longest; ``words`` are the word embeddings, (vocabulary, hidden)."""
    length = max(len(pair.ids) for pair in pairs)
    ids, kinds = np.ones((len(pairs), length), np.int64), np.zeros((len(pairs), length), np.int64)
    mask = np.zeros((len(pairs), length), np.bool_)
    pooling = np.zeros((len(pairs), max(len(pair.sentences) for pair in pairs), length), np.float32)
    for row, pair in enumerate(pairs):
        ids[row, : len(pair.ids)], kinds[row, : len(pair.ids)] = pair.ids, pair.kinds
        mask[row, : len(pair.ids)] = True
        for number, (first, last) in enumerate(pair.sentences):
            if last > first:
                pooling[row, number, first:last] = 1 / (last - first)
    tensors = (torch.from_numpy(array) for array in (kinds, mask, pooling))
    return Batch(words[torch.from_numpy(ids)], *tensors)


def _losses(lessons: Sequence[Sequence[Pair]], read: Sequence[tuple[Output, int]]) -> Losses:
    passages, sentences, relevances, evidences, spans = [], [], [], [], []
    place = 0
    for lesson in lessons:
        mine = read[place : place + len(lesson)]
        place += len(lesson)
        relevance = torch.stack([output.relevance[row] for output, row in mine])
        right = torch.tensor([any(pair.gold) for pair in lesson])
        evidence = [output.evidence[row, : len(pair.gold)] for pair, (output, row) in zip(lesson, mine, strict=True)]
        gold = [torch.tensor(pair.gold) for pair in lesson]
        passages.append(_against_none(relevance, right))
        sentences.append(_against_none(torch.cat(evidence), torch.cat(gold)))
        relevances.append(functional.binary_cross_entropy_with_logits(relevance, right.float()))
        if right.any():
            inside = [i for i, pair in enumerate(lesson) if any(pair.gold)]
            logits, wanted = torch.cat([evidence[i] for i in inside]), torch.cat([gold[i] for i in inside])
            evidences.append(functional.binary_cross_entropy_with_logits(logits, wanted.float()))
        spans += [_span_loss(pair, *where) for pair, where in zip(lesson, mine, strict=True) if pair.span]
    return Losses(*(_mean(found) for found in (passages, sentences, relevances, evidences, spans)))


def _against_none(logits: Tensor, right: Tensor) -> Tensor:
    """Minus the log of the right ones' share in a softmax that also holds "none of these", whose logit is 0."""
    logits = torch.cat([logits, torch.zeros(1)])
    right = torch.cat([right, ~right.any()[None]])
    return logits.logsumexp(0) - logits[right].logsumexp(0)


def _span_loss(pair: Pair, output: Output, row: int) -> Tensor:
    assert pair.span is not None
    outside = torch.ones(output.start.shape[1], dtype=torch.bool)
    outside[: len(pair.kinds)] = torch.from_numpy(pair.kinds != Kind.PASSAGE)
    losses = [
        functional.cross_entropy(logits[row].masked_fill(outside, -1e4)[None], torch.tensor([token]))
        for logits, token in zip((output.start, output.end), pair.span, strict=True)
    ]
    return (losses[0] + losses[1]) / 2


def _mean(losses: Sequence[Tensor]) -> Tensor:
    return torch.stack(list(losses)).mean() if losses else torch.zeros(())


def train(
    data: Path,
    output: Path,
    *,
    practice: Path | None = None,
    others: OtherWords = NO_OTHERS,
    start: Path | None = None,
    minutes: float,
    seed: int,
) -> Path:
    """Train on the corpora in ``data`` and write ``reader.safetensors`` to ``output``; returns its path.

    ``practice`` is a folder as ``eval/practice``, ``others`` what else questions are put into, ``start`` weights
    to go on from instead of the encoder's own.
    Raises ``ModelUnavailable`` if the embedded encoder is not installed, ``DocumentError`` for unreadable data and
    ``FileNotFoundError`` where ``start`` is not there.
    """
    file = wheel_file()
    if file is None:
        raise ModelUnavailable(model="multilingual-e5-small", cause=f"{PACKAGE} is not installed")
    torch.manual_seed(seed)
    torch.set_num_threads(thread_count())  # one, since faiss was imported (index/vectors.py)
    base = float32_directory(file)
    state, tokenizer, encoder = load_file(base / "model.safetensors"), load_tokenizer(base), load_encoder()
    read = read_to_train(data, practice)
    network = _started(weights.load(start)) if start else from_encoder(state, layers=LAYERS)
    embeddings = state["embeddings.word_embeddings.weight"]
    output.mkdir(parents=True, exist_ok=True)
    target = output / weights.WEIGHTS.name

    def save() -> None:
        weights.save(weights.pack({name: tensor.numpy() for name, tensor in network.state_dict().items()}), target)

    with TemporaryDirectory() as directory:
        teachers = {}
        for number, corpus in enumerate(read):
            _LOG.info("%s: %d questions to train on", corpus.name, len(corpus.train))
            pool = Pool(corpus, Path(directory) / corpus.name, encoder=encoder, tokenizer=tokenizer)
            random = Random(1000 * seed + number)
            teachers[corpus.name] = Teacher(
                pool, RECIPES[corpus.name], tokenizer=tokenizer, random=random, others=others
            )
        trainer = Trainer(network, embeddings, teachers, mixed=0.0 if start else MIXED, seed=seed)
        steps = trainer.run(minutes, save)
    _LOG.info("%d steps; wrote %s", steps, target)
    return target


def _started(known: weights.Weights) -> ReaderNetwork:
    """A network with weights that were trained before."""
    network = ReaderNetwork(layers=known.layers)
    network.load_state_dict({name: torch.from_numpy(values) for name, values in known.state.items()})
    return network


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(prog="python -m assistant.reader.train", description="Train the reader.")
    add_data(parser)
    add_other_words(parser)
    parser.add_argument("--output", type=Path, required=True, help="folder for reader.safetensors")
    parser.add_argument("--start", type=Path, help="reader.safetensors to go on from (default: the encoder)")
    parser.add_argument("--minutes", type=float, default=MINUTES, help="time to train (default: %(default)g)")
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s", datefmt="%H:%M:%S")
    train(
        asked.data,
        asked.output,
        practice=asked.practice,
        others=other_words(asked.words, asked.nynorsk),
        start=asked.start,
        minutes=asked.minutes,
        seed=asked.seed,
    )


if __name__ == "__main__":
    main()

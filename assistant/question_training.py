"""Teach the encoder's question side: ``python -m assistant.question_training --data DIR --output FILE [--minutes N]``.

Every question is drawn towards the passages that answer it and away from all others of its corpus, and of its own
document, by low-rank corrections to the encoder's matrices (``index.question_side``). Passages keep the vectors that
the encoder gives them: they are encoded once, all of them compete for every question, and no index has to be made anew.
Questions are asked as people type them (``assistant.reader.augmentation``).
"""

import argparse
import logging
import math
import re
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import Any

import numpy as np
import torch
from tokenizers import Tokenizer
from torch import Tensor, nn
from torch.nn import functional

from assistant.reader.augmentation import NO_OTHERS, OtherWords, add_other_words, other_words, vary
from assistant.reader.corpora import Corpus, Question, is_gold
from assistant.reader.excerpt import load_tokenizer
from assistant.reader.lessons import segment
from assistant.reader.practice import add_data, read_to_train
from index.corrected_bert import BERT_NAMES
from index.e5 import QUERY_PREFIX, float32_directory, load_embedded
from index.e5_file import PACKAGE, wheel_file
from index.encoder import Encoder, Precision, passage_text
from index.errors import ModelUnavailable
from index.question_side import Corrections, WeightCorrection, save
from index.threads import thread_count

MINUTES = 20.0
RANK = 16
RATE = 1e-3
WARM_UP = 30
"""Steps until the learning rate is reached."""
BATCH = 64
"""Questions a step."""
TEMPERATURE = 0.02
"""Cosines are divided by it before the softmax."""
OWN_DOCUMENT = 0.4
"""Share of the loss in which only the passages of the question's own document compete: people ask of few documents."""
STAY = 0.1
"""What a question pays for leaving the place where it was, as a share of the loss of as many cosines."""
EVERYDAY = 1.5
"""How many times as often questions in everyday words are drawn as others."""
SHARES = {"saksprosa": 0.4, "norquad": 0.35, "squad_sv": 0.15, "xquad": 0.1}
"""Share of the questions that come from each corpus."""

_LOG = logging.getLogger(__name__)


class LowRank(nn.Module):
    """A linear map and its correction, which begins as nothing."""

    def __init__(self, linear: nn.Linear, rank: int) -> None:
        super().__init__()
        self.linear = linear
        self.down = nn.Parameter(torch.randn(rank, linear.in_features) / math.sqrt(linear.in_features))
        self.up = nn.Parameter(torch.zeros(linear.out_features, rank))

    def forward(self, states: Tensor) -> Tensor:
        """(…, inputs) → (…, outputs)."""
        mapped: Tensor = self.linear(states)
        return mapped + (states @ self.down.T) @ self.up.T


@dataclass(frozen=True, slots=True)
class Course:
    """What one corpus teaches with: its questions, and all training passages to choose from."""

    questions: tuple[Question, ...]
    passages: Tensor
    """(n_passages, dim) float32, rows L2-normalised."""
    documents: tuple[str, ...]
    """Of each passage: its document's id."""
    right: tuple[tuple[int, ...], ...]
    """Of each question: the passages that answer it, at least one."""
    before: Tensor
    """(n_questions, dim): the questions' vectors before anything was learnt."""
    words: frozenset[str]
    """Of the passages, in lower case."""

    @classmethod
    def of(cls, corpus: Corpus, encoder: Encoder) -> "Course":
        """The corpus's training part, encoded; questions that no passage answers are left out."""
        texts, places, documents = list[str](), list[tuple[str, Any]](), corpus.training_documents()
        for document in documents:
            for passage in segment(document, encoder):
                texts.append(passage_text(passage.context, document.text[passage.start : passage.end]))
                places.append((document.id, passage))
        rows: dict[str, list[int]] = {}
        for row, (document_id, _) in enumerate(places):
            rows.setdefault(document_id, []).append(row)
        found = [
            (question, tuple(row for row in rows[question.document] if _answers(places[row][1], question)))
            for question in corpus.train
        ]
        asked = [(question, right) for question, right in found if right]
        return cls(
            questions=tuple(question for question, _ in asked),
            passages=torch.from_numpy(encoder.encode_passages(texts)),
            documents=tuple(document_id for document_id, _ in places),
            right=tuple(right for _, right in asked),
            before=torch.from_numpy(np.stack([encoder.encode_query(question.text) for question, _ in asked])),
            words=frozenset(word.lower() for text in texts for word in re.findall(r"\w+", text)),
        )

    def loss(self, chosen: Sequence[int], vectors: Tensor) -> Tensor:
        """Mean over the chosen questions, whose vectors are (n_chosen, dim) float32 and L2-normalised."""
        cosines = vectors @ self.passages.T
        right, own = torch.zeros(cosines.shape, dtype=torch.bool), torch.zeros(cosines.shape, dtype=torch.bool)
        for row, number in enumerate(chosen):
            right[row, list(self.right[number])] = True
            document = self.questions[number].document
            own[row] = torch.tensor([other == document for other in self.documents])
        everywhere = against_others(cosines, right)
        at_home = against_others(cosines.masked_fill(~own, -1e4), right)
        moved = 1 - (vectors * self.before[list(chosen)]).sum(1)
        return ((1 - OWN_DOCUMENT) * everywhere + OWN_DOCUMENT * at_home + STAY * moved / TEMPERATURE).mean()


def _answers(passage: Any, question: Question) -> bool:  # noqa: ANN401
    return any(is_gold(sentence, question.gold) for sentence in passage.sentences)


def against_others(cosines: Tensor, right: Tensor) -> Tensor:
    """(n,): minus the log of the right ones' share in a softmax over all; both are (n, n_passages), cosines and flags.

    >>> round(against_others(torch.tensor([[0.5, 0.5]]), torch.tensor([[True, False]])).item(), 3)
    0.693
    """
    logits = cosines / TEMPERATURE
    return logits.logsumexp(1) - logits.masked_fill(~right, -1e9).logsumexp(1)


class Pupil:
    """The encoder with corrections that can be learnt."""

    def __init__(self, bert: Any, tokenizer: Tokenizer, *, rank: int) -> None:  # noqa: ANN401 (untyped library)
        self._bert, self._tokenizer = bert, tokenizer
        self._maps: dict[str, LowRank] = {}
        for parameter in bert.parameters():
            parameter.requires_grad_(False)
        for number, layer in enumerate(bert.encoder.layer):
            for part, name in BERT_NAMES.items():
                place, _, last = name.rpartition(".")
                parent = layer.get_submodule(place)
                self._maps[f"l{number}.{part}"] = LowRank(getattr(parent, last), rank)
                setattr(parent, last, self._maps[f"l{number}.{part}"])
        bert.eval()  # without dropout: there is little to learn, and it stays close to where it was

    @property
    def parameters(self) -> list[nn.Parameter]:
        """What is learnt."""
        return [parameter for low_rank in self._maps.values() for parameter in (low_rank.down, low_rank.up)]

    @property
    def corrections(self) -> Corrections:
        """What has been learnt."""
        return {
            name: WeightCorrection(low_rank.down.detach().numpy(), low_rank.up.detach().numpy())
            for name, low_rank in self._maps.items()
        }

    def encode(self, texts: Sequence[str]) -> Tensor:
        """Questions to (n_texts, dim) float32, rows L2-normalised; what is too long is cut, which loses a lesson."""
        longest = int(self._bert.config.max_position_embeddings)
        ids = [self._tokenizer.encode(QUERY_PREFIX + text).ids[:longest] for text in texts]
        padded = torch.ones(len(ids), max(map(len, ids)), dtype=torch.long)
        mask = torch.zeros(padded.shape)
        for row, tokens in enumerate(ids):
            padded[row, : len(tokens)], mask[row, : len(tokens)] = torch.tensor(tokens), 1
        with torch.autocast("cpu", dtype=torch.bfloat16):
            states = self._bert(input_ids=padded, attention_mask=mask).last_hidden_state
        mean = (states.float() * mask[..., None]).sum(1) / mask.sum(1, keepdim=True)
        return functional.normalize(mean, dim=-1)


class Lessons:
    """Draws questions, and says how far off their vectors are."""

    def __init__(
        self,
        courses: dict[str, Course],
        shares: dict[str, float],
        random: Random,
        *,
        others: OtherWords = NO_OTHERS,
    ) -> None:
        self._courses, self._shares, self._random, self._others = courses, shares, random, others
        self._weights = {
            name: [EVERYDAY if question.kind == "lay" else 1.0 for question in course.questions]
            for name, course in courses.items()
        }

    def step(self, pupil: Pupil, size: int) -> Tensor:
        """The mean loss over ``size`` questions."""
        names = self._random.choices(list(self._shares), list(self._shares.values()), k=size)
        drawn = [(name, self._draw(name)) for name in sorted(names)]
        vectors = pupil.encode([self._typed(*one) for one in drawn])
        losses = []
        for name in sorted(set(names)):
            rows = [row for row, (other, _) in enumerate(drawn) if other == name]
            chosen = [drawn[row][1] for row in rows]
            losses.append(self._courses[name].loss(chosen, vectors[rows]) * len(rows) / size)
        return torch.stack(losses).sum()

    def _draw(self, name: str) -> int:
        weights = self._weights[name]
        return self._random.choices(range(len(weights)), weights)[0]

    def _typed(self, name: str, number: int) -> str:
        course = self._courses[name]
        question = course.questions[number]
        return vary(
            question.text,
            self._random,
            language=question.language,
            vocabulary=course.words,
            others=self._others,
        )


def learn(pupil: Pupil, lessons: Lessons, *, done: Callable[[], float], size: int = BATCH) -> Iterator[float]:
    """The loss of every step, until ``done`` (0 to 1) says 1; the learning rate falls to nothing on the way."""
    optimiser = torch.optim.AdamW(pupil.parameters, lr=RATE, betas=(0.9, 0.98), weight_decay=0.01)
    step = 0
    while (share := done()) < 1:
        step += 1
        for group in optimiser.param_groups:
            group["lr"] = RATE * min(1.0, step / WARM_UP) * max(0.02, 1 - share)
        loss = lessons.step(pupil, size)
        torch.autograd.backward(loss)
        nn.utils.clip_grad_norm_(pupil.parameters, 1.0)
        optimiser.step()
        optimiser.zero_grad()
        yield loss.item()


def train(
    data: Path,
    output: Path,
    *,
    practice: Path | None = None,
    others: OtherWords = NO_OTHERS,
    minutes: float,
    seed: int,
) -> int:
    """Train on the corpora in ``data`` and write the corrections to ``output``; returns the number of steps.

    ``practice`` is a folder as ``eval/practice``, ``others`` what else questions are put into.
    Raises ``ModelUnavailable`` if the embedded encoder is not installed, and ``DocumentError`` for unreadable data.
    """
    file = wheel_file()
    if file is None:
        raise ModelUnavailable(model="multilingual-e5-small", cause=f"{PACKAGE} is not installed")
    from transformers import BertModel

    torch.manual_seed(seed)
    torch.set_num_threads(thread_count())  # one, since faiss was imported (index/vectors.py)
    encoder = load_embedded(Precision.INT8, questions=None)
    courses = {corpus.name: Course.of(corpus, encoder) for corpus in read_to_train(data, practice)}
    base = float32_directory(file)
    pupil = Pupil(BertModel.from_pretrained(str(base)), load_tokenizer(base), rank=RANK)
    begun, losses = time.monotonic(), list[float]()
    lessons = Lessons(courses, SHARES, Random(seed), others=others)
    for loss in learn(pupil, lessons, done=lambda: (time.monotonic() - begun) / 60 / minutes):
        losses.append(loss)
        if len(losses) % 20 == 0:
            _LOG.info("step %d: loss %.3f", len(losses), sum(losses[-20:]) / 20)
    save(pupil.corrections, output)
    return len(losses)


def main() -> None:
    """See the module."""
    parser = argparse.ArgumentParser(prog="python -m assistant.question_training", description=__doc__)
    add_data(parser)
    add_other_words(parser)
    parser.add_argument("--output", type=Path, required=True, help="file to write")
    parser.add_argument("--minutes", type=float, default=MINUTES)
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    logging.basicConfig(level=logging.INFO, format="%(message)s")
    steps = train(
        asked.data,
        asked.output,
        practice=asked.practice,
        others=other_words(asked.words, asked.nynorsk),
        minutes=asked.minutes,
        seed=asked.seed,
    )
    _LOG.info("%d steps, written to %s", steps, asked.output)


if __name__ == "__main__":
    main()

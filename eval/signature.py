"""What makes a number mean something: of what, by what and how it was measured."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from eval.row import RunUnreadable
from index.engines import Engine
from index.language import ANALYSIS_VERSION
from index.segmentation import SEGMENTATION_VERSION


@dataclass(frozen=True, slots=True)
class Signature:
    """All that decides a run's numbers, and what they cost."""

    set: str
    """Name of the gold set."""
    set_sha256: str
    split: str
    questions: int
    """How many were asked; with ``limit`` fewer than the set holds."""
    index: str
    """Hash of what the index holds and was built with; see ``index_hash``."""
    documents: int
    generation: int
    """Of the index, when it was asked."""
    encoder: str
    """The encoder's signature: model, revision, prefixes, precision."""
    reader: str
    """Name and version."""
    strictness: str
    threshold: float
    """The confidence from which on an answer was given."""
    k: int
    """Passages read a question."""
    seed: int
    resamples: int
    level: float
    """Of the intervals: 0.95."""
    version: str
    """Of Kildesvar."""
    date: str
    """ISO 8601, UTC."""
    command: str
    passages_per_second: float | None
    """Of building the index; None where it was there already."""
    peak_memory_mb: float | None
    """Of the process so far; None where the system does not tell."""
    latency_p50_ms: float
    latency_p95_ms: float

    def __str__(self) -> str:
        """One line to put under a number."""
        return (
            f"set {self.set} {self.set_sha256[:12]} ({self.split}, n {self.questions}) | "
            f"index {self.index[:12]} generation {self.generation} ({self.documents} documents) | {self.encoder} | "
            f"reader {self.reader} {self.strictness} {self.threshold:.3f} | k {self.k} | "
            f"{self.level:.0%} bootstrap, {self.resamples} resamples, seed {self.seed} | "
            f"kildesvar {self.version} | {self.date} | {self.command}"
        )


def index_hash(engine: Engine, encoder: str) -> str:
    """SHA-256 of what an index holds and was built with; what is not in here does not decide what a search finds.

    The files and their hashes, their texts as they were read, the number of their passages, the encoder's signature,
    the versions of segmentation and of the Norwegian analysis. The order in which the documents were added does not
    matter.
    """
    held = sorted(
        (
            source.file,
            source.sha256,
            hashlib.sha256(engine.document(source.id).text.encode()).hexdigest(),
            engine.passage_count(source.id),
        )
        for source in engine.sources()
    )
    content = json.dumps([held, encoder, SEGMENTATION_VERSION, ANALYSIS_VERSION], ensure_ascii=False)
    return hashlib.sha256(content.encode()).hexdigest()


def write_signature(path: Path, signature: Signature) -> None:
    """Write it as JSON."""
    path.write_text(json.dumps(asdict(signature), ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def read_signature(path: Path) -> Signature:
    """Read what ``write_signature`` wrote. Raises ``RunUnreadable``."""
    try:
        record: Mapping[str, Any] = json.loads(path.read_text(encoding="utf-8"))
        return Signature(**record)
    except (OSError, ValueError, TypeError) as error:
        raise RunUnreadable(directory=str(path.parent), problem=f"{path.name}: {error}") from error

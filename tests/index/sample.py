"""Small documents and a counting encoder, for the tests of store and engine."""

import hashlib
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import numpy.typing as npt

from index.documents.document import (
    Block,
    BlockKind,
    Document,
    Language,
    Metadata,
    Page,
    Run,
    Source,
    SourceMap,
)
from index.encoder import HashingEncoder, Progress
from index.engines.embedded import EmbeddedEngine
from index.language import Analyser
from index.vectors import Limits

ANALYSER = Analyser()
"""One for all tests: making it takes a third of a second."""
TOPICS = ("straff", "behandling", "legalisering", "hasj", "politi", "ungdom", "helse", "forebygging")


def text_of(name: str, version: int, sentences: int = 12) -> str:
    """Distinct prose for each name and version; paragraphs of two sentences."""
    return "\n\n".join(
        f"Saken {name} utgave {version} punkt {i} handler om {TOPICS[(i + version) % len(TOPICS)]} i kommune {i * 7}. "
        f"Vi mener at {TOPICS[(i * 3) % len(TOPICS)]} virker bedre enn {TOPICS[(i + 5) % len(TOPICS)]} for gruppe {i}."
        for i in range(sentences // 2)
    )


def document_of(file: str, text: str, *, title: str | None = None) -> Document:
    """A document whose file is its text: paragraphs with a blank line between them, nothing joined or dropped."""
    data = text.encode()
    sha256 = hashlib.sha256(data).hexdigest()
    starts = [0, *(i + 2 for i in range(len(text)) if text.startswith("\n\n", i))]
    ends = [*(start - 2 for start in starts[1:]), len(text)]
    return Document(
        source=Source(f"d{sha256[:16]}", file, sha256, Metadata(title=title, language=Language.BOKMAAL)),
        text=text,
        blocks=tuple(Block(BlockKind.PARAGRAPH, start, end) for start, end in zip(starts, ends, strict=True)),
        source_map=SourceMap((Run(0, len(text), 0, len(data), True),), "utf-8"),
        pages=(Page(1, 0, len(text) // 2, "i"), Page(2, len(text) // 2, len(text))),
        original=data,
    )


def sample(name: str, version: int = 0, *, sentences: int = 12, title: str | None = None) -> Document:
    """A document ``name``.txt."""
    return document_of(f"{name}.txt", text_of(name, version, sentences), title=title)


class CountingEncoder(HashingEncoder):
    """Remembers what it was asked to encode."""

    def __init__(self, dimension: int = 64) -> None:
        super().__init__(dimension)
        self.encoded: list[str] = []

    def encode_passages(self, texts: Sequence[str], *, progress: Progress | None = None) -> npt.NDArray[np.float32]:
        self.encoded.extend(texts)
        return super().encode_passages(texts, progress=progress)


def opened(
    directory: Path,
    encoder: HashingEncoder | None = None,
    *,
    create: bool = True,
    limits: Limits | None = None,
    snapshot_after: int = 20_000,
) -> EmbeddedEngine:
    """An engine with the tests' analyser and, by default, the fake encoder."""
    return EmbeddedEngine.open(
        directory,
        encoder or HashingEncoder(64),
        create=create,
        analyser=lambda: ANALYSER,
        limits=limits,
        snapshot_after=snapshot_after,
    )

"""Documents and paragraphs as the columns of a database row, and back.

A long report has some ten thousand runs in its source map, so runs are kept as one array of integers; all else is
compact JSON, which stays readable with nothing but SQLite and zlib at hand.
"""

import json
import zlib
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from index.documents.document import (
    Block,
    BlockKind,
    Document,
    Language,
    Metadata,
    Page,
    Places,
    Run,
    Source,
    SourceMap,
    Unread,
)
from index.documents.metadata import FIELDS, filled
from index.paragraph import Paragraph, Sentence

_RUN = np.dtype("<i4")


@dataclass(frozen=True, slots=True)
class Columns:
    """A document's columns; ``structure`` and ``runs`` are compressed with zlib."""

    id: str
    file: str
    sha256: str
    metadata: str
    text: str
    structure: bytes
    """Blocks, pages and the encoding, JSON."""
    runs: bytes
    """(n_runs, 5) little-endian int32: start, end, source start, source end, verbatim; then, where the format has
    pages, (n_places, 7): start, end, page, left, top, right, bottom."""


def document_columns(document: Document) -> Columns:
    """What to store of a document, apart from its bytes."""
    blocks = [[b.kind.value, b.start, b.end, b.level, b.row, b.column] for b in document.blocks]
    pages = [[p.number, p.start, p.end, p.label, p.unread, p.recognised] for p in document.pages]
    runs = [[r.start, r.end, r.source_start, r.source_end, r.verbatim] for r in document.source_map.runs]
    places = np.frombuffer(document.places.numbers, dtype=np.int32).astype(_RUN)
    structure = {"blocks": blocks, "pages": pages, "encoding": document.source_map.encoding, "runs": len(runs)}
    return Columns(
        id=document.id,
        file=document.source.file,
        sha256=document.source.sha256,
        metadata=metadata_json(document.source.metadata),
        text=document.text,
        structure=zlib.compress(_json(structure).encode()),
        runs=zlib.compress(np.array(runs, dtype=_RUN).tobytes() + places.tobytes()),
    )


def document_of(columns: Columns) -> Document:
    """The document that was stored; ``original`` stays empty."""
    structure = json.loads(zlib.decompress(columns.structure))
    numbers = np.frombuffer(zlib.decompress(columns.runs), dtype=_RUN)
    cut = 5 * structure.get("runs", len(numbers) // 5)
    starts, ends, source_starts, source_ends, verbatim = numbers[:cut].reshape(-1, 5).T.tolist()
    return Document(
        source=source_of(columns.id, columns.file, columns.sha256, columns.metadata),
        text=columns.text,
        blocks=tuple(Block(BlockKind(kind), *rest) for kind, *rest in structure["blocks"]),
        source_map=SourceMap(
            runs=tuple(map(Run, starts, ends, source_starts, source_ends, map(bool, verbatim))),
            encoding=structure["encoding"],
        ),
        pages=tuple(_page(*page) for page in structure["pages"]),
        places=Places(numbers[cut:].astype(np.int32).tobytes()),
    )


def _page(
    number: int, start: int, end: int, label: str | None, unread: str | None = None, recognised: bool = False
) -> Page:
    return Page(number, start, end, label, Unread(unread) if unread else None, recognised)


def source_of(id: str, file: str, sha256: str, metadata: str) -> Source:
    """A stored document without its text."""
    return Source(id=id, file=file, sha256=sha256, metadata=_metadata_of(json.loads(metadata)))


def _metadata_of(found: dict[str, Any]) -> Metadata:
    language, given = found.pop("language", None), found.pop("given", None)
    found = {name: value for name, value in found.items() if name in FIELDS}  # a later version may know of more
    metadata = Metadata(
        authors=tuple(found.pop("authors", ())), language=Language(language) if language else None, **found
    )
    # Indexes of old do not know who said what: there, nothing that is known may get lost.
    return replace(metadata, given=filled(metadata) if given is None else frozenset(given))


def paragraph_detail(paragraph: Paragraph) -> str:
    """All of a paragraph but its number, as JSON."""
    detail = {
        "kind": paragraph.kind.value,
        "start": paragraph.start,
        "end": paragraph.end,
        "sentences": [[s.start, s.end] for s in paragraph.sentences],
        "headings": paragraph.headings,
        "lead_in": paragraph.lead_in,
        "row": paragraph.row,
        "column": paragraph.column,
        "page": paragraph.page,
    }
    return _json({name: value for name, value in detail.items() if value is not None and value != ()})


def paragraph_of(document_id: str, number: int, detail: str) -> Paragraph:
    """The paragraph that was stored."""
    found = json.loads(detail)
    return Paragraph(
        document_id=document_id,
        number=number,
        kind=BlockKind(found.pop("kind")),
        sentences=tuple(Sentence(*sentence) for sentence in found.pop("sentences")),
        headings=tuple(found.pop("headings", ())),
        **found,
    )


def metadata_json(metadata: Metadata) -> str:
    """What is known of a document, and who said it, as JSON."""
    return _json({name: getattr(metadata, name) for name in FIELDS} | {"given": sorted(metadata.given)})


def _json(value: dict[str, Any]) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))

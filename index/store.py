"""The truth on disk: documents, paragraphs, passages, vectors and what they were built with, in one SQLite database.

All else in the directory (the BM25 index, a snapshot of the vector index) is derived from it and may be thrown away.
A change is one transaction that ends with the generation one higher, and is acknowledged only when SQLite has it on
disk. Passages of a document have consecutive keys, and no key is ever given twice: a copy that was made at generation
``g`` is brought up to date by dropping the documents removed since and adding those added since.
"""

import sqlite3
import threading
import zlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, TypeVar

import numpy as np
import numpy.typing as npt

from index import database
from index.database import LOCK, SCHEMA_VERSION, WRITE_TIMEOUT, connect, exists
from index.documents.document import Document, Source
from index.errors import IndexDamaged, IndexMismatch, IndexMissing, UnknownDocument
from index.faults import faults
from index.lock import exclusive
from index.paragraph import Paragraph, Passage
from index.record import Columns, document_of, paragraph_of, source_of
from index.writing import Writing

_MANY = 500
"""Parameters of one statement; SQLite allows more, but gains nothing by it."""

Vectors = npt.NDArray[np.float32]
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Signature:
    """What an index was built with."""

    encoder: str
    dimension: int
    segmentation: str

    def facts(self) -> dict[str, str | int]:
        """As it is written into the index."""
        return asdict(self)

    def __str__(self) -> str:
        return f"encoder {self.encoder} ({self.dimension} dimensions), segmentation {self.segmentation}"


@dataclass(frozen=True, slots=True)
class Entry:
    """A document in the catalogue."""

    number: int
    """The store's own number of the document, never given twice."""
    source: Source
    first: int
    """Key of its first passage; the others follow without a gap."""
    passages: int
    added: int
    """The generation that it came in with."""


@dataclass(frozen=True, slots=True)
class Removed:
    """A document that is gone, and the keys that its passages had."""

    number: int
    first: int
    passages: int


@dataclass(frozen=True, slots=True)
class Changes:
    """The catalogue as it stands, and what has gone since an earlier generation."""

    generation: int
    catalogue: tuple[Entry, ...]
    removed: tuple[Removed, ...]


class Store:
    """The database of one directory. Safe to use from several threads; several processes may have it open."""

    def __init__(self, directory: Path, connection: sqlite3.Connection) -> None:
        self.directory = directory
        self.dimension = 0
        """Length of a vector; known once the store is open."""
        self._connection = connection
        self._lock = threading.RLock()

    @classmethod
    def open(cls, directory: Path, signature: Signature, *, create: bool) -> "Store":
        """Open the store of a directory.

        Raises:
            IndexMissing: There is none and ``create`` is false.
            IndexDamaged, IndexNotWritable, IndexBusy, DiskFull: as they say.
        """
        with faults(directory):
            if not exists(directory):
                if not create:
                    raise IndexMissing(directory=str(directory))
                directory.mkdir(parents=True, exist_ok=True)
                with exclusive(directory / LOCK, timeout=WRITE_TIMEOUT):
                    database.create(directory, signature.facts())
            store = cls(directory, connect(directory))
            try:
                store._check_schema()
                store.dimension = store.signature().dimension
            except BaseException:
                store.close()
                raise
            return store

    def close(self) -> None:
        """Let go of the database."""
        with self._lock:
            self._connection.close()

    def check(self, wanted: Signature) -> None:
        """Raises ``IndexMismatch`` if the index was built with something else than ``wanted``."""
        built = self.signature()
        if built != wanted:
            raise IndexMismatch(directory=str(self.directory), built=str(built), wanted=str(wanted))

    @contextmanager
    def locked(self, *, timeout: float | None = None) -> Iterator[None]:
        """Be the only writer, across processes, or raise ``IndexBusy`` or ``IndexNotWritable``.

        ``timeout`` is in seconds; None is ``WRITE_TIMEOUT``.
        """
        patience = WRITE_TIMEOUT if timeout is None else timeout
        with faults(self.directory), exclusive(self.directory / LOCK, timeout=patience):
            yield

    @contextmanager
    def transaction(self) -> Iterator[Writing]:
        """Change the truth, all or nothing; on disk when the block is left. The caller holds ``locked``."""
        with faults(self.directory):
            connection = connect(self.directory)
            try:
                connection.execute("BEGIN IMMEDIATE")
                yield Writing(connection)
                connection.execute("COMMIT")
            finally:  # closing rolls back what was not committed
                connection.close()

    def meta(self, name: str) -> str | None:
        """One of the facts kept about the index."""
        rows = self.rows("SELECT value FROM meta WHERE name = ?", name)
        return str(rows[0][0]) if rows else None

    def facts(self, prefix: str) -> dict[str, str]:
        """All the facts whose names begin with ``prefix`` (letters and a colon), by their whole names."""
        return dict(self.rows("SELECT name, value FROM meta WHERE name >= ? AND name < ?", prefix, prefix + "\uffff"))

    def signature(self) -> Signature:
        """What the index was built with."""
        found = dict(self.rows("SELECT name, value FROM meta"))
        return Signature(found["encoder"], int(found["dimension"]), found["segmentation"])

    def generation(self) -> int:
        """Grows by one with every acknowledged change."""
        return int(self.meta("generation") or 0)

    def changes(self, *, since: int) -> Changes:
        """The catalogue, in the order of adding, and the documents removed after generation ``since``; one snapshot."""
        with self.snapshot():
            documents = self.rows(
                "SELECT number, id, file, sha256, metadata, first, passages, added FROM documents ORDER BY number"
            )
            removed = self.rows("SELECT number, first, passages FROM removed WHERE generation > ?", since)
            return Changes(
                generation=self.generation(),
                catalogue=tuple(
                    Entry(number, source_of(*source), first, passages, added)
                    for number, *source, first, passages, added in documents
                ),
                removed=tuple(Removed(*row) for row in removed),
            )

    def document(self, document_id: str) -> Document:
        """One document without its bytes. Raises ``UnknownDocument``."""
        rows = self.rows(
            "SELECT id, file, sha256, metadata, text, structure, runs FROM documents WHERE id = ?", document_id
        )
        if not rows:
            raise UnknownDocument(document=document_id)
        return document_of(Columns(*rows[0]))

    def paragraphs(self, entry: Entry) -> tuple[Paragraph, ...]:
        """All paragraphs of a document, in order."""
        rows = self.rows("SELECT paragraph, detail FROM paragraphs WHERE document = ? ORDER BY paragraph", entry.number)
        return tuple(paragraph_of(entry.source.id, *row) for row in rows)

    def passages(self, keys: Sequence[int]) -> dict[int, Passage]:
        """The passages of those keys that are there."""
        found: dict[int, Passage] = {}
        for chunk in _chunks(keys):
            for key, document, number, detail, start, end, context in self.rows(
                "SELECT key, id, paragraph, detail, start, end, context FROM passages"
                " JOIN paragraphs USING (document, paragraph) JOIN documents ON documents.number = document"
                f" WHERE key IN ({_marks(chunk)})",
                *chunk,
            ):
                found[key] = Passage(paragraph_of(document, number, detail), start, end, context)
        return found

    def original(self, entry: Entry) -> bytes:
        """The file's bytes of a document; empty if it is gone."""
        rows = self.rows("SELECT original FROM documents WHERE number = ?", entry.number)
        return zlib.decompress(rows[0][0]) if rows else b""

    def passage_texts(self, entry: Entry) -> Iterator[tuple[int, str, str]]:
        """Key, context and text of each passage of a document, in order."""
        rows = self.rows("SELECT text FROM documents WHERE number = ?", entry.number)
        text = rows[0][0] if rows else ""
        for key, context, start, end in self.rows(
            "SELECT key, context, start, end FROM passages WHERE document = ? ORDER BY key", entry.number
        ):
            yield key, context, text[start:end]

    def vector_batches(self, end: int, size: int = 10_000) -> Iterator[tuple[npt.NDArray[np.int64], Vectors]]:
        """All vectors with keys below ``end``, by key, ``size`` at a time: keys (n,) and vectors (n, dimension)."""
        last = 0
        while True:
            keys, vectors = self._vectors(
                "SELECT key, vector FROM vectors WHERE key > ? AND key < ? ORDER BY key LIMIT ?", last, end, size
            )
            if not len(keys):
                return
            yield keys, vectors
            last = int(keys[-1])

    def vectors(self, first: int, count: int) -> tuple[npt.NDArray[np.int64], Vectors]:
        """Keys (n,) and vectors (n, dimension) of the passages with keys from ``first`` to ``first + count - 1``."""
        return self._vectors("SELECT key, vector FROM vectors WHERE key >= ? AND key < ?", first, first + count)

    def vectors_of(self, keys: Sequence[int]) -> tuple[npt.NDArray[np.int64], Vectors]:
        """Keys (n,) and vectors (n, dimension) of those keys that are there, in the order of the keys' numbers."""
        found = [
            self._vectors(f"SELECT key, vector FROM vectors WHERE key IN ({_marks(chunk)}) ORDER BY key", *chunk)
            for chunk in _chunks(sorted(keys))
        ]
        if not found:
            return self._vectors("SELECT key, vector FROM vectors WHERE 0")
        return np.concatenate([k for k, _ in found]), np.concatenate([v for _, v in found])

    def known_vectors(self, digests: Sequence[bytes]) -> dict[bytes, bytes]:
        """The vectors, as bytes, of those texts that were encoded before; they are known by their digests."""
        known: dict[bytes, bytes] = {}
        for chunk in _chunks(digests):
            known.update(
                self.rows(
                    f"SELECT digest, vector FROM passages JOIN vectors USING (key) WHERE digest IN ({_marks(chunk)})",
                    *chunk,
                )
            )
        return known

    def rows(self, statement: str, *values: object) -> list[Any]:
        """All rows of a query."""
        with self._lock, faults(self.directory):
            return self._connection.execute(statement, values).fetchall()

    def _vectors(self, statement: str, *values: int) -> tuple[npt.NDArray[np.int64], Vectors]:
        rows = self.rows(statement, *values)
        keys = np.fromiter((key for key, _ in rows), dtype=np.int64, count=len(rows))
        vectors = np.frombuffer(b"".join(vector for _, vector in rows), dtype="<f4")
        if vectors.size != len(rows) * self.dimension:
            raise IndexDamaged(directory=str(self.directory), problem="a vector is of the wrong length")
        return keys, vectors.reshape(len(rows), self.dimension).astype(np.float32, copy=False)

    @contextmanager
    def snapshot(self) -> Iterator[None]:
        """Let several queries see one state of the database; may be nested."""
        with self._lock, faults(self.directory):
            if self._connection.in_transaction:
                yield
                return
            self._connection.execute("BEGIN")
            try:
                yield
            finally:
                self._connection.execute("COMMIT")

    def _check_schema(self) -> None:
        found = self.meta("schema")
        if found != SCHEMA_VERSION:
            problem = f"its layout is of version {found}, this program reads version {SCHEMA_VERSION}"
            raise IndexDamaged(directory=str(self.directory), problem=problem)


def _chunks(values: Sequence[T]) -> Iterator[Sequence[T]]:
    for start in range(0, len(values), _MANY):
        yield values[start : start + _MANY]


def _marks(values: Sequence[object]) -> str:
    return ",".join("?" * len(values))

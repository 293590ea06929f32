"""Changes to the truth: what one transaction can do to it."""

import hashlib
import sqlite3
import zlib
from collections.abc import Iterable
from dataclasses import asdict, dataclass, replace
from pathlib import Path

import numpy as np
import numpy.typing as npt

from index.database import write_meta
from index.documents.document import Document, Metadata, Source
from index.paragraph import Paragraph, Passage
from index.record import document_columns, metadata_json, paragraph_detail, source_of

STALE = "stale:"
"""Fact of a document whose passages still carry a title or publisher that it no longer has; its id follows."""
GONE = "gone:"
"""Fact of a document that was removed; its id follows. The value is the id of its successor, or nothing."""
READ = "read:"
"""Fact of a document; its id follows. The value is the version of the reader that read it; without it, 1."""
_ROW = np.dtype("<f4")


def digest(text: str) -> bytes:
    """Sixteen bytes that stand for a text that was encoded."""
    return hashlib.blake2b(text.encode(), digest_size=16).digest()


@dataclass(frozen=True, slots=True)
class Prepared:
    """A document with all that is derived from it and stored."""

    document: Document
    paragraphs: tuple[Paragraph, ...]
    passages: tuple[Passage, ...]
    digests: tuple[bytes, ...]
    """One a passage: of the text that was encoded for it."""
    vectors: npt.NDArray[np.float32]
    """(n_passages, dimension), rows L2-normalised."""

    def called(self, file: str) -> "Prepared":
        """The same under another file name."""
        source = replace(self.document.source, file=file)
        return replace(self, document=replace(self.document, source=source))


class Writing:
    """An open transaction. Its ``generation`` is the one that its commit brings in."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        (value,) = connection.execute("SELECT value FROM meta WHERE name = 'generation'").fetchone()
        self.generation = int(value) + 1

    def commit_generation(self) -> None:
        """Make the generation one higher: whoever reads the store knows by it that something changed."""
        write_meta(self._connection, "generation", self.generation)

    def set_meta(self, name: str, value: str | int) -> None:
        """Set one of the facts kept about the index."""
        write_meta(self._connection, name, value)

    def find(self, sha256: str) -> tuple[Source, int] | None:
        """The document of these bytes, and how many passages it has."""
        row = self._connection.execute(
            "SELECT id, file, sha256, metadata, passages FROM documents WHERE sha256 = ?", (sha256,)
        ).fetchone()
        return (source_of(*row[:4]), int(row[4])) if row else None

    def original(self, document_id: str) -> bytes:
        """The file's bytes of a document that is there."""
        row = self._connection.execute("SELECT original FROM documents WHERE id = ?", (document_id,)).fetchone()
        return zlib.decompress(row[0])

    def id_of(self, file: str) -> str | None:
        """Id of the document of that file name."""
        row = self._connection.execute("SELECT id FROM documents WHERE file = ?", (file,)).fetchone()
        return str(row[0]) if row else None

    def free_name(self, file: str) -> str:
        """The file name itself, or the first of ``name (2).txt``, ``name (3).txt`` … that no document has."""
        name, number = file, 1
        while self.id_of(name) is not None:
            number += 1
            name = f"{Path(file).stem} ({number}){Path(file).suffix}"
        return name

    def describe(self, document_id: str, metadata: Metadata, *, stale: bool) -> None:
        """Give a document other metadata; ``stale`` if its passages were made with what is no longer so."""
        self._connection.execute(
            "UPDATE documents SET metadata = ? WHERE id = ?", (metadata_json(metadata), document_id)
        )
        if stale:
            write_meta(self._connection, f"{STALE}{document_id}", self.generation)

    def rename(self, document_id: str, file: str) -> None:
        """Give a document another file name, which must be free."""
        self._connection.execute("UPDATE documents SET file = ? WHERE id = ?", (file, document_id))

    def remove(self, document_id: str, *, successor: str = "") -> bool:
        """Remove a document and all that was derived from it; False if it is not there."""
        row = self._connection.execute(
            "SELECT number, first, passages FROM documents WHERE id = ?", (document_id,)
        ).fetchone()
        if row is None:
            return False
        number = self._drop_passages(*row)
        self._connection.execute("DELETE FROM paragraphs WHERE document = ?", (number,))
        self._connection.execute("DELETE FROM documents WHERE number = ?", (number,))
        self._forget(f"{STALE}{document_id}")
        self._forget(f"{READ}{document_id}")
        write_meta(self._connection, f"{GONE}{document_id}", successor)
        return True

    def renew(self, prepared: Prepared) -> bool:
        """Put these passages in the place of the document's; False if it is gone or its metadata are others by now."""
        source = prepared.document.source
        row = self._connection.execute(
            "SELECT number, first, passages FROM documents WHERE id = ? AND metadata = ?",
            (source.id, metadata_json(source.metadata)),
        ).fetchone()
        if row is None:
            return False
        number, first = self._drop_passages(*row), self._next_key()
        self._connection.execute(
            "UPDATE documents SET first = ?, passages = ?, added = ? WHERE number = ?",
            (first, len(prepared.passages), self.generation, number),
        )
        self._insert_passages(number, prepared, first)
        self._forget(f"{STALE}{source.id}")
        return True

    def insert(self, prepared: Prepared, original: bytes, *, reader: int) -> None:
        """Put in a document that is not there, with new keys for its passages; ``reader`` is its reader's version."""
        columns = asdict(document_columns(prepared.document))
        first = self._next_key()
        columns |= {
            "original": zlib.compress(original),
            "first": first,
            "passages": len(prepared.passages),
            "added": self.generation,
        }
        names = ", ".join(columns)
        number = self._connection.execute(
            f"INSERT INTO documents ({names}) VALUES ({', '.join(':' + name for name in columns)})", columns
        ).lastrowid
        self._connection.executemany(
            "INSERT INTO paragraphs VALUES (?, ?, ?)",
            ((number, paragraph.number, paragraph_detail(paragraph)) for paragraph in prepared.paragraphs),
        )
        self._insert_passages(number, prepared, first)
        self._forget(f"{GONE}{prepared.document.id}")
        self.set_meta(f"{READ}{prepared.document.id}", reader)

    def _drop_passages(self, number: int, first: int, passages: int) -> int:
        """Remove a document's passages, for all who follow to see; returns its number."""
        self._connection.execute("INSERT INTO removed VALUES (?, ?, ?, ?)", (self.generation, number, first, passages))
        self._connection.execute("DELETE FROM vectors WHERE key >= ? AND key < ?", (first, first + passages))
        self._connection.execute("DELETE FROM passages WHERE document = ?", (number,))
        return number

    def _forget(self, fact: str) -> None:
        self._connection.execute("DELETE FROM meta WHERE name = ?", (fact,))

    def _insert_passages(self, number: int | None, prepared: Prepared, first: int) -> None:
        self._connection.executemany(
            "INSERT INTO passages VALUES (?, ?, ?, ?, ?, ?, ?)",
            (
                (key, number, passage.paragraph.number, passage.start, passage.end, passage.context, known)
                for key, (passage, known) in enumerate(
                    zip(prepared.passages, prepared.digests, strict=True), start=first
                )
            ),
        )
        self._insert_vectors(enumerate(prepared.vectors, start=first))

    def _insert_vectors(self, vectors: Iterable[tuple[int, npt.NDArray[np.float32]]]) -> None:
        self._connection.executemany(
            "INSERT INTO vectors VALUES (?, ?)", ((key, vector.astype(_ROW).tobytes()) for key, vector in vectors)
        )

    def _next_key(self) -> int:
        row = self._connection.execute("SELECT seq FROM sqlite_sequence WHERE name = 'passages'").fetchone()
        return int(row[0]) + 1 if row else 1

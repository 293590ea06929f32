"""A large vector index kept on disk, so that opening need not read, let alone cluster, all vectors again.

The file is named after its generation; which one counts is a fact in the store, set in one transaction after the file
is safely on disk. A file that is missing or damaged only costs time.
"""

import json
import os
from dataclasses import dataclass

from index.faults import faults
from index.store import Store
from index.vectors import Fetch, IndexKind, Limits, VectorIndex
from index.writing import Writing

_META = "vectors"


@dataclass(frozen=True, slots=True)
class Snapshot:
    """A vector index as it stood at a generation."""

    index: VectorIndex
    generation: int


def read_snapshot(store: Store, *, fetch: Fetch, limits: Limits) -> Snapshot | None:
    """The last snapshot; None if there is none that is whole."""
    fact = store.meta(_META)
    if not fact:
        return None
    found = json.loads(fact)
    file = store.directory / found["file"]
    index = VectorIndex.load(file, IndexKind(found["kind"]), checksum=found["checksum"], fetch=fetch, limits=limits)
    if index is None or index.dimension != store.dimension:
        return None
    return Snapshot(index=index, generation=found["generation"])


def write_snapshot(store: Store, index: VectorIndex, *, generation: int) -> None:
    """Publish a snapshot and drop the earlier one. The caller holds the store's lock. Raises ``IndexFault``."""
    name = f"vectors-{generation}.faiss"
    with faults(store.directory):
        beside = store.directory / f"{name}.new"
        checksum = index.save(beside)
        os.replace(beside, store.directory / name)
        fact = {"file": name, "kind": index.kind.value, "checksum": checksum, "generation": generation}
        with store.transaction() as writing:
            writing.set_meta(_META, json.dumps(fact))
        for old in store.directory.glob("vectors-*.faiss*"):
            if old.name != name:
                old.unlink(missing_ok=True)


def forget_snapshot(writing: Writing) -> None:
    """Let no snapshot count any more: its vectors are another encoder's."""
    writing.set_meta(_META, "")

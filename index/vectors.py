"""Nearest vectors by cosine: the only file that imports faiss.

Which index is used follows from the number of vectors: exact search where that takes milliseconds, an inverted file
with 8-bit vectors up to a million, one with 1-bit vectors (RaBitQ) above. The last two give candidates, whose exact
cosines are then computed from the float32 vectors of the store; scores are exact whatever the kind.
"""

import os
import zlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any

import faiss
import numpy as np
import numpy.typing as npt

from index.errors import VectorsInvalid

Keys = npt.NDArray[np.int64]
Vectors = npt.NDArray[np.float32]
Fetch = Callable[[Keys], tuple[Keys, Vectors]]
"""Exact vectors of those of the keys that are there: keys (m,) and vectors (m, dimension) in the same order."""

_TOLERANCE = 1e-3
"""How far from 1 the length of a vector may be; int8 encoders round."""
_CANDIDATES = 100
"""Candidates of an inverted file that are compared exactly: so many at least, and three for each one wanted."""
_LEAST_PER_LIST = 39
"""Vectors a list that clustering needs to be any good; faiss warns below."""
_TRAIN_PER_LIST = 64
"""Vectors a list that the clustering is trained on; more makes it slower, not better."""

# Two threads a query were slower than one, and a query is short: cores are for several people asking at once.
faiss.omp_set_num_threads(1)


class IndexKind(StrEnum):
    """How the vectors are held; for ever larger numbers of them."""

    FLAT = "flat"
    IVF_SQ8 = "ivf_sq8"
    IVF_RABITQ = "ivf_rabitq"


@dataclass(frozen=True, slots=True)
class Limits:
    """Up to how many vectors each kind serves, and how it is searched."""

    flat: int = 200_000
    sq8: int = 1_000_000
    subset: int = 4_000
    """Up to so many vectors, a filtered search of an inverted file compares them all: its lists may miss them."""
    probes: int = 48
    """Lists that are searched."""

    def kind(self, count: int) -> IndexKind:
        """The kind for that many vectors."""
        if count <= self.flat:
            return IndexKind.FLAT
        return IndexKind.IVF_SQ8 if count <= self.sq8 else IndexKind.IVF_RABITQ


_CODES = {IndexKind.IVF_SQ8: "SQ8", IndexKind.IVF_RABITQ: "RaBitQfs"}
"""How faiss names the two."""


def checked(vectors: Vectors, dimension: int, model: str, *, rows: int) -> Vectors:
    """The vectors, (rows, dimension) float32 C-contiguous, each row of length 1. Raises ``VectorsInvalid``."""
    if not isinstance(vectors, np.ndarray) or vectors.dtype != np.float32:
        raise VectorsInvalid(model=model, problem=f"expected float32, got {getattr(vectors, 'dtype', type(vectors))}")
    if vectors.shape != (rows, dimension):
        raise VectorsInvalid(model=model, problem=f"expected the shape ({rows}, {dimension}), got {vectors.shape}")
    lengths = np.linalg.norm(vectors, axis=1)
    if not np.all(np.abs(lengths - 1) <= _TOLERANCE):  # also false for NaN
        worst = int(np.argmax(np.nan_to_num(np.abs(lengths - 1), nan=np.inf)))
        raise VectorsInvalid(model=model, problem=f"row {worst} has length {lengths[worst]:.4f}, not 1")
    return np.ascontiguousarray(vectors)


class VectorIndex:
    """Vectors under integer keys. Searching from several threads is safe, changing it meanwhile is not."""

    def __init__(self, inner: faiss.Index, kind: IndexKind, *, fetch: Fetch, limits: Limits) -> None:
        self.kind = kind
        self._inner: Any = inner
        self._fetch = fetch
        self._limits = limits

    @classmethod
    def build(
        cls,
        batches: Callable[[], Iterable[tuple[Keys, Vectors]]],
        *,
        count: int,
        dimension: int,
        fetch: Fetch,
        limits: Limits,
    ) -> "VectorIndex":
        """Index the ``count`` vectors of all batches; they are gone through twice where the kind needs training."""
        kind = limits.kind(count)
        if kind is IndexKind.FLAT:
            inner: Any = faiss.IndexIDMap2(faiss.IndexFlatIP(dimension))
        else:
            lists = max(1, min(int(4 * count**0.5), count // _LEAST_PER_LIST))
            inner = faiss.index_factory(dimension, f"IVF{lists},{_CODES[kind]}", faiss.METRIC_INNER_PRODUCT)
            inner.train(_sample((vectors for _, vectors in batches()), count, lists * _TRAIN_PER_LIST))
        index = cls(inner, kind, fetch=fetch, limits=limits)
        for keys, vectors in batches():
            index.add(keys, vectors)
        return index

    @property
    def count(self) -> int:
        """Vectors held."""
        return int(self._inner.ntotal)

    @property
    def dimension(self) -> int:
        """Length of a vector."""
        return int(self._inner.d)

    @property
    def outgrown(self) -> bool:
        """Whether the index holds so many more vectors (or fewer) that another kind serves them better."""
        wanted = self._limits.kind(self.count)
        # Half of the limit below: who adds and removes around it should not train an index each time.
        larger = list(IndexKind).index(wanted) > list(IndexKind).index(self.kind)
        return wanted is not self.kind and (larger or self._limits.kind(2 * self.count) is not self.kind)

    def add(self, keys: Keys, vectors: Vectors) -> None:
        """Add vectors, (n, dimension), under keys that are not there yet, (n,)."""
        if len(keys):
            self._inner.add_with_ids(checked(vectors, self.dimension, "the store", rows=len(keys)), keys)

    def remove(self, first: int, count: int) -> None:
        """Remove the vectors with keys from ``first`` to ``first + count - 1``."""
        if count:
            self._inner.remove_ids(faiss.IDSelectorRange(first, first + count))

    def search(self, query: Vectors, k: int, *, among: Keys | None = None) -> tuple[Keys, Vectors]:
        """The ``k`` nearest, best first: keys (m,) and cosines (m,), m at most ``k``.

        Args:
            query: (dimension,) float32, L2-normalised.
            k: How many, 1 or more.
            among: Only these keys, (n,); None is all.

        Raises:
            VectorsInvalid: The query is of the wrong shape, type or length.
        """
        rows = checked(query[None, :], self.dimension, "the question's encoder", rows=1)
        allowed = self.count if among is None else len(among)
        if not allowed or not self.count:
            return np.empty(0, np.int64), np.empty(0, np.float32)
        if self.kind is IndexKind.FLAT:
            return self._candidates(rows, min(k, allowed), among)
        if among is not None and len(among) <= self._limits.subset:
            keys = among
        else:
            keys, _ = self._candidates(rows, min(max(3 * k, _CANDIDATES), allowed), among)
        keys, vectors = self._fetch(keys)
        return best(keys, vectors @ query, k)

    def save(self, file: Path) -> int:
        """Write the index to ``file``, safely on disk; returns the checksum to load it with."""
        data = faiss.serialize_index(self._inner).tobytes()
        with file.open("wb") as handle:
            handle.write(data)
            handle.flush()
            os.fsync(handle.fileno())
        return zlib.crc32(data)

    @classmethod
    def load(cls, file: Path, kind: IndexKind, *, checksum: int, fetch: Fetch, limits: Limits) -> "VectorIndex | None":
        """The index that was saved; None if the file is gone or not what was saved."""
        try:
            data = file.read_bytes()
        except OSError:
            return None
        if zlib.crc32(data) != checksum:
            return None
        inner = faiss.deserialize_index(np.frombuffer(data, dtype=np.uint8))
        return cls(inner, kind, fetch=fetch, limits=limits)

    def keys(self) -> Keys:
        """All keys, sorted, (count,)."""
        if self.kind is IndexKind.FLAT:
            return np.sort(faiss.vector_to_array(self._inner.id_map))
        lists = self._inner.invlists
        parts = [
            faiss.rev_swig_ptr(lists.get_ids(i), lists.list_size(i)).copy()
            for i in range(lists.nlist)
            if lists.list_size(i)
        ]
        return np.sort(np.concatenate(parts)) if parts else np.empty(0, np.int64)

    def _candidates(self, rows: Vectors, k: int, among: Keys | None) -> tuple[Keys, Vectors]:
        settings: Any = faiss.SearchParameters() if self.kind is IndexKind.FLAT else faiss.SearchParametersIVF()
        if self.kind is not IndexKind.FLAT:
            settings.nprobe = min(self._limits.probes, self._inner.nlist)
        selector = None if among is None else faiss.IDSelectorBatch(np.ascontiguousarray(among))
        settings.sel = selector
        scores, keys = self._inner.search(rows, k, params=settings)
        found = keys[0] >= 0
        return keys[0][found], scores[0][found]


def best(keys: Keys, scores: Vectors, k: int) -> tuple[Keys, Vectors]:
    """The ``k`` highest scores and their keys, best first; equal scores by key."""
    order = np.lexsort((keys, -scores))[:k]
    return keys[order], scores[order]


def _sample(batches: Iterator[Vectors], count: int, wanted: int) -> Vectors:
    """About ``wanted`` of ``count`` vectors, evenly spread: documents lie together, so the first ones are not alike."""
    step = max(1, count // wanted)
    return np.concatenate([vectors[::step] for vectors in batches])

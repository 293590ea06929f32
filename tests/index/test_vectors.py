"""The vector index: every kind against brute force, what it refuses, and that saving changes nothing."""

from pathlib import Path

import numpy as np
import numpy.typing as npt
import pytest

from index.errors import VectorsInvalid
from index.vectors import IndexKind, Limits, VectorIndex, checked

DIMENSION = 96
SMALL = {
    IndexKind.FLAT: Limits(),
    IndexKind.IVF_SQ8: Limits(flat=100, sq8=10_000, subset=50),
    IndexKind.IVF_RABITQ: Limits(flat=100, sq8=200, subset=50),
}


class Kept:
    """The exact vectors, as the store would keep them."""

    def __init__(self, count: int, seed: int = 0) -> None:
        rng = np.random.default_rng(seed)
        centres = rng.standard_normal((20, DIMENSION))
        rows = centres[rng.integers(0, 20, count)] + 0.7 * rng.standard_normal((count, DIMENSION))
        self.vectors = (rows / np.linalg.norm(rows, axis=1, keepdims=True)).astype(np.float32)
        self.keys = 3 * np.arange(count, dtype=np.int64) + 5
        self.there = np.ones(count, dtype=bool)

    def fetch(self, keys: npt.NDArray[np.int64]) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.float32]]:
        rows = (keys - 5) // 3
        rows = rows[self.there[rows]]
        return self.keys[rows], self.vectors[rows]

    def nearest(self, query: npt.NDArray[np.float32], k: int, among: npt.NDArray[np.int64] | None = None) -> list[int]:
        cosines = np.where(self.there, self.vectors @ query, -2)
        if among is not None:
            cosines = np.where(np.isin(self.keys, among), cosines, -2)
        order = np.argsort(-cosines, kind="stable")
        return [int(self.keys[i]) for i in order[:k] if cosines[i] > -2]

    def index(self, kind: IndexKind) -> VectorIndex:
        index = VectorIndex.build(
            lambda: [(self.keys[i : i + 700], self.vectors[i : i + 700]) for i in range(0, len(self.keys), 700)],
            count=len(self.keys),
            dimension=DIMENSION,
            fetch=self.fetch,
            limits=SMALL[kind],
        )
        assert index.kind is kind
        return index


def queries(count: int) -> npt.NDArray[np.float32]:
    """Questions lie near what they ask about."""
    rng = np.random.default_rng(9)
    near = Kept(count).vectors + 0.5 / DIMENSION**0.5 * rng.standard_normal((count, DIMENSION))
    return np.asarray(near / np.linalg.norm(near, axis=1, keepdims=True), dtype=np.float32)


def test_flat_equals_brute_force_with_and_without_a_filter() -> None:
    kept = Kept(500)
    index = kept.index(IndexKind.FLAT)
    among = kept.keys[100:180]
    for query in queries(20):
        keys, cosines = index.search(query, 10)
        assert keys.tolist() == kept.nearest(query, 10)
        assert cosines == pytest.approx([float(kept.vectors[(key - 5) // 3] @ query) for key in keys], abs=1e-6)
        assert index.search(query, 10, among=among)[0].tolist() == kept.nearest(query, 10, among)


@pytest.mark.parametrize("kind", [IndexKind.IVF_SQ8, IndexKind.IVF_RABITQ])
def test_an_inverted_file_finds_what_brute_force_finds_and_scores_it_exactly(kind: IndexKind) -> None:
    kept = Kept(3_000)
    index = kept.index(kind)
    found = 0
    for query in queries(50):
        keys, cosines = index.search(query, 10)
        found += len(set(keys.tolist()) & set(kept.nearest(query, 10)))
        assert cosines == pytest.approx([float(kept.vectors[(key - 5) // 3] @ query) for key in keys], abs=1e-6)
        assert list(cosines) == sorted(cosines, reverse=True)
    assert found >= 0.97 * 500


@pytest.mark.parametrize("kind", [IndexKind.IVF_SQ8, IndexKind.IVF_RABITQ])
def test_a_small_filter_on_an_inverted_file_is_exact(kind: IndexKind) -> None:
    kept = Kept(3_000)
    index = kept.index(kind)
    among = kept.keys[::75]
    assert len(among) <= SMALL[kind].subset
    for query in queries(10):
        assert index.search(query, 10, among=among)[0].tolist() == kept.nearest(query, 10, among)


@pytest.mark.parametrize("kind", [IndexKind.IVF_SQ8, IndexKind.IVF_RABITQ])
def test_a_large_filter_on_an_inverted_file_lets_nothing_else_through(kind: IndexKind) -> None:
    kept = Kept(3_000)
    among = kept.keys[:1_000]
    keys, _ = kept.index(kind).search(queries(1)[0], 100, among=among)
    assert len(keys) >= 90
    assert set(keys.tolist()) <= set(among.tolist())


@pytest.mark.parametrize("kind", list(IndexKind))
def test_removed_vectors_are_gone_and_added_ones_are_found(kind: IndexKind) -> None:
    kept = Kept(3_000)
    index = kept.index(kind)
    query = kept.vectors[1_000]
    gone = int(kept.keys[1_000])
    assert index.search(query, 1)[0].tolist() == [gone]
    index.remove(gone, 1)
    kept.there[1_000] = False
    assert index.count == 2_999
    assert gone not in index.search(query, 100)[0].tolist()
    assert gone not in index.keys().tolist()
    kept.there[1_000] = True
    index.add(np.array([gone]), query[None, :])
    assert index.search(query, 1)[0].tolist() == [gone]
    assert index.keys().tolist() == kept.keys.tolist()


@pytest.mark.parametrize("kind", list(IndexKind))
def test_saving_and_loading_is_the_identity(kind: IndexKind, tmp_path: Path) -> None:
    kept = Kept(1_000)
    index = kept.index(kind)
    checksum = index.save(tmp_path / "vectors")
    loaded = VectorIndex.load(tmp_path / "vectors", kind, checksum=checksum, fetch=kept.fetch, limits=SMALL[kind])
    assert loaded is not None
    assert loaded.keys().tolist() == index.keys().tolist()
    for query in queries(5):
        for before, after in zip(index.search(query, 20), loaded.search(query, 20), strict=True):
            np.testing.assert_array_equal(before, after)


def test_a_damaged_or_missing_file_is_no_index(tmp_path: Path) -> None:
    kept = Kept(200)
    file = tmp_path / "vectors"
    checksum = kept.index(IndexKind.FLAT).save(file)
    data = bytearray(file.read_bytes())
    data[len(data) // 2] ^= 1
    file.write_bytes(data)
    for name in ("vectors", "missing"):
        assert (
            VectorIndex.load(tmp_path / name, IndexKind.FLAT, checksum=checksum, fetch=kept.fetch, limits=Limits())
            is None
        )


def test_an_empty_index_and_an_empty_filter_find_nothing() -> None:
    kept = Kept(10)
    empty = VectorIndex.build(lambda: [], count=0, dimension=DIMENSION, fetch=kept.fetch, limits=Limits())
    assert empty.search(kept.vectors[0], 5)[0].tolist() == []
    assert kept.index(IndexKind.FLAT).search(kept.vectors[0], 5, among=np.empty(0, np.int64))[0].tolist() == []
    assert len(kept.index(IndexKind.FLAT).search(kept.vectors[0], 50)[0]) == 10


def test_the_kind_follows_the_number_and_does_not_flutter() -> None:
    limits = Limits(flat=100, sq8=10_000)
    assert [limits.kind(n) for n in (0, 100, 101, 10_000, 10_001)] == [
        IndexKind.FLAT,
        IndexKind.FLAT,
        IndexKind.IVF_SQ8,
        IndexKind.IVF_SQ8,
        IndexKind.IVF_RABITQ,
    ]
    kept = Kept(150)
    index = VectorIndex.build(
        lambda: [(kept.keys[:90], kept.vectors[:90])], count=90, dimension=DIMENSION, fetch=kept.fetch, limits=limits
    )
    assert not index.outgrown
    index.add(kept.keys[90:], kept.vectors[90:])
    assert index.outgrown
    large = VectorIndex.build(
        lambda: [(kept.keys, kept.vectors)], count=150, dimension=DIMENSION, fetch=kept.fetch, limits=limits
    )
    large.remove(5, 3 * 60)
    assert large.count == 90
    assert not large.outgrown
    large.remove(5, 3 * 120)
    assert large.outgrown


def unit(rows: int, columns: int) -> npt.NDArray[np.float32]:
    return np.eye(rows, columns, dtype=np.float32)


@pytest.mark.parametrize(
    ("vectors", "problem"),
    [
        (unit(3, 4).astype(np.float64), "float64"),
        (unit(3, 5), r"\(3, 4\).*\(3, 5\)"),
        (unit(2, 4), r"\(3, 4\).*\(2, 4\)"),
        (unit(3, 4)[0], r"\(3, 4\)"),
        (2 * unit(3, 4), "row 0 has length 2"),
        (unit(3, 4) * np.array([[1], [0], [1]], np.float32), "row 1 has length 0"),
        (unit(3, 4) * np.array([[1], [1], [np.nan]], np.float32), "row 2 has length nan"),
    ],
)
def test_vectors_are_checked_at_the_door(vectors: npt.NDArray[np.float32], problem: str) -> None:
    with pytest.raises(VectorsInvalid, match=problem):
        checked(vectors, 4, "model", rows=3)


def test_good_vectors_pass_the_door_unchanged() -> None:
    np.testing.assert_array_equal(checked(unit(3, 4), 4, "model", rows=3), unit(3, 4))


def test_a_query_that_is_not_normalised_is_refused() -> None:
    kept = Kept(10)
    with pytest.raises(VectorsInvalid, match="length 2"):
        kept.index(IndexKind.FLAT).search(2 * kept.vectors[0], 1)

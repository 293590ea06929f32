"""BM25: hand-worked scores, filters that do not change them, and an index that knows when it is torn."""

from math import log
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from index.lexical import Lexical, LexicalDamaged, LexicalState, Terms
from index.query import Alternatives
from tests.index.damage import put

STATE = LexicalState(store="a", generation=7, analysis="1")
PASSAGES = [
    Terms(1, 10, ["rus", "strategi", "straff", "skad", "straff"]),
    Terms(2, 10, ["rus", "strategi", "hjelp", "virk"]),
    Terms(3, 11, ["politi", "straff", "ung", "hasj", "avis"]),
]
AVERAGE = 14 / 4
"""Fourteen terms in four documents, since the one that holds the state counts too."""


def filled(directory: Path | None = None) -> Lexical:
    lexical = Lexical.create(directory, LexicalState(store="a", generation=-1, analysis="1"))
    lexical.apply((), PASSAGES, STATE)
    return lexical


def bm25(tf: int, length: int, *, holding: int, count: int = 4) -> float:
    """Okapi BM25 with k1 = 1.2 and b = 0.75."""
    idf = log(1 + (count - holding + 0.5) / (holding + 0.5))
    return idf * tf * 2.2 / (tf + 1.2 * (1 - 0.75 + 0.75 * length / AVERAGE))


def test_scores_are_those_worked_by_hand() -> None:
    found = filled().search([("straff", 1.0)], 10)
    assert [key for key, _ in found] == [1, 3]
    assert found[0][1] == pytest.approx(bm25(2, 5, holding=2), rel=1e-5)
    assert found[1][1] == pytest.approx(bm25(1, 5, holding=2), rel=1e-5)


def test_weights_multiply_and_terms_add_up() -> None:
    found = dict(filled().search([("rus", 0.5), ("hjelp", 0.8)], 10))
    assert found.keys() == {1, 2}
    assert found[1] == pytest.approx(0.5 * bm25(1, 5, holding=2), rel=1e-5)
    assert found[2] == pytest.approx(0.5 * bm25(1, 4, holding=2) + 0.8 * bm25(1, 4, holding=1), rel=1e-5)


def test_of_alternatives_only_the_best_counts_and_an_option_s_terms_add_up() -> None:
    either = Alternatives(((("straff", 1.0),), (("rus", 0.7), ("strategi", 0.7))))
    found = dict(filled().search([either, ("hjelp", 0.5)], 10))
    both = 0.7 * (bm25(1, 5, holding=2) + bm25(1, 5, holding=2))
    assert found[1] == pytest.approx(max(bm25(2, 5, holding=2), both), rel=1e-5)
    assert found[2] == pytest.approx(1.4 * bm25(1, 4, holding=2) + 0.5 * bm25(1, 4, holding=1), rel=1e-5)
    assert found[3] == pytest.approx(bm25(1, 5, holding=2), rel=1e-5)


def test_scores_of_given_passages_are_those_of_the_search() -> None:
    lexical = filled()
    terms = [("straff", 1.0), ("rus", 0.7), ("finnesikke", 1.0)]
    found = dict(lexical.search(terms, 10))
    np.testing.assert_allclose(lexical.scores(terms, [3, 99, 2, 1]), [found[3], 0, found[2], found[1]], rtol=1e-6)
    assert lexical.scores(terms, []).shape == (0,)
    assert lexical.scores([], [1, 2]).tolist() == [0, 0]


def test_a_filter_leaves_scores_as_they_are() -> None:
    lexical = filled()
    terms = [("straff", 1.0), ("rus", 0.7)]
    everything = dict(lexical.search(terms, 10))
    assert dict(lexical.search(terms, 10, documents=[11])) == pytest.approx({3: everything[3]})
    assert [key for key, _ in lexical.search(terms, 10, documents=[10])] == [1, 2]
    assert lexical.search(terms, 10, documents=[]) == []
    assert len(lexical.search(terms, 1)) == 1


def test_removing_and_adding_is_one_commit_with_the_state() -> None:
    lexical = filled()
    later = LexicalState(store="a", generation=8, analysis="1")
    lexical.apply([10], [Terms(4, 12, ["straff"])], later)
    assert lexical.state == later
    assert lexical.count == 2
    assert [key for key, _ in lexical.search([("straff", 1.0)], 10)] == [4, 3]
    assert lexical.search([("strategi", 1.0)], 10) == []


def test_the_vocabulary_is_every_term() -> None:
    assert filled().vocabulary() >= {"straff", "hjelp", "hasj", "strategi", "avis"}


def test_terms_keep_their_letters() -> None:
    lexical = filled()
    lexical.apply((), [Terms(5, 13, ["Æøå", "13.046", "§", "a-b"])], STATE)
    for term in ("Æøå", "13.046", "§", "a-b"):
        assert [key for key, _ in lexical.search([(term, 1.0)], 5)] == [5]


def test_another_process_sees_a_commit_when_it_reloads(tmp_path: Path) -> None:
    writer = filled(tmp_path)
    reader = Lexical.open(tmp_path)
    assert reader.state == STATE
    writer.apply([11], [], LexicalState(store="a", generation=9, analysis="1"))
    assert reader.count == 3
    reader.reload()
    assert reader.state.generation == 9
    assert reader.count == 2


def test_every_flipped_byte_in_any_data_file_is_noticed(tmp_path: Path) -> None:
    filled(tmp_path).apply([10], [], STATE)
    files = [f for f in tmp_path.iterdir() if f.suffix not in ("", ".json", ".lock")]
    assert len(files) >= 5
    Lexical.open(tmp_path)
    for file in files:
        data = file.read_bytes()
        for torn in (bytes([data[0] ^ 1]) + data[1:], data[: len(data) // 2], b""):
            put(file, torn)
            with pytest.raises(LexicalDamaged):
                Lexical.open(tmp_path)
        file.unlink()
        with pytest.raises(LexicalDamaged):
            Lexical.open(tmp_path)
        put(file, data)
    Lexical.open(tmp_path)


@pytest.mark.parametrize("torn", [b"", b"{}", b'{"segments": [', None])
def test_a_torn_list_of_segments_is_noticed(tmp_path: Path, torn: bytes | None) -> None:
    filled(tmp_path)
    if torn is None:
        (tmp_path / "meta.json").unlink()
    else:
        (tmp_path / "meta.json").write_bytes(torn)
    with pytest.raises(LexicalDamaged):
        Lexical.open(tmp_path)


def test_what_a_killed_writer_left_behind_does_no_harm(tmp_path: Path) -> None:
    filled(tmp_path)
    (tmp_path / "0123456789abcdef0123456789abcdef.idx").write_bytes(b"unfinished")
    assert Lexical.open(tmp_path).count == 3


def test_where_it_stands_is_said_once_that_can_be_searched() -> None:
    """Another thread that sees the new state may remember what it finds for as long as the state is the same."""
    told: list[tuple[int, int]] = []

    class Watched(Lexical):
        def __setattr__(self, name: str, value: object) -> None:
            if isinstance(value, LexicalState):
                told.append((value.generation, self.count))
            super().__setattr__(name, value)

    lexical = Watched.create(None, LexicalState(store="a", generation=-1, analysis="1"))
    lexical.apply((), PASSAGES, STATE)
    assert told[-1] == (STATE.generation, len(PASSAGES))


def test_a_search_ends_in_what_it_began_in() -> None:
    """Where a passage lies is told by its number in what was searched; meanwhile another thread follows a change."""
    lexical = filled()
    searcher = lexical._searcher

    class Overtaken:
        def search(self, *query: Any, **how: Any) -> Any:  # noqa: ANN401 (as tantivy's)
            hits = searcher.search(*query, **how)
            lexical.apply([10, 11], [Terms(9, 12, ["straff"])], STATE)
            return hits

        def fast_field_values(self, *asked: Any) -> Any:  # noqa: ANN401 (as tantivy's)
            return searcher.fast_field_values(*asked)

    lexical._searcher = Overtaken()  # type: ignore[assignment]
    assert [key for key, _ in lexical.search([("straff", 1.0)], 10)] == [1, 3]
    assert [key for key, _ in lexical.search([("straff", 1.0)], 10)] == [9]

"""The embedded engine: what adding, replacing and removing do, what is found, and how derived files are mended."""

import shutil
import sqlite3
import threading
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import numpy as np
import pytest

from index.encoder import HashingEncoder, passage_text
from index.engines import Change
from index.engines.embedded import EmbeddedEngine
from index.errors import IndexMismatch, UnknownDocument
from index.vectors import IndexKind, Limits
from tests.index.damage import put
from tests.index.sample import ANALYSER, CountingEncoder, document_of, opened, sample, text_of

NAMES = ("alfa", "beta", "gamma")


@pytest.fixture
def encoder() -> CountingEncoder:
    return CountingEncoder()


@pytest.fixture
def engine(tmp_path: Path, encoder: CountingEncoder) -> Iterator[EmbeddedEngine]:
    with opened(tmp_path / "index", encoder) as engine:
        engine.add([sample(name) for name in NAMES])
        yield engine


def all_keys(engine: EmbeddedEngine) -> list[int]:
    return sorted(found.key for found in engine.dense(engine.encode_query("straff"), k=10_000))


def files(engine: EmbeddedEngine) -> list[str]:
    return [source.file for source in engine.sources()]


def assert_sound(engine: EmbeddedEngine, names: list[str] | None = None) -> None:
    result = engine.verify()
    assert result.problems == ()
    assert result.passages == result.vectors == len(all_keys(engine))
    if names is not None:
        assert files(engine) == [f"{name}.txt" for name in names]


def test_a_new_index_is_empty_and_finds_nothing(tmp_path: Path) -> None:
    with opened(tmp_path / "deep" / "index") as engine:
        assert engine.generation == 0
        assert engine.sources() == ()
        assert engine.dense(engine.encode_query("straff"), k=5) == ()
        assert engine.lexical([("straff", 1.0)], k=5) == ()
        assert engine.vocabulary() == frozenset()
        assert_sound(engine, [])


def test_documents_come_back_as_they_went_in(engine: EmbeddedEngine) -> None:
    for name in NAMES:
        before = sample(name)
        after = engine.document(before.id)
        assert after == before
        assert engine.document(before.id) is after
        assert after.original == b""
    assert engine.sources() == tuple(sample(name).source for name in NAMES)


def test_adding_reports_what_it_did(tmp_path: Path) -> None:
    calls: list[tuple[int, int]] = []
    with opened(tmp_path) as engine:
        added = engine.add([sample("alfa"), sample("beta")], progress=lambda done, total: calls.append((done, total)))
        assert [one.change for one in added] == [Change.ADDED, Change.ADDED]
        assert [one.passages for one in added] == [engine.passage_count(sample(n).id) for n in ("alfa", "beta")]
        total = sum(one.passages for one in added)
        assert calls[-1] == (total, total)
        assert calls == sorted(calls)
        assert engine.generation == 1


def test_the_same_bytes_again_change_nothing(engine: EmbeddedEngine, encoder: CountingEncoder) -> None:
    encoder.encoded.clear()
    keys, generation = all_keys(engine), engine.generation
    (again,) = engine.add([sample("beta")])
    assert (again.change, again.passages) == (Change.UNCHANGED, engine.passage_count(sample("beta").id))
    renamed = document_of("annet navn.txt", text_of("beta", 0))
    (other,) = engine.add([renamed])
    assert (other.change, other.source.file) == (Change.UNCHANGED, "beta.txt")
    assert encoder.encoded == []
    assert engine.generation == generation
    assert all_keys(engine) == keys


def test_other_bytes_under_a_known_name_replace(engine: EmbeddedEngine) -> None:
    keys = set(all_keys(engine))
    (replaced,) = engine.add([sample("beta", 1)])
    assert replaced.change is Change.REPLACED
    with pytest.raises(UnknownDocument, match=sample("beta").id):
        engine.document(sample("beta").id)
    assert engine.document(sample("beta", 1).id) == sample("beta", 1)
    new = set(all_keys(engine)) - keys
    assert len(new) == replaced.passages
    assert min(new) > max(keys)
    assert_sound(engine, ["alfa", "gamma", "beta"])


def test_only_passages_that_changed_are_encoded_again(engine: EmbeddedEngine, encoder: CountingEncoder) -> None:
    encoder.encoded.clear()
    changed = text_of("beta", 0).replace("kommune 14", "kommune 15")
    (replaced,) = engine.add([document_of("beta.txt", changed)])
    assert replaced.change is Change.REPLACED
    assert replaced.passages > 3
    assert len(encoder.encoded) == 1
    assert "kommune 15" in encoder.encoded[0]
    assert_sound(engine)


def test_a_file_name_twice_in_one_call_ends_with_the_last(tmp_path: Path) -> None:
    with opened(tmp_path) as engine:
        added = engine.add([sample("alfa", 0), sample("alfa", 1), sample("alfa", 1)])
        assert [one.change for one in added] == [Change.ADDED, Change.REPLACED, Change.UNCHANGED]
        assert engine.sources() == (sample("alfa", 1).source,)
        assert_sound(engine)


def test_removing_takes_all_of_it(engine: EmbeddedEngine) -> None:
    keys = all_keys(engine)
    engine.remove(sample("beta").id)
    gone = [key for key in keys if key not in all_keys(engine)]
    assert len(gone) == len(keys) // 3
    assert engine.passages(keys) == engine.passages(all_keys(engine))
    assert engine.cosines(engine.encode_query("straff"), gone).tolist() == [0] * len(gone)
    assert_sound(engine, ["alfa", "gamma"])
    for call in (engine.remove, engine.document, engine.passage_count):
        with pytest.raises(UnknownDocument):
            call(sample("beta").id)


def test_keys_are_never_given_twice(engine: EmbeddedEngine) -> None:
    keys = set(all_keys(engine))
    engine.remove(sample("gamma").id)
    engine.add([sample("gamma")])
    assert min(set(all_keys(engine)) - keys) > max(keys)


def test_dense_search_is_that_of_the_encoder(engine: EmbeddedEngine, encoder: CountingEncoder) -> None:
    query = engine.encode_query("virker behandling for ungdom?")
    keys = all_keys(engine)
    passages = engine.passages(keys)
    texts = [passage_text(p.context, engine.document(p.paragraph.document_id).text[p.start : p.end]) for p in passages]
    cosines = encoder.encode_passages(texts) @ query
    order = np.lexsort((np.array(keys), -cosines))[:5]
    found = engine.dense(query, k=5)
    assert [one.score for one in found] == pytest.approx(cosines[order].tolist(), abs=1e-6)
    np.testing.assert_allclose(engine.cosines(query, keys[::-1]), cosines[::-1], atol=1e-6)


def test_lexical_search_finds_words_and_weighs_them(engine: EmbeddedEngine) -> None:
    terms = ANALYSER.query_terms("beta punkt 3")
    found = engine.lexical(terms, k=3)
    (best,) = engine.passages([found[0].key])
    assert "beta utgave 0 punkt 3 " in engine.document(sample("beta").id).text[best.start : best.end]
    np.testing.assert_allclose(engine.bm25(terms, [one.key for one in found]), [one.score for one in found], rtol=1e-6)
    assert {term for term, _ in terms} <= set(engine.vocabulary())


def test_the_context_is_searched_too(tmp_path: Path) -> None:
    with opened(tmp_path) as engine:
        engine.add([sample("alfa", title="Fagrådets grunnlag"), sample("beta")])
        found = engine.lexical(ANALYSER.query_terms("Fagrådets"), k=100)
        ids = {passage.paragraph.document_id for passage in engine.passages([one.key for one in found])}
        assert ids == {sample("alfa").id}


def test_a_choice_of_documents_limits_both_searches(engine: EmbeddedEngine) -> None:
    chosen = [sample("alfa").id, sample("gamma").id]
    query, terms = engine.encode_query("straff"), ANALYSER.query_terms("straff og politi")
    for found in (engine.dense(query, k=100, documents=chosen), engine.lexical(terms, k=100, documents=chosen)):
        ids = {passage.paragraph.document_id for passage in engine.passages([one.key for one in found])}
        assert ids == set(chosen)
    everything = {one.key: one.score for one in engine.lexical(terms, k=100)}
    for one in engine.lexical(terms, k=100, documents=chosen):
        assert one.score == pytest.approx(everything[one.key])
    for nothing in ([], ["dukjentikke"]):
        assert engine.dense(query, k=5, documents=nothing) == ()
        assert engine.lexical(terms, k=5, documents=nothing) == ()


def test_passages_come_in_the_order_of_the_keys(engine: EmbeddedEngine) -> None:
    keys = all_keys(engine)[::-1]
    passages = engine.passages([*keys, 9_999])
    assert len(passages) == len(keys)
    assert passages == tuple(passage for key in keys for passage in engine.passages([key]))


def test_reopening_finds_the_same(tmp_path: Path) -> None:
    with opened(tmp_path) as engine:
        engine.add([sample(name) for name in NAMES])
        query, terms = engine.encode_query("hasj"), ANALYSER.query_terms("hasj i kommune")
        before = engine.dense(query, k=50), engine.lexical(terms, k=50), engine.sources(), engine.generation
    with opened(tmp_path, create=False) as engine:
        assert (engine.dense(query, k=50), engine.lexical(terms, k=50), engine.sources(), engine.generation) == before
        assert_sound(engine)


def drop(directory: Path) -> None:
    shutil.rmtree(directory / "lexical")


def flip(directory: Path) -> None:
    for file in (directory / "lexical").glob("*.idx"):
        data = file.read_bytes()
        put(file, bytes([data[0] ^ 1]) + data[1:])


def empty(directory: Path) -> None:
    for file in list((directory / "lexical").iterdir()):
        put(file, b"")


def hold_back(directory: Path) -> None:
    """Put back the BM25 index as it was before the last change."""
    shutil.rmtree(directory / "lexical")
    shutil.copytree(directory / "before", directory / "lexical")


def other_analysis(directory: Path) -> None:
    from index.lexical import Lexical, LexicalState

    lexical = Lexical.open(directory / "lexical")
    state = lexical.state
    lexical.apply([1], (), LexicalState(store=state.store, generation=state.generation, analysis="older"))


def other_store(directory: Path) -> None:
    from index.lexical import Lexical, LexicalState

    lexical = Lexical.open(directory / "lexical")
    lexical.apply([1], (), LexicalState(store="other", generation=2, analysis=lexical.state.analysis))


def ahead(directory: Path) -> None:
    from index.lexical import Lexical, LexicalState

    lexical = Lexical.open(directory / "lexical")
    state = lexical.state
    lexical.apply([1], (), LexicalState(store=state.store, generation=99, analysis=state.analysis))


@pytest.mark.parametrize("harm", [drop, flip, empty, hold_back, other_analysis, other_store, ahead])
def test_a_lexical_index_that_is_damaged_or_outdated_is_mended(tmp_path: Path, harm: Callable[[Path], None]) -> None:
    with opened(tmp_path) as engine:
        engine.add([sample("alfa"), sample("beta")])
        shutil.copytree(tmp_path / "lexical", tmp_path / "before")
        engine.add([sample("gamma"), sample("alfa", 1)])
        terms = ANALYSER.query_terms("straff i kommune")
        before = {one.key: one.score for one in engine.lexical(terms, k=100)}
    harm(tmp_path)
    with opened(tmp_path) as engine:
        assert_sound(engine, ["beta", "gamma", "alfa"])
        after = {one.key: one.score for one in engine.lexical(terms, k=100)}
        assert after.keys() == before.keys()
    with opened(tmp_path) as engine:  # it was mended on disk, not only in memory
        assert {one.key: one.score for one in engine.lexical(terms, k=100)} == after


@pytest.mark.parametrize(
    ("limits", "kind"),
    [
        (Limits(), IndexKind.FLAT),
        (Limits(flat=20, sq8=10_000, subset=5), IndexKind.IVF_SQ8),
        (Limits(flat=20, sq8=30, subset=5), IndexKind.IVF_RABITQ),
    ],
)
def test_larger_kinds_of_vector_index_are_kept_on_disk_and_followed(
    tmp_path: Path, limits: Limits, kind: IndexKind
) -> None:
    def open_one() -> EmbeddedEngine:
        return opened(tmp_path, limits=limits, snapshot_after=20)

    with open_one() as engine, open_one() as other:
        engine.add([sample(f"fil{i}") for i in range(10)])
        assert [file.name for file in tmp_path.glob("vectors-*")] == ["vectors-1.faiss"]
        engine.add([sample("fil3", 1)])
        engine.remove(sample("fil7").id)
        assert engine._derived.vectors.kind is kind
        assert_sound(engine)
        assert_sound(other)
        query = engine.encode_query("straff")
        expected = engine.dense(query, k=10)
        assert engine.cosines(query, [one.key for one in expected]) == pytest.approx([one.score for one in expected])
    for harm in (None, b"torn", None):
        if harm is not None:
            put(next(tmp_path.glob("vectors-*")), harm)
        with open_one() as engine:
            assert engine._derived.vectors.kind is kind
            assert_sound(engine)
            assert engine.dense(query, k=1)[0] == expected[0]


def test_another_encoder_is_refused_and_rebuilding_mends_it(tmp_path: Path) -> None:
    other = CountingEncoder(32)
    with opened(tmp_path) as engine:
        engine.add([sample(name) for name in NAMES])
        with pytest.raises(IndexMismatch) as refused:
            opened(tmp_path, other)
        for part in ("dimension=64", "dimension=32", "kildesvar documents rebuild"):
            assert part in str(refused.value)
        assert EmbeddedEngine.rebuild(tmp_path, other) == 3
        assert len(set(other.encoded)) == len(other.encoded) > 10
        with pytest.raises(IndexMismatch):  # who still has it open with the old encoder must not go on
            engine.dense(engine.encode_query("straff"), k=1)
    with opened(tmp_path, other) as engine:
        assert_sound(engine, list(NAMES))
        assert engine.document(sample("beta").id) == sample("beta")


def test_rebuilding_with_the_same_encoder_encodes_nothing(tmp_path: Path, encoder: CountingEncoder) -> None:
    with opened(tmp_path, encoder) as engine:
        engine.add([sample(name) for name in NAMES])
    with closing(sqlite3.connect(tmp_path / "kildesvar.sqlite")) as connection, connection:
        connection.execute("UPDATE meta SET value = '0' WHERE name = 'segmentation'")
    with pytest.raises(IndexMismatch, match=r"segmentation 0.*segmentation \d"):
        opened(tmp_path, encoder)
    encoder.encoded.clear()
    EmbeddedEngine.rebuild(tmp_path, encoder)
    assert encoder.encoded == []
    with opened(tmp_path, encoder) as engine:
        assert_sound(engine, list(NAMES))


def test_an_encoder_that_fails_leaves_everything_as_it_was(engine: EmbeddedEngine, encoder: CountingEncoder) -> None:
    def fail(*_: object, **__: object) -> None:
        raise RuntimeError("no power")

    keys = all_keys(engine)
    encoder.encode_passages = fail  # type: ignore[method-assign, assignment]
    with pytest.raises(RuntimeError):
        engine.add([sample("delta"), sample("alfa", 1)])
    assert all_keys(engine) == keys
    assert_sound(engine, list(NAMES))


def test_threads_search_while_another_adds(engine: EmbeddedEngine) -> None:
    stop, failures = threading.Event(), []

    def ask() -> None:
        query, terms = engine.encode_query("straff"), [("straff", 1.0)]
        try:
            while not stop.is_set():
                keys = [one.key for one in (*engine.dense(query, k=20), *engine.lexical(terms, k=20))]
                assert len(engine.passages(keys)) >= 10  # those of a document that was just removed are left out
                engine.bm25(terms, keys)
                engine.cosines(query, keys)
        except Exception as error:
            failures.append(error)

    threads = [threading.Thread(target=ask) for _ in range(4)]
    for thread in threads:
        thread.start()
    for i in range(6):
        engine.add([sample(f"ny{i}"), sample("alfa", i + 1)])
        engine.remove(sample(f"ny{i}").id)
    stop.set()
    for thread in threads:
        thread.join()
    assert failures == []
    assert_sound(engine)


HARMS = {
    "UPDATE documents SET original = x'789c030000000001' WHERE number = 1": "SHA-256",
    "UPDATE documents SET text = replace(text, 'Saken', 'Sagen') WHERE number = 1": "not those of the file",
    "UPDATE documents SET text = text || 'x' WHERE number = 1": "source map ends",
    "UPDATE passages SET start = start + 1 WHERE key = 2": "not the text that was encoded",
    "UPDATE passages SET start = start + 1, end = end + 90 WHERE key = 2": "whole sentences",
    "DELETE FROM vectors WHERE key = 3": "have no vectors",
    "UPDATE vectors SET vector = zeroblob(256) WHERE key = 3": "not of length 1",
    "DELETE FROM passages WHERE key = 3": "expected",
    "UPDATE paragraphs SET detail = replace(detail, 'sentences\":[[', 'sentences\":[[1') WHERE paragraph = 2": "order",
    "UPDATE meta SET value = 5 WHERE name = 'generation'": "",
    "INSERT INTO paragraphs SELECT 99, paragraph, detail FROM paragraphs WHERE document = 1": "no document",
}


@pytest.mark.parametrize(("harm", "problem"), HARMS.items())
def test_verifying_finds_what_does_not_hold(tmp_path: Path, harm: str, problem: str) -> None:
    with opened(tmp_path) as engine:
        engine.add([sample(name) for name in NAMES])
        assert engine.verify().problems == ()
        with closing(sqlite3.connect(tmp_path / "kildesvar.sqlite")) as connection, connection:
            assert connection.execute(harm).rowcount > 0
        problems = engine.verify().problems
    if problem:
        assert any(problem in line for line in problems), problems
    else:  # a number that only grew: what is derived follows
        assert problems == ()


def test_verifying_finds_derived_indexes_that_differ(engine: EmbeddedEngine) -> None:
    engine._derived.vectors.remove(2, 1)
    engine._derived.lexical.apply([1], (), engine._derived.lexical.state)
    problems = engine.verify().problems
    assert [line.split(" ")[1] for line in problems] == ["BM25", "vector"]


def test_the_fake_encoder_is_the_default_of_these_tests(tmp_path: Path) -> None:
    with opened(tmp_path) as engine:
        np.testing.assert_array_equal(engine.encode_query("straff"), HashingEncoder(64).encode_query("straff"))

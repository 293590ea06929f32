"""The store when things go wrong: damage, no room, no permission, and several processes at once."""

import multiprocessing
import os
import shutil
import sqlite3
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from multiprocessing.connection import Connection
from pathlib import Path

import pytest

import index.store
from index import database, errors
from index.encoder import HashingEncoder
from index.engines import derived
from index.lexical import Lexical
from index.lock import exclusive
from index.record import document_columns, document_of, paragraph_detail, paragraph_of
from index.segmentation import paragraphs
from tests.index.sample import ANALYSER, opened, sample
from tests.index.sample import document_of as text_document
from tests.waiting import PATIENCE

DATABASE = "kildesvar.sqlite"
PROCESSES = multiprocessing.get_context("forkserver")
PROCESSES.set_forkserver_preload(["tests.index.sample"])
NOBODY = 65534


def in_process(target: Callable[..., None], *arguments: object) -> str:
    """Run ``target`` in a process of its own; what it sends back."""
    here, there = PROCESSES.Pipe(duplex=False)
    process = PROCESSES.Process(target=target, args=(there, *arguments))
    process.start()
    there.close()
    answer = here.recv() if here.poll(PATIENCE) else "nothing in all that time"
    process.join()
    return str(answer)


@pytest.fixture
def shared() -> Iterator[Path]:
    """A directory that other users can reach, unlike pytest's own."""
    directory = Path(tempfile.mkdtemp())
    directory.chmod(0o755)
    yield directory
    for path in (directory, *directory.rglob("*")):
        path.chmod(0o755)
    shutil.rmtree(directory)


def forbid(directory: Path) -> None:
    for path in (*directory.rglob("*"), directory):
        path.chmod(0o555 if path.is_dir() else 0o444)


def drop_rights() -> None:
    """Root may write anywhere, so become somebody else."""
    if os.getuid() == 0:
        os.setgid(NOBODY)
        os.setuid(NOBODY)


def test_records_come_back_as_they_were() -> None:
    document = sample("alfa", title="Tittel – «med» tegn")
    assert document_of(document_columns(document)) == document
    for paragraph in paragraphs(document):
        assert paragraph_of(document.id, paragraph.number, paragraph_detail(paragraph)) == paragraph


def test_a_document_without_anything_quotable_is_kept(tmp_path: Path) -> None:
    with opened(tmp_path) as engine:
        (added,) = engine.add([text_document("strek.txt", "---")])
        assert (
            added.passages == engine.passage_count(added.source.id) == len(engine.dense(engine.encode_query("a"), k=5))
        )
        assert engine.verify().problems == ()


def test_no_index_is_missing_unless_one_may_be_made(tmp_path: Path) -> None:
    for directory in (tmp_path / "none", tmp_path):
        with pytest.raises(errors.IndexMissing, match="kildesvar documents add"):
            opened(directory, create=False)
        assert not (directory / DATABASE).exists()
    (tmp_path / DATABASE).touch()  # a creation that was killed at once
    with pytest.raises(errors.IndexMissing):
        opened(tmp_path, create=False)
    with opened(tmp_path) as engine:
        assert engine.verify().problems == ()


def test_a_file_in_the_place_of_the_directory_is_said_to_be_one(tmp_path: Path) -> None:
    (tmp_path / "index").write_text("not a directory")
    with pytest.raises(errors.IndexDamaged, match="a file stands where"):
        opened(tmp_path / "index")


def scramble(file: Path) -> None:
    file.write_bytes(b"this is not a database, whatever its name" * 200)


def truncate(file: Path) -> None:
    data = file.read_bytes()
    file.write_bytes(data[: len(data) // 2 // 4096 * 4096])


def overwrite(file: Path) -> None:
    data = bytearray(file.read_bytes())
    data[4096:20480] = os.urandom(16384)
    file.write_bytes(data)


def statement(sql: str) -> Callable[[Path], None]:
    def harm(file: Path) -> None:
        with closing(sqlite3.connect(file)) as connection, connection:
            connection.execute(sql)

    return harm


@pytest.mark.parametrize(
    "harm",
    [
        scramble,
        truncate,
        overwrite,
        statement("DROP TABLE passages"),
        statement("UPDATE meta SET value = '2' WHERE name = 'schema'"),
        statement("UPDATE vectors SET vector = x'00'"),
        statement("UPDATE vectors SET vector = zeroblob(256)"),
    ],
)
def test_a_damaged_database_is_said_to_be_damaged(tmp_path: Path, harm: Callable[[Path], None]) -> None:
    with opened(tmp_path) as engine:
        engine.add([sample(name, sentences=40) for name in ("alfa", "beta", "gamma", "delta")])
    harm(tmp_path / DATABASE)
    shutil.rmtree(tmp_path / "lexical")
    with pytest.raises(errors.IndexDamaged, match="Move it away"):
        opened(tmp_path)


def filling(limit: int) -> Callable[[Path], sqlite3.Connection]:
    """Connections to a database that may only grow by ``limit`` pages: SQLite then says what it says of a full disk."""
    connect = database.connect

    def connect_limited(directory: Path) -> sqlite3.Connection:
        connection = connect(directory)
        (pages,) = connection.execute("PRAGMA page_count").fetchone()
        connection.execute(f"PRAGMA max_page_count = {pages + limit}")
        return connection

    return connect_limited


@pytest.mark.parametrize("pages", [0, 3])
def test_a_full_disk_leaves_the_index_as_it_was(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, pages: int) -> None:
    with opened(tmp_path) as engine:
        engine.add([sample("alfa")])
        with monkeypatch.context() as patch:
            patch.setattr(index.store, "connect", filling(pages))
            with pytest.raises(errors.DiskFull, match="Nothing was changed"):
                engine.add([sample("alfa", 1), sample("beta", sentences=400)])
        assert engine.generation == 1
        assert engine.sources() == (sample("alfa").source,)
        assert engine.verify().problems == ()
        engine.add([sample("alfa", 1), sample("beta")])
        assert engine.verify().problems == ()


@pytest.mark.skipif(os.getuid() != 0 or shutil.which("mount") is None, reason="only root can make a small disk")
@pytest.mark.parametrize("size", ["300k", "700k", "1500k"])
def test_a_disk_that_is_really_full_loses_nothing(tmp_path: Path, size: str) -> None:
    if os.system(f"mount -t tmpfs -o size={size} none {tmp_path} 2> {os.devnull}") != 0:
        pytest.skip("no right to mount")
    kept: list[str] = []
    try:
        with pytest.raises(errors.DiskFull), opened(tmp_path) as engine:
            for i in range(100):
                engine.add([sample(f"fil{i}", sentences=60)])
                kept.append(f"fil{i}.txt")
                assert engine.lexical([("straff", 1.0)], k=5)
        with opened(tmp_path) as engine:
            assert [source.file for source in engine.sources()] == kept
            assert engine.lexical([("straff", 1.0)], k=5) or not kept
    except errors.DiskFull:  # not even room to open: then there was none to begin with
        assert kept == []
    finally:
        os.system(f"umount -l {tmp_path}")  # lazily: the failed engine may still have files mapped


def test_a_lexical_index_that_cannot_be_written_does_not_undo_the_change(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    with opened(tmp_path) as engine:
        engine.add([sample("alfa")])
        in_memory = Lexical.create(None, derived.Derived._nothing(engine._derived))
        with monkeypatch.context() as patch:
            patch.setattr(derived.Derived, "_mended", full)
            engine.add([sample("beta")])
            assert {source.file for source in engine.sources()} == {"alfa.txt", "beta.txt"}
            assert engine.lexical(ANALYSER.query_terms("beta"), k=1)
            assert type(engine._derived.lexical) is type(in_memory)
            assert engine.verify().problems == ()
    with opened(tmp_path) as engine:
        assert engine.lexical(ANALYSER.query_terms("beta"), k=1)
        assert engine.verify().problems == ()


def without_rights(pipe: Connection, directory: Path) -> None:
    drop_rights()
    with opened(directory, create=False) as engine:
        query, terms = engine.encode_query("straff"), ANALYSER.query_terms("straff i kommune")
        found = len(engine.dense(query, k=5)), len(engine.lexical(terms, k=5)), engine.verify().problems
        outcome = []
        for change in (lambda: engine.add([sample("beta")]), lambda: engine.remove(sample("alfa").id)):
            try:
                change()
                outcome.append("changed")
            except errors.KildesvarError as error:
                outcome.append(type(error).__name__)
        pipe.send(f"{found} {outcome} {len(engine.sources())}")


@pytest.mark.parametrize("whole", [True, False])
def test_an_index_that_may_only_be_read_can_be_searched(shared: Path, whole: bool) -> None:
    with opened(shared) as engine:
        engine.add([sample("alfa")])
    if not whole:
        shutil.rmtree(shared / "lexical")
    forbid(shared)
    assert in_process(without_rights, shared) == "(5, 5, ()) ['IndexNotWritable', 'IndexNotWritable'] 1"


def create_without_rights(pipe: Connection, directory: Path) -> None:
    drop_rights()
    for place in (directory, directory / "new"):
        try:
            opened(place)
            pipe.send("made")
        except errors.IndexNotWritable as error:
            pipe.send(str(error))


def test_an_index_cannot_be_made_where_nothing_may_be_written(shared: Path) -> None:
    forbid(shared)
    assert "--index DIR" in in_process(create_without_rights, shared)


def create_and_add(pipe: Connection, directory: Path, name: str, at: float) -> None:
    time.sleep(max(0.0, at - time.time()))
    with opened(directory) as engine:
        pipe.send([added.change.value for added in engine.add([sample(name), sample("felles")])])


def test_processes_that_make_the_same_index_at_once_all_succeed(tmp_path: Path) -> None:
    at = time.time() + 0.5
    pipes, processes = [], []
    for name in ("alfa", "beta", "gamma", "delta"):
        here, there = PROCESSES.Pipe(duplex=False)
        process = PROCESSES.Process(target=create_and_add, args=(there, tmp_path / "index", name, at))
        process.start()
        pipes.append(here)
        processes.append(process)
    changes = [pipe.recv() for pipe in pipes if pipe.poll(PATIENCE)]
    for process in processes:
        process.join()
    assert [own for own, _ in changes] == ["added"] * 4
    assert sorted(common for _, common in changes) == ["added", "unchanged", "unchanged", "unchanged"]
    with opened(tmp_path / "index") as engine:
        assert len(engine.sources()) == 5
        assert engine.verify().problems == ()


def read_on(pipe: Connection, directory: Path) -> None:
    """Search until the last document is there; every answer must be whole."""
    with opened(directory, create=False) as engine:
        query, seen, deadline = engine.encode_query("straff"), set(), time.monotonic() + PATIENCE
        pipe.send("reading")
        while time.monotonic() < deadline:
            generation, files = engine.generation, [source.file for source in engine.sources()]
            found = engine.dense(query, k=1_000)
            if len(engine.passages([one.key for one in found])) == 0 or not engine.lexical([("straff", 1.0)], k=5):
                pipe.send(f"nothing found at generation {generation}")
                return
            seen.add(generation)
            if files[-1] == "siste.txt":
                lexical = engine.lexical(ANALYSER.query_terms("siste"), k=1)
                if lexical:  # published moments after the truth
                    pipe.send(f"saw {len(seen) > 3} and {len(found) == engine.verify().passages}")
                    return
        pipe.send("the last document never came")


def test_readers_go_on_while_a_writer_writes(tmp_path: Path) -> None:
    with opened(tmp_path) as engine:
        engine.add([sample("alfa")])
        pipes, processes = [], []
        for _ in range(2):
            here, there = PROCESSES.Pipe(duplex=False)
            process = PROCESSES.Process(target=read_on, args=(there, tmp_path))
            process.start()
            pipes.append(here)
            processes.append(process)
        assert [pipe.recv() for pipe in pipes if pipe.poll(PATIENCE)] == ["reading"] * 2
        for i in range(10):
            engine.add([sample("beta", i)])
        engine.remove(sample("beta", 9).id)
        engine.add([sample("siste")])
        assert [pipe.recv() for pipe in pipes if pipe.poll(PATIENCE)] == ["saw True and True"] * 2
        for process in processes:
            process.join()


def test_a_second_writer_waits_and_then_says_that_the_index_is_busy(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with opened(tmp_path) as engine:
        monkeypatch.setattr(index.store, "WRITE_TIMEOUT", 0.1)
        with exclusive(tmp_path / "write.lock", timeout=0), pytest.raises(errors.IndexBusy, match="Another Kildesvar"):
            engine.add([sample("alfa")])
        engine.add([sample("alfa")])
        assert engine.verify().problems == ()


def test_opening_with_the_lock_held_still_reads(tmp_path: Path) -> None:
    with opened(tmp_path) as engine:
        engine.add([sample("alfa")])
    with exclusive(tmp_path / "write.lock", timeout=0), opened(tmp_path, HashingEncoder(64)) as engine:
        assert engine.lexical([("straff", 1.0)], k=1)

"""Conversations: kept, found, renamed, deleted without a trace, and whole after trouble."""

import multiprocessing
import os
import sqlite3
import stat
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from multiprocessing.connection import Connection
from pathlib import Path

import pytest

from assistant.history.store import History, Keeping
from assistant.history.turn import LONGEST_TITLE, KeptTurn, title_of, turn_of
from assistant.history.wording import sought
from index.errors import (
    HistoryBusy,
    HistoryDamaged,
    HistoryFault,
    HistoryFull,
    HistoryNotWritable,
    HistoryTooNew,
    HistoryUnusable,
    UnknownConversation,
)
from tests.waiting import PATIENCE
from tests.web.fake import HARBOUR, SCHOOL, make_answer, quote_of

QUAY = quote_of(HARBOUR, "Kaia er 140 meter lang og koster 12 millioner kroner i året.")
FERRY = quote_of(SCHOOL, "Dei fleste elevane tek ferge til skulen kvar dag.")
PROCESSES = multiprocessing.get_context("forkserver")


def turn(question: str = "Hvor lang er kaia på Blåbærøya?", identifier: str = "a") -> KeptTurn:
    return turn_of(make_answer(question, [QUAY]), identifier)


@pytest.fixture
def history(tmp_path: Path) -> History:
    return History(tmp_path / "index")


@pytest.fixture
def ticking(monkeypatch: pytest.MonkeyPatch) -> None:
    """No two changes at the same time: a disk in memory keeps two in one millisecond."""
    times = (f"2026-05-20T12:00:{second:02}.000+00:00" for second in range(60))
    monkeypatch.setattr("assistant.history.store.now", lambda: next(times))


def titles(history: History, query: str = "") -> list[str]:
    return [it.title for it in history.conversations(query)]


def test_a_conversation_is_kept_turn_by_turn_and_found_by_another_process(history: History, tmp_path: Path) -> None:
    assert history.conversations() == () and history.delete_all() == 0
    assert not history.path.exists(), "nothing is made before it is needed"
    first = history.keep("", [turn()])
    assert history.keep(first, [turn("Og ferga?", "b"), turn("Og kaia?", "c")]) == first
    again = History(tmp_path / "index")
    [listed] = again.conversations()
    assert (listed.id, listed.title, listed.questions) == (first, "Hvor lang er kaia på Blåbærøya?", 3)
    conversation, turns = again.conversation(first)
    assert conversation == listed and [it.id for it in turns] == ["a", "b", "c"]
    assert turns[0].answer().quotes[0].text == QUAY.text
    assert listed.created == turns[0].asked <= listed.changed


@pytest.mark.usefixtures("ticking")
def test_the_last_used_comes_first(history: History) -> None:
    first, second = history.keep("", [turn("Første?")]), history.keep("", [turn("Andre?")])
    assert first != second and titles(history) == ["Andre?", "Første?"]
    history.keep(first, [turn("Mer?")])
    assert titles(history) == ["Første?", "Andre?"]
    assert [it.title for it in history.conversations(limit=1)] == ["Første?"]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("kaia", True),
        ("KAIA blåbær", True),
        ("blaabaeroeya", True),
        ("bærøya", True),
        ("140 millioner", True),
        ("lion", True),
        ("lang ferge", False),
        ("aia", False),
        ("er 100%", False),
        ("%", True),
        ("' OR 1=1 --", False),
        ("", True),
        ("  ", True),
        ("mill\x00ioner", True),
    ],
)
def test_a_search_finds_words_of_questions_and_quotes(history: History, query: str, found: bool) -> None:
    history.keep("", [turn()])
    assert bool(history.conversations(query)) is found


def test_a_search_goes_through_titles_and_all_turns_and_tells_where_it_met(history: History) -> None:
    one = history.keep("", [turn(), turn_of(make_answer("Kven tek ferge?", [FERRY]), "b")])
    [met] = history.conversations("elevane")
    assert met.found == "Kven tek ferge?"
    assert [it.id for it in history.conversations("kaia elevane")] == [one], "words of two turns count together"
    history.rename(one, "Øyas ferger")
    assert titles(history, "øyas") == ["Øyas ferger"]
    assert sought("av Ærfugl x" * 20)[:3] == (" av", "aerfugl", " xav") and len(sought("a b " * 50)) == 12


def test_titles(history: History) -> None:
    long = "Hvorfor " + "veldig " * 60 + "langt?"
    assert len(title_of(long)) <= LONGEST_TITLE and title_of(long).endswith("veldig…")
    assert len(title_of("å" * 500)) == LONGEST_TITLE
    one = history.keep("", [turn("  Hva\n er <b>  dette</b>? ")])
    assert titles(history) == ["Hva er <b> dette</b>?"]
    assert history.rename(one, " Et\tnytt   navn ") == "Et nytt navn" == titles(history)[0]
    assert history.rename(one, "  ") == "Hva er <b> dette</b>?", "an empty title stands for the first question"
    assert history.keep("", [turn("Halv \ud800 bokstav")]), "a request may hold what no file can"


@pytest.mark.parametrize("identifier", ["", "s0123456789abcdef", "' OR 1=1 --", "%", "s*"])
def test_a_forged_id_is_told(history: History, identifier: str) -> None:
    for _ in range(2):  # without a file, and with one
        for act in (history.conversation, history.delete, history.find, lambda it: history.rename(it, "x")):
            with pytest.raises(UnknownConversation):
                act(identifier)
        history.keep("", [turn()])
    assert history.keep(identifier, [turn()]) != identifier, "an id is never taken from outside"


def test_an_id_may_be_cut_short_where_it_is_one(history: History) -> None:
    one = history.keep("", [turn()])
    assert history.find(one[:6]) == one == history.find(one)
    history.keep("", [turn()])
    with pytest.raises(UnknownConversation):
        history.find("s")


@pytest.mark.usefixtures("ticking")
def test_what_is_deleted_is_gone_from_the_disk_and_does_not_come_back(history: History) -> None:
    secret = "hemmelighet" * 20
    gone = history.keep("", [turn(secret)])
    stays = history.keep("", [turn("Blir?")])
    history.delete(gone)
    assert titles(history) == ["Blir?"]
    assert all(secret.encode() not in file.read_bytes() for file in history.path.parent.iterdir())
    begun = history.keep(gone, [turn("Etterpå?")])
    assert begun not in (gone, stays) and titles(history) == ["Etterpå?", "Blir?"]
    assert history.delete_all() == 2 and titles(history) == []


def test_nobody_else_on_the_machine_may_read_it(history: History) -> None:
    history.keep("", [turn()])
    assert stat.S_IMODE(history.path.stat().st_mode) == 0o600


def test_keeping_is_turned_off_and_on_and_that_is_remembered(history: History, tmp_path: Path) -> None:
    assert history.keeping is Keeping.ON
    history.switch(on=False)
    history.switch(on=False)
    assert History(tmp_path / "index").keeping is Keeping.OFF
    history.switch(on=True)
    history.switch(on=True)
    assert History(tmp_path / "index").keeping is Keeping.ON
    assert History(tmp_path / "index", keep=False).keeping is Keeping.NOT_NOW


def test_a_damaged_file_is_set_aside_and_told_and_another_is_begun(history: History) -> None:
    history.keep("", [turn()])
    damaged = b"ingen database " * 1000
    history.path.write_bytes(damaged)
    with pytest.raises(HistoryDamaged) as told:
        history.conversations()
    aside = Path(str(told.value.details["aside"]))
    assert aside.read_bytes() == damaged, "nothing is thrown away"
    assert history.conversations() == () and history.keep("", [turn()])


def test_damage_within_the_file_is_noticed_when_it_is_met(history: History) -> None:
    for _ in range(30):
        history.keep("", [turn("x" * 2000)])
    whole = bytearray(history.path.read_bytes())
    whole[4096 : len(whole)] = os.urandom(len(whole) - 4096)
    history.path.write_bytes(whole)
    with pytest.raises(HistoryDamaged):
        history.keep("", [turn()])
    assert history.keep("", [turn()]) and len(history.conversations()) == 1


def test_an_answer_that_cannot_be_read_leaves_the_others(history: History) -> None:
    one = history.keep("", [turn("Første?"), turn("Andre?", "b")])
    with closing(sqlite3.connect(history.path)) as connection, connection:
        connection.execute("UPDATE turns SET record = '{' WHERE number = 1")
    broken, whole = history.conversation(one)[1]
    with pytest.raises(ValueError):
        broken.answer()
    assert broken.question == "Første?" and whole.answer().question == "Andre?"


def test_a_locked_file_is_told_and_nothing_is_changed(history: History, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("assistant.history.file._PATIENCE", 0.05)
    one = history.keep("", [turn()])
    with closing(sqlite3.connect(history.path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        for act in (lambda: history.keep(one, [turn("To?")]), lambda: history.delete(one)):
            with pytest.raises(HistoryBusy):
                act()
        assert len(history.conversations()) == 1, "reading goes on"
    assert history.conversation(one)[0].questions == 1


def test_a_full_disk_is_told_and_nothing_is_changed(history: History, monkeypatch: pytest.MonkeyPatch) -> None:
    one = history.keep("", [turn()])

    def limited(*arguments: object, **options: object) -> sqlite3.Connection:
        connection = connect(*arguments, **options)  # type: ignore[call-overload]
        connection.execute("PRAGMA max_page_count = 1")
        assert isinstance(connection, sqlite3.Connection)
        return connection

    connect = sqlite3.connect
    with monkeypatch.context() as patched:
        patched.setattr("assistant.history.file.sqlite3.connect", limited)
        with pytest.raises(HistoryFull):
            history.keep(one, [turn("x" * 200_000)])
    assert history.conversation(one)[0].questions == 1
    assert history.keep(one, [turn()]) == one


@pytest.mark.skipif(sys.platform == "win32" or os.geteuid() == 0, reason="rights do not bind whoever runs this")
def test_missing_rights_are_told(history: History) -> None:
    history.path.parent.mkdir()
    history.path.parent.chmod(0o500)
    with pytest.raises(HistoryNotWritable):
        history.keep("", [turn()])


def test_a_place_that_cannot_be_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(HistoryFault):
        History(tmp_path / "file").keep("", [turn()])
    with pytest.raises(HistoryFault):
        History(tmp_path / "file").switch(on=False)
    (tmp_path / "index" / "history.sqlite").mkdir(parents=True)
    with pytest.raises(HistoryUnusable):
        History(tmp_path / "index").conversations()


def test_a_file_of_a_newer_version_is_left_alone(history: History) -> None:
    history.keep("", [turn()])
    with closing(sqlite3.connect(history.path)) as connection:
        connection.execute("PRAGMA user_version = 99")
    before = history.path.read_bytes()
    with pytest.raises(HistoryTooNew):
        history.keep("", [turn()])
    assert history.path.read_bytes() == before


def test_a_creation_that_was_cut_short_is_begun_again(history: History) -> None:
    history.path.parent.mkdir()
    history.path.touch()
    assert history.conversations() == () and history.keep("", [turn()])


def test_two_pages_and_many_threads_keep_at_once(
    history: History, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("assistant.history.file._PATIENCE", PATIENCE)  # a disk that is slow now is no fault
    one, other = history.keep("", [turn()]), History(tmp_path / "index")

    def ask(number: int) -> str:
        return (history, other)[number % 2].keep(one, [turn(f"Nr. {number}?", str(number))])

    with ThreadPoolExecutor(4) as pool:
        assert set(pool.map(ask, range(24))) == {one}
    conversation, turns = history.conversation(one)
    assert conversation.questions == 25 and {it.id for it in turns} == {"a", *map(str, range(24))}


def keep_on(directory: Path, diary: Path) -> None:
    """Keep one turn after another until killed; each is written into the diary when it is acknowledged."""
    history, kept = History(directory), ""
    with diary.open("a", buffering=1) as lines:
        for number in range(10_000):
            kept = history.keep(kept if number % 7 else "", [turn(f"Nr. {number}?", str(number))])
            lines.write(f"{kept} {number}\n")


def test_a_killed_process_loses_nothing_that_it_had_kept(history: History, tmp_path: Path) -> None:
    killed = tmp_path / "dagbok"
    for round_ in range(5):
        process = PROCESSES.Process(target=keep_on, args=(tmp_path / "index", killed))
        process.start()
        before = len(killed.read_text().splitlines()) if killed.exists() else 0
        while not killed.exists() or len(killed.read_text().splitlines()) < before + 3 + 4 * round_:
            assert process.is_alive()
            time.sleep(0.005)
        process.kill()
        process.join()
        acknowledged = {tuple(line.split()) for line in killed.read_text().splitlines()}
        kept = {(it.id, one.id) for it in history.conversations() for one in history.conversation(it.id)[1]}
        assert acknowledged <= kept and len(kept) <= len(acknowledged) + round_ + 1
        with closing(sqlite3.connect(history.path)) as connection:
            assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    assert all(it.questions for it in history.conversations()), "no conversation is there without its first question"


def look_and_keep(directory: Path, pipe: Connection) -> None:
    history = History(directory)
    history.conversations()
    try:
        pipe.send(history.keep("", [turn("Fra den andre?")]))
    except HistoryBusy:
        pipe.send("")


def test_a_look_in_one_thread_lets_go_of_no_lock_of_another(history: History, tmp_path: Path) -> None:
    """Else another process takes the log away, writes a new one, and what it had kept is written over."""
    one = history.keep("", [turn("Første?")])
    here, there = PROCESSES.Pipe(duplex=False)
    with history._file.open() as connection:
        connection.execute("BEGIN IMMEDIATE")
        connection.execute("UPDATE conversations SET title = 'Ny' WHERE id = ?", (one,))
        history.conversations()
        process = PROCESSES.Process(target=look_and_keep, args=(tmp_path / "index", there))
        process.start()
        kept = here.recv()
        process.join()
    with closing(sqlite3.connect(history.path)) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    assert {it.id for it in history.conversations()} == {one, kept} - {""}


def test_a_damaged_file_is_set_aside_though_its_log_goes_that_moment(
    history: History, monkeypatch: pytest.MonkeyPatch
) -> None:
    history.keep("", [turn()])
    history.path.write_bytes(b"ingen database " * 1000)
    there = Path.exists
    monkeypatch.setattr(Path, "exists", lambda self, **how: self.name.endswith("-wal") or there(self, **how))
    with pytest.raises(HistoryDamaged):
        history.conversations()

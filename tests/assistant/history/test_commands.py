"""``kildesvar history …`` on conversations about the tests' documents."""

import io
import json
from collections.abc import Callable
from pathlib import Path

import pytest

from assistant.cli import main
from assistant.export.formats import read
from assistant.history.store import History
from assistant.history.turn import turn_of
from index.encoder import HashingEncoder
from index.engines.embedded import EmbeddedEngine
from tests.web.fake import DOCUMENTS, HARBOUR, SCHOOL, make_answer, quote_of

Run = Callable[..., tuple[int, str, str]]
QUAY = quote_of(HARBOUR, "Kaia er 140 meter lang og koster 12 millioner kroner i året.")
FERRY = quote_of(SCHOOL, "Dei fleste elevane tek ferge til skulen kvar dag.")


@pytest.fixture
def history(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> History:
    times = (f"2026-05-20T12:00:0{second}.000+00:00" for second in range(10))  # no two changes in one millisecond
    monkeypatch.setattr("assistant.history.store.now", lambda: next(times))
    history = History(tmp_path)
    with EmbeddedEngine.open(tmp_path, HashingEncoder(), create=True) as engine:
        engine.add(DOCUMENTS)
    one = history.keep("", [turn_of(make_answer("Hvor lang er kaia\x1b[31m?", [QUAY]), "a")])
    history.keep(one, [turn_of(make_answer("Kven tek ferge?", [FERRY]), "b")])
    history.keep("", [turn_of(make_answer("Hva med månen?", [QUAY], answered=False), "c")])
    return history


@pytest.fixture
def run(history: History, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    monkeypatch.setenv("KILDESVAR_ENCODER", "hashing")
    monkeypatch.setenv("KILDESVAR_LANGUAGE", "nb")

    def command(*arguments: object) -> tuple[int, str, str]:
        try:
            status = main(["history", *map(str, arguments), "--index", str(history.path.parent)])
        except SystemExit as stop:
            status = int(stop.code or 0)
        shown = capsys.readouterr()
        return status, shown.out, shown.err

    return command


def ids(history: History) -> list[str]:
    return [it.id for it in history.conversations()]


def test_they_are_listed_and_searched(run: Run, history: History) -> None:
    status, out, _ = run("list")
    assert status == 0 and [line.split()[0] for line in out.splitlines()] == ids(history)
    assert "(ett spørsmål)" in out and "(2 spørsmål)" in out and "\x1b" not in out
    _, out, _ = run("search", "elevane kaia", "--json")
    assert [json.loads(line)["id"] for line in out.splitlines()] == ids(history)[1:]
    status, out, err = run("search", "finnes ikke")
    assert (status, out) == (0, "") and "Ingen samtaler" in err


def test_one_is_shown_as_it_was_and_says_what_has_gone(run: Run, history: History) -> None:
    status, out, _ = run("show", ids(history)[1][:5])
    assert status == 0 and QUAY.text in " ".join(out.split()) and "\x1b" not in out and "fjernet" not in out
    with EmbeddedEngine.open(history.path.parent, HashingEncoder()) as engine:
        engine.remove(HARBOUR.id)
    _, out, _ = run("show", ids(history)[1])
    assert QUAY.text in " ".join(out.split()) and out.count("Dokumentet er fjernet") == 1
    _, out, _ = run("show", ids(history)[1], "--json")
    assert [json.loads(line)["quotes"][0]["text"] for line in out.splitlines()] == [QUAY.text, FERRY.text]


def test_one_is_exported(run: Run, history: History, tmp_path: Path) -> None:
    file = tmp_path / "samtale.md"
    assert run("export", ids(history)[1], file)[0] == 0
    assert [it.text for it in read(file).quotes] == [QUAY.text, FERRY.text]
    said = file.read_text(encoding="utf-8")
    assert said.count("Lette i 3 av 3 kilder.") == 2 and "fjernet" not in said
    with EmbeddedEngine.open(history.path.parent, HashingEncoder()) as engine:
        engine.remove(HARBOUR.id)
    assert run("export", ids(history)[1], file)[0] == 0
    assert file.read_text(encoding="utf-8").count("Dokumentet er fjernet etter at svaret ble gitt") == 1
    status, _, err = run("export", ids(history)[1], tmp_path / "samtale.pdf")
    assert status == 1 and "samtale.pdf" in err


def test_one_is_renamed(run: Run, history: History) -> None:
    assert run("rename", ids(history)[0], "Månen") == (0, "Samtalen heter nå «Månen».\n", "")
    assert history.conversations()[0].title == "Månen"


def test_nothing_is_deleted_unless_that_is_wanted(run: Run, history: History, monkeypatch: pytest.MonkeyPatch) -> None:
    status, out, err = run("delete", ids(history)[0])
    assert (status, out) == (2, "") and "--yes" in err
    terminal = io.StringIO("nei\nJa\n")
    monkeypatch.setattr(terminal, "isatty", lambda: True)
    monkeypatch.setattr("sys.stdin", terminal)
    assert run("delete", ids(history)[0])[0] == 2
    assert run("delete", ids(history)[0])[:2] == (0, "Samtalen er slettet.\n") and len(ids(history)) == 1
    assert run("delete", "--all", "--yes")[:2] == (0, "Én samtale er slettet.\n") and ids(history) == []
    assert run("delete")[0] == 2


def test_keeping_is_switched(run: Run, history: History) -> None:
    assert run("off")[0] == 0 and history.keeping == "off"
    assert run("on")[0] == 0 and history.keeping == "on"


@pytest.mark.parametrize("arguments", [("show", "s-"), ("export", "x", "a.md"), ("delete", "sx", "--yes")])
def test_a_forged_id_is_told_in_one_line(run: Run, arguments: tuple[str, ...]) -> None:
    status, out, err = run(*arguments)
    assert (status, out) == (1, "") and "Det finnes ingen samtale" in err and err.count("\n") == 1

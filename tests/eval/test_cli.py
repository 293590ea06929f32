"""``kildesvar eval`` from end to end, with the encoder that needs no model."""

from dataclasses import replace
from pathlib import Path

import pytest

from assistant.cli import main
from assistant.ratings import FILE, Ratings, UserVerdict
from eval.corpora import choosing
from eval.measuring import read_run
from tests.eval import fakes
from tests.eval.test_rated import rating


@pytest.fixture(autouse=True)
def hashing(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("KILDESVAR_ENCODER", "hashing")
    monkeypatch.setenv("KILDESVAR_LANGUAGE", "en")
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    monkeypatch.setattr(choosing, "seeds", lambda name: fakes.bench())


def test_run_compare_report(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    one, other = str(tmp_path / "one"), str(tmp_path / "other")
    assert main(["eval", "run", "seeds-tune", "--output", one]) == 0
    shown = capsys.readouterr()
    assert "hit@1" in shown.out and "exactness" in shown.out and "hashing-1" in shown.out
    assert shown.err == ""
    run = read_run(Path(one))
    assert (len(run.rows), run.signature.documents) == (3, 2)
    assert run.signature.passages_per_second is not None

    index = str(tmp_path / "index")
    assert main(["eval", "run", "seeds-tune", "--index", index]) == 0
    assert main(["eval", "run", "seeds-tune", "--index", index, "--output", other, "--strictness", "strict"]) == 0
    again = read_run(Path(other))
    assert again.signature.passages_per_second is None
    assert again.signature.index == run.signature.index
    capsys.readouterr()

    assert main(["eval", "compare", one, other]) == 0
    assert "won/lost" in capsys.readouterr().out
    page = tmp_path / "page.html"
    assert main(["eval", "report", one, other, "--output", str(page)]) == 0
    assert page.read_text(encoding="utf-8").startswith("<!doctype html>")


def test_a_set_of_one_s_own(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for document in fakes.documents():
        (tmp_path / document.source.file).write_bytes(document.original)
    index = str(tmp_path / "index")
    files = [str(tmp_path / document.source.file) for document in fakes.documents()]
    assert main(["documents", "add", *files, "--index", index]) == 0
    sheet, made = tmp_path / "mitt.csv", tmp_path / "mitt.jsonl"
    sheet.write_text("spørsmål,dokument,sitat\nNår åpner badet?,bad.md,Badet åpner klokka sju om morgenen.\n")
    assert main(["eval", "new", str(sheet), "--output", str(made), "--index", index]) == 0
    assert main(["eval", "run", str(made), "--index", index]) == 0
    assert "set mitt" in capsys.readouterr().out
    sheet.write_text("spørsmål,dokument,sitat\nNår åpner badet?,bad.md,Badet åpner klokka seks.\n")
    assert main(["eval", "new", str(sheet), "--output", str(made), "--index", index]) == 1
    assert "mitt.csv, line 2" in capsys.readouterr().err


def test_a_set_of_answers_that_were_rated(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    files = [tmp_path / document.source.file for document in fakes.documents()]
    for path, document in zip(files, fakes.documents(), strict=True):
        path.write_bytes(document.original)
    index, made = tmp_path / "index", tmp_path / "mine.jsonl"
    assert main(["documents", "add", *map(str, files), "--index", str(index)]) == 0
    new = ["eval", "new", "--ratings", "--output", str(made), "--index", str(index)]
    assert main(new) == 1
    assert "nothing to make a set of" in capsys.readouterr().err
    Ratings(index / FILE).put(rating(UserVerdict.RIGHT))
    unclear = replace(
        rating(UserVerdict.WRONG_PLACE), answer=replace(rating(UserVerdict.RIGHT).answer, question="Hva?")
    )
    Ratings(index / FILE).put(unclear)
    assert main(new) == 0
    shown = capsys.readouterr()
    assert "1 questions written to" in shown.out and "ratings left out: 1" in shown.err
    assert main(["eval", "run", str(made), "--index", str(index)]) == 0
    assert "set mine" in capsys.readouterr().out
    for both in (["--ratings", "sheet.csv"], []):
        with pytest.raises(SystemExit):
            main(["eval", "new", *both, "--output", str(made)])


def test_errors_are_one_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for arguments, said in (
        (["run", "ukjent"], "There is no set “ukjent”"),
        (["run", "norquad"], "needs its data"),
        (["compare", str(tmp_path), str(tmp_path)], "cannot be read"),
        (["run", "seeds-tune", "--record-baseline"], "seeds-test"),
    ):
        assert main(["eval", *arguments]) in {1, 2}
        error = capsys.readouterr().err
        assert said in error
        assert error.count("\n") == 1


def test_what_the_system_refuses_is_one_line_and_told_before_the_questions_are_asked(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    run, taken = str(tmp_path / "run"), tmp_path / "taken"
    taken.write_text("a file")
    assert main(["eval", "run", "seeds-tune", "--output", run]) == 0
    capsys.readouterr()
    refused = [
        (["report", run, "--output", str(tmp_path / "no" / "page.html")], "No such file or directory"),
        (["report", run, "--output", str(tmp_path)], "Is a directory"),
        (["report", run, "--output", str(tmp_path / ("a" * 300))], "File name too long"),
        (["run", "a" * 300], "File name too long"),
    ]
    for arguments, said in refused:
        assert main(["eval", *arguments]) == 1
        error = capsys.readouterr().err
        assert said in error and error.count("\n") == 1

    def never(*_: object, **__: object) -> None:
        raise AssertionError("asked before it was known that the run can be kept")

    monkeypatch.setattr("eval.measuring.measure", never)
    assert main(["eval", "run", "seeds-tune", "--output", str(taken)]) == 1
    assert "could not be written: File exists" in capsys.readouterr().err


def test_the_help_names_every_set(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["eval", "run", "--help"])
    told = capsys.readouterr().out
    assert all(name.removesuffix("-tune").removesuffix("-test") in told for name in choosing.NAMES)


def test_what_is_written_wrongly_is_said(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as stopped:
        main(["eval", "run", "seeds-tune", "--limit", "0"])
    assert stopped.value.code == 2
    assert "must be a whole number above zero" in capsys.readouterr().err

"""The command line on the five documents, with the hashing encoder: no model, real everything else."""

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from unicodedata import normalize

import pytest

from assistant.cli import main
from index.store import Store

ROOT = Path(__file__).resolve().parent.parent.parent
QUESTION = "Hvor mange mennesker i Innlandet har mistet livet av overdose?"
Run = Callable[..., tuple[int, str, str]]


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("home")


@pytest.fixture
def run(home: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    monkeypatch.setenv("XDG_DATA_HOME", str(home))
    monkeypatch.setenv("KILDESVAR_ENCODER", "hashing")
    monkeypatch.delenv("KILDESVAR_LANGUAGE", raising=False)
    monkeypatch.setenv("LC_ALL", "C.UTF-8")

    def command(*arguments: object) -> tuple[int, str, str]:
        try:
            status = main([str(argument) for argument in arguments])
        except SystemExit as stop:
            status = int(stop.code or 0)
        shown = capsys.readouterr()
        return status, shown.out, shown.err

    return command


def test_the_first_use_brings_the_five_documents(run: Run) -> None:
    status, out, _ = run("documents", "list", "--json")
    files = [json.loads(line)["file"] for line in out.splitlines()]
    assert status == 0
    assert files == sorted(path.name for path in (ROOT / "seeds").glob("*.txt"))


def test_a_question_is_answered_with_its_source(run: Run) -> None:
    status, out, err = run("ask", QUESTION)
    assert (status, err) == (0, "")
    assert "66 mennesker i Innlandet har mistet livet av overdose i løpet av fem år." in " ".join(out.split())
    assert "«Regional rusreform i Innlandet», Innlandet Venstre" in out


def test_the_offsets_of_an_answer_count_into_what_show_prints(run: Run) -> None:
    _, out, _ = run("ask", "--json", QUESTION)
    answer = json.loads(out)
    assert answer["quotes"]
    assert len(answer["passages"]) >= 10
    for found in answer["quotes"] + answer["passages"]:
        _, text, _ = run("documents", "show", found["document"]["id"])
        assert text[found["start"] : found["end"]] == found["text"]


def test_a_file_of_questions_becomes_a_file_of_answers(run: Run, tmp_path: Path) -> None:
    asked, answered = tmp_path / "inn.jsonl", tmp_path / "ut.jsonl"
    asked.write_text(
        json.dumps({"id": "a", "question": QUESTION}, ensure_ascii=False)
        + "\n\n"
        + json.dumps({"id": "b", "question": "Og i Bergen?", "history": [{"role": "user", "content": QUESTION}]})
        + '\n{"id": "c", "question": "  "}\n',
        encoding="utf-8",
    )
    status, out, _ = run("ask", "--questions", asked, "--output", answered)
    rows = [json.loads(line) for line in answered.read_text(encoding="utf-8").splitlines()]
    assert (status, out) == (0, "")
    assert [row["id"] for row in rows] == ["a", "b", "c"]
    understood = rows[1]["standalone_question"]  # which of the ways is for the reader to choose
    assert understood in (f"Og i Bergen? ({QUESTION})", QUESTION.replace("Innlandet", "Bergen"))
    assert (rows[2]["answered"], rows[2]["reason"], rows[2]["quotes"]) == (False, "EmptyQuestion", [])


def test_half_a_letter_in_one_question_costs_no_answers(run: Run, tmp_path: Path) -> None:
    asked, answered = tmp_path / "inn.jsonl", tmp_path / "ut.jsonl"
    asked.write_text('{"id": "a", "question": "Hva er LAR? \\ud83d"}\n{"id": "b", "question": "Hva er LAR?"}\n')
    assert run("ask", "--questions", asked, "--output", answered)[0] == 0
    assert [json.loads(line)["id"] for line in answered.read_text("utf-8").splitlines()] == ["a", "b"]


@pytest.mark.parametrize(
    ("content", "told"),
    [("{", "line 1: not JSON"), ('{"question": "a"}\n[]', "line 2"), ('{"id": "x"}', "line 1")],
)
def test_a_bad_line_is_named_and_nothing_is_answered(run: Run, tmp_path: Path, content: str, told: str) -> None:
    asked, answered = tmp_path / "inn.jsonl", tmp_path / "ut.jsonl"
    asked.write_text(content, encoding="utf-8")
    status, out, err = run("ask", "--questions", asked, "--output", answered)
    assert (status, out) == (1, "")
    assert told in err
    assert len(err.splitlines()) == 1
    assert not answered.exists()


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("ask", ""), "Spørsmålet er tomt"),
        (("ask", "?!"), "ingen ord"),
        (("ask", "a" * 10_000), "10000 tegn"),
        (("ask", "Hva?", "--source", "d000"), "d000"),
        (("documents", "show", "d0"), "«d0»"),
        (("documents", "show", ""), "finnes ikke"),
        (("documents", "remove", "finnes-ikke.txt"), "finnes-ikke.txt"),
        (("documents", "add", "finnes-ikke.txt"), "finnes ikke"),
        (("ask", "--questions", "finnes-ikke.jsonl"), "finnes-ikke.jsonl"),
    ],
)
def test_an_error_is_one_line_in_norwegian(run: Run, arguments: tuple[str, ...], told: str) -> None:
    status, out, err = run(*arguments)
    assert (status, out) == (1, "")
    assert told in err
    assert len(err.splitlines()) == 1


def test_the_error_comes_in_the_language_that_was_asked_for(run: Run) -> None:
    assert "Spørsmålet er tomt" in run("ask", "", "--language", "nn")[2]
    assert "The question is empty" in run("ask", "", "--language", "en")[2]


def test_an_index_that_is_not_there_is_missed_and_not_made(run: Run, tmp_path: Path) -> None:
    status, _, err = run("ask", "Hva?", "--index", tmp_path / "borte")
    assert status == 1
    assert "Det finnes ingen indeks" in err
    assert not (tmp_path / "borte").exists()


def test_a_damaged_index_is_said_to_be_damaged(run: Run, tmp_path: Path) -> None:
    note = tmp_path / "notat.txt"
    note.write_text("Ferga går hver time. Prisen er 40 kroner.", encoding="utf-8")
    directory = tmp_path / "indeks"
    assert run("documents", "add", note, "--index", directory)[0] == 0
    for file in directory.iterdir():
        if file.is_file():
            file.write_bytes(b"x" * 4096)
    status, _, err = run("ask", "Hva koster ferga?", "--index", directory)
    assert status == 1
    assert "skadet" in err


def test_documents_are_added_replaced_shown_and_removed(run: Run, tmp_path: Path) -> None:
    index, note = tmp_path / "indeks", tmp_path / "notat.txt"
    note.write_text("Ferga går hver time. Prisen er 40 kroner.", encoding="utf-8")
    status, out, _ = run("documents", "add", note, "--index", index)
    assert (status, "lagt til" in out) == (0, True)
    assert "uendret" in run("documents", "add", note, "--index", index)[1]
    note.write_text("Ferga går hver time. Prisen er 45 kroner.", encoding="utf-8")
    assert "erstattet" in run("documents", "add", note, "--index", index)[1]
    assert run("documents", "show", "notat.txt", "--index", index)[1] == note.read_text(encoding="utf-8")
    assert "45 kroner" in run("ask", "Hva er prisen på ferga?", "--index", index)[1]
    assert run("documents", "verify", "--index", index)[0] == 0
    assert run("documents", "remove", "notat.txt", "--index", index)[0] == 0
    assert run("documents", "list", "--json", "--index", index)[1] == ""
    status, out, _ = run("ask", "Hva er prisen på ferga?", "--index", index)
    assert (status, out.startswith("Det er ingen kilder")) == (0, True)


def test_a_file_name_is_known_however_its_letters_are_written(run: Run, tmp_path: Path) -> None:
    index, note = tmp_path / "indeks", tmp_path / normalize("NFD", "blåbær.txt")
    note.write_text("Ferga går hver time.", encoding="utf-8")
    assert run("documents", "add", note, "--index", index)[0] == 0
    for form in ("NFC", "NFD"):
        assert run("documents", "show", normalize(form, "blåbær.txt"), "--index", index)[:2] == (
            0,
            "Ferga går hver time.",
        )


def test_the_common_options_may_stand_before_or_after_the_command(run: Run, tmp_path: Path) -> None:
    index, note = tmp_path / "indeks", tmp_path / "notat.txt"
    note.write_text("Ferga går hver time.", encoding="utf-8")
    assert run("--index", index, "documents", "add", note)[0] == 0
    before = run("--index", index, "documents", "list", "--json")[1]
    assert [json.loads(line)["file"] for line in before.splitlines()] == ["notat.txt"]
    assert run("documents", "--index", index, "list", "--json")[1] == before
    assert run("documents", "list", "--json", "--index", index)[1] == before
    assert "The question is empty" in run("--language", "en", "ask", "")[2]


def test_a_broken_file_does_not_keep_the_others_out(run: Run, tmp_path: Path) -> None:
    folder = tmp_path / "mappe"
    folder.mkdir()
    (folder / "god.txt").write_text("Ferga går hver time.", encoding="utf-8")
    (folder / "binær.txt").write_bytes(b"\x00\x01\x02\x7fELF" * 50)
    (folder / "rar.md").write_bytes(b"Pr\x81is \xff\xfe\x81\x8d\x9d" * 20)
    status, out, err = run("documents", "add", folder, "--index", tmp_path / "indeks")
    assert status == 1
    assert out.count("lagt til") == 1
    assert {"binær.txt" in line or "rar.md" in line for line in err.splitlines()} == {True}
    assert len(err.splitlines()) == 2


def test_a_folder_without_readable_files_is_told_of(run: Run, tmp_path: Path) -> None:
    folder, note = tmp_path / "tom", tmp_path / "notat.txt"
    folder.mkdir()
    (folder / "bilde.png").touch()
    note.write_text("Ferga går hver time.", encoding="utf-8")
    status, out, err = run("documents", "add", folder, note, "--index", tmp_path / "indeks")
    assert (status, err) == (1, f"kildesvar: Ingen lesbare filer i «{folder}».\n")
    assert "lagt til" in out


@pytest.mark.parametrize("place", ["/dev/full", "{folder}", "{folder}/borte/svar.json"])
def test_a_place_where_nothing_can_be_written_is_named(run: Run, tmp_path: Path, place: str) -> None:
    target = place.format(folder=tmp_path)
    status, _, err = run("ask", QUESTION, "--output", target)
    assert status == 1
    assert f"«{target}» kunne ikke skrives: " in err
    assert len(err.splitlines()) == 1


@pytest.mark.parametrize("command", [("documents", "list"), ("documents", "show", "d607"), ("--help",)], ids=" ".join)
@pytest.mark.parametrize(
    ("output", "status", "said"),
    [("| true", 0, ""), (">&-", 0, ""), ("> /dev/full", 1, "Systemet sa nei: [Errno 28] No space left on device.")],
)
def test_output_that_nobody_takes_is_no_trouble_and_a_full_disk_is_told(
    home: Path, command: tuple[str, ...], output: str, status: int, said: str
) -> None:
    environment = os.environ | {"XDG_DATA_HOME": str(home), "KILDESVAR_ENCODER": "hashing", "LC_ALL": "C.UTF-8"}
    environment.pop("PYTHONUNBUFFERED", None)  # most people's output is buffered until Python ends
    waiting = "sleep 0.3; " if output.startswith("|") else ""  # until the reader is gone
    shell = f'set -o pipefail; ({waiting}"$@") {output}'
    ended = subprocess.run(
        ["bash", "-c", shell, "-", sys.executable, "-m", "assistant.cli", *command],
        cwd=ROOT, env=environment, capture_output=True, text=True, timeout=120, check=False,
    )  # fmt: skip
    assert (ended.returncode, ended.stderr) == (status, f"kildesvar: {said}\n" if said else "")


def test_a_command_written_wrongly_is_told_how(run: Run) -> None:
    status, out, err = run("ask")
    assert (status, out) == (2, "")
    assert err.startswith("bruk: kildesvar ask")
    assert "--help" in err


@pytest.mark.parametrize("command", [(), ("ask",), ("chat",), ("documents",), ("documents", "add")])
def test_every_command_has_help_in_norwegian(run: Run, command: tuple[str, ...]) -> None:
    status, out, _ = run(*command, "--help")
    assert status == 0
    assert out.startswith("bruk: kildesvar")
    assert "usage" not in out
    assert "show this help" not in out


@pytest.mark.parametrize(("language", "told"), [("nb", "Åpne"), ("nn", "Opne"), ("en", "Open")])
def test_the_page_s_address_is_told_in_the_language_of_messages(
    run: Run, monkeypatch: pytest.MonkeyPatch, language: str, told: str
) -> None:
    monkeypatch.setattr("assistant.web.server.serve", lambda *_, ready, **__: ready("http://127.0.0.1:7860"))
    status, _, err = run("chat", "--no-history", "--language", language)
    assert status == 0
    assert f"{told} http://127.0.0.1:7860" in err


def test_two_first_starts_at_once_both_answer(tmp_path: Path) -> None:
    environment = os.environ | {"XDG_DATA_HOME": str(tmp_path), "KILDESVAR_ENCODER": "hashing"}
    command = [sys.executable, "-m", "assistant.cli", "ask", "--json", QUESTION]
    started = [
        subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        for _ in range(2)
    ]
    for process in started:
        out, err = process.communicate(timeout=120)
        assert process.returncode == 0, err.decode()
        assert json.loads(out)["quotes"]
    shown = subprocess.run(
        [sys.executable, "-m", "assistant.cli", "documents", "verify"],
        cwd=ROOT, env=environment, capture_output=True, text=True, timeout=120, check=False,
    )  # fmt: skip
    assert shown.returncode == 0, shown.stdout
    assert "Dokumenter: 5," in shown.stdout


@pytest.mark.parametrize(
    "arguments",
    [
        ("ask", QUESTION),
        ("ask", QUESTION, "--source", "d000"),
        ("documents", "list"),
        ("documents", "show", "000_756e465fc30b759f.txt"),
        ("documents", "show", "d000"),
        ("documents", "verify"),
    ],
    ids=" ".join,
)
def test_every_command_closes_the_index(run: Run, monkeypatch: pytest.MonkeyPatch, arguments: tuple[str, ...]) -> None:
    opened, closed = [], []
    open_store, close_store = Store.open, Store.close
    monkeypatch.setattr(Store, "open", lambda *args, **named: opened.append(1) or open_store(*args, **named))
    monkeypatch.setattr(Store, "close", lambda store: closed.append(1) or close_store(store))
    run(*arguments)
    assert len(opened) == len(closed) == 1


@pytest.mark.parametrize("ending", ["md", "docx", "html"])
def test_an_export_is_proved_and_a_change_in_it_is_named(run: Run, tmp_path: Path, ending: str) -> None:
    file = tmp_path / f"svar.{ending}"
    assert run("ask", QUESTION, "--export", file)[0] == 0
    status, out, _ = run("verify", file)
    assert status == 0 and "stemmer tegn for tegn" in out
    if ending == "md":
        file.write_text(file.read_text("utf-8").replace("66 mennesker", "67 mennesker"), "utf-8")
        status, out, _ = run("verify", file)
        assert status == 1 and "6[6] mennesker" in out and "6[7] mennesker" in out and "Sitat 1." in out


def test_a_file_of_questions_is_exported_as_one_conversation(run: Run, tmp_path: Path) -> None:
    questions, export = tmp_path / "q.jsonl", tmp_path / "samtale.md"
    lines = [json.dumps({"id": str(n), "question": text}) for n, text in enumerate((QUESTION, "", "Hva er LAR?"))]
    questions.write_text("\n".join(lines), "utf-8")
    answers = tmp_path / "a.jsonl"
    assert run("ask", "--questions", questions, "--output", answers, "--export", export)[0] == 0
    assert export.read_text("utf-8").count("## Spørsmål") == 2
    assert run("verify", export)[0] == 0 and run("verify", answers)[0] == 0


def test_what_cannot_be_exported_or_checked_is_told(run: Run, tmp_path: Path) -> None:
    status, out, err = run("ask", QUESTION, "--export", tmp_path / "svar.pdf")
    assert (status, out) == (1, "") and ".docx" in err
    status, _, err = run("verify", tmp_path / "borte.md")
    assert status == 3 and "finnes ikke" in err
    lines = tmp_path / "a.jsonl"
    lines.touch()
    status, out, err = run("verify", lines)
    assert (status, out) == (3, "") and "ingen sitater" in err
    lines.write_text('{"quotes": [], "passages": []}\n', "utf-8")
    assert run("verify", lines)[:2] == (0, "Filen har ingen sitater, så det var ingenting å kontrollere.\n")


@pytest.mark.parametrize(
    ("style", "begins"), [("apa", "Bangum, J. (2017). "), ("bibtex", "@article{"), ("ris", "TY  - NEWS"), ("csl", "[")]
)
def test_a_document_is_cited(run: Run, style: str, begins: str) -> None:
    status, out, _ = run("documents", "cite", "d60755714", "--style", style)
    assert status == 0 and out.startswith(begins)

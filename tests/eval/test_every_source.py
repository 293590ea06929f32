"""What every source says of a topic, measured on the questions that ask for it."""

from pathlib import Path

import pytest

from eval.corpora.seeds import QUESTIONS
from eval.every_source import main
from eval.goldset import EVERY_SOURCE, Split, load_gold
from eval.new_set import write_set
from index.encoder import load_encoder
from index.engines.embedded import EmbeddedEngine
from tests.eval import fakes

QUOTE = {"document": "bad.md", "text": "En billett koster femti kroner."}


@pytest.fixture(autouse=True)
def index(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("KILDESVAR_ENCODER", "hashing")
    with EmbeddedEngine.open(tmp_path / "index", load_encoder(), create=True) as engine:
        engine.add(fakes.documents())
    return tmp_path / "index"


def made(folder: Path, *tags: list[str]) -> str:
    common = {"language": "nb", "type": "list", "answerable": True, "complete": True, "quotes": [QUOTE]}
    questions = [
        common | {"id": f"a{number}", "question": f"Hva sier kildene om billett nummer {number}?", "tags": list(these)}
        for number, these in enumerate(tags)
    ]
    write_set(questions, folder / "mine.jsonl", author="–", split=Split.TEST)
    return str(folder / "mine.jsonl")


def test_questions_that_ask_for_something_else_are_left_out(
    tmp_path: Path, index: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([made(tmp_path, [], ["rated", EVERY_SOURCE]), "--index", str(index)]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[0].startswith("a1  found ") and len(lines) == 2
    assert ": 1 questions; found " in lines[1] and " of 1 (" in lines[1]


def test_what_cannot_be_measured_is_said_in_a_line(
    tmp_path: Path, index: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([made(tmp_path, []), "--index", str(index)]) == 1
    assert capsys.readouterr().err == "No question of mine has the tag every-source.\n"
    assert main([str(tmp_path / "borte.jsonl")]) == 1
    assert capsys.readouterr().err.count("\n") == 1


@pytest.mark.parametrize("name", ["compare-tune", "compare-test"])
def test_all_that_the_shipped_sets_ask_is_measured(name: str) -> None:
    assert all(EVERY_SOURCE in question.tags for question in load_gold(QUESTIONS / f"{name}.jsonl").questions)

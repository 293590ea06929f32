"""Questions put into Nynorsk by another program, which a script stands for here."""

import json
from pathlib import Path

import pytest

from assistant.reader.translated import APERTIUM, NoTranslator, read_translations, to_nynorsk


def _program(folder: Path, script: str, monkeypatch: pytest.MonkeyPatch) -> None:
    program = folder / APERTIUM
    program.write_text(f"#!/bin/sh\n{script}\n", "utf-8")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{folder}:/usr/bin:/bin")


def test_every_question_gets_its_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    _program(tmp_path, "sed s/Hvorfor/Kvifor/", monkeypatch)
    assert to_nynorsk(["Hvorfor få?", "Når?"]) == ["Kvifor få?", "Når?"]
    assert to_nynorsk([]) == []


def test_where_a_line_is_lost_the_halves_are_asked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    _program(tmp_path, "head -n 1", monkeypatch)
    assert to_nynorsk(["En?", "To?", "Tre?"]) == ["En?", "To?", "Tre?"]


@pytest.mark.parametrize(("script", "said"), [("true", r"no line for Hvorfor"), ("echo borte >&2; exit 1", "borte")])
def test_a_translator_that_fails_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, script: str, said: str
) -> None:
    _program(tmp_path, script, monkeypatch)
    with pytest.raises(NoTranslator, match=said):
        to_nynorsk(["Hvorfor?", "Når?"])


def test_without_the_program_it_says_what_to_install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(NoTranslator, match="apertium-nno-nob"):
        to_nynorsk(["Hvorfor?"])


def test_a_question_of_two_lines_would_shift_the_others() -> None:
    with pytest.raises(ValueError, match="several lines"):
        to_nynorsk(["Hvorfor?\nNår?"])


def test_translations_are_read_again(tmp_path: Path) -> None:
    file = tmp_path / "nynorsk.jsonl"
    file.write_text(json.dumps({"question": "Hvorfor?", "nynorsk": "Kvifor?"}) + "\n", "utf-8")
    assert read_translations(file) == {"Hvorfor?": "Kvifor?"}

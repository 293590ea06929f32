"""``documents add`` on a folder of hostile files: each is told, the rest goes on, and the index is as it was."""

import re
from pathlib import Path

import pytest

from assistant.cli import main
from assistant.texts import LANGUAGES
from index.documents.document import Language
from tests.index.made_hostile import HOSTILE, PROSE

FEW = ("låst.pdf", "kuttet.docx", "egentlig pdf.txt", "bombe.zip", "tom.txt")
QUOTED = "Sak \"ny\" 'og' 🙂 \u202egammel.md"


def test_each_is_told_the_rest_goes_on_and_the_index_is_as_before(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("KILDESVAR_ENCODER", "hashing")
    index, folder = tmp_path / "index", tmp_path / "filer"
    folder.mkdir()

    def run(*arguments: object, language: Language = Language.BOKMAAL) -> tuple[int, str, str]:
        status = main(["--index", str(index), "--language", language.value, *map(str, arguments)])
        return status, *capsys.readouterr()

    (folder / "først.md").write_text(f"# Først\n\n{PROSE}", "utf-8")
    assert run("documents", "add", folder)[0] == 0
    before = run("documents", "list", "--json")[1]
    for name in FEW:
        (folder / name).write_bytes(HOSTILE[name][0])
    (folder / "først.md").unlink()
    for language in LANGUAGES:
        status, _, err = run("documents", "add", folder, language=language)
        lines = err.splitlines()
        assert status == 1 and len(lines) == len(FEW)
        for name, line in zip(sorted(FEW), lines, strict=True):
            assert re.fullmatch(rf"kildesvar: .*{re.escape(name)}.*", line)
        assert run("documents", "list", "--json")[1] == before
    (folder / QUOTED).write_text(f"# Sist\n\n{PROSE} Slutt.", "utf-8")
    assert run("documents", "add", folder / QUOTED)[0] == 0
    assert run("documents", "verify")[0] == 0
    after = run("documents", "list", "--json")[1]
    assert after.startswith(before) and "Sak \\\"ny\\\" 'og' 🙂 gammel.md" in after

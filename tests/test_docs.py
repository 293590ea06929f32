"""The README's transcripts are run, and what they show is what comes out."""

import os
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
BLOCK = re.compile(r"^```console\n(.*?)^```$", re.MULTILINE | re.DOTALL)
LINK = re.compile(r"\]\((?!https?://|#)([^)#]+)")
SETTINGS = frozenset(
    setting
    for folder in ("assistant", "eval", "index", "tests")
    for file in (ROOT / folder).rglob("*.py")
    for setting in re.findall(r"""["'](KILDESVAR_\w+)["']""", file.read_text(encoding="utf-8"))
)
"""Variables of the environment that something reads."""
DOCUMENTS = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md"), *ROOT.glob("*/README.md")])


def transcripts(page: Path) -> Iterator[tuple[str, str]]:
    """(command, output) for every ``$`` line of the page's console blocks."""
    for block in BLOCK.findall(page.read_text(encoding="utf-8")):
        for entry in re.split(r"^\$ ", block, flags=re.MULTILINE)[1:]:
            command, _, output = entry.partition("\n")
            yield command, output.rstrip()


def test_the_readme_shows_a_session() -> None:
    assert len(list(transcripts(ROOT / "README.md"))) >= 5


@pytest.fixture(scope="module")
def environment(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """As a stranger's: no settings, and an index of its own, which the first command makes and all share."""
    plain = {k: v for k, v in os.environ.items() if not k.startswith(("KILDESVAR_", "LC_", "LANG"))}
    plain |= {"XDG_DATA_HOME": str(tmp_path_factory.mktemp("data"))}
    return plain | ({"KILDESVAR_CACHE": os.environ["KILDESVAR_CACHE"]} if "KILDESVAR_CACHE" in os.environ else {})


# One test a command, with a limit far above what each takes: every command loads the models, and together they went
# beyond the limit of a single test on a machine that had much else to do.
@pytest.mark.model
@pytest.mark.timeout(1200)
@pytest.mark.parametrize(
    ("command", "expected"),
    [pytest.param(*one, id=f"{number}") for number, one in enumerate(transcripts(ROOT / "README.md"), start=1)],
)
def test_the_readme_s_transcripts_are_what_comes_out(environment: dict[str, str], command: str, expected: str) -> None:
    done = subprocess.run(
        ["bash", "-c", command], cwd=ROOT, env=environment, capture_output=True, text=True, check=False
    )
    assert done.stdout.rstrip() == expected, f"$ {command}\n{done.stderr}"


@pytest.mark.parametrize("page", DOCUMENTS, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_every_link_to_a_file_leads_somewhere(page: Path) -> None:
    for target in LINK.findall(page.read_text(encoding="utf-8")):
        assert (page.parent / target).exists(), f"{page.name} links to {target}, which is not there"


def test_the_changelog_names_the_version() -> None:
    version = re.search(r'^version = "(.+)"$', (ROOT / "pyproject.toml").read_text(), re.MULTILINE)
    assert version is not None
    assert f"## {version.group(1)}" in (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("page", DOCUMENTS, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_every_program_and_setting_that_is_named_is_there(page: Path) -> None:
    written = page.read_text(encoding="utf-8")
    for module in re.findall(r"python -m ((?:assistant|eval|index|tests)\.[\w.]*\w)", written):
        assert (ROOT / module.replace(".", "/")).with_suffix(".py").exists(), f"{page.name} names {module}"
    for setting in re.findall(r"KILDESVAR_[A-Z_]*[A-Z]", written):
        assert setting in SETTINGS, f"{page.name} names {setting}, which nothing reads"

"""Each reader is tried on two thousand broken files: none brings it down, hangs it, or gives wrong offsets."""

import subprocess
import sys
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path

import pytest

from tests.index.fuzzing import TARGETS, broken

ROOT = Path(__file__).resolve().parent.parent.parent
INPUTS = 2_000
"""For each reader."""
READ = 100
"""Of them, at least: inputs that are all refused at the door prove nothing."""


def run(format: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-W", "error", "-m", "tests.index.fuzzing", format, "0", str(INPUTS)]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)


@pytest.fixture(scope="module")
def runs() -> dict[str, Future[subprocess.CompletedProcess[str]]]:
    """One process a reader, two at a time."""
    pool = ThreadPoolExecutor(2)
    return {format: pool.submit(run, format) for format in TARGETS}


@pytest.mark.timeout(1200)  # of the clock; what an input may take of the processor is limited where it is read
@pytest.mark.parametrize("format", TARGETS)
def test_broken_files_are_read_or_refused(
    runs: dict[str, Future[subprocess.CompletedProcess[str]]], format: str
) -> None:
    done = runs[format].result()
    *numbers, last = done.stdout.split("\n")[:-1] or [""]
    assert done.returncode == 0, (
        f"input {last} ({done.returncode}): python -m tests.index.fuzzing {format} {last} 1\n{done.stderr[-3000:]}"
    )
    assert numbers == [str(number) for number in range(INPUTS)]
    assert int(last.removeprefix("read ")) >= READ


def test_inputs_follow_from_their_numbers() -> None:
    for target in TARGETS.values():
        assert [broken(target, number) for number in range(20)] == [broken(target, number) for number in range(20)]
        assert len({broken(target, number) for number in range(20)}) > 15

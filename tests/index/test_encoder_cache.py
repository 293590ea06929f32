import errno
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from index.errors import CacheNotWritable, DiskFull
from index.model_cache import built_once, cache_directory, is_whole


@pytest.fixture(autouse=True)
def cache(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    monkeypatch.setenv("KILDESVAR_CACHE", str(tmp_path / "cache"))
    return tmp_path / "cache"


def write_model(directory: Path) -> None:
    (directory / "part").mkdir()
    (directory / "part" / "weights").write_bytes(b"1234")


def refuse(directory: Path) -> None:
    raise AssertionError("built twice")


def test_the_cache_is_where_the_setting_says(monkeypatch: pytest.MonkeyPatch, cache: Path) -> None:
    assert cache_directory() == cache
    monkeypatch.delenv("KILDESVAR_CACHE")
    assert cache_directory().name == "kildesvar"


def test_what_is_built_is_not_built_again(cache: Path) -> None:
    built = built_once("model-1", write_model)
    assert built == cache / "model-1"
    assert (built / "part" / "weights").read_bytes() == b"1234"
    assert built_once("model-1", refuse) == built


@pytest.mark.parametrize("harm", ["shorten", "remove", "forget"])
def test_what_is_no_longer_whole_is_built_again(harm: str) -> None:
    built = built_once("model-1", write_model)
    weights = built / "part" / "weights"
    if harm == "shorten":
        weights.write_bytes(b"12")
    elif harm == "remove":
        weights.unlink()
    else:
        (built / "inventory.json").write_text("{")
    assert not is_whole(built)
    built_once("model-1", write_model)
    assert weights.read_bytes() == b"1234"
    assert is_whole(built)


def test_a_build_that_fails_leaves_nothing(cache: Path) -> None:
    def fail(directory: Path) -> None:
        write_model(directory)
        raise RuntimeError("no")

    with pytest.raises(RuntimeError, match="no"):
        built_once("model-1", fail)
    assert [path.name for path in cache.iterdir() if path.is_dir()] == []


@pytest.mark.parametrize(("code", "error"), [(errno.ENOSPC, DiskFull), (errno.EROFS, CacheNotWritable)])
def test_the_disk_says_no(code: int, error: type[Exception], cache: Path) -> None:
    def fail(directory: Path) -> None:
        raise OSError(code, os.strerror(code))

    with pytest.raises(error, match=str(cache)):
        built_once("model-1", fail)


def test_a_cache_that_cannot_be_made_is_named(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("not a directory")
    monkeypatch.setenv("KILDESVAR_CACHE", str(tmp_path / "file" / "cache"))
    with pytest.raises(CacheNotWritable, match="KILDESVAR_CACHE"):
        built_once("model-1", write_model)


SLOW_BUILD = """
import sys, time
from pathlib import Path
from index.model_cache import built_once

def build(directory):
    print("building", flush=True)
    (directory / "weights").write_bytes(b"12")
    time.sleep(float(sys.argv[1]))
    (directory / "weights").write_bytes(b"1234")

print(built_once("model-1", build), flush=True)
"""


def start(seconds: float) -> subprocess.Popen[str]:
    return subprocess.Popen([sys.executable, "-c", SLOW_BUILD, str(seconds)], stdout=subprocess.PIPE, text=True)


def test_two_processes_at_once_build_one_and_both_succeed(cache: Path) -> None:
    outputs = [process.communicate(timeout=60)[0] for process in [start(0.5), start(0.5)]]
    assert sorted(output.count("building") for output in outputs) == [0, 1]
    assert all(output.strip().endswith(str(cache / "model-1")) for output in outputs)


def test_a_killed_build_is_not_mistaken_for_a_finished_one(cache: Path) -> None:
    process = start(60)
    assert process.stdout is not None
    assert process.stdout.readline() == "building\n"
    process.send_signal(signal.SIGKILL if hasattr(signal, "SIGKILL") else signal.SIGTERM)
    process.wait(timeout=60)
    process.stdout.close()
    assert not is_whole(cache / "model-1")
    began = time.monotonic()
    built_once("model-1", write_model)
    assert time.monotonic() - began < 45  # the build that was killed would have taken sixty
    assert [path.name for path in cache.iterdir() if path.is_dir()] == ["model-1"]

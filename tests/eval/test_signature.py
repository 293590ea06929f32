"""A signature is the same for the same, and another for anything that decides a number."""

from dataclasses import replace
from pathlib import Path

import pytest

from eval.row import RunUnreadable
from eval.signature import index_hash, read_signature, write_signature
from index.encoder import HashingEncoder
from index.engines.embedded import EmbeddedEngine
from tests.eval import fakes
from tests.eval.signed import SIGNATURE


def test_the_index_s_hash_follows_what_it_holds(tmp_path: Path) -> None:
    first, second = fakes.documents()
    found = []
    for name, documents in (("a", [first, second]), ("b", [second, first]), ("c", [first])):
        with EmbeddedEngine.open(tmp_path / name, HashingEncoder(), create=True) as engine:
            engine.add(documents)
            found.append(index_hash(engine, "hashing"))
            other = index_hash(engine, "another")
    assert found[0] == found[1]
    assert len({*found, other}) == 3


def test_read_as_it_was_written(tmp_path: Path) -> None:
    path = tmp_path / "signature.json"
    write_signature(path, SIGNATURE)
    assert read_signature(path) == SIGNATURE
    path.write_text('{"set": "x"}', encoding="utf-8")
    with pytest.raises(RunUnreadable):
        read_signature(path)


def test_one_line_tells_all_that_decides() -> None:
    line = str(SIGNATURE)
    changes = {
        "set_sha256": "fff",
        "index": "eee",
        "encoder": "ddd",
        "reader": "ccc",
        "threshold": 0.123,
        "k": 7707,
        "seed": 7808,
        "resamples": 7909,
        "date": "bbb",
        "command": "aaa",
    }
    for field, value in changes.items():
        assert str(value) in str(replace(SIGNATURE, **{field: value}))
        assert str(value) not in line

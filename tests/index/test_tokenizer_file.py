"""Tokenizers out of their files."""

from pathlib import Path

from index.e5_file import tokenizer
from index.tokenizer_file import load_tokenizer
from tests.index.tiny_e5 import tiny_e5


def test_two_files_of_one_content_share_a_tokenizer(tmp_path: Path) -> None:
    content = tokenizer(tiny_e5()).to_str()
    for name in ("a.json", "b.json"):
        (tmp_path / name).write_text(content, "utf-8")
    (tmp_path / "c.json").write_text(content.replace("<unk>", "<ukjent>"), "utf-8")
    first, second, third = (load_tokenizer(tmp_path / name) for name in ("a.json", "b.json", "c.json"))
    assert first is second and first is not third
    assert first.encode("hva er dette").ids == tokenizer(tiny_e5()).encode("hva er dette").ids

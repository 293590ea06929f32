"""Manifests: what they list is what is read, and a wrong one says what is wrong."""

import hashlib
from pathlib import Path

import pytest

from index.documents import read_corpus
from index.errors import DocumentNotFound, ManifestInvalid

TEXT = "Dette er en tekst om noe, og den er ikke lang.\n"
SHA = hashlib.sha256(TEXT.encode()).hexdigest()
GOOD = f'[[document]]\nid = "a"\nfile = "a.txt"\nsha256 = "{SHA}"\n'


def corpus(directory: Path, manifest: str) -> Path:
    (directory / "a.txt").write_text(TEXT, encoding="utf-8")
    (directory / "manifest.toml").write_text(manifest, encoding="utf-8")
    return directory


def test_what_the_manifest_says_wins(tmp_path: Path) -> None:
    extra = 'title = "Noe"\nauthors = ["Kari Holm"]\npublisher = "Avisa"\ndate = "2017-12"\nkind = "kronikk"\n'
    (document,) = read_corpus(corpus(tmp_path, GOOD + extra))
    said = document.source.metadata
    assert (said.title, said.authors, said.publisher, said.date, said.kind) == (
        "Noe",
        ("Kari Holm",),
        "Avisa",
        "2017-12",
        "kronikk",
    )
    assert document.source.sha256 == SHA


@pytest.mark.parametrize(
    ("manifest", "problem"),
    [
        ("nei", "not TOML"),
        ("", "lists no"),
        ('document = "a"', "lists no"),
        (GOOD.replace('id = "a"', ""), "id is missing"),
        (GOOD.replace(SHA, "0" * 64), "has SHA-256"),
        (GOOD.replace(SHA, "kort"), "64 lower-case"),
        (GOOD + GOOD, "listed twice"),
        (GOOD.replace("a.txt", "../a.txt"), "plain file name"),
        (GOOD + 'date = "i fjor"', "YYYY"),
        (GOOD + 'date = "2017-13"', "YYYY"),
        (GOOD + 'language = "tysk"', "language"),
        (GOOD + 'authors = "Kari"', "list of names"),
        (GOOD + "title = 3", "not a string"),
        (GOOD + 'tittel = "Noe"', "unknown field"),
    ],
)
def test_a_wrong_manifest_says_what_is_wrong(tmp_path: Path, manifest: str, problem: str) -> None:
    with pytest.raises(ManifestInvalid, match=problem):
        read_corpus(corpus(tmp_path, manifest))


def test_no_manifest_or_no_file(tmp_path: Path) -> None:
    with pytest.raises(DocumentNotFound, match=r"manifest\.toml"):
        read_corpus(tmp_path)
    corpus(tmp_path, GOOD)
    (tmp_path / "a.txt").unlink()
    with pytest.raises(DocumentNotFound, match=r"a\.txt"):
        read_corpus(tmp_path)

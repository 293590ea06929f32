"""Zip files of documents."""

import os
import zipfile
from pathlib import Path

import pytest

from index.documents import apart, find_files, read_document
from index.documents import archive as archive_module
from index.documents.apart import Limits, read_apart
from index.errors import DamagedFile, DocumentError, EmptyDocument, TooDemanding, UnsafeFile

ROOT = Path(__file__).resolve().parent.parent.parent
PROSE = "Kommunen har vedtatt planen, og den gjelder for alle som bor i området fra nyttår av."


def archive(folder: Path, **members: str | bytes) -> Path:
    path = folder / "saker.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as file:
        for name, content in members.items():
            file.writestr(name, content)
    return path


def test_the_documents_of_a_zip_file_are_read_and_nothing_stays(tmp_path: Path) -> None:
    members = {"b/Sak «én».md": PROSE, "a/sak.txt": PROSE + " A", "c/sak.txt": PROSE + " C", "bilde.png": b"\x89PNG"}
    path = archive(tmp_path, **members, **{"__MACOSX/a/._sak.txt": b"\x00", "side.html": f"<p>{PROSE}</p>"})
    found = []
    texts = []
    for file in find_files(tmp_path):
        found.append(file)
        document = read_document(file)
        texts.append((document.source.file, document.text))
    assert texts == [
        ("sak.txt", PROSE + " A"),
        ("Sak «én».md", PROSE),
        ("sak.txt", PROSE + " C"),
        ("side.html", PROSE),
    ]
    assert not any(file.exists() for file in found) and path.exists()


@pytest.mark.parametrize(
    ("members", "error"),
    [
        ({"../ute.txt": PROSE}, UnsafeFile),
        ({"/etc/ute.txt": PROSE}, UnsafeFile),
        ({"C:\\ute.txt": PROSE}, UnsafeFile),
        ({"a.txt": bytes(60_000_000)}, UnsafeFile),
        ({"bilde.png": b"\x89PNG"}, EmptyDocument),
        ({}, EmptyDocument),
    ],
    ids=["climbing", "absolute", "drive", "bomb", "pictures", "empty"],
)
def test_a_zip_file_that_is_no_good_is_told(
    tmp_path: Path, members: dict[str, str | bytes], error: type[DocumentError]
) -> None:
    (file,) = find_files(archive(tmp_path, **members))
    with pytest.raises(error, match=r"saker\.zip"):
        read_document(file)
    assert [path.name for path in tmp_path.rglob("*")] == ["saker.zip"]


def test_a_file_that_is_no_good_is_told_with_the_zip_file_and_folder_it_lies_in(tmp_path: Path) -> None:
    inner = archive(tmp_path, **{"2024/referat.pdf": b"%PDF-1.7 og mer"}).read_bytes()
    path = archive(tmp_path, **{"2023/referat.pdf": b"%PDF-1.7 og mer", "under\u202e/mer.zip": inner, "tom.txt": ""})
    told = []
    for file in find_files(path):
        with pytest.raises(DocumentError) as caught:
            read_document(file)
        told.append((type(caught.value), caught.value.details["file"]))
    assert told == [
        (DamagedFile, "saker.zip/2023/referat.pdf"),
        (EmptyDocument, "saker.zip/tom.txt"),
        (DamagedFile, "saker.zip/under/mer.zip/2024/referat.pdf"),
    ]
    assert not archive_module._places, "nothing of them is remembered"


def test_no_zip_file_is_told(tmp_path: Path) -> None:
    path = tmp_path / "a.zip"
    path.write_bytes(b"PK\x03\x04 og mer")
    (file,) = find_files(path)
    with pytest.raises(DamagedFile, match=r"a\.zip"):
        read_document(file)


HOSTILE = """
def extract(name, data):
    {}
"""


def run_wild(folder: Path, monkeypatch: pytest.MonkeyPatch, code: str) -> None:
    """Make a module ``hostile`` whose ``extract`` is ``code``."""
    (folder / "hostile.py").write_text(HOSTILE.format(code))
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join([str(folder), str(ROOT)]))


@pytest.mark.parametrize(
    ("code", "error"),
    [
        ("while True: pass", TooDemanding),
        ("bytes(10**11)", TooDemanding),
        ("import os; os.kill(os.getpid(), 11)", TooDemanding),
        ("extract(name, data)", TooDemanding),
        ("[][0]", DamagedFile),
    ],
    ids=["hang", "memory", "crash", "depth", "lost"],
)
def test_a_parser_that_runs_wild_takes_nothing_down(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, code: str, error: type[DocumentError]
) -> None:
    run_wild(tmp_path, monkeypatch, code)
    monkeypatch.setattr(apart, "LIMITS", Limits(wall_seconds=2 if "while" in code else 60))
    with pytest.raises(error, match="a.pdf"):
        read_apart("hostile", "a.pdf", b"data")

"""Hostile and broken files: each is told by its name in every language, and takes nothing down."""

import resource
import time
from pathlib import Path

import pytest

from assistant.texts import LANGUAGES, error_text
from index.documents import apart, find_files, read_bytes, read_document
from index.documents.apart import Limits, read_apart
from index.documents.naming import file_name
from index.errors import DocumentError, DocumentTooLarge, PasswordProtected, TooDemanding, UnreadableFile, UnsafeFile
from tests.index.made_hostile import HOSTILE, PROSE, locked, nested, nested_bomb, zipped
from tests.index.test_documents_archive import run_wild


@pytest.mark.parametrize("name", HOSTILE)
def test_what_is_wrong_is_told_with_the_file_s_name(name: str, tmp_path: Path) -> None:
    data, kind = HOSTILE[name]
    (tmp_path / name).write_bytes(data)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    (file,) = find_files(tmp_path)
    with pytest.raises(DocumentError) as caught:
        read_document(file)
    assert type(caught.value).__name__ == kind
    for language in LANGUAGES:
        message = error_text(language, caught.value)
        assert name in message and "\n" not in message
    # In kilobytes: whatever the file would unpack to, this process has not held it.
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 60_000
    assert [path.name for path in tmp_path.rglob("*")] == [name]


def outcomes(path: Path) -> dict[str, str]:
    """What became of each file at ``path``: its text's beginning, or its error."""
    found = {}
    for file in find_files(path):
        try:
            found[file.name] = read_document(file).text[:20]
        except DocumentError as error:
            assert file.name in str(error)
            found[file.name] = error.key
    return found


def test_zip_files_in_zip_files_are_opened_as_deep_as_people_nest_them(tmp_path: Path) -> None:
    path = tmp_path / "a.zip"
    path.write_bytes(nested(2))
    assert outcomes(path) == {"innerst.md": PROSE[:20]}
    path.write_bytes(nested(3))
    assert outcomes(path) == {"lag0.zip": "UnsafeFile"}


def test_zip_files_in_a_zip_file_share_what_they_may_fill(tmp_path: Path) -> None:
    path = tmp_path / "a.zip"
    path.write_bytes(nested_bomb())
    started = time.process_time()
    read = 0
    with pytest.raises(UnsafeFile):
        for file in find_files(path):
            read += read_document(file).text == PROSE
    assert 20 < read < 60 and time.process_time() - started < 30


def test_one_bad_member_does_not_hold_up_the_others(tmp_path: Path) -> None:
    path = tmp_path / "a.zip"
    data = bytearray(zipped({"a.md": PROSE.encode(), "b.md": PROSE.encode() * 3, "c.md": PROSE.encode()}))
    place = data.index(b"b.md") + 8
    data[place : place + 4] = bytes(4)
    path.write_bytes(bytes(data))
    assert outcomes(path) == {"a.md": PROSE[:20], "b.md": "DamagedFile", "c.md": PROSE[:20]}


def test_locked_members_are_told_one_by_one_if_others_are_open(tmp_path: Path) -> None:
    members = {"a.md": PROSE.encode(), "b.md": PROSE.encode()}
    data = bytearray(locked(members))
    for mark, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        data[data.index(mark) + at] &= 0xFE
    (tmp_path / "a.zip").write_bytes(bytes(data))
    assert outcomes(tmp_path / "a.zip") == {"a.md": PROSE[:20], "b.md": PasswordProtected.__name__}


def test_a_folder_named_as_a_file_in_a_zip_file_does_no_harm(tmp_path: Path) -> None:
    (tmp_path / "a.zip").write_bytes(
        zipped({"mappe.md/": b"", "mappe.md/b.md": PROSE.encode(), "x" * 300 + ".md": b"a"})
    )
    assert outcomes(tmp_path / "a.zip") == {"b.md": PROSE[:20], "x" * 300 + ".md": "UnreadableFile"}


@pytest.mark.parametrize("name", ["stor.pdf", "stor.txt", "stor.zip", "stor.docx"])
def test_two_gigabytes_are_refused_before_they_are_read(tmp_path: Path, name: str) -> None:
    with (tmp_path / name).open("wb") as file:
        file.truncate(2_000_000_000)
    (found,) = find_files(tmp_path / name)
    with pytest.raises(DocumentTooLarge, match=rf"“{name}” is 2000\.0 MB"):
        read_document(found)


def test_what_never_ends_is_not_begun(tmp_path: Path) -> None:
    import os

    os.mkfifo(tmp_path / "rør.pdf")
    with pytest.raises(UnreadableFile, match=r"rør\.pdf"):
        read_document(tmp_path / "rør.pdf")


def test_text_that_unpacks_to_more_than_a_text_may_be_is_refused() -> None:
    body = "<p>" + "Alt er stort. " * 60 + "</p>"
    page = f"<html><body>{body * 16_000}</body></html>".encode()
    with pytest.raises(DocumentTooLarge, match=r"a\.html.*at most 12 MB"):
        read_bytes("a.html", page)


HUNGRY = "held = []\n    while True: held.append(bytearray(50_000_000))"
LOUD = "import sys\n    while True: sys.stderr.write('feil ' * 1000)"
SPAWNING = "import subprocess; subprocess.run(['sleep', '20'])"
WRITING = "open('/tmp/skrevet.txt', 'w').write('x')"


@pytest.mark.parametrize(
    ("code", "limits", "most"),
    [
        (HUNGRY, Limits(memory_bytes=400_000_000), 100),
        ("while True: pass", Limits(cpu_seconds=1), 100),
        ("import time; time.sleep(60)", Limits(wall_seconds=1), 45),
        (SPAWNING, Limits(wall_seconds=1), 18),
        (LOUD, Limits(wall_seconds=1), 100),
        ("import os; os.kill(os.getpid(), 9)", Limits(), 100),
        ("import os; os.abort()", Limits(), 100),
    ],
    ids=["memory", "processor", "clock", "its own children", "noise", "killed", "aborted"],
)
def test_a_reader_s_limits_hold_and_its_end_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, code: str, limits: Limits, most: float
) -> None:
    run_wild(tmp_path, monkeypatch, code)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    started = time.monotonic()
    with pytest.raises(TooDemanding, match=r"a\.pdf"):
        read_apart("hostile", "a.pdf", b"data", limits=limits)
    assert time.monotonic() - started < most
    # The process that reads has its own limit; what it ate is not this one's.
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 50_000


def test_the_limits_that_readers_have() -> None:
    assert Limits(cpu_seconds=300, wall_seconds=900, memory_bytes=2_000_000_000) == apart.LIMITS


def test_a_reader_writes_no_files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    target = tmp_path / "skrevet.txt"
    run_wild(tmp_path, monkeypatch, f"open({str(target)!r}, 'w').write('x' * 100)")
    with pytest.raises(DocumentError):
        read_apart("hostile", "a.pdf", b"data")
    assert not target.exists() or not target.read_bytes()


NAMES = {
    "Årsmelding «ny» 'og' \"gammel\" 🙂 & <b>.md": "Årsmelding «ny» 'og' \"gammel\" 🙂 & <b>.md",
    "regning\u202efdp.md": "regningfdp.md",
    "\u200fשלום\u200f.md": "שלום.md",
    "to\nlinjer\x1b[31m.md": "to linjer [31m.md",
    "A\u030arsplan.md": "Årsplan.md",
    "{file} %s {0}.md": "{file} %s {0}.md",
}


@pytest.mark.parametrize("name", NAMES)
def test_names_are_kept_but_for_what_steers(name: str, tmp_path: Path) -> None:
    (tmp_path / name).write_text(PROSE, "utf-8")
    (path,) = find_files(tmp_path)
    assert read_document(path).source.file == NAMES[name] == file_name(name)
    (tmp_path / name).write_bytes(b"\x00")
    with pytest.raises(DocumentError) as caught:
        read_document(path)
    for language in LANGUAGES:
        assert NAMES[name] in error_text(language, caught.value)


def test_a_name_that_is_no_text_is_read_all_the_same(tmp_path: Path) -> None:
    import os

    (Path(os.fsdecode(os.fsencode(tmp_path) + b"/plan\xff.md"))).write_text(PROSE)
    (path,) = find_files(tmp_path)
    assert read_document(path).source.file == "plan .md"


SCRIPTED = """<html><head><script>var tekst = "Hentet av skript."</script></head><body onload="stjel()">
<p onclick="stjel()">{prose}</p><img src=x onerror="stjel()"><iframe src="http://ond.no">Ramme.</iframe>
<svg><script>stjel()</script><text>Tegnet.</text></svg><noscript>Uten skript.</noscript>
<style>p::after{{content:"x"}}</style><a href="javascript:stjel()">En lenke til slutt.</a>
<object data="a.swf">Objekt.</object></body></html>"""


def test_scripts_of_a_page_are_neither_run_nor_text() -> None:
    document = read_bytes("a.html", SCRIPTED.format(prose=PROSE).encode())
    assert document.text == f"{PROSE}\n\nEn lenke til slutt."

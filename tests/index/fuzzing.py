"""Each reader on thousands of files that somebody broke: ``python -m tests.index.fuzzing FORMAT FIRST COUNT``.

Inputs follow from their numbers alone, so that one that fails can be made again: the number is written before the input
is read, and is the last one written when the process crashes or is ended for taking too long.
"""

import copy
import importlib
import random
import signal
import sys
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from xml.etree import ElementTree

from index.documents import find_files, read_bytes, read_document
from index.documents.composing import compose
from index.errors import KildesvarError
from tests.index import made_tiny
from tests.index.proving import prove_any

SECONDS = 5
"""Of the processor, for one input: the slowest whole seed takes a hundredth of this."""


@dataclass(frozen=True, slots=True)
class Target:
    """A reader, small files that it can read, and pieces that hurt it."""

    seeds: tuple[Callable[[], bytes], ...]
    pieces: tuple[bytes, ...]
    read: Callable[[bytes], None]
    part: str = ""
    """How the names end of the members of a zip file that are broken before they are packed."""


def in_process(format: str) -> Callable[[bytes], None]:
    """The reader, without the process that it has for itself."""
    parser = importlib.import_module(f"index.documents.{format}")

    def read(data: bytes) -> None:
        prove_any(compose(f"a.{format}", data, parser.extract(f"a.{format}", data)))

    return read


def text(name: str) -> Callable[[bytes], None]:
    """The reader of texts."""
    return lambda data: prove_any(read_bytes(name, data))


def archive(data: bytes) -> None:
    """A zip file and what is in it."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "a.zip"
        path.write_bytes(data)
        for file in find_files(path):
            try:
                prove_any(read_document(file))
            except KildesvarError:
                continue
        left = [file.name for file in Path(folder).rglob("*")]
        assert left == ["a.zip"], f"left behind: {left}"


MARKS = (b"<", b">", b"/", b'"', b"&", b"&#0;", b"&#x110000;", b"&amp;", b"<!--", b"<![CDATA[", b"<!DOCTYPE a [", b"-1")
ANY = (
    b"",
    b"",
    b"\x00",
    b"\xff",
    b"\xed\xa0\x80",
    b"\xc2\xad",
    b"\n",
    b" ",
    b"9999999999",
    b"%s",
    b"../",
    b"e\xcc\x81",
)
WORD = (b"w:p", b"<w:p>", b"<w:tbl>", b"</w:t>", b"<w:t>", b"<w:tr/>", b'w:val="-9"', b"<w:drawing>", b"<w:vanish/>")
VALUES = ("", "-1", "99999999999", "²", "x", "\u00ad", "a" * 3_000, "Av Kari Holm", "1. januar", "•", "en-\nto")
OPEN = (b"text:p", b"<text:list>", b"<table:table-row/>", b"<text:h>", b"<text:note>", b"office:text", b"<text:s/>")
PAGE = (
    b"<ul>",
    b"<table>",
    b"<td colspan=-3>",
    b"</p>",
    b"<h2>",
    b"<li>",
    b"<br>",
    b"<main>",
    b"<nav>",
    b"<sup>1</sup>",
)
RICH = (
    b"{",
    b"}",
    b"\\",
    b"\\u55357?",
    b"\\cell",
    b"\\row",
    b"\\ansicpg99999",
    b"\\bin99 ",
    b"\\outlinelevel-5",
    b"\\'",
)
PDF = (
    *(
        b"obj",
        b"endobj",
        b"stream",
        b"R",
        b"[",
        b"]",
        b"<<",
        b">>",
        b"/Kids",
        b"/Count",
        b"/Rotate 90",
        b"0 0 R",
        b"Tj",
    ),
    *(
        b"Tf",
        b"Tm",
        b"BT",
        b"/MediaBox[0 0 1e9 1e9]",
        b"/ToUnicode",
        b"/Encrypt",
        b"-1e9",
        b"(\xfe\xff\xd8\x00)",
        b"ET",
    ),
)
PLAIN = (
    b"#",
    b"- ",
    b"* ",
    b"1. ",
    b"|",
    b"---",
    b"\t",
    b"\r\n",
    b"`",
    b"](",
    b"> ",
    b"Av: ",
    b"Les ogs\xc3\xa5\n",
    b"-\n",
)
TARGETS = {
    "text": Target(made_tiny.TEXTS, PLAIN, text("a.txt")),
    "markdown": Target(made_tiny.TEXTS, PLAIN + MARKS, text("a.md")),
    "pdf": Target(made_tiny.PDFS, PDF, in_process("pdf")),
    "docx": Target(made_tiny.WORDS, WORD + MARKS, in_process("docx"), ".xml"),
    "odt": Target(made_tiny.OPENS, OPEN + MARKS, in_process("odt"), ".xml"),
    "html": Target(made_tiny.PAGES, PAGE + MARKS, in_process("html")),
    "epub": Target(made_tiny.BOOKS, PAGE + MARKS, in_process("epub"), "ml"),
    "rtf": Target(made_tiny.RICHES, RICH, in_process("rtf")),
    "zip": Target(made_tiny.ZIPS, (b"PK\x03\x04", b"PK\x01\x02", b"PK\x05\x06", b"/", b"..", b":"), archive, ".md"),
}


def broken(target: Target, number: int) -> bytes:
    """Input ``number`` of a reader."""
    chance = random.Random(number)
    data = chance.choice(target.seeds)()
    if target.part and chance.random() < 0.7:
        members = made_tiny.unpacked(data)
        name = chance.choice([name for name in members if name.endswith(target.part)] or list(members))
        change = _rearranged if chance.random() < 0.5 else _broken
        members[name] = change(members[name], target, chance)
        return made_tiny.packed(members)
    return _broken(data, target, chance)


def _broken(data: bytes, target: Target, chance: random.Random) -> bytes:
    changing = bytearray(data)
    for _ in range(chance.choice([1, 1, 2, 4, 8, 20])):
        at = chance.randrange(len(changing) + 1)
        end = at + chance.choice([0, 0, 1, 1, 2, 9, 60])
        match chance.randrange(6):
            case 0:
                changing[at:end] = chance.randbytes(end - at)
            case 1:
                changing[at:at] = changing[at:end] * chance.choice([1, 2, 50])
            case 2 if at < len(changing):
                changing[at] ^= 1 << chance.randrange(8)
            case _:
                changing[at:end] = chance.choice(target.pieces + ANY)
    if chance.random() < 0.1:
        del changing[chance.randrange(len(changing) + 1) :]
    return bytes(changing)


def _rearranged(data: bytes, target: Target, chance: random.Random) -> bytes:
    """XML that is still XML: its elements taken out, put elsewhere, said twice, given other values."""
    try:
        root = ElementTree.fromstring(data)
    except ElementTree.ParseError:  # HTML need not be XML
        return _broken(data, target, chance)
    for _ in range(chance.choice([1, 2, 5, 10])):
        nodes = list(root.iter())
        parent, other = chance.choice(nodes), chance.choice(nodes)
        match chance.randrange(5):
            case 0 if len(parent):
                parent.remove(chance.choice(list(parent)))
            case 1 if len(nodes) < 500:
                other.insert(chance.randrange(len(other) + 1), copy.deepcopy(parent))
            case 2 if parent.attrib:
                parent.set(chance.choice(list(parent.attrib)), chance.choice(VALUES))
            case 3:
                parent.tag = other.tag
            case _:
                parent.text = chance.choice(VALUES)
    return ElementTree.tostring(root)


def run(target: Target, numbers: Iterator[int] | range) -> int:
    """Read the inputs; returns how many were read rather than refused. Whatever is wrong is raised."""
    accepted = 0
    for number in numbers:
        sys.stdout.write(f"{number}\n")
        sys.stdout.flush()
        data = broken(target, number)
        if hasattr(signal, "setitimer"):
            signal.setitimer(signal.ITIMER_PROF, SECONDS)  # nobody catches it: it ends the process
        try:
            target.read(data)
            accepted += 1
        except KildesvarError:
            continue
    return accepted


if __name__ == "__main__":
    wanted, first, count = TARGETS[sys.argv[1]], int(sys.argv[2]), int(sys.argv[3])
    sys.stdout.write(f"read {run(wanted, range(first, first + count))}\n")

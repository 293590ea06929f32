"""Files that mean harm, or that cannot be read for other reasons, by the names that they go under."""

import io
import struct
import zipfile
from collections.abc import Mapping

from tests.index import made_pdf, made_tiny
from tests.index.test_documents_epub import book
from tests.index.test_documents_office import open_sample, word_sample
from tests.index.test_documents_pdf import PROSE, garbled, many_pages

LAUGHS = (
    b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY a "ha">'
    + b"".join(b'<!ENTITY %c "%s">' % (98 + n, b"&%c;" % (97 + n) * 10) for n in range(9))
    + b"]><a>&j;</a>"
)
OUTSIDE = b'<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>'


def zipped(members: Mapping[str, bytes]) -> bytes:
    """A zip file that packs tightly."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as file:
        for name, content in members.items():
            file.writestr(name, content)
    return out.getvalue()


def changed(data: bytes, members: Mapping[str, bytes]) -> bytes:
    """A zip file with some of its members changed."""
    return zipped(made_tiny.unpacked(data) | members)


def locked(members: Mapping[str, bytes]) -> bytes:
    """A zip file whose listing says that all its members are encrypted."""
    data = bytearray(made_tiny.packed(members))
    for mark, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        place = -1
        while (place := data.find(mark, place + 1)) >= 0:
            (flags,) = struct.unpack_from("<H", data, place + at)
            struct.pack_into("<H", data, place + at, flags | 1)
    return bytes(data)


def nested(depth: int) -> bytes:
    """A zip file in a zip file, and so on; the innermost holds a document."""
    data = zipped({"innerst.md": PROSE.encode()})
    for number in range(depth):
        data = zipped({f"lag{number}.zip": data})
    return data


def nested_bomb() -> bytes:
    """Each zip file in it is small and within the ratio; all of them together fill a disk."""
    inner = zipped({"stor.bin": bytes(9_800_000), "liten.md": PROSE.encode()})
    middle = zipped({f"{number}.zip": inner for number in range(30)})
    return made_tiny.packed({f"{number}.zip": middle for number in range(30)})


def quine_like(count: int) -> bytes:
    """A listing of so many members that the listing itself is the harm."""
    entry = struct.pack("<4s6H3L5H2L", b"PK\x01\x02", *[0] * 5, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0) + b"a"
    end = struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, count & 0xFFFF, count & 0xFFFF, len(entry) * count, 0, 0)
    return entry * count + end


def lying_pdf(shift: bool) -> bytes:
    """Its fonts say other characters than they show: signs, or the alphabet's next letters."""
    paper = made_pdf.Paper()
    for _ in range(4):
        paper.paragraph(PROSE.translate(_NEXT) if shift else garbled(PROSE))
    return paper.done()


_LETTERS = "abcdefghijklmnopqrstuvwxyzæøå"
_NEXT = str.maketrans(_LETTERS + _LETTERS.upper(), _LETTERS[1:] + "a" + (_LETTERS[1:] + "a").upper())


def scanned_pdf() -> bytes:
    """A picture of a page."""
    paper = made_pdf.Paper()
    paper.canvas.rect(100, 100, 300, 300, fill=1)
    return paper.done()


HOSTILE: dict[str, tuple[bytes, str]] = {
    "låst.pdf": (made_pdf.sample(encrypt="hemmelig"), "PasswordProtected"),
    "låst.docx": (
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le") + bytes(600),
        "PasswordProtected",
    ),
    "låst.odt": (
        changed(open_sample(), {"META-INF/manifest.xml": b"<manifest><encryption-data/></manifest>"}),
        "PasswordProtected",
    ),
    "låst.zip": (locked({"a.md": PROSE.encode(), "b.txt": PROSE.encode()}), "PasswordProtected"),
    "kuttet.pdf": (made_pdf.sample()[:300], "DamagedFile"),
    "kuttet.docx": (word_sample()[:4000], "DamagedFile"),
    "kuttet.odt": (open_sample()[:300], "DamagedFile"),
    "kuttet.epub": (book("<p>a</p>", "")[:300], "DamagedFile"),
    "kuttet.zip": (zipped({"a.md": PROSE.encode()})[:60], "DamagedFile"),
    "kuttet.rtf": (b"{\\rt", "DamagedFile"),
    "egentlig pdf.docx": (made_pdf.sample(), "MislabelledFile"),
    "egentlig pdf.txt": (made_pdf.sample(), "MislabelledFile"),
    "egentlig docx.pdf": (word_sample(), "MislabelledFile"),
    "egentlig odt.docx": (open_sample(), "MislabelledFile"),
    "egentlig epub.odt": (book("<p>a</p>", ""), "MislabelledFile"),
    "egentlig gammel.docx": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "MislabelledFile"),
    "egentlig nettside.pdf": (b"<!DOCTYPE html><html><p>Logg inn</p></html>", "MislabelledFile"),
    "egentlig rtf.md": (b"{\\rtf1 tekst}", "MislabelledFile"),
    "egentlig bilde.pdf": (b"\x89PNG\r\n\x1a\n" + bytes(100), "MislabelledFile"),
    "bombe.zip": (zipped({"a.md": bytes(60_000_000)}), "UnsafeFile"),
    "bombe.docx": (changed(word_sample(), {"word/media/a.bin": bytes(60_000_000)}), "UnsafeFile"),
    "bombe.epub": (book("<p>a</p>", "", **{"OEBPS/a.css": bytes(60_000_000)}), "UnsafeFile"),
    "liste.zip": (quine_like(120_000), "UnsafeFile"),
    "klatrer.zip": (zipped({"../../ute.md": PROSE.encode()}), "UnsafeFile"),
    "rot.zip": (zipped({"/etc/ute.md": PROSE.encode()}), "UnsafeFile"),
    "stasjon.zip": (zipped({"C:\\ute.md": PROSE.encode()}), "UnsafeFile"),
    "klatrer.epub": (book("<p>a</p>", "", **{"../../ute.xhtml": ""}), "UnsafeFile"),
    "latter.docx": (changed(word_sample(), {"word/document.xml": LAUGHS}), "UnsafeFile"),
    "latter.odt": (changed(open_sample(), {"content.xml": LAUGHS}), "UnsafeFile"),
    "latter.epub": (book("<p>a</p>", "", **{"OEBPS/bok.opf": LAUGHS}), "UnsafeFile"),
    "utenfra.docx": (changed(word_sample(), {"word/document.xml": OUTSIDE}), "UnsafeFile"),
    "dyp.docx": (changed(word_sample(), {"word/document.xml": b"<a>" * 200_000 + b"</a>" * 200_000}), "TooDemanding"),
    "mange sider.pdf": (many_pages(10_000), "TooManyPages"),
    "skilt.pdf": (lying_pdf(shift=False), "GarbledText"),
    "neste bokstav.pdf": (lying_pdf(shift=True), "GarbledText"),
    "skann.pdf": (scanned_pdf(), "ScannedPdf"),
    "bare skript.html": (b"<html><body><script>alert('Hei')</script></body></html>", "EmptyDocument"),
    "tom.txt": (b"", "EmptyDocument"),
    "binær.md": (b"tekst \x00\x01\x02", "BinaryFile"),
}
"""Name, content, and the error that it must be told with."""

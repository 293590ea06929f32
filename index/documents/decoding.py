"""Bytes of a file become characters, with the way back to the bytes."""

import re
from dataclasses import dataclass

from index.errors import BinaryFile, DocumentTooLarge, EmptyDocument, WrongEncoding

LIMIT_BYTES = 12_000_000
"""Some 4,000 pages of prose: more than any single document that people quote from."""

_MEGABYTE = 1_000_000
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f]")
_MAGIC = (b"%PDF-", b"PK\x03\x04", b"{\\rtf", b"\xd0\xcf\x11\xe0", b"\x89PNG", b"\xff\xd8\xff")
# What cp1252 holds that Norwegian text uses; an accidental decoding (broken UTF-8, Cyrillic, a program) shows others.
_WESTERN = frozenset("æøåÆØÅéèêëóòôöüäáàâíñçÉÈÊÓÒÔÖÜÄÁÀÂÇšžŠŽ«»„“”‘’‚–—…•·§°½¼¾²³´£€©®±×µ\xa0\xad")
_WORDS = re.compile(r"[^\W\d_]+")
_COMMON_WORDS = """
og i er det som på av for til en ein et eit den de dei med om har at ikke ikkje vi jeg eg kan skal vil må fra frå
var blir ble vart eller men også òg
"""
_COMMON = frozenset(_COMMON_WORDS.split())


@dataclass(frozen=True, slots=True)
class Decoded:
    """Characters of a file and how they were encoded."""

    text: str
    encoding: str
    """Python's name, never one that adds a byte order mark when it encodes."""
    offset: int
    """Byte at which ``text`` begins: the length of the byte order mark."""


def decode(name: str, data: bytes, *, limit: int = LIMIT_BYTES) -> Decoded:
    """Characters of ``data``: UTF-8, UTF-16 with a byte order mark, or cp1252 where that reads as Norwegian.

    Raises ``DocumentTooLarge``, ``EmptyDocument``, ``BinaryFile`` or ``WrongEncoding``, all with ``name``.
    """
    if len(data) > limit:
        size = f"{len(data) / _MEGABYTE:.1f}"
        raise DocumentTooLarge(file=name, size=size, limit=f"{limit / _MEGABYTE:g}")
    if data.startswith(_MAGIC):
        raise BinaryFile(file=name, offset=0)
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        decoded = _utf16(name, data)
    else:
        control = re.search(rb"[\x00-\x08\x0e-\x1f\x7f]", data)
        if control:
            raise BinaryFile(file=name, offset=control.start())
        decoded = _utf8(name, data)
    if not decoded.text.strip("\ufeff\u200b\u00ad \t\r\n\f\v\xa0"):
        raise EmptyDocument(file=name)
    return decoded


def _utf16(name: str, data: bytes) -> Decoded:
    encoding = "utf-16-le" if data[0] == 0xFF else "utf-16-be"
    try:
        text = data[2:].decode(encoding)
    except UnicodeDecodeError as error:
        raise WrongEncoding(file=name, offset=error.start + 2) from error
    control = _CONTROL.search(text)
    if control:
        raise BinaryFile(file=name, offset=2 + len(text[: control.start()].encode(encoding)))
    return Decoded(text=text, encoding=encoding, offset=2)


def _utf8(name: str, data: bytes) -> Decoded:
    offset = 3 if data.startswith(b"\xef\xbb\xbf") else 0
    try:
        return Decoded(text=data[offset:].decode("utf-8"), encoding="utf-8", offset=offset)
    except UnicodeDecodeError as error:
        text = _norwegian_cp1252(data)
        if text is None:
            raise WrongEncoding(file=name, offset=error.start + offset) from error
        return Decoded(text=text, encoding="cp1252", offset=0)


def _norwegian_cp1252(data: bytes) -> str | None:
    """``data`` as cp1252, if that gives text that a Norwegian could have written; else ``None``."""
    try:
        text = data.decode("cp1252")
    except UnicodeDecodeError:
        return None
    if any(ord(char) > 127 and char not in _WESTERN for char in set(text)):
        return None
    # One sort of word is enough for a short note; two for anything longer.
    words = _WORDS.findall(text[:200_000].lower())
    wanted = 1 if len(words) < 12 else 2
    return text if len(_COMMON.intersection(words)) >= wanted else None

"""Zip files, and the formats that are zip files full of XML, opened with care: a hostile one is told by its listing."""

import io
import struct
import zipfile
import zlib
from pathlib import PurePosixPath
from typing import IO, Any

import defusedxml.ElementTree
from defusedxml import DefusedXmlException

from index.errors import DamagedFile, DocumentTooLarge, PasswordProtected, UnsafeFile

LIMIT_MEMBERS = 10_000
LIMIT_UNPACKED = 500_000_000
"""Bytes of all members together."""
LIMIT_RATIO = 200
"""Bytes unpacked for one packed; XML and text reach some 30."""
_SMALL = 10_000_000
"""Unpacked bytes that do no harm, whatever their ratio."""
_ENTRY = b"PK\x01\x02"
"""What begins each member's entry in the listing."""
_LIMIT_ENTRIES = 10 * LIMIT_MEMBERS
"""In the whole file, zip files in it included: the listing itself can be what fills the memory."""
_OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = 0x1
_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
"""Those that all programs write; others can ask for gigabytes of memory before they give a byte."""
BROKEN = (
    *(zipfile.BadZipFile, zlib.error, struct.error, EOFError, OSError),
    *(NotImplementedError, RuntimeError, ValueError, IndexError),
)
"""What ``zipfile`` raises on damaged files, a method that it does not know or a wrong checksum."""


class Package:
    """A zip file whose members have been found harmless; none is unpacked before it is asked for."""

    def __init__(self, name: str, data: bytes, *, format: str) -> None:
        """Raises ``DamagedFile``, ``PasswordProtected``, ``DocumentTooLarge`` or ``UnsafeFile``, all with ``name``."""
        self._name, self._format = name, format
        if data.startswith(_OLD_OFFICE) and "EncryptedPackage".encode("utf-16-le") in data:
            raise PasswordProtected(file=name)  # Word and its kin wrap a protected file in their old format
        if data.count(_ENTRY) > _LIMIT_ENTRIES:
            raise UnsafeFile(file=name)
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
            members = self._zip.infolist()
        except BROKEN as error:
            raise DamagedFile(file=name, format=format) from error
        self.sizes = {member.filename: member.file_size for member in members if not member.filename.endswith("/")}
        """Of its members, unpacked, in their order."""
        self.unpacked = sum(member.file_size for member in members)
        """Bytes of all members."""
        if len(members) > LIMIT_MEMBERS or self.unpacked > max(_SMALL, LIMIT_RATIO * len(data)):
            raise UnsafeFile(file=name)
        if self.unpacked > LIMIT_UNPACKED:
            size, limit = f"{self.unpacked / 1e6:.1f}", f"{LIMIT_UNPACKED / 1e6:g}"
            raise DocumentTooLarge(file=name, size=size, limit=limit)
        if any(map(_leads_out, self.sizes)):
            raise UnsafeFile(file=name)
        self.locked = frozenset(member.filename for member in members if member.flag_bits & _ENCRYPTED)
        """Members that only a password opens."""

    def __contains__(self, member: str) -> bool:
        return member in self.sizes

    def open(self, member: str, *, name: str | None = None) -> IO[bytes]:
        """A member to be read from, never more than its listing says.

        Reading may raise what ``BROKEN`` holds. Raises ``PasswordProtected`` or ``DamagedFile``, with ``name`` if
        given, else with the zip file's.
        """
        name = name or self._name
        if member in self.locked:
            raise PasswordProtected(file=name)
        try:
            if self._zip.getinfo(member).compress_type not in _METHODS:
                raise NotImplementedError
            return self._zip.open(member)
        except (*BROKEN, KeyError) as error:
            raise DamagedFile(file=name, format=self._format) from error

    def read(self, member: str) -> bytes:
        """A member's bytes. Raises as ``open``, ``DamagedFile`` also if there is no such member."""
        with self.open(member) as file:
            try:
                return file.read()
            except BROKEN as error:
                raise DamagedFile(file=self._name, format=self._format) from error

    def xml(self, member: str) -> Any:  # noqa: ANN401 - defusedxml is not typed
        """A member as an ``Element`` of ``xml.etree``. Raises ``DamagedFile``, or ``UnsafeFile`` if it has entities."""
        try:
            return defusedxml.ElementTree.fromstring(self.read(member))
        except DefusedXmlException as error:
            raise UnsafeFile(file=self._name) from error
        except (defusedxml.ElementTree.ParseError, ValueError, LookupError) as error:
            raise DamagedFile(file=self._name, format=self._format) from error


def _leads_out(member: str) -> bool:
    """The path is absolute, has a drive, or climbs out of where it is unpacked."""
    path = PurePosixPath(member.replace("\\", "/"))
    return path.is_absolute() or ".." in path.parts or ":" in path.parts[0] if path.parts else False

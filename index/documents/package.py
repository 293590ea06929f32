"""Zip files, and the formats that are zip files full of XML, opened with care: a hostile one is told by its listing."""

import io
import zipfile
import zlib
from pathlib import PurePosixPath
from typing import Any

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
_OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = 0x1
_BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, RuntimeError, ValueError)
"""What ``zipfile`` raises on damaged files, a method that it does not know or a wrong checksum."""


class Package:
    """A zip file whose members have been found harmless; none is unpacked before it is asked for."""

    def __init__(self, name: str, data: bytes, *, format: str) -> None:
        """Raises ``DamagedFile``, ``PasswordProtected``, ``DocumentTooLarge`` or ``UnsafeFile``, all with ``name``."""
        self._name, self._format = name, format
        if data.startswith(_OLD_OFFICE) and "EncryptedPackage".encode("utf-16-le") in data:
            raise PasswordProtected(file=name)  # Word and its kin wrap a protected file in their old format
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
            members = self._zip.infolist()
        except _BROKEN as error:
            raise DamagedFile(file=name, format=format) from error
        self.names = tuple(member.filename for member in members if not member.is_dir())
        """Of its members, in their order."""
        unpacked = sum(member.file_size for member in members)
        if len(members) > LIMIT_MEMBERS or unpacked > max(_SMALL, LIMIT_RATIO * len(data)):
            raise UnsafeFile(file=name)
        if unpacked > LIMIT_UNPACKED:
            raise DocumentTooLarge(file=name, size=f"{unpacked / 1e6:.1f}", limit=f"{LIMIT_UNPACKED / 1e6:g}")
        if any(map(_leads_out, self.names)):
            raise UnsafeFile(file=name)
        if any(member.flag_bits & _ENCRYPTED for member in members):
            raise PasswordProtected(file=name)

    def __contains__(self, member: str) -> bool:
        return member in self.names

    def read(self, member: str) -> bytes:
        """A member's bytes, never more than its listing says. Raises ``DamagedFile``, also if there is none."""
        try:
            return self._zip.read(member)
        except (*_BROKEN, KeyError) as error:
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

"""The manifest of a folder of documents: what they are, who wrote them, and the hash that proves them."""

import re
import tomllib
from dataclasses import dataclass
from pathlib import Path

from index.documents.document import Language, Metadata
from index.documents.web_address import web_address
from index.errors import DocumentNotFound, ManifestInvalid, UnreadableFile

MANIFEST = "manifest.toml"
DATE = re.compile(r"\d{4}(?:-(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|[12]\d|3[01]))?)?", re.ASCII)
"""A date as metadata has it."""
_SHA256 = re.compile(r"[0-9a-f]{64}")
_TEXTS = ("id", "file", "sha256", "title", "publisher", "date", "kind", "language", "url")
_REQUIRED = ("id", "file", "sha256")


@dataclass(frozen=True, slots=True)
class Entry:
    """One document as the manifest lists it."""

    id: str
    """The manifest's own short name of it, unique there."""
    file: str
    """File name, in the manifest's folder."""
    sha256: str
    metadata: Metadata


def read_manifest(directory: Path) -> tuple[Entry, ...]:
    """The entries of the manifest in ``directory``, in order.

    Raises ``DocumentNotFound``, ``UnreadableFile`` or ``ManifestInvalid``.
    """
    path = directory / MANIFEST
    try:
        content = tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError as error:
        raise DocumentNotFound(file=str(path)) from error
    except OSError as error:
        raise UnreadableFile(file=str(path), cause=error.strerror or str(error)) from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ManifestInvalid(file=str(path), problem=f"not TOML in UTF-8: {error}") from error
    listed = content.get("document")
    if not isinstance(listed, list) or not listed:
        raise ManifestInvalid(file=str(path), problem="it lists no [[document]]")
    entries = tuple(_entry(path, number, values) for number, values in enumerate(listed, 1))
    for field in ("id", "file"):
        names = [getattr(entry, field) for entry in entries]
        twice = next((name for name in names if names.count(name) > 1), None)
        if twice is not None:
            raise ManifestInvalid(file=str(path), problem=f"{field} “{twice}” is listed twice")
    return entries


def _entry(path: Path, number: int, values: object) -> Entry:
    def wrong(problem: str) -> ManifestInvalid:
        return ManifestInvalid(file=str(path), problem=f"document {number}: {problem}")

    if not isinstance(values, dict):
        raise wrong("not a table")
    unknown = sorted(set(values) - {*_TEXTS, "authors"})
    if unknown:
        raise wrong(f"unknown field “{unknown[0]}”")
    for name in _TEXTS:
        if not isinstance(values.get(name, ""), str):
            raise wrong(f"{name} is not a string")
    for name in _REQUIRED:
        if not values.get(name):
            raise wrong(f"{name} is missing")
    authors = values.get("authors", [])
    if not isinstance(authors, list) or not all(isinstance(author, str) and author for author in authors):
        raise wrong("authors is not a list of names")
    file, sha256, date, language = (values.get(name) for name in ("file", "sha256", "date", "language"))
    if Path(str(file)).name != file:
        raise wrong(f"file “{file}” is not a plain file name")
    if not _SHA256.fullmatch(str(sha256)):
        raise wrong("sha256 is not 64 lower-case hexadecimal digits")
    if date and not DATE.fullmatch(date):
        raise wrong(f"date “{date}” is not YYYY, YYYY-MM or YYYY-MM-DD")
    if values.get("url") and not web_address(values["url"]):
        raise wrong(f"url “{values['url']}” is not an http or https address")
    if language and language not in [known.value for known in Language]:
        raise wrong(f"language “{language}” is not one of {', '.join(Language)}")
    return Entry(
        id=values["id"],
        file=values["file"],
        sha256=values["sha256"],
        metadata=Metadata(
            title=values.get("title") or None,
            authors=tuple(authors),
            publisher=values.get("publisher") or None,
            date=date or None,
            kind=values.get("kind") or None,
            language=Language(language) if language else None,
            url=values.get("url") or None,
        ),
    )

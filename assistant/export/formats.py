"""Which file is of which format: writing an export, and reading what can be checked in a file."""

import json
from collections.abc import Iterator, Sequence
from enum import StrEnum
from pathlib import Path
from typing import Any

from assistant.export import markdown, web_page, word
from assistant.export.found import Contents, FoundQuote, contents_of
from assistant.export.receipt import Receipt
from assistant.export.transcript import Transcript
from index.errors import DamagedFile, DocumentNotFound, NoReceipts, OutputNotWritable, UnknownExport, UnreadableFile

LIMIT = 100_000_000
"""Bytes of a file that is checked."""


class Format(StrEnum):
    """What a conversation can be exported as."""

    MARKDOWN = "md"
    WORD = "docx"
    HTML = "html"

    @property
    def media_type(self) -> str:
        """Of a download."""
        return {
            "md": "text/markdown;charset=utf-8",
            "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
            "html": "text/html;charset=utf-8",
        }[self.value]


_ENDINGS = {".md": Format.MARKDOWN, ".markdown": Format.MARKDOWN, ".docx": Format.WORD}
_ENDINGS |= {".html": Format.HTML, ".htm": Format.HTML}
_LINES = (".jsonl", ".json")


def format_of(path: Path) -> Format:
    """The format that a file's name asks for. Raises ``UnknownExport``."""
    try:
        return _ENDINGS[path.suffix.lower()]
    except KeyError:
        raise UnknownExport(file=path.name) from None


def render(transcript: Transcript, format: Format) -> bytes:
    """The file's bytes."""
    match format:
        case Format.MARKDOWN:
            return markdown.to_markdown(transcript).encode()
        case Format.HTML:
            return web_page.to_page(transcript).encode()
        case Format.WORD:
            return word.to_docx(transcript)


def write(transcript: Transcript, path: Path) -> None:
    """Write the conversation as the file's name asks for. Raises ``UnknownExport`` or ``OutputNotWritable``."""
    content = render(transcript, format_of(path))
    try:
        path.write_bytes(content)
    except OSError as error:
        raise OutputNotWritable(file=str(path), cause=error.strerror or str(error)) from error


def read(path: Path) -> Contents:
    """What can be checked in an exported file or in the lines that ``kildesvar ask --json`` writes.

    Raises:
        DocumentNotFound, UnreadableFile, DamagedFile: The file cannot be read.
        UnknownExport: The file's name ends as none of the formats does.
        NoReceipts: There is nothing to check in it.
    """
    if path.suffix.lower() in _LINES:
        lines = _decoded(path.name, _bytes(path))
        contents = Contents(tuple(_from_lines(path.name, lines)), None, summarised=False)
        told = bool(lines.strip())  # answers without a quote are none the less answers
    else:
        format = format_of(path)
        contents = contents_in(path.name, _bytes(path), format)
        told = contents.summary is not None
    if not contents.quotes and not told:
        raise NoReceipts(file=path.name)
    return contents


def contents_in(name: str, data: bytes, format: Format) -> Contents:
    """What can be checked in the bytes of an export. Raises ``DamagedFile`` and what else a Word file may raise."""
    match format:
        case Format.MARKDOWN:
            return contents_of(markdown.found_in(_decoded(name, data)))
        case Format.HTML:
            return contents_of(web_page.found_in(_decoded(name, data)))
        case Format.WORD:
            return contents_of(word.found_in(name, data))


def _decoded(name: str, data: bytes) -> str:
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise DamagedFile(file=name, format="UTF-8") from error


def _bytes(path: Path) -> bytes:
    try:
        if path.stat().st_size > LIMIT:
            raise UnreadableFile(file=path.name, cause=f"> {LIMIT // 1_000_000} MB")
        return path.read_bytes()
    except FileNotFoundError as error:
        raise DocumentNotFound(file=str(path)) from error
    except OSError as error:
        raise UnreadableFile(file=path.name, cause=error.strerror or str(error)) from error


def _from_lines(name: str, content: str) -> Iterator[FoundQuote]:
    """The quotes and passages of JSON objects, one a line."""
    for number, line in enumerate(content.split("\n"), start=1):
        if not line.strip():
            continue
        try:
            answer = json.loads(line)
            for group, mark in (("quotes", ""), ("passages", "p")):
                quotes: Sequence[dict[str, Any]] = answer[group]
                yield from (_from_json(quote, f"{number}.{mark}", number) for quote in quotes)
        except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
            raise DamagedFile(file=name, format="JSON") from error


def _from_json(quote: dict[str, Any], label: str, line: int) -> FoundQuote:
    document = quote["document"]
    receipt = Receipt(
        label=f"{label}{quote['rank']}",
        document_id=str(document["id"]),
        start=int(quote["start"]),
        end=int(quote["end"]),
        page=None if quote["page"] is None else int(quote["page"]),
        paragraph=int(quote["paragraph"]) + 1,
        file=str(document["file"]),
        sha256=str(document["sha256"]),
    )
    citation = quote.get("citation")
    return FoundQuote(str(quote["text"]), receipt, str(receipt), None if citation is None else str(citation), line)

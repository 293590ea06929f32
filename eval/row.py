"""What a run knows of one question: what was wanted, what came out, and how sure it was.

All measures are computed from rows, so that a new measure needs no new run. A row is one line of a JSONL file.
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from index.errors import KildesvarError


class RunUnreadable(KildesvarError):
    """The files of a run are not there or are not what a run writes."""

    message = "The run in “{directory}” cannot be read: {problem}. Make one: kildesvar eval run SET --output DIR"


@dataclass(frozen=True, slots=True)
class Wanted:
    """A gold quote and where it stands."""

    document: str
    """The file's own name."""
    text: str
    """Verbatim, white space collapsed."""
    spans: tuple[tuple[int, int], ...]
    """Every occurrence in the document's canonical text: code points, half-open. Empty where the index
    reads the file otherwise than the author of the question did: nothing can be right then."""
    short: str | None = None
    """The short answer, where it stands in this quote."""
    speaker: str | None = None
    """Who says it, where the set tells."""


@dataclass(frozen=True, slots=True)
class Given:
    """A quote as it was given."""

    document: str
    """The file's own name."""
    start: int
    end: int
    """Code points in the document's canonical text, half-open."""
    text: str
    score: float
    """0 to 1."""
    short: str | None
    """The short answer marked in it."""
    exact: bool
    """The text is the indexed document's own between the offsets, and the document has the file's hash."""
    speaker: str | None = None
    """Who is said to have said it, if anybody."""


@dataclass(frozen=True, slots=True)
class Seen:
    """A passage that the search found."""

    document: str
    paragraph: int
    """Running number of its paragraph in the document, from 0."""
    start: int
    end: int
    """Code points in the document's canonical text, half-open."""
    text: str
    score: float
    """Fused score of the search."""


@dataclass(frozen=True, slots=True)
class Row:
    """One question with all its evidence."""

    id: str
    cluster: str
    """Questions that stand or fall together (a question and its unanswerable twin) share it; resampled as one."""
    question: str
    standalone: str
    """As the assistant understood it."""
    language: str
    type: str
    tags: tuple[str, ...]
    answerable: bool
    complete: bool
    """All of ``wanted`` are wanted, not just any one of them."""
    wanted: tuple[Wanted, ...]
    paragraphs: int
    """How many paragraphs of the corpus hold something wanted; at least 1 for an answerable question."""
    short: str | None
    """The short answer that is wanted."""
    answered: bool
    confidence: float
    """0 to 1."""
    reason: str | None
    given: tuple[Given, ...]
    """Best first; the nearest sentences where the question was not answered."""
    seen: tuple[Seen, ...]
    """Best first."""
    search_ms: float
    read_ms: float
    total_ms: float
    history: tuple[tuple[str, str], ...] = ()
    """(role, content) of the conversation before the question, oldest first."""


def write_rows(path: Path, rows: Iterable[Row]) -> None:
    """Write rows as JSONL."""
    path.write_text("".join(json.dumps(asdict(row), ensure_ascii=False) + "\n" for row in rows), encoding="utf-8")


def read_rows(path: Path) -> tuple[Row, ...]:
    """Read what ``write_rows`` wrote. Raises ``RunUnreadable``, naming the line."""
    try:
        lines = path.read_text(encoding="utf-8").removesuffix("\n").split("\n")
    except (OSError, UnicodeDecodeError) as error:
        raise RunUnreadable(directory=str(path.parent), problem=f"{path.name}: {error}") from error
    rows = []
    for number, line in enumerate(lines, start=1):
        try:
            rows.append(_row(json.loads(line)))
        except (ValueError, TypeError, KeyError) as error:
            problem = f"{path.name}, line {number} is not a row ({error})"
            raise RunUnreadable(directory=str(path.parent), problem=problem) from error
    return tuple(rows)


def _row(record: Mapping[str, Any]) -> Row:
    wanted = tuple(
        Wanted(
            document=item["document"],
            text=item["text"],
            spans=tuple((int(start), int(end)) for start, end in item["spans"]),
            short=item["short"],
            speaker=item.get("speaker"),  # rows from before speakers were known
        )
        for item in record["wanted"]
    )
    parts = {
        "tags": tuple(record["tags"]),
        "wanted": wanted,
        "given": tuple(Given(**item) for item in record["given"]),
        "seen": tuple(Seen(**item) for item in record["seen"]),
        "history": tuple((role, content) for role, content in record.get("history", ())),
    }
    return Row(**{**record, **parts})

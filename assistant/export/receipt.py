"""A quote's receipt: where it stands, in one line that people and ``kildesvar verify`` can read.

It stands below each quote of an exported conversation, for everyone to see: nothing that is checked is hidden.
"""

import re
from dataclasses import dataclass
from urllib.parse import quote as percent_encode
from urllib.parse import unquote

from assistant.answer import Quote

_RECEIPT = re.compile(
    r"(?P<label>\d+\.\d+) kildesvar:1 (?P<id>d[0-9a-f]{16}):(?P<start>\d{1,9})-(?P<end>\d{1,9})"
    r"(?: page=(?P<page>\d{1,6}))? paragraph=(?P<paragraph>\d{1,7}) file=(?P<file>\S+) sha256=(?P<sha256>[0-9a-f]{64})",
    re.ASCII,
)
_SUMMARY = re.compile(
    r"kildesvar:1 questions=(?P<questions>\d{1,4}) quotes=(?P<quotes>\d{1,5}) version=(?P<version>\S+) "
    r"date=(?P<date>\S+)",
    re.ASCII,
)


@dataclass(frozen=True, slots=True)
class Receipt:
    """What proves a quote: the document by its hash, and the place in its canonical text."""

    label: str
    """Question and quote: ``2.1``."""
    document_id: str
    start: int
    end: int
    """Code points, half-open."""
    page: int | None
    """Physical page on which it starts, from 1, where the format has pages."""
    paragraph: int
    """From 1, as citations count."""
    file: str
    sha256: str
    """Of the file's bytes."""

    def __str__(self) -> str:
        page = f" page={self.page}" if self.page is not None else ""
        return (
            f"{self.label} kildesvar:1 {self.document_id}:{self.start}-{self.end}{page} paragraph={self.paragraph} "
            f"file={percent_encode(self.file, safe='', errors='replace')} sha256={self.sha256}"
        )


@dataclass(frozen=True, slots=True)
class Summary:
    """What a whole export holds, so that a quote cannot be taken away unseen."""

    questions: int
    quotes: int
    version: str
    """Of the Kildesvar that wrote it."""
    date: str
    """ISO 8601."""

    def __str__(self) -> str:
        return f"kildesvar:1 questions={self.questions} quotes={self.quotes} version={self.version} date={self.date}"


def receipt_of(quote: Quote, label: str) -> Receipt:
    """The quote's receipt."""
    source = quote.document.source
    return Receipt(
        label=label,
        document_id=source.id,
        start=quote.start,
        end=quote.end,
        page=quote.page,
        paragraph=quote.paragraph.number + 1,
        file=source.file,
        sha256=source.sha256,
    )


def parse_receipt(line: str) -> Receipt | None:
    """The receipt that the line is, or None."""
    match = _RECEIPT.fullmatch(" ".join(line.split()))
    if match is None:
        return None
    return Receipt(
        label=match["label"],
        document_id=match["id"],
        start=int(match["start"]),
        end=int(match["end"]),
        page=int(match["page"]) if match["page"] else None,
        paragraph=int(match["paragraph"]),
        file=unquote(match["file"]),
        sha256=match["sha256"],
    )


def parse_summary(line: str) -> Summary | None:
    """The summary that the line is, or None."""
    match = _SUMMARY.fullmatch(" ".join(line.split()))
    return Summary(int(match["questions"]), int(match["quotes"]), match["version"], match["date"]) if match else None

"""A place in a document, as it stands in a link: ``?sitat=d0123456789abcdef:120-245``."""

import re
from dataclasses import dataclass
from urllib.parse import quote as percent_encode

from assistant.answer import Quote
from index.documents.document import Document

_ADDRESS = re.compile(r"(d[0-9a-f]{16}):(\d{1,9})-(\d{1,9})", re.ASCII)
_DOCUMENT = re.compile(r"d[0-9a-f]{16}", re.ASCII)
_SPAN = re.compile(r"(\d{1,9})-(\d{1,9})", re.ASCII)


@dataclass(frozen=True, slots=True)
class Span:
    """A range of a document's text."""

    start: int
    end: int
    """Code points, half-open."""

    def __str__(self) -> str:
        return f"{self.start}-{self.end}"

    def within(self, document: Document) -> bool:
        """Whether the document has such a range."""
        return 0 <= self.start < self.end <= len(document.text)


@dataclass(frozen=True, slots=True)
class Address:
    """A range of one document."""

    document_id: str
    span: Span

    def __str__(self) -> str:
        return f"{self.document_id}:{self.span}"


def address_of(quote: Quote) -> Address:
    """Where the quote stands."""
    return Address(quote.document.id, Span(quote.start, quote.end))


def quote_link(quote: Quote) -> str:
    """The link that opens the document at the quote, with the short answer marked if there is one."""
    short = f"&kort={quote.short.start}-{quote.short.end}" if quote.short else ""
    return f"?sitat={address_of(quote)}{short}"


def document_link(document_id: str) -> str:
    """The link that opens a whole document."""
    return f"?kilde={document_id}"


def question_link(question: str) -> str:
    """The link that asks a question."""
    return f"?q={percent_encode(question, safe='')}"


def parse_address(raw: object) -> Address | None:
    """The address that a link or a request names, or None where it names none; the document is not looked up."""
    match = _ADDRESS.fullmatch(raw) if isinstance(raw, str) else None
    return Address(match[1], Span(int(match[2]), int(match[3]))) if match else None


def parse_span(raw: object) -> Span | None:
    """A bare range, or None."""
    match = _SPAN.fullmatch(raw) if isinstance(raw, str) else None
    return Span(int(match[1]), int(match[2])) if match else None


def parse_document_id(raw: object) -> str | None:
    """A document's id, or None."""
    return raw if isinstance(raw, str) and _DOCUMENT.fullmatch(raw) else None

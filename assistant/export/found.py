"""What is found in an exported file: parts in their order, and the quotes that they make."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from assistant.export.receipt import Receipt, Summary, parse_receipt, parse_summary


class Part(StrEnum):
    """What a part of a file is."""

    QUOTE = "quote"
    RECEIPT = "receipt"
    TEXT = "text"
    DISGUISE = "disguise"
    """Something that makes the file show other than it says: a style or script that is not ours, hidden text."""


@dataclass(frozen=True, slots=True)
class Found:
    """A part of a file."""

    part: Part
    text: str
    """As a reader sees it."""
    place: int
    """Line of a text file, or number of the paragraph; from 1."""


@dataclass(frozen=True, slots=True)
class FoundQuote:
    """A quote and what stands with it."""

    text: str | None
    """None if there is a receipt without a quote."""
    receipt: Receipt | None
    written: str
    """The receipt as it is written; empty if there is none."""
    citation: str | None
    """The line between the quote and its receipt; None where the format has none."""
    place: int
    """Of the quote, or of the receipt without one."""


@dataclass(frozen=True, slots=True)
class Contents:
    """All that can be checked in a file."""

    quotes: tuple[FoundQuote, ...]
    summary: Summary | None
    """None if there is none, or if it cannot be read."""
    disguises: tuple[Found, ...] = ()
    summarised: bool = True
    """Whether files of this format have a summary."""


def contents_of(parts: Iterable[Found]) -> Contents:
    """Put quotes, citations and receipts together: a receipt belongs to the quote that stands before it."""
    quotes: list[FoundQuote] = []
    disguises: list[Found] = []
    summary: Summary | None = None
    waiting: list[Found] = []
    citation: str | None = None
    for found in parts:
        if found.part is Part.QUOTE:
            waiting.append(found)
            citation = None
        elif found.part is Part.TEXT:
            citation = found.text if citation is None else citation
        elif found.part is Part.DISGUISE:
            disguises.append(found)
        elif parse_summary(found.text):
            summary = parse_summary(found.text)
        else:
            quotes += [_alone(it) for it in waiting[:-1]]
            own = waiting[-1] if waiting else None
            place = own.place if own else found.place
            receipt = parse_receipt(found.text)
            quotes.append(FoundQuote(own.text if own else None, receipt, found.text, citation or "", place))
            waiting, citation = [], None
    quotes += [_alone(it) for it in waiting]
    return Contents(tuple(quotes), summary, tuple(disguises))


def _alone(quote: Found) -> FoundQuote:
    return FoundQuote(quote.text, None, "", None, quote.place)

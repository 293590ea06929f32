"""What a comparison covered, in words: the receipt that every source was looked at."""

from assistant.answer import Comparison, Row
from assistant.cells import SURE
from assistant.citation import titled
from assistant.texts import counted, text
from index.documents.document import Language

FIRST = 3
"""Quotes of one source that are shown before one asks for more, at most."""


def coverage_lines(comparison: Comparison, language: Language) -> tuple[str, str, str]:
    """In how many sources something was found, what was looked through, and what "not mentioned" means."""
    found = sum(1 for row in comparison.rows if row.quotes)
    unsure = sum(1 for row in comparison.rows if row.near)
    documents = len(comparison.rows)
    first = text(language, "compare.found", found=found, documents=documents)
    return (
        f"{first} {counted(language, 'compare.unsure', unsure)}" if unsure else first,
        text(language, "compare.coverage", documents=documents, paragraphs=comparison.paragraphs),
        text(language, "compare.note"),
    )


def shown_first(row: Row) -> int:
    """How many of the row's quotes are shown before one asks for more: the likely ones, three at most."""
    return max(1, sum(1 for quote in row.quotes[:FIRST] if quote.score >= SURE))


def row_name(row: Row, language: Language) -> str:
    """The source's title, whose it is and its date."""
    metadata = row.source.metadata
    who = metadata.publisher or ", ".join(metadata.authors)
    date = metadata.date or text(language, "compare.undated")
    return ", ".join(part for part in (titled(row.source.name, language), who, date) if part)

"""What a comparison covered, in words: the receipt that every source was looked at."""

from assistant.answer import Comparison, Row
from assistant.citation import titled
from assistant.texts import text
from index.documents.document import Language


def coverage_lines(comparison: Comparison, language: Language) -> tuple[str, str, str]:
    """In how many sources something was found, what was looked through, and what "not mentioned" means."""
    found = sum(1 for row in comparison.rows if row.quotes)
    documents = len(comparison.rows)
    return (
        text(language, "compare.found", found=found, documents=documents),
        text(language, "compare.coverage", documents=documents, paragraphs=comparison.paragraphs),
        text(language, "compare.note"),
    )


def row_name(row: Row, language: Language) -> str:
    """The source's title, whose it is and its date."""
    metadata = row.source.metadata
    who = metadata.publisher or ", ".join(metadata.authors)
    date = metadata.date or text(language, "compare.undated")
    return ", ".join(part for part in (titled(row.source.name, language), who, date) if part)

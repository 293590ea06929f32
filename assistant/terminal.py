"""Answers and documents as plain text for a terminal. Pure functions: no printing here."""

from collections.abc import Sequence
from textwrap import fill

from assistant.answer import Answer, Quote
from assistant.citation import short_citation, year
from assistant.texts import text
from index.documents.document import Language, Source

_WIDTH = 100


def printable(string: str) -> str:
    """The string without control characters: a document must not be able to steer the terminal."""
    return "".join(char if char.isprintable() or char == "\n" else "�" for char in string)


def answer_text(answer: Answer) -> str:
    """A lead that claims nothing, then each quote with its number and citation."""
    language = answer.language
    lines = [lead(answer), ""]
    for number, quote in enumerate(answer.quotes, start=1):
        lines += [_quote(quote, number, language), ""]
    return printable("\n".join(lines).rstrip())


def lead(answer: Answer) -> str:
    """For instance "3 sitater fra 2 kilder", or why there is no answer."""
    if answer.reason:
        return text(answer.language, f"reason.{answer.reason.value}")
    quotes = len(answer.quotes)
    sources = len({quote.document.id for quote in answer.quotes})
    return text(
        answer.language,
        "answer.lead",
        quotes=text(answer.language, "count.quotes.one" if quotes == 1 else "count.quotes.many", number=quotes),
        sources=text(answer.language, "count.sources.one" if sources == 1 else "count.sources.many", number=sources),
    )


def _quote(quote: Quote, number: int, language: Language) -> str:
    body = fill(quote.text, width=_WIDTH, initial_indent=f"[{number}] ", subsequent_indent="    ")
    return body + "\n    — " + short_citation(quote, language)


def source_table(rows: Sequence[tuple[Source, int]], language: Language) -> str:
    """One line a document: id, title, who, year and how many passages."""
    if not rows:
        return text(language, "cli.list.empty")
    lines = []
    for source, passages in rows:
        who = source.metadata.publisher or ", ".join(source.metadata.authors)
        details = [part for part in (source.name, who, year(source)) if part]
        counted = text(language, "count.passages", number=passages)
        lines.append(f"{source.id}  {', '.join(details)}  ({source.file}, {counted})")
    return printable("\n".join(lines))

"""Answers and documents as plain text for a terminal. Pure functions: no printing here."""

from collections.abc import Iterator, Sequence
from textwrap import fill

from assistant.answer import Answer, Comparison, Quote, Understood
from assistant.beside import context_words, reservation_words, said_by
from assistant.citation import short_citation, year
from assistant.covering import coverage_lines, row_name
from assistant.lead import lead
from assistant.nearest import nearest_words
from assistant.own_words import own_text
from assistant.since import since_words
from assistant.texts import counted, text
from index.documents.document import Language, Source

_WIDTH = 100


def printable(string: str) -> str:
    """The string without control characters: a document must not be able to steer the terminal."""
    return "".join(char if char.isprintable() or char == "\n" else "�" for char in string)


def answer_text(answer: Answer) -> str:
    """A lead that claims nothing, then each quote with its number and citation.

    When there is no answer, the nearest sentences follow, marked as what they are.
    """
    language = answer.language
    lines = [own_text(answer.talk, language) if answer.talk else lead(answer, language) + _scope(answer), ""]
    if meaning := meaning_text(answer):
        lines.insert(0, meaning)
    if answer.comparison:
        return printable("\n".join([*coverage_lines(answer.comparison, language), *_rows(answer.comparison, language)]))
    if answer.reason and answer.quotes:
        lines += [". ".join(nearest_words(answer, language)), ""]
    for number, quote in enumerate(answer.quotes, start=1):
        lines += [_quote(quote, number, language), ""]
    return printable("\n".join(lines).rstrip())


def meaning_text(answer: Answer) -> str:
    """How the question was understood, where that is not plain, or what may have been meant; else empty."""
    if answer.understood is Understood.FOLLOW_UP:
        return text(answer.language, "meaning.follow_up", question=answer.standalone_question)
    if answer.otherwise is None:
        return ""
    mended = answer.understood is Understood.MENDED
    key, question = ("mended", answer.standalone_question) if mended else ("did_you_mean", answer.otherwise)
    return text(answer.language, f"meaning.{key}", question=question)


def _scope(answer: Answer) -> str:
    """In how many sources was searched, where it was not in all."""
    if answer.searched_sources >= answer.all_sources:
        return ""
    number, total = answer.searched_sources, answer.all_sources
    return f" ({text(answer.language, 'filter.searched', number=number, total=total).lower()})"


def _rows(comparison: Comparison, language: Language) -> Iterator[str]:
    number = 0
    for row in comparison.rows:
        yield f"\n## {row_name(row, language)}"
        for quote in row.quotes:
            number += 1
            yield _quote(quote, number, language)
        for quote in row.near:
            yield f"{text(language, 'compare.near')}\n{_indented(quote.text)}\n    — {short_citation(quote, language)}"
        if not row.quotes and not row.near:
            yield text(language, "compare.not_mentioned")


def _quote(quote: Quote, number: int, language: Language) -> str:
    """Number and speaker, what must be read before it, the quote, what takes something out of it, and its citation."""
    who, before, after = said_by(quote), context_words(quote), reservation_words(quote)
    lines = []
    if who:
        lines.append(_indented(f"{who}:"))
    if before:
        lines.append(_indented(f"({text(language, 'quote.context')} {before})"))
    lines.append(_indented(quote.text))
    if after:
        lines.append(_indented(f"({text(language, 'quote.reservation')} {after})"))
    lines.append("    — " + short_citation(quote, language))
    if quote.since:
        lines.append(_indented(f"({since_words(quote, language)})"))
    return f"[{number}] " + "\n".join(lines).removeprefix("    ")


def _indented(words: str) -> str:
    return fill(words, width=_WIDTH, initial_indent="    ", subsequent_indent="    ")


def source_table(rows: Sequence[tuple[Source, int]], language: Language) -> str:
    """One line a document: id, title, who, year and how many passages."""
    if not rows:
        return text(language, "sources.empty")
    lines = []
    for source, passages in rows:
        who = source.metadata.publisher or ", ".join(source.metadata.authors)
        details = [part for part in (source.name, who, year(source)) if part]
        size = counted(language, "cli.passages", passages)
        lines.append(f"{source.id}  {', '.join(details)}  ({source.file}, {size})")
    return printable("\n".join(lines))

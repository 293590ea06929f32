"""What became of the documents that a past answer quotes: a quote that cannot be opened any more says so.

A document's id is made of its content, so a link never opens another text; but the document may be gone, and a later
version of Kildesvar may read other text out of the same file.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

from assistant.answer import Answer, Fate, Quote, Since
from assistant.texts import text
from index.documents.document import Document, Language
from index.errors import DocumentReplaced, UnknownDocument


@dataclass(frozen=True, slots=True)
class Shown:
    """A quote as it was shown: its address, and the characters that stood there."""

    document: str
    """Its id."""
    start: int
    end: int
    """Code points in the document's text, half-open."""
    text: str

    def stands_in(self, document: Document) -> bool:
        """Whether the same characters stand there in the document as it is now."""
        return document.text[self.start : self.end] == self.text


def with_fates(answer: Answer, document: Callable[[str], Document]) -> Answer:
    """The answer, where each quote tells if its document is gone or reads otherwise now.

    ``document`` looks one up by its id and raises ``UnknownDocument``; what else it raises is raised.
    """
    quotes = _told(answer.quotes, document)
    comparison = answer.comparison
    if comparison:
        rows, rest = [], list(quotes)
        for row in comparison.rows:
            rows.append(replace(row, quotes=tuple(rest[: len(row.quotes)]), near=_told(row.near, document)))
            rest = rest[len(row.quotes) :]
        comparison = replace(comparison, rows=tuple(rows))
    return replace(answer, quotes=quotes, comparison=comparison)


def shown_quotes(answer: Answer) -> frozenset[Shown]:
    """The answer's quotes that can be opened."""
    near = (quote for row in (answer.comparison.rows if answer.comparison else ()) for quote in row.near)
    return frozenset(_shown(quote) for quote in (*answer.quotes, *near) if quote.since is None)


def lost(quotes: Iterable[Shown], document: Callable[[str], Document]) -> frozenset[Shown]:
    """Those that can no more be opened as they were shown; each document is looked up once, as in ``with_fates``."""
    by_document: dict[str, set[Shown]] = {}
    for quote in quotes:
        by_document.setdefault(quote.document, set()).add(quote)
    found: set[Shown] = set()
    for identifier, among in by_document.items():
        try:
            present = document(identifier)
        except UnknownDocument:
            found |= among
        else:
            found |= {it for it in among if not it.stands_in(present)}
    return frozenset(found)


def since_words(quote: Quote, language: Language) -> str | None:
    """Why the quote cannot be opened any more, in one sentence; None where it can."""
    return text(language, f"since.{quote.since.fate.value}") if quote.since else None


def _told(quotes: tuple[Quote, ...], document: Callable[[str], Document]) -> tuple[Quote, ...]:
    return tuple(replace(quote, since=_fate(quote, document)) for quote in quotes)


def _fate(quote: Quote, document: Callable[[str], Document]) -> Since | None:
    try:
        found = document(quote.document.id)
    except DocumentReplaced as error:
        return Since(Fate.REPLACED, str(error.details["successor"]))
    except UnknownDocument:
        return Since(Fate.REMOVED)
    return None if _shown(quote).stands_in(found) else Since(Fate.CHANGED)


def _shown(quote: Quote) -> Shown:
    return Shown(quote.document.id, quote.start, quote.end, quote.text)

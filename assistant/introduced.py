"""A line that only introduces a list ("Vi vil særlig:") answers nothing by itself: the list's items do."""

from collections.abc import Iterable, Iterator
from itertools import chain

from assistant.answer import Quote
from assistant.quoting import distinct, placed
from index.documents.document import BlockKind
from index.paragraph import Paragraph, Sentence
from index.surroundings import Surroundings, surroundings_of

MAX_LISTED = 10
"""Quotes of an answer some of whose quotes are the items of a list."""


def with_items(quotes: Iterable[Quote]) -> tuple[Quote, ...]:
    """The quotes of an answer, each that introduces a list unfolded; where none does, as they are."""
    found = tuple(quotes)
    told = tuple(chain.from_iterable(map(unfolded, found)))
    return found if told == found else distinct(told, limit=max(MAX_LISTED, len(found)))


def unfolded(quote: Quote) -> tuple[Quote, ...]:
    """The items of the list that a quote ends by introducing, each with that line to read before it; else the quote.

    A quote that says more than that line, or in a part of which the short answer is marked, stays before its items.
    """
    if not quote.text.endswith(":"):
        return (quote,)
    surroundings = surroundings_of(quote.document)
    told = (_item(quote, item, surroundings) for item in _introduced(quote, surroundings))
    items = tuple(item for item in told if item.speaker == quote.speaker)
    line = next(it for it in quote.paragraph.sentences if it.end >= quote.end)
    short = quote.short
    tells = short is not None and 2 * (short.end - short.start) < line.end - line.start
    return items if items and quote.start == line.start and not tells else (quote, *items)


def _introduced(quote: Quote, surroundings: Surroundings) -> Iterator[Paragraph]:
    """The items one level below the line, up to where the list ends."""
    following = surroundings.paragraphs[quote.paragraph.number + 1 :]
    level = following[0].lead_in if following else None
    for paragraph in following:
        if paragraph.kind is not BlockKind.LIST_ITEM:
            break
        if paragraph.lead_in == level and any(it.end == quote.end for it in surroundings.before(paragraph.start)):
            yield paragraph


def _item(quote: Quote, item: Paragraph, surroundings: Surroundings) -> Quote:
    first, last = item.sentences[0], item.sentences[-1]
    whole = Sentence(first.start, last.end)
    return placed(quote.document, item, whole, surroundings, surroundings.speaker(first), score=quote.score)

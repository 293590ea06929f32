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
    """The quotes of an answer, which repeat none of each other, each that introduces a list unfolded.

    Of a long list no more items are made quotes than are kept.
    """
    found = tuple(quotes)
    return _unseen(distinct(chain.from_iterable(map(unfolded, found)), limit=max(MAX_LISTED, len(found))))


def _unseen(quotes: Iterable[Quote]) -> tuple[Quote, ...]:
    """Without those that a better quote already has beside it as what must be read before it."""
    kept: list[Quote] = []
    for quote in quotes:
        beside = (it for earlier in kept if earlier.document.id == quote.document.id for it in earlier.context)
        if not any(it.start <= quote.start and quote.end <= it.end for it in beside):
            kept.append(quote)
    return tuple(kept)


def unfolded(quote: Quote) -> Iterator[Quote]:
    """The items of the list that a quote ends by introducing, each with that line to read before it; else the quote.

    A quote that says more than that line, or in a part of which the short answer is marked, stays before its items.
    """
    items = _items(quote) if quote.text.endswith(":") else iter(())
    first = next(items, None)
    if first is None or _tells(quote):
        yield quote
    if first is not None:
        yield first
        yield from items


def _tells(quote: Quote) -> bool:
    """The quote says more than the line that introduces the list."""
    line = next(it for it in quote.paragraph.sentences if it.end >= quote.end)
    short = quote.short
    marked = short is not None and 2 * (short.end - short.start) < line.end - line.start
    return marked or quote.start != line.start


def _items(quote: Quote) -> Iterator[Quote]:
    """Those of the list's items that the quote's own speaker says."""
    surroundings = surroundings_of(quote.document)
    told = (_item(quote, item, surroundings) for item in _introduced(quote, surroundings))
    return (item for item in told if item.speaker == quote.speaker)


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

"""Document → paragraphs → sentences, and the passages that fit the encoder; everything is an address into the text.

``split_sentences`` is found here too, so that this file is the one door to segmentation.
"""

import re
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from index.documents.document import QUOTABLE, Block, BlockKind, Document
from index.paragraph import Paragraph, Passage, Sentence
from index.sentences import split_sentences

__all__ = [
    "CONTEXT_TOKENS",
    "PASSAGE_SENTENCES",
    "PASSAGE_TOKENS",
    "SEGMENTATION_VERSION",
    "paragraphs",
    "passages",
    "split_sentences",
]

SEGMENTATION_VERSION = 1
"""Written into the index. Raise it whenever a document would fall into other sentences, paragraphs or passages."""

PASSAGE_TOKENS = 180
"""Tokens of text a passage aims at, at most: beyond that a vector blurs several claims into one."""
PASSAGE_SENTENCES = 6
"""Sentences a passage aims at, at most."""
CONTEXT_TOKENS = 60
"""Tokens of context before a passage, at most; never more than a third of what the encoder takes."""

CountTokens = Callable[[str], int]
"""The encoder's tokens in a text, without the special ones at its ends."""


def paragraphs(document: Document) -> tuple[Paragraph, ...]:
    """The quotable blocks of a document, in order, each with what is needed to understand it on its own."""
    found: list[Paragraph] = []
    headings: list[Block] = []
    lists = _Lists(document.text)
    pages = [page.start for page in document.pages]
    for block in document.blocks:
        if block.kind is BlockKind.TITLE:
            headings.clear()
        elif block.kind is BlockKind.HEADING:
            while headings and headings[-1].level >= block.level:
                headings.pop()
            headings.append(block)
        lead_in = lists.lead_in(block)
        sentences = split_sentences(document.text, block.start, block.end) if block.kind in QUOTABLE else ()
        if not sentences:
            continue
        lists.seen(block, sentences)
        found.append(
            Paragraph(
                document_id=document.id,
                number=len(found),
                kind=block.kind,
                start=sentences[0].start,
                end=sentences[-1].end,
                sentences=sentences,
                headings=tuple(_line(document.text, heading) for heading in headings),
                lead_in=lead_in,
                row=block.row,
                column=block.column,
                page=_page_number(document, pages, sentences[0].start),
            )
        )
    return tuple(found)


class _Lists:
    """Remembers, while blocks go by, which line introduces the list that an item belongs to."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._before: str | None = None
        """What stands directly before the list, at its outermost depth."""
        self._items: list[tuple[int, str]] = []
        """Depth and last line of the items that the next one may belong to, outermost first."""

    def lead_in(self, block: Block) -> str | None:
        """The line that introduces ``block``: what stood before its list, then the items that it is part of."""
        if block.kind is not BlockKind.LIST_ITEM:
            if block.kind is not BlockKind.BOILERPLATE:  # a running head between two items does not end their list
                self._before, self._items = None, []
            return None
        while self._items and self._items[-1][0] >= block.level:
            self._items.pop()
        lines = [self._before, *(line for _, line in self._items)]
        return " ".join(line for line in lines if line) or None

    def seen(self, block: Block, sentences: Sequence[Sentence]) -> None:
        """Take note of a paragraph or an item: a list may follow it."""
        last = " ".join(self._text[sentences[-1].start : sentences[-1].end].split())
        if block.kind is BlockKind.LIST_ITEM:
            self._items.append((block.level, last))
        elif block.kind is BlockKind.PARAGRAPH:
            self._before = last


def passages(
    document: Document, paragraphs: Iterable[Paragraph], *, count_tokens: CountTokens, limit: int
) -> tuple[Passage, ...]:
    """Windows of whole sentences, each of which fits ``limit`` tokens together with its context.

    ``limit`` is what the encoder takes less its prefix and special tokens. Most paragraphs are one passage; of a longer
    one, neighbouring passages share a sentence, unless that would not fit. ``count_tokens`` is called once a sentence;
    the sum over sentences is taken for the passage, which is right or too high for the tokenizers in use.

    A sentence that is longer than the limit by itself becomes several passages, cut at clauses or else at words; they
    are addresses like any other, and ``Passage.sentences`` gives for each of them the whole sentence they lie in.

    Raises ``ValueError`` if ``limit`` leaves no room for text.
    """
    if limit < 8:
        raise ValueError(f"no text fits into {limit} tokens; at least 8 are needed")
    count = cache(count_tokens)
    found: list[Passage] = []
    for paragraph in paragraphs:
        context = _context(document, paragraph, count=count, budget=min(CONTEXT_TOKENS, limit // 3))
        room = limit - (count(context) + 1 if context else 0)
        windows = _windows(document.text, paragraph.sentences, count_tokens=count_tokens, room=room)
        found += (Passage(paragraph=paragraph, start=start, end=end, context=context) for start, end in windows)
    return tuple(found)


@dataclass(frozen=True, slots=True)
class _Span:
    start: int
    end: int
    tokens: int


def _windows(
    text: str, sentences: Sequence[Sentence], *, count_tokens: CountTokens, room: int
) -> Iterator[tuple[int, int]]:
    """Start and end of each passage of a paragraph, in order."""
    whole: list[_Span] = []
    for sentence in sentences:
        span = _Span(sentence.start, sentence.end, count_tokens(text[sentence.start : sentence.end]))
        if span.tokens <= room:
            whole.append(span)
            continue
        yield from _grouped(whole, room)
        whole = []
        yield from _pieces(text, span, count_tokens=count_tokens, room=room)
    yield from _grouped(whole, room)


def _grouped(spans: Sequence[_Span], room: int) -> Iterator[tuple[int, int]]:
    """Windows over sentences that fit, as even in length as can be, so that the last is not a crumb."""
    if not spans:
        return
    groups = _fill(spans, room, PASSAGE_SENTENCES)
    for most in range(PASSAGE_SENTENCES - 1, 1, -1):
        evener = _fill(spans, room, most)
        if len(evener) > len(groups):
            break
        groups = evener
    for first, last in groups:
        yield spans[first].start, spans[last].end


def _fill(spans: Sequence[_Span], room: int, most: int) -> list[tuple[int, int]]:
    """First and last index of each window: at most ``most`` sentences and ``PASSAGE_TOKENS``, never over ``room``."""
    aim = min(PASSAGE_TOKENS, room)
    groups: list[tuple[int, int]] = []
    first = 0
    while True:
        last, tokens = first, spans[first].tokens
        while last + 1 < len(spans) and last + 1 - first < most and tokens + spans[last + 1].tokens <= aim:
            last += 1
            tokens += spans[last].tokens
        groups.append((first, last))
        if last + 1 == len(spans):
            return groups
        shared = spans[last].tokens + spans[last + 1].tokens <= aim
        first = last if shared and last > first else last + 1


_CLAUSE = re.compile(r"[,;:)–—]\s+|\s(?=[(–—])")


def _pieces(text: str, span: _Span, *, count_tokens: CountTokens, room: int) -> Iterator[tuple[int, int]]:
    """Halve a sentence that does not fit, and its halves: at the clause, word or else character nearest the middle."""
    if span.tokens <= room or span.end - span.start == 1:
        yield span.start, span.end
        return
    middle = (span.start + span.end) // 2
    quarter = (span.end - span.start) // 4
    near = text[middle - quarter : middle + quarter]
    cuts = [found.end() for found in _CLAUSE.finditer(near)] or [found.end() for found in re.finditer(r"\s+", near)]
    cut = min((middle - quarter + place for place in cuts), key=lambda place: abs(place - middle), default=middle)
    for start, end in ((span.start, cut), (cut, span.end)):
        stripped = text[start:end].strip()
        if stripped:
            begin = text.index(stripped, start)
            part = _Span(begin, begin + len(stripped), count_tokens(stripped))
            yield from _pieces(text, part, count_tokens=count_tokens, room=room)


def _context(document: Document, paragraph: Paragraph, *, count: CountTokens, budget: int) -> str:
    """Whose words these are, in at most ``budget`` tokens: title · publisher · headings · lead-in · cell."""
    metadata = document.source.metadata
    cell = " / ".join(name for name in (paragraph.row, paragraph.column) if name)
    named = _once([metadata.title, metadata.publisher, *paragraph.headings])
    words = [*named, (paragraph.lead_in or "").split(), cell.split()]
    path = range(2, 2 + len(paragraph.headings))

    def line() -> str:
        joined = [" ".join(part) for part in words]
        headings = " › ".join(joined[place] for place in path if joined[place])
        return " · ".join(part for part in (*joined[:2], headings, *joined[path.stop :]) if part)

    while any(words) and count(line()) > budget:
        longest = max(range(len(words)), key=lambda place: len(" ".join(words[place])))
        words[longest] = _shortened(words[longest])
    return line()


def _once(names: Iterable[str | None]) -> list[list[str]]:
    """The words of each name, none for a name that an earlier one holds already (a title repeated as a heading)."""
    said, kept = "", []
    for name in names:
        words = (name or "").split()
        phrase = f" {' '.join(words).casefold()} "
        kept.append([] if phrase in said else words)
        said += phrase + "·"
    return kept


def _shortened(words: list[str]) -> list[str]:
    """The first two thirds of a name's words, marked as cut; nothing of a name that is too short to cut."""
    kept = [word for word in words if word != "…"]
    kept = kept[: len(kept) * 2 // 3]
    return [*kept, "…"] if kept else []


def _line(text: str, block: Block) -> str:
    return " ".join(text[block.start : block.end].split())


def _page_number(document: Document, starts: Sequence[int], offset: int) -> int | None:
    """Physical page of a paragraph; pages are in order, so that a long document needs no search from the front."""
    place = bisect_right(starts, offset) - 1
    if place < 0 or offset >= document.pages[place].end:
        return None
    return document.pages[place].number

"""As much of a quoted document as the answer shows of it: so an answer can be shown again when the document is gone.

A stand-in has the document's own id, hash, metadata and offsets. Its text holds the quoted characters at their places;
all other characters are filled in, and nothing ever shows them.
"""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise
from typing import Any

from assistant.answer import Quote
from assistant.references.work import telling_block
from index.documents.document import Block, BlockKind, Document, Page, Source, SourceMap, Unread
from index.record import metadata_json, source_of

FILLER = "·"
"""Stands for every character that the answer did not show; not blank, since words would seem to follow each other."""
LONGEST = 100_000_000
"""Code points of a text; an offset beyond that is a damaged record, not a document."""
Spans = Iterable[tuple[int, int]]
"""Ranges of a document's text, half-open, in any order; they may overlap."""


def spans_of(quote: Quote) -> Iterator[tuple[int, int]]:
    """What is shown of the document with the quote, and the blanks between what is read together."""
    yield quote.start, quote.end
    if quote.reservation:
        yield quote.reservation.start, quote.reservation.end
    for sentence in quote.context:
        yield sentence.start, sentence.end
    for before, after in pairwise(quote.context):
        if before.end <= after.start and not quote.document.text[before.end : after.start].strip():
            yield before.end, after.start


def source_record(source: Source) -> dict[str, Any]:
    """A document of which nothing is quoted."""
    return {"file": source.file, "sha256": source.sha256, "metadata": json.loads(metadata_json(source.metadata))}


def document_record(document: Document, spans: Spans) -> dict[str, Any]:
    """A document of which these ranges are shown."""
    telling = telling_block(document)
    shown = [*spans, *([(telling.start, telling.end)] if telling else [])]
    ends = sorted({offset for start, end in shown for offset in (start, end - 1)})
    pages = {id(page): page for page in map(document.page_of, ends) if page}
    return source_record(document.source) | {
        "text": [[start, document.text[start:end]] for start, end in _merged(shown)],
        "front": [telling.kind.value, telling.start, telling.end] if telling else None,
        # In the document's order: where two pages claim a character, the first has it.
        "pages": [_page_record(page) for page in document.pages if id(page) in pages],
    }


def stand_in(identifier: str, record: Mapping[str, Any]) -> Document:
    """The stand-in that was kept. Raises ``ValueError``, ``KeyError`` or ``TypeError`` where it is none."""
    metadata = json.dumps(record["metadata"])
    front = record.get("front")
    return Document(
        source=source_of(identifier, record["file"], record["sha256"], metadata),
        text=_text(record.get("text", ())),
        blocks=(Block(BlockKind(front[0]), front[1], front[2]),) if front else (),
        source_map=SourceMap((), ""),
        pages=tuple(_page(*page) for page in record.get("pages", ())),
    )


def _text(pieces: Sequence[Sequence[Any]]) -> str:
    text: list[str] = []
    end = 0
    for start, words in pieces:
        if not end <= start <= LONGEST:
            raise ValueError(f"no piece of a text begins at {start}")
        text += FILLER * (start - end), words
        end = start + len(words)
    return "".join(text)


def _merged(spans: Spans) -> list[tuple[int, int]]:
    merged: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged


def _page_record(page: Page) -> list[object]:
    unread = page.unread.value if page.unread else None
    return [page.number, page.start, page.end, page.label, unread, page.recognised]


def _page(number: int, start: int, end: int, label: str | None, unread: str | None, recognised: bool) -> Page:
    return Page(number, start, end, label, Unread(unread) if unread else None, recognised)

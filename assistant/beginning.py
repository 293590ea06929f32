"""How a document and its parts begin, as quotes: what can be said of a whole document in its own words."""

from collections.abc import Iterable, Sequence

from assistant.answer import Quote
from index.documents.document import BlockKind, Document
from index.paragraph import Paragraph
from index.segmentation import paragraphs

MOST = 8
"""Quotes of one document, at most."""
_OPENING = 2
"""Sentences of the document's own opening."""
_SHORT = 40
"""Characters below which a line is no sentence that tells anything: a byline, a place, a date."""


def beginnings(document: Document, *, limit: int = MOST) -> tuple[Quote, ...]:
    """The document's opening and the first sentence under each heading, in order; ``limit`` quotes at most.

    Where there are more headings than that, the outermost come first; where there are none, paragraphs stand in.
    """
    telling = [it for it in paragraphs(document) if it.kind is BlockKind.PARAGRAPH and it.end - it.start >= _SHORT]
    if not telling:
        telling = [it for it in paragraphs(document) if it.kind is not BlockKind.BYLINE]
    if not telling:
        return ()
    opening, rest = telling[0], telling[1:]
    chosen = _under_headings(opening, rest) or rest[: limit - 1]
    by_depth = sorted(chosen, key=lambda it: len(it.headings))[: limit - 1]
    quotes = [_quote(document, opening, _OPENING)]
    return (*quotes, *(_quote(document, it, 1) for it in sorted(by_depth, key=lambda it: it.start)))


def of_several(documents: Sequence[Document]) -> tuple[Quote, ...]:
    """How each of several documents begins."""
    share = max(1, MOST // max(1, len(documents)))
    return tuple(quote for document in documents for quote in beginnings(document, limit=share))


def _under_headings(opening: Paragraph, rest: Iterable[Paragraph]) -> list[Paragraph]:
    """The first paragraph under each heading."""
    seen = {opening.headings, ()}
    found = []
    for paragraph in rest:
        if paragraph.headings not in seen:
            seen.add(paragraph.headings)
            found.append(paragraph)
    return found


def _quote(document: Document, paragraph: Paragraph, sentences: int) -> Quote:
    end = paragraph.sentences[: max(1, sentences)][-1].end
    return Quote(document, paragraph, paragraph.sentences[0].start, end, score=1.0)

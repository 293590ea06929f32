"""Small documents for tests, built by hand: blocks separated by a blank line; a mark says what a block is."""

from hashlib import sha256

from assistant.answer import Quote, Reading
from index.documents.document import Block, BlockKind, Document, Metadata, Run, Source, SourceMap
from index.hit import Hit
from index.paragraph import Paragraph, Passage, Sentence
from index.segmentation import split_sentences

MARKS = {"# ": BlockKind.TITLE, "## ": BlockKind.HEADING, "* ": BlockKind.LIST_ITEM, "!": BlockKind.BOILERPLATE}


def make_document(marked: str, *, file: str = "prøve.txt", metadata: Metadata | None = None) -> Document:
    """A document of the blocks of ``marked``; a block's mark (see ``MARKS``) is not part of the text."""
    blocks: list[Block] = []
    pieces: list[str] = []
    position = 0
    for piece in marked.strip().split("\n\n"):
        mark = next((mark for mark in MARKS if piece.startswith(mark)), "")
        body = piece[len(mark) :].strip()
        kind = MARKS.get(mark, BlockKind.PARAGRAPH)
        level = 2 if kind is BlockKind.HEADING else 0
        blocks.append(Block(kind=kind, start=position, end=position + len(body), level=level))
        pieces.append(body)
        position += len(body) + 2
    text = "\n\n".join(pieces)
    data = text.encode()
    digest = sha256(data).hexdigest()
    return Document(
        source=Source(id=f"d{digest[:16]}", file=file, sha256=digest, metadata=metadata or Metadata()),
        text=text,
        blocks=tuple(blocks),
        source_map=SourceMap(runs=(Run(0, len(text), 0, len(data), verbatim=True),), encoding="utf-8"),
        original=data,
    )


def make_hit(
    document: Document, text: str, *, rank: int = 1, dense: float = 0.8, headings: tuple[str, ...] = ()
) -> Hit:
    """A hit on the paragraph ``text`` of the document, as one passage."""
    start = document.text.index(text)
    end = start + len(text)
    sentences: tuple[Sentence, ...] = split_sentences(document.text, start, end)
    number = document.text[:start].count("\n\n")
    paragraph = Paragraph(
        document_id=document.id,
        number=number,
        kind=BlockKind.PARAGRAPH,
        start=start,
        end=end,
        sentences=sentences,
        headings=headings,
    )
    passage = Passage(paragraph=paragraph, start=start, end=end, context=document.source.name)
    return Hit(rank=rank, passage=passage, document=document, score=1.0 / rank, dense=dense, lexical=0.0)


def make_reading(hit: Hit, relevance: float, *evidence: float, short: Sentence | None = None) -> Reading:
    """A reading of the hit."""
    return Reading(hit=hit, relevance=relevance, evidence=evidence, short=short)


def make_quote(document: Document, text: str, *, headings: tuple[str, ...] = (), score: float = 0.9) -> Quote:
    """A quote of ``text``, a paragraph of the document."""
    hit = make_hit(document, text, headings=headings)
    passage = hit.passage
    return Quote(document=document, paragraph=passage.paragraph, start=passage.start, end=passage.end, score=score)

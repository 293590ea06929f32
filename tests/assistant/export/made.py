"""Conversations and indexes for the tests of exports."""

import dataclasses
from collections.abc import Sequence
from datetime import date
from hashlib import sha256

from assistant.answer import Answer, Quote, Reason, Timing
from assistant.export.transcript import Transcript, entry_of, transcript_of
from index.documents.document import (
    Block,
    BlockKind,
    Document,
    Language,
    Metadata,
    Page,
    Run,
    Source,
    SourceMap,
)
from index.paragraph import Paragraph, Sentence
from index.segmentation import paragraphs
from tests.corpus import make_document

MADE = date(2026, 3, 1)
PLAN = make_document(
    "# Havneplan\n\nHavna fikk ny kai i 2019. Kaia er 140 meter lang.\n\n## Ferger (2024)\n\n"
    "* Fergene går hver halvtime.",
    file="havneplan æøå.txt",
    metadata=Metadata("Havneplan", ("Kari Nes", "Ola Lid"), "Sandvika havn", "2021-05", "plan", Language.BOKMAAL),
)
PAGED = dataclasses.replace(
    make_document("# Skule\n\nSkulen har 64 elevar.\n\nDei reiser med *ferje* & buss.", file="skule.pdf"),
    pages=(Page(1, 0, 10), Page(2, 10, 10_000, "ii")),
)


@dataclasses.dataclass(frozen=True)
class Shelf:
    """An index of these documents."""

    documents: tuple[Document, ...]

    def sources(self) -> tuple[Source, ...]:
        return tuple(document.source for document in self.documents)

    def document(self, document_id: str) -> Document:
        return next(document for document in self.documents if document.id == document_id)


def quote_of(document: Document, words: str) -> Quote:
    """The quote of these words, with its true paragraph."""
    start = document.text.index(words)
    paragraph = next(it for it in paragraphs(document) if it.start <= start < it.end)
    return Quote(document, paragraph, start, start + len(words), 0.9)


def answer_of(question: str, quotes: Sequence[Quote], **changes: object) -> Answer:
    fields: dict[str, object] = {
        "question": question,
        "standalone_question": question,
        "language": Language.BOKMAAL,
        "answered": True,
        "confidence": 0.9,
        "reason": None,
        "quotes": tuple(quotes),
        "passages": (),
        "timing": Timing(1.0, 1.0, 2.0),
    }
    return Answer(**{**fields, **changes})  # type: ignore[arg-type]


def conversation(language: Language = Language.BOKMAAL) -> Transcript:
    """Three questions: two quotes, one quote from a file with pages, and no answer but two near passages."""
    first = answer_of("Hvor *lang* er kaia?", [quote_of(PLAN, "Kaia er 140 meter lang."), quote_of(PLAN, PLAN_FERRY)])
    second = answer_of(
        "Kva med skulen?", [quote_of(PAGED, "Dei reiser med *ferje* & buss.")], language=Language.NYNORSK
    )
    third = answer_of(
        "Og månen?",
        [quote_of(PLAN, "Havna fikk ny kai i 2019."), quote_of(PAGED, "Skulen har 64 elevar.")],
        answered=False,
        reason=Reason.NOT_IN_SOURCES,
        standalone_question="Hva med månen?",
    )
    return transcript_of([entry_of(it) for it in (first, second, third)], language, made=MADE)


PLAN_FERRY = "Fergene går hver halvtime."
SHELF = Shelf((PLAN, PAGED))


def raw_document(words: str, *, before: str = "", file: str = "f.txt") -> Document:
    """A document of one paragraph with just these characters, after a block that cannot be quoted."""
    text = f"{before}\n\n{words}"
    start = len(before) + 2
    digest = sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
    return Document(
        source=Source(f"d{digest[:16]}", file, digest),
        text=text,
        blocks=(Block(BlockKind.BOILERPLATE, 0, len(before)), Block(BlockKind.PARAGRAPH, start, len(text))),
        source_map=SourceMap((Run(0, len(text), 0, len(text), False),), ""),
    )


def raw_quote(document: Document) -> Quote:
    block = document.blocks[1]
    sentence = Sentence(block.start, block.end)
    return Quote(
        document,
        Paragraph(document.id, 0, block.kind, block.start, block.end, (sentence,)),
        block.start,
        block.end,
        0.5,
    )

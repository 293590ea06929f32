"""Answers of every kind, made at random from documents of every kind."""

from collections.abc import Sequence
from hashlib import sha256

from hypothesis import strategies as st

from assistant.answer import Answer, Comparison, OtherWords, Quote, Reason, Row, Size, Talk, Timing, Topic, Understood
from assistant.strictness import Strictness
from index.documents.document import Block, BlockKind, Document, Language, Metadata, Page, Source, SourceMap
from index.hit import Hit
from index.paragraph import Paragraph, Passage, Sentence

LINES = st.sampled_from(
    [
        "NOU 2019: 26",
        "Straffen er ikke lenger det første.",
        "Vi vil:",
        "<script>alert(1)</script> *stjerner* ${x} {{y}}",
        "Æsj, «sa» hun – 😀 og gikk.\nNy linje.",
        "§ 3. Unntak",
        "Kari Nes",
        "   ",
        "Å være eller ikke være. Det er spørsmålet. " * 4,
    ]
)
WORDS = st.text(max_size=12)
METADATA = st.builds(
    Metadata,
    title=st.none() | WORDS | st.just("Rusreform (NOU 2019: 26)"),
    authors=st.lists(WORDS, max_size=3).map(tuple),
    publisher=st.none() | WORDS,
    date=st.none() | st.sampled_from(["2017", "2017-12", "2017-12-24"]),
    kind=st.none() | st.sampled_from(["rapport", "lov", "kronikk", "x"]),
    language=st.none() | st.sampled_from(Language),
)


@st.composite
def documents(draw: st.DrawFn) -> Document:
    """A document of a few blocks, with or without pages; no two are alike but for a number at the end."""
    text, blocks = "", []
    for words in draw(st.lists(LINES, min_size=2, max_size=8)):
        start = len(text) + 2 * bool(text)
        text += ("\n\n" if text else "") + words
        blocks.append(Block(draw(st.sampled_from(BlockKind)), start, len(text)))
    cuts = sorted(draw(st.sets(st.integers(1, len(text) - 1), max_size=4)))
    ends = [0, *cuts, len(text)]
    label = st.none() | st.sampled_from(["iv", "12"])
    pages = [Page(n, a, b, draw(label)) for n, (a, b) in enumerate(zip(ends, ends[1:], strict=False), start=1)]
    digest = sha256(f"{text}{draw(st.integers(0, 10**9))}".encode()).hexdigest()
    source = Source(f"d{digest[:16]}", draw(WORDS) + ".txt", digest, draw(METADATA))
    return Document(source, text, tuple(blocks), SourceMap((), "utf-8"), tuple(pages) if draw(st.booleans()) else ())


@st.composite
def spans(draw: st.DrawFn, document: Document) -> Sentence:
    """A range of the document's text."""
    start = draw(st.integers(0, len(document.text) - 1))
    return Sentence(start, draw(st.integers(start + 1, len(document.text))))


@st.composite
def paragraphs(draw: st.DrawFn, document: Document) -> Paragraph:
    """A paragraph of the document."""
    span = draw(spans(document))
    return Paragraph(
        document.id,
        draw(st.integers(0, 99)),
        draw(st.sampled_from(BlockKind)),
        span.start,
        span.end,
        (span,),
        headings=draw(st.lists(LINES, max_size=2).map(tuple)),
        lead_in=draw(st.none() | LINES),
        row=draw(st.none() | WORDS),
        column=draw(st.none() | WORDS),
        page=draw(st.none() | st.integers(1, 9)),
    )


@st.composite
def quotes(draw: st.DrawFn, document: Document) -> Quote:
    """A quote of the document, with whatever may stand beside one."""
    span = draw(spans(document))
    short = draw(st.none() | st.just(Sentence(span.start, draw(st.integers(span.start + 1, span.end)))))
    context = sorted(draw(st.lists(spans(document), max_size=3)), key=lambda it: (it.start, it.end))
    return Quote(
        document,
        draw(paragraphs(document)),
        span.start,
        span.end,
        draw(st.floats(0, 1)),
        short,
        draw(st.none() | WORDS.filter(bool)),
        draw(st.none() | WORDS),
        tuple(context),
        draw(st.none() | spans(document)),
    )


@st.composite
def answers(draw: st.DrawFn) -> Answer:
    """An answer, a refusal, small talk or a comparison."""
    corpus = draw(st.lists(documents(), min_size=1, max_size=3, unique_by=lambda it: it.id))
    kind = draw(st.sampled_from(["found", "refused", "talk", "compared"]))
    question = draw(WORDS) + "?"
    found = [draw(quotes(document)) for document in corpus for _ in range(draw(st.integers(0, 2)))]
    hits = [_hit(draw, document, rank) for rank, document in enumerate(corpus, start=1)]
    rows = tuple(_row(draw, document, found) for document in corpus)
    sources = tuple(document.source for document in corpus)
    return Answer(
        question=question,
        standalone_question=draw(st.just(question) | WORDS),
        language=draw(st.sampled_from(Language)),
        answered=bool(found) and kind != "refused",
        confidence=draw(st.floats(0, 1)),
        reason=None if found and kind != "refused" else draw(st.sampled_from(Reason)),
        quotes=tuple(found),
        passages=tuple(hits),
        timing=Timing(1.25, 2.5, 4.0),
        named_sources=tuple(draw(st.sets(st.sampled_from([document.id for document in corpus])))),
        understood=draw(st.sampled_from(Understood)),
        otherwise=draw(st.none() | WORDS),
        searched_sources=len(corpus),
        talk=Talk(draw(st.sampled_from(Topic)), sources, draw(WORDS), (Size(0, 2, 3),)) if kind == "talk" else None,
        asked_speaker=draw(st.none() | WORDS),
        all_sources=len(corpus),
        strictness=draw(st.none() | st.sampled_from(Strictness)),
        comparison=Comparison(draw(WORDS), rows) if kind == "compared" else None,
        other_words=tuple(OtherWords(draw(WORDS), (draw(WORDS),)) for _ in range(draw(st.integers(0, 2)))),
    )


def _row(draw: st.DrawFn, document: Document, found: Sequence[Quote]) -> Row:
    own = tuple(quote for quote in found if quote.document is document)
    near = () if own else tuple(draw(st.lists(quotes(document), max_size=1)))
    return Row(document.source, own, draw(st.integers(1, 9)), near)


def _hit(draw: st.DrawFn, document: Document, rank: int) -> Hit:
    paragraph = draw(paragraphs(document))
    return Hit(rank, Passage(paragraph, paragraph.start, paragraph.end, "x"), document, 0.5, 0.25, 2.0)

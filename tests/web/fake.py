"""A small assistant for the page's tests: its documents are made here, and it answers by shared words."""

import re
from collections.abc import Callable, Collection, Sequence
from hashlib import sha256
from time import sleep

from assistant.answer import Answer, OtherWords, Quote, Reason, Role, Timing, Turn, Understood
from assistant.question import check
from assistant.strictness import Strictness
from index.documents.document import Block, BlockKind, Document, Language, Metadata, Page, Run, Source, SourceMap
from index.errors import UnknownDocument
from index.paragraph import Paragraph, Sentence

HOSTILE = (
    "<img src=x onerror=alert(1)> ${document.title} {{7*7}} `kode` *stjerne* _strek_ $x^2$ [lenke](javascript:x) &amp;"
)
"""A sentence that would do something if any surface took it for more than text."""

Part = tuple[BlockKind, str] | tuple[BlockKind, str, str, str]


def make_document(file: str, metadata: Metadata, parts: Sequence[Part], *, pages: bool = False) -> Document:
    """A document of blocks; a table cell also names its row and column."""
    text, blocks = "", []
    for kind, words, *names in parts:
        text += "\n\n" if text else ""
        row, column = (names[0] or None, names[1] or None) if names else (None, None)
        blocks.append(Block(kind, len(text), len(text) + len(words), level=1, row=row, column=column))
        text += words
    middle = blocks[len(blocks) // 2].start
    digest = sha256(text.encode()).hexdigest()
    return Document(
        source=Source(id=f"d{digest[:16]}", file=file, sha256=digest, metadata=metadata),
        text=text,
        blocks=tuple(blocks),
        source_map=SourceMap((Run(0, len(text), 0, len(text.encode()), True),), "utf-8"),
        pages=(Page(1, 0, middle), Page(2, middle, len(text), label="ii")) if pages else (),
    )


HARBOUR = make_document(
    "havneplan.txt",
    Metadata("Havneplan for Sandvika", ("Kari Nes", "Ola Lid"), "Sandvika havn", "2021-05", "plan", Language.BOKMAAL),
    [
        (BlockKind.TITLE, "Havneplan for Sandvika"),
        (BlockKind.PARAGRAPH, "Havna fikk ny kai i 2019. Kaia er 140 meter lang og koster 12 millioner kroner i året."),
        (BlockKind.HEADING, "Fergene"),
        (BlockKind.PARAGRAPH, "Fergene går hver halvtime. Om natten går det ingen ferge, fordi mannskapet må hvile."),
        (BlockKind.LIST_ITEM, "Bygge venterom ved kaia."),
        (BlockKind.LIST_ITEM, "Sette opp lys langs moloen."),
        (BlockKind.BOILERPLATE, "Til sides"),
        (BlockKind.BOILERPLATE, "Første år"),
        (BlockKind.BOILERPLATE, "Andre år"),
        (BlockKind.TABLE_CELL, "Miljø"),
        (BlockKind.TABLE_CELL, "Fergene skal gå på strøm.", "Miljø", "Første år"),
        (BlockKind.TABLE_CELL, "Støyen skal dempes.", "Miljø", "Første år"),
        (BlockKind.TABLE_CELL, "Landstrøm skal bygges ut.", "Miljø", "Andre år"),
        (BlockKind.TABLE_CELL, "Trygghet"),
        (BlockKind.TABLE_CELL, "Moloen skal sikres.", "Trygghet", "Andre år"),
        (BlockKind.CAPTION, "Kaia sett fra sør."),
        (BlockKind.BOILERPLATE, "Les også: Fisken er tilbake i fjorden"),
        (
            BlockKind.PARAGRAPH,
            "Moloen ble bygd i 1956. " + " ".join(f"Stein nummer {n} er lagt for hånd." for n in range(80)),
        ),
        (BlockKind.PARAGRAPH, "Helt til slutt står det at båtplassene deles ut ved loddtrekning hver vår."),
    ],
    pages=True,
)
SCHOOL = make_document(
    "skule.md",
    Metadata("Skulen ved fjorden", (), "Fjord kommune", "2018", "melding", Language.NYNORSK),
    [
        (BlockKind.PARAGRAPH, "Skulen har 64 elevar. Dei fleste elevane tek ferge til skulen kvar dag."),
        (BlockKind.PARAGRAPH, f"Prøvetekst med teikn: {HOSTILE}"),
    ],
)
UNTITLED = make_document("notat.txt", Metadata(), [(BlockKind.PARAGRAPH, "Ferge er bra.")])
DOCUMENTS = (HARBOUR, SCHOOL, UNTITLED)


def quote_of(document: Document, words: str, *, score: float = 0.9, short: str | None = None) -> Quote:
    """The quote of these words of the document."""
    start = document.text.index(words)
    end = start + len(words)
    block = next(block for block in document.blocks if block.start <= start < block.end)
    paragraph = Paragraph(
        document.id, document.blocks.index(block), block.kind, block.start, block.end, (Sentence(start, end),)
    )
    at = start + words.index(short) if short else 0
    return Quote(document, paragraph, start, end, score, Sentence(at, at + len(short)) if short else None)


def make_answer(question: str, quotes: Sequence[Quote], *, answered: bool = True, **changes: object) -> Answer:
    """An answer of these quotes."""
    fields: dict[str, object] = {
        "question": question,
        "standalone_question": question,
        "language": Language.BOKMAAL,
        "answered": answered,
        "confidence": 0.9 if answered else 0.2,
        "reason": None if answered else Reason.NOT_IN_SOURCES,
        "quotes": tuple(quotes),
        "passages": (),
        "timing": Timing(1.0, 1.0, 2.0),
        "searched_sources": len(DOCUMENTS),
        "all_sources": len(DOCUMENTS),
    }
    return Answer(**{**fields, **changes})  # type: ignore[arg-type]


class FakeAssistant:
    """Quotes the sentences that share most words with the question.

    "Vent" and "nøl" delay it, "tell" counts documents, "krasj" breaks it. What begins with "Samt" follows the question
    before it; what says "kaja" may have meant "kaia", and "snuten" has other words.
    """

    def __init__(self, documents: Sequence[Document] = DOCUMENTS) -> None:
        self.documents = tuple(documents)
        self.asked: list[tuple[str, tuple[Turn, ...], frozenset[str] | None]] = []
        self.strictness: list[Strictness | None] = []

    def ask(
        self,
        question: str,
        history: Sequence[Turn] = (),
        *,
        sources: Collection[str] | None = None,
        strictness: Strictness | None = None,
        watch: Callable[[int, int], None] | None = None,
    ) -> Answer:
        self.strictness.append(strictness)
        self.asked.append((question, tuple(history), None if sources is None else frozenset(sources)))
        words = {word.lower()[:5] for word in re.findall(r"\w{4,}", check(question))}
        if "vent" in words:
            sleep(30)
        if question.startswith("Nøl"):
            sleep(5)
        if watch and question.startswith("Tell"):
            for done in range(200):
                watch(done, 200)
                sleep(0.05)
        if "krasj" in words:
            raise RuntimeError("hemmelig sti /hemmelig/plass")
        searched = [it for it in self.documents if sources is None or it.id in sources]
        found = sorted(self._matches(words, searched), key=lambda it: -it.score)[:3]
        language = Language.NYNORSK if question.lower().startswith("kva") else Language.BOKMAAL
        if not searched:
            return make_answer(question, (), answered=False, reason=Reason.NO_SOURCES, language=language)
        if not found or "månen" in question:
            near = found or [quote_of(HARBOUR, "Fergene går hver halvtime.")]
            return make_answer(question, near, answered=False, language=language)
        return make_answer(
            question,
            found,
            language=language,
            searched_sources=len(searched),
            all_sources=len(self.documents),
            strictness=strictness,
            other_words=(OtherWords("snuten", ("politi", "politibetjent")),) if "snuten" in question else (),
            **self._meaning(question, history),
        )

    def sources(self) -> tuple[Source, ...]:
        return tuple(document.source for document in self.documents)

    def document(self, document_id: str) -> Document:
        for document in self.documents:
            if document.id == document_id:
                return document
        raise UnknownDocument(document=document_id)

    def original(self, document_id: str) -> bytes:
        return self.document(document_id).original

    @staticmethod
    def _meaning(question: str, history: Sequence[Turn]) -> dict[str, object]:
        before = [turn.content for turn in history if turn.role is Role.USER]
        if question.startswith("Samt") and before:
            whole = f"{question} ({before[-1]})"
            return {"standalone_question": whole, "understood": Understood.FOLLOW_UP, "otherwise": question}
        return {"otherwise": question.replace("kaja", "kaia")} if "kaja" in question else {}

    @staticmethod
    def _matches(words: set[str], documents: Sequence[Document]) -> list[Quote]:
        quotes = []
        for document in documents:
            for block in document.blocks:
                if block.kind in (BlockKind.TITLE, BlockKind.HEADING, BlockKind.BOILERPLATE):
                    continue
                for sentence in re.split(r"(?<=\.)\s", document.text[block.start : block.end]):
                    shared = words & {word.lower()[:5] for word in re.findall(r"\w{4,}", sentence)}
                    short = re.search(r"\d+ (?:meter|millioner|elevar)", sentence)
                    if shared:
                        score = min(0.99, len(shared) / max(1, len(words)))
                        words_of = sentence.strip()
                        quotes.append(quote_of(document, words_of, score=score, short=short[0] if short else None))
        return quotes

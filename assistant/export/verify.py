"""Is it so? Checks what an exported file quotes against the documents of an index."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from assistant.answer import Quote
from assistant.citation import place
from assistant.export.found import Contents, FoundQuote
from assistant.export.receipt import Receipt
from assistant.export.showing import one_line, showable
from assistant.texts import LANGUAGES
from index.documents.document import Document, Source
from index.paragraph import Paragraph
from index.segmentation import paragraphs

_AROUND = 20
"""Characters shown on either side of a difference."""


class Fault(StrEnum):
    """What can be wrong with a quote, or with the file."""

    TEXT = "text"
    """The quote's words are not those that stand at its place."""
    OFFSETS = "offsets"
    """The words stand in the document, but elsewhere."""
    RANGE = "range"
    """The document has no such place."""
    HASH = "hash"
    ID = "id"
    PAGE = "page"
    PARAGRAPH = "paragraph"
    CITATION = "citation"
    """The place that the citation names is not the quote's."""
    MISSING = "missing"
    """The document is not in the index."""
    CHANGED = "changed"
    """A document of that file name is, with other content."""
    NO_RECEIPT = "no_receipt"
    NO_QUOTE = "no_quote"
    UNREADABLE = "unreadable"
    """The receipt is damaged."""
    TWICE = "twice"
    """Two quotes have the same number."""
    COUNT = "count"
    """There are more or fewer quotes than the file says."""
    NO_SUMMARY = "no_summary"
    DISGUISE = "disguise"
    """Something hides or changes what the file shows."""


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that is wrong."""

    fault: Fault
    label: str
    """Number of the quote, as its receipt has it; else empty."""
    place: int
    """Line, or paragraph of a Word file; from 1."""
    expected: str = ""
    found: str = ""


class Documents(Protocol):
    """What an index must answer."""

    def sources(self) -> Sequence[Source]:
        """All documents, without their texts."""
        ...

    def document(self, document_id: str) -> Document:
        """One document, whole."""
        ...


def check(contents: Contents, documents: Documents) -> tuple[Finding, ...]:
    """Everything that is wrong, in the order of the file; empty if every quote stands where its receipt says."""
    checking = _Checking(documents)
    findings = [finding for quote in contents.quotes for finding in checking.quote(quote)]
    return (*findings, *_whole(contents))


def _whole(contents: Contents) -> Iterator[Finding]:
    """What is wrong with the file rather than with one quote."""
    labels = Counter(quote.receipt.label for quote in contents.quotes if quote.receipt)
    for label, times in labels.items():
        if times > 1:
            yield Finding(Fault.TWICE, label, 0, found=str(times))
    for disguise in contents.disguises:
        yield Finding(Fault.DISGUISE, "", disguise.place, found=disguise.text)
    if not contents.summarised:
        return
    if contents.summary is None:
        yield Finding(Fault.NO_SUMMARY, "", 0)
    elif contents.summary.quotes != len(contents.quotes):
        yield Finding(Fault.COUNT, "", 0, str(contents.summary.quotes), str(len(contents.quotes)))


class _Checking:
    """Knows the documents, and cuts each into paragraphs once."""

    def __init__(self, documents: Documents) -> None:
        self._documents = documents
        self._sources = tuple(documents.sources())
        self._known: dict[str, tuple[Document, tuple[Paragraph, ...]]] = {}

    def quote(self, quote: FoundQuote) -> Iterator[Finding]:
        """What is wrong with one quote."""
        receipt = quote.receipt
        if receipt is None:
            fault = Fault.UNREADABLE if quote.written else Fault.NO_RECEIPT
            yield Finding(fault, "", quote.place, found=_short(quote.written or quote.text or ""))
            return
        if quote.text is None:
            yield Finding(Fault.NO_QUOTE, receipt.label, quote.place)
            return
        source = next((it for it in self._sources if it.sha256 == receipt.sha256), None)
        source = source or next((it for it in self._sources if it.id == receipt.document_id), None)
        if source is None:
            namesake = next((it for it in self._sources if it.file == receipt.file), None)
            fault = Fault.CHANGED if namesake else Fault.MISSING
            expected = namesake.sha256 if namesake else receipt.file
            yield Finding(fault, receipt.label, quote.place, expected, receipt.sha256)
            return
        for fault, expected, found in self._against(source, receipt, quote):
            yield Finding(fault, receipt.label, quote.place, expected, found)

    def _against(self, source: Source, receipt: Receipt, quote: FoundQuote) -> Iterator[tuple[Fault, str, str]]:
        if receipt.sha256 != source.sha256:
            yield Fault.HASH, source.sha256, receipt.sha256
        if receipt.document_id != source.id:
            yield Fault.ID, source.id, receipt.document_id
        document, cut = self._document(source)
        if not 0 <= receipt.start < receipt.end <= len(document.text):
            yield Fault.RANGE, f"0-{len(document.text)}", f"{receipt.start}-{receipt.end}"
            return
        shown, written = showable(document.text), showable(quote.text or "")
        if shown[receipt.start : receipt.end] != written:
            yield _words(shown, receipt, written)
            return
        yield from _place(document, cut, receipt, quote.citation)

    def _document(self, source: Source) -> tuple[Document, tuple[Paragraph, ...]]:
        if source.id not in self._known:
            document = self._documents.document(source.id)
            self._known[source.id] = (document, paragraphs(document))
        return self._known[source.id]


def _words(shown: str, receipt: Receipt, written: str) -> tuple[Fault, str, str]:
    """Which differs: the words, or the place? Looking for the words only tells the two apart; it proves nothing."""
    meant = shown[receipt.start : receipt.end]
    at = shown.find(written) if len(written) > 1 else -1
    if at >= 0:
        return Fault.OFFSETS, f"{at}-{at + len(written)}", f"{receipt.start}-{receipt.end}"
    first = next((i for i, (a, b) in enumerate(zip(meant, written, strict=False)) if a != b), None)
    first = min(len(meant), len(written)) if first is None else first
    return Fault.TEXT, _near(meant, first), _near(written, first)


def _place(
    document: Document, cut: Sequence[Paragraph], receipt: Receipt, citation: str | None
) -> Iterator[tuple[Fault, str, str]]:
    """Page, paragraph, and the place that the citation names."""
    page = document.page_of(receipt.start)
    if (page.number if page else None) != receipt.page:
        yield Fault.PAGE, str(page.number if page else "–"), str(receipt.page or "–")
    paragraph = next((it for it in cut if it.start <= receipt.start < it.end), None)
    if paragraph is None or paragraph.number + 1 != receipt.paragraph:
        yield Fault.PARAGRAPH, str(paragraph.number + 1 if paragraph else "–"), str(receipt.paragraph)
    if paragraph is None or citation is None:
        return
    quote = Quote(document, paragraph, receipt.start, receipt.end, 0.0)
    places = [one_line(place(quote, language)) for language in LANGUAGES]
    # In an exported file the citation for running text follows, in parentheses; a heading may have some of its own.
    said = one_line(citation)
    if not any(said.endswith(it) or f"{it} (" in said for it in places):
        yield Fault.CITATION, places[0], _short(said)


def _near(words: str, at: int) -> str:
    """The words around a character, the character itself in brackets."""
    before, after = words[max(0, at - _AROUND) : at], words[at + 1 : at + 1 + _AROUND]
    return f"{'…' * (at > _AROUND)}{before}[{words[at : at + 1]}]{after}{'…' * (at + 1 + _AROUND < len(words))}"


def _short(words: str) -> str:
    return words if len(words) <= 160 else f"{words[:159]}…"

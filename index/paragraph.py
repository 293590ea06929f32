"""The units of search: paragraphs, their sentences, and the passages that fit the encoder."""

from dataclasses import dataclass

from index.documents.document import BlockKind


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence as an address: ``document.text[start:end]``, without surrounding white space."""

    start: int
    end: int
    """Code points in the canonical text, half-open."""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One quotable block of a document and what is needed to understand it on its own."""

    document_id: str
    number: int
    """Running number in the document, from 0, in reading order, over quotable blocks."""
    kind: BlockKind
    start: int
    end: int
    """Code points in the canonical text, half-open."""
    sentences: tuple[Sentence, ...]
    """In order, not overlapping, covering all but the white space between them; never empty."""
    headings: tuple[str, ...] = ()
    """Heading path, outermost first, without the document's title."""
    lead_in: str | None = None
    """The line that introduces a list ("Vi vil særlig prioritere:"), for the items of the list."""
    row: str | None = None
    column: str | None = None
    """Names of row and column, for a table cell."""
    page: int | None = None
    """Physical page on which it starts, from 1, where the format has pages."""

    @property
    def id(self) -> str:
        """Stable: document id, colon, running number."""
        return f"{self.document_id}:{self.number}"


@dataclass(frozen=True, slots=True)
class Passage:
    """Whole sentences of one paragraph that fit the encoder: what is embedded, searched and handed to the reader.

    Most paragraphs are one passage; a long one is several, which overlap by a sentence.
    """

    paragraph: Paragraph
    start: int
    end: int
    """Code points in the canonical text, half-open; whole sentences of ``paragraph``, except where a single sentence is
    too long for the encoder: then a part of it."""
    context: str
    """Whose words these are: title, publisher, heading path, lead-in, row and column. Encoder and BM25 see it before
    the text; a quote never includes it."""

    @property
    def sentences(self) -> tuple[Sentence, ...]:
        """The paragraph's sentences in this passage, whole; of a part of a very long sentence, that sentence."""
        return tuple(s for s in self.paragraph.sentences if s.start < self.end and self.start < s.end)

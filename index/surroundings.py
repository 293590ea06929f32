"""All that is told of a document's sentences when one of them is quoted: paragraphs, speakers, neighbours."""

from collections import OrderedDict
from dataclasses import dataclass
from threading import Lock

from index import neighbours
from index.documents.document import Document
from index.paragraph import Paragraph, Sentence
from index.segmentation import paragraphs
from index.speakers import Speaker, Voices

KEPT = 256
"""Documents whose surroundings are remembered: a long conversation quotes fewer."""


@dataclass(frozen=True, slots=True)
class Surroundings:
    """A document's paragraphs and who says their sentences."""

    document: Document
    paragraphs: tuple[Paragraph, ...]
    voices: Voices

    def speaker(self, sentence: Sentence) -> Speaker | None:
        """Who says the sentence; None is the document's own voice."""
        return self.voices.of(sentence)

    def before(self, start: int) -> tuple[Sentence, ...]:
        """What to read before the sentence that begins at ``start``."""
        return neighbours.before(self.document, self.paragraphs, start)

    def after(self, end: int) -> Sentence | None:
        """The sentence that takes something out of the one that ends at ``end``."""
        return neighbours.after(self.document, self.paragraphs, end)


_kept: OrderedDict[str, Surroundings] = OrderedDict()
_lock = Lock()


def surroundings_of(document: Document) -> Surroundings:
    """The document's surroundings, told once and remembered for the documents asked about lately."""
    with _lock:
        known = _kept.get(document.id)
        if known is not None and known.document.source == document.source:
            _kept.move_to_end(document.id)
            return known
    units = paragraphs(document)
    told = Surroundings(document, units, Voices(document, units))
    with _lock:
        _kept[document.id] = told
        while len(_kept) > KEPT:
            _kept.popitem(last=False)
    return told

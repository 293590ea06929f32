"""Which documents hold a word, and who speaks in them: noted once an edition of the index, asked at every question."""

import re
from array import array
from collections.abc import Collection, Iterable, Iterator

from index.documents.document import Document, Source
from index.speakers import Speaker
from index.surroundings import surroundings_of

_WORD = re.compile(r"\w+(?:[-’']\w+)*")
_APART = "\n"
"""Between the words of the vocabulary: no word holds it."""


class KnownSpeakers:
    """The words of an index's documents, and their speakers as far as they were asked for.

    Looking for a name reads the vocabulary, not the documents: a word stands in it once, however often it is written.
    Safe to use from several threads once all documents are noted.
    """

    def __init__(self, *, earlier: "KnownSpeakers | None" = None) -> None:
        """Know nothing yet but the speakers that an earlier edition has told."""
        self._ids: list[str] = []
        self._places: dict[str, array[int]] = {}
        """Word -> which documents hold it, as places in ``_ids``."""
        self._vocabulary: str | None = None
        self._told: dict[str, tuple[Source, tuple[Speaker, ...]]] = dict(earlier._told) if earlier else {}

    def noting(self, documents: Iterable[Document]) -> Iterator[Document]:
        """The same documents, each noted when somebody else reads it: the texts are loaded once for all who learn."""
        for document in documents:
            self.note(document)
            yield document
        kept = frozenset(self._ids)
        self._told = {id: told for id, told in self._told.items() if id in kept}

    def note(self, document: Document) -> None:
        """Note the words of one more document."""
        place = len(self._ids)
        self._ids.append(document.id)
        for word in set(_WORD.findall(document.text.casefold())):
            self._places.setdefault(word, array("I")).append(place)
        self._vocabulary = None

    def holding(self, clues: Collection[str]) -> frozenset[str]:
        """Ids of the documents that have one of these, in small letters, as a word or a part of one."""
        places = {place for clue in clues for word in self._words_with(clue) for place in self._places[word]}
        return frozenset(self._ids[place] for place in places)

    def of(self, document: Document) -> tuple[Speaker, ...]:
        """Everyone who says something in the document."""
        told = self._told.get(document.id)
        if told is None or told[0] != document.source:
            told = document.source, surroundings_of(document).voices.speakers
            self._told[document.id] = told
        return told[1]

    def _words_with(self, clue: str) -> Iterator[str]:
        if self._vocabulary is None:
            self._vocabulary = _APART + _APART.join(self._places) + _APART
        vocabulary, found = self._vocabulary, -1
        while clue and (found := vocabulary.find(clue, found + 1)) >= 0:
            start, found = vocabulary.rfind(_APART, 0, found) + 1, vocabulary.find(_APART, found)
            yield vocabulary[start:found]

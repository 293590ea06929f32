"""The documents as their keeper sees them: what there is, what comes in, and what is corrected or removed."""

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, replace

from assistant.describing import described
from assistant.intake.intake import Intake
from assistant.intake.item import EditionChoice, Item
from index.closing import Closing
from index.documents.document import Source
from index.engines.embedded import EmbeddedEngine
from index.errors import UnknownDocument


@dataclass(frozen=True, slots=True)
class Shelved:
    """A document on the shelf."""

    source: Source
    passages: int
    renewing: bool
    """Search does not know its present title or publisher yet."""
    outdated: bool = False
    """An earlier version of its reader read it; adding it again mends that."""


class Shelf(Closing):
    """Changes the documents of one index. Safe to use from several threads."""

    def __init__(self, engine: EmbeddedEngine) -> None:
        """Go on with the files that are unfinished. Raises ``IndexNotWritable`` or ``DiskFull``."""
        self._engine = engine
        self.intake = Intake(engine)

    def close(self) -> None:
        """Stop taking files in; what is unfinished waits for the next start."""
        self.intake.close()

    @property
    def generation(self) -> int:
        """Grows with every change of the documents."""
        return self._engine.generation

    def documents(self) -> tuple[Shelved, ...]:
        """All documents, in the order they were added."""
        stale, outdated = set(self._engine.stale()), set(self._engine.outdated())
        found = []
        for source in self._engine.sources():
            with suppress(UnknownDocument):  # removed this moment
                count = self._engine.passage_count(source.id)
                found.append(Shelved(source, count, source.id in stale, source.id in outdated))
        return tuple(found)

    def describe(self, document_id: str, fields: Mapping[str, str]) -> None:
        """Correct what is known of a document (see ``described``); search follows in the background.

        Raises ``DocumentError``, ``UnknownDocument``, ``InvalidRequest`` or ``IndexFault``.
        """
        known = self._engine.document(document_id).source.metadata
        if self._engine.describe(document_id, described(known, fields)):
            self.intake.wake()

    def remove(self, document_id: str) -> None:
        """Remove a document and all that was made of it. Raises ``UnknownDocument`` or ``IndexFault``."""
        self._engine.document(document_id)  # which also knows whether it was removed or replaced already
        self._engine.remove(document_id)

    def choose(self, item_id: str, choice: EditionChoice) -> None:
        """Keep both editions, or let the new one take the place of the other. Raises ``IndexFault``."""
        item = self.intake.item(item_id)
        if item is None or item.result is None or item.result.edition is None or item.result.document is None:
            return
        edition = item.result.edition
        if edition.choice is not EditionChoice.OPEN:
            return
        if choice is EditionChoice.REPLACED:
            with suppress(UnknownDocument):  # the other one is gone already: so be it
                self._engine.supersede(edition.id, by=item.result.document, file=item.name)
        self.intake.settle(_with_choice(item, choice))


def _with_choice(item: Item, choice: EditionChoice) -> Item:
    assert item.result is not None and item.result.edition is not None
    return replace(item, result=replace(item.result, edition=replace(item.result.edition, choice=choice)))

"""The documents that are there, one after another, while somebody may be removing one."""

from collections.abc import Iterator
from typing import Protocol

from index.documents.document import Document, Source
from index.errors import UnknownDocument


class Keeper(Protocol):
    """Whoever keeps documents: an engine, or an assistant that asks one."""

    def sources(self) -> tuple[Source, ...]:
        """All documents, without their texts."""
        ...

    def document(self, document_id: str) -> Document:
        """One document, whole. Raises ``UnknownDocument``."""
        ...


def present(keeper: Keeper) -> Iterator[Document]:
    """All documents, each read when it is its turn; one that is removed while the others are read is left out."""
    for source in keeper.sources():
        try:
            document = keeper.document(source.id)
        except UnknownDocument:
            continue
        yield document

"""What the page needs of an assistant."""

from collections.abc import Collection, Sequence
from typing import Protocol

from assistant.answer import Answer, Turn
from assistant.comparing import Watch
from assistant.strictness import Strictness
from index.documents.document import Document, Source


class Answering(Protocol):
    """What the page needs of an assistant."""

    def ask(
        self,
        question: str,
        history: Sequence[Turn] = (),
        *,
        sources: Collection[str] | None = None,
        strictness: Strictness | None = None,
        watch: Watch | None = None,
    ) -> Answer:
        """Answer a question from the documents with these ids (None is all). Raises ``KildesvarError``.

        ``strictness`` is how sure the answer must be (None is the assistant's own setting);
        ``watch`` is told how many documents were looked at, where every one is; what it raises ends the search.
        """
        ...

    def sources(self) -> tuple[Source, ...]:
        """All documents, without their texts."""
        ...

    def document(self, document_id: str) -> Document:
        """One document, whole. Raises ``UnknownDocument``."""
        ...

    def original(self, document_id: str) -> bytes:
        """The bytes of its file; empty where they were not kept. Raises ``UnknownDocument``."""
        ...

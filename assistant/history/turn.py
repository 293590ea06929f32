"""What is kept of a question and its answer, and of a conversation."""

from dataclasses import dataclass

from assistant.answer import Answer
from assistant.clock import now
from assistant.history.record import from_record, to_record
from assistant.history.wording import folded

LONGEST_TITLE = 120
"""Characters."""


@dataclass(frozen=True, slots=True)
class KeptTurn:
    """A question and its answer."""

    id: str
    """The answer's own, by which it is rated too."""
    asked: str
    """When, ISO 8601, UTC."""
    question: str
    record: str
    """The answer, as ``record`` writes it."""
    words: str
    """What a search looks through: the question and the quotes, folded."""

    def answer(self) -> Answer:
        """The answer, as it was. Raises ``ValueError`` where this version cannot read it."""
        return from_record(self.record)


@dataclass(frozen=True, slots=True)
class KeptConversation:
    """A conversation, without its turns."""

    id: str
    title: str
    created: str
    changed: str
    """When it began and when its last question was asked, ISO 8601, UTC."""
    questions: int
    found: str = ""
    """The first question that a search met in, where it met in one."""


def turn_of(answer: Answer, identifier: str) -> KeptTurn:
    """What is kept of an answer that has just been given."""
    return KeptTurn(
        id=identifier,
        asked=now(),
        question=storable(answer.question),
        record=to_record(answer),
        words=storable(folded(answer.question, *(quote.text for quote in answer.quotes))),
    )


def title_of(words: str) -> str:
    """A conversation's title: one line of at most ``LONGEST_TITLE`` characters, cut between words where it can be."""
    title = " ".join(storable(words).split())
    if len(title) <= LONGEST_TITLE:
        return title
    kept, _, rest = title[:LONGEST_TITLE].rpartition(" ")
    return f"{kept if len(kept) > len(rest) else title[: LONGEST_TITLE - 1]}…"


def storable(words: str) -> str:
    """The words without halves of characters, which a request may hold and no file can."""
    return words.encode("utf-8", "replace").decode("utf-8")

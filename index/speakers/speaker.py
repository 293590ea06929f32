"""Who says a sentence, as data."""

from dataclasses import dataclass
from enum import StrEnum


class SpeakerKind(StrEnum):
    """What sort of speaker."""

    PERSON = "person"
    """A person (or two) with a name."""
    BODY = "body"
    """An organisation, a group or a third party: "politiet", "Norsk Løypeforbund", "motstanderne"."""
    INTERVIEWER = "interviewer"
    """The one who asks, without a name."""


@dataclass(frozen=True, slots=True)
class Speaker:
    """Who says a sentence, other than the document's own voice (which is None wherever a speaker is told)."""

    name: str
    """A person's full name where the document has it; else as the document says ("politiet")."""
    kind: SpeakerKind
    role: str | None = None
    """What the document says that the person is, if it does."""

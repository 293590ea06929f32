"""Transcripts and written-out debates: paragraphs that begin with who speaks, "Moe (Bypartiet): …"."""

import re
from collections.abc import Sequence

from index.documents.bylines import is_name
from index.letters import CAPITALS
from index.paragraph import Paragraph
from index.speakers.people import is_office
from index.speakers.speaker import Speaker, SpeakerKind
from index.speakers.subjects import Subjects
from index.speakers.words import INTERVIEWERS

_LABEL = re.compile(
    rf"(?P<who>[{CAPITALS}](?:[^:.!?«»\n()\[\],]|(?<=\b[{CAPITALS}])\.){{0,50}}?)"
    r"(?P<more>\s?[(\[,][^:\n]{1,50}?)?\s?:\s+(?=\S)"
)
FEWEST = 3
"""Paragraphs with a speaker's label from which on a document is a transcript."""


def turns(text: str, paragraphs: Sequence[Paragraph], subjects: Subjects) -> dict[int, Speaker]:
    """Number of a paragraph -> who speaks in it, for the paragraphs that a speaker's label opens."""
    found: dict[int, Speaker] = {}
    for paragraph in paragraphs:
        match = _LABEL.match(text, paragraph.start, min(paragraph.end, paragraph.start + 110))
        if match:
            speaker = _speaker(match["who"].strip(" *"), match["more"], subjects)
            if speaker:
                found[paragraph.number] = speaker
    return found if len(found) >= FEWEST and len({speaker.name for speaker in found.values()}) > 1 else {}


def _speaker(who: str, more: str | None, subjects: Subjects) -> Speaker | None:
    words = who.split()
    if len(words) > 5:
        return None
    if who.lower() in INTERVIEWERS:
        return Speaker(who[0].lower() + who[1:], SpeakerKind.INTERVIEWER)
    role = more.strip(" ()[],") if more else None
    for first in range(len(words)):  # "Statsråd Lund"
        person = subjects.people.named(" ".join(words[first:]))
        if person:
            return Speaker(person.name, SpeakerKind.PERSON, person.role or role)
    if is_name(who):
        return Speaker(who, SpeakerKind.PERSON, role)
    if len(words) == 1 and (is_office(who) or who.lower() in _CHAIRS or not subjects.ordinary(who)):
        return Speaker(who, SpeakerKind.PERSON, role)
    return None


_CHAIRS = frozenset(
    ("ordstyrer", "ordstyrar", "møteleder", "møteleiar", "programleder", "programleiar", "presidenten", "dirigent")
)

"""Transcripts and written-out debates: paragraphs that begin with who speaks, "Moe (Bypartiet): …"."""

import re
from collections.abc import Mapping, Sequence

from index.documents.bylines import is_name
from index.documents.document import BlockKind
from index.letters import CAPITALS
from index.paragraph import Paragraph
from index.speakers.attribution import late
from index.speakers.marks import opens_with_dash
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
    """Number of a paragraph -> who speaks in it, for the paragraphs that a speaker's label opens, and those after it.

    Between the labelled ones the article may ask ("– Hvorfor?") or tell itself: see ``_continued``.
    """
    found: dict[int, Speaker] = {}
    for paragraph in paragraphs:
        match = _LABEL.match(text, paragraph.start, min(paragraph.end, paragraph.start + 110))
        if match:
            speaker = _speaker(match["who"].strip(" *"), match["more"], subjects)
            if speaker:
                found[paragraph.number] = speaker
    several = len(found) >= FEWEST and len({speaker.name for speaker in found.values()}) > 1
    return _continued(text, paragraphs, found) if several else {}


def _continued(text: str, paragraphs: Sequence[Paragraph], labelled: Mapping[int, Speaker]) -> dict[int, Speaker]:
    """The labelled paragraphs with those in which their speakers go on.

    A new heading, a dash and a line that is no sentence ("Fakta om saken") end a turn. Where the dash is the speech of
    somebody whom the article names ("– …, sier Moe"), all since the last label is the article's.
    """
    found: dict[int, Speaker] = {}
    turn: Speaker | None = None
    since: list[int] = []
    """The unlabelled paragraphs of the turn."""
    headings: tuple[str, ...] = ()
    for paragraph in paragraphs:
        first = paragraph.sentences[0]
        if paragraph.number in labelled:
            turn, since = labelled[paragraph.number], []
        elif opens_with_dash(text, first.start, first.end):
            if any(any(late(text, it.start, it.end)) for it in paragraph.sentences):
                for number in since:
                    del found[number]
            turn, since = None, []
        elif paragraph.headings != headings or not _is_said(text, paragraph):
            turn, since = None, []
        elif turn is not None:
            since.append(paragraph.number)
        if turn is not None:
            found[paragraph.number] = turn
        headings = paragraph.headings
    return found


def _is_said(text: str, paragraph: Paragraph) -> bool:
    """Whether a paragraph ends as speech does, and not as a line of a box does: "Ansatte: 11"."""
    return paragraph.kind is not BlockKind.PARAGRAPH or text[paragraph.end - 1] in _ENDS


_ENDS = '.!?…:;,»”"*_)–-'
"""What speech ends with, and a list or a bracket within it."""


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

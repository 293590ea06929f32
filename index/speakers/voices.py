"""Who says each sentence of a document, in one walk through its paragraphs."""

from collections.abc import Sequence
from dataclasses import dataclass

from index.documents.document import BlockKind, Document, Language
from index.paragraph import Paragraph, Sentence
from index.speakers.attribution import early, late
from index.speakers.marks import asks, first_person, opens_with_dash, quotation_after_colon, quotation_depth
from index.speakers.speaker import Speaker, SpeakerKind
from index.speakers.subjects import Subjects
from index.speakers.turns import turns


@dataclass(slots=True)
class _Line:
    """What is known of one sentence while the walk lasts."""

    sentence: Sentence
    paragraph: int
    """Index in the walk."""
    spoken: bool = False
    """Direct speech after a dash."""
    late: bool = False
    """Its speaker is named after the speech."""
    speaker: Speaker | None = None


class Voices:
    """The speakers of one document's sentences."""

    def __init__(self, document: Document, paragraphs: Sequence[Paragraph]) -> None:
        """Walk through the document once; linear in its length."""
        self._text = document.text
        self._subjects = Subjects(document.text)
        nynorsk = document.source.metadata.language is Language.NYNORSK
        self._interviewer = Speaker("intervjuaren" if nynorsk else "intervjueren", SpeakerKind.INTERVIEWER)
        self._lines = [
            [_Line(sentence, place) for sentence in paragraph.sentences] for place, paragraph in enumerate(paragraphs)
        ]
        self._paragraphs = paragraphs
        self._turns = turns(document.text, paragraphs, self._subjects)
        for place, paragraph in enumerate(paragraphs):
            turn = self._turns.get(paragraph.number)
            if turn is not None:
                for line in self._lines[place]:
                    line.speaker = turn
            elif paragraph.kind in (BlockKind.PARAGRAPH, BlockKind.LIST_ITEM, BlockKind.CAPTION):
                self._walk(place)
        self._by_start = {line.sentence.start: line.speaker for lines in self._lines for line in lines if line.speaker}

    def of(self, sentence: Sentence) -> Speaker | None:
        """Who says the sentence; None is the document's own voice."""
        return self._by_start.get(sentence.start)

    @property
    def speakers(self) -> tuple[Speaker, ...]:
        """Everyone who says something, once each, in the order of their first sentences."""
        return tuple(dict.fromkeys(self._by_start.values()))

    def _walk(self, place: int) -> None:
        lines = self._lines[place]
        speech: list[_Line] = []
        """The sentences since a dash whose speaker is not yet known."""
        talking = False
        before: _Line | None = None
        for line in lines:
            start, end = line.sentence.start, line.sentence.end
            if opens_with_dash(self._text, start, end):
                self._settle(speech, place)
                speech, talking = [], True
            speaker = self._named_late(start, end)
            if speaker:
                for earlier in speech:
                    earlier.speaker = speaker
                line.speaker, line.late, line.spoken = speaker, True, talking
                speech, talking = [], False
            elif talking:
                line.spoken = True
                speech.append(line)
            else:
                self._narrated(line, before)
            before = line
        self._settle(speech, place)
        self._quotations(lines)

    def _named_late(self, start: int, end: int) -> Speaker | None:
        """The speaker named after the speech: of several a person, since speech itself tells what bodies say."""
        found: Speaker | None = None
        for attribution in late(self._text, start, end):
            speaker = self._subjects.named(attribution.start, attribution.end, after_verb=True, spoken=True)
            if speaker and speaker.kind is SpeakerKind.PERSON:
                return speaker
            found = found or speaker
        return found

    def _narrated(self, line: _Line, before: _Line | None) -> None:
        """A sentence outside direct speech: reported speech, speech that goes on, or the article's own voice."""
        start, end = line.sentence.start, line.sentence.end
        attribution = early(self._text, start, end)
        if attribution:
            named = self._subjects.named(attribution.start, attribution.end, after_verb=not attribution.first)
            line.speaker = None if attribution.wish and named and named.kind is SpeakerKind.BODY else named
        if line.speaker is None:
            line.speaker = self._announced(start, end)
        if line.speaker is None and before and before.spoken and first_person(self._text, start, end):
            line.speaker, line.spoken = before.speaker, True
        if line.speaker is None:
            self._subjects.note(start, end)
        else:
            self._subjects.note_others(start, end, line.speaker)

    def _announced(self, start: int, end: int) -> Speaker | None:
        """The person of whom a sentence tells before a colon and a quotation: "Vik la ikke skjul på det: «…»"."""
        colon = quotation_after_colon(self._text, start, end)
        return self._subjects.told_of(start, colon) if colon else None

    def _settle(self, speech: Sequence[_Line], place: int) -> None:
        """Speech whose own paragraph does not tell the speaker: a question, its answer, or whoever was spoken of."""
        if not speech:
            return
        speaker = self._asker(speech, place) or self._answerer(place)
        for line in speech:
            line.speaker = speaker

    def _asker(self, speech: Sequence[_Line], place: int) -> Speaker | None:
        """The interviewer: a question that speech follows, or one line between speech that has another kind of dash."""
        following = self._opening(place + 1)
        if following is None or speech[-1] is not self._lines[place][-1]:
            return None
        last = speech[-1].sentence
        if asks(self._text, last.start, last.end):
            return self._interviewer
        own = self._text[speech[0].sentence.start]
        return self._interviewer if len(speech) == 1 and following != own and self._spoken_before(place) else None

    def _opening(self, place: int) -> str | None:
        """The character that opens a paragraph of speech: a dash, or a label's first letter."""
        if place >= len(self._lines):
            return None
        first = self._lines[place][0].sentence
        spoken = self._paragraphs[place].number in self._turns or opens_with_dash(self._text, first.start, first.end)
        return self._text[first.start] if spoken else None

    def _spoken_before(self, place: int) -> bool:
        return place > 0 and self._lines[place - 1][-1].speaker is not None

    def _answerer(self, place: int) -> Speaker | None:
        """Who goes on speaking: the one before the interviewer, the last speaker, or the last person spoken of."""
        for lines in reversed(self._lines[:place]):
            last = lines[-1]
            if last.speaker is not None and last.speaker.kind is SpeakerKind.INTERVIEWER:
                continue
            return last.speaker or self._subjects.latest_person
        return self._subjects.latest_person

    def _quotations(self, lines: Sequence[_Line]) -> None:
        """A quotation over several sentences is all said by whom any of them names."""
        depth, opened = 0, 0
        for place, line in enumerate(lines):
            if depth == 0:
                opened = place
            before, depth = depth, quotation_depth(self._text, line.sentence.start, line.sentence.end, depth)
            if before and not depth:
                span = lines[opened : place + 1]
                named = span[-1].speaker if span[-1].late else span[0].speaker or span[-1].speaker
                for inner in span:
                    inner.speaker = named or inner.speaker
            elif not before and not depth and line.speaker is None:
                self._whole_quotation(lines, place)

    def _whole_quotation(self, lines: Sequence[_Line], place: int) -> None:
        """A sentence that is all quotation: a colon before it tells whose it is."""
        sentence = lines[place].sentence
        words = self._text[sentence.start : sentence.end]
        if words[0] in '«“"' and words.rstrip(".")[-1:] in '»”"':
            lines[place].speaker = lines[place - 1].speaker if place else self._subjects.latest_person

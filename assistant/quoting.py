"""Readings -> Quotes: whole sentences, once each, best first, each with who says it and what must be read with it."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from assistant.answer import Quote, Reading
from assistant.short_answer import safe_mark
from index.documents.document import Document
from index.paragraph import Paragraph, Sentence
from index.sentences import broken
from index.speakers import Speaker, SpeakerKind
from index.surroundings import Surroundings, surroundings_of

MAX_QUOTES = 5
MAX_SENTENCES = 3
"""A quote is one to three whole sentences …"""
LONGEST = 5
"""… and at most so many where it had to reach further: to the end of a quotation, say."""
NEIGHBOUR_SHARE = 0.6
"""A neighbouring sentence joins the quote when its evidence is at least this share of the best sentence's …"""
NEIGHBOUR_FLOOR = 0.5
"""… and at least this much."""
QUOTE_SHARE = 0.35
"""A further quote is shown when its score is at least this share of the first one's …"""
BESIDE_SHARE = 0.5
"""… or this one, where it stands beside a better one in the same passage: that one's words are seen already."""
SAME_CLAIM = 0.8
"""Two quotes whose words overlap this much (Jaccard) make the same claim."""

_WORD = re.compile(r"\w+")


def quote(readings: Sequence[Reading]) -> tuple[Quote, ...]:
    """At most ``MAX_QUOTES`` quotes, best first; none twice, not even in other passages' words.

    A passage gives more than one, where a sentence apart from the best one answers nearly as well as what others give.
    """
    needed = QUOTE_SHARE * max((reading.relevance for reading in readings if reading.evidence), default=0.0)
    found = [it for reading in readings if reading.evidence and reading.relevance >= needed for it in _cuts(reading)]
    beside = needed * BESIDE_SHARE / QUOTE_SHARE
    shown = (it for it in sorted(found, key=lambda it: -it.score) if it.score >= (needed if it.best else beside))
    return distinct((_quoted(it) for it in shown), limit=MAX_QUOTES)


def distinct(quotes: Iterable[Quote], *, limit: int) -> tuple[Quote, ...]:
    """The first quotes that repeat none before them, in order; no more are taken than ``limit`` needs.

    Args:
        quotes: The better of two that repeat each other stands first.
        limit: At least 1.
    """
    kept: list[Quote] = []
    for candidate in quotes:
        if not any(repeats(candidate, earlier) for earlier in kept):
            kept.append(candidate)
        if len(kept) == limit:
            break
    return tuple(kept)


def cut(reading: Reading) -> Quote:
    """The best quote of one passage: its best sentence, with the neighbours that answer nearly as well.

    One quote has one speaker, and an interviewer's question answers nothing.
    """
    return _quoted(max(_cuts(reading), key=lambda it: it.score))


@dataclass(frozen=True, slots=True)
class _Cut:
    """A sentence that a quote may be made around."""

    reading: Reading
    speakers: Sequence[Speaker | None]
    """Of each sentence of the passage."""
    evidence: Sequence[float]
    """Likewise."""
    place: int
    """Of the sentence."""
    score: float
    """How likely it answers, 0 to 1: the best of its passage as likely as the passage."""

    @property
    def best(self) -> bool:
        """Whether no sentence of the passage answers better."""
        return self.evidence[self.place] == max(self.evidence)


def _cuts(reading: Reading) -> list[_Cut]:
    """The sentences of a passage that may answer, in order."""
    surroundings = surroundings_of(reading.hit.document)
    speakers = [surroundings.speaker(sentence) for sentence in reading.hit.passage.sentences]
    evidence = _answering(reading, reading.hit.passage.sentences, speakers)
    most = max(evidence)
    scores = [reading.relevance * (it / most if most > 0 else 1.0) for it in evidence]
    return [_Cut(reading, speakers, evidence, i, scores[i]) for i, it in enumerate(evidence) if it >= 0]


def _quoted(cut: _Cut) -> Quote:
    """The quote around a sentence."""
    passage, document = cut.reading.hit.passage, cut.reading.hit.document
    first, last = _joined(cut.evidence, cut.speakers, cut.place)
    start, end = _unbroken(passage.sentences, first, last, passage.paragraph.sentences, document.text)
    place = Sentence(start, end)
    return _placed(cut.reading, cut.speakers[cut.place], place, score=cut.score)


def cut_out(reading: Reading, wanted: Sequence[bool]) -> tuple[Quote, ...]:
    """Quotes of the wanted sentences of one passage, in order; neighbours by one speaker make one quote.

    Args:
        reading: Of the passage.
        wanted: For each of its sentences, whether it is.
    """
    passage, document = reading.hit.passage, reading.hit.document
    surroundings = surroundings_of(document)
    sentences = passage.sentences
    speakers = [surroundings.speaker(sentence) for sentence in sentences]
    runs: list[list[int]] = []
    for place in (place for place, it in enumerate(wanted) if it):
        joins = runs and runs[-1][-1] == place - 1 and speakers[runs[-1][0]] == speakers[place]
        if joins and len(runs[-1]) < MAX_SENTENCES:
            runs[-1].append(place)
        else:
            runs.append([place])
    spans = (_unbroken(sentences, run[0], run[-1], passage.paragraph.sentences, document.text) for run in runs)
    return tuple(
        _placed(reading, speakers[run[0]], Sentence(*span), score=reading.relevance)
        for run, span in zip(runs, spans, strict=True)
    )


def _answering(reading: Reading, sentences: Sequence[Sentence], speakers: Sequence[Speaker | None]) -> Sequence[float]:
    """The evidence of the sentences, none for what an interviewer asks; as it is where there is nothing else."""
    text = reading.hit.document.text
    asked = [
        speaker is not None and speaker.kind is SpeakerKind.INTERVIEWER and text[sentence.end - 1] == "?"
        for sentence, speaker in zip(sentences, speakers, strict=True)
    ]
    if all(asked):
        return reading.evidence
    return [-1.0 if question else share for share, question in zip(reading.evidence, asked, strict=True)]


def _joined(evidence: Sequence[float], speakers: Sequence[Speaker | None], best: int) -> tuple[int, int]:
    """First and last sentence of the quote around the best one."""
    needed = max(NEIGHBOUR_FLOOR, NEIGHBOUR_SHARE * evidence[best])
    first = last = best

    def worth(place: int) -> float:
        inside = 0 <= place < len(evidence) and speakers[place] == speakers[best]
        return evidence[place] if inside else -1.0

    while last - first + 1 < MAX_SENTENCES:
        before, after = worth(first - 1), worth(last + 1)
        if max(before, after) < needed:
            break
        if before >= after:
            first -= 1
        else:
            last += 1
    return first, last


def _unbroken(
    sentences: Sequence[Sentence], first: int, last: int, whole: Sequence[Sentence], text: str
) -> tuple[int, int]:
    """Start and end of the quote, reaching over boundaries that are none and to the ends of a quotation."""
    start, end = sentences[first].start, sentences[last].end
    before = [sentence for sentence in whole if sentence.start < start]
    after = [sentence for sentence in whole if sentence.end > end]
    while before and (broken(text, before[-1].end, start) or _open(text[start:end]) < 0):
        start = before.pop().start
    while after and (broken(text, end, after[0].start) or _open(text[start:end]) > 0):
        end = after.pop(0).end
    far = sum(start <= sentence.start < end for sentence in whole) > LONGEST
    return (sentences[first].start, sentences[last].end) if far else (start, end)


def _open(words: str) -> int:
    """How many quotation marks are left open, or, below 0, are closed without having been opened."""
    return words.count("«") - words.count("»") + words.count("“") - words.count("”")


def _placed(reading: Reading, speaker: Speaker | None, place: Sentence, *, score: float) -> Quote:
    """The quote of a stretch of a passage, with the short answer where it lies in it."""
    document = reading.hit.document
    short = safe_mark(
        document.text,
        _within(reading.short, place.start, place.end),
        place.start,
        place.end,
        language=document.source.metadata.language,
    )
    paragraph = reading.hit.passage.paragraph
    return placed(document, paragraph, place, surroundings_of(document), speaker, score=score, short=short)


def placed(
    document: Document,
    paragraph: Paragraph,
    place: Sentence,
    surroundings: Surroundings,
    speaker: Speaker | None,
    *,
    score: float,
    short: Sentence | None = None,
) -> Quote:
    """The quote of a stretch of a paragraph with who says it and what must be read beside it."""
    return Quote(
        document=document,
        paragraph=paragraph,
        start=place.start,
        end=place.end,
        score=score,
        short=short,
        speaker=speaker.name if speaker else None,
        role=speaker.role if speaker else None,
        context=surroundings.before(place.start),
        reservation=surroundings.after(place.end),
    )


def repeats(quote: Quote, other: Quote) -> bool:
    """Whether two quotes make the same claim: they overlap in one document, or say nearly the same words."""
    if quote.document.id == other.document.id and quote.start < other.end and other.start < quote.end:
        return True
    words, others = _bag(quote.text), _bag(other.text)
    return len(words & others) >= SAME_CLAIM * len(words | others)


def _bag(text: str) -> frozenset[str]:
    return frozenset(_WORD.findall(text.lower()))


def _within(short: Sentence | None, start: int, end: int) -> Sentence | None:
    return short if short and start <= short.start < short.end <= end else None

"""What does a named source say of a topic? "Hva mener Innlandet Venstre om straff?", "Hva står i kronikken om heroin?".

Such a question holds nothing but a topic, and the reader, trained on whole questions, hardly believes any passage then;
or it believes another source's. A cell of a comparison is made for just this, so the source's cell decides, and what
others say is no answer.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from assistant.answer import Quote, Reason
from assistant.answering import Verdict
from assistant.cells import SURE, Cells
from assistant.comparing import MOST_READ, sought
from assistant.quoting import MAX_QUOTES, distinct
from assistant.talk import kind_words
from index.documents.document import Document, Language, Source

BELIEVED = 1.5
"""The reader's own answer out of the source is kept, where the cell has none, from this many times the threshold on."""

_SAYS = r"sier|seier|skriver|skriv|forteller|fortel|nevner|nemner"
_MEANS = r"mener|meiner|synes|synest|tenker|tenkjer|tror|trur"
_NORWEGIAN = re.compile(
    rf"(?:hva|kva) (?:(?P<means>{_MEANS})|{_SAYS}|står(?: det)?)(?: egentlig| eigentleg)?(?: <document>)?"
    r"(?: i| hos| fra| frå)?(?: <document>)?(?: fra| frå| av| til)? om (?P<topic>(?!at\b).+)",
    re.IGNORECASE,
)
_ENGLISH = re.compile(
    r"what (?:does|do)(?: the)?(?: <document>)? (?:(?P<means>think|believe)|say|write) (?:about|of|on) (?P<topic>.+)",
    re.IGNORECASE,
)
_LONGEST = 8
"""Words of a topic; a longer one asks for something in particular."""
_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class SourceTopic:
    """A topic that a source is asked for."""

    topic: str
    opinion: bool
    """It is the source's own opinion that is asked for, not what others say in it."""


def topic_asked(remainder: str, sources: Sequence[Source]) -> SourceTopic | None:
    """The topic of a question for what these sources say of it; None if it asks for more, or for something else.

    Args:
        remainder: The question without the sources' names.
        sources: Those that it names.
    """
    asked = " ".join(remainder.split()).rstrip("?!. ")
    kinds = [re.escape(word) for source in sources for word in kind_words(source)]
    documents = "|".join([*kinds, "dokumentet", "kilden", "kjelda", "teksten", "document", "source", "text"])
    for pattern in (_NORWEGIAN, _ENGLISH):
        form = pattern.pattern.replace("<document>", f"(?:{documents})")
        found = re.fullmatch(form, asked, re.IGNORECASE)
        if found and len(_WORD.findall(found["topic"])) <= _LONGEST:
            return SourceTopic(found["topic"], opinion=found["means"] is not None)
    return None


def on_topic(
    asked: SourceTopic,
    documents: Sequence[Document],
    verdict: Verdict,
    *,
    cells: Cells,
    language: Language,
    threshold: float,
    speaker: str = "",
) -> Verdict:
    """The verdict on what the documents say of the topic.

    Args:
        asked: The topic.
        documents: Those that are named.
        verdict: What the reader says of the question and these documents; its readings stay, and its quotes where there
            are no others.
        cells: Finds what a document says of a topic.
        language: Of the question.
        threshold: The confidence from which on an answer is given.
        speaker: Whose words are asked for, if the question asks for somebody's.

    Raises ``IndexFault``, ``EncoderError``.
    """
    looked_for = sought(asked.topic, language)
    found: list[Quote] = []
    for document in documents:
        cell = cells.of(document, looked_for, depth=MOST_READ)
        found += [it for it in (*cell.quotes, *cell.near) if not asked.opinion or _own(it, speaker)]
    found.sort(key=lambda quote: -quote.score)
    confidence = found[0].score if found else 0.0
    if confidence >= threshold:
        likely = tuple(quote for quote in found if quote.score >= SURE)[:MAX_QUOTES]
        return replace(verdict, answered=True, confidence=confidence, reason=None, quotes=likely)
    ids = {document.id for document in documents}
    if verdict.answered and verdict.confidence >= BELIEVED * threshold and verdict.quotes[0].document.id in ids:
        return verdict
    own = [quote for quote in (*found, *verdict.quotes) if quote.document.id in ids]
    return replace(
        verdict,
        answered=False,
        confidence=min(verdict.confidence, threshold) if verdict.quotes and verdict.quotes[0] in own else confidence,
        reason=verdict.reason or Reason.NOT_IN_SOURCES,
        quotes=distinct((*own, *verdict.quotes), limit=MAX_QUOTES),
    )


def _own(quote: Quote, speaker: str) -> bool:
    """Whether it is the source's own word: no speaker is named, or the source itself, or whom the question asks for."""
    if quote.speaker is None:
        return True
    metadata = quote.document.source.metadata
    whose = f"{speaker} {metadata.title} {metadata.publisher} {' '.join(metadata.authors)}"
    return _words(quote.speaker) <= _words(whose)


def _words(text: str) -> frozenset[str]:
    return frozenset(word.casefold() for word in _WORD.findall(text))

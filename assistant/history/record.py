"""An answer as JSON that is kept, and back: shown again, it is what it was, character for character.

Other than the public form (``assistant.exchange``) it holds all that rendering needs. Of the passages that the reader
saw only those are kept whose source an answer names without quoting it; the others are never shown.
"""

import json
from collections.abc import Iterable, Mapping
from typing import Any

from assistant.answer import Answer, Comparison, OtherWords, Quote, Reason, Row, Size, Talk, Timing, Topic, Understood
from assistant.history.standin import document_record, source_record, spans_of, stand_in
from assistant.strictness import Strictness
from index.documents.document import Document, Language
from index.hit import Hit
from index.paragraph import Paragraph, Passage, Sentence
from index.record import paragraph_detail, paragraph_of

VERSION = 1
"""Of the layout; a record of a later one is not read."""


def to_record(answer: Answer) -> str:
    """The answer as one line of JSON."""
    hits = _naming(answer)
    record = {
        "version": VERSION,
        "question": answer.question,
        "standalone": answer.standalone_question,
        "language": answer.language,
        "answered": answer.answered,
        "confidence": answer.confidence,
        "reason": answer.reason,
        "timing": [answer.timing.search, answer.timing.read, answer.timing.total],
        "named": answer.named_sources,
        "understood": answer.understood,
        "otherwise": answer.otherwise,
        "searched": answer.searched_sources,
        "all": answer.all_sources,
        "strictness": answer.strictness,
        "asked_speaker": answer.asked_speaker,
        "documents": _documents(answer, hits),
        "quotes": [_quote_record(quote) for quote in answer.quotes],
        "hits": [_hit_record(hit) for hit in hits],
        "talk": _talk_record(answer.talk) if answer.talk else None,
        "comparison": _comparison_record(answer.comparison) if answer.comparison else None,
        "other_words": [[other.asked, *other.words] for other in answer.other_words],
    }
    return json.dumps(record, separators=(",", ":"))  # ASCII: whatever was asked can be stored


def from_record(text: str) -> Answer:
    """The answer that was kept; its documents are stand-ins. Raises ``ValueError`` where it cannot be read."""
    try:
        record = json.loads(text)
        if record["version"] != VERSION:
            raise ValueError(f"a record of version {record['version']}")
        return _answer(record)
    except (KeyError, TypeError, AttributeError, IndexError, RecursionError) as error:
        raise ValueError(f"no record of an answer: {error!r}") from error


def _answer(record: Mapping[str, Any]) -> Answer:
    documents = {identifier: stand_in(identifier, kept) for identifier, kept in record["documents"].items()}
    quotes = tuple(_quote(kept, documents) for kept in record["quotes"])
    talk, comparison = record["talk"], record["comparison"]
    return Answer(
        question=str(record["question"]),
        standalone_question=str(record["standalone"]),
        language=Language(record["language"]),
        answered=bool(record["answered"]),
        confidence=float(record["confidence"]),
        reason=Reason(record["reason"]) if record["reason"] else None,
        quotes=quotes,
        passages=tuple(_hit(kept, documents) for kept in record["hits"]),
        timing=Timing(*map(float, record["timing"])),
        named_sources=tuple(record["named"]),
        understood=Understood(record["understood"]),
        otherwise=record["otherwise"],
        searched_sources=int(record["searched"]),
        talk=_talk(talk, documents) if talk else None,
        asked_speaker=record["asked_speaker"],
        all_sources=int(record["all"]),
        strictness=Strictness(record["strictness"]) if record.get("strictness") else None,
        comparison=_comparison(comparison, quotes, documents) if comparison else None,
        other_words=tuple(OtherWords(it[0], tuple(it[1:])) for it in record.get("other_words", ())),
    )


def _naming(answer: Answer) -> list[Hit]:
    """The best passage of each source that the question named and that no quote is from."""
    wanted = set(answer.named_sources) - {quote.document.id for quote in answer.quotes}
    best: dict[str, Hit] = {}
    for hit in answer.passages:
        if hit.source.id in wanted:
            best.setdefault(hit.source.id, hit)
    return list(best.values())


def _documents(answer: Answer, hits: Iterable[Hit]) -> dict[str, Any]:
    """What is shown of each document, by its id; in the order in which the answer speaks of them."""
    shown: dict[str, tuple[Document, list[tuple[int, int]]]] = {}
    rows = answer.comparison.rows if answer.comparison else ()
    for quote in (*answer.quotes, *(near for row in rows for near in row.near)):
        shown.setdefault(quote.document.id, (quote.document, []))[1].extend(spans_of(quote))
    for hit in hits:
        shown.setdefault(hit.source.id, (hit.document, []))[1].append((hit.passage.start, hit.passage.end))
    sources = (*(answer.talk.sources if answer.talk else ()), *(row.source for row in rows))
    named = {source.id: source_record(source) for source in sources}
    return named | {name: document_record(document, spans) for name, (document, spans) in shown.items()}


def _quote_record(quote: Quote) -> dict[str, Any]:
    return {
        **_paragraph_record(quote.paragraph),
        "start": quote.start,
        "end": quote.end,
        "score": quote.score,
        "short": _span(quote.short),
        "speaker": quote.speaker,
        "role": quote.role,
        "context": [_span(sentence) for sentence in quote.context],
        "reservation": _span(quote.reservation),
    }


def _quote(record: Mapping[str, Any], documents: Mapping[str, Document]) -> Quote:
    return Quote(
        document=documents[record["document"]],
        paragraph=_paragraph(record),
        start=int(record["start"]),
        end=int(record["end"]),
        score=float(record["score"]),
        short=_sentence(record["short"]),
        speaker=record["speaker"],
        role=record["role"],
        context=tuple(Sentence(*span) for span in record["context"]),
        reservation=_sentence(record["reservation"]),
    )


def _hit_record(hit: Hit) -> dict[str, Any]:
    passage = hit.passage
    return {
        **_paragraph_record(passage.paragraph),
        "start": passage.start,
        "end": passage.end,
        "context": passage.context,
        "scores": [hit.rank, hit.score, hit.dense, hit.lexical],
    }


def _hit(record: Mapping[str, Any], documents: Mapping[str, Document]) -> Hit:
    rank, score, dense, lexical = record["scores"]
    passage = Passage(_paragraph(record), record["start"], record["end"], record["context"])
    return Hit(rank, passage, documents[record["document"]], score, dense, lexical)


def _paragraph_record(paragraph: Paragraph) -> dict[str, Any]:
    detail = json.loads(paragraph_detail(paragraph))
    return {"document": paragraph.document_id, "number": paragraph.number, "paragraph": detail}


def _paragraph(record: Mapping[str, Any]) -> Paragraph:
    return paragraph_of(record["document"], int(record["number"]), json.dumps(record["paragraph"]))


def _talk_record(talk: Talk) -> dict[str, Any]:
    sizes = [[size.pages, size.paragraphs, size.words] for size in talk.sizes]
    return {
        "topic": talk.topic,
        "sources": [source.id for source in talk.sources],
        "wanted": talk.wanted,
        "sizes": sizes,
    }


def _talk(record: Mapping[str, Any], documents: Mapping[str, Document]) -> Talk:
    return Talk(
        Topic(record["topic"]),
        tuple(documents[it].source for it in record["sources"]),
        wanted=str(record.get("wanted", "")),  # not kept by the first records
        sizes=tuple(Size(*map(int, size)) for size in record.get("sizes", ())),
    )


def _comparison_record(comparison: Comparison) -> dict[str, Any]:
    """How many of the answer's quotes are whose: they follow each other as the rows do."""
    rows = [
        [row.source.id, len(row.quotes), row.paragraphs, [_quote_record(quote) for quote in row.near]]
        for row in comparison.rows
    ]
    return {"topic": comparison.topic, "rows": rows}


def _comparison(record: Mapping[str, Any], quotes: tuple[Quote, ...], documents: Mapping[str, Document]) -> Comparison:
    rows, first = [], 0
    for identifier, number, paragraphs, near in record["rows"]:
        nearest = tuple(_quote(kept, documents) for kept in near)
        rows.append(Row(documents[identifier].source, quotes[first : first + number], paragraphs, nearest))
        first += number
    return Comparison(record["topic"], tuple(rows))


def _span(sentence: Sentence | None) -> list[int] | None:
    return [sentence.start, sentence.end] if sentence else None


def _sentence(span: list[int] | None) -> Sentence | None:
    return Sentence(*span) if span else None

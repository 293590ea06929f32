"""Answer -> the public JSON form: ``kildesvar ask --json`` and ``--questions FILE --output FILE``.

The field names are an interface that stays (README, "The JSON form"); here is the only place that writes them.
"""

from collections.abc import Mapping
from typing import Any

from assistant.answer import Answer, Comparison, Quote, Role, Turn
from assistant.citation import short_citation
from assistant.own_words import own_text
from index.documents.document import Source
from index.errors import InvalidRequest
from index.hit import Hit
from index.paragraph import Sentence


def to_json(answer: Answer, *, question_id: str | None = None) -> dict[str, Any]:
    """The answer as plain dicts, lists, strings and numbers.

    ``said`` is there when Kildesvar itself was asked, ``comparison`` when every source was looked at, ``other_words``
    when other words than the question's were searched for too.
    """
    said = {"said": own_text(answer.talk, answer.language)} if answer.talk else {}
    compared = {"comparison": _comparison(answer.comparison, answer)} if answer.comparison else {}
    others = [{"asked": other.asked, "words": list(other.words)} for other in answer.other_words]
    return {
        "id": question_id,
        "question": answer.question,
        "standalone_question": answer.standalone_question,
        "answered": answer.answered,
        "confidence": round(answer.confidence, 4),
        "reason": answer.reason.value if answer.reason else None,
        "quotes": [_quote(quote, rank, answer) for rank, quote in enumerate(answer.quotes, start=1)],
        "passages": [_passage(hit) for hit in answer.passages],
        "timing_ms": {
            "search": round(answer.timing.search, 1),
            "read": round(answer.timing.read, 1),
            "total": round(answer.timing.total, 1),
        },
        **said,
        **compared,
        **({"other_words": others} if others else {}),
    }


def from_json(record: object) -> tuple[str | None, str, tuple[Turn, ...]]:
    """Id, question and history of one line of a questions file.

    Raises:
        InvalidRequest: The record does not have the form that is promised.
    """
    if not isinstance(record, Mapping):
        raise InvalidRequest(problem="a line is not a JSON object")
    question = record.get("question")
    if not isinstance(question, str):
        raise InvalidRequest(problem="“question” is missing or not a string")
    identifier = record.get("id")
    if identifier is not None and not isinstance(identifier, str | int):
        raise InvalidRequest(problem="“id” is not a string")
    history = record.get("history") or []
    if not isinstance(history, list):
        raise InvalidRequest(problem="“history” is not a list")
    return None if identifier is None else str(identifier), question, tuple(_turn(turn) for turn in history)


def _turn(turn: object) -> Turn:
    match turn:
        case {"role": "user" | "assistant" as role, "content": str(content)}:
            return Turn(role=Role(role), content=content)
    raise InvalidRequest(problem="a turn of “history” is not {“role”: “user” or “assistant”, “content”: text}")


def _quote(quote: Quote, rank: int, answer: Answer) -> dict[str, Any]:
    headings = quote.paragraph.headings
    return {
        "rank": rank,
        "text": quote.text,
        "document": source_json(quote.document.source),
        "page": quote.page,
        "paragraph": quote.paragraph.number,
        "heading": headings[-1] if headings else None,
        "speaker": quote.speaker,
        "start": quote.start,
        "end": quote.end,
        "score": round(quote.score, 4),
        "citation": short_citation(quote, answer.language),
        "role": quote.role,
        "context": [_span(span, quote) for span in quote.context],
        "reservation": _span(quote.reservation, quote) if quote.reservation else None,
    }


def _span(span: Sentence, quote: Quote) -> dict[str, Any]:
    return {"text": quote.document.text[span.start : span.end], "start": span.start, "end": span.end}


def _comparison(comparison: Comparison, answer: Answer) -> dict[str, Any]:
    """Which quotes, by their ranks, are whose; a source with none, and nothing near, does not mention the topic."""
    rows, first = [], 1
    for row in comparison.rows:
        ranks = list(range(first, first + len(row.quotes)))
        near = [_quote(quote, rank, answer) for rank, quote in enumerate(row.near, start=1)]
        rows.append({"document": source_json(row.source), "paragraphs": row.paragraphs, "quotes": ranks, "near": near})
        first += len(ranks)
    return {"topic": comparison.topic, "paragraphs": comparison.paragraphs, "rows": rows}


def _passage(hit: Hit) -> dict[str, Any]:
    page = hit.document.page_of(hit.passage.start)
    return {
        "rank": hit.rank,
        "text": hit.text,
        "document": source_json(hit.source),
        "page": page.number if page else None,
        "paragraph": hit.passage.paragraph.number,
        "start": hit.passage.start,
        "end": hit.passage.end,
        "score": round(hit.score, 4),
    }


def source_json(source: Source) -> dict[str, Any]:
    """A document's metadata; what the document does not say is null."""
    metadata = source.metadata
    return {
        "id": source.id,
        "file": source.file,
        "title": metadata.title,
        "author": "; ".join(metadata.authors) or None,
        "publisher": metadata.publisher,
        "date": metadata.date,
        "language": metadata.language.value if metadata.language else None,
        "sha256": source.sha256,
    }

"""No quote says anything else than its document: adversarial cases, in ``tests/data/meaning.jsonl``.

Each case is a document and the start of a sentence that a reader would pick; ``needs`` are words without which it
would mean something else: they must be in the quote or stand beside it. ``marked`` is what the short answer's mark
must come to.
"""

import json
from pathlib import Path

import pytest

from assistant.answer import Quote
from assistant.beside import context_words, reservation_words, said_by
from assistant.citation import place
from assistant.quoting import quote
from index.documents import read_bytes
from index.documents.document import Document, Language, Metadata
from index.hit import Hit
from index.paragraph import Passage, Sentence
from index.segmentation import paragraphs
from tests.corpus import make_reading

CASES = [
    json.loads(line) for line in (Path(__file__).parents[1] / "data" / "meaning.jsonl").read_text("utf-8").splitlines()
]


def picked(document: Document, pick: str, mark: str | None) -> Quote:
    """The quote when a reader picks the sentence that holds ``pick``."""
    start = document.text.index(pick)
    paragraph = next(it for it in paragraphs(document) if it.start <= start < it.end)
    evidence = [0.9 if it.start < start + len(pick) and start < it.end else 0.0 for it in paragraph.sentences]
    passage = Passage(paragraph=paragraph, start=paragraph.start, end=paragraph.end, context="")
    at = document.text.index(mark, start) if mark else 0
    short = Sentence(at, at + len(mark)) if mark else None
    hit = Hit(rank=1, passage=passage, document=document, score=1.0, dense=0.8, lexical=0.0)
    (found,) = quote([make_reading(hit, 0.9, *evidence, short=short)])
    return found


@pytest.mark.parametrize("case", CASES, ids=[case["id"] for case in CASES])
def test_what_is_shown_means_what_the_document_means(case: dict) -> None:
    language = Language(case["lang"])
    metadata = Metadata(title="Prøve", language=language)
    document = read_bytes(f"{case['id']}.md", case["text"].encode(), metadata=metadata)
    found = picked(document, case["pick"], case.get("mark"))
    assert document.text[found.start : found.end] == found.text
    beside = (said_by(found), context_words(found), found.text, reservation_words(found), place(found, language))
    shown = "\n".join(words for words in beside if words)
    for words in case["needs"]:
        assert words in shown
    if case["speaker"]:
        assert found.speaker is not None
        assert found.speaker.casefold() == case["speaker"].casefold()
    if "mark" in case:
        assert (document.text[found.short.start : found.short.end] if found.short else None) == case["marked"]


def test_there_are_a_hundred_cases_of_every_kind() -> None:
    assert len(CASES) >= 100
    assert {case["kind"] for case in CASES} >= {
        "list lead-in",
        "heading",
        "boundary",
        "table",
        "speaker",
        "reservation",
    }

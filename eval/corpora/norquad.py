"""NorQuAD, open-domain: all documents are the corpus, and nobody says where the answer stands.

``DIR`` holds ``documents.jsonl`` ({id, text}) and ``dev.jsonl`` ({id, document, question, answer, start, end}; code
points in the document's text). What is wanted is the sentence that holds the answer, and the answer is the short
answer.

Every question is asked twice: of all documents, and, as its unanswerable twin, of all but its own. That another
document happens to answer the twin is possible and counted as wrong, so that the numbers of refusal are a lower
bound.
"""

from pathlib import Path
from typing import Any

from eval.corpora import Bench, Case
from eval.corpora.jsonl import DataMissing, digest, read_jsonl
from eval.goldset import GoldQuestion, GoldQuote, QuestionType, Split
from index.documents import read_bytes
from index.documents.document import Document, Language
from index.sentences import split_sentences

NAME = "norquad"
_DOCUMENTS, _QUESTIONS = "documents.jsonl", "dev.jsonl"


def norquad(directory: Path) -> Bench:
    """NorQuAD's dev questions and their twins. Raises ``DataMissing``."""
    texts = {str(record["id"]): str(record["text"]) for record in read_jsonl(directory / _DOCUMENTS, set_name=NAME)}
    cases: list[Case] = []
    for record in read_jsonl(directory / _QUESTIONS, set_name=NAME):
        try:
            question = _question(record, texts)
        except (KeyError, TypeError, ValueError) as error:
            raise DataMissing(set=NAME, files=_QUESTIONS, problem=f"question {record.get('id')}: {error}") from error
        cases += [Case(question, question.id), _twin(question)]
    return Bench(
        name=NAME,
        split=Split.TUNE,
        sha256=digest([directory / _DOCUMENTS, directory / _QUESTIONS]),
        cases=tuple(cases),
        documents=tuple(_document(name, text) for name, text in texts.items()),
    )


def file_name(document: str) -> str:
    """What the document is called in the index."""
    return f"{document}.txt"


def _document(name: str, text: str) -> Document:
    return read_bytes(file_name(name), text.encode("utf-8"))


def _question(record: dict[str, Any], texts: dict[str, str]) -> GoldQuestion:
    text, start, end = texts[record["document"]], int(record["start"]), int(record["end"])
    if text[start:end] != record["answer"]:
        raise ValueError(f"the answer does not stand at {start}–{end}")
    return GoldQuestion(
        id=str(record["id"]),
        question=str(record["question"]),
        language=Language.BOKMAAL,
        type=QuestionType.FACTOID,
        answerable=True,
        quotes=(GoldQuote(file_name(record["document"]), sentence_around(text, start, end)),),
        short=" ".join(text[start:end].split()),
    )


def sentence_around(text: str, start: int, end: int) -> str:
    """The sentence or sentences that hold ``text[start:end]``, white space collapsed; a line is a paragraph.

    >>> sentence_around("Byen er stor. Den ligger i nord.", 27, 31)
    'Den ligger i nord.'
    """
    first = text.rfind("\n", 0, start) + 1
    after = text.find("\n", end)
    last = len(text) if after < 0 else after
    holding = [
        sentence for sentence in split_sentences(text, first, last) if sentence.start < end and start < sentence.end
    ]
    return " ".join(text[holding[0].start : holding[-1].end].split())


def _twin(question: GoldQuestion) -> Case:
    refused = GoldQuestion(
        id=f"{question.id}-without",
        question=question.question,
        language=question.language,
        type=QuestionType.UNANSWERABLE,
        answerable=False,
        quotes=(),
        tags=("twin",),
    )
    return Case(refused, question.id, without=frozenset(quote.document for quote in question.quotes))

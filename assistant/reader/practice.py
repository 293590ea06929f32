"""More to train on, written for that: documents, questions, and other ways to ask those that there are."""

from argparse import ArgumentParser
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from assistant.reader.corpora import (
    Corpus,
    Question,
    find,
    is_dev,
    read_norquad,
    read_question,
    read_records,
    read_saksprosa,
    read_squad,
)
from index.documents import read_document
from index.documents.document import Document
from index.language import Analyser


def read_to_train(data: Path, practice: Path | None) -> tuple[Corpus, ...]:
    """All corpora that are trained on, from the folder that holds them; ``practice`` is a folder as ``eval/practice``.

    Raises ``DocumentError`` for unreadable data, and ``ValueError`` as ``with_practice`` does.
    """
    saksprosa = read_saksprosa(data / "saksprosa")
    return (
        with_practice(saksprosa, practice) if practice else saksprosa,
        read_norquad(data / "norquad"),
        read_squad(data / "squad_sv", language="sv"),
        read_squad(data / "xquad", language="other"),
    )


def add_data(parser: ArgumentParser) -> None:
    """The options ``--data`` and ``--practice``, for ``read_to_train``."""
    parser.add_argument("--data", type=Path, required=True, help="folder with saksprosa, norquad, squad_sv and xquad")
    parser.add_argument("--practice", type=Path, help="folder with more to train on, as eval/practice")


def with_practice(corpus: Corpus, folder: Path) -> Corpus:
    """``corpus`` with the documents and questions of a folder as ``eval/practice`` to train on.

    Raises ``ValueError`` for practice on a document that is there to judge by, for a quote that is in no document, and
    for another way to ask a question that there is not.
    """
    more = tuple(read_document(path) for path in sorted((folder / "docs").iterdir()))
    documents = corpus.documents + more
    first = {question.id: question for question in corpus.train}
    asked: list[Question] = []
    ways: dict[str, Sequence[Mapping[str, str]]] = {}
    files = {document.source.file: document for document in documents}
    analyser = Analyser()
    for record in read_records([folder / "questions.jsonl"]):
        document = files[record["document"]]
        if is_dev(record["document"]):
            raise ValueError(f"{record['id']}: {record['document']} is there to judge by")
        missing = [text for text in (*record["quotes"], *record["decoys"]) if not find(document.text, text)]
        if missing:
            raise ValueError(f"{record['id']}: not in {record['document']}: {missing[0]}")
        question = read_question(record, document, analyser=analyser)
        if not question.gold:
            question = replace(question, aside=_same_matter(record["document"], files))
        asked.append(question)
        first[question.id] = question
        if record.get("history"):
            asked += _follow_ups(record, question, document, analyser)
        else:
            ways[question.id] = record.get("ways", ())
    ways |= {record["id"]: record["ways"] for record in read_records([folder / "ways.jsonl"])}
    asked += _other_ways(first, ways)
    return replace(corpus, documents=documents, train=corpus.train + tuple(asked))


def _same_matter(name: str, files: Mapping[str, Document]) -> frozenset[str]:
    """Ids of the other documents whose names begin with the same two words ("x2-bom-nei.md", "x2-bom-ja.md")."""
    matter = name.partition(".")[0].split("-")[:2]
    return frozenset(
        document.id
        for file, document in files.items()
        if file != name and file.partition(".")[0].split("-")[:2] == matter
    )


def _follow_ups(
    record: Mapping[str, Any], first: Question, document: Document, analyser: Analyser
) -> Iterable[Question]:
    """The same follow-up in other words, which follow the same question."""
    for number, way in enumerate(record.get("ways", ()), 1):
        other = {**record, "id": f"{first.id}/{number}", "question": way["question"], "lang": way["lang"]}
        yield replace(read_question(other, document, analyser=analyser), same_as=first.id, aside=first.aside)


def _other_ways(first: Mapping[str, Question], ways: Mapping[str, Sequence[Mapping[str, str]]]) -> Iterable[Question]:
    """The same questions in other words, which stand alone."""
    for key, others in ways.items():
        if key not in first:
            raise ValueError(f"{key}: no question to train on is called so")
        for number, way in enumerate(others, 1):
            yield replace(
                first[key],
                id=f"{key}/{number}",
                text=way["question"],
                language=way["lang"],
                kind=way["type"],
                same_as=key,
            )

"""Saksprosa: invented policy and public prose in eight genres, all of it one corpus; the dev documents' questions.

``DIR`` holds ``docs/`` and one JSONL file a genre: {id, document, question, lang, type, history, answerable, quotes,
short, decoys}. A document whose number is divisible by five is dev. A question was written to one document and is
asked of all 160, so that another may answer it as well; that counts as wrong.
"""

import re
from pathlib import Path
from typing import Any

from assistant.answer import Role, Turn
from eval.corpora import Bench, Case
from eval.corpora.jsonl import DataMissing, digest, read_jsonl
from eval.goldset import GoldQuestion, GoldQuote, QuestionType, Split
from index.documents import find_files, read_document
from index.documents.document import Language

NAME = "saksprosa"
_NUMBER = re.compile(r"-(\d+)\.\w+$")
_EVERY = 5


def saksprosa(directory: Path) -> Bench:
    """The dev questions, asked of all documents. Raises ``DataMissing`` or ``DocumentError``."""
    files = sorted(directory.glob("*.jsonl"))
    if not files:
        raise DataMissing(set=NAME, files="docs/ and *.jsonl", problem=f"{directory} holds no JSONL file.")
    cases = []
    for file in files:
        for record in read_jsonl(file, set_name=NAME):
            try:
                if is_dev(record["document"]):
                    cases.append(_case(record, genre=file.stem))
            except (KeyError, TypeError, ValueError) as error:
                problem = f"question {record.get('id')}: {error}"
                raise DataMissing(set=NAME, files=file.name, problem=problem) from error
    return Bench(
        name=NAME,
        split=Split.TUNE,
        sha256=digest(files),
        cases=tuple(cases),
        documents=tuple(read_document(path) for path in find_files(directory / "docs")),
    )


def is_dev(document: str) -> bool:
    """Whether a document belongs to dev. Raises ``ValueError`` for a name without a number.

    >>> is_dev("avis-05.txt"), is_dev("avis-06.md")
    (True, False)
    """
    number = _NUMBER.search(document)
    if number is None:
        raise ValueError(f"no number in {document}")
    return int(number[1]) % _EVERY == 0


def _case(record: dict[str, Any], *, genre: str) -> Case:
    kind = QuestionType(record["type"])
    question = GoldQuestion(
        id=record["id"],
        question=record["question"],
        language=Language(record["lang"]),
        type=kind,
        answerable=bool(record["answerable"]),
        quotes=tuple(GoldQuote(record["document"], " ".join(text.split())) for text in record["quotes"]),
        complete=kind is QuestionType.LIST,
        short=record["short"],
        tags=(genre,),
        history=tuple(Turn(Role(turn["role"]), turn["content"]) for turn in record.get("history") or ()),
    )
    return Case(question, question.id)

"""The texts and questions that the reader is trained and tuned on, read from a folder of data sets.

``saksprosa`` and ``norquad`` have a training and a development part, ``squad_sv`` and ``xquad`` are for training only.
Documents go through the product's own readers and segmentation, so that the reader learns on what it will be given.
"""

import gzip
import json
import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from assistant.answer import Role, Turn
from assistant.question import understand
from index.documents import read_bytes, read_document
from index.documents.document import Document, Metadata
from index.language import Analyser
from index.paragraph import Sentence

DEV_EVERY = 5
"""Saksprosa documents whose number this divides are the development part."""


@dataclass(frozen=True, slots=True)
class Question:
    """A question, and where its document answers it."""

    id: str
    text: str
    """Standing alone: a follow-up has taken along what it needs."""
    document: str
    """Id of the document that it was asked of; empty where none of several answers."""
    language: str
    kind: str
    """``factoid``, ``reason``, ``unanswerable`` …"""
    gold: tuple[Sentence, ...]
    """What answers; empty where nothing does."""
    decoys: tuple[Sentence, ...]
    """What looks like an answer and is none."""
    short: Sentence | None
    """The shortest answer, within ``gold``."""
    elsewhere: Mapping[str, tuple[Sentence, ...]] = field(default_factory=dict)
    """What answers in other documents, by their ids."""
    same_as: str = ""
    """Id of the question that this one asks in other words; empty where it is the first."""
    aside: frozenset[str] = frozenset()
    """Ids of documents on the same matter, which may answer what its own does not."""

    def gold_of(self, document: str) -> tuple[Sentence, ...]:
        """What answers in a document, by its id."""
        return self.gold if document == self.document else self.elsewhere.get(document, ())

    def answered_by(self, document: str, place: Sentence) -> bool:
        """Whether a stretch of a document answers."""
        return is_gold(place, self.gold_of(document))


@dataclass(frozen=True, slots=True)
class Corpus:
    """Documents and the questions asked of them."""

    name: str
    documents: tuple[Document, ...]
    train: tuple[Question, ...]
    dev: tuple[Question, ...]

    def training_documents(self) -> tuple[Document, ...]:
        """The documents of the training questions: no development text may serve even as a wrong answer."""
        asked = {question.document for question in self.train}
        return tuple(document for document in self.documents if document.id in asked)


def read_saksprosa(folder: Path) -> Corpus:
    """The in-domain questions; quotes are found by their letters and digits, whatever the markup between them."""
    files = {path.name: read_document(path) for path in sorted((folder / "docs").iterdir())}
    analyser = Analyser()
    parts: dict[bool, list[Question]] = {True: [], False: []}
    for record in read_records(sorted(folder.glob("*.jsonl"))):
        question = read_question(record, files[record["document"]], analyser=analyser)
        if question.gold or not record["answerable"]:
            parts[is_dev(record["document"])].append(question)
    return Corpus("saksprosa", tuple(files.values()), tuple(parts[False]), tuple(parts[True]))


def is_dev(name: str) -> bool:
    """Whether a saksprosa document, called ``genre-number``, is there to judge by."""
    number = Path(name).stem.rpartition("-")[2]
    return number.isdigit() and int(number) % DEV_EVERY == 0


def read_norquad(folder: Path) -> Corpus:
    """Norwegian Wikipedia and news."""
    raw = {record["id"]: record["text"] for record in read_records([folder / "documents.jsonl"])}
    documents = {key: read_bytes(f"{key}.txt", text.encode()) for key, text in raw.items()}
    train, dev = (
        tuple(_with_spans(read_records([folder / f"{part}.jsonl"]), raw, documents, language="nb", kind="norquad"))
        for part in ("train", "dev")
    )
    return Corpus("norquad", tuple(documents.values()), train, dev)


def read_tune_half(file: Path, documents: Sequence[Document]) -> Corpus:
    """The questions of a gold set of ``eval/questions`` that is there to tune on, and the documents it asks.

    Raises ``ValueError`` for a set that ``manifest.toml`` beside it does not call a tune split.
    """
    split = tomllib.loads(file.with_name("manifest.toml").read_text("utf-8")).get(file.name, {}).get("split")
    if split != "tune":
        raise ValueError(f"{file.name} is not there to tune on: its split is {split}")
    by_name = {document.source.file: document for document in documents}
    analyser = Analyser()
    dev = []
    for record in read_records([file]):
        gold: dict[str, tuple[Sentence, ...]] = {}
        for quote in record["quotes"]:
            document = by_name[quote["document"]]
            gold[document.id] = gold.get(document.id, ()) + find(document.text, quote["text"])
        history = [Turn(Role(turn["role"]), turn["content"]) for turn in record.get("history", ())]
        text = understand(record["question"], history, analyser=analyser).text
        first = next(iter(gold), "")
        own = gold.pop(first, ())
        short = [p for p in find(_text(documents, first), record.get("short") or "") if any(_inside(p, q) for q in own)]
        dev.append(
            Question(
                record["id"],
                text,
                first,
                record["language"],
                record["type"],
                own,
                (),
                short[0] if short else None,
                gold,
            )
        )
    return Corpus(file.stem, tuple(documents), (), tuple(dev))


def read_squad(folder: Path, *, language: str) -> Corpus:
    """Swedish SQuAD 2.0 or XQuAD: encyclopedia paragraphs with their title."""
    raw, documents = {}, {}
    for record in read_records([folder / "documents.jsonl.gz"]):
        raw[record["id"]] = record["text"]
        name, metadata = f"{record['id']}.txt", Metadata(title=record["title"])
        documents[record["id"]] = read_bytes(name, record["text"].encode(), metadata=metadata)
    records = read_records([folder / "questions.jsonl.gz"])
    train = tuple(_with_spans(records, raw, documents, language=language, kind=folder.name))
    return Corpus(folder.name, tuple(documents.values()), train, ())


def read_question(record: Mapping[str, Any], document: Document, *, analyser: Analyser) -> Question:
    """One line of saksprosa, or of a practice folder, about ``document``."""
    gold = tuple(place for quote in record["quotes"] for place in find(document.text, quote))
    short = [p for p in find(document.text, record["short"] or "") if any(_inside(p, quote) for quote in gold)]
    history = [Turn(Role(turn["role"]), turn["content"]) for turn in record.get("history", ())]
    return Question(
        id=record["id"],
        text=understand(record["question"], history, analyser=analyser).text,
        document=document.id,
        language=record["lang"],
        kind=record["type"],
        gold=gold,
        decoys=tuple(place for decoy in record["decoys"] for place in find(document.text, decoy)),
        short=short[0] if short else None,
    )


def read_records(files: Iterable[Path]) -> Iterator[dict[str, Any]]:
    """One object a line, of files that may be packed (``.gz``)."""
    for file in files:
        data = gzip.decompress(file.read_bytes()) if file.suffix == ".gz" else file.read_bytes()
        for line in data.decode("utf-8").split("\n"):
            if line:
                yield json.loads(line)


def find(text: str, quote: str) -> tuple[Sentence, ...]:
    """Every place where ``text`` says ``quote``, compared by letters and digits alone.

    >>> find("Vi vil **ikke** ha det. Ikke ha det!", "ikke ha det")
    (Sentence(start=9, end=22), Sentence(start=24, end=35))
    """
    letters, places = _letters(text)
    wanted, _ = _letters(quote)
    found, begin = [], 0
    while wanted and (begin := letters.find(wanted, begin)) >= 0:
        found.append(Sentence(places[begin], places[begin + len(wanted) - 1] + 1))
        begin += len(wanted)
    return tuple(found)


def is_gold(sentence: Sentence, gold: Sequence[Sentence]) -> bool:
    """Whether a sentence answers: half of it lies in a gold quote, or half of a gold quote in it."""
    for quote in gold:
        shared = min(sentence.end, quote.end) - max(sentence.start, quote.start)
        shorter = min(sentence.end - sentence.start, quote.end - quote.start)
        if shared > 0 and 2 * shared >= shorter:
            return True
    return False


def _with_spans(
    records: Iterable[dict[str, Any]], raw: dict[str, str], documents: dict[str, Document], *, language: str, kind: str
) -> Iterator[Question]:
    """Questions whose answers are offsets into the raw text, carried over to the canonical text by counting letters."""
    for record in records:
        document, text = documents[record["document"]], raw[record["document"]]
        short = None
        if record.get("answerable", True):
            letters, places = _letters(document.text)
            if letters != _letters(text)[0]:  # the reader dropped something: offsets can't be carried over
                continue
            first = len(_letters(text[: record["start"]])[0])
            count = len(_letters(text[record["start"] : record["end"]])[0])
            if count == 0:
                continue
            short = Sentence(places[first], places[first + count - 1] + 1)
        gold = (short,) if short else ()
        yield Question(record["id"], record["question"], document.id, language, kind, gold, (), short)


def _letters(text: str) -> tuple[str, list[int]]:
    """The letters and digits of a text in lower case, and where each stands."""
    places = [i for i, character in enumerate(text) if character.isalnum()]
    return "".join(text[i].lower()[0] for i in places), places


def _text(documents: Iterable[Document], document_id: str) -> str:
    return next((document.text for document in documents if document.id == document_id), "")


def _inside(part: Sentence, whole: Sentence) -> bool:
    return whole.start <= part.start and part.end <= whole.end

"""What the reader practises on, as far as its documents are in the project."""

import json
from pathlib import Path

from assistant.reader.corpora import find, is_dev
from index.documents import read_document

PRACTICE = Path(__file__).parents[2] / "eval" / "practice"


def test_every_quote_and_decoy_stands_in_its_document() -> None:
    texts = {path.name: read_document(path).text for path in sorted((PRACTICE / "docs").iterdir())}
    records = [json.loads(line) for line in (PRACTICE / "questions.jsonl").read_text("utf-8").splitlines()]
    asked = [record for record in records if record["document"] in texts]
    assert len(asked) >= 500
    for record in asked:
        for text in (*record["quotes"], *record["decoys"]):
            assert find(texts[record["document"]], text), (record["id"], text)


def test_questions_are_told_apart_and_say_whether_they_have_an_answer() -> None:
    records = [json.loads(line) for line in (PRACTICE / "questions.jsonl").read_text("utf-8").splitlines()]
    assert len({record["id"] for record in records}) == len(records)
    for record in records:
        assert bool(record["quotes"]) is record["answerable"] is (record["type"] != "unanswerable"), record["id"]
        assert not is_dev(record["document"]), record["id"]
        assert record["decoys"] or record["answerable"], record["id"]


def test_other_ways_name_a_language_and_are_other() -> None:
    lines = (PRACTICE / "ways.jsonl").read_text("utf-8").splitlines()
    for record in map(json.loads, lines):
        assert record["ways"], record["id"]
        assert {way["lang"] for way in record["ways"]} <= {"nb", "nn", "en"}
        assert len({way["question"] for way in record["ways"]}) == len(record["ways"]), record["id"]

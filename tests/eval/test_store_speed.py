from pathlib import Path
from random import Random

from eval.store_speed import make_document, measure

WORDS = ["kaia", "ferga", "havna", "broen", "skolen", "veien"]


def test_every_paragraph_made_is_one_passage_and_everything_is_timed(tmp_path: Path) -> None:
    documents = [make_document(f"{n}.txt", WORDS, Random(n), paragraphs=4) for n in range(3)]
    found = measure(tmp_path, documents, WORDS)
    assert found.pop("holds") == "3 documents, 12 passages"
    assert all(float(taken.split()[0]) >= 0 for taken in found.values())
    assert {"open", "one search", "add one small document", "remove it", "verify everything", "on disk"} == found.keys()

"""A user's own set, asked of the user's own index as it stands."""

from pathlib import Path

from eval.corpora import Bench, Case
from eval.goldset import load_gold


def own(path: Path) -> Bench:
    """The questions of a JSONL file with its manifest beside it. Raises ``GoldSetInvalid``."""
    gold = load_gold(path)
    cases = tuple(Case(question, question.id) for question in gold.questions)
    return Bench(name=gold.name, split=gold.split, sha256=gold.sha256, cases=cases, documents=())

"""The five documents of ``seeds/`` and the gold sets written on them."""

from pathlib import Path

from eval.corpora import Bench, Case
from eval.goldset import GoldQuestion, load_gold
from index.documents import read_corpus

QUESTIONS = Path(__file__).resolve().parent.parent / "questions"
CONVERSATIONS = ("conversations-tune", "conversations-test")
"""The sets whose questions are the turns of whole conversations, each conversation a cluster."""
NAMES = ("seeds-tune", "seeds-test", "talk-tune", "talk-test", "language-tune", "language-test", *CONVERSATIONS)
SEEDS = Path(__file__).resolve().parent.parent.parent / "seeds"


def seeds(name: str) -> Bench:
    """The set ``name`` (one of ``NAMES``). Raises ``GoldSetInvalid`` or ``DocumentError``."""
    gold = load_gold(QUESTIONS / f"{name}.jsonl")
    cluster = _conversation if name in CONVERSATIONS else _cluster
    cases = tuple(Case(question, cluster(question)) for question in gold.questions)
    return Bench(name=name, split=gold.split, sha256=gold.sha256, cases=cases, documents=read_corpus(SEEDS))


def _cluster(question: GoldQuestion) -> str:
    """The same question in several languages stands or falls together: "language-tune-01-nn" and "…-en"."""
    return question.id.removesuffix(f"-{question.language.value}")


def _conversation(question: GoldQuestion) -> str:
    """The second question of the third conversation is ``conversations-tune-03-2``."""
    return question.id.rpartition("-")[0]

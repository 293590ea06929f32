"""Enumerating questions: how much of what every source says of a topic is found, and which sources are passed over.

    python -m eval.every_source eval/questions/compare-tune.jsonl [--index DIR]

*Found* is the share of the gold sentences, all of which are wanted, that a quote of their own document's row covers.
*Passed over* is the share of the documents with a gold sentence that are called "not mentioned", *near* tells of how
many only something unsure is shown, and *other documents quoted* how many without a gold sentence have quotes. A
question that is not taken for an enumerating one counts with all its gold as lost; those of the set without the tag
``every-source`` are left out.
"""

import argparse
import sys
from dataclasses import dataclass
from pathlib import Path

from assistant.answer import Answer
from assistant.opening import open_assistant
from eval.goldset import EVERY_SOURCE, GoldQuestion, GoldSet, load_gold
from index.errors import KildesvarError


@dataclass(frozen=True, slots=True)
class Coverage:
    """Counts, of one question or summed over several."""

    gold: int = 0
    """Gold sentences."""
    found: int = 0
    documents: int = 0
    """Documents with a gold sentence."""
    passed_over: int = 0
    """Documents with a gold sentence that are called "not mentioned"."""
    unsure: int = 0
    """Documents with a gold sentence of which only something near is shown."""
    others: int = 0
    """Documents without a gold sentence."""
    filled: int = 0
    """Documents without a gold sentence that are quoted all the same."""
    quotes: int = 0

    def __add__(self, other: "Coverage") -> "Coverage":
        return Coverage(
            self.gold + other.gold,
            self.found + other.found,
            self.documents + other.documents,
            self.passed_over + other.passed_over,
            self.unsure + other.unsure,
            self.others + other.others,
            self.filled + other.filled,
            self.quotes + other.quotes,
        )


def coverage(gold: GoldQuestion, answer: Answer) -> Coverage:
    """What of the gold the answer's rows hold."""
    rows = answer.comparison.rows if answer.comparison else ()
    said = {row.source.file: [" ".join(quote.text.split()) for quote in row.quotes] for row in rows}
    near = {row.source.file for row in rows if row.near}
    wanted = {quote.document for quote in gold.quotes}
    found = sum(any(quote.text in text for text in said.get(quote.document, ())) for quote in gold.quotes)
    return Coverage(
        gold=len(gold.quotes),
        found=found,
        documents=len(wanted),
        passed_over=sum(not said.get(document) and document not in near for document in wanted),
        unsure=len(wanted & near),
        others=len(said.keys() - wanted),
        filled=sum(bool(said[document]) for document in said.keys() - wanted),
        quotes=sum(map(len, said.values())),
    )


def main(arguments: list[str] | None = None) -> int:
    """Measure one set; a line a question and the sums."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("set", type=Path)
    parser.add_argument("--index", type=Path)
    options = parser.parse_args(arguments)
    try:
        return _measure(load_gold(options.set), options.index)
    except KildesvarError as error:
        sys.stderr.write(f"{error}\n")
        return 1


def _measure(gold: GoldSet, index: Path | None) -> int:
    questions = [question for question in gold.questions if EVERY_SOURCE in question.tags]
    if not questions:
        sys.stderr.write(f"No question of {gold.name} has the tag {EVERY_SOURCE}.\n")
        return 1
    total = Coverage()
    with open_assistant(index) as assistant:
        for question in questions:
            one = coverage(question, assistant.ask(question.question, question.history))
            total += one
            sys.stdout.write(f"{question.id}  found {one.found}/{one.gold}  over {one.passed_over}/{one.documents}\n")
    sys.stdout.write(
        f"{gold.name} {gold.sha256[:12]}: {len(questions)} questions; found {total.found} of {total.gold} "
        f"({total.found / max(1, total.gold):.1%}); passed over {total.passed_over} of {total.documents} "
        f"({total.passed_over / max(1, total.documents):.1%}), {total.unsure} more only near; "
        f"{total.filled} of {total.others} other documents quoted; {total.quotes} quotes\n"
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())

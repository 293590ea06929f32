"""What each step of the Norwegian analysis brings to BM25.

    python -m eval.analysis_ablation --corpus documents.jsonl --questions dev.jsonl
    python -m eval.analysis_ablation --corpus docs/ --questions avis.jsonl plan.jsonl … --split dev

``--corpus`` is a JSONL file of {id, text} whose paragraphs are lines, or a folder of text files whose paragraphs stand
between blank lines and are searched with the document's first line before them. A question is {document, question}
with either {start, end} of its answer or ``quotes``; a paragraph that holds one of them is relevant. Questions that
have no answer, or that need a conversation before them, are left out. ``--typed`` asks them as typed on a keyboard
without æ, ø and å: ``digraphs`` (ae, oe, aa) or ``bare`` (a, o, a).
"""

import argparse
import hashlib
import json
import re
import sys
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path

import numpy as np
import numpy.typing as npt

from index.language import ANALYSIS_VERSION, Analyser, Parts, detect_language

Floats = npt.NDArray[np.float64]
_RESAMPLES = 5_000
_SEED = 20_170
_K1, _B = 1.2, 0.75  # tantivy's own, so that the numbers carry over
_TYPED = {"norwegian": "æøåÆØÅ", "digraphs": ("ae", "oe", "aa", "Ae", "Oe", "Aa"), "bare": "aoaAOA"}


@dataclass(frozen=True, slots=True)
class Place:
    """One paragraph of the corpus."""

    document: str
    text: str
    """What a quote must lie in."""
    start: int
    """Code points from the start of the document's text."""
    searched: str
    """What is analysed: the text, with the title before it where there is one."""


@dataclass(frozen=True, slots=True)
class Question:
    """A question and the paragraphs (their row in the corpus) that answer it."""

    text: str
    kind: str
    relevant: frozenset[int]


class Bm25:
    """BM25 over ready-made terms, exact and in memory."""

    def __init__(self, paragraphs: Iterable[Sequence[str]]) -> None:
        postings: dict[str, dict[int, int]] = defaultdict(lambda: defaultdict(int))
        lengths = []
        for row, terms in enumerate(paragraphs):
            lengths.append(len(terms))
            for term in terms:
                postings[term][row] += 1
        self.size = len(lengths)
        length = np.asarray(lengths, dtype=np.float64)
        norm = _K1 * (1 - _B + _B * length / length.mean())
        self.vocabulary = postings.keys()
        self._postings: dict[str, tuple[npt.NDArray[np.int64], Floats]] = {}
        for term, found in postings.items():
            rows = np.fromiter(found.keys(), dtype=np.int64)
            counts = np.fromiter(found.values(), dtype=np.float64)
            idf = np.log1p((self.size - len(rows) + 0.5) / (len(rows) + 0.5))
            self._postings[term] = rows, idf * counts * (_K1 + 1) / (counts + norm[rows])

    def scores(self, terms: Iterable[tuple[str, float]]) -> Floats:
        """BM25 of every paragraph, (n_paragraphs,)."""
        scores = np.zeros(self.size)
        for term, weight in terms:
            if term in self._postings:
                rows, gains = self._postings[term]
                scores[rows] += weight * gains
        return scores


def read_corpus(path: Path) -> list[Place]:
    """The paragraphs of a JSONL file or of a folder of text files."""
    if path.is_file():
        rows = (json.loads(line) for line in path.open(encoding="utf-8"))
        return [place for row in rows for place in _places(row["id"], row["text"], r"[^\n]+", title="")]
    places: list[Place] = []
    for file in sorted(path.iterdir()):
        text = file.read_text("utf-8")
        title = text.lstrip("#\ufeff \n").split("\n", 1)[0]
        places += _places(file.name, text, r"(?:[^\n]+(?:\n|$))+", title=title)
    return places


def _places(document: str, text: str, paragraph: str, *, title: str) -> list[Place]:
    matches = re.finditer(paragraph, text)
    return [Place(document, m.group(), m.start(), f"{title}\n{m.group()}") for m in matches if m.group().strip()]


def read_questions(paths: Sequence[Path], places: Sequence[Place], *, split: str | None) -> list[Question]:
    """The questions that one paragraph at least answers; ``split`` keeps saksprosa's train or dev documents."""
    rows: dict[str, list[int]] = defaultdict(list)
    for row, place in enumerate(places):
        rows[place.document].append(row)
    questions = []
    for path in paths:
        for line in path.open(encoding="utf-8"):
            item = json.loads(line)
            if item.get("history") or not item.get("answerable", True) or _split(item["document"]) != split:
                continue
            holds = _holder(item)
            relevant = frozenset(row for row in rows[item["document"]] if holds(places[row]))
            if relevant:
                kind = _kind(item, " ".join(places[row].text for row in rows[item["document"]]))
                questions.append(Question(item["question"], kind, relevant))
    return questions


def _kind(item: Mapping[str, object], document: str) -> str:
    """The question's type, or how it crosses from one language to another."""
    asked, answered = str(item.get("lang", "nb")), detect_language(document).value
    if "lang" in item and asked != answered:
        return f"{asked} asked of {answered}"
    return "nn" if asked == "nn" else str(item.get("type", "all"))


def _split(document: str) -> str | None:
    """Saksprosa's documents with a number divisible by five are dev; other corpora come split already."""
    number = re.search(r"^[a-z]+-(\d+)\.(?:md|txt)$", document)
    return None if number is None else "train" if int(number[1]) % 5 else "dev"


def _typed(question: str, keyboard: str) -> str:
    return question.translate(dict(zip(map(ord, "æøåÆØÅ"), _TYPED[keyboard], strict=True)))


def _holder(item: Mapping[str, object]) -> Callable[[Place], bool]:
    if "quotes" in item:
        quotes = item["quotes"]
        assert isinstance(quotes, list)
        return lambda place: any(_flat(quote) in _flat(place.text) for quote in quotes)
    start = int(str(item["start"]))
    return lambda place: place.start <= start < place.start + len(place.text)


def _flat(text: str) -> str:
    return " ".join(text.split())


def ranks(analyser: Analyser, places: Sequence[Place], questions: Sequence[Question]) -> Floats:
    """Rank of each question's best relevant paragraph, (n_questions,); infinite if no paragraph of it shares a term."""
    bm25 = Bm25(analyser.terms(place.searched) for place in places)
    found = np.full(len(questions), np.inf)
    for row, question in enumerate(questions):
        scores = bm25.scores(analyser.query_terms(question.text, bm25.vocabulary))
        best = max(scores[list(question.relevant)])
        if best > 0:
            # Ties count against us: nothing is won by scoring everything alike.
            others = np.delete(scores, list(question.relevant))
            found[row] = 1 + np.count_nonzero(others >= best)
    return found


def measures(found: Floats) -> Floats:
    """Recall@1, recall@10 and reciprocal rank of each question, (3, n_questions), 0 to 1."""
    return np.stack([found <= 1, found <= 10, 1 / found])


def interval(differences: Floats) -> tuple[float, float]:
    """95 % bootstrap interval of the mean of paired differences, seeded."""
    rng = np.random.default_rng(_SEED)
    draws = rng.integers(0, len(differences), (_RESAMPLES, len(differences)))
    low, high = np.percentile(differences[draws].mean(axis=1), [2.5, 97.5])
    return float(low), float(high)


def steps() -> list[tuple[str, Parts, int]]:
    """Name, parts and the row to compare with: each part added to the one before, then each taken from the whole."""
    on = {name: False for name in asdict(Parts())}
    table = [("words", Parts(**on), -1)]
    for name in on:
        on[name] = True
        table.append((f"+ {name}", Parts(**on), len(table) - 1))
    whole = len(table) - 1
    table += [(f"all − {name}", Parts(**{**on, name: False}), whole) for name in list(on)[:-1]]
    return table


def main() -> None:
    """Print the tables as Markdown."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--corpus", type=Path, required=True)
    parser.add_argument("--questions", type=Path, nargs="+", required=True)
    parser.add_argument("--split", choices=["train", "dev"], help="for saksprosa, which comes in one piece")
    parser.add_argument("--typed", choices=sorted(_TYPED), default="norwegian")
    arguments = parser.parse_args()
    places = read_corpus(arguments.corpus)
    questions = read_questions(arguments.questions, places, split=arguments.split)
    questions = [replace(question, text=_typed(question.text, arguments.typed)) for question in questions]
    digest = hashlib.sha256("\n".join(question.text for question in questions).encode()).hexdigest()[:12]
    _print(f"analysis {ANALYSIS_VERSION} | paragraphs {len(places)} | questions {len(questions)}, sha256 {digest}")
    _print(f"split {arguments.split} | typed {arguments.typed} | BM25 k1 {_K1} b {_B}")
    _print(f"paired bootstrap of {_RESAMPLES}, 95 %, seed {_SEED}\n")
    results = [measures(ranks(Analyser(parts), places, questions)) for _, parts, _ in steps()]
    _report(results)
    _report_kinds(results, [question.kind for question in questions])


def _report(results: Sequence[Floats]) -> None:
    _print("| analysis | recall@1 | recall@10 | MRR | MRR against the row compared with |\n|---|---|---|---|---|")
    for (name, _, other), values in zip(steps(), results, strict=True):
        line = f"| {name} | " + " | ".join(f"{100 * value:.1f}" for value in values.mean(axis=1))
        difference = "" if other < 0 else _difference(values[2] - results[other][2])
        _print(f"{line} | {difference} |")


def _report_kinds(results: Sequence[Floats], kinds: Sequence[str]) -> None:
    """MRR of every analysis on every kind of question."""
    names = sorted(set(kinds))
    if len(names) < 2:
        return
    chosen = [np.array([kind == name for kind in kinds]) for name in names]
    heads = " | ".join(f"{name} ({rows.sum()})" for name, rows in zip(names, chosen, strict=True))
    _print(f"\n| MRR | {heads} |\n|---{'|---' * len(names)}|")
    for (name, _, _), values in zip(steps(), results, strict=True):
        _print(f"| {name} | " + " | ".join(f"{100 * values[2][rows].mean():.1f}" for rows in chosen) + " |")


def _difference(values: Floats) -> str:
    low, high = interval(values)
    return f"{100 * values.mean():+.1f} [{100 * low:+.1f}, {100 * high:+.1f}]"


def _print(line: str) -> None:
    sys.stdout.write(line + "\n")


if __name__ == "__main__":
    main()

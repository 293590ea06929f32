"""What the encoder's question side, or the lists of other words, bring to the search: without them and with them.

    python -m eval.finding seeds-tune talk-tune
    python -m eval.finding saksprosa norquad --data DIR [--questions FILE]
    python -m eval.finding saksprosa norquad --data DIR --other-words

A question is found among k if a passage that covers one of its gold quotes (``eval.covering``) is among the first k:
of the encoder alone (*dense*) and of the product's search (*hybrid*). ``--questions`` is a file of corrections to try
instead of the shipped one; with ``--other-words`` the question side is there both times, and ``index.bridging`` once.
Questions in everyday words and in English are shown by themselves, too. Nothing is read or answered.
"""

import argparse
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import numpy.typing as npt

from assistant.question import understand
from eval.aggregate import SEED, draws, interval, resampled_means
from eval.corpora import Bench
from eval.corpora.choosing import bench_of
from eval.covering import covers
from eval.goldset import QuestionType
from eval.row import Seen, Wanted
from eval.runner import Truth
from index.bridging import LISTS, Bridge
from index.documents.document import Document, Language
from index.e5 import load_embedded
from index.encoder import Encoder, Precision
from index.engines.embedded import EmbeddedEngine
from index.errors import KildesvarError
from index.language import Analyser
from index.paragraph import Passage
from index.question_side import WEIGHTS
from index.search import search

AMONG = (1, 10, 30)

Places = npt.NDArray[np.int64]
"""(n_questions, 2): how many passages stand before the first right one, dense and hybrid; ``NOWHERE`` if none does."""
NOWHERE = 10**6


@dataclass(frozen=True, slots=True)
class Group:
    """Questions that are counted together."""

    name: str
    rows: npt.NDArray[np.bool_]
    """(n_questions,)"""
    clusters: Sequence[str]
    """Of the rows: one question in several languages is drawn as one."""


@dataclass(frozen=True, slots=True)
class Way:
    """A way to search."""

    encoder: Encoder
    lists: Mapping[Language, str]
    """Of other words, by the language of the question."""


def places(bench: Bench, way: Way, *, index: Path) -> Places:
    """Where each answerable question's first right passage stands; the documents are indexed if they are not yet."""
    analyser, truth = Analyser(), Truth(bench.documents)
    documents = {document.id: document for document in bench.documents}
    bridge = Bridge(analyser, lists=way.lists)
    with EmbeddedEngine.open(index, way.encoder) as engine:
        engine.add(bench.documents)
        found = []
        for case in bench.cases:
            if not case.question.answerable:
                continue
            asked = understand(case.question.question, case.question.history, analyser=analyser).text
            wanted = truth.wanted(case)
            dense = engine.dense(engine.encode_query(asked), k=max(AMONG))
            nearest = engine.passages([scored.key for scored in dense])
            hits = search(engine, asked, analyser=analyser, k=max(AMONG), bridge=bridge)
            found.append((_first(nearest, documents, wanted), _first([hit.passage for hit in hits], documents, wanted)))
    return np.array(found, dtype=np.int64)


def _first(passages: Sequence[Passage], documents: dict[str, Document], wanted: Sequence[Wanted]) -> int:
    for place, passage in enumerate(passages):
        document = documents[passage.paragraph.document_id]
        words = document.text[passage.start : passage.end]
        seen = Seen(document.source.file, passage.paragraph.number, passage.start, passage.end, words, score=0.0)
        if any(covers(seen, item) for item in wanted):
            return place
    return NOWHERE


def groups(bench: Bench) -> list[Group]:
    """All questions, and by themselves those in everyday words, in English, and the others, where they are not all."""
    cases = [case for case in bench.cases if case.question.answerable]
    asked, clusters = [case.question for case in cases], np.array([case.cluster for case in cases])
    everyday = np.array([it.type is QuestionType.LAY for it in asked])
    english = np.array([it.language is Language.ENGLISH for it in asked]) & ~everyday
    others = ~everyday & ~english
    named = (("everyday words", everyday), ("English", english), ("others", others))
    parts = [Group(f"… {name}", rows, clusters[rows].tolist()) for name, rows in named if rows.any() and not rows.all()]
    return [Group(bench.name, np.ones(len(asked), dtype=np.bool_), clusters.tolist()), *parts]


def lines(group: Group, before: Places, after: Places) -> list[str]:
    """Two lines of a Markdown table: dense, hybrid; each with the intervals of the paired differences."""
    drawn, count = draws(group.clusters), len(group.clusters)
    made = []
    for column, way in enumerate(("dense", "hybrid")):
        cells = [f"{group.name} ({count})" if column == 0 else "", way]
        for k in AMONG:
            one, two = (100.0 * (found[group.rows, column] < k) for found in (before, after))
            low, high = interval(resampled_means(two - one, drawn))
            cells.append(f"{one.mean():.1f} → {two.mean():.1f} [{low:+.1f}, {high:+.1f}]")
        made.append(f"| {' | '.join(cells)} |")
    return made


def table(bench: Bench, ways: Sequence[Way], measured: Callable[[Way], Places]) -> list[str]:
    """The lines of one bench for a way before and one after."""
    before, after = (measured(way) for way in ways)
    return [line for group in groups(bench) for line in lines(group, before, after)]


def _main(arguments: Sequence[str]) -> int:
    parser = argparse.ArgumentParser(prog="python -m eval.finding", description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("sets", nargs="+")
    parser.add_argument("--data", type=Path, help="folder with saksprosa and norquad")
    parser.add_argument("--questions", type=Path, default=WEIGHTS)
    parser.add_argument("--other-words", action="store_true", help="with the question side, without and with the lists")
    chosen = parser.parse_args(arguments)
    head = "".join(f" among {k} |" for k in AMONG)
    sys.stdout.write(f"| questions | search |{head}\n|---|---|{'---|' * len(AMONG)}\n")
    try:
        after = Way(load_embedded(Precision.INT8, questions=chosen.questions), LISTS)
        before = replace(after, lists={})
        if not chosen.other_words:
            before = replace(after, encoder=load_embedded(Precision.INT8, questions=None))
        for name in chosen.sets:
            bench = bench_of(name, data=chosen.data / name if chosen.data else None)
            with TemporaryDirectory() as directory:
                index = Path(directory) / "index"
                found = table(bench, (before, after), partial(places, bench, index=index))
            sys.stdout.write("\n".join([*found, ""]))
            sys.stdout.flush()
    except KildesvarError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    sys.stdout.write(f"\n{after.encoder.signature} | questions {after.encoder.question_side} | seed {SEED}\n")
    return 0


if __name__ == "__main__":
    raise SystemExit(_main(sys.argv[1:]))

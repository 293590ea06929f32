"""Calibrate the reader on the development sets and measure it: ``python -m assistant.reader.tuning --data DIR …``.

Saksprosa dev is asked of all its 160 documents, NorQuAD dev of all its 556, the tune half of the seeds questions of the
five documents; NorQuAD's unanswerable twin is the same questions with their own document left out of the search. What
is reported of the confidence is cross-validated: over documents, over questions where there are few documents.
"""

import argparse
import json
import sys
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np

from assistant.reader import Strictness
from assistant.reader.confidence import Calibration, save_calibration
from assistant.reader.corpora import read_norquad, read_saksprosa, read_tune_half
from assistant.reader.fitting import Doubles, Flags, logistic, probabilities
from assistant.reader.measures import report
from assistant.reader.outcomes import Asked, Outcome, ask, outcome
from assistant.reader.ranking import fit_ranking
from assistant.reader.trained import TrainedReader
from assistant.reader.weights import WEIGHTS
from index.documents import read_corpus
from index.encoder import load_encoder

START = Calibration(
    depth=10,
    ranking=(0.5, 0.5, 0.0, 0.0),
    sureness=(1.0, 0.0, 0.0, 0.0),
    thresholds={Strictness.STRICT: 0.8, Strictness.NORMAL: 0.5, Strictness.OPEN: 0.2},
    short_answer=0.1,
    alone=0.5,
)
"""Before anything is fitted."""
FOLDS = 5
UNANSWERABLE = 3.0
"""How much more the unanswerable questions of a set count among those without a right first quote than the others do.

Where the documents do answer, a wrong first quote is often followed by the right one; a quote for what no document
answers is wrong whatever follows.
"""
NORQUAD_EVERY = 2
"""Every second question of NorQuAD dev, twice: as many as the other sets have together."""
STRICT_SHARE, NORMAL_SHARE, OPEN_SHARE = 0.25, 0.5, 0.95
"""Share of what the documents answer that is answered at least at each threshold."""
FLAT = 0.02
"""Sums within this of the greatest are as good, on so few questions: the strictest of them is taken."""
EASY = "norquad"
"""Left out where thresholds are chosen: an encyclopedia's facts are surer than what people ask of own documents."""


def cross_validated(outcomes: Sequence[Outcome], fit: Callable[[Sequence[Outcome]], Doubles]) -> Doubles:
    """The confidence of each question, by constants fitted on other groups, (n,)."""
    groups = sorted({one.asked.group for one in outcomes})
    fold = {group: number % FOLDS for number, group in enumerate(groups)}
    folds = np.array([fold[one.asked.group] for one in outcomes])
    confidence = np.zeros(len(outcomes))
    for number in range(FOLDS):
        weights = fit([one for one, its in zip(outcomes, folds, strict=True) if its != number])
        mine = np.flatnonzero(folds == number)
        confidence[mine] = probabilities(np.array([outcomes[int(i)].inputs for i in mine]), weights)
    return confidence


def fit_sureness(outcomes: Sequence[Outcome]) -> Doubles:
    """Weights of the confidence: is the first quote right?"""
    right = np.array([one.first_right for one in outcomes])
    return logistic(np.array([one.inputs for one in outcomes]), right, weights=importance(outcomes))


def importance(outcomes: Sequence[Outcome]) -> Doubles:
    """How much each question counts in the fit, (n,), 1 in the mean.

    Each set counts alike, whatever its size; within a set the share of right first quotes stays, and among the others
    the unanswerable count ``UNANSWERABLE`` times as much as the rest together.
    """
    sets = np.array([one.asked.set for one in outcomes])
    right = np.array([one.first_right for one in outcomes])
    answerable = np.array([one.asked.answerable for one in outcomes])
    counts = np.ones(len(outcomes))
    for name in set(sets):
        mine = sets == name
        wrong, unanswerable = mine & ~right & answerable, mine & ~right & ~answerable
        if wrong.any() and unanswerable.any():
            others = float((wrong | unanswerable).sum()) / (1 + UNANSWERABLE)
            counts[wrong], counts[unanswerable] = others / wrong.sum(), UNANSWERABLE * others / unanswerable.sum()
        counts[mine] *= len(outcomes) / len(set(sets)) / mine.sum()
    return counts


def thresholds(outcomes: Sequence[Outcome], confidence: Doubles) -> dict[Strictness, float]:
    """From which confidence on an answer is given, chosen on all sets but the easy one, each counting alike.

    Strict answers a quarter of what the documents answer: the surest quarter, and so about the least risk that leaves
    the reader of use. Normal has the greatest sum of right quotes' share that is shown and unanswerable questions'
    share that is refused (Youden's index), of those that answer half, and is the strictest of those as good. Open
    answers 95 % of what the documents answer.
    """
    sets = np.array([one.asked.set for one in outcomes])
    answerable = np.array([one.asked.answerable for one in outcomes])
    right = np.array([one.first_right for one in outcomes])
    chosen = [sets == name for name in sorted(set(sets)) if name != EASY]

    def share(of: Flags, at: float) -> float:
        return float(np.mean([(confidence[mine & of] >= at).mean() for mine in chosen]))

    places = np.unique(confidence[np.logical_or.reduce(chosen)])
    answered = np.array([share(answerable, at) for at in places])
    told_apart = np.array([share(right, at) - share(~answerable, at) for at in places])
    told_apart[answered < NORMAL_SHARE] = -1.0
    normal = float(places[told_apart >= told_apart.max() - FLAT][-1])
    strict = float(places[answered >= STRICT_SHARE][-1])
    opened = float(places[answered >= OPEN_SHARE][-1])
    return {Strictness.STRICT: strict, Strictness.NORMAL: normal, Strictness.OPEN: opened}


def fit(asked: Sequence[Asked], reader: TrainedReader, *, depth: int) -> tuple[Calibration, list[Outcome], Doubles]:
    """The calibration, what it makes of each question, and the cross-validated confidences."""
    ranked = replace(fit_ranking(asked, START), depth=depth)
    tuned = reader.calibrated(ranked)
    outcomes = [outcome(one, tuned) for one in asked]
    confidence = cross_validated(outcomes, fit_sureness)
    sureness = tuple(float(weight) for weight in fit_sureness(outcomes))
    limits = thresholds(outcomes, confidence)
    return replace(ranked, sureness=sureness, thresholds=limits), outcomes, confidence


def tune(data: Path, own: tuple[Path, Path], weights: Path, output: Path, *, depth: int) -> dict[str, object]:
    """Fit the calibration of ``weights``, write it to ``output``, and return the development measures.

    Args:
        data: Folder of ``saksprosa`` and ``norquad``.
        own: A folder of documents, and the gold set to tune on that was written on them.
        weights: Of the reader.
        output: The calibration to write.
        depth: Hits to read a question.
    """
    encoder = load_encoder()
    reader = TrainedReader.load(weights, calibration=START)
    folder, questions = own
    half = read_tune_half(questions, read_corpus(folder))
    asked = ask(half, reader=reader, encoder=encoder, depth=depth)
    asked += ask(read_saksprosa(data / "saksprosa"), reader=reader, encoder=encoder, depth=depth)
    norquad = read_norquad(data / "norquad")
    asked += ask(norquad, reader=reader, encoder=encoder, depth=depth, every=NORQUAD_EVERY, twin=True)
    calibration, outcomes, confidence = fit(asked, reader, depth=depth)
    save_calibration(calibration, output)
    return report(outcomes, confidence, calibration.thresholds)


def main() -> None:
    """The command line; the measures go to stdout as JSON."""
    parser = argparse.ArgumentParser(
        prog="python -m assistant.reader.tuning",
        description="Calibrate the reader on the development questions: fit how its scores become a confidence, and\n"
        "from which confidence on an answer is given. Prints the measures as JSON. Takes some minutes.",
        epilog="example:\n  python -m assistant.reader.tuning --data DIR --weights OUT/reader.safetensors "
        "--output OUT/calibration.json\n\nTo ship both files, copy them to assistant/reader (docs/reader.md).",
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--data", type=Path, required=True, help="folder that holds the folders saksprosa and norquad")
    parser.add_argument(
        "--weights", type=Path, default=WEIGHTS, help="reader.safetensors to calibrate (default: the one shipped)"
    )
    parser.add_argument("--output", type=Path, required=True, help="calibration.json to write")
    parser.add_argument("--depth", type=int, default=10, help="hits to read a question (default: %(default)d)")
    parser.add_argument(
        "--questions",
        type=Path,
        default=Path("eval/questions/seeds-tune.jsonl"),
        help="a gold set that is there to tune on (default: %(default)s)",
    )
    parser.add_argument("--documents", type=Path, default=Path("seeds"), help="its documents (default: %(default)s)")
    asked = parser.parse_args()
    try:
        own = (asked.documents, asked.questions)
        measures = tune(asked.data, own, asked.weights, asked.output, depth=asked.depth)
    except ValueError as error:
        parser.error(str(error))
    sys.stdout.write(json.dumps(measures, indent=1, ensure_ascii=False) + "\n")


if __name__ == "__main__":
    main()

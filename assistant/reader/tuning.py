"""Calibrate the reader on the development sets and measure it: ``python -m assistant.reader.tuning --data DIR …``.

Saksprosa dev is asked of all its 160 documents, NorQuAD dev of all its 556; NorQuAD's unanswerable twin is the same
questions with their own document left out of the search. What is reported of the confidence is cross-validated over
documents: no question is judged by constants that were fitted on its own document.
"""

import argparse
import json
import re
import sys
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import numpy.typing as npt

from assistant.answer import Reading
from assistant.quoting import quote
from assistant.reader import Strictness
from assistant.reader.confidence import Calibration, save_calibration
from assistant.reader.corpora import Corpus, Question, is_gold, read_norquad, read_saksprosa
from assistant.reader.excerpt import Tokens, excerpt_of, tokenize
from assistant.reader.trained import Logits, TrainedReader
from assistant.reader.weights import WEIGHTS
from index.encoder import Encoder, load_encoder
from index.engines.embedded import EmbeddedEngine
from index.hit import Hit
from index.language import Analyser
from index.paragraph import Sentence
from index.search import search

DEPTH = 15
"""Hits that are read to choose how many are worth reading."""
START = Calibration(
    depth=10,
    ranking=(0.5, 0.5, 0.0, 0.0),
    sureness=(1.0, 0.0, 0.0, 0.0),
    thresholds={Strictness.STRICT: 0.8, Strictness.NORMAL: 0.5, Strictness.OPEN: 0.2},
    short_answer=0.1,
)
"""Before anything is fitted."""
FOLDS = 5
PENALTY = 1.0
"""Of the squared weights, in the logistic fits."""

Floats = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Asked:
    """A question, what was found for it, and what the network says of it."""

    set: str
    """``saksprosa``, ``norquad`` or ``norquad without its document``."""
    question: Question
    gold: tuple[Sentence, ...]
    """Empty where the searched documents do not answer."""
    hits: tuple[Hit, ...]
    tokens: tuple[Tokens, ...]
    logits: tuple[Logits, ...]

    def holds(self, hit: Hit, start: int, end: int) -> bool:
        """Whether characters ``start`` to ``end`` of the hit's document answer."""
        return hit.document.id == self.question.document and is_gold(Sentence(start, end), self.gold)

    def best_sentence_right(self, place: int) -> bool:
        """Whether the network's favourite sentence of a hit answers."""
        best = self.hits[place].passage.sentences[int(np.argmax(self.logits[place].evidence))]
        return self.holds(self.hits[place], best.start, best.end)


def ask(corpus: Corpus, *, reader: TrainedReader, encoder: Encoder, twin: bool = False) -> list[Asked]:
    """Search and read for every development question of a corpus; with ``twin``, once more without its document."""
    found, analyser = [], Analyser()
    with TemporaryDirectory() as directory, EmbeddedEngine.open(Path(directory), encoder) as engine:
        engine.add(corpus.documents)
        ids = {document.id for document in corpus.documents}
        for question in corpus.dev:
            hits = search(engine, question.text, analyser=analyser, k=DEPTH)
            found.append(_read(corpus.name, question, question.gold, hits, reader))
            if twin:
                others = ids - {question.document}
                hits = search(engine, question.text, analyser=analyser, k=DEPTH, documents=others)
                found.append(_read(f"{corpus.name} without its document", question, (), hits, reader))
    return found


def _read(
    name: str, question: Question, gold: tuple[Sentence, ...], hits: tuple[Hit, ...], reader: TrainedReader
) -> Asked:
    tokens = tokenize(reader.tokenizer, [excerpt_of(hit.document, hit.passage) for hit in hits])
    return Asked(name, question, gold, hits, tuple(tokens), tuple(reader.logits(question.text, tokens)))


def fit_ranking(asked: Sequence[Asked]) -> tuple[float, float, float, float]:
    """Weights that turn a hit's logits and fused score into the probability that its best sentence answers."""
    inputs, right = [], []
    for one in asked:
        for place, (hit, logits) in enumerate(zip(one.hits, one.logits, strict=True)):
            inputs.append((logits.relevance, float(logits.evidence.max(initial=-10.0)), hit.score))
            right.append(one.best_sentence_right(place))
    passage, sentence, search_score, constant = logistic(np.array(inputs), np.array(right))
    return float(passage), float(sentence), float(search_score), float(constant)


def readings(one: Asked, reader: TrainedReader, *, depth: int) -> tuple[Reading, ...]:
    """The readings of the first ``depth`` hits, with the reader's calibration."""
    parts = zip(one.hits[:depth], one.tokens[:depth], one.logits[:depth], strict=True)
    return tuple(reader.reading(*part) for part in parts)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What one question came to."""

    asked: Asked
    depth: int
    """Hits that were read."""
    inputs: Floats
    """The confidence's features."""
    right: tuple[bool, ...]
    """Of each quote, in order."""
    precision: float
    """Share of the first quote's characters that are gold, 0 to 1."""
    marked: str | None
    """The short answer."""


def outcome(one: Asked, reader: TrainedReader, *, depth: int) -> Outcome:
    """Quote as the assistant does, and compare with the gold."""
    read = readings(one, reader, depth=depth)
    quotes = quote(read)
    right = tuple(
        q.document.id == one.question.document and is_gold(Sentence(q.start, q.end), one.gold) for q in quotes
    )
    precision, marked = 0.0, None
    if quotes:
        first = quotes[0]
        shared = sum(max(0, min(first.end, g.end) - max(first.start, g.start)) for g in one.gold) if right[0] else 0
        precision = min(1.0, shared / (first.end - first.start))
        marked = first.document.text[first.short.start : first.short.end] if first.short else None
    return Outcome(one, depth, reader.calibration.features(read), right, precision, marked)


def logistic(inputs: Floats, right: Flags, *, weights: Floats | None = None) -> Floats:
    """Logistic regression by Newton's method: (features + 1,), the constant last."""
    design = np.column_stack([inputs, np.ones(len(inputs))])
    sizes = np.ones(len(inputs)) if weights is None else weights
    found = np.zeros(design.shape[1])
    ridge = np.diag([PENALTY] * inputs.shape[1] + [1e-6])
    for _ in range(30):
        probability = 1 / (1 + np.exp(-np.clip(design @ found, -30, 30)))
        slope = design.T @ (sizes * (probability - right)) + ridge @ found
        bend = (design * (sizes * probability * (1 - probability))[:, None]).T @ design + ridge
        step = np.linalg.solve(bend, slope)
        found = found - step
        if np.abs(step).max() < 1e-8:
            break
    return found


def cross_validated(outcomes: Sequence[Outcome], fit: Callable[[Sequence[Outcome]], Floats]) -> Floats:
    """The confidence of each question, by constants fitted on other documents, (n,)."""
    documents = sorted({one.asked.question.document for one in outcomes})
    fold = {document: number % FOLDS for number, document in enumerate(documents)}
    folds = np.array([fold[one.asked.question.document] for one in outcomes])
    confidence = np.zeros(len(outcomes))
    for number in range(FOLDS):
        weights = fit([one for one, its in zip(outcomes, folds, strict=True) if its != number])
        mine = np.flatnonzero(folds == number)
        confidence[mine] = probabilities(np.array([outcomes[int(i)].inputs for i in mine]), weights)
    return confidence


def fit_sureness(outcomes: Sequence[Outcome]) -> Floats:
    """Weights of the confidence: is the first quote right? Each set counts alike, whatever its size."""
    names = [one.asked.set for one in outcomes]
    sizes = np.array([len(names) / names.count(name) / len(set(names)) for name in names])
    right = np.array([bool(one.right and one.right[0]) for one in outcomes])
    return logistic(np.array([one.inputs for one in outcomes]), right, weights=sizes)


def probabilities(inputs: Floats, weights: Floats) -> Floats:
    """The fitted probabilities, (n,)."""
    return np.asarray(1 / (1 + np.exp(-np.clip(inputs @ weights[:-1] + weights[-1], -30, 30))))


def auroc(confidence: Floats, right: Flags) -> float:
    """Chance that a right answer is held for surer than a wrong one, 0 to 1; ties count half."""
    above = np.sign(confidence[right][:, None] - confidence[~right][None, :])
    return float((above + 1).mean() / 2)


def coverage_at(confidence: Floats, right: Flags, *, risk: float) -> tuple[float, float]:
    """Largest share of questions that can be answered with at most this share of wrong answers, and its threshold."""
    order = np.argsort(-confidence, kind="stable")
    wrong = np.cumsum(~right[order]) / np.arange(1, len(order) + 1)
    held = np.flatnonzero(wrong <= risk)
    if not len(held):
        return 0.0, 1.0
    return float((held[-1] + 1) / len(order)), float(confidence[order[held[-1]]])


def thresholds(outcomes: Sequence[Outcome], confidence: Floats) -> dict[Strictness, float]:
    """Strict: 5 % wrong answers on saksprosa dev. Open: answers 95 % of what its documents answer.

    Normal lies where as large a share of the right quotes is shown as of the unanswerable questions is refused.
    """
    mine = np.array([one.asked.set == "saksprosa" for one in outcomes])
    answerable = np.array([bool(one.asked.gold) for one in outcomes])[mine]
    right = np.array([bool(one.right and one.right[0]) for one in outcomes])[mine]
    sure = confidence[mine]
    _, strict = coverage_at(sure, right, risk=0.05)
    places = np.unique(sure)
    gap = [abs((sure[right] >= at).mean() - (sure[~answerable] < at).mean()) for at in places]
    normal = float(places[int(np.argmin(gap))])
    opened = float(np.quantile(sure[answerable], 0.05))
    return {Strictness.STRICT: max(strict, normal), Strictness.NORMAL: normal, Strictness.OPEN: min(opened, normal)}


def report(outcomes: Sequence[Outcome], confidence: Floats, limits: dict[Strictness, float]) -> dict[str, object]:
    """The development measures by set and, for saksprosa, by kind of question."""
    found: dict[str, object] = {}
    for name in sorted({one.asked.set for one in outcomes}):
        mine = [i for i, one in enumerate(outcomes) if one.asked.set == name]
        found[name] = _measures([outcomes[i] for i in mine], confidence[mine], limits)
    for kind in sorted({one.asked.question.kind for one in outcomes if one.asked.set == "saksprosa"}):
        some = [one for one in outcomes if one.asked.question.kind == kind and one.asked.gold]
        if some:
            found[f"saksprosa {kind}"] = _quotes(some)
    return found


def _measures(outcomes: Sequence[Outcome], confidence: Floats, limits: dict[Strictness, float]) -> dict[str, float]:
    right = np.array([bool(one.right and one.right[0]) for one in outcomes])
    answerable = np.array([bool(one.asked.gold) for one in outcomes])
    found = _quotes([one for one in outcomes if one.asked.gold])
    if not answerable.all() and right.any():
        unanswerable_or_right = right | ~answerable
        found["auroc right or unanswerable"] = auroc(confidence[unanswerable_or_right], right[unanswerable_or_right])
    if right.any() and not right.all():
        found["auroc right or wrong"] = auroc(confidence, right)
        found["coverage at 5 % risk"] = coverage_at(confidence, right, risk=0.05)[0]
    for strictness, limit in limits.items():
        answered = confidence >= limit
        if answerable.any():
            found[f"{strictness}: answerable answered"] = float(answered[answerable].mean())
            found[f"{strictness}: risk"] = float((~right)[answered].mean()) if answered.any() else 0.0
        if not answerable.all():
            found[f"{strictness}: unanswerable refused"] = float((~answered)[~answerable].mean())
    return {name: round(value, 3) for name, value in found.items()}


def _quotes(outcomes: Sequence[Outcome]) -> dict[str, float]:
    if not outcomes:
        return {}
    first = [bool(one.right and one.right[0]) for one in outcomes]
    precisions = [one.precision for one, right in zip(outcomes, first, strict=True) if right]
    found = {
        "questions": float(len(outcomes)),
        "passage among the hits": float(np.mean([_reached(one) for one in outcomes])),
        "first quote right": float(np.mean(first)),
        "one of three right": float(np.mean([any(one.right[:3]) for one in outcomes])),
        "quote precision": float(np.mean(precisions)) if precisions else 0.0,
    }
    short = [one for one in outcomes if one.asked.question.short]
    if short:
        pairs = [(_short_text(one), one.marked or "") for one in short]
        found["short exact"] = float(np.mean([_words(gold) == _words(said) for gold, said in pairs]))
        found["short F1"] = float(np.mean([_f1(_words(gold), _words(said)) for gold, said in pairs]))
    return {name: round(value, 3) for name, value in found.items()}


def _reached(one: Outcome) -> bool:
    hits = one.asked.hits[: one.depth]
    return any(one.asked.holds(hit, s.start, s.end) for hit in hits for s in hit.passage.sentences)


def _short_text(one: Outcome) -> str:
    short = one.asked.question.short
    documents = {hit.document.id: hit.document for hit in one.asked.hits}
    if short is None or one.asked.question.document not in documents:
        return "?"
    return documents[one.asked.question.document].text[short.start : short.end]


def _words(text: str) -> list[str]:
    return re.findall(r"\w+", text.lower())


def _f1(gold: Sequence[str], said: Sequence[str]) -> float:
    shared = sum((Counter(gold) & Counter(said)).values())
    return 2 * shared / (len(gold) + len(said)) if shared else 0.0


def tune(data: Path, weights: Path, output: Path, *, depth: int) -> dict[str, object]:
    """Fit the calibration of ``weights``, write it to ``output``, and return the development measures."""
    encoder = load_encoder()
    reader = TrainedReader.load(weights, calibration=START)
    asked = ask(read_saksprosa(data / "saksprosa"), reader=reader, encoder=encoder)
    asked += ask(read_norquad(data / "norquad"), reader=reader, encoder=encoder, twin=True)
    calibration, outcomes, confidence = fit(asked, reader, depth=depth)
    save_calibration(calibration, output)
    return report(outcomes, confidence, dict(calibration.thresholds))


def fit(asked: Sequence[Asked], reader: TrainedReader, *, depth: int) -> tuple[Calibration, list[Outcome], Floats]:
    """The calibration, what it makes of each question, and the cross-validated confidences."""
    ranked = replace(START, depth=depth, ranking=fit_ranking(asked))
    tuned = reader.calibrated(ranked)
    outcomes = [outcome(one, tuned, depth=depth) for one in asked]
    confidence = cross_validated(outcomes, fit_sureness)
    sureness = tuple(float(weight) for weight in fit_sureness(outcomes))
    limits = thresholds(outcomes, confidence)
    return replace(ranked, sureness=sureness, thresholds=limits), outcomes, confidence


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
    asked = parser.parse_args()
    measures = tune(asked.data, asked.weights, asked.output, depth=asked.depth)
    sys.stdout.write(json.dumps(measures, indent=1, ensure_ascii=False) + "\n")


if __name__ == "__main__":
    main()

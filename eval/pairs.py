"""The same thing asked twice: as people ask it, and plainly; how much does the way of asking cost?

    python -m eval.pairs talk-tune
    python -m eval.pairs language-tune
    python -m eval.pairs saksprosa --data DIR --plain eval/questions/saksprosa-plain.jsonl [--index DIR]
    python -m eval.pairs saksprosa --data DIR --typed bare
    python -m eval.pairs norquad --data DIR --typed nynorsk

A follow-up is asked in its conversation and in full, a question in everyday words also in the documents' own, one with
slips also without, one in Nynorsk or English also in Bokmål. The plain wording stands in the gold set (``plain``) or in
a file of ``{"id", "plain"}`` lines. ``--typed`` instead takes every question of the set that stands alone as the plain
one, and types it as people do, or puts it into Nynorsk (by Apertium, which must be installed for that).
"""

import argparse
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from random import Random

from assistant.reader.translated import NoTranslator, to_nynorsk
from eval.aggregate import SEED, draws, interval, resampled_means, values
from eval.confidences import Floats
from eval.corpora import Bench
from eval.corpora.choosing import bench_of
from eval.corpora.jsonl import read_jsonl
from eval.measuring import Run, measure
from eval.metrics.answered import answered
from eval.metrics.passage_success import passage_success
from eval.metrics.quote_hit import quote_hit
from eval.metrics.refusal_recall import refusal_recall
from eval.metrics.right_outcome import right_outcome
from eval.row import Row
from eval.typing_ways import WAYS
from index.errors import KildesvarError


@dataclass(frozen=True, slots=True)
class Difference:
    """What the way of asking costs, over questions of one kind."""

    questions: int
    asked: float
    """Mean of the measure for the questions as they are asked, 0 to 1."""
    plain: float
    """The same for the plain ones."""
    low: float
    high: float
    """95 % interval of ``asked - plain``, paired bootstrap; one question in two languages is drawn as one."""


def plainly(bench: Bench, wordings: Mapping[str, str]) -> tuple[Bench, Bench]:
    """The cases that have a plain wording: as they are asked, and plainly without a history."""
    asked = tuple(case for case in bench.cases if case.question.id in wordings)
    plain = tuple(
        replace(case, question=replace(case.question, question=wordings[case.question.id], history=()))
        for case in asked
    )
    return replace(bench, cases=asked), replace(bench, cases=plain)


def typed(bench: Bench, way: Callable[[str, Random], str], *, seed: int = SEED) -> tuple[Bench, Bench]:
    """The cases that can be answered and stand alone: typed in some way, and as they are; those that differ."""
    random = Random(seed)
    pairs = []
    for case in bench.cases:
        if case.question.answerable and not case.question.history:
            question = way(case.question.question, random)
            if question != case.question.question:
                pairs.append((replace(case, question=replace(case.question, question=question)), case))
    return replace(bench, cases=tuple(a for a, _ in pairs)), replace(bench, cases=tuple(b for _, b in pairs))


def in_nynorsk(bench: Bench) -> tuple[Bench, Bench]:
    """The cases in Bokmål that can be answered and stand alone: in Nynorsk by a translating machine, and as they are.

    Raises ``NoTranslator``.
    """
    questions = [case.question for case in bench.cases]
    asked = [one.question for one in questions if one.language == "nb" and "\n" not in one.question]
    known = dict(zip(asked, to_nynorsk(asked), strict=True))
    return typed(bench, lambda question, _: known.get(question, question))


def difference(asked: Floats, plain: Floats, clusters: Sequence[str]) -> Difference:
    """Means and the interval of their difference; all in the same order of questions, not empty."""
    low, high = interval(resampled_means(asked - plain, draws(clusters)))
    return Difference(len(asked), float(asked.mean()), float(plain.mean()), low, high)


def table(asked: Run, plain: Run) -> str:
    """One line a measure and type of question, and language where several are asked in."""
    plain_rows = {row.id: row for row in plain.rows}
    pairs = [(row, plain_rows[row.id]) for row in asked.rows]
    languages = sorted({row.language for row, _ in pairs})
    kinds = ("all", *sorted({row.type for row, _ in pairs}), *(languages if len(languages) > 1 else ()))
    lines = [f"{'measure':<20}{'of':<14}{'n':>4}{'asked':>8}{'plain':>8}   asked - plain [95 %]"]
    for name, measure_of in _MEASURES.items():
        for kind in kinds:
            of_kind = [pair for pair in pairs if kind in ("all", pair[0].type, pair[0].language)]
            known = [(x, y) for x, y in of_kind if None not in (measure_of(x), measure_of(y))]
            if not known:
                continue
            asked_so, plainly_so = (values(measure_of, [pair[side] for pair in known]) for side in (0, 1))
            found = difference(asked_so, plainly_so, [row.cluster for row, _ in known])
            gap = 100 * (found.asked - found.plain)
            lines.append(
                f"{name:<20}{kind:<14}{found.questions:>4}{100 * found.asked:>8.1f}{100 * found.plain:>8.1f}"
                f"   {gap:+.1f} [{100 * found.low:+.1f}, {100 * found.high:+.1f}]"
            )
    return "\n".join(lines) + f"\n\n{asked.signature}\n"


_MEASURES: Mapping[str, Callable[[Row], float | None]] = {
    "hit@1": partial(quote_hit, k=1),
    "hit@3": partial(quote_hit, k=3),
    "passage_success@10": partial(passage_success, k=10),
    "answered": answered,
    "refusal_recall": refusal_recall,
    "right_outcome": right_outcome,
}


def _halves(bench: Bench, *, way: str | None, plain: Path | None) -> tuple[Bench, Bench]:
    if way == "nynorsk":
        return in_nynorsk(bench)
    return typed(bench, WAYS[way]) if way else plainly(bench, _wordings(bench, plain))


def _wordings(bench: Bench, file: Path | None) -> Mapping[str, str]:
    if file is not None:
        return {str(line["id"]): str(line["plain"]) for line in read_jsonl(file, set_name=bench.name)}
    return {case.question.id: case.question.plain for case in bench.cases if case.question.plain}


def _main(arguments: Sequence[str]) -> int:
    parser = argparse.ArgumentParser(prog="python -m eval.pairs", description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("set")
    parser.add_argument("--data", type=Path)
    parser.add_argument("--index", type=Path)
    parser.add_argument("--plain", type=Path)
    parser.add_argument("--typed", choices=sorted((*WAYS, "nynorsk")))
    parser.add_argument("--limit", type=int)
    chosen = parser.parse_args(arguments)
    try:
        bench = bench_of(chosen.set, data=chosen.data)
        halves = _halves(bench, way=chosen.typed, plain=chosen.plain)
        if not halves[0].cases:
            parser.error("no question of the set has a plain wording")
        command = "python -m eval.pairs " + " ".join(arguments)
        runs = [measure(half.limited(chosen.limit), index=chosen.index, command=command) for half in halves]
    except (KildesvarError, NoTranslator) as error:
        sys.stderr.write(f"{error}\n")
        return 1
    sys.stdout.write(table(*runs))
    return 0


if __name__ == "__main__":
    raise SystemExit(_main(sys.argv[1:]))

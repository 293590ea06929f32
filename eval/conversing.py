"""Whole conversations, asked turn by turn with the assistant's own answers as history, as a person meets it.

    python -m eval.conversing conversations-tune
    python -m eval.conversing conversations-tune --turns

A turn is right when it is answered and its first quote is right, or when it is refused and has no answer. The same
questions are also asked in full, each by itself: the difference is what the conversation costs. What the conversation
holds besides the questions of the set ("Takk!") is said too, at its place. ``--turns`` tells of each turn as well.
"""

import argparse
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from functools import partial
from itertools import groupby
from pathlib import Path

import numpy as np

from assistant.answer import Answer, History, Role, Turn
from assistant.assistant import Assistant
from assistant.conversing import turns_of
from eval.aggregate import draws, interval, resampled_means, values
from eval.corpora import Bench
from eval.corpora.choosing import bench_of
from eval.corpora.seeds import CONVERSATIONS
from eval.measuring import Run, measure
from eval.metrics.quote_hit import quote_hit
from eval.metrics.refusal_recall import refusal_recall
from eval.metrics.right_outcome import right_outcome
from eval.row import Row
from eval.runner import Progress, Scope, Truth, ask, row_of
from index.errors import KildesvarError

KINDS = (
    "opening",
    "points-back",
    "names-another",
    "goes-on",
    "asks-why",
    "who-says",
    "the-others",
    "new-topic",
    "back",
)
"""What a turn is to its conversation: each question of these sets has exactly one of them as a tag."""


def talked(bench: Bench, assistant: Assistant, *, truth: Truth, progress: Progress | None = None) -> tuple[Row, ...]:
    """Hold the conversations; one row a question, in their order.

    The cases of a conversation are a cluster and stand together, oldest first. Of a case's history only what the user
    says is taken; what was said to it is what the assistant did say. Raises ``IndexFault`` or ``EncoderError``.
    """
    scope = Scope(bench, assistant)
    rows: list[Row] = []
    for _, cases in groupby(bench.cases, key=lambda case: case.cluster):
        history: tuple[Turn, ...] = ()
        for case in cases:
            for said in _by_user(case.question.history)[len(_by_user(history)) :]:
                history += turns_of(assistant.ask(said, history))
            own = replace(case, question=replace(case.question, history=history))
            answer = ask(own, assistant, scope)
            rows.append(row_of(own, answer, truth))
            asked = (Turn(Role.USER, case.question.question), Turn(Role.ASSISTANT, str(answer)))
            history += turns_of(answer) if isinstance(answer, Answer) else asked
            if progress is not None:
                progress(len(rows), len(bench.cases))
    return tuple(rows)


def in_full(bench: Bench) -> Bench:
    """Every question by itself, with all that the conversation tells of it."""
    cases = tuple(
        replace(
            case, question=replace(case.question, question=case.question.plain or case.question.question, history=())
        )
        for case in bench.cases
    )
    return replace(bench, cases=cases)


def table(conversed: Sequence[Row], full: Sequence[Row]) -> str:
    """A line a measure, then a line a kind of turn; both rows of the same questions in the same order."""
    lines = [f"{'':<36}{'n':>4}{'talking':>9}{'in full':>9}   difference [95 %]"]
    for name, measure_of in _MEASURES.items():
        lines += _line(name, measure_of, list(zip(conversed, full, strict=True)))
    for kind in KINDS:
        of_kind = [(a, b) for a, b in zip(conversed, full, strict=True) if kind in a.tags]
        lines += _line(f"right, {kind}", right_outcome, of_kind)
    groups = [list(rows) for _, rows in groupby(conversed, key=lambda row: row.cluster)]
    faultless = sum(all(right_outcome(row) for row in rows) for rows in groups)
    return "\n".join([*lines, f"conversations without a wrong turn: {faultless} of {len(groups)}"])


def turns(conversed: Sequence[Row], full: Sequence[Row]) -> Iterator[str]:
    """A line a turn: whether it is right in the conversation and in full, and how it was understood."""
    for row, other in zip(conversed, full, strict=True):
        marks = "".join("x" if right_outcome(it) else "-" for it in (row, other))
        quoted = " ".join(row.given[0].text.split()) if row.given and row.answered else "(refused)"
        yield f"{row.id}  {marks}  {row.question}\n    as: {row.standalone}\n    {quoted[:160]}"


def _line(name: str, measure_of: Callable[[Row], float | None], pairs: Sequence[tuple[Row, Row]]) -> list[str]:
    pairs = [(a, b) for a, b in pairs if measure_of(a) is not None]
    if not pairs:
        return []
    talking, full = (values(measure_of, [pair[side] for pair in pairs]) for side in (0, 1))
    drawn = draws([row.cluster for row, _ in pairs])
    low, high = interval(resampled_means(talking - full, drawn))
    gap = f"{100 * np.mean(talking - full):+.1f} [{100 * low:+.1f}, {100 * high:+.1f}]"
    return [f"{name:<36}{len(pairs):>4}{100 * np.mean(talking):>9.1f}{100 * np.mean(full):>9.1f}   {gap}"]


def _by_user(history: History) -> list[str]:
    return [turn.content for turn in history if turn.role is Role.USER]


_MEASURES: dict[str, Callable[[Row], float | None]] = {
    "right": right_outcome,
    "right quote first": partial(quote_hit, k=1),
    "among three": partial(quote_hit, k=3),
    "refused where there is no answer": refusal_recall,
}


def _main(arguments: Sequence[str]) -> int:
    parser = argparse.ArgumentParser(prog="python -m eval.conversing", description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("set", choices=CONVERSATIONS)
    parser.add_argument("--index", type=Path)
    parser.add_argument("--turns", action="store_true")
    chosen = parser.parse_args(arguments)
    command = "python -m eval.conversing " + " ".join(arguments)
    try:
        bench = bench_of(chosen.set)
        conversed: Run = measure(bench, index=chosen.index, command=command, asking=talked)
        full = measure(in_full(bench), index=chosen.index, command=command)
    except KildesvarError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    told = [*turns(conversed.rows, full.rows), ""] if chosen.turns else []
    sys.stdout.write("\n".join([*told, table(conversed.rows, full.rows), "", str(conversed.signature), ""]))
    return 0


if __name__ == "__main__":
    raise SystemExit(_main(sys.argv[1:]))

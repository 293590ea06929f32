"""``kildesvar eval``: results on stdout, progress and errors on stderr.

``assistant.cli`` finds ``add_commands`` by its entry point (``kildesvar.commands``) and loads it at every start, so
that nothing heavy may be imported at the top.
"""

import argparse
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from assistant.reader import Strictness
from index.documents.document import Language
from index.errors import KildesvarError

_Progress = Callable[[int, int], None]


def add_commands(
    commands: "argparse._SubParsersAction[argparse.ArgumentParser]", common: argparse.ArgumentParser, language: Language
) -> None:
    """Add ``eval`` and its sub-commands."""
    parser = commands.add_parser("eval", help="measure how good the answers are", parents=[common])
    actions = parser.add_subparsers(metavar="COMMAND", required=True)

    run = actions.add_parser("run", help="ask a gold set and print the numbers", parents=[common])
    run.add_argument("set", metavar="SET", help="seeds-tune, seeds-test, norquad, saksprosa, or a JSONL file")
    run.add_argument("--output", type=Path, metavar="DIR", help="keep the rows and their signature here")
    run.add_argument("--data", type=Path, metavar="DIR", help="the data of norquad or saksprosa")
    run.add_argument("--limit", type=_positive, metavar="N", help="ask N questions only, spread over the set")
    run.add_argument("--strictness", type=Strictness, choices=list(Strictness), default=Strictness.NORMAL)
    run.set_defaults(run=_told(_run))


def _positive(text: str) -> int:
    number = int(text)
    if number < 1:
        raise ValueError
    return number


def _told(action: Callable[[argparse.Namespace], int]) -> Callable[[argparse.Namespace], int]:
    """The action, with the errors of ``eval`` (which ``assistant.texts`` does not know) told in one line."""

    def act(options: argparse.Namespace) -> int:
        try:
            return action(options)
        except KildesvarError as error:
            if not type(error).__module__.startswith("eval."):
                raise
            sys.stderr.write(f"kildesvar: {error}\n")
            return 1

    return act


def _run(options: argparse.Namespace) -> int:
    from eval.corpora.choosing import bench_of
    from eval.measuring import command_line, measure, write_run
    from eval.table import table

    bench = bench_of(options.set, data=options.data).limited(options.limit)
    with _bars() as bars:
        run = measure(
            bench,
            index=options.index,
            strictness=options.strictness,
            command=command_line(sys.argv[1:]),
            progress=bars,
        )
    if lost := sum(not wanted.spans for row in run.rows for wanted in row.wanted):
        sys.stderr.write(f"kildesvar: {lost} gold quotes do not stand in the documents as they were read\n")
    if options.output is not None:
        write_run(run, options.output)
    sys.stdout.write(table(run.rows, run.signature) + "\n")
    return 0


@contextmanager
def _bars() -> Iterator[Callable[[str], _Progress]]:
    """Makes progress bars on stderr, drawn only when somebody can see them."""
    from tqdm import tqdm

    bars: list[tqdm] = []

    def make(title: str) -> _Progress:
        bar = tqdm(desc=title, disable=not sys.stderr.isatty(), file=sys.stderr, leave=False)
        bars.append(bar)

        def show(done: int, total: int) -> None:
            bar.total = total
            bar.update(done - bar.n)

        return show

    try:
        yield make
    finally:
        for bar in bars:
            bar.close()

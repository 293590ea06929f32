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
from assistant.texts import text
from eval.output import writing
from eval.texts import say, told
from index.documents.document import Language
from index.errors import KildesvarError

_Progress = Callable[[int, int], None]


def add_commands(
    commands: "argparse._SubParsersAction[argparse.ArgumentParser]", common: argparse.ArgumentParser, language: Language
) -> None:
    """Add ``eval`` and its sub-commands."""

    def words(key: str) -> str:
        return say(language, f"help.{key}").replace("%", "%%")

    parser = commands.add_parser("eval", help=words("eval"), description=words("eval"), parents=[common])
    actions = parser.add_subparsers(metavar=text(language, "cli.help.command"), required=True)

    def action(name: str, act: Callable[[argparse.Namespace], int]) -> argparse.ArgumentParser:
        added = actions.add_parser(name, help=words(name), description=words(name), parents=[common])
        added.set_defaults(run=_told(act))
        return added

    run = action("run", _run)
    run.add_argument("set", metavar="SET", help=words("set"))
    run.add_argument("--output", type=Path, metavar="DIR", help=words("output_run"))
    run.add_argument("--data", type=Path, metavar="DIR", help=words("data"))
    run.add_argument("--limit", type=_positive(words("positive")), metavar="N", help=words("limit"))
    run.add_argument(
        "--strictness",
        type=Strictness,
        choices=list(Strictness),
        default=Strictness.NORMAL,
        help=words("strictness"),
    )
    run.add_argument("--record-baseline", action="store_true", help=words("baseline"))

    compare = action("compare", _compare)
    compare.add_argument("before", type=Path, metavar="A", help=words("before"))
    compare.add_argument("after", type=Path, metavar="B", help=words("after"))

    report = action("report", _report)
    report.add_argument("runs", type=Path, nargs="+", metavar="RUN", help=words("runs"))
    report.add_argument("--output", type=Path, required=True, metavar="PAGE", help=words("output_report"))

    new = action("new", _new)
    source = new.add_mutually_exclusive_group(required=True)
    source.add_argument("source", type=Path, nargs="?", metavar="FILE", help=words("source"))
    source.add_argument("--ratings", action="store_true", help=words("ratings"))
    new.add_argument("--output", type=Path, required=True, metavar="SET", help=words("output_new"))
    new.add_argument("--author", default="", help=words("author"))
    new.add_argument("--split", choices=["tune", "test"], default="test", help=words("split"))


def _positive(problem: str) -> Callable[[str], int]:
    def number(written: str) -> int:
        if not written.isdecimal() or int(written) < 1:
            raise argparse.ArgumentTypeError(problem)
        return int(written)

    return number


def _told(action: Callable[[argparse.Namespace], int]) -> Callable[[argparse.Namespace], int]:
    """The action, with the errors of ``eval``, which ``assistant`` knows nothing of, told in one line."""

    def act(options: argparse.Namespace) -> int:
        try:
            return action(options)
        except KildesvarError as error:
            if not type(error).__module__.startswith("eval."):
                raise
            sys.stderr.write(f"kildesvar: {told(options.language, error)}\n")
            return 1

    return act


def _run(options: argparse.Namespace) -> int:
    from eval.baseline import PATH, SET, baseline_of, write_baseline
    from eval.corpora.choosing import bench_of
    from eval.measuring import ROWS, command_line, measure, write_run
    from eval.table import table

    if options.record_baseline and (options.set != SET or options.limit or options.strictness is not Strictness.NORMAL):
        sys.stderr.write(f"kildesvar: {say(options.language, 'run.baseline_set')}\n")
        return 2
    bench = bench_of(options.set, data=options.data).limited(options.limit)
    if options.output is not None:
        with writing(options.output):  # before the questions are asked, not after
            options.output.mkdir(parents=True, exist_ok=True)
            (options.output / ROWS).touch()
    with _bars(options.language) as bars:
        run = measure(
            bench,
            index=options.index,
            strictness=options.strictness,
            command=command_line(sys.argv[1:]),
            progress=bars,
        )
    if lost := sum(not wanted.spans for row in run.rows for wanted in row.wanted):
        sys.stderr.write(f"kildesvar: {say(options.language, 'run.lost', number=lost)}\n")
    if options.output is not None:
        with writing(options.output):
            write_run(run, options.output)
    sys.stdout.write(table(run.rows, run.signature, options.language) + "\n")
    if options.record_baseline:
        with writing(PATH):
            write_baseline(baseline_of(run))
        sys.stderr.write(f"kildesvar: {say(options.language, 'run.recorded', file=str(PATH))}\n")
    return 0


def _compare(options: argparse.Namespace) -> int:
    from eval.compare import changed, differences, paired
    from eval.measuring import read_run
    from eval.table import changes_table, difference_table

    one, other = read_run(options.before), read_run(options.after)
    before, after = paired(one, other)
    lines = [
        difference_table(differences(before, after), options.language),
        changes_table(changed(before, after), options.language),
        f"A  {one.signature}\nB  {other.signature}",
    ]
    sys.stdout.write("\n\n".join(lines) + "\n")
    return 0


def _report(options: argparse.Namespace) -> int:
    from eval.measuring import read_run
    from eval.report import page

    runs = [read_run(directory) for directory in options.runs]
    with writing(options.output):
        options.output.write_text(page(runs, options.language), encoding="utf-8")
    sys.stdout.write(say(options.language, "run.written", file=str(options.output)) + "\n")
    return 0


def _new(options: argparse.Namespace) -> int:
    from assistant.opening import open_engine
    from eval.goldset import Split
    from eval.runner import Truth
    from eval.spreadsheet import make_set

    if options.ratings:
        return _new_of_ratings(options)
    engine = open_engine(options.index)
    truth = Truth(engine.document(source.id) for source in engine.sources())
    author = options.author or "–"
    count = make_set(options.source, options.output, stands=truth.stands, author=author, split=Split(options.split))
    sys.stdout.write(say(options.language, "run.made", number=count, file=str(options.output)) + "\n")
    return 0


def _new_of_ratings(options: argparse.Namespace) -> int:
    from assistant.opening import default_index, open_engine
    from assistant.ratings import FILE, Ratings
    from eval.goldset import Split
    from eval.rated import make_rated_set
    from eval.runner import Truth

    ratings = Ratings((options.index or default_index()) / FILE).all()
    engine = open_engine(options.index)
    truth = Truth(engine.document(source.id) for source in engine.sources())
    author = options.author or "–"
    made = make_rated_set(ratings, options.output, truth=truth, author=author, split=Split(options.split))
    sys.stdout.write(say(options.language, "run.made", number=made.questions, file=str(options.output)) + "\n")
    if made.left_out:
        sys.stderr.write(f"kildesvar: {say(options.language, 'run.left_out', number=made.left_out)}\n")
    return 0


@contextmanager
def _bars(language: Language) -> Iterator[Callable[[str], _Progress]]:
    """Makes progress bars on stderr, drawn only when somebody can see them."""
    from tqdm import tqdm

    bars: list[tqdm] = []

    def make(stage: str) -> _Progress:
        title = say(language, f"progress.{stage}")
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

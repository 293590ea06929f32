"""Measuring for the page: ``assistant.quality.Evaluation``, found by its entry point (``kildesvar.evaluation``).

Sets and runs lie in ``evaluation/`` in the directory of the index: ``sets/`` holds gold sets of one's own (any that is
put there can be chosen), ``runs/`` the latest runs.
"""

import re
from collections.abc import Callable
from functools import lru_cache
from pathlib import Path
from threading import Lock
from typing import Protocol

from assistant.opening import default_index, open_engine
from assistant.quality import Case, Exported, Option, Stage, Standing, Summary
from assistant.ratings import Ratings
from assistant.texts import error_text
from eval.corpora import Bench
from eval.corpora.choosing import UnknownSet, bench_of
from eval.corpora.seeds import NAMES as SEEDS
from eval.corpora.seeds import QUESTIONS
from eval.goldset import load_gold
from eval.job import Job
from eval.kept import KeptRuns, RunGone
from eval.measuring import Run, command_line, measure
from eval.output import writing
from eval.rated import make_rated_set
from eval.report import page
from eval.runner import Progress, Truth
from eval.summary import Counted, case, count, summary, title
from eval.texts import say, told
from index.documents.document import Language
from index.errors import KildesvarError

FOLDER, SETS, RUNS = "evaluation", "sets", "runs"
AUTHOR = "–"
"""Of a set made in the page: nobody is asked for their name."""
_NAME = re.compile(r"\w[\w .-]{0,59}")
"""What a set of one's own may be called: it becomes the name of a file."""
_REMEMBERED = 4
"""Runs whose numbers are kept in memory."""


class AlreadyRunning(KildesvarError):
    """One run at a time."""

    message = "A set is being run already. Wait until it is done, or stop it."


class BadName(KildesvarError):
    """A set cannot be called that."""

    message = "A set cannot be called “{name}”. Use letters, digits, spaces and hyphens, at most 60."


class Measuring(Protocol):
    """What asks a bench; ``eval.measuring.measure``."""

    def __call__(self, bench: Bench, *, index: Path | None, command: str, progress: Callable[[str], Progress]) -> Run:
        """Ask it."""
        ...


def open_evaluation(index: Path | None, ratings: Ratings) -> "PageEvaluation":
    """For the index in this directory; None is the user's own."""
    return PageEvaluation(index, ratings)


class PageEvaluation:
    """Runs gold sets one at a time, keeps the runs, and makes sets of ratings. Safe to use from several threads."""

    def __init__(self, index: Path | None, ratings: Ratings, *, measuring: Measuring = measure) -> None:
        """Keep sets and runs beside the index; ``measuring`` asks the questions."""
        self._index, self._ratings, self._measuring = index, ratings, measuring
        folder = (index or default_index()) / FOLDER
        self._sets, self._runs = folder / SETS, KeptRuns(folder / RUNS)
        self._job: Job | None = None
        self._lock, self._exporting = Lock(), Lock()
        self._counted = lru_cache(maxsize=_REMEMBERED)(lambda run: count(self._runs.run(run)))
        self._pages = lru_cache(maxsize=_REMEMBERED)(lambda run, language: page([self._runs.run(run)], language))

    def sets(self, language: Language) -> tuple[Option, ...]:
        """The sets that come along, then those in the folder."""
        shipped = [(name, QUESTIONS / f"{name}.jsonl", f"page.set_{name}") for name in SEEDS]
        own = [(path.stem, path, "page.set_own") for path in self._own()]
        return tuple(Option(name, _set_title(path, key, language)) for name, path, key in (*shipped, *own))

    def runs(self, language: Language) -> tuple[Option, ...]:
        """The runs that are kept, newest first; one that cannot be read is left out."""
        found = []
        for name in self._runs.names():
            try:
                found.append(Option(name, title(self._runs.signature(name), language)))
            except RunGone:
                continue
        return tuple(found)

    def start(self, name: str, *, limit: int | None = None) -> None:
        """Begin to ask a set. Raises ``AlreadyRunning`` or ``UnknownSet``; other trouble is told by ``standing``."""
        path = self._path(name)
        with self._lock:
            if self._job is not None and self._job.running:
                raise AlreadyRunning
            self._job = Job(name, lambda job: self._run(job, path, limit), after=self._job)
            self._job.begin()

    def stop(self) -> None:
        """Give up the run that goes on."""
        if self._job is not None:
            self._job.stop()

    def wait(self, seconds: float | None = None) -> None:
        """Until the run that goes on has ended."""
        if self._job is not None:
            self._job.wait(seconds)

    def standing(self, language: Language) -> Standing:
        """How far the run has come."""
        job = self._job
        if job is None:
            return Standing(Stage.IDLE)
        state = job.state
        return Standing(
            stage=state.stage,
            title=job.title,
            done=state.done,
            total=state.total,
            seconds_left=job.seconds_left(),
            problem=self.told(state.error, language) if state.error else "",
            run=state.result,
        )

    def summary(self, run: str, language: Language) -> Summary:
        """The main numbers. Raises ``RunGone``."""
        return summary(self._numbers(run), language)

    def page(self, run: str, language: Language) -> str:
        """The whole report. Raises ``RunGone``."""
        made: str = self._pages(run, language)
        return made

    def case(self, run: str, question: str, language: Language) -> Case:
        """A question of a run. Raises ``RunGone``."""
        row = next((row for row in self._numbers(run).run.rows if row.id == question), None)
        if row is None:
            raise RunGone
        return case(row, language)

    def export(self, name: str) -> Exported:
        """Make a set of the ratings. Raises ``BadName``, ``NothingRated``, or as opening the index does."""
        name = " ".join(name.split())
        if not _NAME.fullmatch(name) or name in SEEDS:
            raise BadName(name=name[:60])
        with open_engine(self._index) as engine:
            truth = Truth(engine.document(source.id) for source in engine.sources())
        output = self._sets / f"{name}.jsonl"
        with writing(output):
            self._sets.mkdir(parents=True, exist_ok=True)
        with self._exporting:  # a manifest is read, and written with one entry more
            made = make_rated_set(self._ratings.all(), output, truth=truth, author=AUTHOR)
        return Exported(name=name, file=str(output), questions=made.questions, left_out=made.left_out)

    def told(self, error: KildesvarError, language: Language) -> str:
        """In words: those of ``eval`` are kept here, the others by the assistant."""
        ours = type(error).__module__.startswith("eval.")
        return told(language, error) if ours else error_text(language, error)

    def _numbers(self, run: str) -> Counted:
        found: Counted = self._counted(run)
        return found

    def _own(self) -> list[Path]:
        return sorted(self._sets.glob("*.jsonl")) if self._sets.is_dir() else []

    def _path(self, name: str) -> str:
        """What ``bench_of`` calls the set: only those that are offered can be named."""
        own = {path.stem: str(path) for path in self._own()}
        if name not in SEEDS and name not in own:
            raise UnknownSet(set=name[:60], known=", ".join((*SEEDS, *own)))
        return name if name in SEEDS else own[name]

    def _run(self, job: Job, path: str, limit: int | None) -> str:
        bench = bench_of(path).limited(limit)
        typed = ["eval", "run", path, *(["--limit", str(limit)] if limit else [])]
        # The sets that come along are asked of their own documents; those of one's own, of one's own index.
        run = self._measuring(
            bench,
            index=None if bench.documents else self._index,
            command=command_line(typed),
            progress=lambda stage: job.progress(Stage(stage)),
        )
        job.enter(Stage.COUNTING)
        name = self._runs.keep(run)
        self._numbers(name)
        return name


def _set_title(path: Path, key: str, language: Language) -> str:
    try:
        gold = load_gold(path)
    except KildesvarError:  # running it tells what is wrong with it
        return say(language, "page.set_broken", name=path.stem)
    return say(language, key, name=gold.name, questions=len(gold.questions))

"""One piece of work in a thread of its own: how far it has come, and the way to stop it."""

import logging
from collections.abc import Callable
from dataclasses import dataclass, replace
from threading import Event, Lock, Thread
from time import monotonic

from assistant.quality import RUNNING, Stage
from eval.output import SystemRefused
from eval.runner import Progress
from index.errors import KildesvarError

log = logging.getLogger(__name__)

ENOUGH = 1.0
"""Seconds of a stage from which on its pace says something."""


class Unexpected(KildesvarError):
    """Something that nobody foresaw; the log tells what."""

    message = "Something unexpected went wrong. Try again; the log tells more."


class Stopped(Exception):
    """The user gave up; raised inside the work."""


@dataclass(frozen=True, slots=True)
class State:
    """How far a piece of work has come."""

    stage: Stage
    done: int = 0
    total: int = 0
    first: int = 0
    since: float = 0.0
    """How much was done when the first of it was reported, and when that was: the pace is counted from there, since
    getting ready is no part of it."""
    error: KildesvarError | None = None
    result: str = ""


class Job:
    """Work that reports its stages and can be stopped. Safe to use from several threads."""

    def __init__(
        self,
        title: str,
        work: Callable[["Job"], str],
        *,
        after: "Job | None" = None,
        clock: Callable[[], float] = monotonic,
    ) -> None:
        """Do ``work``, which is handed the job to report to and returns its result.

        Args:
            title: What is being done, for whoever asks.
            work: Calls ``enter`` and the reports that ``progress`` makes; these raise ``Stopped`` when it is to stop.
            after: An earlier job that may still be on its way out; waited for.
            clock: Tells seconds.
        """
        self.title = title
        self._work, self._after, self._clock = work, after, clock
        self._lock, self._stop = Lock(), Event()
        self._state = State(Stage.PREPARING)
        self._thread = Thread(target=self._run, name="evaluation", daemon=True)

    def begin(self) -> None:
        """Start the thread."""
        self._thread.start()

    def stop(self) -> None:
        """Give up; what the work has not finished is let go of as soon as it reports again."""
        self._stop.set()
        self._set(Stage.STOPPED)

    def wait(self, seconds: float | None = None) -> None:
        """Until the thread has ended."""
        self._thread.join(seconds)

    @property
    def running(self) -> bool:
        """Whether there is something to wait for."""
        return self.state.stage in RUNNING

    @property
    def state(self) -> State:
        """How far it has come."""
        with self._lock:
            return self._state

    def seconds_left(self) -> float | None:
        """Until the stage is done, by its pace so far; None while there is none to go by, and when all is done."""
        state = self.state
        passed, made = self._clock() - state.since, state.done - state.first
        if made <= 0 or passed < ENOUGH or state.done >= state.total:
            return None
        return passed / made * (state.total - state.done)

    def enter(self, stage: Stage) -> None:
        """Begin a stage. Raises ``Stopped``."""
        self._set(stage)
        self._check()

    def progress(self, stage: Stage) -> Progress:
        """Makes the report of a stage that counts something."""
        self.enter(stage)

        def show(done: int, total: int) -> None:
            self._check()
            with self._lock:
                if self._state.stage is not stage:
                    return
                if not self._state.total:
                    self._state = replace(self._state, first=done, since=self._clock())
                self._state = replace(self._state, done=done, total=total)

        return show

    def _run(self) -> None:
        try:
            if self._after is not None:
                self._after.wait()
            self._check()
            result = self._work(self)
            self._set(Stage.DONE, result=result)
        except Stopped:
            pass
        except KildesvarError as error:
            self._set(Stage.FAILED, error=error)
        except OSError as error:
            log.exception("An evaluation was refused by the system")
            self._set(Stage.FAILED, error=SystemRefused(cause=str(error)))
        except Exception:  # nobody waits for this thread: what went wrong is logged, and the page is told that it ended
            log.exception("An evaluation failed")
            self._set(Stage.FAILED, error=Unexpected())

    def _check(self) -> None:
        if self._stop.is_set():
            raise Stopped

    def _set(self, stage: Stage, *, error: KildesvarError | None = None, result: str = "") -> None:
        with self._lock:
            if self._state.stage in RUNNING:  # what has ended stays as it ended
                self._state = State(stage, error=error, result=result)

"""The queue of files: they are added one after the other, whether or not anybody watches.

Of several processes that serve one index, one adds; the others hand in through the journal, and one of them takes over
when the first ends.
"""

import logging
import threading
import time
from contextlib import ExitStack, suppress
from dataclasses import dataclass, replace
from pathlib import Path

from assistant.intake.hand import Hand, Lost, Stopped
from assistant.intake.item import Item, Outcome, Problem, Result, State
from assistant.intake.staging import Draft, Staging
from assistant.intake.unpacking import unpack
from index.documents import archive, recognition
from index.engines.embedded import EmbeddedEngine
from index.errors import IndexBusy
from index.lock import exclusive

MOST_ATTEMPTS = 2
"""A file that has brought everything down so often is not tried again."""
_POLL = 1.0
"""Seconds between two looks at what another process may have handed in."""
_IDLE = 30.0
"""Seconds after which a worker without work is ended: it holds a model in memory."""
_STOPPING = 0.1
"""Seconds after which a worker that is to stop is told so again."""
_SETTLED = 2.0
"""Seconds of adding after which its speed says something of the time that is left."""
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Progress:
    """How far the item that is being worked on has come."""

    item: str
    """Its id; or the id of a document that is being renewed."""
    step: str = ""
    """``pages`` while it is read, ``passages`` while it is added, nothing before that."""
    done: int = 0
    total: int = 0
    began: float = 0.0
    """When the step began, by ``time.monotonic``; it had ``first`` done then."""
    first: int = 0

    def seconds_left(self, now: float) -> float | None:
        """What is left of this step at its speed so far; None while nobody can tell."""
        done, spent = self.done - self.first, now - self.began
        if not self.step or done <= 0 or spent < _SETTLED:
            return None
        return spent / done * (self.total - self.done)


class Intake:
    """Takes files in for one index. Safe to use from several threads."""

    def __init__(self, engine: EmbeddedEngine, *, idle: float = _IDLE) -> None:
        """Go on with what is unfinished, in a thread of its own. Raises ``IndexNotWritable`` or ``DiskFull``."""
        self._engine, self._idle = engine, idle
        self._staging = Staging(engine.directory)
        self._hand = Hand(engine.directory)
        self._hopeless: set[str] = set()
        """Documents that could not be renewed."""
        self._cancelled: set[str] = set()
        self._progress: Progress | None = None
        self._lock = threading.RLock()
        self._wake, self._closing = threading.Event(), threading.Event()
        self._owning = ExitStack()
        self._owner = False
        self._thread = threading.Thread(target=self._work, name="intake", daemon=True)
        self._thread.start()

    def close(self) -> None:
        """Stop; what is unfinished is taken up again at the next start."""
        self._closing.set()
        self._wake.set()
        while self._thread.is_alive():  # a worker that is just being started has not heard that it shall stop
            self._hand.stop()
            self._thread.join(_STOPPING)

    def draft(self, name: str) -> Draft:
        """A file about to come in; call ``wake`` once it is whole. Raises ``UnsupportedFormat`` or ``IndexFault``."""
        return self._staging.draft(name)

    def wake(self) -> None:
        """There is something new to do."""
        self._wake.set()

    def items(self) -> tuple[Item, ...]:
        """All files that are waiting or being added, and those that ended and were not yet dismissed."""
        return tuple(self._staging.items())

    def progress(self) -> Progress | None:
        """How far the present one has come; None if nothing goes on, or another process does it."""
        return self._progress

    def item(self, item_id: str) -> Item | None:
        """One of the items."""
        return self._staging.item(item_id)

    def cancel(self, item_id: str) -> None:
        """Do not add this file, or stop adding it."""
        with self._lock:
            item = self._staging.item(item_id)
            if item is None or item.ended:
                return
            if self._owner and item.state is State.ACTIVE:
                self._cancelled.add(item_id)
                self._hand.stop()
            else:
                self._staging.save(replace(item, state=State.CANCELLED))

    def retry(self, item_id: str) -> None:
        """Try a file again that failed through no fault of its own."""
        with self._lock:
            item = self._staging.item(item_id)
            if item is not None and item.problem is not None and item.problem.again:
                self._staging.save(replace(item, state=State.WAITING, problem=None, attempts=0))
        self.wake()

    def recognise(self, item_id: str) -> None:
        """Let text recognition read what could not be read of a file.

        Raises ``RecognitionUnavailable``, ``UnknownDocument`` or ``IndexFault``.
        """
        recognition.languages()
        with self._lock:
            item = self._staging.item(item_id)
            if item is None or not item.recognisable:
                return
            if not self._staging.file(item).is_file():
                self._staging.restage(item, self._engine.original(item.document))
            again = replace(item, state=State.WAITING, result=None, problem=None, attempts=0, recognition=True)
            self._staging.save(again)
        self.wake()

    def dismiss(self, item_id: str) -> None:
        """Show an ended item no more."""
        with self._lock:
            item = self._staging.item(item_id)
            if item is not None and item.ended:
                self._staging.forget(item)

    def settle(self, item: Item) -> None:
        """Keep what the user chose of an edition, unless the item was dismissed or begun anew meanwhile."""
        with self._lock:
            latest = self._staging.item(item.id)
            if latest is not None and latest.state is item.state:
                self._staging.save(item)

    def _work(self) -> None:
        rested = time.monotonic()
        while not self._closing.is_set():
            try:
                if self._owns() and self._step():
                    rested = time.monotonic()
                    continue
            except Exception:  # a full disk, say: it is logged, and the queue must outlive it
                _log.exception("The queue of files stumbled")
            if time.monotonic() - rested > self._idle:
                self._hand.close()
            self._wake.wait(_POLL)
            self._wake.clear()
        self._hand.close()
        self._owning.close()

    def _owns(self) -> bool:
        """Whether this process is the one that adds; it becomes so if nobody else is."""
        if not self._owner:
            with suppress(IndexBusy):
                self._owning.enter_context(exclusive(self._staging.directory / "lock", timeout=0))
                self._owner = True
                self._staging.recover()
        return self._owner

    def _step(self) -> bool:
        """Do one thing; False if there is nothing to do. What a user corrected goes before new files."""
        for document_id in self._engine.stale():
            if document_id not in self._hopeless:
                self._renew(document_id)
                return True
        for item in self._staging.items():
            if item.state in (State.WAITING, State.ACTIVE):
                self._take(item)
                return True
        return False

    def _renew(self, document_id: str) -> None:
        self._progress = Progress(document_id)
        try:
            problem = self._hand.renew(document_id, self._report)
        except (Stopped, Lost):
            problem = None if self._closing.is_set() else Problem("", {})
        finally:
            self._progress = None
        if problem is not None and document_id in self._engine.stale():
            self._hopeless.add(document_id)
            _log.warning("%s is found by its old title until it is renewed: %s", document_id, problem)

    def _take(self, item: Item) -> None:
        with self._lock:
            latest = self._staging.item(item.id)  # it may have been cancelled this moment
            if latest is None or latest.ended:
                return
            item = replace(latest, state=State.ACTIVE, attempts=latest.attempts + 1)
            self._staging.save(item)
            self._progress = Progress(item.id)
        try:
            ended = self._ended(item)
        finally:
            self._progress = None
        with self._lock:
            self._cancelled.discard(item.id)
            self._staging.save(ended)

    def _ended(self, item: Item) -> Item:
        """The item when all is done, or waiting once more."""
        known = {source.id: source for source in self._engine.sources()}.get(item.document)
        if known is not None and not item.recognition and known.id not in self._engine.outdated():
            same = Outcome.SAME if known.file == item.name else Outcome.COPY
            # It may have been added by an earlier attempt that was cut short before this was written down.
            outcome = Outcome.ADDED if item.attempts > 1 and same is Outcome.SAME else same
            count = self._engine.passage_count(known.id)
            return replace(item, state=State.DONE, result=Result(outcome, known.id, known.name, count))
        if item.attempts > MOST_ATTEMPTS:
            return replace(item, state=State.FAILED, problem=Problem("TooDemanding", {"file": item.place or item.name}))
        if Path(item.name).suffix.lower() in archive.SUFFIXES:
            return unpack(self._staging, item, lambda: item.id in self._cancelled)
        try:
            ended = self._hand.add(self._staging.file(item), item.name, self._report, recognition=item.recognition)
        except Stopped:
            if item.id not in self._cancelled:
                return replace(item, state=State.WAITING, attempts=item.attempts - 1)
            if item.document in {source.id for source in self._engine.sources()}:  # too late
                return replace(item, state=State.WAITING)
            return replace(item, state=State.CANCELLED)
        except Lost:
            return replace(item, state=State.WAITING)
        if isinstance(ended, Problem):
            return replace(item, state=State.FAILED, problem=ended.at(item.place))
        return replace(item, state=State.DONE, result=ended)

    def _report(self, step: str, done: int, total: int) -> None:
        """Take note of how far the worker has come."""
        before = self._progress
        if before is None:
            return
        if before.item in self._cancelled:  # it was cancelled before the worker had begun
            self._hand.stop()
        if before.step == step:
            # A second look at the same pages is no step back.
            furthest = max(done, before.done) if total == before.total else done
            self._progress = replace(before, done=furthest, total=total)
        else:
            self._progress = Progress(before.item, step, done, total, time.monotonic(), done)

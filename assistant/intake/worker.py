"""The process that reads, encodes and adds: jobs come in as lines of JSON, and what happens goes out as such.

A job is ``{"do": "add", "file", "name"}``, the same with ``"recognise"`` for text recognition, or ``{"do": "renew",
"document"}``. While it goes on, ``{"pages": [3, 120]}``
and ``{"passages": [12, 480]}`` tell how far it has come; it ends with ``{"result": {…}}`` or ``{"problem": {…}}``.

It runs at low priority, so that asking goes first; and it ends when its standard input does, since nobody waits for it
then. An add that is cut short leaves the index as it was.
"""

import hashlib
import json
import logging
import os
import signal
import sys
import threading
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import asdict
from pathlib import Path
from queue import SimpleQueue
from typing import Any, TextIO

from assistant.intake.item import Edition, Outcome, Problem, Result
from assistant.opening import open_engine
from index.documents import read_bytes, recognition
from index.documents.document import Metadata
from index.documents.pdf import listed
from index.documents.telling import listening
from index.editions import Editions
from index.engines import Change, SameName
from index.engines.embedded import EmbeddedEngine
from index.errors import DocumentError, KildesvarError, UnknownDocument

_PRIORITY = 10
"""How nice it is to other processes."""
_log = logging.getLogger(__name__)


class Worker:
    """Does one job after the other."""

    def __init__(self, engine: EmbeddedEngine, out: TextIO) -> None:
        self._engine, self._out = engine, out
        self._editions = Editions(engine.document)
        self._lock = threading.Lock()

    def run(self, job: dict[str, Any]) -> None:
        """Do one job, and tell how it ended; nothing that a file does ends the worker."""
        try:
            if job["do"] == "renew":
                self._engine.renew(job["document"], progress=self._passages)
                self._say("result", {})
            else:
                wish = True if job["do"] == "recognise" else None
                added = self._add(Path(job["file"]), job["name"], ocr=recognition.wanted(wish))
                self._say("result", asdict(added))
        except KildesvarError as error:
            again = not isinstance(error, DocumentError | UnknownDocument)
            self._say("problem", asdict(Problem(error.key, dict(error.details), again=again)))
        except Exception:  # what a library makes of a broken file: logged, told, and the next job is done all the same
            _log.exception("A job could not be done")
            self._say("problem", asdict(Problem("", {}, again=True)))

    def _add(self, file: Path, name: str, *, ocr: bool) -> Result:
        data = file.read_bytes()
        with listening(lambda done, total: self._say("pages", [done, total])):
            document = read_bytes(name, data, metadata=self._given(data) if ocr else None, recognition=ocr)
        edition = self._edition_of(document)
        (added,) = self._engine.add([document], same_name=SameName.KEEP_BOTH, progress=self._passages)
        if added.change in (Change.UNCHANGED, Change.UPDATED):
            outcome = Outcome.SAME if added.source.file == name else Outcome.COPY
            return Result(outcome, added.source.id, added.source.name)
        unread, recognised = (
            listed(sorted({page.number for page in document.pages if is_so(page)}))
            for is_so in (lambda page: page.unread is not None, lambda page: page.recognised)
        )
        return Result(Outcome.ADDED, added.source.id, added.source.name, added.passages, edition, unread, recognised)

    def _given(self, data: bytes) -> Metadata | None:
        """What a person said of the document of these bytes, which is read once more, so that it is not lost."""
        sha256 = hashlib.sha256(data).hexdigest()
        known = next((source.metadata for source in self._engine.sources() if source.sha256 == sha256), None)
        return Metadata(**{name: getattr(known, name) for name in known.given}) if known else None

    def _edition_of(self, document: Any) -> Edition | None:  # noqa: ANN401
        try:
            kin = self._editions.kin(document, self._engine.sources())
        except UnknownDocument:  # somebody has removed one of them this very moment
            return None
        return Edition(kin.source.id, kin.source.name, round(kin.common, 4)) if kin else None

    def _passages(self, done: int, total: int) -> None:
        self._say("passages", [done, total])

    def _say(self, what: str, value: object) -> None:
        with self._lock:  # pages are told from another thread
            self._out.write(json.dumps({what: value}) + "\n")
            self._out.flush()


def _jobs() -> Iterator[dict[str, Any]]:
    """Jobs as they come; at the end of standard input the process ends, whatever it is doing."""
    waiting: SimpleQueue[dict[str, Any]] = SimpleQueue()

    def listen() -> None:
        for line in sys.stdin:
            waiting.put(json.loads(line))
        if hasattr(os, "killpg") and os.getpgrp() == os.getpid():
            os.killpg(os.getpid(), signal.SIGKILL)  # a parser that is running, too
        os._exit(0)

    threading.Thread(target=listen, daemon=True).start()
    while True:
        yield waiting.get()


def main() -> None:
    """Serve the index in the directory that the first argument names."""
    out, sys.stdout = sys.stdout, sys.stderr  # what a library prints is no event
    with suppress(AttributeError, OSError):  # not on Windows
        os.nice(_PRIORITY)
    with suppress(KeyboardInterrupt, BrokenPipeError), open_engine(Path(sys.argv[1]), create=True) as engine:
        worker = Worker(engine, out)
        for job in _jobs():
            worker.run(job)


if __name__ == "__main__":
    main()

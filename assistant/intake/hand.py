"""The worker as the queue sees it: started when there is a job, ended when it is idle or must stop."""

import json
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

from assistant.intake.item import Problem, Result, result_of

Event = Callable[[str, int, int], None]
"""Called with ``pages`` or ``passages``, how many are done, and how many there are."""

WORKER = "assistant.intake.worker"
"""The module that does the work, in a process of its own."""


class Stopped(Exception):
    """The worker was told to stop."""


class Lost(Exception):
    """The worker ended by itself: something brought it down."""


class Hand:
    """One worker process at a time. ``run`` is called from one thread, ``stop`` and ``close`` from any."""

    def __init__(self, directory: Path) -> None:
        """Work on the index in ``directory``."""
        self._directory = directory
        self._process: subprocess.Popen[str] | None = None
        self._stopped = False
        self._lock = threading.Lock()

    def add(self, file: Path, name: str, event: Event, *, recognition: bool = False) -> Result | Problem:
        """Make a document of the bytes in ``file``, with text recognition or without.

        Raises ``Stopped`` or ``Lost``; the index is then as it was.
        """
        job = {"do": "recognise" if recognition else "add", "file": str(file), "name": name}
        ended, value = self._run(job, event)
        return result_of(value) if ended == "result" else Problem(**value)

    def renew(self, document_id: str, event: Event) -> Problem | None:
        """Let search know a document by its present title and publisher. Raises ``Stopped`` or ``Lost``."""
        ended, value = self._run({"do": "renew", "document": document_id}, event)
        return None if ended == "result" else Problem(**value)

    def stop(self) -> None:
        """Break off what is being done."""
        with self._lock:
            self._stopped = True
            if self._process is not None:
                _kill(self._process)

    def close(self) -> None:
        """End the process, if there is one; the next job starts another."""
        with self._lock:
            if self._process is not None:
                _kill(self._process)
                self._process.communicate()
                self._process = None

    def _run(self, job: dict[str, str], event: Event) -> tuple[str, dict[str, Any]]:
        process = self._started()
        assert process.stdin and process.stdout
        try:
            process.stdin.write(json.dumps(job) + "\n")
            process.stdin.flush()
            for line in process.stdout:
                ((what, value),) = json.loads(line).items()
                if what in ("result", "problem"):
                    return what, value
                event(what, *value)
        except (BrokenPipeError, ValueError):
            pass
        stopped = self._stopped
        self.close()
        raise Stopped if stopped else Lost

    def _started(self) -> subprocess.Popen[str]:
        with self._lock:
            if self._process is None or self._process.poll() is not None:
                command = [sys.executable, "-P", "-m", WORKER, str(self._directory)]
                self._process = subprocess.Popen(
                    command,
                    stdin=subprocess.PIPE,
                    stdout=subprocess.PIPE,
                    text=True,
                    encoding="utf-8",
                    # Ctrl-C in the terminal is for the server: it says when the worker shall stop.
                    start_new_session=True,
                )
            self._stopped = False
            return self._process


def _kill(process: subprocess.Popen[str]) -> None:
    """End the worker and the parser that it may be waiting for."""
    if process.poll() is None:
        if hasattr(os, "killpg"):
            os.killpg(process.pid, signal.SIGKILL)
        else:
            process.kill()

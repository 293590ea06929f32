"""Runs that are kept on disk, by their names."""

import re
import shutil
from datetime import UTC, datetime
from pathlib import Path

from eval.measuring import SIGNATURE, Run, read_run, write_run
from eval.output import writing
from eval.row import RunUnreadable
from eval.signature import Signature, read_signature
from index.errors import KildesvarError

MOST = 20
"""Runs that are kept; the oldest go."""
_NAME = re.compile(r"\d{8}T\d{6}(?:-\d{1,4})?", re.ASCII)


class RunGone(KildesvarError):
    """No run of that name is kept."""

    message = "That run is not kept any more. Choose another, or run the set again."


class KeptRuns:
    """The runs in one directory, each in a folder that is named by the time it was made."""

    def __init__(self, directory: Path) -> None:
        """Keep them in ``directory``, which is made with the first run."""
        self._directory = directory

    def keep(self, run: Run) -> str:
        """Keep a run, and let go of the oldest beyond ``MOST``; returns its name. Raises ``NotWritten``."""
        base = datetime.now(UTC).strftime("%Y%m%dT%H%M%S")
        names = [base, *(f"{base}-{number}" for number in range(2, 1000))]
        name = next(it for it in names if not (self._directory / it).exists())
        beside = self._directory / f".{name}"
        with writing(self._directory / name):
            try:
                write_run(run, beside)
                beside.rename(self._directory / name)
            finally:  # what a full disk cut short
                shutil.rmtree(beside, ignore_errors=True)
        for old in self.names()[MOST:]:
            shutil.rmtree(self._directory / old, ignore_errors=True)
        return name

    def names(self) -> list[str]:
        """Newest first."""
        try:
            found = [path.name for path in self._directory.iterdir()]
        except OSError:
            return []
        return sorted((name for name in found if _NAME.fullmatch(name)), reverse=True)

    def run(self, name: str) -> Run:
        """The run of that name, which need not be trusted. Raises ``RunGone``."""
        try:
            return read_run(self._place(name))
        except RunUnreadable as error:
            raise RunGone from error

    def signature(self, name: str) -> Signature:
        """What the run's numbers mean. Raises ``RunGone``."""
        try:
            return read_signature(self._place(name) / SIGNATURE)
        except RunUnreadable as error:
            raise RunGone from error

    def _place(self, name: str) -> Path:
        if not _NAME.fullmatch(name):
            raise RunGone
        return self._directory / name

"""Where results go: a file, or standard output."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TextIO

from index.errors import OutputNotWritable


@contextmanager
def output(path: Path | None) -> Iterator[TextIO]:
    """The file to write to, UTF-8, closed at the end; None is standard output.

    Raises:
        OutputNotWritable: The file cannot be opened or written (no permission, disk full, a folder of that name).
    """
    if path is None:
        yield sys.stdout
        return
    try:
        # As on standard output: a question's JSON may hold half a letter.
        with path.open("w", encoding="utf-8", errors="replace") as file:
            yield file
    except OSError as error:
        raise OutputNotWritable(file=str(path), cause=error.strerror or str(error)) from error

"""Where results go: what the system refuses to write is an error of ours."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from index.errors import KildesvarError


class NotWritten(KildesvarError):
    """The system refused to write a file."""

    message = "“{file}” could not be written: {cause}."


class SystemRefused(KildesvarError):
    """The system refused something else: no room for temporary files, a name that no file can have."""

    message = "The system refused: {cause}."


@contextmanager
def writing(path: Path) -> Iterator[None]:
    """Raises ``NotWritten`` where the system refuses to write ``path``."""
    try:
        yield
    except OSError as error:
        raise NotWritten(file=str(path), cause=error.strerror or str(error)) from error

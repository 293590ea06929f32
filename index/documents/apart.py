"""Files that are not text are parsed in a process of their own, with limits on time and memory.

A hostile file may make a parser hang, eat all memory or crash; then only that process ends. It is given the file's
bytes on its standard input and answers with an ``Extraction`` as JSON, or with the name and details of an error.
"""

import json
import subprocess
import sys
from collections.abc import Callable
from importlib import import_module
from pathlib import Path

from index import errors
from index.documents.extraction import Extraction
from index.documents.telling import ear, tell_aloud
from index.errors import DamagedFile, DocumentError, DocumentTooLarge, TooDemanding

Extract = Callable[[str, bytes], Extraction]
"""A format's parser: file name and bytes to what is in them; raises ``DocumentError``."""

LIMIT_BYTES = 200_000_000
"""Of a file that is not text: pictures take most of it."""
CPU_SECONDS = 300
WALL_SECONDS = 900
"""Longer than ``CPU_SECONDS``, since others may want the processor too."""
MEMORY_BYTES = 2_000_000_000
_MEGABYTE = 1_000_000
_LOST = 1
"""Python's exit status after an exception that nobody foresaw: the parser found what it does not know."""
_WORN_OUT = 2


def extract_apart(module: str, name: str, data: bytes) -> Extraction:
    """What ``module.extract`` finds in a file, run apart. Raises ``DocumentError``, ``TooDemanding`` among them."""
    if len(data) > LIMIT_BYTES:
        size = f"{len(data) / _MEGABYTE:.1f}"
        raise DocumentTooLarge(file=name, size=size, limit=f"{LIMIT_BYTES / _MEGABYTE:g}")
    command = [sys.executable, "-P", "-m", "index.documents.apart", module]
    try:
        with ear() as stderr:
            done = subprocess.run(
                command, input=data, stdout=subprocess.PIPE, stderr=stderr, timeout=WALL_SECONDS, check=False
            )
    except subprocess.TimeoutExpired as error:
        raise TooDemanding(file=name) from error
    if done.returncode == _LOST:
        raise DamagedFile(file=name, format=Path(name).suffix[1:].upper())
    if done.returncode:
        raise TooDemanding(file=name)
    kind, _, answer = done.stdout.decode().partition("\n")
    if kind:
        raise _error(kind, json.loads(answer) | {"file": name})
    return Extraction.from_json(answer)


def _error(kind: str, details: dict[str, str | int]) -> DocumentError:
    found = getattr(errors, kind)
    if not (isinstance(found, type) and issubclass(found, DocumentError)):
        raise TypeError(f"{kind} is no error of a document")
    return found(**details)


def _limit() -> None:
    """Bind this process, where the system knows how."""
    if sys.platform == "win32":
        return
    import resource

    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS))
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))


def main() -> None:
    """Parse standard input with the module that the first argument names; the file's own name is not needed here."""
    extract: Extract = import_module(sys.argv[1]).extract
    data = sys.stdin.buffer.read()
    tell_aloud()
    _limit()
    try:
        answer = "\n" + extract("", data).to_json()
    except DocumentError as error:
        answer = f"{error.key}\n{json.dumps(error.details)}"
    except (MemoryError, RecursionError):
        sys.exit(_WORN_OUT)
    sys.stdout.buffer.write(answer.encode("utf-8", errors="replace"))


if __name__ == "__main__":
    main()

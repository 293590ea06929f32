"""Files are read in a process of their own, with limits on time and memory; only short texts are not.

A hostile file may make a parser hang, eat all memory or crash; then only that process ends, and who serves questions
meanwhile is not held up. It is given the file's bytes on its standard input (``child``) and answers with the document
as the index keeps it (``index.record``), or with the name and details of an error.
"""

import hashlib
import json
import os
import subprocess
import sys
from contextlib import suppress
from dataclasses import asdict, dataclass, replace
from pathlib import Path

from index import errors
from index.documents.document import Document, Metadata
from index.documents.metadata import beyond_file_name, merged
from index.documents.telling import ear
from index.errors import DamagedFile, DocumentError, DocumentTooLarge, TooDemanding

LIMIT_BYTES = 200_000_000
"""Of a file that is not text: pictures take most of it."""
_MEGABYTE = 1_000_000
_LOST = 1
"""Python's exit status after an exception that nobody foresaw: the parser found what it does not know."""


@dataclass(frozen=True, slots=True)
class Limits:
    """What a process may use, where the system knows such limits; the seconds by the clock hold everywhere."""

    cpu_seconds: int = 300
    wall_seconds: int = 900
    """Longer than ``cpu_seconds``, since others may want the processor too."""
    memory_bytes: int = 2_000_000_000


LIMITS = Limits()


def read_apart(
    module: str,
    name: str,
    data: bytes,
    *,
    metadata: Metadata | None = None,
    function: str = "extract",
    limits: Limits | None = None,
) -> Document:
    """The document that a format's parser, ``function`` of ``module``, finds in a file, run apart.

    Raises ``DocumentError``, ``TooDemanding`` among them; all with ``name``.
    """
    from index.record import Columns, document_of  # imported here: it knows documents, and so imports this package

    if len(data) > LIMIT_BYTES:
        raise DocumentTooLarge(file=name, size=megabytes(len(data)), limit=megabytes(LIMIT_BYTES))
    head, _, rest = _run([module, function], name, data, limits or LIMITS).partition(b"\n")
    answer = json.loads(head)
    if "error" in answer:
        raise _error(answer["error"], answer["details"] | {"file": name})
    structure, runs = (rest[start:end] for start, end in ((0, answer["cut"]), (answer["cut"], None)))
    columns = Columns(**answer["columns"], structure=structure, runs=runs)
    document = document_of(replace(columns, id=_id(data), sha256=hashlib.sha256(data).hexdigest(), file=name))
    said = beyond_file_name(document.source.metadata, name, document.text)
    source = replace(document.source, metadata=merged(metadata, said))
    return replace(document, source=source, original=data)


def _id(data: bytes) -> str:
    return f"d{hashlib.sha256(data).hexdigest()[:16]}"


def megabytes(size: int) -> str:
    """As messages say it."""
    return f"{size / _MEGABYTE:.1f}".removesuffix(".0")


def _run(arguments: list[str], name: str, data: bytes, limits: Limits) -> bytes:
    """What the process answers. Raises ``DamagedFile`` or ``TooDemanding``."""
    command = [sys.executable, "-P", "-m", "index.documents.child", json.dumps(asdict(limits)), *arguments]
    with ear() as stderr:
        process = subprocess.Popen(
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=stderr,
            # Threads that it does not use would take their share of its memory.
            env=os.environ | dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS"), "1"),
        )
        try:
            answer, _ = process.communicate(data, timeout=limits.wall_seconds)
        except subprocess.TimeoutExpired as error:
            raise TooDemanding(file=name) from error
        finally:
            _end(process)
    if process.returncode == _LOST:
        raise DamagedFile(file=name, format=Path(name).suffix[1:].upper())
    if process.returncode:
        raise TooDemanding(file=name)
    return answer


def _end(process: subprocess.Popen[bytes]) -> None:
    """End the process if it has not ended; what it started may hold its pipes open, so nobody waits for these."""
    if process.returncode is None:
        process.kill()
        for pipe in (process.stdin, process.stdout):
            if pipe is not None:
                with suppress(OSError):
                    pipe.close()
        process.wait()


def _error(kind: str, details: dict[str, str | int]) -> DocumentError:
    found = getattr(errors, kind)
    if not (isinstance(found, type) and issubclass(found, DocumentError)):
        raise TypeError(f"{kind} is no error of a document")
    return found(**details)

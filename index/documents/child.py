"""The process in which one file is read (``apart``): ``python -m index.documents.child``.

It parses its standard input, gives the text its structure (``composing``), and writes one line of JSON and two columns.
"""

import json
import sys
from collections.abc import Callable
from dataclasses import asdict
from importlib import import_module

from index.documents.apart import Limits, megabytes
from index.documents.composing import compose
from index.documents.document import Document
from index.documents.extraction import Extraction
from index.documents.telling import tell_aloud
from index.errors import DocumentError, DocumentTooLarge
from index.record import document_columns

Extract = Callable[[str, bytes], Extraction | Document]
"""A format's parser: file name and bytes to what is in them; raises ``DocumentError``."""

LIMIT_TEXT = 12_000_000
"""Characters of the text in a file, as many as a file of plain text may have."""
_WORN_OUT = 2
"""Exit status when memory or depth did not suffice."""


def _limit(limits: Limits) -> None:
    """Bind this process, where the system knows how."""
    if sys.platform == "win32":
        return
    import resource

    for kind, most in (
        (resource.RLIMIT_CPU, limits.cpu_seconds),
        (resource.RLIMIT_AS, limits.memory_bytes),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0),
    ):
        resource.setrlimit(kind, (most, most))


def answer_of(extract: Extract, data: bytes) -> bytes:
    """What the process says of a file: one line of JSON, then the columns that are not text.

    Raises ``MemoryError`` or ``RecursionError``, or whatever a parser that is lost raises.
    """
    try:
        found = extract("", data)
        document = found if isinstance(found, Document) else _composed(data, found)
        columns = asdict(document_columns(document))
    except DocumentError as error:
        return json.dumps({"error": error.key, "details": error.details}).encode()
    structure, runs = columns.pop("structure"), columns.pop("runs")
    head = json.dumps({"columns": columns, "cut": len(structure)})  # ASCII: no line end, no lone surrogate
    return b"\n".join([head.encode("ascii"), structure + runs])


def _composed(data: bytes, extraction: Extraction) -> Document:
    size = sum(len(line.text) for element in extraction.elements for line in element.lines)
    if size > LIMIT_TEXT:
        raise DocumentTooLarge(file="", size=megabytes(size), limit=megabytes(LIMIT_TEXT))
    return compose("", data, extraction)


def main() -> None:
    """Read standard input as the arguments say: limits, module, function."""
    limits, module, function = sys.argv[1:]
    # Loaded before the limits: what is loaded needs room of its own.
    extract: Extract = getattr(import_module(module), function)
    data = sys.stdin.buffer.read()
    tell_aloud()
    _limit(Limits(**json.loads(limits)))
    try:
        answer = answer_of(extract, data)
    except (MemoryError, RecursionError):
        sys.exit(_WORN_OUT)
    sys.stdout.buffer.write(answer)


if __name__ == "__main__":
    main()

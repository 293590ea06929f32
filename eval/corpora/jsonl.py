"""Lines of JSON from a folder of data that the user has."""

import hashlib
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from index.errors import KildesvarError


class DataMissing(KildesvarError):
    """A set of which only the adapter is in the repository, without its data."""

    message = "The set “{set}” needs its data: --data DIR, a folder with {files}. {problem}"


def read_jsonl(path: Path, *, set_name: str) -> list[dict[str, Any]]:
    """The objects of a JSONL file. Raises ``DataMissing``, naming the line."""
    try:
        lines = path.read_text(encoding="utf-8").removesuffix("\n").split("\n")
    except (OSError, UnicodeDecodeError) as error:
        raise DataMissing(set=set_name, files=path.name, problem=f"{path}: {error}") from error
    records = []
    for number, line in enumerate(lines, start=1):
        try:
            record = json.loads(line)
        except ValueError as error:
            raise DataMissing(set=set_name, files=path.name, problem=f"{path}, line {number}: {error}") from error
        if not isinstance(record, dict):
            raise DataMissing(set=set_name, files=path.name, problem=f"{path}, line {number}: not a JSON object")
        records.append(record)
    return records


def digest(paths: Sequence[Path]) -> str:
    """SHA-256 of the files' bytes, one after the other, in the order of their names."""
    return hashlib.sha256(b"".join(path.read_bytes() for path in sorted(paths))).hexdigest()

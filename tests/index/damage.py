"""Damage to the files of an index."""

from pathlib import Path


def put(file: Path, data: bytes) -> None:
    """Other bytes under a file's name.

    The file itself is left as it was: somebody may still have it mapped into memory, and to cut it then is a crash.
    """
    fresh = file.with_name("fresh")
    fresh.write_bytes(data)
    fresh.replace(file)

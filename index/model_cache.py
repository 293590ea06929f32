"""What is built once on this machine and used ever after: directories that are either whole or not there.

A build goes to a directory of its own beside the final one, is written through to the disk, and takes its name in one
step. A killed build therefore leaves a directory that no one reads, and the next build removes it. A lock that the
operating system drops with its process keeps two processes from building the same thing at once.
"""

import contextlib
import errno
import json
import os
import shutil
from collections.abc import Callable
from pathlib import Path

from filelock import FileLock
from platformdirs import user_cache_dir

from index.errors import CacheNotWritable, DiskFull

_INVENTORY = "inventory.json"
_NO_ROOM = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
_NO_PERMISSION = {errno.EACCES, errno.EPERM, errno.EROFS, errno.ENOTDIR, errno.EEXIST}


def cache_directory() -> Path:
    """``KILDESVAR_CACHE``, else the user's cache directory; not necessarily there yet."""
    override = os.environ.get("KILDESVAR_CACHE")
    return Path(override).expanduser() if override else Path(user_cache_dir("kildesvar", appauthor=False))


def built_once(name: str, build: Callable[[Path], None]) -> Path:
    """The directory ``name`` in the cache; ``build`` fills an empty directory with its files if it is not there yet.

    ``name`` must change with everything that decides the content: what is there is taken as it is.
    Raises ``CacheNotWritable`` or ``DiskFull``, and whatever ``build`` raises; nothing half done is left in its place.
    """
    final = cache_directory() / name
    if is_whole(final):
        return final
    try:
        final.parent.mkdir(parents=True, exist_ok=True)
        with FileLock(final.parent / f"{name}.lock"):
            if not is_whole(final):
                _build(final, build)
    except OSError as error:
        if error.errno in _NO_ROOM:
            raise DiskFull(directory=str(final.parent)) from error
        if error.errno in _NO_PERMISSION:
            raise CacheNotWritable(directory=str(final.parent)) from error
        raise
    return final


def is_whole(directory: Path) -> bool:
    """Whether every file that was built is there with its length; ``False`` where there is nothing."""
    try:
        sizes: dict[str, int] = json.loads((directory / _INVENTORY).read_text("utf-8"))
        return all((directory / file).stat().st_size == size for file, size in sizes.items())
    except (OSError, ValueError):
        return False


def _build(final: Path, build: Callable[[Path], None]) -> None:
    """Under the lock: whatever stands half done was left by a process that is no more."""
    for stale in (final, *final.parent.glob(f"{final.name}.partial-*")):
        shutil.rmtree(stale, ignore_errors=True)
    partial = final.parent / f"{final.name}.partial-{os.getpid()}"
    partial.mkdir()
    try:
        build(partial)
        files = sorted(path for path in partial.rglob("*") if path.is_file())
        sizes = {path.relative_to(partial).as_posix(): path.stat().st_size for path in files}
        (partial / _INVENTORY).write_text(json.dumps(sizes, indent=1), "utf-8")
        for path in (*files, partial / _INVENTORY):
            _sync(path)
        _sync(partial)
        os.replace(partial, final)
        _sync(final.parent)
    except BaseException:
        shutil.rmtree(partial, ignore_errors=True)
        raise


def _sync(path: Path) -> None:
    """Write a file or directory through to the disk; not every file system can do so for directories."""
    with contextlib.suppress(PermissionError) if path.is_dir() else contextlib.nullcontext():
        descriptor = os.open(path, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)

"""Word lists and tables that are shipped with the code, as lines of text; a line that begins with "#" is a remark."""

from collections.abc import Iterable, Iterator, Mapping
from importlib.resources import files


def shipped_lines(name: str) -> Iterator[str]:
    """The lines of a file beside this one that say something."""
    return telling(files("index").joinpath(name).read_text("utf-8").splitlines())


def shipped_table(name: str) -> Mapping[str, str]:
    """A shipped table of two columns, by the first."""
    return dict(two_columns(shipped_lines(name)))


def telling(lines: Iterable[str]) -> Iterator[str]:
    """The lines that are neither empty nor a remark."""
    return (line for line in lines if line and not line.startswith("#"))


def two_columns(lines: Iterable[str]) -> Iterator[tuple[str, str]]:
    r"""Both columns of each line, what stands before its first tab and after.

    >>> list(two_columns(["snut\tpoliti; politibetjent"]))
    [('snut', 'politi; politibetjent')]
    """
    for line in lines:
        first, _, rest = line.partition("\t")
        yield first, rest

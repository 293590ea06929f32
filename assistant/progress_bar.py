"""A progress bar for the terminal, on stderr, drawn only when somebody can see it."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager

from tqdm import tqdm

from assistant.texts import text
from index.documents.document import Language
from index.engines import Progress


@contextmanager
def progress_bar(language: Language, key: str, unit: str = "passages") -> Iterator[Progress]:
    """A progress report under the title ``cli.progress.<key>``, counting in ``cli.progress.<unit>``."""
    with tqdm(
        desc=text(language, f"cli.progress.{key}"),
        unit=" " + text(language, f"cli.progress.{unit}"),
        disable=not sys.stderr.isatty(),
        file=sys.stderr,
        leave=False,
    ) as bar:

        def report(done: int, total: int) -> None:
            bar.total = total
            bar.update(done - bar.n)

        yield report

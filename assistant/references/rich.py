"""A reference as runs of upright and italic text, and that as plain text, HTML and Markdown."""

from collections.abc import Iterable
from dataclasses import dataclass
from html import escape


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of a reference."""

    text: str
    italic: bool = False


Rich = tuple[Run, ...]


def rich(*parts: str | Run) -> Rich:
    """The runs, without empty ones and with neighbours of one kind joined."""
    runs: list[Run] = []
    for part in parts:
        run = part if isinstance(part, Run) else Run(part)
        if runs and runs[-1].italic == run.italic:
            runs[-1] = Run(runs[-1].text + run.text, run.italic)
        elif run.text:
            runs.append(run)
    return tuple(runs)


def to_text(runs: Iterable[Run]) -> str:
    """Without italics."""
    return "".join(run.text for run in runs)


def to_html(runs: Iterable[Run]) -> str:
    """HTML, escaped, italics as ``<i>``: what word processors take from the clipboard."""
    return "".join(f"<i>{escape(run.text)}</i>" if run.italic else escape(run.text) for run in runs)

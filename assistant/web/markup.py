"""Text that someone else wrote, made safe and exact for the two surfaces that show it.

The conversation goes through a Markdown renderer, so there every character that could mean something to it becomes a
numeric entity; the reader pane is plain HTML, so there escaping suffices.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from html import escape

from assistant.web.address import Span


def entities(text: str) -> str:
    """Text for the conversation: exact after Markdown and the sanitiser, also within an attribute.

    >>> entities("*ja*")
    '&#42;ja&#42;'
    """
    return "".join(_entity(char) for char in text)


def _entity(char: str) -> str:
    if char.isalnum() or char == " ":
        return char
    if char == "\n":
        return "<br>"
    # HTML reads the numbers 128 to 159 as Windows-1252; only the characters themselves come through as they are.
    return char if "\x80" <= char <= "\x9f" else f"&#{ord(char)};"


def attribute(text: str) -> str:
    """Text for an attribute in the conversation; a line break stays one."""
    return entities(text).replace("<br>", "&#10;")


def plain(text: str) -> str:
    """Text for the reader pane and the page's own HTML."""
    return escape(text, quote=True)


@dataclass(frozen=True, slots=True)
class Mark:
    """A range that is marked, and the CSS class that says how."""

    span: Span
    style: str


def pieces(start: int, end: int, marks: Iterable[Mark]) -> Iterator[tuple[Span, tuple[str, ...]]]:
    """Cut a range where marks begin and end: each piece with the styles that cover it, in the marks' order."""
    inside = [mark for mark in marks if max(start, mark.span.start) < min(end, mark.span.end)]
    cuts = {start, end}
    for mark in inside:
        cuts |= {max(start, mark.span.start), min(end, mark.span.end)}
    ordered = sorted(cuts)
    for begin, finish in zip(ordered, ordered[1:], strict=False):
        covering = (mark.style for mark in inside if mark.span.start <= begin and finish <= mark.span.end)
        yield Span(begin, finish), tuple(dict.fromkeys(covering))

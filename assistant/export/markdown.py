"""A conversation as Markdown (CommonMark), and the quotes in such a file."""

import re
from collections.abc import Iterable, Iterator
from functools import cache
from itertools import groupby

from markdown_it import MarkdownIt
from markdown_it.token import Token

from assistant.export.found import Found, Part
from assistant.export.showing import one_line, showable
from assistant.export.transcript import Entry, Excerpt, Grid, Transcript, attribution, explanation
from assistant.references.rich import Rich
from assistant.texts import LANGUAGES, text

_QUOTES = 2
"""The column of a comparison that holds the quotes."""
_SPECIAL = frozenset("\\`*_{}[]<>#&|~!$^")
_BLOCK_START = re.compile(r"(?:[-+=:]|\d{1,9}[.)])")
"""What would begin a list, a heading or a table at the start of a line."""


def to_markdown(transcript: Transcript) -> str:
    """The whole file. A quote is a block quote, and its receipt is the line of code below it."""
    language = transcript.language
    parts = [f"# {text(language, 'export.title')}", escape(transcript.made)]
    for number, entry in enumerate(transcript.entries, start=1):
        parts += _entry(entry, f"{text(entry.language, 'export.question', number=number)}")
    references = transcript.references()
    if references:
        parts += [f"## {text(language, 'export.references')}", "\n".join(f"- {_rich(it)}" for it in references)]
    parts += [f"## {text(language, 'export.receipts')}", escape(text(language, "export.explained"))]
    return "\n\n".join([*parts, _code(str(transcript.summary))]) + "\n"


def escape(words: str) -> str:
    r"""Text that a Markdown reader shows as it is, character for character, on one line or several.

    >>> escape("1. *Ja* & nei")
    '1\\. \\*Ja\\* \\& nei'
    """
    return "\\\n".join(_line(line) for line in showable(words).split("\n"))


def found_in(content: str) -> Iterator[Found]:
    """The quotes, receipts and other lines of a file, in order."""
    tokens = MarkdownIt("commonmark").enable("table").parse(content)
    depth = column = place = 0
    for token in tokens:
        depth += token.nesting if token.type.startswith("blockquote") else 0
        column = 0 if token.type == "tr_open" else column + (token.type == "td_open")
        place = token.map[0] + 1 if token.map else place
        if token.type == "inline":
            said = "".join(child.content for child in token.children or [])
            # In a comparison's second column there is a quote, unless it says that there is none.
            of_grid = column == _QUOTES and said not in _not_mentioned()
            yield _found(token, place, quoted=depth > 0 or of_grid)
        elif token.type == "table_close":
            column = 0
        elif token.type in ("html_block", "fence", "code_block"):
            yield Found(Part.QUOTE if depth else Part.TEXT, token.content, place)


@cache
def _not_mentioned() -> frozenset[str]:
    return frozenset(text(language, "compare.not_mentioned") for language in LANGUAGES)


def _found(token: Token, place: int, *, quoted: bool) -> Found:
    children = token.children or []
    if quoted:
        return Found(Part.QUOTE, _shown(children), place)
    if len(children) == 1 and children[0].type == "code_inline":
        return Found(Part.RECEIPT, children[0].content, place)
    return Found(Part.TEXT, _shown(children), place)


def _shown(children: Iterable[Token]) -> str:
    """What a reader sees; markup that is not ours shows as its source, so that it is no quote any more."""
    breaks = {"softbreak": " ", "hardbreak": "\n"}
    known = {"text", "code_inline", "em_open", "em_close", "strong_open", "strong_close"}
    return "".join(
        breaks.get(child.type) or (child.content if child.type in known else f"<{child.type}>{child.content}")
        for child in children
    )


def _entry(entry: Entry, heading: str) -> Iterator[str]:
    yield f"## {heading}: {escape(one_line(entry.question))}"
    yield from (escape(one_line(line)) for line in explanation(entry))
    if entry.grid:
        yield _table(entry, entry.grid)
        return
    for excerpt in entry.quotes:
        yield from _excerpt(excerpt)


def _table(entry: Entry, grid: Grid) -> str:
    """A comparison, a row a quote: its source, its words, its citation and its receipt."""
    rows = [[_cell(head) for head in grid.heads], ["---"] * len(grid.heads)]
    for row, excerpts in grid.cells(entry.quotes):
        if not excerpts:
            rows.append([_cell(row.source), _cell(row.note), "", ""])
        for excerpt in excerpts:
            source = f"{row.source} – {row.note.rstrip(':').lower()}" if row.note else row.source
            citation = f"— {_rich(attribution(excerpt))}"
            rows.append([_cell(source), _cell(excerpt.text), citation, _code(str(excerpt.receipt))])
    return "\n".join(f"| {' | '.join(row)} |" for row in rows)


def _cell(words: str) -> str:
    """Text in a cell: a line break is written out, since a row is one line."""
    return "&#10;".join(escape(line) for line in showable(words).split("\n"))


def _excerpt(excerpt: Excerpt) -> Iterator[str]:
    yield "\n".join(f"> {line}" for line in _quoted(excerpt.text).split("\n"))
    yield f"— {_rich(attribution(excerpt))}"
    yield _code(str(excerpt.receipt))


def _quoted(words: str) -> str:
    """Newlines at the ends are written out: a line break there would be none."""
    body = words.strip("\n")
    before = len(words) - len(words.lstrip("\n")) if body else len(words)
    after = len(words) - len(words.rstrip("\n")) if body else 0
    return "&#10;" * before + (escape(body) if body else "") + "&#10;" * after


def _rich(runs: Rich) -> str:
    # Nothing may stand between the stars and the words, or they are no emphasis.
    parts = []
    for run in runs:
        words = " ".join(showable(run.text).split("\n"))
        body = words.strip(" ")
        before, after = words[: len(words) - len(words.lstrip(" "))], words[len(words.rstrip(" ")) :] if body else ""
        written = escape(body)
        parts.append(f"{before}*{written}*{after}" if run.italic and body else f"{before}{written}{after}")
    return "".join(parts)


def _code(line: str) -> str:
    return f"`{line}`"


def _line(line: str) -> str:
    start = _BLOCK_START.match(line)
    at = start.end() - 1 if start else -1
    parts: list[str] = []
    for spaces, group in groupby(enumerate(line), key=lambda pair: pair[1] == " "):
        chars = list(group)
        inner = spaces and len(chars) == 1 and 0 < chars[0][0] < len(line) - 1
        parts += ["&#32;" if spaces and not inner else _char(char, index == at) for index, char in chars]
    return "".join(parts)


def _char(char: str, begins_block: bool) -> str:
    if begins_block or char in _SPECIAL:
        return f"\\{char}"
    # Letters with their marks, digits, ordinary punctuation; all else (white space, invisible signs) by its number.
    return char if char.isprintable() else f"&#{ord(char)};"

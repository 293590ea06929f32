"""Table -> its HTML: short cells as narrow as their words, and a box that scrolls where there are many columns."""

from collections.abc import Callable, Sequence

from assistant.texts import text
from assistant.web.markup import plain
from assistant.web.table_view import Table
from index.documents.document import Block, Document, Language

_SHORT = 16
"""Characters up to which a cell stays on one line: numbers, shares, names."""
_MANY = 3
"""Columns, beside the rows' names, beyond which the names stay in sight while one scrolls sideways."""


def render_table(document: Document, table: Table, words: Callable[[Block], str], language: Language) -> str:
    """A real table; a name that the document gives no block of its own is still shown. ``words`` is a block's HTML."""

    def named(name: str | None, *heads: Block) -> str:
        return "<br>".join(map(words, heads)) or plain(name or "")

    names = [table.corner] if table.corner else []
    head = "".join(
        f'<th scope="col">{named(name, *[block] if block else [])}</th>'
        for name, block in [*names, *table.columns.items()]
    )
    head = head if table.corner else f"<td></td>{head}"
    lines = "".join(
        f'<tr><th scope="row">{named(row.name, *row.heads)}</th>'
        + "".join(_cell(document, row.cells.get(column, []), words) for column in table.columns)
        + "</tr>"
        for row in table.rows
    )
    wide = " kv-bred" if len(table.columns) > _MANY else ""
    label = plain(text(language, "reader.table"))
    return (
        f'<div class="kv-tabell{wide}" tabindex="0" role="group" aria-label="{label}"><table><thead><tr>{head}</tr>'
        f"</thead><tbody>{lines}</tbody></table></div>"
    )


def _cell(document: Document, blocks: Sequence[Block], words: Callable[[Block], str]) -> str:
    short = all(len(document.text[block.start : block.end]) <= _SHORT for block in blocks)
    inside = "".join(f"<p>{words(block)}</p>" for block in blocks)
    return f'<td class="kv-kortcelle">{inside}</td>' if short else f"<td>{inside}</td>"

"""Document -> the HTML of the reader pane: its structure, with the quotes marked. Pure functions."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from assistant.texts import text
from assistant.web.address import Address, Span
from assistant.web.markup import Mark, pieces, plain
from assistant.web.table_view import Table, names_columns, read_table
from index.documents.document import Block, BlockKind, Document, Language, Source

_TAGS = {
    BlockKind.PARAGRAPH: ("p", ""),
    BlockKind.CAPTION: ("p", "kv-bildetekst"),
    BlockKind.BYLINE: ("p", "kv-byline"),
    BlockKind.BOILERPLATE: ("p", "kv-utenom"),
}


@dataclass(frozen=True, slots=True)
class View:
    """What of a document is shown, and how."""

    opened: Span | None = None
    """The quote that was opened."""
    short: Span | None = None
    """The short answer within it."""
    quotes: tuple[Address, ...] = ()
    """All quotes of the answer that it was opened from, in the answer's order; also those of other documents."""


def render_document(document: Document, view: View, language: Language) -> str:
    """The whole document, with a heading that says what it is and, where a quote was opened, the way to the others."""
    marks = _marks(document, view)
    place = f"{document.id}:{view.opened}" if view.opened else document.id
    spoken = document.source.metadata.language
    of_text = f' lang="{spoken.value}"' if spoken and spoken is not Language.OTHER else ""
    body = "".join(_body(document, marks, language))
    label = plain(text(language, "reader.label"))
    return (
        f'<article class="kv-dokument" data-sted="{plain(place)}" data-navn="{plain(document.source.name)}">'
        f"{_head(document, view, language)}"
        f'<div class="kv-ark" tabindex="0" role="region" aria-label="{label}"{of_text}>{body}</div></article>'
    )


def render_empty(language: Language) -> str:
    """The pane before anything is opened."""
    return (
        f'<div class="kv-tom"><h2>{plain(text(language, "reader.empty_heading"))}</h2>'
        f"<p>{plain(text(language, 'reader.empty'))}</p></div>"
    )


def render_problem(message: str, language: Language) -> str:
    """The pane when what was asked for cannot be opened."""
    way_out = _close("close", language)
    return (
        f'<article class="kv-dokument" data-sted="" data-navn=""><header class="kv-hode">{way_out}</header>'
        f'<div class="kv-ark"><p class="kv-feil" role="alert" tabindex="-1">{plain(message)}</p></div></article>'
    )


def byline(source: Source) -> str:
    """Who, where and when, as far as the document says: "Johannes Bangum · forebygging.no · 2017"."""
    metadata = source.metadata
    parts = [", ".join(metadata.authors), metadata.publisher, metadata.date, metadata.kind]
    return " · ".join(part for part in parts if part)


def _head(document: Document, view: View, language: Language) -> str:
    name, way_out = plain(document.source.name), "back" if view.opened else "close"
    return (
        f'<header class="kv-hode">{_close(way_out, language)}<h2 class="kv-navn" tabindex="-1">{name}</h2>'
        f'<p class="kv-meta">{plain(byline(document.source))}</p>{_steps(document, view, language)}</header>'
    )


def _close(way_out: str, language: Language) -> str:
    return f'<button type="button" class="kv-lukk">{plain(text(language, f"reader.{way_out}"))}</button>'


def _steps(document: Document, view: View, language: Language) -> str:
    """The way to the previous and the next quote of the answer."""
    here = Address(document.id, view.opened) if view.opened else None
    if here not in view.quotes or len(view.quotes) < 2:
        return ""
    at, total = view.quotes.index(here), len(view.quotes)
    position = text(language, "reader.position", number=at + 1, total=total)
    previous, following = view.quotes[(at - 1) % total], view.quotes[(at + 1) % total]
    return (
        f'<nav class="kv-steg"><a class="kv-forrige" href="?sitat={previous}">'
        f"{plain(text(language, 'reader.previous'))}</a><span>{plain(position)}</span>"
        f'<a class="kv-neste" href="?sitat={following}">{plain(text(language, "reader.next"))}</a></nav>'
    )


def _marks(document: Document, view: View) -> list[Mark]:
    spans = [Mark(view.opened, "kv-her")] if view.opened else []
    spans += [Mark(view.short, "kv-kort")] if view.short and view.opened else []
    others = (quote.span for quote in view.quotes if quote.document_id == document.id and quote.span != view.opened)
    return spans + [Mark(span, "kv-annet") for span in others]


def _body(document: Document, marks: Sequence[Mark], language: Language) -> Iterator[str]:
    """Blocks in their order: list items and table cells are gathered into their list and table, pages announced."""
    page: int | None = None
    runs = [list(run) for _, run in groupby(document.blocks, key=lambda block: block.kind)]
    for number, blocks in enumerate(runs):
        following = runs[number + 1] if number + 1 < len(runs) else []
        found = document.page_of(blocks[0].start)
        if found and found.number != page:
            page = found.number
            yield f'<p class="kv-side">{plain(text(language, "reader.page", number=found.label or page))}</p>'
        if blocks[0].kind is BlockKind.LIST_ITEM:
            yield _list(document, blocks, marks)
        elif blocks[0].kind is BlockKind.TABLE_CELL:
            before = runs[number - 1] if number else []
            heads = before[len(before) - names_columns(document, before, blocks) :]
            yield _table(document, read_table(document, heads, blocks), marks)
        else:
            ours = len(blocks) - (names_columns(document, blocks, following) if _is_table(following) else 0)
            yield from (_block(document, block, marks) for block in blocks[:ours])


def _is_table(blocks: Sequence[Block]) -> bool:
    return bool(blocks) and blocks[0].kind is BlockKind.TABLE_CELL


def _block(document: Document, block: Block, marks: Sequence[Mark]) -> str:
    words = _words(document, block, marks)
    if block.kind in (BlockKind.TITLE, BlockKind.HEADING):
        level = 3 if block.kind is BlockKind.TITLE else min(3 + block.level, 6)
        return f"<h{level}>{words}</h{level}>"
    tag, style = _TAGS[block.kind]
    return f'<{tag} class="{style}">{words}</{tag}>' if style else f"<{tag}>{words}</{tag}>"


def _list(document: Document, blocks: Sequence[Block], marks: Sequence[Mark]) -> str:
    items = (f'<li class="kv-dybde-{min(block.level, 4)}">{_words(document, block, marks)}</li>' for block in blocks)
    return f"<ul>{''.join(items)}</ul>"


def _table(document: Document, table: Table, marks: Sequence[Mark]) -> str:
    """A real table; a name that the document gives no block of its own is still shown."""

    def named(name: str | None, head: Block | None) -> str:
        return _words(document, head, marks) if head else plain(name or "")

    def cell(blocks: Sequence[Block]) -> str:
        return "".join(f"<p>{_words(document, block, marks)}</p>" for block in blocks)

    head = "".join(f'<th scope="col">{named(name, block)}</th>' for name, block in table.columns.items())
    lines = "".join(
        f'<tr><th scope="row">{named(row.name, row.head)}</th>'
        + "".join(f"<td>{cell(row.cells.get(column, []))}</td>" for column in table.columns)
        + "</tr>"
        for row in table.rows
    )
    return (
        f'<div class="kv-tabell" tabindex="0" role="group"><table><thead><tr><td></td>{head}</tr></thead>'
        f"<tbody>{lines}</tbody></table></div>"
    )


def _words(document: Document, block: Block, marks: Sequence[Mark]) -> str:
    """The block's own characters; the piece that the opened quote begins with is where the pane scrolls to."""
    begin = next((mark.span.start for mark in marks if mark.style == "kv-her"), None)
    parts = []
    for span, styles in pieces(block.start, block.end, marks):
        words = plain(document.text[span.start : span.end])
        anchor = ' id="kv-her" tabindex="-1"' if span.start == begin else ""
        parts.append(f'<mark class="{" ".join(styles)}"{anchor}>{words}</mark>' if styles else words)
    return "".join(parts)

"""Document -> the HTML of the reader pane: its structure, with the quotes marked. Pure functions."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from assistant.citation import authors_of
from assistant.texts import text
from assistant.web.address import Address, Span
from assistant.web.markup import Mark, pieces, plain
from assistant.web.page_view import render_pages
from assistant.web.pane_tools import page_list, page_name, recognition_note, render_tools
from assistant.web.table_html import render_table
from assistant.web.table_view import names_columns, read_table
from assistant.web.text_parts import Pages, Part, Run, part_at, parts_of, runs_of
from index.documents.document import Block, BlockKind, Document, Language, Page, Source
from index.documents.page_images import Size

_SHORT = 4
"""Parts: a text of no more is sent whole."""
_LINE, _LINE_HEIGHT = 65, 1.75
"""Characters of a line, and its height in em: guesses, which keep the scroll bar honest."""
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
    found: tuple[Span, ...] = ()
    """Where in the text stands what was sought in it."""


def render_document(
    document: Document, view: View, language: Language, *, sizes: Sequence[Size] = (), as_text: bool = False
) -> str:
    """The document, with a heading that says what it is and, where a quote was opened, the way to the others.

    Of a long text only the parts about the quote are filled; ``reading.js`` fetches the others as they come into sight.

    Args:
        document: What is shown.
        view: What of it.
        language: Of Kildesvar's own words.
        sizes: The sizes of its pages; where there are any, they are shown as pictures.
        as_text: Show the text first even so.
    """
    marks = _marks(document, view)
    place = f"{document.id}:{view.opened}" if view.opened else document.id
    pictures = render_pages(document, sizes, marks, language) if sizes else ""
    text_first = as_text or not sizes
    sheets = _sheet("kv-sider", pictures, document, language, hidden=text_first) if sizes else ""
    sheets += _sheet(
        "kv-tekst",
        _parts(document, view, marks, language, filled=text_first),
        document,
        language,
        hidden=not text_first,
    )
    return (
        f'<article class="kv-dokument" data-sted="{plain(place)}" data-navn="{plain(document.source.name)}"'
        f' data-kilde="{document.id}"{_request(view)}{page_list(document, len(sizes))}>'
        f"{_head(document, view, language)}{render_tools(document, language, pages=len(sizes), as_text=text_first)}"
        f"{sheets}</article>"
    )


def render_part(document: Document, number: int, view: View, language: Language) -> str:
    """One part of the text, filled; empty where there is no such part."""
    runs = runs_of(document)
    parts = parts_of(document, runs)
    if not 0 <= number < len(parts):
        return ""
    return _part(document, runs, parts[number], _marks(document, view), language)


def _sheet(style: str, body: str, document: Document, language: Language, *, hidden: bool) -> str:
    """A box that scrolls on its own."""
    spoken = document.source.metadata.language
    of_text = f' lang="{spoken.value}"' if spoken and spoken is not Language.OTHER and style == "kv-tekst" else ""
    label = plain(text(language, "reader.label"))
    away = " hidden" if hidden else ""
    return f'<div class="kv-ark {style}" tabindex="0" role="region" aria-label="{label}"{of_text}{away}>{body}</div>'


def _request(view: View) -> str:
    """What the parts that come later must know of the view."""
    asked = {"sitat": view.opened, "kort": view.short, "andre": ",".join(map(str, view.quotes))}
    return "".join(f' data-{name}="{value}"' for name, value in asked.items() if value)


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


def byline(source: Source, language: Language) -> str:
    """Who, where and when, as far as the document says: "Johannes Bangum · forebygging.no · 2017"."""
    metadata = source.metadata
    parts = [authors_of(source, language), metadata.publisher, metadata.date, metadata.kind]
    return " · ".join(part for part in parts if part)


def _head(document: Document, view: View, language: Language) -> str:
    name, way_out = plain(document.source.name), "back" if view.opened else "close"
    return (
        f'<header class="kv-hode">{_close(way_out, language)}<h2 class="kv-navn" tabindex="-1">{name}</h2>'
        f'<p class="kv-meta">{plain(byline(document.source, language))}</p>{recognition_note(document, language)}'
        f"{_steps(document, view, language)}</header>"
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
    return spans + [Mark(span, "kv-annet") for span in others] + [Mark(span, "kv-funn") for span in view.found]


def _parts(document: Document, view: View, marks: Sequence[Mark], language: Language, *, filled: bool) -> str:
    """All parts of the text, those near the opened quote filled; none where the text is not what is shown."""
    runs = runs_of(document)
    parts = parts_of(document, runs)
    near = set(range(len(parts))) if len(parts) <= _SHORT else _near(parts, view)
    return "".join(
        _part(document, runs, part, marks, language) if filled and part.number in near else _gap(part) for part in parts
    )


def _near(parts: tuple[Part, ...], view: View) -> set[int]:
    """The parts that the opened quote stands in, and their neighbours."""
    start, end = (view.opened.start, view.opened.end) if view.opened else (0, 1)
    return set(range(part_at(parts, start).number - 1, part_at(parts, end - 1).number + 2))


def _part(document: Document, runs: tuple[Run, ...], part: Part, marks: Sequence[Mark], language: Language) -> str:
    inside = [mark for mark in marks if mark.span.start < part.end and part.start < mark.span.end]
    body = "".join(_body(document, runs, part, inside, language))
    return f'<div class="kv-bolk" data-del="{part.number}" data-fra="{part.start}" data-til="{part.end}">{body}</div>'


def _gap(part: Part) -> str:
    """Room for a part that has not been sent, about as high as its text will be."""
    height = (part.end - part.start) // _LINE * _LINE_HEIGHT + 1
    return (
        f'<div class="kv-bolk kv-ubrukt" data-del="{part.number}" data-fra="{part.start}" data-til="{part.end}"'
        f' style="min-height:{height:g}em"></div>'
    )


def _body(
    document: Document, runs: tuple[Run, ...], part: Part, marks: Sequence[Mark], language: Language
) -> Iterator[str]:
    """Blocks in their order: list items and table cells are gathered into their list and table, pages announced."""
    pages = Pages(document)
    page = pages.at(part.start - 1) if part.start else None
    for number in range(part.first, part.last):
        blocks = runs[number]
        following = runs[number + 1] if number + 1 < len(runs) else ()
        found = pages.at(blocks[0].start)
        if found and (page is None or found.number != page.number):
            yield f'<p class="kv-side" data-side="{found.number}">{plain(page_name(found, language))}</p>'
        page = pages.at(blocks[-1].end - 1)
        words = _Words(document, marks, pages, language)
        if blocks[0].kind is BlockKind.LIST_ITEM:
            yield _list(words, blocks)
        elif blocks[0].kind is BlockKind.TABLE_CELL:
            before = runs[number - 1] if number else ()
            heads = before[len(before) - names_columns(document, before, blocks) :]
            yield render_table(document, read_table(document, heads, blocks), words.of, language)
        else:
            ours = len(blocks) - (names_columns(document, blocks, following) if _is_table(following) else 0)
            yield from (_block(words, block) for block in blocks[:ours])


def _is_table(blocks: Sequence[Block]) -> bool:
    return bool(blocks) and blocks[0].kind is BlockKind.TABLE_CELL


@dataclass(frozen=True, slots=True)
class _Words:
    """A document's own characters as HTML: marked, and with a sign where a page begins within a paragraph."""

    document: Document
    marks: Sequence[Mark]
    pages: Pages
    language: Language

    def of(self, block: Block) -> str:
        """The block's words; the piece that the opened quote begins with is where the pane scrolls to."""
        begin = next((mark.span.start for mark in self.marks if mark.style == "kv-her"), None)
        found = {mark.span.start for mark in self.marks if mark.style == "kv-funn"}
        begun = {page.start: page for page in self.pages.beginning_within(block.start, block.end)}
        cuts = [block.start, *begun, block.end]
        parts = []
        for start, end in zip(cuts, cuts[1:], strict=False):
            parts.append(self._turn(begun[start]) if start in begun else "")
            for span, styles in pieces(start, end, self.marks):
                words = plain(self.document.text[span.start : span.end])
                anchor = ' id="kv-her" tabindex="-1"' if span.start == begin else ""
                anchor += f' data-treff="{span.start}"' if span.start in found else ""
                parts.append(f'<mark class="{" ".join(styles)}"{anchor}>{words}</mark>' if styles else words)
        return "".join(parts)

    def _turn(self, page: Page) -> str:
        """The page's number, drawn by the style sheet: it is none of the document's words, and is not copied."""
        name = plain(page_name(page, self.language))
        return f'<span class="kv-skift" data-side="{page.number}" data-navn="{name}"></span>'


def _block(words: _Words, block: Block) -> str:
    place = f' data-fra="{block.start}"'
    if block.kind in (BlockKind.TITLE, BlockKind.HEADING):
        level = 3 if block.kind is BlockKind.TITLE else min(3 + block.level, 6)
        return f"<h{level}{place}>{words.of(block)}</h{level}>"
    tag, style = _TAGS[block.kind]
    place += f' class="{style}"' if style else ""
    return f"<{tag}{place}>{words.of(block)}</{tag}>"


def _list(words: _Words, blocks: Sequence[Block]) -> str:
    items = (
        f'<li data-fra="{block.start}" class="kv-dybde-{min(block.level, 4)}">{words.of(block)}</li>'
        for block in blocks
    )
    return f"<ul>{''.join(items)}</ul>"

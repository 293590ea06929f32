"""What stands between a document's heading and its text: views, pages, outline, search -> HTML. Pure functions."""

import json

from assistant.texts import text
from assistant.web.finding import MAX_SOUGHT
from assistant.web.markup import plain
from assistant.web.page_view import box
from index.documents.document import BlockKind, Document, Language, Page
from index.documents.page_images import Size
from index.documents.pdf import listed

FEW_HEADINGS = 2
"""Fewer are no outline."""


def page_name(page: Page, language: Language) -> str:
    """The page as it is called: by the number printed on it, where it differs with the physical one beside it."""
    name = text(language, "reader.page", number=page.number)
    if page.label:
        name = text(language, "pane.page_printed", number=page.label, physical=page.number)
    return text(language, "pane.page_recognised", page=name) if page.recognised else name


def recognition_note(document: Document, language: Language) -> str:
    """That pages were read by text recognition, which makes mistakes; nothing where none were."""
    pages = sorted({page.number for page in document.pages if page.recognised})
    if not pages:
        return ""
    return f'<p class="kv-gjenkjent">{plain(text(language, "pane.recognised", pages=listed(pages)))}</p>'


def page_list(document: Document, pages: int) -> str:
    """How many pages there are, where each begins in the text, and the number printed on it where that differs."""
    last = max([pages, *(page.number for page in document.pages)])
    if not last:
        return ""
    begun: dict[int, Page] = {}
    for page in sorted(document.pages, key=lambda page: page.start):
        if page.start < page.end:
            begun.setdefault(page.number, page)
    labels = {page.number: page.label for page in document.pages}
    listed = [[number, page.start, *filter(None, [page.label])] for number, page in begun.items()]
    empty = [[number, None, label] for number, label in labels.items() if label and number not in begun]
    told = plain(json.dumps(listed + empty, ensure_ascii=False, separators=(",", ":")))
    return f' data-antall="{last}" data-sider="{told}"'


def render_tools(document: Document, language: Language, *, pages: int, as_text: bool) -> str:
    """The tools that this document has use for; ``reading.js`` gives them life."""
    views = _views(language, as_text=as_text) if pages else ""
    turning = _turning(language) if pages or document.pages else ""
    zoom = _zoom(language, hidden=as_text) if pages else ""
    outline = _opener("innhold", text(language, "pane.outline")) if has_outline(document) else ""
    finder = _opener("finn", text(language, "pane.find"))
    panels = _search(language) + (
        f'<nav class="kv-innhold" aria-label="{_say(language, "pane.outline")}" hidden></nav>'
    )
    return f'<div class="kv-verktoy">{views}{turning}{zoom}{outline}{finder}</div>{panels}'


def has_outline(document: Document) -> bool:
    """Whether the document has headings to go by."""
    return sum(block.kind is BlockKind.HEADING for block in document.blocks) >= FEW_HEADINGS


def render_outline(document: Document, sizes: tuple[Size, ...], language: Language) -> str:
    """The document's headings, each the way to its place."""
    items = []
    for block in document.blocks:
        if block.kind is not BlockKind.HEADING:
            continue
        page = document.page_of(block.start)
        number = f'<span class="kv-innhold-side">{plain(page.label or str(page.number))}</span>' if page else ""
        at = ""
        places = document.places_of(block.start, block.end)
        if places and places[0].page <= len(sizes):
            at = f' data-side="{places[0].page}" data-topp="{box(places[0], sizes[places[0].page - 1])[1]:g}"'
        words = plain(document.text[block.start : block.end])
        items.append(
            f'<li class="kv-niva-{min(max(block.level, 1), 4)}"><button type="button" data-gjor="overskrift"'
            f' data-fra="{block.start}"{at}><span>{words}</span>{number}</button></li>'
        )
    return f"<ul>{''.join(items)}</ul>"


def _views(language: Language, *, as_text: bool) -> str:
    buttons = "".join(
        f'<button type="button" data-gjor="{view}" aria-pressed="{str(chosen).lower()}">{_say(language, key)}</button>'
        for view, key, chosen in (("side", "pane.as_pages", not as_text), ("tekst", "pane.as_text", as_text))
    )
    return f'<div class="kv-syn" role="group" aria-label="{_say(language, "pane.view")}">{buttons}</div>'


def _turning(language: Language) -> str:
    """To the page before and after, and to one by its number; ``reading.js`` says which it is and of how many."""
    number = _say(language, "pane.page_number")
    return (
        f'<div class="kv-bla">{_small("forrige-side", "‹", text(language, "pane.previous_page"))}'
        f'<input class="kv-sidetall" type="text" autocomplete="off" size="4" maxlength="12" aria-label="{number}"'
        f' title="{number}"><span class="kv-sideantall"></span>'
        f"{_small('neste-side', '›', text(language, 'pane.next_page'))}</div>"
    )


def _zoom(language: Language, *, hidden: bool) -> str:
    away = " hidden" if hidden else ""
    return (
        f'<div class="kv-zoom"{away}>{_small("mindre", "−", text(language, "pane.smaller"))}'
        f"{_small('storre', '+', text(language, 'pane.larger'))}</div>"
    )


def _search(language: Language) -> str:
    label = _say(language, "pane.find_label")
    return (
        f'<div class="kv-finn" role="search" hidden><input type="search" class="kv-sok" autocomplete="off"'
        f' maxlength="{MAX_SOUGHT}" placeholder="{label}" aria-label="{label}"><span class="kv-treffantall"></span>'
        f"{_small('forrige-funn', '‹', text(language, 'pane.find_previous'))}"
        f"{_small('neste-funn', '›', text(language, 'pane.find_next'))}"
        f"{_small('lukk-finn', '×', text(language, 'pane.find_close'))}</div>"
    )


def _opener(what: str, label: str) -> str:
    return f'<button type="button" class="kv-apner" data-gjor="{what}" aria-expanded="false">{plain(label)}</button>'


def _small(does: str, sign: str, name: str) -> str:
    return (
        f'<button type="button" class="kv-liten" data-gjor="{does}" aria-label="{plain(name)}" title="{plain(name)}">'
        f'<span aria-hidden="true">{sign}</span></button>'
    )


def _say(language: Language, key: str) -> str:
    return plain(text(language, key))

"""HTML becomes elements: headings, paragraphs, lists, tables and captions; scripts, menus and forms are left out."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from index.documents.document import BlockKind
from index.documents.extraction import Element, TextLine
from index.documents.grid import Cell, span, table_elements

_NEVER_TAGS = """
script style noscript template svg math canvas iframe object embed audio video head title meta link button select input
textarea datalist option map area dialog
"""
_NEVER = frozenset(_NEVER_TAGS.split())
_FURNITURE = frozenset({"nav", "footer", "aside", "menu"})
_FURNITURE_ROLES = frozenset(
    {"navigation", "banner", "contentinfo", "search", "complementary", "dialog", "alert", "menu", "menubar"}
)
_FURNITURE_NAME = re.compile(
    r"(?:^|[\s_-])(?:cookies?|breadcrumbs?|brødsmuler?|navbar|menu|meny|sidebar|share|sharing|social|related|relatert"
    r"|newsletter|nyhetsbrev|advert|annonse|skip-?link|visually-hidden|sr-only|footer|comments?)(?:$|[\s_-])",
    re.I,
)
_BLOCK_TAGS = """
address article blockquote body center dd details div dl dt fieldset figcaption figure footer form h1 h2 h3 h4 h5 h6
header hr html li main nav ol p pre section summary table tbody td tfoot th thead tr ul
"""
_BLOCKS = frozenset(_BLOCK_TAGS.split())
_HEADING = re.compile(r"h([1-6])")
_PLAIN = re.compile(r"\s+")
_MAX_DEPTH = 250
"""Elements inside each other; more is no page that people wrote."""
_LINKS = 0.6
"""Of the characters of a list or a short block: more of them in links is a menu."""
_MAIN = 0.4
"""Of the page's characters: a ``main`` or an ``article`` that holds so many holds the text."""


@dataclass(slots=True)
class _Walk:
    found: list[Element] = field(default_factory=list)
    text: list[str] = field(default_factory=list)
    """Of the paragraph that is open."""

    def flush(
        self, kind: BlockKind = BlockKind.PARAGRAPH, *, level: int = 0, marker: str = "", gap: bool = True
    ) -> None:
        """Close the paragraph that is open."""
        text = _PLAIN.sub(" ", "".join(self.text)).strip()
        self.text.clear()
        if text:
            self.found.append(Element(kind, [TextLine(text)], level=level, marker=marker, gap=gap))


def elements_of(root: Any) -> list[Element]:  # noqa: ANN401 - lxml is not typed
    """The elements of a page's main content, where it can be told; else of all of it that is no furniture."""
    walk = _Walk()
    _block(_main(root), walk, depth=0, list_depth=-1)
    walk.flush()
    return walk.found


def _main(root: Any) -> Any:  # noqa: ANN401
    """The part of the page that says it is the main one, if it holds enough of the text."""
    whole = _characters(root)
    for path in (".//main", ".//*[@role='main']", ".//article"):
        parts = root.findall(path)
        if len(parts) == 1 and _characters(parts[0]) > _MAIN * whole:
            return parts[0]
    return root


def _characters(node: Any) -> int:  # noqa: ANN401
    return sum(len(text.strip()) for text in _texts(node))


def _texts(node: Any) -> Iterator[str]:  # noqa: ANN401
    """The texts below ``node`` that are no scripts."""
    for part in node.iter():
        if part.tag not in _NEVER and isinstance(part.tag, str):
            yield part.text or ""
        yield (part.tail or "") if part is not node else ""


def _is_furniture(node: Any) -> bool:  # noqa: ANN401
    """What is on the page for the sake of the site."""
    if node.tag == "aside" and "note" in f"{node.get('epub:type')} {node.get('role')}":
        return False
    if node.tag in _FURNITURE or node.get("role") in _FURNITURE_ROLES:
        return True
    style = (node.get("style") or "").replace(" ", "").lower()
    unseen = node.get("hidden") is not None or node.get("aria-hidden") == "true"
    if (unseen or "display:none" in style or "visibility:hidden" in style) and not _is_folded(node):
        return True
    if _holds_the_text(node):
        return False
    if node.tag in ("header", "form"):
        return True
    name = f"{node.get('id')} {node.get('class')}"
    if node.tag in ("div", "section", "ul", "ol", "p") and _FURNITURE_NAME.search(name):
        return True
    return node.tag in ("ul", "ol", "div") and _is_menu(node)


def _is_folded(node: Any) -> bool:  # noqa: ANN401
    """Not seen until a reader unfolds it below its heading, as answers below their questions."""
    before = node.getprevious()
    headed = before is not None and _HEADING.fullmatch(str(before.tag)) and any(map(_unfolds, before.iter("button")))
    return bool(headed) or node.get("hidden") == "until-found"


def _unfolds(node: Any) -> bool:  # noqa: ANN401
    """A button that is a heading's text."""
    headings = (above for above in (node.getparent(), node.getparent().getparent()) if above is not None)
    return node.get("aria-expanded") is not None and any(_HEADING.fullmatch(above.tag) for above in headings)


def _holds_the_text(node: Any) -> bool:  # noqa: ANN401
    """A frame around the whole page: old systems put it in a form, others name it by the sidebar that it has."""
    return any(node.find(f".//{tag}") is not None for tag in ("h1", "main", "article"))


def _is_menu(node: Any) -> bool:  # noqa: ANN401
    """Short texts, nearly all of them links."""
    links = [link for link in node.iter("a") if link.get("href")]
    if len(links) < 3:
        return False
    whole = _characters(node)
    linked = sum(len(" ".join(link.itertext()).strip()) for link in links)
    return linked > _LINKS * whole and whole < 80 * len(links)


def _block(node: Any, walk: _Walk, *, depth: int, list_depth: int) -> None:  # noqa: ANN401
    """Go through a block and what is in it; ``list_depth`` is -1 outside lists."""
    if depth > _MAX_DEPTH:
        return
    walk.text.append(node.text or "")
    for child in node:
        if isinstance(child.tag, str) and (child.tag not in _NEVER or (child.tag == "button" and _unfolds(child))):
            _child(child, walk, depth=depth + 1, list_depth=list_depth)
        walk.text.append(child.tail or "")


def _child(node: Any, walk: _Walk, *, depth: int, list_depth: int) -> None:  # noqa: ANN401
    tag = node.tag
    if tag == "br":
        walk.text.append("\n")
        return
    if _is_furniture(node):
        return
    if tag not in _BLOCKS:
        if tag in ("sup",) and _is_reference(node):
            return
        if _is_apart(node, walk):
            walk.text.append(" ")
        _block(node, walk, depth=depth, list_depth=list_depth)
        return
    item = list_depth >= 0
    walk.flush(BlockKind.LIST_ITEM if item else BlockKind.PARAGRAPH, level=max(list_depth, 0), marker="•" * item)
    heading = _HEADING.fullmatch(tag)
    if tag == "table":
        for caption in node.findall("caption"):
            _block(caption, walk, depth=depth, list_depth=-1)
            walk.flush(BlockKind.CAPTION)
        walk.found += table_elements(list(_rows(node)))
    elif tag in ("ul", "ol"):
        _list(node, walk, depth=depth, list_depth=list_depth + 1)
    elif heading or tag == "figcaption":
        _block(node, walk, depth=depth, list_depth=-1)
        walk.flush(BlockKind.HEADING if heading else BlockKind.CAPTION, level=int(heading.group(1)) if heading else 0)
    else:
        _block(node, walk, depth=depth, list_depth=list_depth)
        walk.flush(BlockKind.LIST_ITEM if item else BlockKind.PARAGRAPH, level=max(list_depth, 0), marker="•" * item)


def _is_apart(node: Any, walk: _Walk) -> bool:  # noqa: ANN401
    """A name beside a small letter, in elements of their own: the page's style sets them apart."""
    before = node.getprevious()
    if before is None or before.tail:
        return False
    written = next((text for text in reversed(walk.text) if text), "")
    begins = next((text for text in node.itertext() if text), "")
    return written[-1:].islower() and begins[:1].isupper() and begins[1:2].islower()


def _list(node: Any, walk: _Walk, *, depth: int, list_depth: int) -> None:  # noqa: ANN401
    first = True
    for child in node:
        if not isinstance(child.tag, str) or child.tag in _NEVER:
            continue
        before = len(walk.found)
        _child(child, walk, depth=depth + 1, list_depth=list_depth)
        walk.flush(BlockKind.LIST_ITEM, level=list_depth, marker="•")
        if len(walk.found) > before and walk.found[before].kind is BlockKind.LIST_ITEM:
            walk.found[before].gap = first and list_depth == 0
            first = False


def _is_reference(node: Any) -> bool:  # noqa: ANN401
    """A footnote's mark: a number that links to it."""
    text = "".join(node.itertext()).strip("[]() \n")
    return text.isdigit() and (
        node.find(".//a") is not None or (node.getparent() is not None and node.getparent().tag == "a")
    )


def _rows(table: Any) -> Iterator[list[Cell]]:  # noqa: ANN401
    reaching: dict[int, int] = {}
    """Columns that a cell above reaches down in, and how many rows more."""
    for row in _own_rows(table):
        cells: list[Cell] = []
        started: dict[int, int] = {}
        column = 0
        for node in row:
            if node.tag in ("td", "th"):
                walk = _Walk()
                _block(node, walk, depth=1, list_depth=-1)
                walk.flush()
                across, down = span(node.get("colspan") or "1"), span(node.get("rowspan") or "1")
                while column in reaching:
                    column += 1
                cells.append(Cell(column, tuple(element.text for element in walk.found), across))
                started |= dict.fromkeys(range(column, column + across), down)
                column += across
        cells += (Cell(column, (), continued=True) for column in reaching)
        reaching = {column: left - 1 for column, left in (reaching | started).items() if left > 1}
        yield cells


def _own_rows(node: Any) -> Iterator[Any]:  # noqa: ANN401
    """The rows of a table, not those of tables in its cells."""
    for child in node:
        if child.tag == "tr":
            yield child
        elif child.tag in ("thead", "tbody", "tfoot"):
            yield from _own_rows(child)

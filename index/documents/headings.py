"""Which units are headings, which one is the title, and how deep they and the list items lie."""

from collections.abc import Sequence

from index.documents import bylines, phrases
from index.documents.document import BlockKind
from index.documents.lines import begins_lower, ends_sentence
from index.documents.units import FRONT, Unit


def _below(units: Sequence[Unit], index: int) -> Unit | None:
    return units[index + 1] if index + 1 < len(units) else None


def mark_headings(units: Sequence[Unit]) -> None:
    """Short lines above text become headings, marked or not; one becomes the title; all get their level."""
    for index, unit in enumerate(units):
        if unit.kind is BlockKind.PARAGRAPH and _heads(units, index):
            unit.kind = BlockKind.HEADING
    _unmark_columns(units)
    _mark_title(units)
    _set_levels(units)


def _unmark_columns(units: Sequence[Unit]) -> None:
    """A row of short lines, one below the other, is a column of facts or names: headings stand one or two together.

    What opens a document (masthead, title, subtitle, author) may be longer.
    """
    run: list[Unit] = []
    prose = False
    ends: Sequence[Unit | None] = [*units, None]
    for unit in ends:
        if unit is not None and unit.kind is BlockKind.HEADING and not (unit.hashes or unit.bold):
            run.append(unit)
            continue
        glued = sum(not one.gap for one in run)
        if prose and (len(run) > 4 or (glued >= 2 and len(run) > 2)):
            for one in run[: -1 if len(run) > 4 and run[-1].gap else None]:
                one.kind = BlockKind.PARAGRAPH
        run = []
        prose = prose or (unit is not None and len(unit.text) > 100)


def _heads(units: Sequence[Unit], index: int) -> bool:
    """``units[index]`` reads as a heading and something stands below it to head."""
    unit, below = units[index], _below(units, index)
    if below is None or len(unit.ranges) > 2 or unit.italic or unit.spaced or (unit.quoted and not unit.bold):
        return False
    if not _has_substance(units, index + 1):
        return False
    text = unit.text
    if unit.bold:
        short = len(text) <= 120 and not ends_sentence(text.rstrip("?!:"))
        return short or (phrases.is_numbered(text) and len(text) <= 80)
    if text.endswith(":"):
        # "Vi vil:" introduces the list below it; "Merkevare:" above prose is a heading.
        prose = below.kind is BlockKind.PARAGRAPH and below.gap and len(below.text) > 100
        return prose and phrases.words(text) <= 6 and phrases.is_heading_like(text[:-1]) and not phrases.leads_in(text)
    if not phrases.is_heading_like(text):
        return False
    if index and phrases.is_reply(text):  # above all text it is a title: newspapers quote there
        return False
    if below.kind is BlockKind.LIST_ITEM and phrases.leads_in(text):
        return False
    if begins_lower(below.text) and below.kind is BlockKind.PARAGRAPH and not below.gap:
        return False
    if below.kind is BlockKind.PARAGRAPH:
        return True
    return (
        below.kind in (BlockKind.HEADING, BlockKind.LIST_ITEM, BlockKind.TABLE_CELL, BlockKind.BYLINE)
        or below.column is None
    )


def _has_substance(units: Sequence[Unit], first: int) -> bool:
    """Text, a list or a table stands below, perhaps after a subheading: not only the names that end a letter."""
    for unit in units[first : first + 10]:
        if unit.kind in (BlockKind.LIST_ITEM, BlockKind.TABLE_CELL) or unit.hashes or unit.column is not None:
            return True
        if len(unit.text) > 60 or ends_sentence(unit.text):
            return True
    return False


def _mark_title(units: Sequence[Unit]) -> None:
    """The title is the first heading above all prose; what stands before it is a label."""
    front = []
    for unit in units[:FRONT]:
        if unit.kind in (BlockKind.LIST_ITEM, BlockKind.TABLE_CELL):
            break
        if unit.kind is BlockKind.PARAGRAPH and (len(unit.text) > 100 or phrases.words(unit.text) > 15):
            break
        front.append(unit)
    letterhead = max((at for at, unit in enumerate(front, 1) if phrases.is_letterhead(unit.text)), default=0)
    if any(unit.kind is BlockKind.HEADING and not phrases.opens_section(unit.text) for unit in front[letterhead:]):
        for unit in front[:letterhead]:
            unit.kind = BlockKind.PARAGRAPH if unit.kind is BlockKind.HEADING else unit.kind
        front = front[letterhead:]
    headings = [unit for unit in front if unit.kind is BlockKind.HEADING]
    genres = [unit for unit in headings if not unit.hashes and phrases.is_genre(unit.text)]
    if len(genres) < len(headings) or (front and front[0] in genres):
        for unit in genres:
            unit.kind = BlockKind.BOILERPLATE
            headings.remove(unit)
    matter = [phrases.is_front_matter(unit.text) for unit in headings]
    if any(matter):  # the title stands above it; or it stands above the title, if that has no genre
        above = headings[: matter.index(True)]
        headings = above or [
            unit for unit, is_matter in zip(headings, matter, strict=True) if not (is_matter or genres)
        ]
    marked = [unit for unit in headings if unit.hashes and not phrases.is_numbered(unit.text)]
    title = min(marked, key=lambda unit: unit.hashes) if marked else _unmarked_title(front, headings)
    title = title or next(iter(genres), None)
    if title is None:
        return
    title.kind = BlockKind.TITLE
    for unit in front[: front.index(title)]:
        short = phrases.words(unit.text) <= (12 if unit.kind is BlockKind.HEADING else 3)
        if unit.kind in (BlockKind.HEADING, BlockKind.PARAGRAPH) and short:
            unit.kind = BlockKind.BOILERPLATE


def _unmarked_title(front: Sequence[Unit], headings: Sequence[Unit]) -> Unit | None:
    """The first line that is not only a label: a genre, one word, or an organisation above a shouted title."""
    if front and front[0].kind is BlockKind.BOILERPLATE and phrases.is_genre(front[0].text) and len(front) > 1:
        # Below its genre a title may be whole sentences: "Hjemmeeksamen er død. Leve samtalen!"
        below = front[1]
        short = phrases.words(below.text) <= 12 and not phrases.is_label(below.text)
        if below.kind is BlockKind.PARAGRAPH and below.gap and short and not below.italic:
            return below
    open_headings = [
        unit for unit in headings if not phrases.is_numbered(unit.text) and not phrases.is_address(unit.text)
    ]
    for index, unit in enumerate(open_headings):
        later = open_headings[index + 1 :]
        shouted = any(one.text.isupper() and phrases.words(one.text) > 2 for one in later)
        label = phrases.words(unit.text) == 1 or (shouted and bylines.is_organisation(unit.text))
        if not (label and later and (shouted or phrases.words(later[0].text) > 1)):
            return unit
    return None


def _is_subtitle(units: Sequence[Unit], index: int) -> bool:
    """The heading right below the title says more of the whole, and does not open a section."""
    unit, below = units[index], _below(units, index)
    section = phrases.opens_section(unit.text) or phrases.is_front_matter(unit.text)
    if section or phrases.is_numbered(unit.text) or unit.text.endswith(("?", ":")):
        return False
    marked = bool(unit.hashes or unit.bold)
    return below is not None and (below.kind is BlockKind.HEADING if marked else True)


def _set_levels(units: Sequence[Unit]) -> None:
    """Levels of headings (1 is outermost, the title's own) and depths of list items (0 is outermost)."""
    marked = [unit.hashes for unit in units if unit.kind is BlockKind.HEADING and unit.hashes]
    title = next((index for index, unit in enumerate(units) if unit.kind is BlockKind.TITLE), -1)
    below = max(marked, default=1)
    # A plain line right under a marked heading shows that plain lines are its subheadings.
    pairs = list(zip(units, units[1:], strict=False))
    nested = any(
        one.kind is two.kind is BlockKind.HEADING
        and one.hashes
        and not two.hashes
        and not phrases.is_numbered(two.text)
        for one, two in pairs
    )
    for index, unit in enumerate(units):
        if unit.kind is BlockKind.TITLE:
            unit.level = 1
        elif unit.kind is BlockKind.HEADING:
            if index == title + 1 and title >= 0 and _is_subtitle(units, index):
                unit.level = 1
            elif unit.hashes:
                unit.level = unit.hashes
            elif depth := phrases.number_depth(unit.text):
                unit.level = depth + 1
            else:
                unit.level = below + 1 if nested or not marked or unit.bold else below
    indents: list[int] = []
    for unit in units:
        if unit.kind is not BlockKind.LIST_ITEM:
            indents = []
        else:
            while indents and unit.indent < indents[-1]:
                indents.pop()
            if not indents or unit.indent > indents[-1] + 1:
                indents.append(unit.indent)
            unit.level = len(indents) - 1

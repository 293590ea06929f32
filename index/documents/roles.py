"""Units get their roles: title, headings and levels, bylines, captions, boilerplate; speech is told from lists."""

from collections.abc import Sequence

from index.documents import phrases
from index.documents.document import BlockKind
from index.documents.lines import begins_lower, ends_sentence
from index.documents.units import BULLETS, DASHES, Unit

_FRONT = 14
"""Units in which title, byline and date are looked for."""
_MIN_CUT = 60
"""Characters before a blank line that may have cut a sentence: shorter stretches are lines of their own."""


def assign_roles(units: list[Unit], source: str, compounds: frozenset[str]) -> list[Unit]:
    """The units with their final kinds and levels, and with cut sentences put together again."""
    _mark_credits(units)
    _mark_boxes(units)
    _tell_lists(units, source, compounds)
    for unit in units:
        quotable = unit.kind in (BlockKind.PARAGRAPH, BlockKind.LIST_ITEM)
        if quotable and (phrases.is_chrome(unit.text) or phrases.is_contents(unit.text)):
            unit.kind = BlockKind.BOILERPLATE
    units = _rejoined(units, source, compounds)
    _mark_details(units)
    _mark_headings(units)
    _mark_title(units)
    _set_levels(units)
    return units


def _near(units: Sequence[Unit], index: int) -> Unit | None:
    return units[index] if 0 <= index < len(units) else None


def _tell_lists(units: list[Unit], source: str, compounds: frozenset[str]) -> None:
    """Markers that are none become text again: dashes of speech, numbers that count nothing."""
    dialogue = any(unit.marker in DASHES and unit.marker and phrases.is_speech(unit.text) for unit in units)
    groups: list[tuple[bool, list[Unit]]] = []
    """Items that stand together, and whether a line that ends with a colon introduces them."""
    before: Unit | None = None
    for unit in units:
        if unit.kind is BlockKind.LIST_ITEM:
            last = groups[-1][1][-1] if groups and before is groups[-1][1][-1] else None
            if last is not None and (unit.marker == last.marker or abs(unit.indent - last.indent) > 1):
                groups[-1][1].append(unit)
            else:
                groups.append((before is not None and before.text.endswith(":"), [unit]))
        before = unit
    for introduced, group in groups:
        if not _is_list(group, introduced=introduced, dialogue=dialogue):
            for unit in group:
                unit.kind = BlockKind.PARAGRAPH
                if unit.marker not in BULLETS:
                    unit.keep_marker(source, compounds)


def _is_list(group: Sequence[Unit], *, introduced: bool, dialogue: bool) -> bool:
    """The items are a list's, by what they hold and what stands around them."""
    first = group[0]
    if first.marker in "1a":
        sequence = len(group) > 1 or first.number == 1 or introduced
        return sequence and not (len(group) == 1 and not introduced and phrases.is_heading_like(first.text))
    if first.marker not in DASHES:
        return not (len(group) == 1 and phrases.is_name(first.text))
    spoken = any(phrases.is_speech(unit.text) for unit in group)
    close = len(group) > 1 and not any(unit.gap for unit in group[1:])
    if introduced:
        return first.marker == "-" or not spoken
    if first.marker == "-":
        return not spoken if close else not dialogue and not spoken
    sentences = sum(ends_sentence(unit.text) for unit in group)
    return close and not spoken and not dialogue and sentences <= len(group) / 2


def _rejoined(units: list[Unit], source: str, compounds: frozenset[str]) -> list[Unit]:
    """Put together sentences that a blank line cut in two, as converters do at the foot of a page."""
    found: list[Unit] = []
    for unit in units:
        before = found[-1] if found else None
        if (
            before is not None
            and unit.gap
            and unit.kind is before.kind is BlockKind.PARAGRAPH
            and not unit.italic
            and len(before.text) >= _MIN_CUT
            and not ends_sentence(before.text)
            and before.text[-1] not in '»")'
            and begins_lower(unit.text)
        ):
            before.ranges += unit.ranges
            before.draw(source, compounds)
        else:
            found.append(unit)
    return found


def _mark_credits(units: Sequence[Unit]) -> None:
    """Lines that tell who wrote it, before the text: they may look like a page's navigation ("Navn | Avis | dato")."""
    prose = 0
    for index, unit in enumerate(units[:_FRONT]):
        before = units[index - 1] if index else None
        if unit.kind is BlockKind.PARAGRAPH and not unit.hashes and prose < 3:
            glued = before is not None and before.kind is BlockKind.BYLINE and not unit.gap
            below = _near(units, index + 1)
            if phrases.byline(unit.text) or phrases.is_dated(unit.text) or (index > 0 and unit.spaced):
                unit.kind = BlockKind.BYLINE
            elif prose:
                continue
            elif index > 0 and phrases.is_author(unit.text) or (glued and phrases.is_role(unit.text)):
                unit.kind = BlockKind.BYLINE
            elif index > 0 and phrases.is_name(unit.text) and below is not None and not below.gap:
                role = phrases.is_role(below.text) or phrases.is_dated(below.text)
                unit.kind = BlockKind.BYLINE if role else unit.kind
        if len(unit.text) > 150 or (phrases.words(unit.text) > 15 and ends_sentence(unit.text)):
            prose += 1


def _mark_boxes(units: Sequence[Unit]) -> None:
    """Find "Les også" and the titles of other articles after it."""
    open_box: Unit | None = None
    taken = 0
    last_marker = ""
    for unit in units:
        if unit.kind in (BlockKind.TABLE_CELL, BlockKind.BOILERPLATE):
            open_box = None
        elif phrases.is_read_also(unit.text) and (phrases.words(unit.text) <= 25 or ":" in unit.text[:12]):
            unit.kind = BlockKind.BOILERPLATE
            open_box = unit if phrases.is_read_also_label(unit.text) else None
            taken = 0
        elif open_box is not None and _is_teaser(unit, open_box, taken, last_marker):
            last_marker = unit.marker
            unit.kind = BlockKind.BOILERPLATE
            taken += 1
        else:
            open_box = None


def _is_teaser(unit: Unit, box: Unit, taken: int, last_marker: str) -> bool:
    """Another article's title: it stands in the box's own lines or items, or is the one short line below it."""
    if unit.hashes or len(unit.text) > 160:
        return False
    if not unit.gap:
        return True
    if unit.quoted and box.quoted:
        return True
    # What ends as a sentence or tells who says it is the article's own text again.
    own = unit.text.endswith(".") or phrases.is_speech(unit.text)
    return not own and (taken == 0 or (unit.kind is BlockKind.LIST_ITEM and unit.marker == last_marker))


def _mark_details(units: Sequence[Unit]) -> None:
    """Bylines, dates and captions."""
    newspaper = any(phrases.starts_with_dash(unit.text) and phrases.is_speech(unit.text) for unit in units)
    prose = 0
    for index, unit in enumerate(units):
        if unit.kind is not BlockKind.PARAGRAPH or unit.hashes:
            continue
        front = prose < 3 and index < _FRONT
        text = unit.text
        if _is_byline(unit, front=front):
            unit.kind = BlockKind.BYLINE
        elif _is_caption(unit, newspaper=newspaper, late=index > 3, front=front):
            unit.kind = BlockKind.CAPTION
        elif len(text) > 150 or (phrases.words(text) > 15 and ends_sentence(text)):
            prose += 1


def _is_byline(unit: Unit, *, front: bool) -> bool:
    """Who wrote it and when; far down only where the line says plainly what it is."""
    plainly = unit.text.lower().startswith(("innsend", "tekst", "av:", "forfatter"))
    if phrases.byline(unit.text) and (front or plainly):
        return True
    return (bool(unit.marker) and phrases.is_name(unit.text)) or (front and phrases.is_dated(unit.text))


def _is_caption(unit: Unit, *, newspaper: bool, late: bool, front: bool) -> bool:
    """A picture's text. In a newspaper also a name with a role, or a short line opened by capitals and a colon."""
    if phrases.is_caption(unit.text):
        return True
    if not newspaper:
        return False
    # "HEIMRE: Iver (11) har rekna ut …" opens the article itself, and is long.
    shouted = late and len(unit.text) <= 200 and (unit.italic or unit.gap) and phrases.is_shouted_caption(unit.text)
    return shouted or (not front and phrases.is_portrait_caption(unit.text))


def _mark_headings(units: Sequence[Unit]) -> None:
    """Short lines above text become headings, marked or not."""
    for index, unit in enumerate(units):
        if unit.kind is BlockKind.PARAGRAPH and _heads(units, index):
            unit.kind = BlockKind.HEADING
    _unmark_columns(units)


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
    unit, below = units[index], _near(units, index + 1)
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
    for unit in units[:_FRONT]:
        if unit.kind in (BlockKind.LIST_ITEM, BlockKind.TABLE_CELL):
            break
        if unit.kind is BlockKind.PARAGRAPH and (len(unit.text) > 100 or phrases.words(unit.text) > 15):
            break
        front.append(unit)
    headings = [unit for unit in front if unit.kind is BlockKind.HEADING]
    genres = [unit for unit in headings if not unit.hashes and phrases.is_genre(unit.text)]
    if len(genres) < len(headings) or (front and front[0] in genres):
        for unit in genres:
            unit.kind = BlockKind.BOILERPLATE
            headings.remove(unit)
    marked = [unit for unit in headings if unit.hashes and not phrases.is_numbered(unit.text)]
    title = min(marked, key=lambda unit: unit.hashes) if marked else _unmarked_title(front, headings)
    if title is None:
        return
    title.kind = BlockKind.TITLE
    for unit in front[: front.index(title)]:
        if unit.kind in (BlockKind.HEADING, BlockKind.PARAGRAPH) and phrases.words(unit.text) <= 12:
            unit.kind = BlockKind.BOILERPLATE


def _unmarked_title(front: Sequence[Unit], headings: Sequence[Unit]) -> Unit | None:
    """The first line that is not only a label: a genre, one word, or an organisation above a shouted title."""
    if front and front[0].kind is BlockKind.BOILERPLATE and phrases.is_genre(front[0].text) and len(front) > 1:
        # Below its genre a title may be whole sentences: "Hjemmeeksamen er død. Leve samtalen!"
        below = front[1]
        if below.kind is BlockKind.PARAGRAPH and below.gap and phrases.words(below.text) <= 12 and not below.italic:
            return below
    open_headings = [
        unit for unit in headings if not phrases.is_numbered(unit.text) and not phrases.is_address(unit.text)
    ]
    for index, unit in enumerate(open_headings):
        later = open_headings[index + 1 :]
        shouted = any(one.text.isupper() and phrases.words(one.text) > 2 for one in later)
        label = phrases.words(unit.text) == 1 or (shouted and phrases.is_organisation(unit.text))
        if not (label and later and (shouted or phrases.words(later[0].text) > 1)):
            return unit
    return None


def _is_subtitle(units: Sequence[Unit], index: int) -> bool:
    """The heading right below the title says more of the whole, and does not open a section."""
    unit, below = units[index], _near(units, index + 1)
    if phrases.is_numbered(unit.text) or phrases.opens_section(unit.text) or unit.text.endswith(("?", ":")):
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

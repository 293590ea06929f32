"""Units get their roles: bylines, captions, boxes; speech is told from lists, cut sentences are joined."""

from collections.abc import Sequence

from index.documents import bylines, phrases
from index.documents.document import BlockKind
from index.documents.headings import mark_headings
from index.documents.lines import begins_lower, ends_sentence
from index.documents.units import BULLETS, DASHES, FRONT, Unit

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
    mark_headings(units)
    return units


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
        return not (len(group) == 1 and bylines.is_name(first.text))
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
    for index, unit in enumerate(units[:FRONT]):
        before = units[index - 1] if index else None
        if unit.kind is BlockKind.PARAGRAPH and not unit.hashes and prose < 3:
            glued = before is not None and before.kind is BlockKind.BYLINE and not unit.gap
            below = units[index + 1] if index + 1 < len(units) else None
            # Several lines with gaps in them, one below the other, are a table: "Kari Gran   Leder   Ap".
            table = unit.spaced and (
                (below is not None and below.spaced and not below.gap)
                or (before is not None and before.spaced and not unit.gap)
            )
            masthead = index > 0 and unit.spaced and not table
            if bylines.byline(unit.text) or bylines.is_dated(unit.text) or masthead:
                unit.kind = BlockKind.BYLINE
            elif prose or table:
                continue
            elif index > 0 and bylines.is_author(unit.text) or (glued and bylines.is_role(unit.text)):
                unit.kind = BlockKind.BYLINE
            elif index > 0 and bylines.is_name(unit.text) and below is not None and not below.gap:
                role = bylines.is_role(below.text) or bylines.is_dated(below.text)
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
        front = prose < 3 and index < FRONT
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
    if bylines.byline(unit.text) and (front or plainly):
        return True
    return (bool(unit.marker) and bylines.is_name(unit.text)) or (front and bylines.is_dated(unit.text))


def _is_caption(unit: Unit, *, newspaper: bool, late: bool, front: bool) -> bool:
    """A picture's text. In a newspaper also a name with a role, or a short line opened by capitals and a colon."""
    if bylines.is_caption(unit.text):
        return True
    if not newspaper:
        return False
    # "HEIMRE: Iver (11) har rekna ut …" opens the article itself, and is long.
    shouted = late and len(unit.text) <= 200 and (unit.italic or unit.gap) and bylines.is_shouted_caption(unit.text)
    return shouted or (not front and bylines.is_portrait_caption(unit.text))

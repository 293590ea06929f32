"""Rules on a page that meet each other, as groups: each may be the frame of a table."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from index.documents.pdf_rules import Rule
from index.documents.pdf_words import Word

NEAR = 300
"""Hundredths of a point within which rules are one rule, or meet."""
_MOST_CROSSINGS = 200_000
"""Of a page: so many that rules across and rules down could have."""
_MOST_GROUPS = 300


@dataclass(slots=True)
class Line:
    """A rule, wherever it goes: where it stands, and from where to where it goes."""

    at: int
    start: int
    end: int


Group = tuple[list[Line], list[Line]]
"""Rules across and rules down."""


def frames(words: Sequence[Word], rules: Sequence[Rule]) -> list[Group]:
    """Rules across and rules down that may part these words into cells; none on a page that is a drawing or a map."""
    across = _merged([rule for rule in rules if rule.level], lambda r: (r.top, r.bottom, r.left, r.right))
    down = _merged([rule for rule in rules if not rule.level], lambda r: (r.left, r.right, r.top, r.bottom))
    if len(across) * len(down) > _MOST_CROSSINGS:
        return []
    groups = list(_meeting(across, down))
    return _stacked(groups, words) if len(groups) <= _MOST_GROUPS else []


def _merged(rules: Sequence[Rule], read: Callable[[Rule], tuple[int, int, int, int]]) -> list[Line]:
    """Pieces of one rule put together."""
    lines: list[Line] = []
    read_out = sorted((sum(read(rule)[:2]) // 2, *read(rule)[2:]) for rule in rules)
    for at, start, end in read_out:
        for line in lines[-40:]:
            if abs(line.at - at) <= NEAR // 2 and start <= line.end + NEAR and line.start <= end + NEAR:
                line.start, line.end = min(line.start, start), max(line.end, end)
                break
        else:
            lines.append(Line(at, start, end))
    return lines


def _meeting(across: Sequence[Line], down: Sequence[Line]) -> Iterator[Group]:
    """Rules that meet each other, as groups."""
    lines = [*across, *down]
    parent = list(range(len(lines)))

    def top(one: int) -> int:
        while parent[one] != one:
            parent[one] = parent[parent[one]]
            one = parent[one]
        return one

    for i, level in enumerate(across):
        for j, upright in enumerate(down, len(across)):
            if _meet(level, upright):
                parent[top(i)] = top(j)
    groups: dict[int, Group] = {}
    for number, line in enumerate(lines):
        groups.setdefault(top(number), ([], []))[number >= len(across)].append(line)
    return iter(groups.values())


def _meet(level: Line, upright: Line) -> bool:
    crosses = level.start - NEAR <= upright.at <= level.end + NEAR
    return crosses and upright.start - NEAR <= level.at <= upright.end + NEAR


def _stacked(groups: list[Group], words: Sequence[Word]) -> list[Group]:
    """Groups put together that are rows of one table, which has only every other row shaded.

    What is between keeps to the same columns.
    """
    lone = sorted((line for across, down in groups if not down for line in across), key=lambda line: -line.at)
    groups = [group for group in groups if all(group)]
    groups.sort(key=lambda group: min(line.start for line in group[1]))
    found: list[Group] = []
    for across, down in groups:
        other = next((one for one in reversed(found) if _same_columns(one[1], down)), None)
        if other is not None and _keeps_to(other[1], down, words):
            other[0].extend(across)
            other[1].extend(down)
        else:
            found.append((across, down))
    for across, down in found:
        across += _edges_of(down, lone, words)
    return found


def _edges_of(down: Sequence[Line], lone: Sequence[Line], words: Sequence[Word]) -> list[Line]:
    """Rules above and below, as wide as the table, with a row of it between: its head has other rules or none down."""
    xs = distinct([line.at for line in down])
    top, bottom = min(line.start for line in down), max(line.end for line in down)
    found = []
    for line in [*lone, *lone[::-1]]:
        if abs(line.start - xs[0]) > NEAR or abs(line.end - xs[-1]) > NEAR:
            continue
        if line.at < top and _keep_between(line.at, top, xs, words):
            top = line.at
        elif line.at > bottom and _keep_between(bottom, line.at, xs, words):
            bottom = line.at
        else:
            continue
        found.append(line)
    return found


def _same_columns(some: Sequence[Line], others: Sequence[Line]) -> bool:
    here, there = (distinct([line.at for line in lines]) for lines in (some, others))
    return len(here) == len(there) and all(abs(one - two) <= NEAR for one, two in zip(here, there, strict=True))


def _keeps_to(above: Sequence[Line], below: Sequence[Line], words: Sequence[Word]) -> bool:
    """Something stands between the two, all of it in their columns."""
    top, bottom = max(line.end for line in above), min(line.start for line in below)
    return _keep_between(top, bottom, distinct([line.at for line in below]), words)


def _keep_between(top: int, bottom: int, xs: Sequence[int], words: Sequence[Word]) -> bool:
    between = [w for w in words if top <= (w.top + w.bottom) // 2 < bottom and w.right > xs[0] and w.left < xs[-1]]
    columns = {slot(xs, (w.left + w.right) // 2) for w in between if xs[0] <= (w.left + w.right) // 2 < xs[-1]}
    return len(columns) > 1 and not any(w.left < x - 50 and w.right > x + 50 for w in between for x in xs)


def distinct(values: Sequence[int]) -> list[int]:
    """Sorted, and those that lie close put together."""
    found: list[int] = []
    for value in sorted(values):
        if not found or value - found[-1] > NEAR:
            found.append(value)
    return found


def slot(edges: Sequence[int], value: int) -> int:
    """Between which two edges a value that lies between some stands."""
    return next(place for place, (low, high) in enumerate(pairwise(edges)) if low <= value < high)

"""Plots as SVG, written by hand: no library, no script, no request. Colours come from the page's style sheet.

Every plot is an image with a title and a description in words, so that nothing is told by the drawing alone. Runs are
told apart by colour, by dash and by their letter.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from math import sqrt

from eval.metrics.calibration_error import Bin
from eval.metrics.risk_coverage import RiskCoverage

_WIDTH, _HEIGHT = 560, 380
_LEFT, _RIGHT, _TOP, _BOTTOM = 56, 28, 14, 52
_STEPS = (0, 20, 40, 60, 80, 100)
_MOST_POINTS = 300
_DASHES = ("", "7 4", "2 3", "10 3 2 3", "5 2", "1 2")


@dataclass(frozen=True, slots=True)
class Words:
    """What stands on a plot and what is read out of it."""

    title: str
    description: str
    x: str
    y: str


def risk_plot(curves: Sequence[tuple[str, RiskCoverage]], words: Words, *, limit: float) -> str:
    """The risk–coverage curves of named runs, with a dashed line at the risk ``limit``."""
    parts = [f'<line class="limit" x1="{_x(0)}" x2="{_x(1)}" y1="{_y(limit)}" y2="{_y(limit)}"/>']
    for number, (name, curve) in enumerate(curves):
        points = list(zip(curve.coverage.tolist(), curve.risk.tolist(), strict=True))
        parts.append(_line(points, number))
        if points:
            x, y = points[-1]
            parts.append(f'<text class="name run-{number}" x="{_x(x) + 6}" y="{_y(y) + 4}">{escape(name)}</text>')
    return _plot(parts, words)


def calibration_plot(runs: Sequence[tuple[str, Sequence[Bin]]], words: Words) -> str:
    """Share right by stated confidence, a point a bin; the diagonal is perfect."""
    parts = [f'<line class="limit" x1="{_x(0)}" y1="{_y(0)}" x2="{_x(1)}" y2="{_y(1)}"/>']
    for number, (name, bins) in enumerate(runs):
        parts.append(_line([(part.confidence, part.right) for part in bins], number))
        total = sum(part.count for part in bins)
        for part in bins:
            radius = 3 + 14 * sqrt(part.count / total)
            label = f"{name}: {100 * part.confidence:.0f} → {100 * part.right:.0f}, n {part.count}"
            parts.append(
                f'<circle class="dot run-{number}" cx="{_x(part.confidence)}" cy="{_y(part.right)}" r="{radius:.1f}">'
                f"<title>{escape(label)}</title></circle>"
            )
    return _plot(parts, words)


def whisker(value: float, low: float, high: float, *, run: int) -> str:
    """A share and its interval on a line from 0 to 1; decoration beside a number that says the same."""

    def at(share: float) -> str:
        return f"{4 + 132 * min(1.0, max(0.0, share)):.1f}"

    return (
        '<svg class="whisker" viewBox="0 0 140 16" aria-hidden="true" focusable="false">'
        f'<line class="grid" x1="4" x2="136" y1="8" y2="8"/>'
        f'<line class="line run-{run}" x1="{at(low)}" x2="{at(high)}" y1="8" y2="8"/>'
        f'<circle class="dot run-{run}" cx="{at(value)}" cy="8" r="4"/></svg>'
    )


def swatch(run: int) -> str:
    """A run's line, for a legend."""
    return (
        '<svg class="swatch" viewBox="0 0 36 10" aria-hidden="true" focusable="false">'
        f'<line class="line run-{run}"{_dash(run)} x1="1" x2="35" y1="5" y2="5"/></svg>'
    )


def _plot(parts: Sequence[str], words: Words) -> str:
    grid = []
    for step in _STEPS:
        x, y = _x(step / 100), _y(step / 100)
        grid.append(f'<line class="grid" x1="{x}" x2="{x}" y1="{_y(0)}" y2="{_y(1)}"/>')
        grid.append(f'<line class="grid" x1="{_x(0)}" x2="{_x(1)}" y1="{y}" y2="{y}"/>')
        grid.append(f'<text class="tick" text-anchor="middle" x="{x}" y="{_y(0) + 18}">{step}</text>')
        grid.append(f'<text class="tick" text-anchor="end" x="{_x(0) - 8}" y="{y + 4}">{step}</text>')
    middle = (_TOP + _HEIGHT - _BOTTOM) / 2
    axes = (
        f'<text class="axis" text-anchor="middle" x="{(_x(0) + _x(1)) / 2}" y="{_HEIGHT - 10}">{escape(words.x)}</text>'
        f'<text class="axis" text-anchor="middle" transform="translate(14 {middle}) rotate(-90)">'
        f"{escape(words.y)}</text>"
    )
    return (
        f'<svg class="plot" viewBox="0 0 {_WIDTH} {_HEIGHT}" role="img" '
        f'aria-label="{escape(words.title)}. {escape(words.description)}">'
        f"{''.join(grid)}{axes}{''.join(parts)}</svg>"
    )


def _line(points: Sequence[tuple[float, float]], run: int) -> str:
    step = max(1, len(points) // _MOST_POINTS)
    kept = [*points[:-1:step], *points[-1:]]
    places = " ".join(f"{_x(x)},{_y(y)}" for x, y in kept)
    return f'<polyline class="line run-{run}"{_dash(run)} points="{places}"/>'


def _dash(run: int) -> str:
    dash = _DASHES[run % len(_DASHES)]
    return f' stroke-dasharray="{dash}"' if dash else ""


def _x(share: float) -> float:
    return round(_LEFT + share * (_WIDTH - _LEFT - _RIGHT), 1)


def _y(share: float) -> float:
    return round(_HEIGHT - _BOTTOM - share * (_HEIGHT - _TOP - _BOTTOM), 1)

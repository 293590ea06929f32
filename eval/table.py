"""A run's numbers as lines of text."""

from collections.abc import Callable, Sequence

from eval.aggregate import MEASURES, Estimate, estimates, means
from eval.row import Row
from eval.signature import Signature

BREAKDOWN = ("hit@1", "hit@3", "quote_precision", "right_outcome", "passage_success@10")
"""Measures shown by type and by language."""


def table(rows: Sequence[Row], signature: Signature) -> str:
    """All measures, then the most telling ones by type and by language, then the signature."""
    found = estimates(rows)
    lines = [f"{'measure':<22}{'value':>8}  {'95 % interval':>17}  {'n':>5}"]
    lines += [_line(name, found[name]) for name in MEASURES if name in found]
    lines.append(f"{'latency p50 / p95':<22}{signature.latency_p50_ms:>8.0f} / {signature.latency_p95_ms:.0f} ms")
    lines += ["", *_breakdown("type", rows, lambda row: row.type)]
    lines += ["", *_breakdown("language", rows, lambda row: row.language)]
    lines += ["", str(signature)]
    return "\n".join(lines)


def percent(value: float) -> str:
    """``62.3`` for 0.623."""
    return f"{100 * value:.1f}"


def _line(name: str, estimate: Estimate) -> str:
    span = f"{percent(estimate.low):>6} –{percent(estimate.high):>6}"
    return f"{name:<22}{percent(estimate.value):>8}  {span:>17}  {estimate.count:>5}"


def _breakdown(title: str, rows: Sequence[Row], key: Callable[[Row], str]) -> list[str]:
    groups: dict[str, list[Row]] = {}
    for row in rows:
        groups.setdefault(key(row), []).append(row)
    lines = [f"{title:<14}{'n':>5}" + "".join(f"{name:>20}" for name in BREAKDOWN)]
    for name, members in sorted(groups.items()):
        found = means(members)
        cells = (percent(found[measure][0]) if measure in found else "–" for measure in BREAKDOWN)
        lines.append(f"{name:<14}{len(members):>5}" + "".join(f"{cell:>20}" for cell in cells))
    return lines

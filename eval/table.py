"""A run's numbers, and the differences of two, as lines of text for a terminal."""

from collections.abc import Callable, Mapping, Sequence

from eval.aggregate import MEASURES, Estimate, estimates, means
from eval.compare import Changed, Difference
from eval.metrics.quote_hit import quote_hit
from eval.row import Row
from eval.signature import Signature
from eval.texts import measure_name, number, percent, say
from index.documents.document import Language

BREAKDOWN = ("hit@1", "hit@3", "quote_precision", "right_outcome", "passage_success@10")
"""Measures shown by type and by language."""
_SHOWN = 40
"""Changed questions that are listed."""


def table(rows: Sequence[Row], signature: Signature, language: Language) -> str:
    """All measures, then the most telling ones by type and by language, then the signature."""
    found = estimates(rows)
    heads = (say(language, "table.measure"), say(language, "table.value"), say(language, "table.interval"))
    lines = [f"{heads[0]:<50}{heads[1]:>8}  {heads[2]:>16}  {'n':>5}"]
    lines += [_line(name, found[name], language) for name in MEASURES if name in found]
    latency = f"{signature.latency_p50_ms:.0f} / {signature.latency_p95_ms:.0f} ms"
    lines.append(f"{say(language, 'table.latency'):<50}{latency:>8}")
    for key, of in (("type", _type), ("language", _language)):
        lines += ["", *_breakdown(key, rows, of, language)]
    return "\n".join([*lines, "", str(signature)])


def difference_table(found: Mapping[str, Difference], language: Language) -> str:
    """Every measure before and after, with the interval of the change and McNemar's p."""
    before, after, change, interval, moved = (
        say(language, f"table.{key}") for key in ("before", "after", "difference", "interval", "won_lost")
    )
    lines = [f"{'':<50}{before:>8}{after:>8}{change:>9}  {interval:>16}  {moved:>13}{'p':>7}"]
    for name in MEASURES:
        if name in found:
            lines.append(_difference(name, found[name], language))
    return "\n".join(lines)


def changes_table(changes: Sequence[Changed], language: Language) -> str:
    """The questions that went otherwise, lost ones first."""
    if not changes:
        return say(language, "table.none_changed")
    lines = [say(language, "table.changed", number=len(changes))]
    for item in changes[:_SHOWN]:
        sign = {1.0: "+", -1.0: "−"}.get(item.outcome, " ")
        states = f"{state(item.before, language)} → {state(item.after, language)}"
        lines.append(f"{sign} {item.before.id:<18} {states:<38} {item.before.question}")
    if len(changes) > _SHOWN:
        lines.append(say(language, "table.more", number=len(changes) - _SHOWN))
    return "\n".join(lines)


def state(row: Row, language: Language) -> str:
    """Whether a question was answered, and whether its first quote is right: ``besvart, riktig``."""
    words = [say(language, "table.answered" if row.answered else "table.refused")]
    if row.answerable:
        words.append(say(language, "table.right" if quote_hit(row, k=1) else "table.wrong"))
    return ", ".join(words)


def groups(rows: Sequence[Row], of: Callable[[Row], str]) -> dict[str, list[Row]]:
    """The rows by a trait, in its order."""
    found: dict[str, list[Row]] = {}
    for row in rows:
        found.setdefault(of(row), []).append(row)
    return dict(sorted(found.items()))


def _type(row: Row) -> str:
    return row.type


def _language(row: Row) -> str:
    return row.language


def _label(name: str, language: Language) -> str:
    return f"{name:<21}{measure_name(language, name)}"


def _line(name: str, estimate: Estimate, language: Language) -> str:
    span = f"{percent(language, estimate.low):>6} – {percent(language, estimate.high):>6}"
    return f"{_label(name, language):<50}{percent(language, estimate.value):>8}  {span:>16}  {estimate.count:>5}"


def _difference(name: str, found: Difference, language: Language) -> str:
    span = f"{signed(found.low, language):>6} – {signed(found.high, language):>6}"
    moved = "" if found.won is None else f"{found.won}/{found.lost}"
    p = "" if found.p is None else number(language, found.p, digits=3)
    values = f"{percent(language, found.before):>8}{percent(language, found.after):>8}"
    return f"{_label(name, language):<50}{values}{signed(found.value, language):>9}  {span:>16}  {moved:>13}{p:>7}"


def signed(share: float, language: Language) -> str:
    """A difference in points, always with its sign: ``+3,4``."""
    return ("+" if share > 0 else "−" if share < 0 else "") + percent(language, abs(share))


def _breakdown(key: str, rows: Sequence[Row], of: Callable[[Row], str], language: Language) -> list[str]:
    title = say(language, f"by.{key}")
    lines = [f"{title:<22}{'n':>5}" + "".join(f"{name:>20}" for name in BREAKDOWN)]
    for name, members in groups(rows, of).items():
        found = means(members)
        cells = (percent(language, found[measure][0]) if measure in found else "–" for measure in BREAKDOWN)
        label = say(language, f"{key}s.{name}")
        lines.append(f"{label:<22}{len(members):>5}" + "".join(f"{cell:>20}" for cell in cells))
    return lines

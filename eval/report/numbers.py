"""The tables of the report: key figures, all measures, breakdowns, differences. Runs come by their letters."""

from collections.abc import Callable, Mapping, Sequence
from html import escape

from eval.aggregate import MEASURES, Estimate, estimates
from eval.compare import Difference
from eval.measuring import Run
from eval.report.plots import whisker
from eval.row import Row
from eval.signature import Signature
from eval.table import groups, signed
from eval.texts import measure_meaning, measure_name, number, percent, say
from index.documents.document import Language

Named = Sequence[tuple[str, Run]]
"""Runs by their letters."""
Numbers = Sequence[tuple[str, Mapping[str, Estimate]]]
"""Their measures."""
KEY = (
    "hit@1",
    "hit@3",
    "quote_precision",
    "speaker_accuracy",
    "refusal_recall",
    "answered",
    "auroc_unanswerable",
    "coverage@5%risk",
)
"""Measures that come first, large."""
BY = ("hit@1", "hit@3", "right_outcome", "passage_success@10")
"""Measures shown by type and language; the first is drawn."""


def lead(signature: Signature, found: Mapping[str, Estimate], language: Language) -> str:
    """What was asked, and the most telling numbers of those that the set allows."""
    asked = say(language, "report.lead", questions=signature.questions, documents=signature.documents)
    telling = {"hit@1": "answerable", "refusal_recall": "unanswerable"}
    shares = {kind: percent(language, found[name].value) for name, kind in telling.items() if name in found}
    return " ".join([asked, *(say(language, f"report.lead_{kind}", share=share) for kind, share in shares.items())])


def key_figures(numbers: Numbers, runs: Named, language: Language) -> str:
    """The most telling numbers as cards, and the time of an answer."""
    several = " several" if len(numbers) > 1 else ""
    cards = [
        _card(
            measure_name(language, name),
            measure_meaning(language, name),
            [_letter(letter, numbers) + _value(found[name], language) for letter, found in numbers if name in found],
        )
        for name in KEY
        if any(name in found for _, found in numbers)
    ]
    times = [_letter(letter, numbers) + _time(run) for letter, run in runs]
    cards.append(_card(say(language, "report.time"), "", times))
    return f'<dl class="cards{several}">\n{"".join(cards)}</dl>\n'


def all_measures(numbers: Numbers, language: Language) -> str:
    """Every measure, what it says, and its value in each run."""
    heads = [say(language, "report.measure"), *(letter for letter, _ in numbers)]
    rows = []
    for name in MEASURES:
        if not any(name in found for _, found in numbers):
            continue
        cells = "".join(_cell(found.get(name), language) for _, found in numbers)
        title = f"{escape(measure_name(language, name))}<span>{escape(measure_meaning(language, name))}</span>"
        rows.append(f'<tr><th scope="row">{title}</th>{cells}</tr>\n')
    return _table(say(language, "report.all_measures"), heads, rows)


def breakdown(runs: Named, of: Callable[[Row], str], names: str, title: str, language: Language) -> str:
    """The measures of ``BY`` for each group of questions; ``names`` is where the groups' names are kept."""
    measures = [measure_name(language, name) for name in BY]
    heads = [title, *([say(language, "report.run")] if len(runs) > 1 else []), "n", *measures]
    split = [(letter, groups(run.rows, of)) for letter, run in runs]
    rows = []
    for group in sorted({group for _, found in split for group in found}):
        members = [(place, letter, found[group]) for place, (letter, found) in enumerate(split) if group in found]
        for line, (place, letter, rows_of) in enumerate(members):
            head = f'<th scope="rowgroup" rowspan="{len(members)}">{escape(say(language, f"{names}.{group}"))}</th>'
            which = f'<td class="number">{letter}</td>' if len(runs) > 1 else ""
            rows.append(f"<tr>{'' if line else head}{which}{_group(rows_of, place, language)}</tr>\n")
    return _table(title, heads, rows)


def difference_table(found: Mapping[str, Difference], title: str, language: Language) -> str:
    """Every measure before and after, the change with its interval, and McNemar's p."""
    heads = [say(language, "report.measure")]
    heads += [say(language, f"table.{key}") for key in ("before", "after", "difference", "interval", "won_lost")]
    rows = []
    for name in MEASURES:
        if name in found:
            change = found[name]
            cells = (
                percent(language, change.before),
                percent(language, change.after),
                signed(change.value, language),
                f"{signed(change.low, language)} – {signed(change.high, language)}",
                "" if change.won is None else f"{change.won}/{change.lost}",
                "" if change.p is None else number(language, change.p, digits=3),
            )
            numbers = "".join(f'<td class="number">{cell}</td>' for cell in cells)
            rows.append(f'<tr><th scope="row">{escape(measure_name(language, name))}</th>{numbers}</tr>\n')
    return _table(title, [*heads, "p"], rows)


def _group(rows: Sequence[Row], run: int, language: Language) -> str:
    found = estimates(rows, measures=BY)
    cells = [f'<td class="number">{len(rows)}</td>']
    for place, name in enumerate(BY):
        estimate = found.get(name)
        drawn = whisker(estimate.value, estimate.low, estimate.high, run=run) if estimate and not place else ""
        shown = percent(language, estimate.value) if estimate else "–"
        cells.append(f'<td class="number">{drawn}{shown}</td>')
    return "".join(cells)


def _card(name: str, meaning: str, values: Sequence[str]) -> str:
    shown = "".join(f'<dd class="value">{value}</dd>' for value in values)
    note = f'<dd class="note">{escape(meaning)}</dd>' if meaning else ""
    return f"<div><dt>{escape(name)}</dt>{shown}{note}</div>\n"


def _letter(letter: str, numbers: Numbers) -> str:
    return f"<small>{letter}</small> " if len(numbers) > 1 else ""


def _value(estimate: Estimate, language: Language) -> str:
    span = f"[{percent(language, estimate.low)}–{percent(language, estimate.high)}]"
    return f"{percent(language, estimate.value)} <small>{span}, n {estimate.count}</small>"


def _time(run: Run) -> str:
    return f"{run.signature.latency_p50_ms:.0f} <small>/ {run.signature.latency_p95_ms:.0f} ms</small>"


def _cell(estimate: Estimate | None, language: Language) -> str:
    return f'<td class="number">{_value(estimate, language) if estimate else "–"}</td>'


def _table(caption: str, heads: Sequence[str], rows: Sequence[str]) -> str:
    first, *others = heads
    cells = f'<th scope="col">{escape(first)}</th>' + "".join(
        f'<th scope="col" class="number">{escape(head)}</th>' for head in others
    )
    # A wide table scrolls in its own box, which the keyboard must reach.
    return (
        f'<div class="scroll" role="region" aria-label="{escape(caption)}" tabindex="0">\n'
        f"<table>\n<thead><tr>{cells}</tr></thead>\n<tbody>\n{''.join(rows)}</tbody>\n</table>\n</div>\n"
    )

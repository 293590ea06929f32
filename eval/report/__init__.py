"""Runs → one self-contained HTML page: numbers, plots, the worst answers, and what every number is worth.

Nothing is fetched and nothing runs: the style sheet and the plots lie in the page, and its policy forbids the rest.
All text of documents and questions is escaped.
"""

from collections.abc import Sequence
from html import escape
from importlib.resources import files
from string import ascii_uppercase

from eval.aggregate import estimates
from eval.compare import RunsDiffer, changed, differences, paired
from eval.confidences import confidences
from eval.measuring import Run
from eval.metrics.calibration_error import bins, calibration_error
from eval.metrics.exactness import exactness
from eval.metrics.risk_at_coverage import risk_at_coverage
from eval.metrics.risk_coverage import risk_coverage
from eval.report.answers import changes, worst
from eval.report.numbers import Named, Numbers, all_measures, breakdown, difference_table, key_figures, lead
from eval.report.plots import Words, calibration_plot, risk_plot, swatch
from eval.report.signatures import signatures
from eval.row import Row, RunUnreadable
from eval.texts import percent, say
from index.documents.document import Language

MOST = 6
"""Runs on one page: as many as there are colours to tell apart."""
_POLICY = "default-src 'none'; style-src 'unsafe-inline'"


def page(runs: Sequence[Run], language: Language) -> str:
    """The page of one to six runs; with several, each is compared with the first where they asked the same.

    Raises ``RunUnreadable`` if there are none or too many.
    """
    if not 0 < len(runs) <= MOST:
        raise RunUnreadable(directory="…", problem=f"{len(runs)} runs were given, 1 to {MOST} can be shown")
    named = tuple(zip(ascii_uppercase, runs, strict=False))
    numbers: Numbers = [(name, estimates(run.rows)) for name, run in named]
    note = _note(named, language)
    sections = (
        _head(named, numbers, language),
        _section(language, "key_figures", key_figures(numbers, named, language) + note),
        f'<div class="pair">{_risk(named, language)}{_calibration(named, language)}</div>{note}',
        _section(language, "by_type", _breakdown(named, "type", language) + note),
        _section(language, "by_language", _breakdown(named, "language", language) + note),
        _section(language, "all_measures", all_measures(numbers, language) + note),
        *(_difference(named[0], other, language) for other in named[1:]),
        _section(language, "worst", f"<p>{_t(language, 'worst_text')}</p>" + worst(named, language) + note),
        _section(language, "signature", f"<p>{_t(language, 'signature_text')}</p>\n{signatures(named, language)}"),
    )
    style = files(__package__).joinpath("report.css").read_text("utf-8")
    return (
        f'<!doctype html>\n<html lang="{language.value}">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{_t(language, 'title')}</title>\n<style>\n{style}</style>\n</head>\n"
        f"<body>\n<main>\n{''.join(sections)}</main>\n</body>\n</html>\n"
    )


def _t(language: Language, key: str, **details: str | int) -> str:
    return escape(say(language, f"report.{key}", **details))


def _section(language: Language, title: str, body: str) -> str:
    return f"<section>\n<h2>{_t(language, title)}</h2>\n{body}</section>\n"


def _head(named: Named, numbers: Numbers, language: Language) -> str:
    said = escape(lead(named[0][1].signature, numbers[0][1], language))
    listed = "".join(
        f"<li>{swatch(place)}<b>{name}</b> {escape(_short(run))}</li>" for place, (name, run) in enumerate(named)
    )
    gates = "".join(_gate(run.rows, language) for _, run in named)
    return (
        f'<header>\n<h1>{_t(language, "title")}</h1>\n<p class="lead">{said}</p>\n{gates}'
        f'<ul class="runs">{listed}</ul>\n</header>\n'
    )


def _gate(rows: Sequence[Row], language: Language) -> str:
    broken = sum(exactness(row) == 0.0 for row in rows)
    return f'<p class="gate" role="alert">{_t(language, "gate_broken", number=broken)}</p>\n' if broken else ""


def _short(run: Run) -> str:
    signature = run.signature
    return f"{signature.set}, {signature.reader} ({signature.strictness}), {signature.date[:16].replace('T', ' ')}"


def _note(named: Named, language: Language) -> str:
    """The signature that goes with every group of numbers; whole at the end of the page."""
    runs = "; ".join(
        f"{name} = {run.signature.set} {run.signature.set_sha256[:8]}, n {run.signature.questions}, "
        f"{run.signature.reader}, {run.signature.index[:8]}"
        for name, run in named
    )
    first = named[0][1].signature
    note = _t(language, "interval_note", resamples=first.resamples, seed=first.seed)
    return f'<p class="sig">{_t(language, "runs_note", runs=runs)} {note}</p>\n'


def _risk(named: Named, language: Language) -> str:
    sure = [(name, confidences(run.rows)) for name, run in named]
    said = " ".join(
        say(
            language,
            "report.risk_summary",
            run=name,
            half=percent(language, risk_at_coverage(questions, coverage=0.5) or 0.0),
            all=percent(language, risk_at_coverage(questions, coverage=1.0) or 0.0),
        )
        for name, questions in sure
    )
    words = _words(language, "risk", said)
    drawn = risk_plot([(name, risk_coverage(questions)) for name, questions in sure], words, limit=0.05)
    return _figure(language, "risk", drawn, said)


def _calibration(named: Named, language: Language) -> str:
    sure = [(name, confidences(run.rows)) for name, run in named]
    said = " ".join(
        say(
            language,
            "report.calibration_summary",
            run=name,
            error=percent(language, calibration_error(questions) or 0.0),
        )
        for name, questions in sure
    )
    words = _words(language, "calibration", said)
    return _figure(language, "calibration", calibration_plot([(n, bins(q)) for n, q in sure], words), said)


def _breakdown(named: Named, key: str, language: Language) -> str:
    def of(row: Row) -> str:
        return row.type if key == "type" else row.language

    return breakdown(named, of, f"{key}s", say(language, f"by.{key}"), language)


def _difference(first: tuple[str, Run], other: tuple[str, Run], language: Language) -> str:
    """What went otherwise from one run to another; nothing if they did not ask the same."""
    try:
        before, after = paired(first[1], other[1])
    except RunsDiffer:
        return ""
    title = say(language, "report.changed", before=first[0], after=other[0])
    table = difference_table(differences(before, after), title, language)
    note = _note((first, other), language)
    return f"<section>\n<h2>{escape(title)}</h2>\n{table}{changes(changed(before, after), language)}{note}</section>\n"


def _words(language: Language, plot: str, description: str) -> Words:
    title, x, y = (say(language, f"report.{plot}_{part}") for part in ("title", "x", "y"))
    return Words(title=title, description=description, x=x, y=y)


def _figure(language: Language, plot: str, drawn: str, said: str) -> str:
    return (
        f"<section>\n<h2>{_t(language, f'{plot}_title')}</h2>\n<p>{_t(language, f'{plot}_text')}</p>\n"
        f"<figure>{drawn}<figcaption>{escape(said)}</figcaption></figure>\n</section>\n"
    )

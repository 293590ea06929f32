"""A run → the main numbers, as the page shows them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from assistant.answer import Role, Turn
from assistant.quality import Case, Drawing, Failed, Figure, Group, Summary, Wanted
from eval.aggregate import Estimate, estimates
from eval.confidences import confidences
from eval.measuring import Run
from eval.metrics.risk_at_coverage import risk_at_coverage
from eval.metrics.risk_coverage import risk_coverage
from eval.mistakes import mistakes
from eval.report.numbers import BY, KEY, lead
from eval.report.plots import Words, risk_plot
from eval.row import Row
from eval.signature import Signature
from eval.table import groups, state
from eval.texts import measure_meaning, measure_name, percent, say
from index.documents.document import Language

LIMIT = 0.05
"""The risk that is drawn as a line."""


@dataclass(frozen=True, slots=True)
class Counted:
    """What takes seconds to work out of a run, in no language yet."""

    run: Run
    whole: Mapping[str, Estimate]
    types: Mapping[str, tuple[int, Mapping[str, Estimate]]]
    """By type: how many questions, and the measures of ``BY``."""


def count(run: Run) -> Counted:
    """Work it out."""
    split = groups(run.rows, lambda row: row.type)
    types = {name: (len(rows), estimates(rows, measures=BY)) for name, rows in split.items()}
    return Counted(run, estimates(run.rows, measures=KEY), types)


def summary(counted: Counted, language: Language) -> Summary:
    """The numbers in words of this language."""
    signature = counted.run.signature
    times = (f"{ms:.0f}" for ms in (signature.latency_p50_ms, signature.latency_p95_ms))
    return Summary(
        lead=lead(signature, counted.whole, language),
        figures=tuple(_figure(name, counted.whole[name], language) for name in KEY if name in counted.whole),
        time=f"{say(language, 'report.time')}: {' / '.join(times)} ms",
        heads=tuple(measure_name(language, name) for name in BY),
        types=tuple(_group(name, *found, language) for name, found in counted.types.items()),
        risk=_risk(counted.run, language),
        failed=tuple(
            Failed(
                id=mistake.row.id,
                question=mistake.row.question,
                language=Language(mistake.row.language),
                kind=say(language, f"report.kind_{mistake.kind.value}"),
                type=say(language, f"types.{mistake.row.type}"),
                confidence=mistake.row.confidence,
            )
            for mistake in mistakes(counted.run.rows)
        ),
        signature=str(signature),
    )


def title(signature: Signature, language: Language) -> str:
    """What a run is called in a list: its set, how many questions, and when."""
    return say(
        language,
        "page.run_title",
        set=signature.set,
        questions=signature.questions,
        date=datetime.fromisoformat(signature.date).astimezone().strftime("%Y-%m-%d %H:%M"),
    )


def case(row: Row, language: Language) -> Case:
    """A question of a run, to be asked again."""
    return Case(
        question=row.question,
        history=tuple(Turn(Role(role), content) for role, content in row.history),
        wanted=tuple(Wanted(item.document, item.text, item.spans, item.speaker) for item in row.wanted),
        complete=row.complete,
        kind=say(language, "page.went", state=state(row, language), confidence=percent(language, row.confidence)),
    )


def _figure(name: str, found: Estimate, language: Language) -> Figure:
    return Figure(
        name=measure_name(language, name),
        meaning=measure_meaning(language, name),
        value=found.value,
        low=found.low,
        high=found.high,
        count=found.count,
    )


def _group(name: str, number: int, found: Mapping[str, Estimate], language: Language) -> Group:
    figures = tuple(_figure(measure, found[measure], language) if measure in found else None for measure in BY)
    return Group(name=say(language, f"types.{name}"), count=number, figures=figures)


def _risk(run: Run, language: Language) -> Drawing:
    sure = confidences(run.rows)
    said = say(
        language,
        "report.risk_summary",
        run=run.signature.set,
        half=percent(language, risk_at_coverage(sure, coverage=0.5) or 0.0),
        all=percent(language, risk_at_coverage(sure, coverage=1.0) or 0.0),
    )
    words = Words(
        title=say(language, "report.risk_title"),
        description=said,
        x=say(language, "report.risk_x"),
        y=say(language, "report.risk_y"),
    )
    drawn = risk_plot([("", risk_coverage(sure))], words, limit=LIMIT)
    return Drawing(svg=drawn, title=words.title, text=say(language, "report.risk_text"), said=said)

"""The tab Evaluering as HTML: how far a run has come, its numbers, what went wrong. Pure functions."""

from collections.abc import Mapping, Sequence
from math import isfinite

from assistant.answer import Turn
from assistant.quality import RUNNING, Case, Exported, Failed, Figure, Group, Stage, Standing, Summary, Wanted
from assistant.texts import counted, text
from assistant.web.address import Address, Span
from assistant.web.chrome import HOMES
from assistant.web.markup import attribute, entities, plain
from index.documents.document import Document, Language

MOST_FAILED = 200
"""Failed questions that are listed; the report has its own list."""
REPORT = "rapport/"
"""Where the reports live, below the page."""


def render_intro(language: Language) -> str:
    """What the tab is for."""
    return f'<div class="kv-maling"><h2>{_say(language, "heading")}</h2><p>{_say(language, "lead")}</p></div>'


def render_standing(standing: Standing, language: Language) -> str:
    """How far the run has come; what is said to screen readers carries ``data-hendelse``."""
    if standing.stage is Stage.IDLE:
        return ""
    if standing.stage not in RUNNING:
        problem = f" {standing.problem}" if standing.problem else ""
        said = plain(text(language, f"evaluation.{standing.stage.value}", set=standing.title) + problem)
        return f'<p class="kv-stilling kv-{standing.stage.value}" data-hendelse="1">{said}</p>'
    # Until something is counted, the first questions are asked to warm up.
    stage = standing.stage if standing.total or standing.stage is Stage.COUNTING else Stage.PREPARING
    told = text(language, f"evaluation.{stage.value}", done=standing.done, total=standing.total)
    left = "" if standing.seconds_left is None else f" {_left(standing.seconds_left, language)}"
    counts = f' value="{standing.done}" max="{standing.total}"' if standing.total else ""
    return (
        f'<div class="kv-stilling"><p data-hendelse="{standing.stage.value}">'
        f"{plain(text(language, 'evaluation.running', set=standing.title))}</p>"
        f'<progress aria-label="{_say(language, "progress")}"{counts}></progress><p>{plain(told + left)}</p></div>'
    )


def render_summary(summary: Summary, run: str, language: Language) -> str:
    """The main numbers, the curve, and the questions that went wrong."""
    cards = "".join(_card(figure, language) for figure in summary.figures)
    link = f"{HOMES[language][0]}{REPORT}{run}"
    drawing = summary.risk
    return (
        f'<article class="kv-tall" data-run="{plain(run)}"><p class="kv-ingress">{plain(summary.lead)}</p>'
        f'<p><a class="kv-rapport" href="{plain(link)}" target="_blank" rel="noopener">'
        f"{_say(language, 'report')}</a></p>"
        f'<h3>{_say(language, "figures")}</h3><dl class="kv-talkort">{cards}</dl>'
        f'<p class="kv-merknad">{plain(summary.time)}. {_say(language, "intervals")}</p>'
        f"<h3>{_say(language, 'by_type')}</h3>{_types(summary.heads, summary.types, language)}"
        f"<h3>{plain(drawing.title)}</h3><p>{plain(drawing.text)}</p>"
        f'<figure class="kv-kurve">{drawing.svg}<figcaption>{plain(drawing.said)}</figcaption></figure>'
        f"{_failed(summary.failed, language)}"
        f'<details class="kv-signatur"><summary>{_say(language, "signature")}</summary>'
        f"<p>{plain(summary.signature)}</p></details></article>"
    )


def render_rated(number: int, language: Language) -> str:
    """How many answers have been rated."""
    said = counted(language, "evaluation.rated", number) if number else text(language, "evaluation.rated_none")
    return f'<div class="kv-vurderte"><h3>{_say(language, "rated_heading")}</h3><p>{plain(said)}</p></div>'


def render_exported(exported: Exported, language: Language) -> str:
    """What became of the ratings."""
    said = counted(language, "evaluation.exported", exported.questions, file=exported.file)
    left = f" {counted(language, 'evaluation.left_out', exported.left_out)}" if exported.left_out else ""
    return f'<p class="kv-laget" data-hendelse="1">{plain(said + left)}</p>'


def render_trouble(message: str) -> str:
    """What could not be done."""
    return f'<p class="kv-feil" role="alert">{plain(message)}</p>'


def render_turn(turn: Turn) -> str:
    """What the assistant said, in a conversation that a question of a run was asked after."""
    return f'<div class="kv-sagt"><p>{entities(turn.content)}</p></div>'


def render_gold(case: Case, documents: Mapping[str, Document], language: Language) -> str:
    """What would have answered, below the answer that came; one line of HTML, for the conversation.

    Args:
        case: The question.
        documents: Those of the index that hold gold quotes, by file name.
        language: Of the page.
    """
    key = "gold_none" if not case.wanted else "gold_all" if case.complete else "gold_any"
    note = text(language, f"evaluation.{key}") if len(case.wanted) != 1 else ""
    items = "".join(f"<li>{_gold(wanted, documents, language)}</li>" for wanted in case.wanted)
    quotes = f'<ol class="kv-sitater">{items}</ol>' if items else ""
    return (
        f'<section class="kv-fasit" lang="{language.value}"><h3>{entities(text(language, "evaluation.gold"))}</h3>'
        f"{f'<p>{entities(note)}</p>' if note else ''}{quotes}"
        f"<p>{entities(text(language, 'evaluation.then', how=case.kind))}</p></section>"
    )


def bare(words: str) -> str:
    """Without white space: a gold set knows nothing of a document's line breaks."""
    return "".join(words.split())


def _say(language: Language, key: str) -> str:
    return plain(text(language, f"evaluation.{key}"))


def _left(seconds: float, language: Language) -> str:
    """Roughly: an estimate to the second would look more exact than it is."""
    if seconds >= 90:
        return counted(language, "evaluation.minutes_left", round(seconds / 60))
    return counted(language, "evaluation.seconds_left", max(5, 5 * round(seconds / 5)))


def _percent(share: float, language: Language) -> str:
    if not isfinite(share):
        return "–"
    shown = f"{100 * share:.1f}"
    return shown if language is Language.ENGLISH else shown.replace(".", ",")


def _interval(figure: Figure, language: Language) -> str:
    return f"[{_percent(figure.low, language)}–{_percent(figure.high, language)}]"


def _card(figure: Figure, language: Language) -> str:
    return (
        f'<div><dt>{plain(figure.name)}</dt><dd><span class="kv-verdi">{_percent(figure.value, language)}</span> '
        f"<small>{_interval(figure, language)}, n {figure.count}</small></dd><dd>{plain(figure.meaning)}</dd></div>"
    )


def _types(heads: Sequence[str], groups: Sequence[Group], language: Language) -> str:
    names = [text(language, "evaluation.type"), "n", *heads]
    head = "".join(f'<th scope="col">{plain(name)}</th>' for name in names)
    rows = "".join(_type(group, language) for group in groups)
    return (
        f'<div class="kv-typer" tabindex="0" role="region" aria-label="{_say(language, "by_type")}"><table>'
        f"<thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table></div>"
    )


def _type(group: Group, language: Language) -> str:
    cells = "".join(
        f"<td>{_percent(figure.value, language)} <small>{_interval(figure, language)}</small></td>"
        if figure
        else "<td>–</td>"
        for figure in group.figures
    )
    return f'<tr><th scope="row">{plain(group.name)}</th><td>{group.count}</td>{cells}</tr>'


def _failed(failed: Sequence[Failed], language: Language) -> str:
    heading = plain(counted(language, "evaluation.failed_heading", len(failed)))
    if not failed:
        return f"<h3>{heading}</h3>"
    items = "".join(f"<li>{_failure(one, language)}</li>" for one in failed[:MOST_FAILED])
    return f'<h3>{heading}</h3><p>{_say(language, "failed_lead")}</p><ol class="kv-feilede">{items}</ol>'


def _failure(failed: Failed, language: Language) -> str:
    spoken = f' lang="{failed.language.value}"' if failed.language is not Language.OTHER else ""
    sure = text(language, "evaluation.confidence", percent=_percent(failed.confidence, language))
    return (
        f'<button type="button" class="kv-feilet" value="{plain(failed.id)}"{spoken}>{plain(failed.question)}</button>'
        f"<p>{plain(' · '.join((failed.kind, failed.type, sure)))}</p>"
    )


def _gold(wanted: Wanted, documents: Mapping[str, Document], language: Language) -> str:
    document = documents.get(wanted.document)
    span = next((span for span in wanted.spans if document and _stands(document, span, wanted.text)), None)
    name = " · ".join(filter(None, (document.source.name if document else wanted.document, wanted.speaker)))
    if document and span:
        address = attribute(f"?sitat={Address(document.id, Span(*span))}")
        title = attribute(text(language, "quote.open_title", citation=name))
        place = (
            f'<a class="kv-kilde" href="{address}" title="{title}">'
            f'<span class="kv-henvisning">{entities(name)}</span></a>'
        )
    else:
        place = entities(text(language, "evaluation.gold_elsewhere", name=name))
    return (
        f'<figure class="kv-sitat"><blockquote>{entities(wanted.text)}</blockquote>'
        f"<figcaption>{place}</figcaption></figure>"
    )


def _stands(document: Document, span: tuple[int, int], words: str) -> bool:
    start, end = span
    return 0 <= start < end <= len(document.text) and bare(document.text[start:end]) == bare(words)

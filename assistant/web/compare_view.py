"""A comparison -> a table of sources and their quotes, as HTML of the conversation. Pure functions."""

from collections.abc import Callable

from assistant.answer import Answer, Comparison, Quote, Row
from assistant.citation import titled
from assistant.covering import coverage_lines, shown_first
from assistant.texts import counted, text
from assistant.web.address import document_link
from assistant.web.markup import attribute, entities
from index.documents.document import Language

RenderQuote = Callable[[Quote, int | None], str]
"""A quote and its number -> its HTML; one that is only near has none."""


def render_comparison(comparison: Comparison, language: Language, quote: RenderQuote) -> str:
    """The receipt, then a row a source; ``role`` is said outright, since a phone shows the rows as cards."""
    found, coverage, note = coverage_lines(comparison, language)
    rows, number = [], 1
    for row in comparison.rows:
        rows.append(_row(row, number, language, quote))
        number += len(row.quotes)
    says = text(language, "compare.says", topic=comparison.topic)
    return (
        f'<p class="kv-lead">{entities(found)}</p><p class="kv-lest">{entities(coverage)} {entities(note)}</p>'
        f'<table class="kv-sammenlign" role="table"><caption>'
        f"{entities(text(language, 'compare.caption', topic=comparison.topic))}</caption>"
        f'<thead role="rowgroup"><tr role="row"><th scope="col" role="columnheader">'
        f"{entities(text(language, 'compare.source'))}</th>"
        f'<th scope="col" role="columnheader">{entities(says)}</th></tr></thead>'
        f'<tbody role="rowgroup">{"".join(rows)}</tbody></table>'
    )


def render_compare_button(answer: Answer, language: Language) -> str:
    """The button that asks the same of every source; none where there is but one. meaning.js asks its value."""
    if answer.searched_sources < 2:
        return ""
    asked = text(language, "compare.ask", question=answer.standalone_question)
    label = entities(text(language, "compare.button"))
    return f'<button type="button" class="kv-heller kv-sammenlikn" value="{attribute(asked)}">{label}</button>'


def render_progress(done: int, total: int, language: Language) -> str:
    """The sign of life while document after document is read."""
    told = text(language, "compare.progress", number=done, total=total)
    return f'<div class="kv-venter"><span class="kv-prikker"></span>{entities(told)}</div>'


def _row(row: Row, number: int, language: Language, quote: RenderQuote) -> str:
    metadata = row.source.metadata
    who = metadata.publisher or ", ".join(metadata.authors)
    date = metadata.date or text(language, "compare.undated")
    link = f'<a href="{attribute(document_link(row.source.id))}">{entities(titled(row.source.name, language))}</a>'
    about = "".join(f'<span class="kv-om-kilden">{entities(fact)}</span>' for fact in (who, date) if fact)
    return (
        f'<tr role="row"><th scope="row" role="rowheader">{link}{about}</th>'
        f'<td role="cell">{_cell(row, number, language, quote)}</td></tr>'
    )


def _cell(row: Row, number: int, language: Language, quote: RenderQuote) -> str:
    if row.near:
        nearest = "".join(f"<li>{quote(it, None)}</li>" for it in row.near)
        told = entities(text(language, "compare.near"))
        return f'<div class="kv-usikkert"><p>{told}</p><ol class="kv-sitater">{nearest}</ol></div>'
    if not row.quotes:
        return f'<p class="kv-ikke-omtalt">{entities(text(language, "compare.not_mentioned"))}</p>'
    items = [f"<li>{quote(it, place)}</li>" for place, it in enumerate(row.quotes, start=number)]
    first = shown_first(row)
    shown = f'<ol class="kv-sitater">{"".join(items[:first])}</ol>'
    if not items[first:]:
        return shown
    more = entities(counted(language, "compare.more", len(items) - first))
    return f'{shown}<details><summary>{more}</summary><ol class="kv-sitater">{"".join(items[first:])}</ol></details>'

"""The worst answers: what was asked, what was wanted, what was quoted."""

from collections.abc import Sequence
from html import escape

from eval.compare import Changed
from eval.covering import covers
from eval.mistakes import Mistake, mistakes
from eval.report.numbers import Named
from eval.row import Given, Row
from eval.table import state
from eval.texts import percent, say
from index.documents.document import Language

OPEN, MOST = 12, 60
"""Mistakes that are shown at once, and when unfolded."""
_QUOTES = 3
_CHANGES = 60


def worst(runs: Named, language: Language) -> str:
    """The mistakes of each run, worst first."""
    parts = []
    for name, run in runs:
        found = mistakes(run.rows)
        shown = min(len(found), MOST)
        title = say(language, "report.worst_of", run=name, shown=shown, all=len(found))
        cards = [_mistake(mistake, language) for mistake in found[:MOST]]
        rest = "".join(cards[OPEN:])
        more = escape(say(language, "table.more", number=shown - OPEN))
        folded = f"<details>\n<summary>{more}</summary>\n{rest}</details>\n" if rest else ""
        nothing = f"<p>{escape(say(language, 'report.worst_none'))}</p>\n"
        parts.append(f"<h3>{escape(title)}</h3>\n{''.join(cards[:OPEN]) or nothing}{folded}")
    return "".join(parts)


def changes(found: Sequence[Changed], language: Language) -> str:
    """The questions that went otherwise, lost ones first."""
    if not found:
        return f"<p>{escape(say(language, 'table.none_changed'))}</p>\n"
    items = "".join(f"<li>{_change(item, language)}</li>\n" for item in found[:_CHANGES])
    title = escape(say(language, "table.changed", number=len(found)))
    return f"<details>\n<summary>{title}</summary>\n<ul>\n{items}</ul>\n</details>\n"


def _change(item: Changed, language: Language) -> str:
    states = f"{state(item.before, language)} → {state(item.after, language)}"
    return f"{escape(item.before.question)} <small>({escape(item.before.id)}: {escape(states)})</small>"


def _mistake(mistake: Mistake, language: Language) -> str:
    row = mistake.row
    kind = escape(say(language, f"report.kind_{mistake.kind.value}"))
    confidence = escape(say(language, "report.confidence", confidence=percent(language, row.confidence)))
    traits = escape(", ".join((row.id, say(language, f"types.{row.type}"), say(language, f"languages.{row.language}"))))
    understood = ""
    if row.standalone != row.question:
        understood = f'<p class="meta">{escape(say(language, "report.history", question=row.standalone))}</p>\n'
    return (
        f'<article class="mistake">\n<h4{_lang(row)}>{escape(row.question)}</h4>\n'
        f'<p class="meta"><b>{kind}</b>, {confidence} · {traits}</p>\n{understood}'
        f'<div class="pair"><div>{_wanted(row, language)}</div><div>{_given(row, language)}</div></div>\n</article>\n'
    )


def _wanted(row: Row, language: Language) -> str:
    head = f"<h5>{escape(say(language, 'report.wanted'))}</h5>\n"
    if not row.wanted:
        return f"{head}<p>{escape(say(language, 'report.wanted_nothing'))}</p>"
    return head + "".join(
        _block(item.text, " · ".join(filter(None, (item.document, item.speaker))), right=False) for item in row.wanted
    )


def _given(row: Row, language: Language) -> str:
    head = f"<h5>{escape(say(language, 'report.quoted' if row.answered else 'report.nearest'))}</h5>\n"
    if not row.given:
        return f"{head}<p>{escape(say(language, 'report.quoted_nothing'))}</p>"
    return head + "".join(
        _block(
            quote.text,
            " · ".join(filter(None, (f"{quote.document} {quote.start}–{quote.end}", quote.speaker))),
            right=_is_right(quote, row),
            note=say(language, "table.right") if _is_right(quote, row) else "",
        )
        for quote in row.given[:_QUOTES]
    )


def _is_right(quote: Given, row: Row) -> bool:
    return any(covers(quote, wanted) for wanted in row.wanted)


def _block(text: str, place: str, *, right: bool, note: str = "") -> str:
    mark = ' class="right"' if right else ""
    said = f" · ✓ {escape(note)}" if note else ""
    return f"<blockquote{mark}><p>{escape(text)}</p><cite>{escape(place)}{said}</cite></blockquote>\n"


def _lang(row: Row) -> str:
    return f' lang="{escape(row.language)}"' if row.language != Language.OTHER.value else ""

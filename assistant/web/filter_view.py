"""The filter of sources -> HTML: chips for what documents say of themselves, and a field to find one by name."""

from collections.abc import Sequence

from assistant.choosing import Choice, Facet, values_of
from assistant.texts import text
from assistant.web.chrome import filter_label
from assistant.web.markup import plain
from index.documents.document import Language, Source

FEW = 6
"""Chips of a facet that are shown before one asks for the rest."""
_IN_LABEL = 3
"""Chips that are named where the filter is folded."""


def render_facets(sources: Sequence[Source], choice: Choice, language: Language) -> str:
    """A row of chips for each facet that tells the sources apart."""
    rows = "".join(_row(sources, facet, choice, language) for facet in Facet)
    return f'<div class="kv-fasetter">{rows}</div>' if rows else ""


def render_search(language: Language) -> str:
    """The field that narrows the list of sources; ``filter.js`` shows it where the list is long."""
    label = plain(text(language, "filter.search"))
    return (
        f'<div class="kv-kildesok" hidden><input type="search" autocomplete="off" maxlength="100" placeholder="{label}"'
        f' aria-label="{label}"><span role="status"></span></div>'
    )


def label(chosen: int, sources: Sequence[Source], choice: Choice, language: Language) -> str:
    """What the folded filter says: "Leter i 2 av 17 kilder: Venstre, 2017"."""
    said = filter_label(chosen, len(sources), language)
    names = [value_name(facet, value, language) for facet in Facet for value in sorted(choice.values(facet))]
    more = " …" if len(names) > _IN_LABEL else ""
    return f"{said}: {', '.join(names[:_IN_LABEL])}{more}" if names else said


def value_name(facet: Facet, value: str, language: Language) -> str:
    """What a value is called."""
    return text(language, f"languages.{value}") if facet is Facet.LANGUAGE else value


def _row(sources: Sequence[Source], facet: Facet, choice: Choice, language: Language) -> str:
    values = values_of(sources, facet, choice)
    chosen = choice.values(facet)
    if len(values) < 2 and not chosen:
        return ""
    name = plain(text(language, f"filter.{facet.value}"))
    chips = "".join(
        _chip(facet, value, count, language, pressed=value in chosen, later=place >= FEW and value not in chosen)
        for place, (value, count) in enumerate(values)
    )
    hidden = sum(value not in chosen for value, _ in values[FEW:])
    more = plain(text(language, "filter.more", number=hidden))
    rest = f'<button type="button" class="kv-flere">{more}</button>' if hidden else ""
    return (
        f'<div class="kv-fasett" role="group" aria-label="{name}" data-fasett="{facet.value}">'
        f'<span class="kv-fasettnavn" aria-hidden="true">{name}</span><div class="kv-brikker">{chips}{rest}</div></div>'
    )


def _chip(facet: Facet, value: str, count: int, language: Language, *, pressed: bool, later: bool) -> str:
    away = " hidden" if later else ""
    off = " disabled" if not count and not pressed else ""
    name = plain(value_name(facet, value, language))
    state = f'aria-pressed="{str(pressed).lower()}" value="{plain(value)}"{away}{off}'
    return f'<button type="button" class="kv-brikke" {state}>{name} <span class="kv-brikketall">{count}</span></button>'

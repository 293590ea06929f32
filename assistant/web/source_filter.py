"""The filter of sources among Gradio's components: where it is laid out, and what its events change."""

from dataclasses import dataclass
from typing import Any

import gradio as gr

from assistant.choosing import Choice, Facet, matching, values_of
from assistant.web.desk import Desk
from assistant.web.filter_view import label, render_facets, render_search

_READY = "window.kildesvar.filter(element, trigger);"
"""Hands filter.js the way to tell the server which chip was pressed."""


@dataclass(frozen=True, slots=True)
class Facets:
    """The filter's chips, and what is chosen by them."""

    chips: gr.HTML
    choice: gr.State


def lay_out_facets(desk: Desk) -> Facets:
    """Chips, and the field that narrows the list; the list itself comes below them."""
    chips = gr.HTML(render_facets(desk.sources(), Choice(), desk.language), js_on_load=_READY)
    gr.HTML(render_search(desk.language))
    return Facets(chips, gr.State(Choice()))


def wire_facets(
    facets: Facets,
    chosen: gr.CheckboxGroup,
    folded: gr.Accordion,
    buttons: tuple[gr.Button, gr.Button],
    desk: Desk,
    quiet: dict[str, Any],
) -> None:
    """A chip chooses the sources that match; each can still be taken out or put in by hand.

    ``buttons`` choose all and none, which also lets go of the chips.
    """

    def press(event: gr.EventData, choice: object) -> tuple[Choice, list[str], str]:
        sources = desk.sources()
        picked = _own(choice)
        facet, value = pressed(event._data)
        if facet and (value in picked.values(facet) or value in dict(values_of(sources, facet))):
            picked = picked.toggled(facet, value)
        return picked, list(matching(sources, picked)), render_facets(sources, picked, desk.language)

    def retell(now: object, choice: object) -> tuple[Any, str]:
        sources, picked = desk.sources(), _own(choice)
        number = len(now) if isinstance(now, list) else 0
        said = label(number, sources, picked, desk.language)
        return gr.update(label=said), render_facets(sources, picked, desk.language)

    facets.chips.select(press, facets.choice, [facets.choice, chosen, facets.chips], **quiet)
    chosen.change(retell, [chosen, facets.choice], [folded, facets.chips], **quiet)
    everything, nothing = buttons
    told: list[Any] = [facets.choice, chosen, facets.chips]
    everything.click(
        lambda: (Choice(), list(matching(desk.sources(), Choice())), _plain_chips(desk)), None, told, **quiet
    )
    nothing.click(lambda: (Choice(), [], _plain_chips(desk)), None, told, **quiet)


def pressed(event: object) -> tuple[Facet | None, str]:
    """The chip of a request ``{"fasett": "year", "verdi": "2017"}``; no facet where it names none."""
    fields = event if isinstance(event, dict) else {}
    facet, value = fields.get("fasett"), fields.get("verdi")
    if not isinstance(facet, str) or facet not in set(Facet):
        return None, ""
    return Facet(facet), (value if isinstance(value, str) else "")


def _plain_chips(desk: Desk) -> str:
    return render_facets(desk.sources(), Choice(), desk.language)


def _own(choice: object) -> Choice:
    """The choice that the server kept."""
    return choice if isinstance(choice, Choice) else Choice()

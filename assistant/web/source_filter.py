"""The filter of sources among Gradio's components: where it is laid out, and what its events change."""

from dataclasses import dataclass
from typing import Any

import gradio as gr

from assistant.choosing import Choice, Facet, matching, values_of
from assistant.texts import text
from assistant.web.desk import Desk
from assistant.web.filter_view import label, render_facets, render_search
from assistant.web.sources_tab import choices
from index.documents.document import Source

_READY = "window.kildesvar.filter(element, trigger);"
"""Hands filter.js the way to tell the server which chip was pressed."""


@dataclass(frozen=True, slots=True)
class SourceFilter:
    """The fold, the chips in it and what is chosen by them, the list of sources, and the buttons for all and none."""

    folded: gr.Accordion
    chips: gr.HTML
    choice: gr.State
    chosen: gr.CheckboxGroup
    listed: gr.State
    """The ids in the list, as far as the server has told them: what is not among them is new."""
    choose_all: gr.Button
    choose_none: gr.Button
    known: tuple[Source, ...]
    """Those that the list was laid out with."""


def lay_out_filter(desk: Desk) -> SourceFilter:
    """In the fold: chips, the field that narrows the list, the list with all sources chosen, and the buttons."""
    language, known = desk.language, desk.sources()
    with gr.Accordion(text(language, "filter.all"), open=False, elem_id="kv-utvalg") as folded:
        chips = gr.HTML(render_facets(known, Choice(), language), js_on_load=_READY)
        gr.HTML(render_search(language))
        choice = gr.State(Choice())
        listed = gr.State([source.id for source in known])
        chosen = gr.CheckboxGroup(
            choices(known),
            value=[source.id for source in known],
            label=text(language, "filter.label"),
            show_label=False,
            container=False,
        )
        with gr.Row():
            choose_all = gr.Button(text(language, "filter.choose_all"), size="sm", elem_classes="kv-stille")
            choose_none = gr.Button(text(language, "filter.choose_none"), size="sm", elem_classes="kv-stille")
    return SourceFilter(folded, chips, choice, chosen, listed, choose_all, choose_none, known)


def wire_filter(parts: SourceFilter, desk: Desk, quiet: dict[str, Any]) -> None:
    """A chip chooses the sources that match; each can still be taken out or put in by hand.

    The buttons for all and none also let go of the chips.
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

    def choose_all() -> tuple[Choice, list[str], str]:
        return Choice(), list(matching(desk.sources(), Choice())), _plain_chips(desk)

    def choose_none() -> tuple[Choice, list[str], str]:
        return Choice(), [], _plain_chips(desk)

    picking: list[Any] = [parts.choice, parts.chosen, parts.chips]
    # One at a time and in their order: who presses chips quickly means all of them.
    picks: dict[str, Any] = {**quiet, "trigger_mode": "multiple", "concurrency_limit": 1, "concurrency_id": "pick"}
    parts.chips.select(press, parts.choice, picking, **picks)
    parts.chosen.change(retell, [parts.chosen, parts.choice], [parts.folded, parts.chips], **quiet)
    parts.choose_all.click(choose_all, None, picking, **picks)
    parts.choose_none.click(choose_none, None, picking, **picks)


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

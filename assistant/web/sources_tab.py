"""The Kilder tab among Gradio's components: a place for it, and word to the filter when the documents have changed."""

from typing import Any

import gradio as gr

from assistant.web.chrome import filter_label
from assistant.web.desk import Desk
from assistant.web.sources_view import render_facts, render_tab
from index.documents.document import Language, Source

_READY = "window.kildesvar.sources(element, trigger);"
"""Hands sources.js the way to tell the server that the documents it knows are others now."""


def lay_out_sources(language: Language, *, editable: bool) -> gr.HTML:
    """The tab's content, which sources.js fills in and keeps up to date."""
    return gr.HTML(render_tab(language, editable=editable), elem_id="kv-kildefane")


def lay_out_signal(language: Language) -> gr.HTML:
    """What tells the server of changes; outside the tabs, whose content is made only when they are opened."""
    return gr.HTML(render_facts(language), elem_id="kv-kildesignal", js_on_load=_READY)


def wire_sources(
    signal: gr.HTML,
    chosen: gr.CheckboxGroup,
    listed: gr.State,
    folded: gr.Accordion,
    desk: Desk,
    **quiet: Any,  # noqa: ANN401
) -> None:
    """When documents came or went, choose the new ones too, and leave the rest of the choice as it is."""

    def refresh(now: object, before: object) -> tuple[Any, list[str], Any]:
        sources = desk.sources()
        kept = followed(sources, now, before)
        label = filter_label(len(kept), len(sources), desk.language)
        there = [source.id for source in sources]
        return gr.update(choices=choices(sources), value=kept), there, gr.update(label=label)

    # Changes that come close upon each other are one: the last look sees them all, and the choice as it then is.
    signal.select(refresh, [chosen, listed], [chosen, listed, folded], trigger_mode="always_last", **quiet)


def followed(sources: tuple[Source, ...], chosen: object, before: object) -> list[str]:
    """The ids that are chosen after a change; ``before`` are the ids that there were when it was followed last."""
    known = set(before) if isinstance(before, list) else set()
    wanted = set(map(str, chosen)) if isinstance(chosen, list) else set()
    return [source.id for source in sources if source.id in wanted or source.id not in known]


def choices(sources: tuple[Source, ...]) -> list[tuple[str, str]]:
    """What can be chosen: title and publisher, and the id behind it."""
    return [(" · ".join(filter(None, (source.name, source.metadata.publisher))), source.id) for source in sources]

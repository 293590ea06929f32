"""The Kilder tab among Gradio's components: a place for it, and word to the filter when the documents have changed."""

from typing import Any

import gradio as gr

from assistant.web.chrome import filter_label
from assistant.web.desk import Desk
from assistant.web.sources_view import render_facts, render_tab
from index.documents.document import Language, Source

_READY = "window.kildesvar.sources(element, trigger);"
"""Hands sources.js the way to tell the server that the documents it knows are others now."""
_MOST_KNOWN = 10_000


def lay_out_sources(language: Language, *, editable: bool) -> gr.HTML:
    """The tab's content, which sources.js fills in and keeps up to date."""
    return gr.HTML(render_tab(language, editable=editable), elem_id="kv-kildefane")


def lay_out_signal(language: Language) -> gr.HTML:
    """What tells the server of changes; outside the tabs, whose content is made only when they are opened."""
    return gr.HTML(render_facts(language), elem_id="kv-kildesignal", js_on_load=_READY)


def wire_sources(signal: gr.HTML, chosen: gr.CheckboxGroup, choice: gr.Accordion, desk: Desk, **quiet: Any) -> None:  # noqa: ANN401
    """When documents came or went, choose the new ones too, and leave the rest of the choice as it is."""

    def refresh(event: gr.EventData, now: object) -> tuple[Any, Any]:
        sources = desk.sources()
        kept = followed(sources, now, event._data)
        label = filter_label(len(kept), len(sources), desk.language)
        return gr.update(choices=choices(sources), value=kept), gr.update(label=label)

    signal.select(refresh, chosen, [chosen, choice], **quiet)


def followed(sources: tuple[Source, ...], chosen: object, event: object) -> list[str]:
    """The ids that are chosen after a change; ``event`` is ``{"kjent": [the ids that there were before]}``."""
    before = event.get("kjent") if isinstance(event, dict) else None
    known = set(map(str, before[:_MOST_KNOWN])) if isinstance(before, list) else set()
    wanted = set(map(str, chosen)) if isinstance(chosen, list) else set()
    return [source.id for source in sources if source.id in wanted or source.id not in known]


def choices(sources: tuple[Source, ...]) -> list[tuple[str, str]]:
    """What can be chosen: title and publisher, and the id behind it."""
    return [(" · ".join(filter(None, (source.name, source.metadata.publisher))), source.id) for source in sources]

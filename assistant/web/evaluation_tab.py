"""The tab Evaluering: its components and their events. What happens at an event is ``evaluation_desk``'s."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Any

import gradio as gr

from assistant.quality import RUNNING
from assistant.texts import text
from assistant.web.evaluation_desk import AMOUNTS, EvaluationDesk
from assistant.web.evaluation_view import render_intro

PAUSE = 0.4
"""Seconds between two looks at a run."""
_READY = "window.kildesvar.evaluation(element, trigger);"
"""Hands evaluation.js the way to tell the server which failed question was clicked."""


@dataclass(frozen=True, slots=True)
class EvaluationTab:
    """The components that events read or change."""

    tab: gr.Tab
    sets: gr.Dropdown
    amount: gr.Radio
    run: gr.Button
    stop: gr.Button
    standing: gr.HTML
    runs: gr.Dropdown
    report: gr.HTML
    rated: gr.HTML
    name: gr.Textbox
    export: gr.Button
    exported: gr.HTML

    @property
    def following(self) -> list[Any]:
        """What a run changes, in the order of ``_shown``."""
        return [self.standing, self.run, self.stop, self.runs, self.report]


def lay_out_evaluation(desk: EvaluationDesk) -> EvaluationTab:
    """The tab, within the page's tabs."""

    def say(key: str) -> str:
        return text(desk.language, f"evaluation.{key}")

    def amount(number: int) -> str:
        return text(desk.language, "evaluation.amount_some", number=number) if number else say("amount_all")

    sets, runs = desk.sets(), desk.runs()
    with gr.Tab(text(desk.language, "tabs.evaluation"), id="evaluation", elem_id="kv-fane-evaluering") as tab:
        gr.HTML(render_intro(desk.language))
        with gr.Column(elem_id="kv-kjor"):
            chosen = gr.Dropdown(sets.choices, value=sets.chosen, label=say("set"), elem_id="kv-sett", filterable=False)
            amounts = [(amount(number), number) for number in AMOUNTS]
            some = gr.Radio(amounts, value=AMOUNTS[0], label=say("amount"), elem_id="kv-antall")
            with gr.Row():
                run = gr.Button(say("run"), variant="primary", elem_id="kv-start-kjoring", scale=0)
                stop = gr.Button(say("stop"), elem_id="kv-stopp-kjoring", scale=0, visible=False)
        standing = gr.HTML("", elem_id="kv-stilling")
        earlier = gr.Dropdown(
            runs.choices,
            value=runs.chosen,
            label=say("runs"),
            elem_id="kv-kjoringer",
            filterable=False,
            visible=bool(runs.choices),
        )
        report = gr.HTML("", elem_id="kv-evaluering", js_on_load=_READY)
        with gr.Column(elem_id="kv-av-vurderinger"):
            rated = gr.HTML("")
            with gr.Row():
                name = gr.Textbox(say("export_name"), label=say("export_label"), max_lines=1, elem_id="kv-settnavn")
                export = gr.Button(say("export"), elem_id="kv-lag-sett", scale=0)
            exported = gr.HTML("", elem_id="kv-laget")
    return EvaluationTab(
        tab=tab,
        sets=chosen,
        amount=some,
        run=run,
        stop=stop,
        standing=standing,
        runs=earlier,
        report=report,
        rated=rated,
        name=name,
        export=export,
        exported=exported,
    )


def wire_evaluation(tab: EvaluationTab, desk: EvaluationDesk) -> None:
    """Its events, but for the click on a failed question, which is the conversation's."""
    quiet: dict[str, Any] = {"api_visibility": "private", "show_progress": "hidden", "concurrency_id": "evaluation"}

    async def follow(wanted: object = None) -> AsyncIterator[tuple[Any, ...]]:
        """The run as it goes on, and its report when it is done."""
        standing = await asyncio.to_thread(desk.standing)
        seen = standing.stage in RUNNING
        while standing.stage in RUNNING:
            yield (desk.shown(standing), gr.update(visible=False), gr.update(visible=True), gr.skip(), gr.skip())
            await asyncio.sleep(PAUSE)
            standing = await asyncio.to_thread(desk.standing)
        done = desk.finished(standing) if seen else None
        runs = await asyncio.to_thread(desk.runs, done or wanted)
        report = await asyncio.to_thread(desk.report, runs.chosen)
        picked = gr.update(choices=runs.choices, value=runs.chosen, visible=bool(runs.choices))
        yield (desk.shown(standing), gr.update(visible=True), gr.update(visible=False), picked, report)

    async def start(name: object, amount: object, wanted: object) -> AsyncIterator[tuple[Any, ...]]:
        trouble = await asyncio.to_thread(desk.start, name, amount)
        if trouble:
            yield (trouble, *(gr.skip(),) * 4)
            return
        async for update in follow(wanted):
            yield update

    async def enter(name: object, wanted: object) -> AsyncIterator[tuple[Any, ...]]:
        sets = await asyncio.to_thread(desk.sets, name)
        fresh = (gr.update(choices=sets.choices, value=sets.chosen), await asyncio.to_thread(desk.rated), "")
        async for update in follow(wanted):
            yield (*update, *fresh)
            fresh = (gr.skip(),) * 3

    def export(name: object) -> tuple[Any, ...]:
        said, made = desk.export(name)
        if made is None:
            return said, gr.skip()
        sets = desk.sets(made)
        return said, gr.update(choices=sets.choices, value=sets.chosen)

    tab.tab.select(enter, [tab.sets, tab.runs], [*tab.following, tab.sets, tab.rated, tab.exported], **quiet)
    tab.run.click(start, [tab.sets, tab.amount, tab.runs], tab.following, **quiet)
    tab.stop.click(desk.stop, None, None, **quiet)
    tab.runs.input(desk.report, tab.runs, tab.report, **quiet)
    tab.export.click(export, tab.name, [tab.exported, tab.sets], **quiet)

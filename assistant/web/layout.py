"""The page's components, in their places."""

from dataclasses import dataclass
from typing import Any

import gradio as gr

from assistant.texts import lines, text
from assistant.web.chrome import render_about, render_header, render_welcome
from assistant.web.citing_view import render_export
from assistant.web.conversation import Conversation
from assistant.web.desk import Desk
from assistant.web.evaluation_desk import EvaluationDesk
from assistant.web.evaluation_tab import EvaluationTab, lay_out_evaluation
from assistant.web.history_view import render_dialog, render_opened
from assistant.web.source_filter import SourceFilter, lay_out_filter
from assistant.web.sources_tab import lay_out_signal, lay_out_sources
from assistant.web.strictness_choice import StrictnessChoice, lay_out_strictness
from index.documents.document import Language

_READER_READY = "window.kildesvar.reader(element, trigger);"
"""Hands page.js the way to tell the server that a citation was clicked."""
_EXPORT_READY = "window.kildesvar.exporting(element, trigger);"
"""Hands citing.js the way to ask the server for the conversation as a file."""
_HISTORY_READY = "window.kildesvar.history(element, trigger);"
"""Hands history.js the way to have a kept conversation opened."""
_RATING_READY = "window.kildesvar.rating(element, trigger);"
"""Hands rating.js the way to tell the server that an answer was rated."""


@dataclass(frozen=True, slots=True)
class Page:
    """The components that events read or change."""

    tabs: gr.Tabs
    conversation: gr.State
    chat: gr.Chatbot
    welcome: gr.Column
    notice: gr.HTML
    box: gr.Textbox
    send: gr.Button
    stop: gr.Button
    new: gr.Button
    examples: tuple[gr.Button, ...]
    filter: SourceFilter
    strictness: StrictnessChoice
    sources: gr.HTML
    """Where the page tells that the documents are others now."""
    reader: gr.HTML
    rated: gr.HTML
    """What the server said of the last rating."""
    evaluation: EvaluationTab | None
    """None where nobody can measure."""
    exported: gr.HTML
    """The conversation as a file, when it was asked for."""
    history: gr.HTML
    """Which kept conversation the page shows."""

    @property
    def known(self) -> list[Any]:
        """What tells which conversation the page shows, in the order of ``showing.own``."""
        return [self.conversation, self.history]

    @property
    def asking(self) -> list[Any]:
        """What asking changes, in the order of ``showing.shown``."""
        texts = [self.chat, self.welcome, self.notice, self.box]
        return [self.conversation, *texts, self.send, self.stop, self.new, self.history]


def lay_out(desk: Desk, measures: EvaluationDesk | None, *, editable: bool) -> Page:
    """Put the components in their places; with ``measures`` there is the tab Evaluering."""
    language = desk.language
    gr.HTML(render_header(language), elem_id="kv-topp")
    with gr.Tabs(elem_id="kv-faner") as tabs:
        with gr.Tab(text(language, "tabs.ask"), id="ask", elem_id="kv-fane-spor"):
            welcome, examples = _lay_out_welcome(language)
            chat = _lay_out_chat(language)
            with gr.Column(elem_id="kv-skriv"):
                notice = gr.HTML(elem_id="kv-beskjed")
                box, send, stop = _lay_out_line(language)
                choice, strictness, new = _lay_out_below(desk)
        with gr.Tab(text(language, "tabs.sources"), id="sources", elem_id="kv-fane-kilder"):
            lay_out_sources(language, editable=editable)
        evaluation = lay_out_evaluation(measures) if measures else None
        with gr.Tab(text(language, "tabs.about"), id="about", elem_id="kv-fane-om"):
            gr.HTML(render_about(language, desk.kept_in))
    reader = gr.HTML(desk.close(), elem_id="kv-leser", js_on_load=_READER_READY)
    file = gr.HTML("", elem_id="kv-eksportert", js_on_load=_EXPORT_READY)
    rated = gr.HTML("", elem_id="kv-vurdert", js_on_load=_RATING_READY)
    return Page(
        tabs=tabs,
        conversation=gr.State(Conversation()),
        chat=chat,
        welcome=welcome,
        notice=notice,
        box=box,
        send=send,
        stop=stop,
        new=new,
        examples=examples,
        filter=choice,
        strictness=strictness,
        sources=lay_out_signal(language),
        reader=reader,
        rated=rated,
        evaluation=evaluation,
        exported=file,
        history=gr.HTML(render_opened(""), elem_id="kv-historie", js_on_load=_HISTORY_READY),
    )


def _lay_out_welcome(language: Language) -> tuple[gr.Column, tuple[gr.Button, ...]]:
    """What is there until the first question is asked, and the questions that can be asked with a click."""
    with gr.Column(elem_id="kv-start") as welcome:
        gr.HTML(render_welcome(language))
        questions = lines(language, "examples.questions")
        examples = tuple(gr.Button(question, elem_classes="kv-eksempel") for question in questions)
    return welcome, examples


def _lay_out_chat(language: Language) -> gr.Chatbot:
    return gr.Chatbot(
        elem_id="kv-samtale",
        label=text(language, "ask.conversation"),
        show_label=False,
        container=False,
        height=None,
        buttons=[],
        feedback_options=None,
        latex_delimiters=[],
        visible=False,
    )


def _lay_out_line(language: Language) -> tuple[gr.Textbox, gr.Button, gr.Button]:
    """Where a question is written, with the buttons that send it and that stop its answer."""
    with gr.Row(elem_id="kv-linje"):
        box = gr.Textbox(
            elem_id="kv-sporsmal",
            label=text(language, "ask.label"),
            placeholder=text(language, "ask.placeholder"),
            show_label=False,
            container=False,
            lines=1,
            max_lines=6,
            scale=1,
        )
        send = gr.Button(text(language, "ask.submit"), variant="primary", elem_id="kv-send", scale=0)
        stop = gr.Button(text(language, "ask.stop"), elem_id="kv-stopp", scale=0, visible=False)
    return box, send, stop


def _lay_out_below(desk: Desk) -> tuple[SourceFilter, StrictnessChoice, gr.Button]:
    """Below the line: which sources, how sure, the conversation as a file, those kept, and a new one."""
    language = desk.language
    with gr.Row(elem_id="kv-under"):
        choice = lay_out_filter(desk)
        strictness = lay_out_strictness(language)
        gr.HTML(render_export(language), elem_id="kv-eksport")
        if desk.kept_in:
            gr.HTML(render_dialog(language), elem_id="kv-samtaler")
        new = gr.Button(
            text(language, "ask.new"), size="sm", scale=0, elem_id="kv-ny", elem_classes="kv-stille", visible=False
        )
    return choice, strictness, new

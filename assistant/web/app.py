"""The page's components and their events. What happens at an event is ``desk``'s; how it looks is ``page.css``'s."""

import asyncio
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, replace
from typing import Any

import gradio as gr
from gradio.themes.utils.fonts import LocalFont

from assistant.quality import Quality
from assistant.texts import lines, text
from assistant.web.chrome import render_about, render_header, render_welcome
from assistant.web.citing_desk import exported
from assistant.web.citing_view import render_export
from assistant.web.desk import Answering, Conversation, Desk, Outcome, notice
from assistant.web.evaluation_desk import EvaluationDesk
from assistant.web.evaluation_tab import EvaluationTab, lay_out_evaluation, wire_evaluation
from assistant.web.limits import RateLimit
from assistant.web.reading_room import ReadingRoom
from assistant.web.source_filter import Facets, lay_out_facets, wire_facets
from assistant.web.sources_tab import choices, lay_out_signal, lay_out_sources, wire_sources
from assistant.web.watching import Progress
from index.documents.document import Language

QUESTIONS_A_MINUTE, OPENINGS_A_MINUTE = 30, 120
"""What one client may do."""
AT_ONCE = 4
"""Questions answered at the same time; more wait their turn."""
FORGET_AFTER = 3600.0
"""Seconds that a conversation is kept after its page was closed."""
_LOOK_AGAIN = 0.4
"""Seconds between two looks at how far a question has come."""
_READER_READY = "window.kildesvar.reader(element, trigger);"
"""Hands page.js the way to tell the server that a citation was clicked."""
_EXPORT_READY = "window.kildesvar.exporting(element, trigger);"
"""Hands citing.js the way to ask the server for the conversation as a file."""
_RATING_READY = "window.kildesvar.rating(element, trigger);"
"""Hands rating.js the way to tell the server that an answer was rated."""

Updates = tuple[Any, ...]
"""One update for each output of an event, in their order."""
Showing = AsyncIterator[Updates]
"""The page as it changes while an event goes on."""


@dataclass(frozen=True, slots=True)
class Limits:
    """What one client may do; shared by the pages of a server."""

    asking: RateLimit
    opening: RateLimit

    @classmethod
    def usual(cls) -> "Limits":
        """The limits of a page that one household uses."""
        return cls(RateLimit(QUESTIONS_A_MINUTE, 60.0), RateLimit(OPENINGS_A_MINUTE, 60.0))


def theme() -> gr.themes.Base:
    """Only the fonts; the colours are in page.css. The bundled semi-bold cut lacks æ, ø and å."""
    return gr.themes.Base(
        font=[LocalFont("Source Sans Pro", weights=(400, 700)), "system-ui", "sans-serif"],
        font_mono=["ui-monospace", "monospace"],
    )


def build_app(
    assistant: Answering,
    language: Language = Language.BOKMAAL,
    *,
    limits: Limits | None = None,
    quality: Quality | None = None,
    room: ReadingRoom | None = None,
    editable: bool = False,
) -> gr.Blocks:
    """The page in one language.

    With a ``quality``, answers can be rated and measured; where it is ``editable``, documents can be added and removed.
    """
    limits = limits or Limits.usual()
    desk = Desk(assistant, language, asking=limits.asking, opening=limits.opening, quality=quality, room=room)
    blocks: gr.Blocks
    with gr.Blocks(title=text(language, "app.name"), analytics_enabled=False, fill_width=True) as blocks:
        measures = _measures(quality, language)
        page = _lay_out(desk, measures, editable=editable)
        _wire(blocks, page, desk)
        if page.evaluation is not None and measures is not None:
            wire_evaluation(page.evaluation, measures)
            _wire_failed(page, page.evaluation, desk, measures)
    blocks.queue(max_size=64, default_concurrency_limit=16, api_open=False)
    return blocks


def _measures(quality: Quality | None, language: Language) -> EvaluationDesk | None:
    if quality is None or quality.evaluation is None:
        return None
    return EvaluationDesk(quality.evaluation, quality.ratings, language)


@dataclass(frozen=True, slots=True)
class _Page:
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
    filter: gr.Accordion
    facets: Facets
    chosen: gr.CheckboxGroup
    choose_all: gr.Button
    choose_none: gr.Button
    sources: gr.HTML
    """Where the page tells that the documents are others now."""
    reader: gr.HTML
    rated: gr.HTML
    """What the server said of the last rating."""
    evaluation: EvaluationTab | None
    """None where nobody can measure."""
    exported: gr.HTML
    """The conversation as a file, when it was asked for."""

    @property
    def asking(self) -> list[Any]:
        """What asking changes, in the order of ``_shown``."""
        return [self.conversation, self.chat, self.welcome, self.notice, self.box, self.send, self.stop, self.new]


def _lay_out(desk: Desk, measures: EvaluationDesk | None, *, editable: bool) -> _Page:
    language, known = desk.language, desk.sources()

    def say(key: str) -> str:
        return text(language, key)

    gr.HTML(render_header(language), elem_id="kv-topp")
    with gr.Tabs(elem_id="kv-faner") as tabs:
        with gr.Tab(say("tabs.ask"), id="ask", elem_id="kv-fane-spor"):
            with gr.Column(elem_id="kv-start") as welcome:
                gr.HTML(render_welcome(language))
                questions = lines(language, "examples.questions")
                examples = tuple(gr.Button(question, elem_classes="kv-eksempel") for question in questions)
            chat = gr.Chatbot(
                elem_id="kv-samtale",
                label=say("ask.conversation"),
                show_label=False,
                container=False,
                height=None,
                buttons=[],
                feedback_options=None,
                latex_delimiters=[],
                visible=False,
            )
            with gr.Column(elem_id="kv-skriv"):
                notice = gr.HTML(elem_id="kv-beskjed")
                with gr.Row(elem_id="kv-linje"):
                    box = gr.Textbox(
                        elem_id="kv-sporsmal",
                        label=say("ask.label"),
                        placeholder=say("ask.placeholder"),
                        show_label=False,
                        container=False,
                        lines=1,
                        max_lines=6,
                        scale=1,
                    )
                    send = gr.Button(say("ask.submit"), variant="primary", elem_id="kv-send", scale=0)
                    stop = gr.Button(say("ask.stop"), elem_id="kv-stopp", scale=0, visible=False)
                with gr.Row(elem_id="kv-under"):
                    with gr.Accordion(say("filter.all"), open=False, elem_id="kv-utvalg") as choice:
                        facets = lay_out_facets(desk)
                        chosen = gr.CheckboxGroup(
                            choices(known),
                            value=[source.id for source in known],
                            label=say("filter.label"),
                            show_label=False,
                            container=False,
                        )
                        with gr.Row():
                            choose_all = gr.Button(say("filter.choose_all"), size="sm", elem_classes="kv-stille")
                            choose_none = gr.Button(say("filter.choose_none"), size="sm", elem_classes="kv-stille")
                    gr.HTML(render_export(language), elem_id="kv-eksport")
                    new = gr.Button(
                        say("ask.new"), size="sm", scale=0, elem_id="kv-ny", elem_classes="kv-stille", visible=False
                    )
        with gr.Tab(say("tabs.sources"), id="sources", elem_id="kv-fane-kilder"):
            lay_out_sources(language, editable=editable)
        evaluation = lay_out_evaluation(measures) if measures else None
        with gr.Tab(say("tabs.about"), id="about", elem_id="kv-fane-om"):
            gr.HTML(render_about(language))
    reader = gr.HTML(desk.close(), elem_id="kv-leser", js_on_load=_READER_READY)
    file = gr.HTML("", elem_id="kv-eksportert", js_on_load=_EXPORT_READY)
    rated = gr.HTML("", elem_id="kv-vurdert", js_on_load=_RATING_READY)
    return _Page(
        tabs=tabs,
        conversation=gr.State(Conversation(), time_to_live=FORGET_AFTER),
        chat=chat,
        welcome=welcome,
        notice=notice,
        box=box,
        send=send,
        stop=stop,
        new=new,
        examples=examples,
        filter=choice,
        facets=facets,
        chosen=chosen,
        choose_all=choose_all,
        choose_none=choose_none,
        sources=lay_out_signal(language),
        reader=reader,
        rated=rated,
        evaluation=evaluation,
        exported=file,
    )


def _wire(blocks: gr.Blocks, page: _Page, desk: Desk) -> None:
    quiet: dict[str, Any] = {"api_visibility": "private", "show_progress": "hidden"}
    asks: dict[str, Any] = {**quiet, "concurrency_limit": AT_ONCE, "concurrency_id": "ask"}
    ask = _asker(desk)
    inputs = [page.box, page.chosen, page.conversation]
    running: list[Any] = [
        page.box.submit(ask, inputs, page.asking, **asks),
        page.send.click(ask, inputs, page.asking, **asks),
    ]
    for example in page.examples:
        running.append(example.click(ask, [example, page.chosen, page.conversation], page.asking, **asks))

    async def load(request: gr.Request) -> Showing:
        params = dict(request.query_params)
        sources = await asyncio.to_thread(desk.sources)
        everything = [source.id for source in sources]
        opened = desk.close()
        if params.keys() & {"sitat", "kilde"}:
            opened = await asyncio.to_thread(desk.open, params, client=_client(request))
        first = (
            gr.update(choices=choices(sources), value=everything),
            opened,
        )
        rest = (gr.skip(),) * len(first)
        if not params.get("q"):
            yield (*_nothing(page), *first)
            return
        async for update in ask(params["q"], everything, Conversation(), request):
            yield (*update, *first)
            first = rest

    running.append(blocks.load(load, None, [*page.asking, page.chosen, page.reader], **asks))

    def stop(conversation: object) -> Updates:
        return _settled(desk.stop(_own(conversation)), desk)

    page.stop.click(stop, page.conversation, page.asking, cancels=running, **quiet)

    def begin_anew() -> Updates:
        return (*_settled(Outcome(Conversation(), question=""), desk), desk.close())

    page.new.click(begin_anew, None, [*page.asking, page.reader], cancels=running, **quiet)

    def open_source(event: gr.EventData, request: gr.Request) -> str:
        return desk.open(event._data, client=_client(request))

    # Who clicks on before the last place has come wants the newest: none is dropped, and they keep their order.
    page.reader.select(open_source, None, page.reader, trigger_mode="multiple", concurrency_limit=1, **quiet)

    def rate(event: gr.EventData, conversation: object, request: gr.Request) -> str:
        return desk.rate(event._data, _own(conversation), client=_client(request))

    # All of them and in their order: a verdict and a comment may come close upon each other.
    page.rated.select(rate, page.conversation, page.rated, trigger_mode="multiple", concurrency_limit=1, **quiet)

    def export(event: gr.EventData, conversation: object) -> str:
        return exported(event._data, _own(conversation).entries, desk.language)

    page.exported.select(export, page.conversation, page.exported, **quiet)
    wire_facets(page.facets, page.chosen, page.filter, (page.choose_all, page.choose_none), desk, quiet)
    wire_sources(page.sources, page.chosen, page.filter, desk, **quiet)


def _wire_failed(page: _Page, tab: EvaluationTab, desk: Desk, measures: EvaluationDesk) -> None:
    """A click on a failed question asks it in the conversation."""

    async def ask_again(event: gr.EventData, conversation: object, request: gr.Request) -> AsyncIterator[Updates]:
        case = await asyncio.to_thread(measures.case, event._data)
        if case is None:
            gone = Outcome(_own(conversation), notice=notice(text(desk.language, "evaluation.gone")))
            yield (gr.update(selected="ask"), *_settled(gone, desk))
            return
        begun = desk.recall(case, _own(conversation))
        yield (gr.update(selected="ask"), *_shown(begun, desk, notice="", question=None, busy=True))
        ask = asyncio.to_thread(desk.ask, case.question, None, begun, client=_client(request), case=case)
        yield (gr.skip(), *_settled(await ask, desk))

    asks: dict[str, Any] = {"api_visibility": "private", "show_progress": "hidden", "concurrency_limit": AT_ONCE}
    asking = tab.report.select(ask_again, page.conversation, [page.tabs, *page.asking], concurrency_id="ask", **asks)
    page.stop.click(None, None, None, cancels=[asking])


def _asker(desk: Desk) -> Callable[[object, object, object, gr.Request], Showing]:
    async def ask(
        question: object, chosen: object, conversation: object, request: gr.Request
    ) -> AsyncIterator[Updates]:
        begun = desk.begin(question, _own(conversation))
        if begun.asked:
            yield _shown(begun, desk, notice="", question="", busy=True)
        # In a thread that is let go of when the user stops: Gradio's own threads are waited for.
        progress = Progress()
        asking = asyncio.to_thread(desk.ask, question, chosen, begun, client=_client(request), watch=progress)
        answer = asyncio.create_task(asking)
        try:
            while not (await asyncio.wait({answer}, timeout=_LOOK_AGAIN))[0]:
                if news := progress.news():
                    yield _waiting(replace(begun, progress=news), desk)
            yield _settled(answer.result(), desk)
        finally:
            progress.stop()

    return ask


def _waiting(conversation: Conversation, desk: Desk) -> Updates:
    """Only the conversation's last message has changed."""
    return (gr.skip(), gr.update(value=desk.messages(conversation)), *(gr.skip() for _ in range(6)))


def _settled(outcome: Outcome, desk: Desk) -> Updates:
    return _shown(outcome.conversation, desk, notice=outcome.notice, question=outcome.question, busy=False)


def _shown(conversation: Conversation, desk: Desk, *, notice: str, question: str | None, busy: bool) -> Updates:
    """The page in this state of the conversation; the order is ``_Page.asking``'s. A question of None is left alone."""
    messages = desk.messages(conversation)
    return (
        conversation,
        gr.update(value=messages, visible=bool(messages)),
        gr.update(visible=not messages),
        notice,
        gr.skip() if question is None else gr.update(value=question),
        gr.update(visible=not busy),
        gr.update(visible=busy),
        gr.update(visible=bool(messages) and not busy),
    )


def _nothing(page: _Page) -> Updates:
    return (gr.skip(),) * len(page.asking)


def _own(conversation: object) -> Conversation:
    """The conversation that the server kept; a new one where it was forgotten."""
    return conversation if isinstance(conversation, Conversation) else Conversation()


def _client(request: gr.Request) -> str:
    return request.client.host if request.client else ""

"""The page and its events. What happens at an event is ``desk``'s; where things are is ``layout``'s."""

import asyncio
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, replace
from typing import Any

import gradio as gr
from gradio.themes.utils.fonts import LocalFont

from assistant.quality import Quality
from assistant.texts import text
from assistant.web.answering import Answering
from assistant.web.citing_desk import exported
from assistant.web.conversation import Conversation, Outcome
from assistant.web.desk import Desk
from assistant.web.evaluation_desk import EvaluationDesk
from assistant.web.evaluation_tab import EvaluationTab, wire_evaluation
from assistant.web.history_desk import HistoryDesk
from assistant.web.layout import Page, lay_out
from assistant.web.limits import RateLimit
from assistant.web.notice import notice
from assistant.web.reading_room import ReadingRoom
from assistant.web.showing import Showing, Updates, client, nothing, own, settled, shown, waiting
from assistant.web.source_filter import wire_filter
from assistant.web.sources_tab import choices, wire_sources
from assistant.web.strictness_choice import chosen_strictness, updates, wire_strictness
from assistant.web.watching import Progress
from assistant.web.whole import Blocks
from index.documents.document import Language

QUESTIONS_A_MINUTE, OPENINGS_A_MINUTE = 30, 120
"""What one client may do."""
AT_ONCE = 4
"""Questions answered at the same time; more wait their turn."""
_LOOK_AGAIN = 0.4
"""Seconds between two looks at how far a question has come."""
_QUIET: dict[str, Any] = {"api_visibility": "private", "show_progress": "hidden"}
"""Of every event."""
_ASKS: dict[str, Any] = {**_QUIET, "concurrency_limit": AT_ONCE, "concurrency_id": "ask"}
"""Of those that ask a question."""
_Ask = Callable[[object, object, object, object, object, gr.Request], Showing]
"""Question, chosen sources, strictness, and ``Page.known`` as a client sent them -> the page as it changes."""


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
    history: HistoryDesk | None = None,
    editable: bool = False,
) -> gr.Blocks:
    """The page in one language.

    With a ``quality``, answers can be rated and measured, with a ``history`` conversations found again; where it is
    ``editable``, documents can be added and removed.
    """
    limits = limits or Limits.usual()
    desk = Desk(
        assistant,
        language,
        asking=limits.asking,
        opening=limits.opening,
        quality=quality,
        room=room,
        history=history,
    )
    blocks: gr.Blocks
    with Blocks(title=text(language, "app.name"), analytics_enabled=False, fill_width=True) as blocks:
        measures = _measures(quality, language)
        page = lay_out(desk, measures, editable=editable)
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


def _wire(blocks: gr.Blocks, page: Page, desk: Desk) -> None:
    running = _wire_asking(blocks, page, desk)
    wire_strictness(page.strictness, desk.language, _QUIET)
    _wire_turning_away(page, desk, running)
    _wire_beside(page, desk)
    wire_filter(page.filter, desk, _QUIET)
    wire_sources(page.sources, page.filter.chosen, page.filter.listed, page.filter.folded, desk, **_QUIET)


def _wire_asking(blocks: gr.Blocks, page: Page, desk: Desk) -> list[Any]:
    """What asks a question: the line, the examples, and a link that the page is opened with; returns the events."""
    ask, ask_beside = _asker(desk, page, box=""), _asker(desk, page, box=None)
    inputs = [page.box, page.filter.chosen, page.strictness.choice, *page.known]
    # One event for both: Gradio lets no event begin that is still going on.
    running: list[Any] = [gr.on([page.box.submit, page.send.click], ask, inputs, page.asking, **_ASKS)]
    for example in page.examples:
        running.append(example.click(ask_beside, [example, *inputs[1:]], page.asking, **_ASKS))
    shows = [*page.asking, page.filter.chosen, page.filter.listed, page.reader, *page.strictness.shown]
    running.append(
        blocks.load(_loader(desk, page, ask_beside), [page.strictness.kept, page.conversation], shows, **_ASKS)
    )
    return running


def _wire_turning_away(page: Page, desk: Desk, running: list[Any]) -> None:
    """What ends the question that is being asked: stopping it, a new conversation, and one that was kept."""

    def stop(written: object, conversation: object, opened: object) -> Updates:
        return settled(desk.stop(own(conversation, opened, desk), written), desk)

    page.stop.click(stop, [page.box, *page.known], page.asking, cancels=running, **_QUIET)

    def begin_anew() -> Updates:
        return (*settled(Outcome(Conversation(), question=""), desk), desk.close())

    page.new.click(begin_anew, None, [*page.asking, page.reader], cancels=running, **_QUIET)

    def reopen(event: gr.EventData, conversation: object, opened: object, request: gr.Request) -> Updates:
        now = own(conversation, opened, desk)
        return (*settled(desk.reopen(event._data, now, client=client(request)), desk), desk.close())

    page.history.select(reopen, page.known, [*page.asking, page.reader], cancels=running, **_QUIET)


def _wire_beside(page: Page, desk: Desk) -> None:
    """What goes on beside the asking: documents that change, places that are opened, ratings, and files made."""

    def tell_of_documents(conversation: object, opened: object) -> object:
        """Documents have come, gone or changed; while a question is asked, its own updates tell."""
        now = own(conversation, opened, desk)
        return gr.skip() if now.asked or not now.exchanges else gr.update(value=desk.messages(desk.renewed(now)))

    page.sources.select(tell_of_documents, page.known, page.chat, trigger_mode="always_last", **_QUIET)

    def open_source(event: gr.EventData, conversation: object, opened: object, request: gr.Request) -> str:
        return desk.open(event._data, client=client(request), conversation=own(conversation, opened, desk))

    # Who clicks on before the last place has come wants the newest: none is dropped, and they keep their order.
    in_order: dict[str, Any] = {"trigger_mode": "multiple", "concurrency_limit": 1, **_QUIET}
    page.reader.select(open_source, page.known, page.reader, **in_order)

    def rate(event: gr.EventData, conversation: object, opened: object, request: gr.Request) -> str:
        return desk.rate(event._data, own(conversation, opened, desk), client=client(request))

    # All of them and in their order: a verdict and a comment may come close upon each other.
    page.rated.select(rate, page.known, page.rated, **in_order)

    def export(event: gr.EventData, conversation: object, opened: object) -> tuple[str, str]:
        return exported(event._data, own(conversation, opened, desk).entries, desk.language)

    page.exported.select(export, page.known, [page.exported, page.notice], **_QUIET)


def _wire_failed(page: Page, tab: EvaluationTab, desk: Desk, measures: EvaluationDesk) -> None:
    """A click on a failed question asks it in the conversation."""

    async def ask_again(
        event: gr.EventData, conversation: object, opened: object, request: gr.Request
    ) -> AsyncIterator[Updates]:
        now = await asyncio.to_thread(own, conversation, opened, desk)
        if now.asked:
            yield (gr.update(selected="ask"), *nothing(page))
            return
        case = await asyncio.to_thread(measures.case, event._data)
        if case is None:
            gone = Outcome(now, notice=notice(text(desk.language, "evaluation.gone")))
            yield (gr.update(selected="ask"), *settled(gone, desk))
            return
        begun = desk.recall(case, now)
        yield (gr.update(selected="ask"), *shown(begun, desk, notice="", question=None, busy=True))
        ask = asyncio.to_thread(desk.ask, case.question, None, begun, client=client(request), case=case)
        yield (gr.skip(), *settled(await ask, desk))

    asking = tab.report.select(ask_again, page.known, [page.tabs, *page.asking], **_ASKS)
    page.stop.click(None, None, None, cancels=[asking])


def _loader(desk: Desk, page: Page, ask: _Ask) -> Callable[[object, object, gr.Request], Showing]:
    """What the page shows when it is opened: by its link a place in a document, a kept conversation, or a question."""

    async def load(remembered: object, conversation: object, request: gr.Request) -> Showing:
        params = dict(request.query_params)
        sources = await asyncio.to_thread(desk.sources)
        everything = [source.id for source in sources]
        opened = desk.close()
        if params.keys() & {"sitat", "kilde"}:
            opened = await asyncio.to_thread(desk.open, params, client=client(request))
        # Where the documents are the same, all are chosen already, and the visitor may have begun to choose.
        same = sources == page.filter.known
        first = (
            *((gr.skip(), gr.skip()) if same else (gr.update(choices=choices(sources), value=everything), everything)),
            opened,
            *updates(remembered, desk.language),
        )
        rest = (gr.skip(),) * len(first)
        if params.get("samtale"):
            kept = await asyncio.to_thread(desk.reopen, params, Conversation(), client=client(request))
            if kept.conversation.exchanges or not params.get("q"):
                yield (*settled(kept, desk), *first)
                return
        if not params.get("q"):
            yield (*nothing(page), *first)
            return
        async for update in ask(params["q"], everything, remembered, conversation, "", request):
            yield (*update, *first)
            first = rest

    return load


def _asker(desk: Desk, page: Page, *, box: str | None) -> _Ask:
    """What asks; ``box`` is what stands in the question box meanwhile, None what is written there."""

    async def ask(
        question: object,
        chosen: object,
        strictness: object,
        conversation: object,
        opened: object,
        request: gr.Request,
    ) -> AsyncIterator[Updates]:
        now = await asyncio.to_thread(own, conversation, opened, desk)
        if now.asked:  # two answers at a time would each leave out the other
            yield nothing(page)
            return
        begun = await asyncio.to_thread(desk.begin, question, now)  # it may look into documents
        if begun.asked:
            yield shown(begun, desk, notice="", question=box, busy=True)
        # In a thread that is let go of when the user stops: Gradio's own threads are waited for.
        progress = Progress()
        settings: dict[str, Any] = {"strictness": chosen_strictness(strictness), "watch": progress}
        asking = asyncio.to_thread(desk.ask, question, chosen, begun, client=client(request), **settings)
        answer = asyncio.create_task(asking)
        try:
            while not (await asyncio.wait({answer}, timeout=_LOOK_AGAIN))[0]:
                if news := progress.news():
                    yield waiting(replace(begun, progress=news), desk, page)
            yield settled(await asyncio.to_thread(desk.keep, answer.result()), desk)
        finally:
            progress.stop()

    return ask

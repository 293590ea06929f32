"""How far a question has come is shown, and a question that nobody waits for any more ends."""

import asyncio
from threading import Event
from types import SimpleNamespace
from typing import Any

import gradio as gr
import pytest

from assistant.web.app import Limits, _asker
from assistant.web.conversation import Conversation
from assistant.web.desk import Desk
from assistant.web.watching import Progress, Stopped
from index.documents.document import Language
from tests.web.fake import FakeAssistant


def test_only_news_is_told() -> None:
    progress = Progress()
    assert progress.news() is None
    progress(1, 5)
    assert progress.news() == (1, 5)
    assert progress.news() is None


def test_the_search_ends_at_the_next_document() -> None:
    progress = Progress()
    progress.stop()
    with pytest.raises(Stopped):
        progress(2, 5)


class Watched(FakeAssistant):
    """Knows when a search has come to its end, one way or the other."""

    def __init__(self) -> None:
        super().__init__()
        self.ended, self.whole = Event(), False

    def ask(self, *args: Any, **settings: Any) -> Any:  # noqa: ANN401 (as its parent's)
        try:
            answer = super().ask(*args, **settings)
            self.whole = True
            return answer
        finally:
            self.ended.set()


def desk_of(assistant: FakeAssistant) -> Desk:
    limits = Limits.usual()
    return Desk(assistant, Language.BOKMAAL, asking=limits.asking, opening=limits.opening)


def test_stopping_ends_what_goes_on_in_the_thread() -> None:
    assistant = Watched()
    chat = object()
    page: Any = SimpleNamespace(chat=chat, asking=[object(), chat, object()])

    async def ask_and_stop() -> list[str]:
        request: Any = SimpleNamespace(client=None)
        showing = _asker(desk_of(assistant), page, box="")("Tell fergene", None, "normal", Conversation(), "", request)
        await anext(showing)
        update = await anext(showing)
        stopping = asyncio.ensure_future(anext(showing))
        await asyncio.sleep(0.1)
        stopping.cancel()
        await asyncio.gather(stopping, return_exceptions=True)
        assert await asyncio.to_thread(assistant.ended.wait, 5)
        assert len(update) == 3
        return [message["content"] for message in update[1]["value"]]

    shown = asyncio.run(ask_and_stop())
    assert "av 200 dokumenter" in shown[-1]
    assert not assistant.whole


def test_a_stopped_question_leaves_the_conversation_as_it_was() -> None:
    progress, desk = Progress(), desk_of(FakeAssistant())
    progress.stop()
    begun = desk.begin("Tell fergene", Conversation())
    outcome = desk.ask("Tell fergene", None, begun, client="", watch=progress)
    assert outcome.conversation == Conversation()
    assert outcome.notice == ""


def test_while_a_question_is_asked_no_other_begins() -> None:
    assistant = FakeAssistant()
    desk = desk_of(assistant)
    page: Any = SimpleNamespace(chat=object(), asking=[object(), object()])

    async def ask_meanwhile() -> list[Any]:
        request: Any = SimpleNamespace(client=None)
        busy = desk.begin("Hvor lang er kaia?", Conversation())
        return [
            update async for update in _asker(desk, page, box="")("Hvem tar ferge?", None, "normal", busy, "", request)
        ]

    assert asyncio.run(ask_meanwhile()) == [(gr.skip(), gr.skip())], "what is written stays in the box"
    assert assistant.asked == []

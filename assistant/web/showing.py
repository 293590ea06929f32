"""A state of the conversation -> what of the page changes."""

from collections.abc import AsyncIterator
from typing import Any

import gradio as gr

from assistant.web.conversation import Conversation, Outcome
from assistant.web.desk import Desk
from assistant.web.history_view import render_opened
from assistant.web.layout import Page

Updates = tuple[Any, ...]
"""One update for each output of an event, in their order."""
Showing = AsyncIterator[Updates]
"""The page as it changes while an event goes on."""


def waiting(conversation: Conversation, desk: Desk, page: Page) -> Updates:
    """Only the conversation's last message has changed."""
    messages = gr.update(value=desk.messages(conversation))
    return tuple(messages if component is page.chat else gr.skip() for component in page.asking)


def settled(outcome: Outcome, desk: Desk) -> Updates:
    """The page when a request to ask has come to its end."""
    return shown(outcome.conversation, desk, notice=outcome.notice, question=outcome.question, busy=False)


def shown(conversation: Conversation, desk: Desk, *, notice: str, question: str | None, busy: bool) -> Updates:
    """The page in this state of the conversation; the order is ``Page.asking``'s. A question of None is left alone."""
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
        render_opened(conversation.kept),
    )


def nothing(page: Page) -> Updates:
    """The page as it is."""
    return (gr.skip(),) * len(page.asking)


def own(conversation: object, opened: object, desk: Desk) -> Conversation:
    """The conversation that the server has in mind; where it forgot (a new start, say), the kept one that is shown."""
    return desk.remembered(conversation if isinstance(conversation, Conversation) else Conversation(), opened)


def client(request: gr.Request) -> str:
    """By whom a request was sent, as far as limits go."""
    return request.client.host if request.client else ""

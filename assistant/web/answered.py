"""An answer, given just now or long ago -> an exchange of the conversation."""

from collections.abc import Callable
from dataclasses import replace

from assistant.answer import Answer, History
from assistant.export.transcript import entry_of
from assistant.history.turn import KeptTurn, turn_of
from assistant.ratings import is_rateable, rateable
from assistant.since import lost, shown_quotes, with_fates
from assistant.texts import text
from assistant.web.conversation import Conversation, Exchange
from assistant.web.markup import entities
from assistant.web.render import render_answer, said
from index.documents.document import Document, Language

Documents = Callable[[str], Document]
"""A document's id -> the document. Raises ``UnknownDocument``."""


def answered(answer: Answer, history: History, identifier: str, language: Language) -> Exchange:
    """An answer that was just given; ``history`` is what was said before it, ``language`` the page's."""
    return _exchange(answer, history, turn_of(answer, identifier), language)


def reopened(turns: list[KeptTurn], documents: Documents, language: Language) -> tuple[Exchange, ...]:
    """The exchanges of a kept conversation, as they were; what can no more be opened or read says so."""
    conversation = Conversation()
    for turn in turns:
        exchange = _reopened(turn, conversation.history(), documents, language)
        conversation = replace(conversation, exchanges=(*conversation.exchanges, exchange))
    return conversation.exchanges


def renewed(conversation: Conversation, documents: Documents, language: Language) -> Conversation:
    """The conversation, where answers that quote documents which have gone, or read otherwise now, say so."""
    exchanges = list(conversation.exchanges)
    gone = lost({quote for exchange in exchanges for quote in exchange.quoted}, documents)
    for place, exchange in enumerate(exchanges):
        if exchange.turn and exchange.quoted & gone:
            history = Conversation(tuple(exchanges[:place])).history()
            fresh = _reopened(exchange.turn, history, documents, language)
            exchanges[place] = replace(fresh, owed=exchange.owed)
    return replace(conversation, exchanges=tuple(exchanges))


def _reopened(turn: KeptTurn, history: History, documents: Documents, language: Language) -> Exchange:
    try:
        answer = with_fates(turn.answer(), documents)
    except ValueError:
        words = entities(text(language, "history.unreadable"))
        return Exchange(turn.question, f'<div class="kv-svar"><p class="kv-nei">{words}</p></div>', "")
    return _exchange(answer, history, turn, language)


def _exchange(answer: Answer, history: History, turn: KeptTurn, language: Language) -> Exchange:
    return Exchange(
        answer.question,
        render_answer(answer, page_language=language),
        said(answer),
        id=turn.id,
        rateable=rateable(answer, tuple(history)) if is_rateable(answer) else None,
        entry=entry_of(answer, page_language=language),
        turn=turn,
        quoted=shown_quotes(answer),
        understood=answer.standalone_question,
    )

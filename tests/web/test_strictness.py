"""How sure an answer must be, as the page asks it: what a client may send, what the assistant is told, what is said."""

import pytest

from assistant.strictness import Strictness
from assistant.web.app import Limits
from assistant.web.conversation import Conversation
from assistant.web.desk import Desk
from assistant.web.render import render_answer
from assistant.web.strictness_choice import chosen_strictness, updates
from index.documents.document import Language
from tests.web.fake import HARBOUR, FakeAssistant, make_answer, quote_of
from tests.web.reading import Reading

FERRIES = quote_of(HARBOUR, "Fergene går hver halvtime.")


def told(html: str) -> list[str]:
    """What an answer says of where and how it searched."""
    reading = Reading(html)
    return [*reading.texts("span", "kv-sokt"), *reading.texts("p", "kv-sokt")]


@pytest.mark.parametrize("sent", ["strict", Strictness.STRICT])
def test_one_of_the_three_is_taken(sent: object) -> None:
    assert chosen_strictness(sent) is Strictness.STRICT


@pytest.mark.parametrize("sent", [None, "", "STRICT", "streng", 0.98, ["strict"], {"strict": 1}])
def test_whatever_else_a_client_sends_is_the_usual(sent: object) -> None:
    assert chosen_strictness(sent) is Strictness.NORMAL


@pytest.mark.parametrize(
    ("language", "label"),
    [
        (Language.BOKMAAL, "Krav til svar: åpent"),
        (Language.NYNORSK, "Krav til svar: ope"),
        (Language.ENGLISH, "Answers: open"),
    ],
)
def test_what_the_browser_kept_is_chosen_and_said(language: Language, label: str) -> None:
    fold, choice = updates("open", language)
    assert (fold["label"], choice["value"]) == (label, "open")


def test_the_assistant_is_told() -> None:
    assistant, limits = FakeAssistant(), Limits.usual()
    desk = Desk(assistant, Language.BOKMAAL, asking=limits.asking, opening=limits.opening)
    outcome = desk.ask("Når går fergene?", None, Conversation(), client="a", strictness=Strictness.STRICT)
    assert assistant.strictness == [Strictness.STRICT]
    (exchange,) = outcome.conversation.exchanges
    assert told(exchange.reply) == ["Lette i 3 av 3 kilder, strengt krav til svaret"]


@pytest.mark.parametrize("answered", [True, False])
def test_an_answer_says_how_sure_it_had_to_be(answered: bool) -> None:
    answer = make_answer("Når går fergene?", [FERRIES], answered=answered, strictness=Strictness.OPEN)
    assert told(render_answer(answer, page_language=Language.BOKMAAL)) == [
        "Lette i 3 av 3 kilder, åpent krav til svaret"
    ]
    undecided = make_answer("Når går fergene?", [FERRIES], answered=answered)
    assert told(render_answer(undecided, page_language=Language.BOKMAAL)) == ["Lette i 3 av 3 kilder"]

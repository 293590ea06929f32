"""Requests from the page, honest and forged."""

import logging

import pytest

from assistant.answer import Role, Turn
from assistant.web.address import address_of
from assistant.web.conversation import MAX_EXCHANGES, Conversation, Exchange
from assistant.web.desk import Desk
from assistant.web.limits import RateLimit
from index.documents.document import Language
from index.errors import IndexDamaged
from tests.web.fake import DOCUMENTS, HARBOUR, SCHOOL, FakeAssistant, quote_of
from tests.web.reading import Reading

EVERYTHING = [document.id for document in DOCUMENTS]
QUAY = quote_of(HARBOUR, "Kaia er 140 meter lang og koster 12 millioner kroner i året.", short="140 meter")


@pytest.fixture
def assistant() -> FakeAssistant:
    return FakeAssistant()


def desk_of(assistant: FakeAssistant, *, language: Language = Language.BOKMAAL, events: int = 100) -> Desk:
    return Desk(assistant, language, asking=RateLimit(events, 60.0), opening=RateLimit(events, 60.0))


@pytest.fixture
def desk(assistant: FakeAssistant) -> Desk:
    return desk_of(assistant)


def test_asking_adds_question_and_answer(desk: Desk, assistant: FakeAssistant) -> None:
    begun = desk.begin("Hvor lang er kaia?", Conversation())
    assert begun.asked == "Hvor lang er kaia?"
    assert "Leter i kildene" in begun.messages(Language.BOKMAAL)[-1]["content"]
    outcome = desk.ask("Hvor lang er kaia?", EVERYTHING, begun, client="a")
    assert (outcome.notice, outcome.question, outcome.conversation.asked) == ("", None, "")
    roles = [message["role"] for message in outcome.conversation.messages(Language.BOKMAAL)]
    assert roles == ["user", "assistant"]
    assert assistant.asked == [("Hvor lang er kaia?", (), None)]


def test_a_follow_up_takes_what_was_said_along(desk: Desk, assistant: FakeAssistant) -> None:
    first = desk.ask("Hvor lang er moloen?", EVERYTHING, Conversation(), client="a").conversation
    desk.ask("Og kaia?", EVERYTHING, first, client="a")
    history = assistant.asked[-1][1]
    assert [turn.role for turn in history] == [Role.USER, Role.ASSISTANT]
    assert history[0] == Turn(Role.USER, "Hvor lang er moloen?", "Hvor lang er moloen?")
    assert "Moloen" in history[1].content and "<" not in history[1].content


def test_a_chosen_part_of_the_sources(desk: Desk, assistant: FakeAssistant) -> None:
    desk.ask("ferge", [SCHOOL.id], Conversation(), client="a")
    assert assistant.asked[-1][2] == frozenset({SCHOOL.id})
    outcome = desk.ask("ferge", [], Conversation(), client="a")
    assert "Velg minst én kilde" in Reading(outcome.conversation.exchanges[-1].reply).all_text


@pytest.mark.parametrize(
    ("question", "message"),
    [
        ("", "Spørsmålet er tomt."),
        (" \n\t ", "Spørsmålet er tomt."),
        ("?!", "Det er ingen ord i spørsmålet."),
        ("å" * 10_000, "Spørsmålet er på 10000 tegn, og det lengste som kan stilles, er 1000."),
        (None, "Spørsmålet er tomt."),
        ({"role": "user"}, "Spørsmålet er tomt."),
    ],
)
def test_a_question_that_cannot_be_asked_is_told_and_kept(desk: Desk, question: object, message: str) -> None:
    begun = desk.begin(question, Conversation())
    outcome = desk.ask(question, EVERYTHING, begun, client="a")
    assert message in Reading(outcome.notice).all_text
    assert outcome.conversation == Conversation()
    assert outcome.question == (question if isinstance(question, str) else "")


@pytest.mark.parametrize("chosen", [["d0123456789abcdef"], [["nested"]], [{"a": 1}], ["../x" * 10_000]])
def test_forged_sources_are_refused(desk: Desk, assistant: FakeAssistant, chosen: list[object]) -> None:
    outcome = desk.ask("ferge", chosen, Conversation(), client="a")
    assert "Valget av kilder er ikke gyldig" in outcome.notice
    assert not assistant.asked


def test_trouble_is_told_without_its_insides(desk: Desk, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.ERROR):
        outcome = desk.ask("krasj nå", EVERYTHING, Conversation(), client="a")
    assert "Noe gikk galt i Kildesvar" in outcome.notice
    assert "hemmelig" not in outcome.notice
    assert "hemmelig" in caplog.text, "the log has it"


def test_an_error_of_ours_is_told_in_the_pages_language(monkeypatch: pytest.MonkeyPatch) -> None:
    assistant = FakeAssistant()

    def damaged(*_: object, **__: object) -> None:
        raise IndexDamaged(directory="/indeks", problem="<b>sum</b>")

    monkeypatch.setattr(assistant, "ask", damaged)
    outcome = desk_of(assistant, language=Language.NYNORSK).ask("ferge", EVERYTHING, Conversation(), client="a")
    assert Reading(outcome.notice).all_text.startswith("Indeksen i «/indeks» er skadd: <b>sum</b>.")
    assert "<b>" not in outcome.notice


def test_too_many_questions() -> None:
    desk = desk_of(FakeAssistant(), events=1)
    assert not desk.ask("ferge", EVERYTHING, Conversation(), client="a").notice
    refused = desk.ask("ferge igjen", EVERYTHING, Conversation(), client="a")
    assert "Prøv igjen om" in refused.notice and refused.question == "ferge igjen"
    assert not desk.ask("ferge", EVERYTHING, Conversation(), client="b").notice


def test_stopping_puts_the_question_back(desk: Desk) -> None:
    said = Conversation((Exchange("før", "<p>svar</p>", "svar"),))
    outcome = desk.stop(desk.begin("Hvor lang er kaia?", said))
    assert outcome.question == "Hvor lang er kaia?"
    assert outcome.conversation == said
    assert "Stoppet" in outcome.notice
    assert desk.stop(desk.begin("Hvor lang er kaia?", said), " \n").question == "Hvor lang er kaia?"
    assert desk.stop(desk.begin("Hvor lang er kaia?", said), "Og hva").question is None, "what is written stays"


def test_a_long_conversation_lets_go_of_its_beginning(desk: Desk) -> None:
    said = Conversation(tuple(Exchange(str(n), "", "") for n in range(MAX_EXCHANGES)))
    outcome = desk.ask("ferge", EVERYTHING, said, client="a")
    assert len(outcome.conversation.exchanges) == MAX_EXCHANGES
    assert outcome.conversation.exchanges[0].question == "1"
    assert outcome.conversation.exchanges[-1].question == "ferge"


def test_opening_a_quote_marks_it_and_its_short_answer(desk: Desk) -> None:
    assert QUAY.short
    other = quote_of(HARBOUR, "Fergene går hver halvtime.")
    request = {
        "sitat": str(address_of(QUAY)),
        "kort": f"{QUAY.short.start}-{QUAY.short.end}",
        "andre": [str(address_of(QUAY)), "tull", None, str(address_of(other))],
    }
    pane = Reading(desk.open(request, client="a"))
    assert "".join(pane.texts("mark", "kv-her")) == QUAY.text
    assert pane.texts("mark", "kv-kort") == ["140 meter"]
    assert pane.texts("mark", "kv-annet") == [other.text]


def test_a_short_answer_outside_its_quote_is_not_marked(desk: Desk) -> None:
    pane = Reading(desk.open({"sitat": str(address_of(QUAY)), "kort": "0-4"}, client="a"))
    assert not pane.texts("mark", "kv-kort")


def test_opening_a_whole_document(desk: Desk) -> None:
    pane = Reading(desk.open({"kilde": SCHOOL.id, "sitat": ""}, client="a"))
    assert pane.texts("h2") == ["Skulen ved fjorden"] and not pane.texts("mark")


@pytest.mark.parametrize(
    "request_",
    [
        None,
        "d0123456789abcdef:1-2",
        {},
        {"sitat": "tull"},
        {"sitat": "d0123456789abcdef:1-2"},
        {"sitat": f"{HARBOUR.id}:5-5"},
        {"sitat": f"{HARBOUR.id}:0-999999999"},
        {"sitat": ["a"], "kilde": 7},
        {"kilde": "d0123456789abcdef"},
        {"kilde": "../../etc/passwd"},
    ],
)
def test_a_bad_link_is_told(desk: Desk, request_: object) -> None:
    pane = Reading(desk.open(request_, client="a"))
    assert pane.texts("p", "kv-feil")[0].startswith("Lenken peker ikke på et sted i en kilde.")


def test_the_pane_is_emptied_where_an_answer_quotes_nothing(desk: Desk) -> None:
    assert desk.open({"lukk": True, "sitat": str(address_of(QUAY))}, client="a") == desk.close()


def test_forged_others_do_no_harm(desk: Desk) -> None:
    for others in (None, "a", {"a": 1}, [[1]] * 5, [str(address_of(QUAY))] * 100_000):
        assert "kv-her" in desk.open({"sitat": str(address_of(QUAY)), "andre": others}, client="a")


def test_too_many_openings() -> None:
    desk = desk_of(FakeAssistant(), events=1)
    desk.open({"kilde": SCHOOL.id}, client="a")
    assert "Prøv igjen om" in desk.open({"kilde": SCHOOL.id}, client="a")

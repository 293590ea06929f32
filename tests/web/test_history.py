"""Kept conversations in the page, without a browser: keeping, opening again, removed documents, requests forged."""

import asyncio
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import date
from math import inf
from pathlib import Path
from urllib.parse import parse_qs

import gradio as gr
import pytest
from starlette.testclient import TestClient

from assistant.history.store import History, Keeping
from assistant.history.turn import KeptConversation
from assistant.quality import Case, Quality
from assistant.ratings import Ratings
from assistant.texts import LANGUAGES
from assistant.web.app import build_app
from assistant.web.conversation import Conversation
from assistant.web.desk import Desk
from assistant.web.history_desk import HistoryDesk
from assistant.web.history_view import CONVERSATIONS, render_dialog, render_list, render_opened
from assistant.web.limits import RateLimit
from assistant.web.server import make_server
from index.documents.document import Document, Language
from index.errors import DocumentReplaced
from tests.web.fake import DOCUMENTS, HARBOUR, HOSTILE, SCHOOL, FakeAssistant
from tests.web.reading import Reading

OURS = {"x-kildesvar": "1"}
NB = Language.BOKMAAL


@pytest.fixture
def history(tmp_path: Path) -> History:
    return History(tmp_path)


@pytest.fixture
def assistant() -> FakeAssistant:
    return FakeAssistant()


def desk_of(assistant: FakeAssistant, history: History | None, language: Language = NB) -> Desk:
    limit = RateLimit(1000, 60.0)
    keeping = HistoryDesk(history, assistant.document) if history else None
    quality = Quality(Ratings(history.path.with_name("ratings.sqlite"))) if history else None
    return Desk(assistant, language, asking=limit, opening=limit, quality=quality, history=keeping)


@pytest.fixture
def desk(assistant: FakeAssistant, history: History) -> Desk:
    return desk_of(assistant, history)


def talked(desk: Desk, *questions: str, before: Conversation | None = None) -> Conversation:
    """A conversation of these questions, kept as the page keeps it."""
    conversation = before or Conversation()
    for question in questions:
        outcome = desk.keep(desk.ask(question, None, desk.begin(question, conversation), client="a"))
        assert outcome.notice == ""
        conversation = outcome.conversation
    return conversation


def opened(desk: Desk, identifier: object) -> Conversation:
    return desk.reopen({"samtale": identifier}, Conversation(), client="a").conversation


def test_a_conversation_is_opened_as_it_was_and_goes_on(desk: Desk, assistant: FakeAssistant, history: History) -> None:
    said = talked(desk, "Hvor lang er kaia?", "Kva med elevane?", "Går det ferge til månen?")
    assert len(history.conversations()) == 1
    again = opened(desk_of(assistant, history), said.kept)
    assert desk.messages(again) == desk.messages(said)
    assert desk.reopen({"samtale": said.kept}, said, client="a").question is None, "what is written in the box stays"
    assert again.entries == said.entries and again.rateable == said.rateable
    assert again.history() == said.history()
    talked(desk, "Og ferga?", before=again)
    assert assistant.asked[-1][1] == said.history(), "a follow-up sees what was said"
    assert history.conversations()[0].questions == 4


def test_what_the_server_forgot_is_the_kept_conversation_that_the_page_shows(
    desk: Desk, assistant: FakeAssistant, history: History
) -> None:
    said = talked(desk, "Hvor lang er kaia?")
    anew, empty = desk_of(assistant, history), Conversation()
    assert anew.remembered(empty, render_opened(said.kept)) == opened(desk, said.kept)
    assert anew.remembered(said, render_opened("")) is said
    for other in (render_opened(""), render_opened("s" + "0" * 16), "", None, '<p data-samtale="s../../x"></p>'):
        assert anew.remembered(empty, other) is empty
    assert desk_of(assistant, None).remembered(empty, render_opened(said.kept)) is empty


def test_a_page_that_stays_open_is_not_forgotten(assistant: FakeAssistant) -> None:
    async def built() -> gr.Blocks:  # Gradio wants a loop to be running
        return build_app(assistant)

    states = [it for it in asyncio.run(built()).blocks.values() if isinstance(it, gr.State)]
    assert states and all(it.time_to_live == inf for it in states)


def test_a_rating_is_shown_when_the_conversation_is_opened_again(desk: Desk) -> None:
    said = talked(desk, "Hvor lang er kaia?")
    desk.rate({"svar": said.exchanges[0].id, "dom": "right"}, said, client="a")
    shown = Reading(desk.messages(opened(desk, said.kept))[-1]["content"])
    assert [it["value"] for it in shown.attributes("input") if "checked" in it] == ["right"]


def test_quotes_of_a_removed_document_say_so_and_lead_nowhere(desk: Desk, assistant: FakeAssistant) -> None:
    said = talked(desk, "Hvor lang er kaia?", "Kor mange elevar har skulen?")
    assistant.documents = tuple(it for it in DOCUMENTS if it is not HARBOUR)
    for conversation in (opened(desk, said.kept), desk.begin("Og?", said), desk.renewed(said)):
        gone, stays = (Reading(it.reply) for it in conversation.exchanges)
        assert HARBOUR.text[50:110] in gone.all_text, "the past answer stays"
        assert all(it.startswith("Dokumentet er fjernet") for it in gone.texts("span", "kv-siden"))
        assert gone.texts("span", "kv-siden") and not [it for it in gone.attributes("a") if HARBOUR.id in it["href"]]
        assert SCHOOL.id in stays.attributes("a", "kv-kilde")[0]["href"] and not stays.texts("span", "kv-siden")
    assert desk.renewed(desk.renewed(said)) == desk.renewed(said)
    was, now = said.exchanges[0].entry, desk.renewed(said).exchanges[0].entry
    assert was and now and all(it.since.startswith("Dokumentet er fjernet") for it in now.quotes)
    assert [replace(it, since="") for it in now.quotes] == list(was.quotes), "an export is as it was, and says so too"


def test_quotes_of_a_changed_document_are_never_marked_elsewhere(desk: Desk, assistant: FakeAssistant) -> None:
    said = talked(desk, "Hvor lang er kaia?", "Kor mange elevar har skulen?")
    [first, *_] = Reading(said.exchanges[0].reply).attributes("a", "kv-kilde")
    asked = {"sitat": parse_qs(first["href"].removeprefix("?"))["sitat"][0]}
    assert "kv-her" in desk.open(asked, client="a", conversation=said)
    for text in ("Noe ble lagt til. " + HARBOUR.text, "Lite er igjen."):
        assistant.documents = (replace(HARBOUR, text=text, blocks=(), pages=()), SCHOOL)
        for conversation in (opened(desk, said.kept), desk.begin("Og?", said), desk.renewed(said)):
            changed, stays = (Reading(it.reply) for it in conversation.exchanges)
            assert changed.texts("span", "kv-siden")[0].startswith("Teksten i dokumentet er endret")
            assert not changed.attributes("a", "kv-kilde")
            assert stays.attributes("a", "kv-kilde") and not stays.texts("span", "kv-siden")
        assert "Teksten i dokumentet er endret" in desk.open(asked, client="a", conversation=said)
    assert desk.renewed(desk.renewed(said)) == desk.renewed(said)


def test_a_new_edition_can_be_opened(assistant: FakeAssistant, history: History) -> None:
    said = talked(desk_of(assistant, history), "Hvor lang er kaia?")

    class Replaced(FakeAssistant):
        def document(self, document_id: str) -> Document:
            raise DocumentReplaced(document=document_id, successor=SCHOOL.id)

    reply = Reading(opened(desk_of(Replaced(), history), said.kept).exchanges[0].reply)
    assert "nyere utgave" in reply.texts("span", "kv-siden")[0]
    assert {it["href"] for it in reply.attributes("a")} == {f"?kilde={SCHOOL.id}"}


def test_two_pages_of_one_conversation_and_one_that_is_deleted_meanwhile(desk: Desk, history: History) -> None:
    said = talked(desk, "Hvor lang er kaia?")
    other = opened(desk, said.kept)
    talked(desk, "Fra den andre siden?", before=other)
    said = talked(desk, "Fra den første?", before=said)
    assert [it.question for it in history.conversation(said.kept)[1]] == [
        "Hvor lang er kaia?",
        "Fra den andre siden?",
        "Fra den første?",
    ]
    history.delete(said.kept)
    after = talked(desk, "Etterpå?", before=said)
    assert after.kept != said.kept and len(after.exchanges) == 3
    assert [it.question for it in history.conversation(after.kept)[1]] == ["Etterpå?"], "what was deleted stays so"


def test_turned_off_nothing_is_written_then_or_later(desk: Desk, history: History) -> None:
    history.switch(on=False)
    said = talked(desk, "Hvor lang er kaia?")
    assert said.kept == "" and not history.path.exists()
    history.switch(on=True)
    said = talked(desk, "Og ferga?", before=said)
    assert [it.question for it in history.conversation(said.kept)[1]] == ["Og ferga?"]


def test_started_without_history_and_without_a_place_for_it(assistant: FakeAssistant, tmp_path: Path) -> None:
    unkept = History(tmp_path, keep=False)
    assert talked(desk_of(assistant, unkept), "Hvor lang er kaia?").kept == "" and not unkept.path.exists()
    desk = desk_of(assistant, None)
    assert talked(desk, "Hvor lang er kaia?").kept == "" and desk.kept_in == ""
    assert "ikke blir tatt vare på" in desk.reopen({"samtale": "s" + "0" * 16}, Conversation(), client="a").notice


def test_trouble_is_told_once_and_what_was_not_kept_is_kept_later(desk: Desk, history: History) -> None:
    history.path.mkdir()  # stands in the way
    first = desk.keep(desk.ask("Hvor lang er kaia?", None, Conversation(), client="a"))
    assert "kan ikke lagres" in first.notice and len(first.conversation.exchanges) == 1, "the chat goes on"
    second = desk.keep(desk.ask("Og ferga?", None, first.conversation, client="a"))
    assert second.notice == "", "said once"
    history.path.rmdir()
    third = desk.keep(desk.ask("Og båten?", None, second.conversation, client="a"))
    kept = [it.question for it in history.conversation(third.conversation.kept)[1]]
    assert kept == ["Hvor lang er kaia?", "Og ferga?", "Og båten?"]


def test_a_damaged_history_is_told_and_the_answer_is_kept_in_a_new_one(desk: Desk, history: History) -> None:
    said = talked(desk, "Hvor lang er kaia?")
    history.path.write_bytes(b"ikke en database" * 500)
    outcome = desk.keep(desk.ask("Og ferga?", None, said, client="a"))
    assert "lagt til side" in outcome.notice and len(outcome.conversation.exchanges) == 2
    assert [it.question for it in history.conversation(outcome.conversation.kept)[1]] == ["Og ferga?"]


def test_an_answer_that_cannot_be_read_is_told_in_its_place(desk: Desk, history: History) -> None:
    said = talked(desk, "Hvor lang er kaia?", "Og ferga?")
    with closing(sqlite3.connect(history.path)) as connection, connection:
        connection.execute("UPDATE turns SET record = '{\"version\": 99}' WHERE number = 1")
    again = opened(desk, said.kept)
    assert "Svaret kan ikke vises" in Reading(again.exchanges[0].reply).all_text
    assert again.exchanges[1].reply == said.exchanges[1].reply


@pytest.mark.parametrize(
    "identifier", [None, 7, ["s"], "", "s0123456789abcdef", "../../etc/passwd", "<b>x</b>", "s" * 9999]
)
def test_a_forged_conversation_is_told_and_the_present_one_stays(desk: Desk, identifier: object) -> None:
    said = talked(desk, "Hvor lang er kaia?")
    for request in ({"samtale": identifier}, identifier):
        outcome = desk.reopen(request, said, client="a")
        assert "Det finnes ingen samtale" in outcome.notice and outcome.conversation == said
        assert "<b>" not in outcome.notice and len(outcome.notice) < 300


def test_questions_that_are_asked_to_measure_are_not_kept(desk: Desk, history: History) -> None:
    case = Case("Hvor lang er kaia?", (), (), complete=True, kind="feil")
    begun = desk.recall(case, Conversation())
    outcome = desk.keep(desk.ask(case.question, None, begun, client="a", case=case))
    assert outcome.conversation.kept == "" and not history.path.exists()


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_people_wrote_is_text_in_the_list(language: Language) -> None:
    one = KeptConversation(
        "s0123456789abcdef", HOSTILE, "2026-05-03T10:00:00+00:00", "2026-05-03T10:00:00+00:00", 1, HOSTILE
    )
    html = render_list([one], HOSTILE, one.id, language, more=True, keeping=Keeping.OFF, file=HOSTILE)
    shown = Reading(html)
    assert shown.texts("span", "kv-hist-navn") == [HOSTILE]
    assert [it["value"] for it in shown.attributes("input") if it.get("name") == "navn"] == [HOSTILE]
    assert not shown.attributes("img") and shown.attributes("button", "kv-hist-apne")[0]["aria-current"] == "true"
    assert all(it.get("aria-label") for it in shown.attributes("summary") if "title" in it)
    assert Reading(render_dialog(language)).texts("h2")


def test_days_are_told_by_the_machine_s_own_clock() -> None:
    def one(changed: str) -> KeptConversation:
        return KeptConversation("s0123456789abcdef", "x", changed, changed, 2)

    noon = [f"{day}T12:00:00+00:00" for day in ("2026-05-20", "2026-05-19", "2026-05-15", "2026-05-01", "2025-12-31")]
    shown = Reading(
        render_list(
            [one(it) for it in noon], "", "", NB, more=False, keeping=Keeping.ON, file="f", today=date(2026, 5, 20)
        )
    )
    assert shown.texts("h3") == ["I dag", "I går", "Siste sju dager", "mai 2026", "desember 2025"]
    assert ["." in it and "mai" not in it for it in shown.texts("span", "kv-hist-om")[:2]] == [True, True]
    assert "31. desember" in shown.texts("span", "kv-hist-om")[-1]


@pytest.fixture
def client(assistant: FakeAssistant, history: History) -> Iterator[TestClient]:
    with TestClient(make_server(assistant, history=history), base_url="http://127.0.0.1:7860") as client:
        yield client


def test_listing_searching_renaming_deleting_and_switching(client: TestClient, desk: Desk, history: History) -> None:
    one, other = talked(desk, "Hvor lang er kaia?").kept, talked(desk, "Kor mange elevar?").kept

    def listed(**fields: str) -> list[str]:
        page = Reading(client.get(CONVERSATIONS, params=fields, headers=OURS).json()["html"])
        return [it["data-samtale"] for it in page.attributes("li")]

    def act(**fields: object) -> dict[str, str]:
        answer: dict[str, str] = client.post(CONVERSATIONS, json=fields, headers=OURS, params={"lang": "nb"}).json()
        return answer

    assert listed() == [other, one] and listed(sok="millioner") == [one] and listed(antall="1") == [other]
    assert listed(antall="x") == [other, one] == listed(antall="9" * 9)
    assert act(gjor="navn", samtale=one, navn="  Kaia ")["sagt"] == "Samtalen heter nå «Kaia»."
    assert act(gjor="slett", samtale=other) == {"sagt": "Samtalen er slettet.", "slettet": other}
    assert "Det finnes ingen samtale" in act(gjor="slett", samtale=other)["feil"]
    assert act(gjor="ikke_behold")["sagt"].startswith("Nye spørsmål og svar blir ikke") and history.keeping == "off"
    assert act(gjor="behold") and history.keeping == "on"
    assert act(gjor="slett_alle")["slettet"] == "alle" and listed() == []


@pytest.mark.parametrize("body", [b"", b"{", b"[]", b"null", b'{"gjor": "alt"}', b'{"gjor": "slett"}', b"[" * 90_000])
def test_forged_requests_are_told(client: TestClient, body: bytes) -> None:
    answer = client.post(CONVERSATIONS, content=body, headers=OURS)
    assert answer.status_code == 200 and answer.json()["feil"]


def test_only_the_page_itself_may_ask(client: TestClient, desk: Desk) -> None:
    kept = talked(desk, "Hvor lang er kaia?").kept
    assert client.get(CONVERSATIONS).status_code == 403
    assert client.post(CONVERSATIONS, json={"gjor": "slett_alle"}).status_code == 403
    foreign = {**OURS, "origin": "http://elsewhere.example"}
    assert client.post(CONVERSATIONS, json={"gjor": "slett_alle"}, headers=foreign).status_code == 403
    assert kept in client.get(CONVERSATIONS, headers=OURS).json()["html"]


@pytest.mark.parametrize("form", ["md", "docx", "html"])
def test_a_conversation_as_a_file(client: TestClient, desk: Desk, form: str) -> None:
    kept = talked(desk, "Hvor lang er kaia?").kept
    answer = client.get(f"{CONVERSATIONS}/{kept}.{form}")
    assert answer.status_code == 200 and "attachment" in answer.headers["content-disposition"]
    assert form == "docx" or "Kaia er 140 meter lang" in answer.text.replace("&#32;", " ")


@pytest.mark.parametrize("form", ["md", "html"])
def test_in_a_file_too_quotes_of_a_removed_document_say_so(
    client: TestClient, desk: Desk, assistant: FakeAssistant, form: str
) -> None:
    file = f"{CONVERSATIONS}/{talked(desk, 'Hvor lang er kaia?').kept}.{form}"
    assert "Dokumentet er fjernet" not in client.get(file).text.replace("&#32;", " ")
    assistant.documents = tuple(it for it in DOCUMENTS if it is not HARBOUR)
    assert "Dokumentet er fjernet" in client.get(file).text.replace("&#32;", " ")


@pytest.mark.parametrize("name", ["s0123456789abcdef.md", "x.md", "s0123456789abcdef.exe", "..%2f..%2fetc"])
def test_a_file_that_is_not_there(client: TestClient, name: str) -> None:
    assert client.get(f"{CONVERSATIONS}/{name}").status_code == 404


def test_the_page_says_where_conversations_lie_or_that_they_do_not(client: TestClient, history: History) -> None:
    assert str(history.path) in client.get("/config").text and "kv-hist-knapp" in client.get("/config").text
    with TestClient(make_server(FakeAssistant()), base_url="http://127.0.0.1:7860") as without:
        assert "kv-hist-knapp" not in without.get("/config").text
        assert "blir ikke lagret" in without.get("/config").text
        assert without.get(CONVERSATIONS, headers=OURS).status_code == 404

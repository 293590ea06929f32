"""The Kilder tab without a browser: what requests do, what is refused, and how it looks as HTML."""

import json
from collections.abc import Iterator
from dataclasses import replace
from types import SimpleNamespace
from typing import Any
from urllib.parse import quote

import pytest
from starlette.testclient import TestClient

from assistant.assistant import Assistant
from assistant.intake.intake import Progress
from assistant.intake.item import Edition, EditionChoice, Item, Outcome, Problem, Result, State
from assistant.intake.staging import DIRECTORY
from assistant.reader.matching import MatchingReader
from assistant.shelf import Shelf, Shelved
from assistant.web import gate
from assistant.web.desk import Desk
from assistant.web.limits import RateLimit
from assistant.web.server import make_server
from assistant.web.sources_routes import FILES, SHELF
from assistant.web.sources_tab import followed, wire_sources
from assistant.web.sources_view import render_documents, render_item, render_tab, time_left
from index.documents.document import Language
from index.encoder import HashingEncoder
from index.engines.embedded import EmbeddedEngine
from index.language import Analyser
from tests.waiting import wait
from tests.web.fake import DOCUMENTS, HARBOUR, HOSTILE, FakeAssistant
from tests.web.reading import Reading

OURS = {"x-kildesvar": "1"}
BOKMAAL = Language.BOKMAAL
ITEM = Item("1", "plan.txt", 3, "ab")
EDITION = Edition("d2", "Gammel", 0.714)


@pytest.fixture(scope="module")
def shelf(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Shelf]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("KILDESVAR_ENCODER", "hashing")
        with EmbeddedEngine.open(tmp_path_factory.mktemp("index"), HashingEncoder()) as engine, Shelf(engine) as shelf:
            yield shelf


@pytest.fixture(scope="module")
def client(shelf: Shelf) -> Iterator[TestClient]:
    assistant = Assistant(shelf._engine, MatchingReader(HashingEncoder(), Analyser()))
    with TestClient(make_server(assistant, shelf=shelf), base_url="http://127.0.0.1:7860") as client:
        yield client


def hand_in(client: TestClient, name: str, data: bytes, **headers: str) -> dict[str, Any]:
    sent = client.post(FILES, content=data, headers={**OURS, "x-filnavn": quote(name), **headers})
    assert sent.status_code == 200
    return dict(sent.json())


def act(client: TestClient, action: str, subject: str = "", fields: object = None, lang: str = "nb") -> dict[str, Any]:
    wanted = {"handling": action, "om": subject, "felter": fields}
    return dict(client.post(f"{SHELF}?lang={lang}", json=wanted, headers=OURS).json())


def look(client: TestClient, seen: str = "", lang: str = "nb") -> dict[str, Any]:
    return dict(client.get(SHELF, params={"lang": lang, "sett": seen}).json())


def test_a_file_comes_in_is_corrected_and_removed(client: TestClient, shelf: Shelf) -> None:
    seen = look(client)["utgave"]
    reply = hand_in(client, "../../Ålesund «plan».txt", "Havna får ny kai neste år.".encode())
    wait(lambda: not look(client)["travel"])
    shown = look(client, seen)
    [(item_id, html)] = [entry for entry in shown["filer"] if entry[0] == reply["fil"]]
    assert "«Ålesund «plan».txt» er lagt til, med 1 avsnitt" in Reading(html).all_text
    assert "Ålesund «plan».txt" in Reading(shown["dokumenter"]).all_text
    assert "dokumenter" not in look(client, shown["utgave"]), "what is known already is not sent again"
    [document] = [shelved.source.id for shelved in shelf.documents()]
    assert act(client, "edit", document, {"title": "Ny kai", "date": "tull"}, lang="nn") == {
        "feil": "«tull» er ikkje ein dato. Skriv 2017, 2017-12 eller 24.12.2017."
    }
    assert act(client, "edit", document, {"title": "Ny kai", "date": "2021"}) == {}
    wait(lambda: not look(client)["travel"])
    assert shelf.documents()[0].source.name == "Ny kai"
    assert act(client, "remove", document) == {}
    assert "er fjernet" in act(client, "remove", document)["feil"]
    assert shelf.documents() == ()
    assert act(client, "clear") == {}
    assert look(client)["filer"] == []
    assert {path.name for path in (shelf._engine.directory / DIRECTORY).iterdir()} == {"lock"}, "nothing is left"


def test_a_document_that_was_read_again_is_news_though_it_looks_the_same(
    client: TestClient, shelf: Shelf, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen = look(client)["utgave"]
    assert "dokumenter" not in look(client, seen)
    generation = shelf.generation
    monkeypatch.setattr(Shelf, "generation", property(lambda _: generation + 1))
    assert "dokumenter" in look(client, seen)


@pytest.mark.parametrize(
    ("name", "data", "told"),
    [
        ("virus.exe", b"x", "format som ikke kan leses"),
        ("", b"x", "format som ikke kan leses"),
        ("tom.txt", b"", "inneholder ingen tekst"),
    ],
)
def test_what_cannot_come_in_is_told(client: TestClient, name: str, data: bytes, told: str) -> None:
    assert told in hand_in(client, name, data)["feil"]


def test_a_file_that_is_too_large_is_turned_away(client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("assistant.intake.staging.LIMIT_BYTES", 1_000)
    assert "det største som kan leses" in hand_in(client, "stor.txt", b"x" * 2_000)["feil"]
    monkeypatch.setattr(gate, "MAX_FILE", 3_000)
    assert client.post(FILES, content=b"x" * 4_000, headers=OURS).status_code == 413
    assert client.post(SHELF, content=b"x" * (gate.MAX_BODY + 1), headers=OURS).status_code == 413


def test_only_our_own_page_may_change_anything(client: TestClient) -> None:
    assert client.post(SHELF, json={"handling": "clear"}).status_code == 403
    assert client.post(FILES, content=b"x", headers={"x-filnavn": "a.txt"}).status_code == 403
    foreign = {**OURS, "origin": "https://evil.example", "x-filnavn": "a.txt"}
    assert client.post(FILES, content=b"x", headers=foreign).status_code == 403
    assert client.get(FILES).status_code == 404


@pytest.mark.parametrize(
    "wanted",
    [
        b"{",
        b"[" * 90_000,
        b"[]",
        b'{"handling": "edit", "om": "../x"}',
        b'{"handling": "edit", "om": "d0123456789abcdef", "felter": 3}',
        b'{"handling": "tull"}',
        b'{"handling": ["edit"], "om": {"a": 1}}',
        b'{"handling": "remove", "om": "d0123456789abcdef"}',
    ],
)
def test_forged_requests_are_answered_calmly(client: TestClient, wanted: bytes) -> None:
    reply = client.post(SHELF, content=wanted, headers=OURS)
    assert reply.status_code == 200
    assert reply.json()["feil"]
    for action in ("cancel", "retry", "dismiss", "keep", "replace"):
        assert act(client, action, "../../etc/passwd") == {}


def test_without_a_shelf_the_documents_can_only_be_read() -> None:
    with TestClient(make_server(FakeAssistant()), base_url="http://127.0.0.1:7860") as client:
        shown = look(client)
        assert [it for it in DOCUMENTS if it.source.name not in shown["dokumenter"]] == []
        assert "data-handling" not in shown["dokumenter"]
        assert "only be read" in act(client, "remove", HARBOUR.id)["feil"]
        assert "feil" in hand_in(client, "a.txt", b"x")
    tab = Reading(render_tab(BOKMAAL, editable=False))
    assert "Her kan du lese kildene" in tab.all_text
    assert tab.attributes("input") == []


def test_a_card_says_what_is_known_and_carries_it_to_the_form() -> None:
    title = replace(HARBOUR.source.metadata, title=HOSTILE)
    source = replace(HARBOUR.source, metadata=title)
    shown = Reading(render_documents([Shelved(source, 3, True)], BOKMAAL, editable=True))
    assert shown.texts("h3") == [HOSTILE]
    assert "Oppdaterer søket med den nye tittelen" in shown.all_text and "eldre utgave" not in shown.all_text
    old = Reading(render_documents([Shelved(source, 3, False, True)], BOKMAAL, editable=True))
    assert "lest av en eldre utgave" in old.all_text
    edit = next(it for it in shown.attributes("button") if it.get("data-handling") == "edit")
    assert json.loads(edit["data-kilde"])["felter"] == {
        "title": HOSTILE,
        "authors": "Kari Nes; Ola Lid",
        "publisher": "Sandvika havn",
        "date": "2021-05",
        "kind": "plan",
        "language": "nb",
        "url": "",
    }
    assert {tag for tag, _, _ in shown.elements} <= {
        *("h2", "h3", "p", "ul", "li", "article", "dl", "dt", "dd", "div", "a", "button", "span")
    }


@pytest.mark.parametrize(
    ("url", "links"),
    [
        ('https://www.example.org/plan?a=1&b="2"', 0),
        ("https://www.example.org/plan?a=1&b=2", 1),
        ("javascript:alert(1)", 0),
    ],
)
def test_an_address_is_shown_and_a_link_only_if_it_may_be_opened(url: str, links: int) -> None:
    source = replace(HARBOUR.source, metadata=replace(HARBOUR.source.metadata, url=url))
    card = Reading(render_documents([Shelved(source, 3, False)], BOKMAAL, editable=False))
    assert url in card.texts("dd")
    found = [it for it in card.attributes("a") if it.get("href") == url]
    assert len(found) == links
    assert all(it["rel"] == "noopener noreferrer nofollow" and it["target"] == "_blank" for it in found)


def shown(item: Item, progress: Progress | None = None, now: float = 0.0) -> Reading:
    return Reading(render_item(item, progress, now=now, language=BOKMAAL))


def test_how_far_a_file_has_come() -> None:
    active = replace(ITEM, state=State.ACTIVE)
    reading = Progress("1", "pages", 34, 120, 0.0, 0)
    assert "Leser side 34 av 120" in shown(active, reading, 60.0).all_text
    assert shown(active, reading).attributes("progress") == [{"aria-label": "plan.txt", "max": "120", "value": "34"}]
    adding = Progress("1", "passages", 100, 400, 0.0, 0)
    assert "Legger til avsnitt 100 av 400 · omtrent 30 sekunder igjen" in shown(active, adding, 10.0).all_text
    assert shown(active).attributes("progress") == [{"aria-label": "plan.txt"}], "no number is made up"
    assert "Leser filen" in shown(active, Progress("another", "pages", 1, 2)).all_text


@pytest.mark.parametrize(
    ("seconds", "told"),
    [(0.3, "1 sekund "), (7.2, "7 sekunder"), (33, "35 sekunder"), (89, "90 sekunder"), (140, "2 minutter")],
)
def test_the_time_left_is_told_roughly(seconds: float, told: str) -> None:
    assert f"omtrent {told}" in time_left(seconds, BOKMAAL)


@pytest.mark.parametrize(
    ("item", "told", "offered"),
    [
        (ITEM, "Venter på tur", ["cancel"]),
        (replace(ITEM, state=State.CANCELLED), "Avbrutt. Ingenting er lagt til.", ["dismiss"]),
        (
            replace(ITEM, state=State.DONE, result=Result(Outcome.COPY, "d1", "Planen")),
            "finnes fra før, som «Planen»",
            ["dismiss"],
        ),
        (
            replace(ITEM, state=State.DONE, result=Result(Outcome.ADDED, "d1", "Plan", 3, EDITION)),
            "71 % av teksten er den samme som i «Gammel»",
            ["keep", "replace", "dismiss"],
        ),
        (
            replace(
                ITEM,
                state=State.DONE,
                result=Result(Outcome.ADDED, "d1", "Plan", 3, Edition("d2", "Gammel", 1.0, EditionChoice.REPLACED)),
            ),
            "«Gammel» er erstattet.",
            ["dismiss"],
        ),
        (
            replace(ITEM, state=State.FAILED, problem=Problem("DiskFull", {"directory": "x"}, again=True)),
            "Disken med «x» er full",
            ["retry", "dismiss"],
        ),
        (replace(ITEM, state=State.FAILED, problem=Problem("", {})), "«plan.txt» kunne ikke legges til", ["dismiss"]),
    ],
)
def test_what_became_of_a_file_and_what_may_be_done(item: Item, told: str, offered: list[str]) -> None:
    reading = shown(item)
    assert told in reading.all_text
    assert [button["data-handling"] for button in reading.attributes("button")] == offered


def test_the_filter_follows_and_keeps_what_was_chosen() -> None:
    sources = tuple(document.source for document in DOCUMENTS)
    first, second, third = (source.id for source in sources)
    before = [first, second, "d-gone"]
    assert followed(sources, [first, "d-gone"], before) == [first, third], "the new one is chosen, the other stays out"
    assert followed(sources, None, "tull") == [first, second, third]


def test_documents_that_come_close_upon_each_other_are_all_chosen() -> None:
    assistant = FakeAssistant(DOCUMENTS[:1])
    desk = Desk(assistant, BOKMAAL, asking=RateLimit(9, 60.0), opening=RateLimit(9, 60.0))
    wired: dict[str, Any] = {}
    signal: Any = SimpleNamespace(select=lambda refresh, *_, **settings: wired.update(refresh=refresh, **settings))
    none: Any = None
    wire_sources(signal, none, none, none, desk)
    first, second, third = (document.id for document in DOCUMENTS)
    assistant.documents = DOCUMENTS  # the page was still being told of the second when the third came
    chosen, there, _ = wired["refresh"]([first], [first])
    assert (chosen["value"], there) == ([first, second, third], [first, second, third])
    chosen, _, _ = wired["refresh"]([first], there)
    assert chosen["value"] == [first], "what was taken out stays out"
    assert wired["trigger_mode"] == "always_last", "the last word of a change is never lost"

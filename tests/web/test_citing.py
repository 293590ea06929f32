"""References and exports from the page: what is served, what is refused, and what a menu holds."""

import re
from base64 import b64decode

import pytest
from fastapi import FastAPI
from starlette.testclient import TestClient

from assistant.export.formats import Format, contents_in
from assistant.export.verify import Fault, check
from assistant.web.citing_desk import REFERENCE_PATH, add_reference_routes, exported
from assistant.web.citing_view import render_export, render_quote_reference, render_source_reference
from assistant.web.conversation import Conversation
from assistant.web.desk import Desk
from assistant.web.limits import RateLimit
from index.documents.document import Language
from tests.web.fake import DOCUMENTS, HARBOUR, SCHOOL, FakeAssistant, quote_of
from tests.web.reading import Reading

NB = Language.BOKMAAL


def client(*, events: int = 100) -> TestClient:
    app = FastAPI(openapi_url=None)
    add_reference_routes(app, FakeAssistant(), RateLimit(events, 60.0))
    return TestClient(app)


@pytest.mark.parametrize(
    ("ending", "begins", "kind"),
    [
        (".txt", "Nes, K. & Lid, O. (2021). Havneplan for Sandvika [Plan]. Sandvika havn.", "text/plain"),
        (".bib", "@misc{nes2021-", "application/x-bibtex"),
        (".ris", "TY  - GEN\r\nAU  - Nes, Kari", "application/x-research-info-systems"),
        (".json", "[\n", "application/vnd.citationstyles.csl+json"),
    ],
)
def test_references_are_served(ending: str, begins: str, kind: str) -> None:
    answer = client().get(f"/kildesvar/referanse/{HARBOUR.id}{ending}")
    assert answer.status_code == 200 and answer.text.startswith(begins)
    assert answer.headers["content-type"].startswith(kind)
    assert ("attachment" in answer.headers.get("content-disposition", "")) is (ending != ".txt")


def test_references_follow_the_pages_language() -> None:
    untitled = DOCUMENTS[2].id
    assert "n.d." in client().get(f"/kildesvar/referanse/{untitled}.txt?lang=en").text
    assert "u.å." in client().get(f"/kildesvar/referanse/{untitled}.txt?lang=xx").text


@pytest.mark.parametrize("name", ["d0123456789abcdef.bib", "..%2f..%2fetc%2fpasswd", f"{HARBOUR.id}.exe", "x"])
def test_what_is_not_there_is_not_served(name: str) -> None:
    assert client().get(f"/kildesvar/referanse/{name}").status_code == 404
    assert REFERENCE_PATH.fullmatch(f"/kildesvar/referanse/{HARBOUR.id}.bib/../x") is None


def test_references_have_a_limit() -> None:
    visitor = client(events=1)
    assert visitor.get(f"/kildesvar/referanse/{HARBOUR.id}.bib").status_code == 200
    assert visitor.get(f"/kildesvar/referanse/{HARBOUR.id}.bib").status_code == 429


def test_the_menu_of_a_quote() -> None:
    menu = Reading(render_quote_reference(quote_of(HARBOUR, "Fergene går hver halvtime."), "Sitat 1", NB))
    copying = [button["value"] for button in menu.attributes("button", "kv-referanse")]
    assert copying == [
        "Nes, K. & Lid, O. (2021). Havneplan for Sandvika [Plan]. Sandvika havn.",
        "(Nes & Lid, 2021, s. 1)",
    ]
    assert menu.texts("span", "kv-apa") == copying, "what is shown is what is copied"
    assert menu.texts("i") == ["Havneplan for Sandvika"]
    assert menu.texts("a", "kv-fil") == ["BibTeX", "RIS", "CSL-JSON"]
    listed = Reading(render_source_reference(SCHOOL.source, Language.NYNORSK))
    assert listed.attributes("button")[0]["data-hent"] == f"/kildesvar/referanse/{SCHOOL.id}.txt?lang=nn"


@pytest.mark.parametrize("language", [NB, Language.NYNORSK, Language.ENGLISH])
@pytest.mark.parametrize("format", list(Format))
def test_a_conversation_is_exported_as_it_was(language: Language, format: Format) -> None:
    assistant = FakeAssistant()
    desk = Desk(assistant, language, asking=RateLimit(100, 60.0), opening=RateLimit(100, 60.0))
    conversation = Conversation()
    for question in ("Hvor lang er kaia?", "Kva er prøvetekst med teikn?", "Hva med månen?"):
        conversation = desk.ask(question, [it.id for it in DOCUMENTS], conversation, client="a").conversation
    file, trouble = exported({"form": format.value}, conversation.entries, language)
    (told,) = Reading(file).attributes("p")
    assert trouble == ""
    assert re.fullmatch(rf"kildesvar-\d{{4}}-\d\d-\d\d\.{format.value}", told["data-navn"])
    contents = contents_in("f", b64decode(told["data-fil"]), format)
    said = [excerpt.text for entry in conversation.entries for excerpt in entry.quotes]
    assert said and [quote.text for quote in contents.quotes] == said
    # The fake numbers its paragraphs by blocks, as the index would not.
    assert {it.fault for it in check(contents, assistant)} <= {Fault.PARAGRAPH, Fault.CITATION}


@pytest.mark.parametrize("request_", [None, {}, {"form": "pdf"}, {"form": ["md"]}, "md", {"form": "../md"}])
def test_a_forged_request_exports_nothing(request_: object) -> None:
    assert exported(request_, (), NB) == ("", "")


def test_a_conversation_that_was_forgotten_is_told_each_time_it_is_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    (none, said), (_, again) = exported({"form": "md"}, (), NB), exported({"form": "md"}, (), NB)
    assert none == "" and Reading(said).attributes("p")[0]["role"] == "alert"
    assert Reading(said).all_text == Reading(again).all_text and "glemt" in said
    assert said != again, "else it would not be heard again"

    def broken(*_: object) -> bytes:
        raise RuntimeError("hemmelig")

    monkeypatch.setattr("assistant.web.citing_desk.render", broken)
    desk = Desk(FakeAssistant(), NB, asking=RateLimit(100, 60.0), opening=RateLimit(100, 60.0))
    entries = desk.ask("Hvor lang er kaia?", None, Conversation(), client="a").conversation.entries
    none, said = exported({"form": "md"}, entries, NB)
    assert none == "" and "Noe gikk galt" in said and "hemmelig" not in said


def test_the_menu_of_the_conversation() -> None:
    assert [it["value"] for it in Reading(render_export(NB)).attributes("button")] == ["docx", "md", "html"]

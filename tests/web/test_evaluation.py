"""The tab Evaluering and the reports, without a browser: what is shown, and requests honest and forged."""

import logging
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from assistant.answer import Role, Turn
from assistant.quality import Case, Quality, Stage, Standing, Wanted
from assistant.ratings import FILE, Ratings
from assistant.texts import LANGUAGES
from assistant.web.conversation import Conversation
from assistant.web.desk import Desk
from assistant.web.evaluation_desk import EvaluationDesk
from assistant.web.evaluation_view import bare, render_gold, render_standing, render_summary
from assistant.web.limits import RateLimit
from assistant.web.reports import POLICY
from assistant.web.server import make_server
from eval.kept import KeptRuns
from eval.measuring import Run
from eval.row import Row
from eval.serving import FOLDER, RUNS, PageEvaluation
from index.documents.document import Language
from tests.eval.rows import given, rows_of
from tests.eval.signed import SIGNATURE
from tests.web.fake import HARBOUR, HOSTILE, FakeAssistant, quote_of
from tests.web.reading import Reading

FERRY = quote_of(HARBOUR, "Fergene går hver halvtime.")
WANTED = Wanted("havneplan.txt", FERRY.text, ((FERRY.start, FERRY.end),), "Kari Nes")
CASE = Case("Når går ferga?", (), (WANTED,), complete=False, kind="besvart, galt")
BOKMAAL = Language.BOKMAAL


@pytest.fixture
def evaluation(tmp_path: Path) -> PageEvaluation:
    return PageEvaluation(tmp_path, Ratings(tmp_path / FILE))


@pytest.fixture
def desk(evaluation: PageEvaluation, tmp_path: Path) -> EvaluationDesk:
    return EvaluationDesk(evaluation, Ratings(tmp_path / FILE), BOKMAAL)


def keep(folder: Path, *rows: Row) -> str:
    return KeptRuns(folder / FOLDER / RUNS).keep(Run(replace(SIGNATURE, questions=len(rows)), rows))


def standing(stage: Stage, **changes: object) -> str:
    return render_standing(replace(Standing(stage, "liten"), **changes), BOKMAAL)  # type: ignore[arg-type]


def said(html: str) -> str:
    return Reading(html).all_text


def test_how_far_a_run_has_come() -> None:
    assert standing(Stage.IDLE) == ""
    assert "5 av 152 spørsmål." in said(standing(Stage.QUESTIONS, done=5, total=152))
    [bar] = Reading(standing(Stage.QUESTIONS, done=5, total=152)).attributes("progress")
    assert (bar["value"], bar["max"]) == ("5", "152") and bar["aria-label"]
    assert "value" not in Reading(standing(Stage.PREPARING)).attributes("progress")[0]
    assert "0 av 0" not in said(standing(Stage.QUESTIONS)), "before the first is counted, some are asked to warm up"
    assert "Ingenting er lagret" in said(standing(Stage.STOPPED))
    assert "kunne ikke kjøres. <b>" in said(standing(Stage.FAILED, problem="<b>"))


@pytest.mark.parametrize(
    ("seconds", "words"),
    [(0.2, "5 sekunder"), (12.0, "10 sekunder"), (61.0, "60 sekunder"), (90.0, "2 minutter"), (3600.0, "60 minutter")],
)
def test_time_left_is_told_roughly(seconds: float, words: str) -> None:
    assert f"Omtrent {words} igjen." in said(standing(Stage.QUESTIONS, done=1, total=9, seconds_left=seconds))


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_numbers_and_the_failed_questions(evaluation: PageEvaluation, tmp_path: Path, language: Language) -> None:
    hostile = replace(rows_of("w")[0], id=HOSTILE, cluster="x", question=HOSTILE, given=(given("Vi stenger i juli."),))
    run = keep(tmp_path, *rows_of("RRwu"), hostile)
    html = render_summary(evaluation.summary(run, language), run, language)
    shown = Reading(html)
    assert "50.0" in shown.all_text or "50,0" in shown.all_text
    assert [it["data-run"] for it in shown.attributes("article")] == [run]
    assert [it["value"] for it in shown.attributes("button", "kv-feilet")] == [HOSTILE, "q2", "q3"]
    assert shown.texts("button", "kv-feilet")[0] == HOSTILE
    assert "<img" not in html and "script" not in {tag for tag, _, _ in shown.elements}
    [link] = shown.attributes("a", "kv-rapport")
    assert link["href"].endswith(f"rapport/{run}") and link["rel"] == "noopener"
    assert len(shown.texts("svg")) == 1


def test_requests_that_nobody_would_send(desk: EvaluationDesk, tmp_path: Path) -> None:
    for run in (None, 7, ["a"], "../x", "20260101T000000"):
        assert desk.report(run) == "" or "finnes ikke lenger" in said(desk.report(run))
    for request in (None, "a", {}, {"run": 1, "id": []}, {"run": "../x", "id": "q0"}):
        assert desk.case(request) is None
    for name in (None, 7, "../mitt", "/etc/passwd", "x" * 10_000):
        assert "finnes ikke" in said(desk.start(name, "alle"))
    assert "kan ikke hete" in said(desk.export("../x")[0])
    assert not list(tmp_path.iterdir()), "nothing was made"


def test_trouble_is_told_without_its_insides(
    desk: EvaluationDesk, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def broken(*_: object) -> None:
        raise RuntimeError("hemmelig")

    monkeypatch.setattr(PageEvaluation, "export", broken)
    with caplog.at_level(logging.ERROR):
        html, made = desk.export("mitt")
    assert made is None and "Noe gikk galt" in html and "hemmelig" not in html and "hemmelig" in caplog.text


def test_what_is_chosen_stays_chosen(desk: EvaluationDesk, tmp_path: Path) -> None:
    assert desk.runs().chosen is None and desk.sets("seeds-test").chosen == "seeds-test"
    first, second = keep(tmp_path, *rows_of("R")), keep(tmp_path, *rows_of("w"))
    assert desk.runs().chosen == second, "the newest"
    assert desk.runs(first).chosen == first
    assert desk.runs({"forged": 1}).chosen == second


def test_the_gold_is_shown_and_opens_where_it_stands() -> None:
    html = render_gold(CASE, {"havneplan.txt": HARBOUR}, BOKMAAL)
    gold = Reading(html)
    assert gold.texts("blockquote") == [FERRY.text]
    [link] = gold.attributes("a", "kv-kilde")
    assert link["href"] == f"?sitat={HARBOUR.id}:{FERRY.start}-{FERRY.end}"
    assert "Kari Nes" in gold.all_text and "\n" not in html
    hostile = replace(CASE, wanted=(replace(WANTED, text=HOSTILE, document=HOSTILE),))
    assert Reading(render_gold(hostile, {}, BOKMAAL)).texts("blockquote") == [HOSTILE]


def test_gold_that_the_index_does_not_have_is_shown_without_a_link() -> None:
    assert not Reading(render_gold(CASE, {}, BOKMAAL)).attributes("a")
    elsewhere = replace(CASE, wanted=(replace(WANTED, spans=((0, 5), (3, 10**9))),))
    assert not Reading(render_gold(elsewhere, {"havneplan.txt": HARBOUR}, BOKMAAL)).attributes("a")
    nothing = said(render_gold(replace(CASE, wanted=()), {}, BOKMAAL))
    assert "Kildene svarer ikke på dette." in nothing
    assert "Alle disse" in said(render_gold(replace(CASE, wanted=(WANTED,) * 2, complete=True), {}, BOKMAAL))
    assert bare("a\n b ") == "ab"


def test_a_failed_question_is_asked_after_its_own_history(tmp_path: Path) -> None:
    assistant, limit = FakeAssistant(), RateLimit(100, 60.0)
    desk = Desk(assistant, BOKMAAL, asking=limit, opening=limit, quality=Quality(Ratings(tmp_path / FILE)))
    before = desk.ask("Hvor lang er kaia?", None, Conversation(), client="a").conversation
    history = (Turn(Role.USER, "Hva er moloen?"), Turn(Role.ASSISTANT, "En molo."))
    case = replace(CASE, history=history)
    begun = desk.recall(case, before)
    assert [it.question for it in begun.exchanges] == ["Hvor lang er kaia?", "Hva er moloen?"]
    assert begun.asked == CASE.question
    after = desk.ask(case.question, None, begun, client="a", case=case).conversation
    assert assistant.asked[-1] == (CASE.question, history, None), "not after what was talked of here"
    last = desk.messages(after)[-1]["content"]
    assert Reading(last).texts("section", "kv-fasit") and "kv-vurder" in last
    assert [turn.content for turn in after.history()][-4:-2] == ["Hva er moloen?", "En molo."]
    assert not after.exchanges[-2].id, "what was said then cannot be rated"


@pytest.fixture
def client(evaluation: PageEvaluation, tmp_path: Path) -> Iterator[TestClient]:
    server = make_server(FakeAssistant(), quality=Quality(Ratings(tmp_path / FILE), evaluation))
    with TestClient(server, base_url="http://127.0.0.1:7860") as client:
        yield client


def test_a_report_is_a_page_of_its_own_with_a_policy_of_its_own(client: TestClient, tmp_path: Path) -> None:
    run = keep(tmp_path, *rows_of("Rw"))
    for home, language in (("/", "nb"), ("/nn/", "nn"), ("/en/", "en")):
        page = client.get(f"{home}rapport/{run}")
        assert page.status_code == 200 and f'<html lang="{language}">' in page.text
        assert page.headers["content-security-policy"] == POLICY
        assert page.headers["x-content-type-options"] == "nosniff"
    for strange in ("x", "20260101T000000", "a" * 100, "%2e%2e%2fruns", "../../etc/passwd"):
        refused = client.get(f"/rapport/{strange}")
        assert refused.status_code == 404 and "<html" not in refused.text
    assert "content-security-policy" in client.get("/").headers
    assert client.post(f"/rapport/{run}").status_code == 404

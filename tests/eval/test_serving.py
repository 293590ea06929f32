"""Measuring for the page: one run at a time, truthful progress, stopping, and what is left afterwards."""

import errno
import threading
from collections.abc import Callable, Iterator
from importlib.metadata import entry_points
from pathlib import Path

import pytest

from assistant.quality import GROUP, Stage
from assistant.ratings import FILE, Ratings, UserVerdict
from assistant.texts import LANGUAGES
from eval.corpora import Bench, choosing
from eval.corpora.choosing import UnknownSet
from eval.goldset import Split, load_gold, measured
from eval.job import Job
from eval.kept import MOST, KeptRuns, RunGone
from eval.measuring import Run
from eval.new_set import write_set
from eval.output import NotWritten
from eval.rated import NothingRated
from eval.runner import Progress
from eval.serving import FOLDER, RUNS, SETS, AlreadyRunning, BadName, PageEvaluation
from index.documents.document import Language
from index.encoder import HashingEncoder
from index.engines.embedded import EmbeddedEngine
from index.errors import IndexMissing
from tests.eval import fakes
from tests.eval.rows import rows_of
from tests.eval.signed import SIGNATURE
from tests.eval.test_rated import rating
from tests.waiting import PATIENCE

NORWEGIAN = Language.BOKMAAL


@pytest.fixture(autouse=True)
def hashing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KILDESVAR_ENCODER", "hashing")
    monkeypatch.setattr(choosing, "seeds", lambda name: fakes.bench())


@pytest.fixture
def evaluation(tmp_path: Path) -> PageEvaluation:
    return PageEvaluation(tmp_path, Ratings(tmp_path / FILE))


class Halting:
    """Measures question by question, each when it is told to."""

    def __init__(self) -> None:
        self.next, self.asked = threading.Semaphore(0), threading.Semaphore(0)

    def __call__(self, bench: Bench, *, index: Path | None, command: str, progress: Callable[[str], Progress]) -> Run:
        show = progress("questions")
        for done in range(1, 4):
            self.next.acquire()
            show(done, 3)
            self.asked.release()
        return Run(SIGNATURE, rows_of("RwRuu"))


@pytest.fixture
def halting(tmp_path: Path) -> Iterator[tuple[PageEvaluation, Halting]]:
    measuring = Halting()
    yield PageEvaluation(tmp_path, Ratings(tmp_path / FILE), measuring=measuring), measuring
    measuring.next.release(100)


def own_set(folder: Path, *, name: str = "mitt") -> Path:
    (folder / FOLDER / SETS).mkdir(parents=True, exist_ok=True)
    output = folder / FOLDER / SETS / f"{name}.jsonl"
    question = {"id": "a", "question": "Når åpner badet?", "language": "nb", "type": "factoid", "answerable": True}
    quotes = [{"document": "bad.md", "text": "Badet åpner klokka sju om morgenen."}]
    write_set([{**question, "quotes": quotes}], output, author="–", split=Split.TEST)
    return output


def test_a_set_is_run_and_its_numbers_are_kept(evaluation: PageEvaluation, tmp_path: Path) -> None:
    assert evaluation.standing(NORWEGIAN).stage is Stage.IDLE
    evaluation.start("seeds-tune", limit=2)
    evaluation.wait(PATIENCE)
    standing = evaluation.standing(NORWEGIAN)
    assert (standing.stage, standing.title, standing.problem) == (Stage.DONE, "seeds-tune", "")
    [kept] = evaluation.runs(NORWEGIAN)
    assert kept.name == standing.run and "2 spørsmål" in kept.title
    again = PageEvaluation(tmp_path, Ratings(tmp_path / FILE))
    for language in LANGUAGES:
        found = again.summary(kept.name, language)
        assert "limit 2" in found.signature
        assert all(figure.low <= figure.value <= figure.high for figure in found.figures)
        assert found.risk.svg.startswith("<svg") and found.risk.said
        assert again.page(kept.name, language).startswith("<!doctype html>")
    assert [group.count for group in found.types] == [2]
    assert len(found.types[0].figures) == len(found.heads)


def test_progress_is_what_has_been_asked_and_one_run_goes_at_a_time(halting: tuple[PageEvaluation, Halting]) -> None:
    evaluation, measuring = halting
    evaluation.start("seeds-tune")
    measuring.next.release()
    assert measuring.asked.acquire(timeout=PATIENCE)
    standing = evaluation.standing(NORWEGIAN)
    assert (standing.stage, standing.done, standing.total) == (Stage.QUESTIONS, 1, 3)
    with pytest.raises(AlreadyRunning):
        evaluation.start("seeds-tune")
    measuring.next.release(2)
    evaluation.wait(PATIENCE)
    assert evaluation.standing(NORWEGIAN).stage is Stage.DONE
    failed = evaluation.summary(evaluation.standing(NORWEGIAN).run, NORWEGIAN).failed
    assert [it.id for it in failed] == ["q1", "q3", "q4"]


def test_a_stopped_run_leaves_nothing_and_the_next_can_begin(halting: tuple[PageEvaluation, Halting]) -> None:
    evaluation, measuring = halting
    evaluation.stop()
    evaluation.start("seeds-tune")
    measuring.next.release()
    assert measuring.asked.acquire(timeout=PATIENCE)
    evaluation.stop()
    assert evaluation.standing(NORWEGIAN).stage is Stage.STOPPED
    evaluation.start("seeds-tune")
    assert evaluation.standing(NORWEGIAN).stage is Stage.PREPARING, "waits until the first is on its way out"
    measuring.next.release(10)
    evaluation.wait(PATIENCE)
    assert evaluation.standing(NORWEGIAN).stage is Stage.DONE
    assert len(evaluation.runs(NORWEGIAN)) == 1


def test_time_left_follows_the_pace() -> None:
    now = [0.0]
    job = Job("x", lambda _: "", clock=lambda: now[0])
    show = job.progress(Stage.QUESTIONS)
    assert job.seconds_left() is None
    now[0] = 100.0
    show(1, 10)
    now[0] = 100.5
    show(2, 10)
    assert job.seconds_left() is None, "half a second says nothing yet"
    show(5, 10)
    now[0] = 108.0
    assert job.seconds_left() == 10.0, "four in eight seconds; what went before the first does not count"
    show(10, 10)
    assert job.seconds_left() is None, "all is done"


@pytest.mark.parametrize("language", LANGUAGES)
def test_trouble_is_told(evaluation: PageEvaluation, tmp_path: Path, language: Language) -> None:
    own_set(tmp_path).write_text("{}")
    evaluation.start("mitt")
    evaluation.wait(PATIENCE)
    standing = evaluation.standing(language)
    assert standing.stage is Stage.FAILED and "mitt.jsonl" in standing.problem
    assert "mitt (" in evaluation.sets(language)[-1].title
    own_set(tmp_path, name="annet")
    evaluation.start("annet")
    evaluation.wait(PATIENCE)
    missing = evaluation.told(IndexMissing(directory=str(tmp_path)), language)
    assert evaluation.standing(language).problem == missing


def test_what_nobody_foresaw_is_told_without_its_insides(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    def broken(*_: object, **__: object) -> Run:
        raise RuntimeError("hemmelig")

    evaluation = PageEvaluation(tmp_path, Ratings(tmp_path / FILE), measuring=broken)
    evaluation.start("seeds-tune")
    evaluation.wait(PATIENCE)
    standing = evaluation.standing(NORWEGIAN)
    assert standing.problem.startswith("Noe uventet") and "hemmelig" not in standing.problem
    assert "hemmelig" in caplog.text


@pytest.mark.parametrize("name", ["", "ukjent", "../mitt", "/etc/passwd", "norquad", "seeds-test.jsonl"])
def test_only_what_is_offered_can_be_run(evaluation: PageEvaluation, tmp_path: Path, name: str) -> None:
    own_set(tmp_path)
    with pytest.raises(UnknownSet):
        evaluation.start(name)


@pytest.mark.parametrize("name", ["", "x", "..", "../runs", "20260101T000000", "20260101T000000/../.."])
def test_only_runs_that_are_kept_can_be_read(evaluation: PageEvaluation, name: str) -> None:
    for read in (evaluation.summary, evaluation.page):
        with pytest.raises(RunGone):
            read(name, NORWEGIAN)
    with pytest.raises(RunGone):
        evaluation.case(name, "q", NORWEGIAN)


def test_a_question_of_a_run_comes_with_its_gold(evaluation: PageEvaluation, tmp_path: Path) -> None:
    name = KeptRuns(tmp_path / FOLDER / RUNS).keep(Run(SIGNATURE, rows_of("wu")))
    case = evaluation.case(name, "q0", NORWEGIAN)
    assert (case.question, case.kind) == ("Når åpner badet?", "besvart, galt, sikkerhet 95,0 %")
    assert [(item.text, item.spans) for item in case.wanted] == [("Badet åpner klokka sju.", ((0, 23),))]
    assert evaluation.case(name, "q1", NORWEGIAN).wanted == ()
    with pytest.raises(RunGone):
        evaluation.case(name, "q7", NORWEGIAN)


def test_the_latest_runs_are_kept(tmp_path: Path) -> None:
    runs = KeptRuns(tmp_path / "runs")
    made = [runs.keep(Run(SIGNATURE, rows_of("R"))) for _ in range(3)]
    assert len(set(made)) == 3 and set(runs.names()) == set(made)
    for number in range(MOST):
        (tmp_path / "runs" / f"2099010{number % 9 + 1}T0000{number:02}").mkdir()
    runs.keep(Run(SIGNATURE, rows_of("R")))
    assert len(runs.names()) == MOST


def test_ratings_become_a_set_that_can_be_run(evaluation: PageEvaluation, tmp_path: Path) -> None:
    with EmbeddedEngine.open(tmp_path, HashingEncoder(), create=True) as engine:
        engine.add(fakes.documents())
    with pytest.raises(NothingRated):
        evaluation.export("vurdert")
    Ratings(tmp_path / FILE).put(rating(UserVerdict.RIGHT))
    for bad in ("", "../x", "a/b", ".skjult", "seeds-test", "x" * 100):
        with pytest.raises(BadName):
            evaluation.export(bad)
    exported = evaluation.export(" mine  vurderinger ")
    assert (exported.name, exported.questions, exported.left_out) == ("mine vurderinger", 1, 0)
    assert load_gold(Path(exported.file)).questions[0].question == "Når åpner badet?"
    assert evaluation.sets(NORWEGIAN)[-1].title.startswith("mine vurderinger (1 spørsmål")
    evaluation.start("mine vurderinger")
    evaluation.wait(PATIENCE)
    assert evaluation.standing(NORWEGIAN).stage is Stage.DONE


def test_two_sets_that_are_made_at_once_both_stand_in_the_manifest(
    evaluation: PageEvaluation, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with EmbeddedEngine.open(tmp_path, HashingEncoder(), create=True) as engine:
        engine.add(fakes.documents())
    Ratings(tmp_path / FILE).put(rating(UserVerdict.RIGHT))
    other = threading.Thread(target=lambda: evaluation.export("andre"))

    def enter(path: Path) -> str:
        """The manifest was read for the first set, and is not written yet."""
        if not other.ident:
            other.start()
            other.join(1)
        return measured(path)

    monkeypatch.setattr("eval.new_set.measured", enter)
    evaluation.export("første")
    other.join()
    assert [option.title.partition(" (")[2][:9] for option in evaluation.sets(NORWEGIAN)[-2:]] == ["1 spørsmå"] * 2


def test_a_run_that_cannot_be_written_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(path: Path, *_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr("eval.measuring.write_signature", full)
    with pytest.raises(NotWritten, match="No space"):
        KeptRuns(tmp_path / "runs").keep(Run(SIGNATURE, rows_of("R")))
    assert list((tmp_path / "runs").iterdir()) == []


def test_the_page_finds_it_by_its_entry_point() -> None:
    [entry] = entry_points(group=GROUP)
    assert entry.load().__module__ == "eval.serving"

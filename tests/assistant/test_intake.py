"""Files come in, are added in the background, and nothing is lost: copies, editions, errors, cancelling, crashes."""

import io
import json
import os
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from threading import Event, Thread
from typing import Any

import pytest

from assistant.intake.hand import Hand
from assistant.intake.intake import Intake, Progress
from assistant.intake.item import Edition, EditionChoice, Item, Outcome, Problem, Result, State, item_of
from assistant.intake.staging import DIRECTORY, LIMIT_NAME, Draft, Staging, plain_name
from assistant.intake.unpacking import unpack
from assistant.shelf import Shelf
from index.encoder import HashingEncoder
from index.engines.embedded import EmbeddedEngine
from index.errors import DiskFull, DocumentReplaced, DocumentTooLarge, EmptyDocument, UnsupportedFormat
from tests.index.made_pdf import sample as made_pdf
from tests.waiting import PATIENCE, wait

HELD = "tests.web.held_worker"
LONG = "\n\n".join(f"Avsnitt {n} om havna ved sjøen." for n in range(200))
PLAN = "\n\n".join(f"Avsnitt {n} handler om havna og hva den skal brukes til i de årene som kommer." for n in range(9))


@pytest.fixture
def engine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[EmbeddedEngine]:
    monkeypatch.setenv("KILDESVAR_ENCODER", "hashing")
    with EmbeddedEngine.open(tmp_path / "index", HashingEncoder()) as engine:
        yield engine


@pytest.fixture
def shelf(engine: EmbeddedEngine) -> Iterator[Shelf]:
    with Shelf(engine) as shelf:
        yield shelf


@pytest.fixture
def hold(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """As long as this file is there, what has more than a hundred passages is not done (``held_worker``)."""
    monkeypatch.setattr("assistant.intake.hand.WORKER", HELD)
    monkeypatch.setenv("PYTHONPATH", str(Path(__file__).parents[2]))
    hold = tmp_path / "hold"
    hold.touch()
    return hold


def hand_in(intake: Intake, name: str, data: bytes | str) -> str:
    draft = intake.draft(name)
    draft.write(data.encode() if isinstance(data, str) else data)
    item = draft.finish()
    intake.wake()
    return item.id


def ended(intake: Intake, item_id: str) -> Item:
    wait(lambda: (item := intake.item(item_id)) is not None and item.ended)
    item = intake.item(item_id)
    assert item is not None
    return item


def zipped(**files: bytes | str) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as file:
        for name, data in files.items():
            file.writestr(name.replace("__", "."), data)
    return packed.getvalue()


def test_files_become_documents_and_a_bad_one_is_named(shelf: Shelf, engine: EmbeddedEngine) -> None:
    good, bad, pdf = (
        hand_in(shelf.intake, "plan.txt", PLAN),
        hand_in(shelf.intake, "skadet.pdf", b"%PDF-1.7 og saa ingenting"),
        hand_in(shelf.intake, "skoleveier.pdf", made_pdf()),
    )
    result = ended(shelf.intake, good).result
    assert result is not None
    assert (result.outcome, result.name, result.count, result.edition) == (Outcome.ADDED, "plan.txt", 9, None)
    failed = ended(shelf.intake, bad)
    assert (failed.state, failed.problem) == (
        State.FAILED,
        Problem("DamagedFile", {"file": "skadet.pdf", "format": "PDF"}),
    )
    assert ended(shelf.intake, pdf).state is State.DONE
    assert [source.file for source in engine.sources()] == ["plan.txt", "skoleveier.pdf"]
    wait(lambda: not list((engine.directory / DIRECTORY).glob("*.file")))  # what has ended needs its bytes no more
    assert engine.verify().problems == ()
    for item in shelf.intake.items():
        shelf.intake.dismiss(item.id)
    assert shelf.intake.items() == ()


def test_the_same_file_and_a_copy_are_recognised(shelf: Shelf) -> None:
    ended(shelf.intake, hand_in(shelf.intake, "plan.txt", PLAN))
    outcomes = []
    for name in ("plan.txt", "kopi av plan.txt"):
        result = ended(shelf.intake, hand_in(shelf.intake, name, PLAN)).result
        assert result is not None and result.name == "plan.txt"
        outcomes.append(result.outcome)
    assert outcomes == [Outcome.SAME, Outcome.COPY]
    assert len(shelf.documents()) == 1


def test_a_new_edition_is_kept_beside_the_old_until_the_user_chooses(shelf: Shelf, engine: EmbeddedEngine) -> None:
    ended(shelf.intake, hand_in(shelf.intake, "plan.txt", PLAN))
    (old,) = engine.sources()
    item = ended(shelf.intake, hand_in(shelf.intake, "plan.txt", PLAN + "\n\n" + PLAN[:800].replace("havna", "kaia")))
    assert item.result is not None and item.result.edition is not None
    assert (item.result.edition.id, item.result.edition.choice) == (old.id, EditionChoice.OPEN)
    assert [source.file for source in engine.sources()] == ["plan.txt", "plan (2).txt"]
    shelf.choose(item.id, EditionChoice.REPLACED)
    assert [source.file for source in engine.sources()] == ["plan.txt"]
    assert engine.sources()[0].id == item.result.document
    with pytest.raises(DocumentReplaced):
        engine.document(old.id)
    shelf.choose(item.id, EditionChoice.KEPT)
    settled = shelf.intake.item(item.id)
    assert settled is not None and settled.result is not None and settled.result.edition is not None
    assert settled.result.edition.choice is EditionChoice.REPLACED, "a choice is made once"


def test_another_document_of_the_same_name_replaces_nothing(shelf: Shelf, engine: EmbeddedEngine) -> None:
    ended(shelf.intake, hand_in(shelf.intake, "program.txt", PLAN))
    result = ended(shelf.intake, hand_in(shelf.intake, "program.txt", "Noe helt annet står her, om skogen.")).result
    assert result is not None and result.edition is None
    assert [source.file for source in engine.sources()] == ["program.txt", "program (2).txt"]


def test_the_files_of_a_zip_file_stand_for_themselves(shelf: Shelf, engine: EmbeddedEngine) -> None:
    packed = zipped(
        a__txt=PLAN, c__txt="", e__exe="x", **{"arkiv/b__pdf": b"%PDF-tull", "mappe/d__md": "# D\n\nSkogen er stor."}
    )
    result = ended(shelf.intake, hand_in(shelf.intake, "alt.zip", packed)).result
    assert result is not None
    assert (result.outcome, result.count) == (Outcome.UNPACKED, 4)
    wait(lambda: all(item.ended for item in shelf.intake.items()))
    states = {item.name: item.state for item in shelf.intake.items()}
    assert states.pop("alt.zip") is State.DONE
    assert states == {
        "a.txt": State.DONE,
        "b.pdf": State.FAILED,
        "c.txt": State.FAILED,
        "d.md": State.DONE,
    }
    assert {source.file for source in engine.sources()} == {"a.txt", "d.md"}
    problems = {item.name: item.problem.details["file"] for item in shelf.intake.items() if item.problem}
    assert problems == {"b.pdf": "alt.zip/arkiv/b.pdf", "c.txt": "alt.zip/c.txt"}, "whose they are is told"
    broken = ended(shelf.intake, hand_in(shelf.intake, "tull.zip", b"PK\3\4tull"))
    assert broken.problem is not None and broken.problem.details["file"] == "tull.zip"


def test_a_zip_file_that_is_cancelled_while_it_is_unpacked_leaves_nothing(
    shelf: Shelf, engine: EmbeddedEngine, monkeypatch: pytest.MonkeyPatch
) -> None:
    named: list[str] = []
    draft = Staging.draft

    def watch(staging: Staging, name: str, *, place: str = "") -> Draft:
        named.append(name)
        if len(named) == 4:  # the zip file itself, two good files and one without text
            shelf.intake.cancel(zip_file)
        return draft(staging, name, place=place)

    packed = zipped(a__txt=PLAN, b__txt="Skogen er stor.", c__txt="", d__txt="Fjorden er dyp.", e__txt="Elva er lang.")
    monkeypatch.setattr(Staging, "draft", watch)
    made = shelf.intake.draft("alt.zip")
    zip_file = made.id
    made.write(packed)
    made.finish()
    shelf.intake.wake()
    assert ended(shelf.intake, zip_file).state is State.CANCELLED
    assert [item.name for item in shelf.intake.items()] == ["alt.zip"] and "e.txt" not in named
    wait(lambda: not list((engine.directory / DIRECTORY).glob("*.file")))
    assert engine.sources() == ()


@pytest.mark.usefixtures("hold")
def test_what_waits_and_what_is_being_added_can_be_cancelled(shelf: Shelf, engine: EmbeddedEngine) -> None:
    first, second = hand_in(shelf.intake, "lang.txt", LONG), hand_in(shelf.intake, "plan.txt", PLAN)
    third = hand_in(shelf.intake, "skog.txt", "Skogen er stor og stille.")
    shelf.intake.cancel(second)
    wait(lambda: (progress := shelf.intake.progress()) is not None and progress.item == first)
    shelf.intake.cancel(first)
    assert ended(shelf.intake, first).state is State.CANCELLED
    assert ended(shelf.intake, second).state is State.CANCELLED
    assert ended(shelf.intake, third).state is State.DONE
    assert [source.file for source in engine.sources()] == ["skog.txt"]
    assert engine.verify().problems == ()


def test_progress_is_told(shelf: Shelf, monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[Progress | None] = []
    report = Intake._report

    def watch(intake: Intake, *told: Any) -> None:  # noqa: ANN401 (as the worker told it)
        report(intake, *told)
        seen.append(intake.progress())

    monkeypatch.setattr(Intake, "_report", watch)
    item_id = hand_in(shelf.intake, "lang.txt", LONG)
    ended(shelf.intake, item_id)
    told = [it for it in seen if it is not None]
    assert {(it.item, it.step, it.total) for it in told} == {(item_id, "passages", 200)}
    assert [it.done for it in told] == sorted(it.done for it in told)
    assert len({it.done for it in told}) > 2


def test_the_time_left_is_that_of_the_speed_so_far() -> None:
    progress = Progress("a", "passages", done=60, total=100, began=10.0, first=20)
    assert progress.seconds_left(now=14.0) == pytest.approx(4.0)  # 40 in 4 s, 40 to go
    assert progress.seconds_left(now=11.0) is None, "too early to tell"
    assert replace(progress, done=20).seconds_left(now=14.0) is None


def test_a_title_that_is_corrected_reaches_search_in_the_background(shelf: Shelf, engine: EmbeddedEngine) -> None:
    ended(shelf.intake, hand_in(shelf.intake, "plan.txt", PLAN))
    (document,) = engine.sources()
    shelf.describe(document.id, {"title": "Fagrådets grunnlag"})
    assert engine.sources()[0].name == "Fagrådets grunnlag"
    wait(lambda: engine.stale() == ())
    wait(lambda: "fagråd" in " ".join(engine.vocabulary()))
    assert not shelf.documents()[0].renewing


KILLED = """
import sys, time
from pathlib import Path
from assistant.intake import hand
from assistant.shelf import Shelf
from index.encoder import HashingEncoder
from index.engines.embedded import EmbeddedEngine
engine = EmbeddedEngine.open(Path(sys.argv[1]), HashingEncoder())
hand.WORKER = sys.argv[2]
shelf = Shelf(engine)
for name in sys.argv[3:]:
    draft = shelf.intake.draft(Path(name).name)
    draft.write(Path(name).read_bytes())
    draft.finish()
shelf.intake.wake()
while (progress := shelf.intake.progress()) is None or not progress.done:
    time.sleep(0.01)
print("on its way", flush=True)
time.sleep(600)
"""


def test_after_kill_9_the_queue_is_taken_up_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, hold: Path) -> None:
    monkeypatch.setenv("KILDESVAR_ENCODER", "hashing")
    long, short = tmp_path / "lang.txt", tmp_path / "kort.txt"
    long.write_text(LONG, "utf-8")
    short.write_text(PLAN, "utf-8")
    command = [sys.executable, "-c", KILLED, str(tmp_path / "index"), HELD, str(long), str(short)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "on its way\n"
        process.kill()
    hold.unlink()
    with EmbeddedEngine.open(tmp_path / "index", HashingEncoder()) as engine, Shelf(engine) as shelf:
        assert [item.name for item in shelf.intake.items()] == ["lang.txt", "kort.txt"]
        wait(lambda: all(item.ended for item in shelf.intake.items()))
        outcomes = [item.result.outcome for item in shelf.intake.items() if item.result]
        assert outcomes == [Outcome.ADDED, Outcome.ADDED]
        assert engine.verify().problems == ()


def test_two_that_serve_one_index_share_one_queue(engine: EmbeddedEngine, shelf: Shelf) -> None:
    with EmbeddedEngine.open(engine.directory, HashingEncoder()) as other, Shelf(other) as second:
        item_id = hand_in(second.intake, "plan.txt", PLAN)
        ended(shelf.intake, item_id)
        assert [source.file for source in other.sources()] == ["plan.txt"]
        shelf.close()
        assert ended(second.intake, hand_in(second.intake, "skog.txt", "Skogen er stor.")).state is State.DONE


def test_a_file_that_brings_the_worker_down_is_given_up(engine: EmbeddedEngine) -> None:
    staging = Staging(engine.directory)
    draft = staging.draft("bombe.txt")
    draft.write(b"x")
    staging.save(replace(draft.finish(), attempts=2, state=State.ACTIVE))
    with Shelf(engine) as shelf:
        (item,) = shelf.intake.items()
        assert ended(shelf.intake, item.id).problem == Problem("TooDemanding", {"file": "bombe.txt"})


def test_what_cannot_come_in_is_refused_and_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    staging = Staging(tmp_path)
    with pytest.raises(UnsupportedFormat):
        staging.draft("virus.exe")
    empty = staging.draft("tom.txt")
    with pytest.raises(EmptyDocument):
        empty.finish()
    empty.discard()
    monkeypatch.setattr("assistant.intake.staging.LIMIT_BYTES", 10)
    large = staging.draft("stor.txt")
    with pytest.raises(DocumentTooLarge):
        large.write(b"x" * 11)
    large.discard()
    assert list(staging.directory.iterdir()) == []


@pytest.mark.parametrize(
    ("name", "plain"),
    [
        ("../../etc/passwd.txt", "passwd.txt"),
        ("C:\\Brukere\\Kari\\plan.pdf", "plan.pdf"),
        ("a\0b\u202etxt.pdf", "abtxt.pdf"),
        ("  ", "uten navn"),
        ("«Ærlig» talt 💊.pdf", "«Ærlig» talt 💊.pdf"),
    ],
)
def test_names_are_never_paths(name: str, plain: str) -> None:
    assert plain_name(name) == plain


def test_a_very_long_name_keeps_its_ending() -> None:
    name = plain_name("å" * 5_000 + ".pdf")
    assert len(name) == LIMIT_NAME
    assert name.endswith("….pdf")


def test_an_item_survives_its_journal() -> None:
    edition = Edition("d1", "Plan", 0.5, EditionChoice.KEPT)
    item = Item("1", "plan.txt", 3, "ab", State.DONE, 1, Result(Outcome.ADDED, "d2", "Ny plan", 4, edition))
    assert item_of(item.to_json()) == item
    failed = Item("1", "plan.txt", 3, "ab", State.FAILED, problem=Problem("DiskFull", {"directory": "x"}, again=True))
    assert item_of(failed.to_json()) == failed
    assert json.loads(failed.to_json())["name"] == "plan.txt"


def test_a_journal_that_is_torn_stops_nothing(engine: EmbeddedEngine) -> None:
    staging = Staging(engine.directory)
    (staging.directory / "0001-ab.json").write_text("{", "utf-8")
    assert list(staging.items()) == []
    assert staging.item("../../../etc/passwd") is None


def test_a_file_that_goes_while_the_staged_are_counted_is_passed_over(engine: EmbeddedEngine) -> None:
    """Another thread, done with an item, removes its file between the listing of the directory and the look at it."""
    staging = Staging(engine.directory)
    draft = staging.draft("plan.txt")
    draft.write(b"Havna.")
    draft.finish()
    for gone in ("0001.file", "0001.part"):
        (staging.directory / gone).symlink_to("gone")
    assert staging.staged() == len(b"Havna.")
    staging.recover()


def test_closing_ends_a_worker_that_is_just_being_started(
    engine: EmbeddedEngine, monkeypatch: pytest.MonkeyPatch, hold: Path
) -> None:
    """The word to stop comes before the worker is there to hear it."""
    begins, told = Event(), Event()
    started, stop = Hand._started, Hand.stop

    def start_late(hand: Hand) -> subprocess.Popen[str]:
        begins.set()
        told.wait(PATIENCE)
        return started(hand)

    def tell(hand: Hand) -> None:
        stop(hand)
        told.set()

    monkeypatch.setattr(Hand, "_started", start_late)
    monkeypatch.setattr(Hand, "stop", tell)
    shelf = Shelf(engine)
    item_id = hand_in(shelf.intake, "lang.txt", LONG)
    assert begins.wait(PATIENCE)
    closing = Thread(target=shelf.close)
    closing.start()
    closing.join(60)
    waited = closing.is_alive()
    hold.unlink()
    closing.join()
    item = shelf.intake.item(item_id)
    assert not waited and item is not None and item.state is State.WAITING


@pytest.mark.parametrize("meanwhile", ["dismissed", "changed"])
def test_a_choice_brings_back_nothing_that_has_changed_meanwhile(
    shelf: Shelf, engine: EmbeddedEngine, monkeypatch: pytest.MonkeyPatch, meanwhile: str
) -> None:
    staging = Staging(engine.directory)
    result = Result(Outcome.ADDED, "d1", "plan.pdf", 3, Edition("d2", "Gammel", 0.7), "2")
    item = Item("0001-ab", "plan.pdf", 3, "ab", State.DONE, result=result)
    staging.save(item)
    other = replace(item, state=State.CANCELLED, result=None)

    def change(*_: object, **__: object) -> None:
        if meanwhile == "dismissed":
            shelf.intake.dismiss(item.id)
        else:
            staging.save(other)

    monkeypatch.setattr(EmbeddedEngine, "supersede", change)
    shelf.choose(item.id, EditionChoice.REPLACED)
    assert shelf.intake.item(item.id) == (None if meanwhile == "dismissed" else other)


def test_a_zip_file_that_a_full_disk_cut_short_leaves_no_part(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    staging = Staging(tmp_path)
    draft = staging.draft("alt.zip")
    draft.write(zipped(a__txt=PLAN))
    item = draft.finish()

    def full(draft: Draft, data: bytes) -> None:
        raise DiskFull(directory="x")

    monkeypatch.setattr(Draft, "write", full)
    failed = unpack(staging, item, lambda: False)
    assert failed.problem == Problem("DiskFull", {"directory": "x"}, again=True)
    assert not list(staging.directory.glob("*.part"))


def test_two_that_write_of_one_item_at_once_both_do(engine: EmbeddedEngine, monkeypatch: pytest.MonkeyPatch) -> None:
    """One process takes the file while another, which serves the same index, cancels it."""
    staging, replace_file = Staging(engine.directory), os.replace
    item = Item("0001-ab", "plan.txt", 3, "ab")

    def overtaken(beside: Path, record: Path) -> None:
        monkeypatch.setattr(os, "replace", replace_file)
        staging.save(replace(item, state=State.CANCELLED))
        replace_file(beside, record)

    monkeypatch.setattr(os, "replace", overtaken)
    staging.save(replace(item, state=State.ACTIVE))
    assert [it.state for it in staging.items()] == [State.ACTIVE], "the last one counts"
    assert [path.name for path in staging.directory.iterdir()] == ["0001-ab.json"]

"""``kill -9`` at fifty random moments: nothing that was acknowledged is lost, nothing is half there."""

import multiprocessing
import os
import random
import time
from pathlib import Path

import pytest

from index.engines.embedded import EmbeddedEngine
from tests.index.sample import ANALYSER, opened, sample
from tests.waiting import PATIENCE

KILLS = 50
NAMES = ("alfa", "beta", "gamma", "delta", "epsilon")
PROCESSES = multiprocessing.get_context("forkserver")
PROCESSES.set_forkserver_preload(["tests.index.sample"])

State = dict[str, int]
"""Version of each document that is in the index, by name."""


def change(engine: EmbeddedEngine, name: str, version: int) -> None:
    """Bring one document to a version; -1 removes it."""
    if version < 0:
        (found,) = (source.id for source in engine.sources() if source.file == f"{name}.txt")
        engine.remove(found)
    else:
        engine.add([sample(name, version)])


def keep_changing(directory: Path, diary: Path, state: State, seed: int) -> None:
    """Change documents until killed; each change is written into the diary before it begins and when it is done."""
    choice = random.Random(seed)
    with diary.open("a", buffering=1) as lines, opened(directory) as engine:
        for version in range(1000 * seed, 1000 * seed + 1000):
            name = choice.choice(NAMES)
            wanted = -1 if name in state and choice.random() < 0.3 else version
            lines.write(f"begin {name} {wanted}\n")
            change(engine, name, wanted)
            lines.write("done\n")
            state = after(state, name, wanted)


def after(state: State, name: str, version: int) -> State:
    """The state with one more change."""
    changed = {**state, name: version}
    return {name: version for name, version in changed.items() if version >= 0}


def read_diary(diary: Path, state: State) -> tuple[State, State, int]:
    """What was acknowledged; the same with the change that was under way, if any; how many were acknowledged."""
    pending, done = state, 0
    for line in diary.read_text().splitlines():
        match line.split():
            case ["begin", name, version]:
                pending = after(state, name, int(version))
            case ["done"]:
                state, done = pending, done + 1
    return state, pending, done


def state_of(engine: EmbeddedEngine, versions: list[State]) -> State:
    """The one of the states that the index is in, to the last document id; {"?": …} if it is in none."""
    found = {source.id for source in engine.sources()}
    for state in versions:
        if found == {sample(name, version).id for name, version in state.items()}:
            return state
    return {"?": len(found)}


def pace(directory: Path) -> float:
    """Seconds that a change takes on this machine, now."""
    with opened(directory) as engine:
        engine.add([sample("alfa", 1)])
        start = time.monotonic()
        engine.add([sample("alfa", 2)])
        return time.monotonic() - start


def wait_for(diary: Path, done: int) -> None:
    """Wait until so many changes were acknowledged; on a machine that has stopped, not for ever."""
    deadline = time.monotonic() + PATIENCE
    while diary.read_text().count("done") < done and time.monotonic() < deadline:
        time.sleep(0.002)


@pytest.mark.timeout(900)  # half a minute where nothing else runs
def test_fifty_kills_lose_nothing_that_was_acknowledged(tmp_path: Path) -> None:
    choice = random.Random(17)
    directory = tmp_path / "index"
    state: State = {}
    acknowledged = interrupted = 0
    seconds = pace(tmp_path / "pace")
    for seed in range(KILLS):
        diary = tmp_path / f"diary{seed}"
        diary.touch()
        process = PROCESSES.Process(target=keep_changing, args=(directory, diary, state, seed))
        process.start()
        wait_for(diary, seed % 3)  # a third are killed while they open the index, or change it for the first time
        time.sleep(choice.uniform(0, 1.5 * seconds))
        process.kill()
        process.join()
        assert process.exitcode == -9, "it ended by itself"
        process.close()
        before, pending, done = read_diary(diary, state)
        with opened(directory) as engine:
            state = state_of(engine, [before, pending])
            assert state in (before, pending), (seed, before, pending)
            result = engine.verify()
            assert result.problems == (), seed
            assert result.documents == len(state)
            for name in state:
                assert engine.lexical(ANALYSER.query_terms(name), k=1), (seed, name)
        acknowledged += done
        interrupted += before != pending
    assert acknowledged >= KILLS - 3  # else nothing was at stake
    assert interrupted >= KILLS // 5


def test_the_diary_is_read_as_it_is_written(tmp_path: Path) -> None:
    diary = tmp_path / "diary"
    diary.write_text(f"begin alfa 3{os.linesep}done\nbegin beta 4\ndone\nbegin alfa -1\n")
    assert read_diary(diary, {"gamma": 1}) == (
        {"gamma": 1, "alfa": 3, "beta": 4},
        {"gamma": 1, "beta": 4},
        2,
    )

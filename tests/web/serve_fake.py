"""Serves the page with the small assistant of the tests, on a free port: ``python -m tests.web.serve_fake``.

Ratings, sets and runs are kept in a folder that goes with it. What is measured is not the small assistant but the real
one, over an index of the same documents, with the encoder that needs no model. A set that comes along is never done:
it is asked until the run is stopped, so that a test that stops it does not depend on how fast the machine is.
"""

import os
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from time import sleep

from assistant.quality import open_quality
from assistant.web.app import Limits
from assistant.web.limits import RateLimit
from assistant.web.server import serve
from eval.corpora import Bench
from eval.goldset import Split
from eval.measuring import Run, measure
from eval.new_set import write_set
from eval.runner import Progress
from eval.serving import FOLDER, SETS, PageEvaluation
from index.encoder import HashingEncoder
from index.engines.embedded import EmbeddedEngine
from tests.web.fake import DOCUMENTS, HARBOUR, FakeAssistant

SMALL = (
    ("Hvor lang er kaia?", "Kaia er 140 meter lang og koster 12 millioner kroner i året."),
    ("Hvordan deles båtplassene ut?", "Helt til slutt står det at båtplassene deles ut ved loddtrekning hver vår."),
    ("Når fikk de svømmehall i byen?", "Fergene går hver halvtime."),
    ("Hva heter ordføreren?", None),
)
"""Questions and what answers them; the third is asked so that it cannot be found."""


def fill(directory: Path) -> None:
    """An index of the tests' documents, and the set "liten" that asks it."""
    with EmbeddedEngine.open(directory, HashingEncoder(), create=True) as engine:
        engine.add(DOCUMENTS)
    sets = directory / FOLDER / SETS
    sets.mkdir(parents=True)
    questions = [
        {
            "id": f"liten-{number}",
            "question": question,
            "language": "nb",
            "type": "factoid" if quote else "unanswerable",
            "answerable": bool(quote),
            "quotes": [{"document": HARBOUR.source.file, "text": quote}] if quote else [],
        }
        for number, (question, quote) in enumerate(SMALL, start=1)
    ]
    write_set(questions, sets / "liten.jsonl", author="–", split=Split.TEST)


def measure_until_stopped(
    bench: Bench, *, index: Path | None, command: str, progress: Callable[[str], Progress]
) -> Run:
    """Measures a set of one's own; one that comes along is stuck at its first question. Raises what stops a run."""
    if not bench.documents:
        return measure(bench, index=index, command=command, progress=progress)
    report = progress("questions")
    while True:
        report(1, len(bench.cases))
        sleep(0.05)


if __name__ == "__main__":
    os.environ["KILDESVAR_ENCODER"] = "hashing"
    with TemporaryDirectory() as folder:
        fill(Path(folder))
        # The whole suite comes from one address, so the usual limits would stop it.
        limits = Limits(RateLimit(1000, 60.0), RateLimit(1000, 60.0))
        quality = open_quality(Path(folder))
        measuring = PageEvaluation(Path(folder), quality.ratings, measuring=measure_until_stopped)
        serve(FakeAssistant(), port=0, limits=limits, quality=replace(quality, evaluation=measuring))

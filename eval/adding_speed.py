"""How long it takes to add many PDFs, how much memory, and how fast questions are answered meanwhile and afterwards.

    python -m eval.adding_speed --documents 20 --pages 100

Makes PDFs of five paragraphs a page out of the words of the corpora that come along (other sentences on each page, so
that nothing is encoded twice), hands them in as the page does, and asks questions all the while. The index lies in a
folder of its own that is gone afterwards. Times are the clock's; the load of the machine is told beside them, since
whatever else it does slows down both, and so is processor time, which the load changes little. Needs reportlab, which
comes with the extras for testing.
"""

import argparse
import io
import json
import os
import random
import resource
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from assistant.assistant import Assistant
from assistant.intake.item import State
from assistant.opening import SEEDS, load_reader
from assistant.shelf import Shelf
from index.documents import read_corpus
from index.encoder import load_encoder
from index.engines.embedded import EmbeddedEngine

_SEED = 20_171
_PARAGRAPHS = 5
"""Of a page."""
_SENTENCES = 3
"""Of a paragraph."""
_WIDTH = 92
"""Characters of a line."""
_QUESTIONS = (
    "Hvor mange narkotikarelaterte dødsfall var det i 2015?",
    "Hva er Eikaklinikken?",
    "Hvorfor lar ungdom være å ringe ambulanse?",
    "Hvor raskt bør ruspasienter få behandling, ifølge Venstre?",
    "Hvem vant VM i fotball i 2018?",
)


def make_pdf(number: int, pages: int, words: Sequence[str]) -> bytes:
    """A report of so many pages, with a heading on each and its number at the foot."""
    from reportlab.lib.pagesizes import A4
    from reportlab.pdfgen.canvas import Canvas

    choice, file = random.Random(_SEED + number), io.BytesIO()
    canvas = Canvas(file, pagesize=A4, invariant=1)
    canvas.setTitle(f"Utredning {number} om veien videre")
    for page in range(1, pages + 1):
        at = A4[1] - 80
        canvas.setFont("Helvetica-Bold", 15)
        canvas.drawString(72, at, f"Kapittel {page} i utredning {number}")
        canvas.setFont("Helvetica", 10)
        for _ in range(_PARAGRAPHS):
            at -= 26
            for line in _wrapped(" ".join(_sentence(choice, words) for _ in range(_SENTENCES))):
                canvas.drawString(72, at, line)
                at -= 13
        canvas.drawCentredString(A4[0] / 2, 40, str(page))
        canvas.showPage()
    canvas.save()
    return file.getvalue()


def _sentence(choice: random.Random, words: Sequence[str]) -> str:
    return " ".join(choice.choice(words) for _ in range(choice.randint(9, 21))).capitalize() + "."


def _wrapped(text: str) -> list[str]:
    lines = [""]
    for word in text.split():
        if len(lines[-1]) + len(word) > _WIDTH:
            lines.append("")
        lines[-1] = f"{lines[-1]} {word}".strip()
    return lines


def memory(process: str, field: str) -> int:
    """Bytes of a process's memory, as Linux tells them: ``VmRSS`` now, ``VmHWM`` at most; 0 where nobody tells."""
    try:
        lines = Path(f"/proc/{process}/status").read_text("utf-8").splitlines()
    except OSError:
        return 0
    found = next((line for line in lines if line.startswith(f"{field}:")), f"{field}: 0 kB")
    return 1024 * int(found.split()[1])


def _children() -> int:
    """Bytes of memory that the processes begun by this one take now, and those begun by them."""
    parents: dict[str, list[str]] = {}
    for status in Path("/proc").glob("[0-9]*/stat"):
        try:
            parents.setdefault(status.read_text("utf-8").rpartition(")")[2].split()[1], []).append(status.parent.name)
        except OSError:  # it has just ended
            continue
    waiting, total = list(parents.get(str(os.getpid()), [])), 0
    while waiting:
        process = waiting.pop()
        waiting += parents.get(process, [])
        total += memory(process, "VmRSS")
    return total


def measure(directory: Path, files: Sequence[tuple[str, bytes]], *, asks: int) -> dict[str, object]:
    """Hand the files in and ask until they are added; then ask ``asks`` times more."""
    encoder = load_encoder()
    with EmbeddedEngine.open(directory, encoder) as engine, Shelf(engine) as shelf:
        engine.add(read_corpus(SEEDS))
        assistant = Assistant(engine, load_reader(encoder))
        before = [_ask(assistant, number) for number in range(asks)]
        began, load = time.perf_counter(), os.getloadavg()[0]
        for name, data in files:
            draft = shelf.intake.draft(name)
            draft.write(data)
            draft.finish()
        shelf.intake.wake()
        during: list[tuple[float, float]] = []
        peak = 0
        while not all(item.ended for item in shelf.intake.items()):
            during.append(_ask(assistant, len(during)))
            peak = max(peak, memory("self", "VmRSS") + _children())
            time.sleep(0.5)
        seconds = time.perf_counter() - began
        passages = sum(item.result.count for item in shelf.intake.items() if item.result)
        after = [_ask(assistant, number) for number in range(asks)]
        failed = [item.name for item in shelf.intake.items() if item.state is not State.DONE]
    asked = {"before": before, "during": during, "after": after}
    return {
        "documents": len(files),
        "failed": failed,
        "passages": passages,
        "seconds": round(seconds, 1),
        "milliseconds_a_passage": round(1000 * seconds / max(1, passages), 1),
        "processor_milliseconds_a_passage": round(1000 * _spent_by_children() / max(1, passages), 1),
        "ask_ms_p50": {name: round(median(each[0] for each in times)) for name, times in asked.items() if times},
        "ask_processor_ms_p50": {
            name: round(median(each[1] for each in times)) for name, times in asked.items() if times
        },
        "peak_megabytes": round(peak / 1e6),
        "load_average": [round(load, 1), round(os.getloadavg()[0], 1)],
        "processors": os.cpu_count(),
    }


def _ask(assistant: Assistant, number: int) -> tuple[float, float]:
    """Milliseconds of the clock and of this process's processor time."""
    began, spent = time.perf_counter(), time.process_time()
    assistant.ask(_QUESTIONS[number % len(_QUESTIONS)])
    return 1000 * (time.perf_counter() - began), 1000 * (time.process_time() - spent)


def _spent_by_children() -> float:
    """Seconds of processor time of all processes that this one began and that have ended."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the measures as JSON."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--documents", type=int, default=20)
    parser.add_argument("--pages", type=int, default=100)
    parser.add_argument("--asks", type=int, default=20)
    options = parser.parse_args(arguments)
    words = sorted({word for document in read_corpus(SEEDS) for word in document.text.split() if word.isalpha()})
    files = [
        (f"utredning-{number}.pdf", make_pdf(number, options.pages, words))
        for number in range(1, options.documents + 1)
    ]
    with TemporaryDirectory(prefix="kildesvar-") as folder:
        sys.stdout.write(json.dumps(measure(Path(folder), files, asks=options.asks), indent=1) + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())

"""How long the store takes to open, search, add, remove and verify, and how much disk it needs.

    python -m eval.store_speed                        # the five documents that come along
    python -m eval.store_speed --documents 200        # and many, made of their words

The encoder is the hashing one, 384 dimensions: a model's time is the encoder's, and ``eval.encoding_speed`` tells it.
Times are processor time of this process, medians, so that whatever else the machine does changes them little. One
search analyses and encodes the question, takes 100 candidates of BM25 and of the vectors each, scores all of them
exactly, and reads 20 passages with their documents. The index lies in a folder that is gone afterwards.
"""

import argparse
import random
import sys
import time
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from assistant.opening import SEEDS
from index.documents import read_bytes, read_corpus
from index.documents.document import Document
from index.encoder import HashingEncoder
from index.engines.embedded import EmbeddedEngine
from index.language import Analyser
from index.search import search

_SEED = 20_172
_DIMENSION = 384
_PARAGRAPHS, _SENTENCES = 50, 3
"""Of a document that is made, and of a paragraph: each paragraph becomes one passage."""
_ASKED, _CHANGED, _OPENED = 60, 10, 5
"""How often each thing is timed."""
_WORDS = 4
"""Of a question that is made."""


def make_document(name: str, words: Sequence[str], choice: random.Random, *, paragraphs: int) -> Document:
    """A text of sentences that nothing else has, so that each is encoded once."""
    text = "\n\n".join(
        " ".join(" ".join(choice.choices(words, k=15)).capitalize() + "." for _ in range(_SENTENCES))
        for _ in range(paragraphs)
    )
    return read_bytes(name, text.encode())


def measure(directory: Path, documents: Sequence[Document], words: Sequence[str]) -> dict[str, str]:
    """What each thing takes with these documents in the index, in words."""
    choice, encoder, analyser = random.Random(_SEED), HashingEncoder(_DIMENSION), Analyser()
    with EmbeddedEngine.open(directory, encoder) as engine:
        engine.add(documents)
    opening = [_milliseconds(lambda: EmbeddedEngine.open(directory, encoder).close()) for _ in range(_OPENED)]
    with EmbeddedEngine.open(directory, encoder) as engine:
        counted = engine.verify()
        questions = [" ".join(choice.choices(words, k=_WORDS)) + "?" for _ in range(_ASKED)]
        ask = partial(search, engine, analyser=analyser, k=20)
        ask(questions[0])  # what is slow only the first time is not what is measured
        asking = [_milliseconds(partial(ask, question)) for question in questions]
        small = [make_document(f"ny-{number}.txt", words, choice, paragraphs=3) for number in range(_CHANGED)]
        adding = [_milliseconds(partial(engine.add, [document])) for document in small]
        removing = [_milliseconds(partial(engine.remove, document.id)) for document in small]
        verifying = _milliseconds(engine.verify)
    size = sum(file.stat().st_size for file in directory.rglob("*") if file.is_file())
    return {
        "holds": f"{counted.documents} documents, {counted.passages} passages",
        "open": f"{median(opening):.0f} ms",
        "one search": f"{median(asking):.1f} ms",
        "add one small document": f"{median(adding):.0f} ms",
        "remove it": f"{median(removing):.0f} ms",
        "verify everything": f"{verifying / 1000:.2f} s",
        "on disk": f"{size / 1e6:.1f} MB",
    }


def _milliseconds(act: Callable[[], object]) -> float:
    """Of processor time."""
    spent = time.process_time()
    act()
    return 1000 * (time.process_time() - spent)


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the measures, one a line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--documents", type=int, default=0, help="how many to make; 0: those that come along")
    count = parser.parse_args(arguments).documents
    documents = read_corpus(SEEDS)
    words = sorted({word for document in documents for word in document.text.split() if word.isalpha()})
    if count:
        choice = random.Random(_SEED + 1)
        names = [f"utredning-{number}.txt" for number in range(count)]
        documents = tuple(make_document(name, words, choice, paragraphs=_PARAGRAPHS) for name in names)
    with TemporaryDirectory(prefix="kildesvar-") as folder:
        found = measure(Path(folder), documents, words)
    sys.stdout.write("".join(f"{what:<24}{how}\n" for what, how in found.items()))
    return 0


if __name__ == "__main__":
    sys.exit(main())

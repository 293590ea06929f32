"""Serves the page with a real index, the hashing encoder and a shelf: ``python -m tests.web.serve_shelf DIR``."""

import os
import sys
from pathlib import Path

os.environ["KILDESVAR_ENCODER"] = "hashing"
os.environ["PYTHONPATH"] = os.getcwd()  # for the worker

from assistant.assistant import Assistant
from assistant.intake import hand
from assistant.reader.matching import MatchingReader
from assistant.shelf import Shelf
from assistant.web.app import Limits
from assistant.web.limits import RateLimit
from assistant.web.server import serve
from index.documents import read_bytes
from index.encoder import HashingEncoder
from index.engines.embedded import EmbeddedEngine
from index.language import Analyser

BEACH = b"# Stranda\n\nStranda har badevakt hver dag i juli.\n\nKiosken selger is til klokka seks."


def main() -> None:
    hand.WORKER = "tests.web.held_worker"
    encoder = HashingEncoder()
    limits = Limits(RateLimit(1000, 60.0), RateLimit(1000, 60.0))
    with EmbeddedEngine.open(Path(sys.argv[1]), encoder) as engine:
        if not engine.sources():
            engine.add([read_bytes("strand.md", BEACH)])
        with Shelf(engine) as shelf:
            serve(Assistant(engine, MatchingReader(encoder, Analyser())), port=0, limits=limits, shelf=shelf)


if __name__ == "__main__":
    main()

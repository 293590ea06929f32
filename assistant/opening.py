"""Open an assistant: where the index lies, what it holds at first use, and which reader decides."""

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from platformdirs import user_data_path

from assistant.assistant import Assistant
from assistant.reader import Reader, Strictness
from assistant.reader.matching import MatchingReader
from assistant.reader.trained import TrainedReader
from index.documents import read_corpus
from index.encoder import Encoder, HashingEncoder, load_encoder
from index.engines import Engine, Progress
from index.engines.embedded import EmbeddedEngine
from index.errors import ModelUnavailable
from index.language import Analyser

SEEDS = Path(__file__).resolve().parent.parent / "seeds"
"""The starting corpus."""


def default_index() -> Path:
    """The per-user directory of the index that is used when none is named."""
    return user_data_path("kildesvar", appauthor=False) / "index"


def open_engine(
    directory: Path | None = None,
    *,
    create: bool = False,
    encoder: Encoder | None = None,
    progress: Callable[[], Progress] | None = None,
) -> EmbeddedEngine:
    """Open the index in ``directory``; None is the user's own, which is made at first use with the five documents.

    To be closed by whoever asked: ``with open_engine() as engine``.

    Args:
        directory: Where the index lies.
        create: Make an empty index when ``directory`` holds none.
        encoder: None is the one that the settings name.
        progress: Makes the progress report of the first seeding, when there is one to do.

    Raises:
        IndexMissing: ``directory`` was named, holds no index, and ``create`` is false.
        IndexFault, EncoderError: The index or the encoder cannot be used.
    """
    encoder = encoder or load_encoder()
    if directory is not None:
        return EmbeddedEngine.open(directory, encoder, create=create)
    engine = EmbeddedEngine.open(default_index(), encoder, create=True)
    with closed_on_error(engine):
        if engine.generation == 0:  # fresh, or its first seeding was cut short: nothing was acknowledged yet
            engine.add(read_corpus(SEEDS), progress=progress() if progress else None)
    return engine


def open_assistant(
    directory: Path | None = None,
    *,
    strictness: Strictness = Strictness.NORMAL,
    progress: Callable[[], Progress] | None = None,
) -> Assistant:
    """Open the index (see ``open_engine``) and put the assistant before it; to be closed by whoever asked.

    Raises as ``open_engine``.
    """
    encoder = load_encoder()
    engine = open_engine(directory, encoder=encoder, progress=progress)
    with closed_on_error(engine):
        return Assistant(engine, load_reader(encoder), strictness=strictness)


@contextmanager
def closed_on_error(engine: Engine) -> Iterator[None]:
    """Close ``engine`` if the block raises: nobody else will have it to close."""
    try:
        yield
    except BaseException:
        engine.close()
        raise


def load_reader(encoder: Encoder) -> Reader:
    """The trained reader; without its model, or beside the hashing fake, the matching one.

    ``KILDESVAR_READER=matching`` asks for the latter. Raises ``EncoderError`` if a model is there and cannot be used.
    """
    wish = os.environ.get("KILDESVAR_READER", "trained")
    if wish != "matching" and not isinstance(encoder, HashingEncoder):
        with suppress(ModelUnavailable):
            return TrainedReader.load()
    return MatchingReader(encoder, Analyser())


def rebuild(directory: Path | None, *, progress: Progress | None = None) -> int:
    """Make all that is derived anew, with the encoder that the settings name; returns the number of documents.

    Raises as ``open_engine``, but for ``IndexMismatch``, which is what this mends.
    """
    return EmbeddedEngine.rebuild(directory or default_index(), load_encoder(), progress=progress)

"""Documents that an earlier version of their reader read: they are told of, and read anew when asked to."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from index.documents import read_bytes
from index.documents.document import Document, Metadata, Page
from index.encoder import HashingEncoder
from index.engines import Change, SameName
from index.engines.embedded import EmbeddedEngine
from tests.index.made_pdf import Paper

PROSE = "Kommunen har vedtatt planen, og den gjelder for alle som bor i området fra nyttår av."
NOTE = "Merk at tallene er fra 2024."


def made() -> Document:
    """As it is read now: with the note in the margin, and with a title that a person gave."""
    paper = Paper()
    paper.paragraph(PROSE)
    paper.canvas.translate(560, 100)
    paper.canvas.rotate(90)
    paper.canvas.drawString(0, 0, NOTE)
    return read_bytes("plan.pdf", paper.done(), metadata=Metadata(title="Planen"))


def as_before(document: Document, *, recognised: bool = False) -> Document:
    """As an earlier version read it."""
    end = len(PROSE)
    text, blocks = document.text[:end], tuple(block for block in document.blocks if block.end <= end)
    runs = tuple(run for run in document.source_map.runs if run.end <= end)
    pages = tuple(replace(page, end=min(page.end, end), recognised=recognised) for page in document.pages)
    map_ = replace(document.source_map, runs=runs)
    return replace(document, text=text, blocks=blocks, pages=pages, source_map=map_)


def forget_versions(directory: Path) -> None:
    with closing(sqlite3.connect(directory / "kildesvar.sqlite")) as connection, connection:
        connection.execute("DELETE FROM meta WHERE name LIKE 'read:%'")


@pytest.fixture
def directory(tmp_path: Path) -> Path:
    """An index with a document that an earlier version read, from when no version was written down, and a text."""
    with EmbeddedEngine.open(tmp_path, HashingEncoder()) as engine:
        engine.add([as_before(made()), read_bytes("notat.txt", PROSE.encode())])
    forget_versions(tmp_path)
    return tmp_path


@pytest.fixture
def engine(directory: Path) -> Iterator[EmbeddedEngine]:
    with EmbeddedEngine.open(directory, HashingEncoder()) as opened:
        yield opened


def assert_read_anew(engine: EmbeddedEngine) -> None:
    document = engine.document(made().id)
    assert document.text == f"{PROSE}\n\n{NOTE}"
    assert document.source.name == "Planen" and document.source.metadata.given == {"title"}
    assert engine.outdated() == () and engine.verify().problems == ()
    assert engine.original(document.id).startswith(b"%PDF")


def test_what_an_earlier_version_read_is_told_and_what_is_read_now_is_not(engine: EmbeddedEngine) -> None:
    assert engine.outdated() == (made().id,)
    engine.remove(made().id)
    assert engine.outdated() == ()
    engine.add([made()])
    assert engine.outdated() == ()


def test_rebuilding_reads_it_anew(directory: Path) -> None:
    EmbeddedEngine.rebuild(directory, HashingEncoder())
    with EmbeddedEngine.open(directory, HashingEncoder()) as engine:
        assert_read_anew(engine)
        assert [source.file for source in engine.sources()] == ["plan.pdf", "notat.txt"]


@pytest.mark.parametrize("same_name", SameName)
def test_adding_it_again_reads_it_anew_and_keeps_its_name(engine: EmbeddedEngine, same_name: SameName) -> None:
    metadata = replace(made().source.metadata, title="Utkast", given=frozenset())
    source = replace(made().source, file="kopi.pdf", metadata=metadata)
    (added,) = engine.add([replace(made(), source=source)], same_name=same_name)
    assert added.change is Change.REPLACED and added.source.file == "plan.pdf"
    assert_read_anew(engine)
    (again,) = engine.add([made()], same_name=same_name)
    assert again.change is Change.UNCHANGED


def test_what_text_recognition_has_read_is_not_given_up(engine: EmbeddedEngine) -> None:
    engine.remove(made().id)
    recognised = as_before(made(), recognised=True)
    assert all(isinstance(page, Page) for page in recognised.pages)
    engine.add([recognised])
    forget_versions(engine.directory)
    (added,) = engine.add([made()])
    assert added.change is Change.UNCHANGED and engine.document(made().id).text == PROSE


def test_a_file_that_cannot_be_read_any_more_keeps_its_text(directory: Path) -> None:
    with closing(sqlite3.connect(directory / "kildesvar.sqlite")) as connection, connection:
        connection.execute("UPDATE documents SET original = x'789c030000000001' WHERE file = 'plan.pdf'")
    EmbeddedEngine.rebuild(directory, HashingEncoder())
    with EmbeddedEngine.open(directory, HashingEncoder()) as engine:
        assert engine.document(made().id).text == PROSE and engine.outdated() == (made().id,)

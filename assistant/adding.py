"""``kildesvar documents add``: files are read and added a handful at a time, and what became of each is told."""

import argparse
import sys
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from pathlib import Path

from assistant.commands import complain
from assistant.opening import open_engine
from assistant.page_notes import page_notes
from assistant.progress_bar import progress_bar
from assistant.texts import error_text, text
from index.documents import find_files, read_document, recognition
from index.documents.document import Document, Language
from index.editions import Editions, Kin
from index.engines import Added, Change, SameName
from index.engines.embedded import EmbeddedEngine
from index.errors import KildesvarError

_AT_ONCE = 1_000_000
"""Characters of text that are added in one go: many small files together, a long report by itself."""


def add_files(options: argparse.Namespace) -> int:
    """Read files and add them; a file that cannot be read is told of, and the rest goes on. Returns the exit status."""
    failed: list[Path] = []
    with ExitStack() as stack:
        engine: EmbeddedEngine | None = None
        ocr = recognition.wanted(options.ocr or None)
        for documents in _handfuls(options.paths, options.language, failed, ocr=ocr):
            engine = engine or stack.enter_context(_opened(options))
            _add(engine, documents, options)
    return 1 if failed else 0


def _add(engine: EmbeddedEngine, documents: Sequence[Document], options: argparse.Namespace) -> None:
    kin = _kin(engine, documents)
    same_name = SameName.KEEP_BOTH if options.keep_both else SameName.REPLACE
    with progress_bar(options.language, "adding") as bar:
        added = engine.add(documents, same_name=same_name, progress=bar)
    for document, one in zip(documents, added, strict=True):
        _tell(document, one, options.language)
        if document.id in kin and one.change is Change.ADDED:
            _tell_of_kin(engine, one, kin[document.id], options)


def _opened(options: argparse.Namespace) -> EmbeddedEngine:
    with progress_bar(options.language, "first_start") as bar:
        return open_engine(options.index, create=True, progress=lambda: bar)


def _handfuls(
    paths: Sequence[Path], language: Language, failed: list[Path], *, ocr: bool
) -> Iterator[Sequence[Document]]:
    """The documents in files, folders and zip files; what could not be read goes to ``failed``."""
    documents: list[Document] = []
    for path in paths:
        file = None
        for file in find_files(path):
            try:
                documents.append(read_document(file, recognition=ocr))
            except KildesvarError as error:  # the rest of the files still counts
                failed.append(file)
                complain(error_text(language, error))
            if sum(len(document.text) for document in documents) >= _AT_ONCE:
                yield documents
                documents = []
        if file is None:
            failed.append(path)
            complain(text(language, "cli.no_files", path=str(path)))
    if documents:
        yield documents


def _kin(engine: EmbeddedEngine, documents: Sequence[Document]) -> dict[str, Kin]:
    """The documents that the new ones are other editions of, in the index or just before; by their ids."""
    before = list(engine.sources())
    there, fresh = {source.id for source in before}, {document.id: document for document in documents}
    editions = Editions(lambda document_id: fresh.get(document_id) or engine.document(document_id))
    found: dict[str, Kin] = {}
    for document in documents:
        if document.id in there:
            continue
        if kin := editions.kin(document, before):
            found[document.id] = kin
        before.append(document.source)
    return found


def _tell(document: Document, added: Added, language: Language) -> None:
    key, details = added.change.value, {"name": added.source.name}
    if added.change is Change.UNCHANGED and added.source.file != document.source.file:
        key, details = "renamed", {"name": document.source.file, "file": added.source.file}
    sys.stdout.write(f"{added.source.id}  {text(language, f'cli.add.{key}', **details)}\n")
    for note in page_notes(document, language):
        sys.stdout.write(f"    {note}\n")


def _tell_of_kin(engine: EmbeddedEngine, added: Added, kin: Kin, options: argparse.Namespace) -> None:
    """Say which edition there was before; with ``--replace`` the new one takes its place."""
    if kin.source.id not in {source.id for source in engine.sources()}:
        return  # gone already: it had the new one's file name, or one of the others took its place
    details: dict[str, str | int] = {"name": kin.source.name, "id": kin.source.id}
    if options.replace:
        engine.supersede(kin.source.id, by=added.source.id, file=added.source.file)
        line = text(options.language, "cli.superseded", **details)
    else:
        line = text(options.language, "cli.alike", percent=round(100 * kin.common), **details)
    sys.stdout.write(f"    {line}\n")

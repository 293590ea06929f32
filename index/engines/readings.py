"""How well the documents of an index were read: which of them would be read better now, and how."""

from collections.abc import Collection, Sequence
from dataclasses import replace

from index.documents.document import Document, Source
from index.documents.metadata import corrected
from index.documents.rereading import read_again, reader_version
from index.store import Store
from index.writing import READ


def outdated(store: Store, sources: Collection[Source]) -> frozenset[str]:
    """Ids of the documents that an earlier version of their reader read."""
    read = store.facts(READ)
    return frozenset(
        source.id for source in sources if int(read.get(f"{READ}{source.id}", 1)) < reader_version(source.file)
    )


def all_read_again(store: Store) -> tuple[list[Document], dict[str, int]]:
    """All documents, those that are outdated as they read now; and the version of the reader of each, by id."""
    catalogue, read = store.changes(since=0).catalogue, store.facts(READ)
    old = outdated(store, [entry.source for entry in catalogue])
    documents, versions = [], {}
    for entry in catalogue:
        known = store.document(entry.source.id)
        again = read_again(known, store.original(entry)) if known.id in old else None
        documents.append(again or known)
        versions[known.id] = reader_version(known.source.file) if again else int(read.get(f"{READ}{known.id}", 1))
    return documents, versions


def as_known(store: Store, sources: Collection[Source], documents: Sequence[Document]) -> list[Document]:
    """The documents that come in, those that are there and outdated with the name and metadata that they have there."""
    old = outdated(store, sources)
    known = {source.id: source for source in sources if source.id in old}
    return [
        replace(one, source=replace(there, metadata=corrected(there.metadata, one.source.metadata)))
        if (there := known.get(one.id)) is not None
        else one
        for one in documents
    ]


def better_read(store: Store, sources: Collection[Source], documents: Sequence[Document]) -> frozenset[str]:
    """Ids of documents that are there already and now come with a text that was read better.

    That is by a later version of their reader, or with text recognition, if the text is another; but what text
    recognition has read is not given up for what was read without it.
    """
    there, old = {source.id for source in sources}, outdated(store, sources)
    found = set()
    for one in documents:
        recognised = any(page.recognised for page in one.pages)
        if one.id in there and (recognised or one.id in old):
            known = store.document(one.id)
            lost = not recognised and any(page.recognised for page in known.pages)
            found |= {one.id} if not lost and (one.id in old or known.text != one.text) else set()
    return frozenset(found)

"""What becomes of a document that comes into the index: whether it is new, there already, or takes another's place."""

from collections.abc import Mapping
from dataclasses import replace

from index.documents.document import Document, Metadata, Source
from index.documents.metadata import corrected
from index.documents.rereading import reader_version
from index.engines import Added, Change, SameName
from index.writing import Prepared, Writing


def put(writing: Writing, document: Document, prepared: Mapping[str, Prepared], same_name: SameName) -> Added:
    """Put in a document; ``prepared`` holds, by their SHA-256, those whose bytes are not there."""
    known = writing.find(document.source.sha256)
    if known is not None:
        return _again(writing, document, *known)
    made = prepared[document.source.sha256]
    change = Change.ADDED
    if same_name is SameName.KEEP_BOTH:
        made = made.called(writing.free_name(document.source.file))
    elif (earlier := writing.id_of(document.source.file)) is not None:
        writing.remove(earlier, successor=document.id)
        change = Change.REPLACED
    writing.insert(made, document.original, reader=reader_version(document.source.file))
    return Added(made.document.source, change, len(made.passages))


def _again(writing: Writing, document: Document, source: Source, passages: int) -> Added:
    """The same bytes as ``source``: at most, more is known of them now."""
    known, metadata = source.metadata, corrected(source.metadata, document.source.metadata)
    if metadata == known and metadata.given == known.given:
        return Added(source, Change.UNCHANGED, passages)
    writing.describe(source.id, metadata, stale=is_stale(known, metadata))
    return Added(replace(source, metadata=metadata), Change.UPDATED, passages)


def is_stale(known: Metadata, metadata: Metadata) -> bool:
    """Whether title or publisher changed, which stand before every passage in both searches."""
    return (known.title, known.publisher) != (metadata.title, metadata.publisher)

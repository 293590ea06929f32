"""Proof that an index is what it claims: hashes, offsets, counts, and that what is derived agrees with the truth."""

import hashlib
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise

import numpy as np

from index.documents.document import Document
from index.encoder import passage_text
from index.engines import Verification
from index.engines.derived import Derived
from index.paragraph import Paragraph, Passage
from index.store import Entry, Store
from index.writing import digest

_TOLERANCE = 1e-3


def verify(store: Store, derived: Derived) -> Verification:
    """Look at everything; a problem is a line of the result, not an exception. The caller keeps writers out."""
    with store.snapshot():
        entries = store.changes(since=0).catalogue
        problems = [f"the database: {row[0]}" for row in store.rows("PRAGMA integrity_check") if row[0] != "ok"]
        for entry in entries:
            problems += (f"{entry.source.id} ({entry.source.file}): {line}" for line in _of_document(store, entry))
        counts = {table: int(store.rows(f"SELECT count(*) FROM {table}")[0][0]) for table in _TABLES}
        problems += _of_vectors(store, counts)
        problems += _of_derived(store, derived, counts["passages"])
        paragraphs = sum(len(store.paragraphs(entry)) for entry in entries)
        if paragraphs != counts["paragraphs"]:
            problems.append(f"{counts['paragraphs'] - paragraphs} paragraphs belong to no document")
    return Verification(
        documents=len(entries),
        paragraphs=counts["paragraphs"],
        passages=counts["passages"],
        vectors=counts["vectors"],
        problems=tuple(problems),
    )


_TABLES = ("paragraphs", "passages", "vectors")


def _of_document(store: Store, entry: Entry) -> Iterator[str]:
    document, original = store.document(entry.source.id), store.original(entry)
    sha256 = hashlib.sha256(original).hexdigest()
    if sha256 != entry.source.sha256:
        yield f"its bytes have SHA-256 {sha256}, not {entry.source.sha256}"
    if entry.source.id != f"d{entry.source.sha256[:16]}":
        yield "its id does not follow from its hash"
    yield from _of_blocks(document)
    yield from _of_source_map(document, original)
    paragraphs = store.paragraphs(entry)
    yield from _of_paragraphs(document, paragraphs)
    keys = range(entry.first, entry.first + entry.passages)
    passages = store.passages(keys)
    if len(passages) != entry.passages or any(p.paragraph.document_id != document.id for p in passages.values()):
        yield f"expected {entry.passages} passages under keys {keys.start} to {keys.stop - 1}"
    stored = dict(store.rows("SELECT key, digest FROM passages WHERE document = ?", entry.number))
    if stored.keys() != passages.keys():
        yield f"{len(stored)} passages claim to be its own, {len(passages)} are"
    for key, passage in passages.items():
        if not _whole_sentences(passage):
            yield f"passage {key} does not consist of whole sentences"
        text = passage_text(passage.context, document.text[passage.start : passage.end])
        if stored.get(key) != digest(text):
            yield f"passage {key} is not the text that was encoded"


def _of_blocks(document: Document) -> Iterator[str]:
    size = len(document.text)
    blocks = [(block.start, block.end) for block in document.blocks]
    pages = [(page.start, page.end) for page in document.pages]
    for name, spans in (("blocks", blocks), ("pages", pages)):
        inside = all(0 <= start <= end <= size for start, end in spans)
        if not inside or any(end > start for (_, end), (start, _) in pairwise(spans)):
            yield f"its {name} overlap, or lie outside its text"


def _of_source_map(document: Document, original: bytes) -> Iterator[str]:
    """Runs cover the text without a gap, and those that claim to be verbatim are."""
    at = 0
    encoding = document.source_map.encoding
    for run in document.source_map.runs:
        if run.start != at or run.end <= run.start or not 0 <= run.source_start <= run.source_end <= len(original):
            yield f"its source map breaks at character {at}"
            return
        at = run.end
        if run.verbatim:
            source = original[run.source_start : run.source_end]
            if source.decode(encoding, errors="replace") != document.text[run.start : run.end]:
                yield f"characters {run.start} to {run.end} are not those of the file"
    if at != len(document.text):
        yield f"its source map ends at character {at} of {len(document.text)}"


def _of_paragraphs(document: Document, paragraphs: Sequence[Paragraph]) -> Iterator[str]:
    for number, paragraph in enumerate(paragraphs):
        spans = paragraph.sentences
        ordered = all(left.end <= right.start for left, right in pairwise(spans))
        inside = all(paragraph.start <= s.start < s.end <= paragraph.end <= len(document.text) for s in spans)
        if paragraph.number != number or not spans or not ordered or not inside:
            yield f"paragraph {number} is out of order, or has sentences outside itself"
            continue
        edges = [paragraph.start, *(edge for s in spans for edge in (s.start, s.end)), paragraph.end]
        if any(document.text[start:end].strip() for start, end in zip(edges[::2], edges[1::2], strict=True)):
            yield f"paragraph {number} has words that are in no sentence"


def _whole_sentences(passage: Passage) -> bool:
    """Whether it begins and ends where sentences do; of a sentence too long for the encoder it may be a part."""
    sentences = passage.paragraph.sentences
    starts, ends = {s.start for s in sentences}, {s.end for s in sentences}
    part = any(s.start <= passage.start < passage.end <= s.end for s in sentences)
    return part or (passage.start < passage.end and passage.start in starts and passage.end in ends)


def _of_vectors(store: Store, counts: dict[str, int]) -> Iterator[str]:
    for orphans, what in (("vectors", "passages"), ("passages", "vectors")):
        ((count,),) = store.rows(f"SELECT count(*) FROM {orphans} WHERE key NOT IN (SELECT key FROM {what})")
        if count:
            yield f"{count} {orphans} have no {what}"
    if counts["vectors"]:
        ((end,),) = store.rows("SELECT max(key) + 1 FROM vectors")
        for keys, vectors in store.vector_batches(end):
            wrong = np.flatnonzero(~(np.abs(np.linalg.norm(vectors, axis=1) - 1) <= _TOLERANCE))
            yield from (f"the vector of passage {key} is not of length 1" for key in keys[wrong])


def _of_derived(store: Store, derived: Derived, passages: int) -> Iterator[str]:
    truth, lexical = store.generation(), derived.lexical
    if not truth == derived.generation == lexical.state.generation:
        yield f"generations differ: store {truth}, vectors {derived.generation}, BM25 {lexical.state.generation}"
    if lexical.count != passages:
        yield f"the BM25 index holds {lexical.count} passages, the store {passages}"
    keys = [key for (key,) in store.rows("SELECT key FROM passages ORDER BY key")]
    found = derived.vectors.keys().tolist()
    if found != keys:
        wrong = sum((Counter(found) - Counter(keys)).values()) + sum((Counter(keys) - Counter(found)).values())
        yield f"the vector index and the store differ in {wrong} keys"

"""The default engine: SQLite for the truth, tantivy for BM25 and FAISS for vectors, in one directory."""

import threading
from collections import OrderedDict
from collections.abc import Callable, Collection, Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import numpy.typing as npt

from index.closing import Closing
from index.documents.document import Document, Metadata, Source
from index.encoder import Encoder
from index.engines import Added, Change, Progress, SameName, Scored, Verification
from index.engines.derived import SNAPSHOT_AFTER, Derived
from index.engines.putting import is_stale, put
from index.engines.readings import all_read_again, as_known, better_read, outdated
from index.engines.snapshot import forget_snapshot
from index.engines.verification import verify
from index.errors import DocumentRemoved, DocumentReplaced, IndexNotWritable, UnknownDocument
from index.language import Analyser
from index.paragraph import Passage
from index.preparation import prepare
from index.query import Sought
from index.segmentation import SEGMENTATION_VERSION
from index.store import Entry, Signature, Store
from index.vectors import Limits
from index.writing import GONE, STALE, Prepared

_DOCUMENTS_IN_MEMORY = 64


def signature_of(encoder: Encoder) -> Signature:
    """What an index that is built now is built with."""
    return Signature(encoder.signature, encoder.dimension, str(SEGMENTATION_VERSION))


class EmbeddedEngine(Closing):
    """An ``Engine`` in one directory. Safe to use from several threads; several processes may have it open."""

    def __init__(
        self,
        store: Store,
        encoder: Encoder,
        *,
        analyser: Callable[[], Analyser] = Analyser,
        limits: Limits | None = None,
        snapshot_after: int = SNAPSHOT_AFTER,
    ) -> None:
        self._store = store
        self._encoder = encoder
        self._derived = Derived(store, analyser, limits=limits, snapshot_after=snapshot_after)
        self._documents: OrderedDict[int, Document] = OrderedDict()
        self._vocabulary: tuple[int, frozenset[str]] = (-1, frozenset())
        self._documents_lock = threading.Lock()

    @classmethod
    def open(
        cls,
        directory: Path,
        encoder: Encoder,
        *,
        create: bool = True,
        analyser: Callable[[], Analyser] = Analyser,
        limits: Limits | None = None,
        snapshot_after: int = SNAPSHOT_AFTER,
    ) -> "EmbeddedEngine":
        """Open the index of a directory, made if need be.

        Args:
            directory: Where the index lies.
            encoder: Must be the one that the index was built with.
            create: Make an empty index if there is none.
            analyser: Gives the analyser, when there is something to analyse.
            limits: Which kind of vector index serves how many vectors.
            snapshot_after: Changed vectors after which the vector index is kept on disk as well.

        Raises:
            IndexMissing: There is no index, and ``create`` is false.
            IndexMismatch: It was built with another encoder or segmentation; ``rebuild`` mends that.
            IndexDamaged, IndexNotWritable, IndexBusy, DiskFull: as they say.
        """
        signature = signature_of(encoder)
        store = Store.open(directory, signature, create=create)
        try:
            store.check(signature)
            return cls(store, encoder, analyser=analyser, limits=limits, snapshot_after=snapshot_after)
        except BaseException:
            store.close()
            raise

    @classmethod
    def rebuild(cls, directory: Path, encoder: Encoder, *, progress: Progress | None = None) -> int:
        """Make paragraphs, passages and vectors of all documents anew, with ``encoder``; returns how many documents.

        Documents that an earlier version of their reader read are read anew from their files, which are kept. Vectors
        that the same encoder made of the same texts stay. All or nothing: until the end, whoever has the index open
        goes on with the old one. Raises ``IndexFault`` or ``EncoderError``.
        """
        signature = signature_of(encoder)
        store = Store.open(directory, signature, create=False)
        try:
            same = store.signature().encoder == encoder.signature
            with store.locked():
                documents, versions = all_read_again(store)
                known = store.known_vectors if same else _nothing_known
                prepared = prepare(documents, encoder=encoder, known=known, progress=progress)
                with store.transaction() as writing:
                    for document in prepared:
                        original = writing.original(document.document.id)
                        writing.remove(document.document.id)
                        writing.insert(document, original, reader=versions[document.document.id])
                    for name, value in signature.facts().items():
                        writing.set_meta(name, value)
                    forget_snapshot(writing)
                    writing.commit_generation()
            return len(documents)
        finally:
            store.close()

    def close(self) -> None:
        """Let go of the files."""
        self._store.close()

    @property
    def directory(self) -> Path:
        """Where the index lies."""
        return self._store.directory

    @property
    def generation(self) -> int:
        """Grows by one with every change that was acknowledged."""
        self._derived.refresh()
        return self._derived.generation

    def add(
        self,
        documents: Sequence[Document],
        *,
        same_name: SameName = SameName.REPLACE,
        progress: Progress | None = None,
    ) -> tuple[Added, ...]:
        """Add documents, all of them or none; ``same_name`` says what becomes of an earlier one of the file name.

        Bytes that are there already are left as they are, under the file name they came with, unless they were read
        worse than now; only what is known of the document may be corrected. Segmenting and encoding are done before
        the lock is taken, so that nobody waits for them.

        Raises:
            EncoderError: No vectors could be made.
            IndexFault: The index could not be changed; it is as it was.
        """
        prepared: dict[str, Prepared] = {}
        documents = as_known(self._store, self.sources(), documents)
        self._prepare(documents, prepared, progress)
        with self._store.locked():
            self._prepare(documents, prepared, None)  # if somebody has meanwhile removed what was there
            reread = better_read(self._store, self.sources(), documents)
            with self._store.transaction() as writing:
                for document_id in reread:
                    writing.remove(document_id)
                added = tuple(put(writing, document, prepared, same_name) for document in documents)
                added = tuple(replace(one, change=Change.REPLACED) if one.source.id in reread else one for one in added)
                if any(one.change is not Change.UNCHANGED for one in added):
                    writing.commit_generation()
            self._derived.publish()
        for document_id in set(self.stale()) & {one.source.id for one in added}:
            self.renew(document_id, progress=progress)
        return added

    def remove(self, document_id: str) -> None:
        """Remove a document and all that was derived from it. Raises ``UnknownDocument`` or ``IndexFault``."""
        with self._store.locked():
            with self._store.transaction() as writing:
                if not writing.remove(document_id):
                    raise UnknownDocument(document=document_id)
                writing.commit_generation()
            self._derived.publish()

    def supersede(self, document_id: str, *, by: str, file: str) -> None:
        """Remove a document, remember that ``by`` took its place, and call that one ``file`` if nobody else is.

        Raises ``UnknownDocument`` if either is not there, or ``IndexFault``.
        """
        with self._store.locked():
            successor = self._entry(by)
            with self._store.transaction() as writing:
                if not writing.remove(document_id, successor=by):
                    raise UnknownDocument(document=document_id)
                if successor.source.file != file and writing.id_of(file) is None:
                    writing.rename(by, file)
                writing.commit_generation()
            self._derived.publish()

    def describe(self, document_id: str, metadata: Metadata) -> bool:
        """Correct what is known of a document, at once for lists and citations; true if ``renew`` should follow.

        It should when title or publisher changed. Raises ``UnknownDocument`` or ``IndexFault``.
        """
        with self._store.locked():
            stale = is_stale(self._entry(document_id).source.metadata, metadata)
            with self._store.transaction() as writing:
                writing.describe(document_id, metadata, stale=stale)
                writing.commit_generation()
            self._derived.publish()
        return stale

    def renew(self, document_id: str, *, progress: Progress | None = None) -> None:
        """Make a document's passages and vectors anew, with its present title and publisher.

        Id, text and place in the list stay; what was encoded before with the same words is not encoded again. Raises
        ``UnknownDocument``, ``EncoderError`` or ``IndexFault``; the passages are then as they were.
        """
        renewed = False
        while not renewed:  # until nobody has corrected it meanwhile
            document = self._store.document(document_id)
            known = self._store.known_vectors
            (prepared,) = prepare((document,), encoder=self._encoder, known=known, progress=progress)
            with self._store.locked():
                with self._store.transaction() as writing:
                    renewed = writing.renew(prepared)
                    if renewed:
                        writing.commit_generation()
                self._derived.publish()

    def stale(self) -> tuple[str, ...]:
        """Ids of the documents that should be renewed, for instance because that was cut short."""
        return tuple(sorted(name.removeprefix(STALE) for name in self._store.facts(STALE)))

    def outdated(self) -> tuple[str, ...]:
        """Ids of documents that an earlier version of their reader read; adding them again, or ``rebuild``, helps."""
        return tuple(sorted(outdated(self._store, self.sources())))

    def sources(self) -> tuple[Source, ...]:
        """All documents, without their texts, in the order they were added."""
        return tuple(entry.source for entry in self._catalogue().values())

    def document(self, document_id: str) -> Document:
        """One document, whole, but without its bytes.

        Raises ``UnknownDocument``, as ``DocumentRemoved`` or ``DocumentReplaced`` where that is known.
        """
        entry = self._entry(document_id)
        number = entry.number
        with self._documents_lock:
            found = self._documents.get(number)
            if found is not None and found.source == entry.source:  # else it was given another title, say
                self._documents.move_to_end(number)
                return found
        document = self._store.document(document_id)
        with self._documents_lock:
            self._documents[number] = document
            if len(self._documents) > _DOCUMENTS_IN_MEMORY:
                self._documents.popitem(last=False)
        return document

    def original(self, document_id: str) -> bytes:
        """The bytes of the document's file; empty where they were not kept. Raises ``UnknownDocument``."""
        return self._store.original(self._entry(document_id))

    def passage_count(self, document_id: str) -> int:
        """Passages of one document. Raises ``UnknownDocument``."""
        return self._entry(document_id).passages

    def passages(self, keys: Sequence[int]) -> tuple[Passage, ...]:
        """The passages of these keys, in the order of the keys; keys that are gone are left out."""
        found = self._store.passages(keys)
        return tuple(found[key] for key in keys if key in found)

    def encode_query(self, question: str) -> npt.NDArray[np.float32]:
        """The question's vector, (dim,) float32, L2-normalised. Raises ``EncoderError``."""
        return self._encoder.encode_query(question)

    def dense(
        self, query: npt.NDArray[np.float32], *, k: int, documents: Collection[str] | None = None
    ) -> tuple[Scored, ...]:
        """The ``k`` passages nearest by cosine, best first, among ``documents`` (ids; None is all)."""
        keys, cosines = self._derived.nearest(query, k, self._among(documents))
        return tuple(Scored(key, score) for key, score in zip(keys.tolist(), cosines.tolist(), strict=True))

    def lexical(
        self, terms: Sequence[Sought], *, k: int, documents: Collection[str] | None = None
    ) -> tuple[Scored, ...]:
        """The ``k`` best passages by BM25 over analysed (term, weight) pairs, best first, among ``documents``."""
        among = self._among(documents)
        numbers = None if among is None else [entry.number for entry in among]
        return tuple(Scored(*found) for found in self._derived.lexical.search(terms, k, documents=numbers))

    def cosines(self, query: npt.NDArray[np.float32], keys: Sequence[int]) -> npt.NDArray[np.float32]:
        """Exact cosine of the question and each of these passages, (n_keys,) float32; 0 for keys that are gone."""
        there, vectors = self._store.vectors_of(keys)
        found = dict(zip(there.tolist(), (vectors @ query).tolist(), strict=True))
        return np.array([found.get(key, 0.0) for key in keys], dtype=np.float32)

    def bm25(self, terms: Sequence[Sought], keys: Sequence[int]) -> npt.NDArray[np.float32]:
        """BM25 of the terms and each of these passages, (n_keys,) float32; 0 where no term is shared."""
        self._derived.refresh()
        return self._derived.lexical.scores(terms, keys)

    def vocabulary(self) -> Collection[str]:
        """The analysed terms that the index holds, context included."""
        self._derived.refresh()
        lexical = self._derived.lexical  # which may be behind, until whoever writes has published
        generation, terms = self._vocabulary
        if generation != lexical.state.generation:
            generation, terms = lexical.state.generation, lexical.vocabulary()
            self._vocabulary = (generation, terms)
        return terms

    def verify(self) -> Verification:
        """Prove hashes, offsets and counts; report every problem rather than raise at the first."""
        self._derived.refresh()
        try:
            with self._store.locked():
                self._derived.refresh()
                return verify(self._store, self._derived)
        except IndexNotWritable:  # then nobody else can write either
            return verify(self._store, self._derived)

    def _catalogue(self) -> dict[str, Entry]:
        self._derived.refresh()
        return self._derived.catalogue

    def _entry(self, document_id: str) -> Entry:
        entry = self._catalogue().get(document_id)
        if entry is not None:
            return entry
        successor = self._store.meta(f"{GONE}{document_id}")
        if successor is None:
            raise UnknownDocument(document=document_id)
        if successor:
            raise DocumentReplaced(document=document_id, successor=successor)
        raise DocumentRemoved(document=document_id)

    def _among(self, documents: Collection[str] | None) -> list[Entry] | None:
        """The catalogue's entries of these ids; those that are gone are left out."""
        catalogue = self._catalogue()
        if documents is None:
            return None
        return [catalogue[document] for document in sorted(set(documents)) if document in catalogue]

    def _prepare(self, documents: Sequence[Document], prepared: dict[str, Prepared], progress: Progress | None) -> None:
        """Prepare those documents whose bytes are neither in the index nor prepared already."""
        reread = better_read(self._store, self.sources(), documents)
        known = {source.sha256 for source in self.sources() if source.id not in reread} | prepared.keys()
        fresh = {document.source.sha256: document for document in documents if document.source.sha256 not in known}
        made = prepare(tuple(fresh.values()), encoder=self._encoder, known=self._store.known_vectors, progress=progress)
        prepared.update(zip(fresh, made, strict=True))


def _nothing_known(_: Sequence[bytes]) -> dict[bytes, bytes]:
    return {}

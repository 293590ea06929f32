"""What is derived from the store, kept at its generation: the catalogue in memory, the vectors, the BM25 index.

Nothing here can lose anything. A process that finds its copy behind follows the store; one that finds the BM25 index on
disk missing, damaged or behind mends it if it may write, and else makes one in memory.
"""

import logging
import shutil
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import cached_property
from pathlib import Path

import numpy as np
import numpy.typing as npt

from index.engines.snapshot import read_snapshot, write_snapshot
from index.errors import DiskFull, IndexBusy, IndexDamaged, IndexNotWritable, VectorsInvalid
from index.language import ANALYSIS_VERSION, Analyser
from index.lexical import LAYOUT, Lexical, LexicalDamaged, LexicalState, Terms
from index.store import Entry, Signature, Store
from index.vectors import Limits, VectorIndex

LEXICAL = "lexical"
"""Directory of the BM25 index; ``lexical.new`` is one in the making."""
SNAPSHOT_AFTER = 20_000
"""Vectors that may have changed since the last snapshot of the vector index: reading them takes a tenth of a second."""
_PATIENCE = 10.0
"""Seconds that opening waits for a writer when there is no usable BM25 index."""

_ANALYSIS = f"layout {LAYOUT}, analysis {ANALYSIS_VERSION}"

_log = logging.getLogger(__name__)


class Derived:
    """The derived indexes of one open store. Safe to use from several threads."""

    def __init__(
        self,
        store: Store,
        analyser: Callable[[], Analyser],
        *,
        limits: Limits | None = None,
        snapshot_after: int = SNAPSHOT_AFTER,
    ) -> None:
        self._store = store
        self._make_analyser = analyser
        self._signature: Signature = store.signature()
        self._identity = store.meta("identity") or ""
        self._limits = limits or Limits()
        self._snapshot_after = snapshot_after
        self._lock = threading.RLock()
        self.catalogue: dict[str, Entry] = {}
        """Documents by id, in the order of adding."""
        self.generation = -1
        self.vectors, self._saved = self._open_vectors()
        self.lexical = self._open_lexical()

    def refresh(self) -> None:
        """See what other processes have changed. Raises ``IndexMismatch`` if one has rebuilt it for another encoder."""
        if self._store.generation() == self.generation == self.lexical.state.generation:
            return
        with self._lock:
            self._follow()
            if self.lexical.state.generation != self.generation:
                self._renew_lexical()

    def publish(self) -> None:
        """Bring everything up to what was just committed, on disk too. The caller holds the store's lock."""
        with self._lock:
            self._follow()
            self._grow()
            try:
                self.lexical = self._mended()
            except (OSError, DiskFull, IndexNotWritable) as error:
                _log.warning("The BM25 index is kept in memory, since it cannot be written: %s", error)
                self.lexical = self._in_memory()

    def nearest(
        self, query: npt.NDArray[np.float32], k: int, among: Sequence[Entry] | None
    ) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.float32]]:
        """Keys (m,) and cosines (m,) of the ``k`` nearest passages of these documents (None: all), best first."""
        keys = None
        if among is not None:
            ranges = [np.arange(entry.first, entry.first + entry.passages, dtype=np.int64) for entry in among]
            keys = np.concatenate(ranges) if ranges else np.empty(0, np.int64)
        with self._lock:  # another thread may be following a change
            return self.vectors.search(query, k, among=keys)

    def _follow(self) -> None:
        """Bring catalogue and vectors from their generation to the store's."""
        changes = self._store.changes(since=self.generation)
        if changes.generation == self.generation:
            return
        self._store.check(self._signature)
        for gone in changes.removed:
            self.vectors.remove(gone.first, gone.passages)
        for entry in changes.catalogue:
            if entry.added > self.generation:
                with self._sound():
                    self.vectors.add(*self._store.vectors(entry.first, entry.passages))
        self.catalogue = {entry.source.id: entry for entry in changes.catalogue}
        self.generation = changes.generation

    def _open_vectors(self) -> tuple[VectorIndex, int]:
        """The vectors as of now, and the generation of the snapshot that they came from (-1: none)."""
        snapshot = read_snapshot(self._store, fetch=self._fetch, limits=self._limits)
        if snapshot is not None:
            self.vectors, self.generation = snapshot.index, snapshot.generation
            self.catalogue = {}
            self._follow()
            return self.vectors, snapshot.generation
        changes = self._store.changes(since=-1)
        self.catalogue = {entry.source.id: entry for entry in changes.catalogue}
        self.generation = changes.generation
        return self._built(), -1

    def _built(self) -> VectorIndex:
        """All vectors of the catalogue, of the kind that suits their number."""
        entries = self.catalogue.values()
        end = max((entry.first + entry.passages for entry in entries), default=0)
        with self._sound():
            return VectorIndex.build(
                lambda: self._store.vector_batches(end),
                count=sum(entry.passages for entry in entries),
                dimension=self._signature.dimension,
                fetch=self._fetch,
                limits=self._limits,
            )

    @contextmanager
    def _sound(self) -> Iterator[None]:
        """Vectors were checked when they came in: if they are wrong now, the store is."""
        try:
            yield
        except VectorsInvalid as error:
            problem = str(error.details["problem"])
            raise IndexDamaged(directory=str(self._store.directory), problem=problem) from error

    def _fetch(self, keys: npt.NDArray[np.int64]) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.float32]]:
        return self._store.vectors_of(keys.tolist())

    def _grow(self) -> None:
        """Change to the kind of vector index that suits the number, and take a snapshot when reading would be slow."""
        outgrown = self.vectors.outgrown
        if outgrown:
            self.vectors = self._built()
        changed = sum(entry.passages for entry in self.catalogue.values() if entry.added > self._saved)
        if outgrown or changed > max(self._snapshot_after, self.vectors.count // 10):
            try:
                write_snapshot(self._store, self.vectors, generation=self.generation)
                self._saved = self.generation
            except (OSError, DiskFull, IndexNotWritable) as error:
                _log.warning("The vector index will be made anew at the next start: %s", error)

    def _state(self) -> LexicalState:
        return LexicalState(store=self._identity, generation=self.generation, analysis=_ANALYSIS)

    def _open_lexical(self) -> Lexical:
        try:
            lexical = Lexical.open(self._home)
            if lexical.state == self._state():
                return lexical
        except LexicalDamaged:
            pass
        try:
            with self._store.locked(timeout=_PATIENCE):
                self._follow()
                return self._mended()
        except (OSError, DiskFull, IndexBusy, IndexNotWritable) as error:
            _log.warning("The BM25 index is made in memory, since it cannot be written: %s", error)
            return self._in_memory()

    def _renew_lexical(self) -> None:
        """Follow another process. Until it has published, what we have serves: keys that are gone are left out."""
        try:
            self.lexical.reload()
            if self.lexical.state.generation == self.generation:
                return
        except ValueError:  # its files were replaced under us
            pass
        try:
            with self._store.locked(timeout=0):
                self._follow()
                self.lexical = self._mended()
        except IndexBusy:
            return
        except (OSError, DiskFull, IndexNotWritable) as error:
            _log.warning("The BM25 index is made in memory, since it cannot be written: %s", error)
            self.lexical = self._in_memory()

    def _mended(self) -> Lexical:
        """The BM25 index on disk, brought up to date or made anew. The caller holds the store's lock."""
        try:
            lexical = Lexical.open(self._home)
            state = lexical.state
            ours = state.store == self._identity and state.analysis == _ANALYSIS
            if ours and 0 <= state.generation <= self.generation:
                self._catch_up(lexical)
                return lexical
        except LexicalDamaged:
            pass
        beside = self._home.with_name(f"{LEXICAL}.new")
        shutil.rmtree(beside, ignore_errors=True)
        beside.mkdir()
        self._catch_up(Lexical.create(beside, self._nothing()))
        shutil.rmtree(self._home, ignore_errors=True)
        beside.replace(self._home)
        return Lexical.open(self._home)

    def _in_memory(self) -> Lexical:
        lexical = Lexical.create(None, self._nothing())
        self._catch_up(lexical)
        return lexical

    def _nothing(self) -> LexicalState:
        return LexicalState(store=self._identity, generation=-1, analysis=_ANALYSIS)

    def _catch_up(self, lexical: Lexical) -> None:
        since = lexical.state.generation
        if since != self.generation:
            removed = [gone.number for gone in self._store.changes(since=since).removed] if since >= 0 else []
            lexical.apply(removed, self._terms(since), self._state())

    def _terms(self, since: int) -> Iterator[Terms]:
        """Analysed terms of all passages that were added after a generation."""
        analyser = self._analyser
        for entry in self.catalogue.values():
            if entry.added <= since:
                continue
            contexts: dict[str, list[str]] = {}  # the passages of a section share theirs
            for key, context, text in self._store.passage_texts(entry):
                if context not in contexts:
                    contexts[context] = analyser.terms(context)
                yield Terms(key, entry.number, [*contexts[context], *analyser.terms(text)])

    @cached_property
    def _analyser(self) -> Analyser:
        """Made when first needed: an index that is up to date opens without it."""
        return self._make_analyser()

    @property
    def _home(self) -> Path:
        return self._store.directory / LEXICAL

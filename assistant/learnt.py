"""What is learnt of an index's texts before anything is asked: what its sources are called, its words, who speaks."""

from dataclasses import dataclass

from assistant.known_speakers import KnownSpeakers
from index.correction import Corrector
from index.engines import Engine
from index.frequency import everyday_words, general_frequency
from index.language import Analyser
from index.present import present
from index.sources import SourceNames


@dataclass(frozen=True, slots=True)
class Learnt:
    """What is learnt of the texts of one generation of the index."""

    generation: int
    names: SourceNames
    """The names of the sources."""
    corrector: Corrector
    """What mends slips after the sources' words."""
    speakers: KnownSpeakers


class Learning:
    """Learns anew when the index has changed. Safe to use from several threads: two may learn the same at once."""

    def __init__(self, engine: Engine, analyser: Analyser) -> None:
        """Learn from the documents of ``engine``; ``analyser`` is the one that made its terms."""
        self._engine, self._analyser = engine, analyser
        self._known: Learnt | None = None

    def now(self) -> Learnt:
        """What the texts teach that are in the index now. Raises ``IndexFault``."""
        generation, before = self._engine.generation, self._known
        if before is not None and before.generation == generation:
            return before
        speakers = KnownSpeakers(earlier=before.speakers if before else None)
        names = SourceNames(speakers.noting(present(self._engine)))
        corrector = Corrector(
            names.words,
            self._analyser,
            self._engine.vocabulary(),
            general=general_frequency,
            everyday=everyday_words(),
        )
        self._known = learnt = Learnt(generation, names, corrector, speakers)
        return learnt

    def names(self) -> SourceNames:
        """The names of the sources. Raises ``IndexFault``."""
        return self.now().names

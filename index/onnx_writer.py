"""ONNX graphs written node by node: what the encoder's graph (``onnx_graph``) and a reader's have in common.

Written rather than exported: no torch is needed, it takes a second, and the operators can be those that are fastest.
Matrices are in 8 bits with a scale an output, and activations are quantised as they come; the word embeddings stay the
4-bit blocks that they are in the wheel. One text at a time goes in, so there is no padding, no mask, and what comes out
for a text never depends on what else is computed with it.
"""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
import onnx
from onnx import helper, numpy_helper

from index.e5_file import E5Model

CONTRIB = "com.microsoft"
"""Operators that ONNX Runtime adds to the standard."""

Array = npt.NDArray[np.generic]
Option = int | float | onnx.GraphProto
"""What an operator's attribute may be."""


class GraphWriter:
    """Collects nodes and constants; every method adds its part and returns the name of its output."""

    def __init__(self, model: E5Model, *, within: "GraphWriter | None" = None, prefix: str = "") -> None:
        """A graph of its own, or a branch ``within`` another, whose constants are the outer graph's with a ``prefix``.

        ONNX Runtime holds a branch's own constants in memory several times over.
        """
        self.model = model
        self._nodes: list[onnx.NodeProto] = []
        self._constants: list[onnx.TensorProto] = within._constants if within else []
        self._prefix = prefix

    def finished(
        self, name: str, inputs: Sequence[onnx.ValueInfoProto], outputs: Sequence[onnx.ValueInfoProto]
    ) -> onnx.ModelProto:
        """All that was added, as a model."""
        made = helper.make_graph(self._nodes, name, inputs, outputs, self._constants)
        # Old versions on purpose: any ONNX Runtime of the last years reads them.
        operators = [helper.make_opsetid("", 21), helper.make_opsetid(CONTRIB, 1)]
        return helper.make_model(made, opset_imports=operators, ir_version=10)

    def branch(self, name: str, outputs: Sequence[onnx.ValueInfoProto]) -> onnx.GraphProto:
        """All that was added, as one way that the outer graph may take."""
        return helper.make_graph(self._nodes, name, [], outputs)

    def node(self, operator: str, inputs: Sequence[str], output: str, *, domain: str = "", **options: Option) -> str:
        """An operator with one output."""
        self.nodes(operator, inputs, [output], domain=domain, **options)
        return output

    def nodes(
        self, operator: str, inputs: Sequence[str], outputs: list[str], *, domain: str = "", **options: Option
    ) -> list[str]:
        """An operator with several outputs."""
        node = helper.make_node(operator, inputs, outputs, domain=domain)
        node.attribute.extend(helper.make_attribute(option, value) for option, value in options.items())
        self._nodes.append(node)
        return outputs

    def constant(self, name: str, values: Array) -> str:
        """A tensor that is part of the graph."""
        name = self._prefix + name
        self._constants.append(numpy_helper.from_array(np.ascontiguousarray(values), name))
        return name

    def words(self, token_ids: str) -> str:
        """The wheel's word embeddings of (1, n_tokens) ids: (1, n_tokens, hidden)."""
        tensor, shape = self.model.quantised["emb.word"], self.model.shape
        rows, hidden, block = shape.vocabulary, shape.hidden, shape.block
        pairs = tensor.nibbles.reshape(rows, hidden // 2, 2)
        inputs = [
            self.constant("words", pairs[..., 0] | pairs[..., 1] << 4),
            token_ids,
            self.constant("word_scales", tensor.scales.reshape(rows, -1).astype(np.float32)),
            # The blocks' zero is 8, two of them to a byte.
            self.constant("word_zeros", np.full((rows, hidden // block // 2), 0x88, dtype=np.uint8)),
        ]
        axes = {"gather_axis": 0, "quantize_axis": 1}
        return self.node("GatherBlockQuantized", inputs, "word", domain=CONTRIB, bits=4, block_size=block, **axes)

    def places(self, token_ids: str, table: Array) -> str:
        """The first n_tokens rows of ``table``."""
        length = self.node("Shape", [token_ids], "length", start=1, end=2)
        start = self.constant("start", np.array([0]))
        return self.node("Slice", [self.constant("places", table), start, length], "place")

    def attention(self, projected: str, layer: str) -> str:
        """Attention of a layer whose queries, keys and values lie side by side in ``projected``."""
        parts = self.nodes(
            "Split", [projected], [f"{layer}.{part}" for part in ("query", "key", "value")], axis=-1, num_outputs=3
        )
        heads = self.model.shape.heads
        return self.node("MultiHeadAttention", parts, f"{layer}.attended", domain=CONTRIB, num_heads=heads)

    def matrix(self, inputs: str, name: str, values: npt.NDArray[np.int8], scales: Array, bias: Array) -> str:
        """``inputs`` times ``values * scales[:, None]`` (outputs, inputs), plus ``bias``."""
        operands = [
            inputs,
            self.constant(f"{name}.weights", values.T),
            self.constant(f"{name}.scales", scales),
            "",
            self.constant(f"{name}.bias", bias),
        ]
        return self.node("DynamicQuantizeMatMul", operands, name, domain=CONTRIB)

    def summed(self, name: str, one: str, two: str, norm: str, weight: Array, bias: Array) -> str:
        """The layer normalisation ``norm`` of a sum."""
        # Not the fused SkipLayerNormalization: measured, it is several times slower than Add and this.
        operands = [
            self.node("Add", [one, two], name),
            self.constant(f"{norm}.weight", weight),
            self.constant(f"{norm}.bias", bias),
        ]
        return self.node("LayerNormalization", operands, norm, axis=-1, epsilon=self.model.shape.epsilon)

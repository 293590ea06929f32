"""Networks out of their ONNX files, run as encoder and reader run them."""

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import onnxruntime


def open_session(file: Path) -> "onnxruntime.InferenceSession":
    """One thread a text, several texts at once: nothing waits for a neighbour, and no idle thread spins."""
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    options.inter_op_num_threads = 1
    options.log_severity_level = 3
    return onnxruntime.InferenceSession(str(file), options, providers=["CPUExecutionProvider"])

"""Tokenizers out of their files, each loaded once: encoder and reader have the same, which takes a second to build."""

import hashlib
import threading
from pathlib import Path

from tokenizers import Tokenizer

_LOADED: dict[bytes, Tokenizer] = {}
"""By the hash of the file's content."""
_LOCK = threading.Lock()


def load_tokenizer(file: Path) -> Tokenizer:
    """The tokenizer in ``file``, shared with all who load the same: its settings are not to be changed."""
    content = file.read_bytes()
    key = hashlib.sha256(content).digest()
    with _LOCK:
        if key not in _LOADED:
            _LOADED[key] = Tokenizer.from_buffer(content)
        return _LOADED[key]

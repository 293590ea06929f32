"""The reader that needs no training remembers sentences, but not for ever."""

from collections.abc import Sequence

import numpy as np
import pytest

from assistant.reader import matching
from assistant.reader.matching import MatchingReader
from index.encoder import HashingEncoder, Progress, Vectors
from index.language import Analyser


class Interrupting(HashingEncoder):
    """Lets another question be read each time that it encodes."""

    def __init__(self) -> None:
        super().__init__()
        self.meanwhile: MatchingReader | None = None

    def encode_passages(self, texts: Sequence[str], *, progress: Progress | None = None) -> Vectors:
        reader, self.meanwhile = self.meanwhile, None
        if reader is not None:
            reader._encode(["Skolen åpner i august."])
        return super().encode_passages(texts, progress=progress)


def test_a_sentence_that_is_forgotten_while_others_are_encoded_is_still_at_hand(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(matching, "_CACHED_SENTENCES", 1)
    encoder = Interrupting()
    reader = MatchingReader(encoder, Analyser())
    known = reader._encode(["Ferja går hver time."])
    encoder.meanwhile = reader
    both = reader._encode(["Ferja går hver time.", "Brua er stengt."])
    np.testing.assert_array_equal(both[0], known[0])
    assert both.shape[0] == 2

"""The name of a set → the bench."""

from pathlib import Path

from eval.corpora import Bench
from eval.corpora.jsonl import DataMissing
from eval.corpora.norquad import NAME as NORQUAD
from eval.corpora.norquad import norquad
from eval.corpora.own import own
from eval.corpora.saksprosa import NAME as SAKSPROSA
from eval.corpora.saksprosa import saksprosa
from eval.corpora.seeds import NAMES as SEEDS
from eval.corpora.seeds import seeds
from index.errors import KildesvarError

_WITH_DATA = {NORQUAD: norquad, SAKSPROSA: saksprosa}
NAMES = (*SEEDS, *_WITH_DATA)
"""The sets that are known by name; any other is the path of a JSONL file."""


class UnknownSet(KildesvarError):
    """Neither a known name nor a file."""

    message = "There is no set “{set}”. Known: {known}; or the path of a JSONL file (kildesvar eval new makes one)."


def bench_of(name: str, *, data: Path | None = None) -> Bench:
    """The bench of a known set or of a user's own file.

    Raises ``UnknownSet``, ``DataMissing``, ``GoldSetInvalid`` or ``DocumentError``.
    """
    if name in SEEDS:
        return seeds(name)
    if name in _WITH_DATA:
        if data is None:
            raise DataMissing(set=name, files="its documents and questions", problem="No --data was given.")
        return _WITH_DATA[name](data)
    if Path(name).is_file():
        return own(Path(name))
    raise UnknownSet(set=name, known=", ".join(NAMES))

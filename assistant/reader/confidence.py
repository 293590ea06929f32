"""From the reader's logits to probabilities: fitted on the development sets, kept beside the weights."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import log
from pathlib import Path

import numpy as np
import numpy.typing as npt

from assistant.answer import Reading
from assistant.odds import logit, probability
from assistant.reader import Strictness
from index.hit import Hit

CALIBRATION = Path(__file__).parent / "calibration.json"
"""The constants that belong to the shipped weights."""

FEATURES = 3
_EDGE = 1e-6


@dataclass(frozen=True, slots=True)
class Calibration:
    """The fitted constants."""

    depth: int
    """Hits that are read."""
    ranking: tuple[float, float, float, float]
    """Weights of: relevance logit, best evidence logit, the hit's fused score, constant; their sum is the logit of a
    reading's relevance."""
    sureness: tuple[float, ...]
    """Weights of the ``features`` and, last, the constant; their sum is the logit of the confidence."""
    thresholds: Mapping[Strictness, float]
    """From which confidence on an answer is given."""
    short_answer: float
    """Probability from which on a short answer is marked."""

    def relevance(self, relevance: float, evidence: npt.NDArray[np.float32], hit: Hit) -> float:
        """How likely the passage's best sentence answers, 0 to 1: what readings are ranked by."""
        passage, sentence, search, constant = self.ranking
        best = float(evidence.max(initial=-10.0))
        return probability(passage * relevance + sentence * best + search * hit.score + constant)

    def evidence(self, evidence: npt.NDArray[np.float32]) -> tuple[float, ...]:
        """How likely each sentence belongs to the answer, if the passage holds one."""
        return tuple(probability(float(it)) for it in evidence)

    def confidence(self, readings: Sequence[Reading]) -> float:
        """Calibrated probability that the best reading's quote answers; 0 without readings."""
        if not readings:
            return 0.0
        *weights, constant = self.sureness
        return probability(float(np.dot(weights, self.features(readings))) + constant)

    def features(self, readings: Sequence[Reading]) -> npt.NDArray[np.float64]:
        """What the confidence is made of, (FEATURES,).

        The best reading's relevance as a logit, without the search's part in it: search ranks well, but it finds
        something for every question, answered or not. Then how far the reading lies above the next one of another
        paragraph (at most 6), and the logarithm of its hit's rank: search and reader agree on what answers.
        """
        return _features(readings, found=self.ranking[2])


def _features(readings: Sequence[Reading], *, found: float) -> npt.NDArray[np.float64]:
    ranked = sorted(readings, key=lambda reading: -reading.relevance)
    best = ranked[0]
    others = [r for r in ranked if r.hit.passage.paragraph.id != best.hit.passage.paragraph.id]
    top = logit(best.relevance, edge=_EDGE)
    margin = min(6.0, top - logit(others[0].relevance, edge=_EDGE)) if others else 6.0
    return np.array([top - found * best.hit.score, margin, log(best.hit.rank)])


def load_calibration(file: Path = CALIBRATION) -> Calibration:
    """Read the constants."""
    found = json.loads(file.read_text("utf-8"))
    passage, sentence, search, constant = (float(weight) for weight in found["ranking"])
    return Calibration(
        depth=int(found["depth"]),
        ranking=(passage, sentence, search, constant),
        sureness=tuple(float(weight) for weight in found["sureness"]),
        thresholds={Strictness(name): float(value) for name, value in found["thresholds"].items()},
        short_answer=float(found["short_answer"]),
    )


def save_calibration(calibration: Calibration, file: Path) -> None:
    """Write the constants, readable."""
    found = {
        "depth": calibration.depth,
        "ranking": [round(weight, 4) for weight in calibration.ranking],
        "sureness": [round(weight, 4) for weight in calibration.sureness],
        "thresholds": {name.value: round(value, 4) for name, value in calibration.thresholds.items()},
        "short_answer": calibration.short_answer,
    }
    file.write_text(json.dumps(found, indent=1) + "\n", "utf-8")

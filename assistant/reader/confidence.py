"""From the reader's logits to probabilities: fitted on the development sets, kept beside the weights."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from math import log
from pathlib import Path

import numpy as np
import numpy.typing as npt

from assistant.answer import Reading
from assistant.odds import logit, probability
from assistant.reader import Strictness
from assistant.reader.clues import Clue
from assistant.reader.seen import Floats, Seen
from index.hit import Hit

CALIBRATION = Path(__file__).parent / "calibration.json"
"""The constants that belong to the shipped weights."""

FEATURES = 3


@dataclass(frozen=True, slots=True)
class Calibration:
    """The fitted constants."""

    depth: int
    """Hits that are read."""
    ranking: tuple[float, float, float, float]
    """Weights of: relevance logit, a sentence's evidence logit, the hit's fused score, constant; their sum and what
    ``clues`` and ``alone`` add is the logit of what readings are ranked by."""
    sureness: tuple[float, ...]
    """Weights of the ``features`` and, last, the constant; their sum is the logit of the confidence."""
    thresholds: Mapping[Strictness, float]
    """From which confidence on an answer is given."""
    short_answer: float
    """Probability from which on a short answer is marked."""
    clues: Mapping[Clue, float] = field(default_factory=dict)
    """Weights of the clues; those that are not named count nothing."""
    alone: float = 0.0
    """Weight of a sentence's relevance logit, read by itself, or of its passage's where it was not; at 0 none is."""
    unread: float = 0.0
    """What a sentence gets that was not read by itself."""

    def scores(self, hit: Hit, seen: Seen) -> Floats:
        """How likely each sentence answers, as a logit, (sentences,): what all sentences are ranked by."""
        passage, sentence, search, constant = self.ranking
        relevance, unread = seen.logits.relevance, np.isnan(seen.alone)
        known = passage * relevance + search * hit.score + constant
        clues = seen.clues @ np.array([self.clues.get(clue, 0.0) for clue in Clue], np.float32)
        alone = self.alone * np.where(unread, relevance, seen.alone) + self.unread * unread
        return np.asarray(known + sentence * seen.logits.evidence + clues + alone, np.float32)

    def evidence(self, seen: Seen, scores: Floats) -> tuple[float, ...]:
        """How likely each sentence belongs to the answer, if the passage holds one.

        The best by its score has the network's greatest evidence; the others have as much of it as their odds are of
        the best one's.
        """
        most = probability(float(seen.logits.evidence.max(initial=-10.0)))
        return tuple(most * float(share) for share in np.exp(scores - scores.max(initial=-10.0)))

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
    top = logit(best.relevance)
    margin = min(6.0, top - logit(others[0].relevance)) if others else 6.0
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
        # What older files do not have counts nothing.
        clues={Clue(name): float(weight) for name, weight in found.get("clues", {}).items()},
        alone=float(found.get("alone", 0.0)),
        unread=float(found.get("unread", 0.0)),
    )


def save_calibration(calibration: Calibration, file: Path) -> None:
    """Write the constants, readable."""
    found = {
        "depth": calibration.depth,
        "ranking": [round(weight, 4) for weight in calibration.ranking],
        "sureness": [round(weight, 4) for weight in calibration.sureness],
        "thresholds": {name.value: round(value, 4) for name, value in calibration.thresholds.items()},
        "short_answer": calibration.short_answer,
        "clues": {clue.value: round(weight, 4) for clue, weight in calibration.clues.items()},
        "alone": round(calibration.alone, 4),
        "unread": round(calibration.unread, 4),
    }
    file.write_text(json.dumps(found, indent=1) + "\n", "utf-8")

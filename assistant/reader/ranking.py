"""How sentences are ranked, fitted on the development questions: which of a question's sentences answers?

The weights are those of a softmax over the sentences that were read by themselves, in which those that answer are to
win; then they are scaled, so that a score tells how likely the sentence answers.
"""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from assistant.reader.clues import Clue
from assistant.reader.confidence import Calibration
from assistant.reader.fitting import Doubles, Flags, listwise, logistic
from assistant.reader.outcomes import Asked


def fit_ranking(asked: Sequence[Asked], start: Calibration) -> Calibration:
    """``start`` with fitted weights of everything that ranks.

    Args:
        asked: Questions; those of a set count as much as those of any other.
        start: ``alone`` above 0, as sentences have been read by themselves.
    """
    read = [(one.set, _read(one)) for one in asked]
    sets, lists = zip(*((name, known) for name, known in read if known[1].any()), strict=True)
    sizes = np.array([len(sets) / len(set(sets)) / sets.count(name) for name in sets])
    weights = listwise([inputs for inputs, _ in lists], [right for _, right in lists], weights=sizes)
    best = [row for one in asked for row in _best_of_hits(one, weights)]
    slope, unread, constant = logistic(np.array([row[:2] for row in best]), np.array([bool(row[2]) for row in best]))
    passage, sentence, search, alone, *clues = (float(slope * weight) for weight in weights)
    return replace(
        start,
        ranking=(passage, sentence, search, float(constant)),
        clues=dict(zip(Clue, clues, strict=True)),
        alone=alone,
        unread=float(unread),
    )


def inputs_of(one: Asked, place: int) -> Doubles:
    """(sentences, 4 + clues) of a hit: relevance, evidence, search, relevance alone, clues."""
    hit, seen = one.hits[place], one.seen[place]
    relevance = np.full(len(seen.alone), seen.logits.relevance)
    alone = np.where(np.isnan(seen.alone), relevance, seen.alone)
    search = np.full(len(seen.alone), hit.score)
    return np.column_stack([relevance, seen.logits.evidence, search, alone, seen.clues]).astype(np.float64)


def _right(one: Asked, place: int) -> Flags:
    """Which sentences of a hit answer, (sentences,)."""
    hit = one.hits[place]
    return np.array([one.holds(hit.document.id, sentence) for sentence in hit.passage.sentences], np.bool_)


def _read(one: Asked) -> tuple[Doubles, Flags]:
    """What is known of the sentences of a question that were read by themselves, and which answer."""
    inputs, right = [np.zeros((0, 4 + len(Clue)))], [np.zeros(0, np.bool_)]
    for place, seen in enumerate(one.seen):
        read = ~np.isnan(seen.alone)
        inputs.append(inputs_of(one, place)[read])
        right.append(_right(one, place)[read])
    return np.concatenate(inputs), np.concatenate(right)


def _best_of_hits(one: Asked, weights: Doubles) -> list[tuple[float, float, bool]]:
    """Of each hit's best sentence: its score, 1.0 if none of the hit was read by itself, and whether it answers."""
    found = []
    for place, seen in enumerate(one.seen):
        unread = np.isnan(seen.alone)
        scores = inputs_of(one, place) @ weights
        best = int(np.argmax(np.where(unread & ~unread.all(), -np.inf, scores)))
        found.append((float(scores[best]), float(unread[best]), bool(_right(one, place)[best])))
    return found

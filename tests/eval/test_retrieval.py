"""Measures of the passages found: hand-worked, then trec_eval itself on random rankings."""

from dataclasses import replace
from math import log2

import numpy as np
import pytest
import pytrec_eval

from eval.metrics.ndcg import ndcg
from eval.metrics.passage_recall import passage_recall
from eval.metrics.passage_success import passage_success
from eval.metrics.reciprocal_rank import reciprocal_rank
from eval.relevance import relevance
from eval.row import Row, Seen, Wanted
from tests.eval.rows import BASE, REFUSABLE, seen, wanted

OPENING, COST = "Badet åpner klokka sju.", "Det koster femti kroner."
OTHER = "Vi stenger i juli."


def test_by_hand() -> None:
    row = replace(
        BASE,
        wanted=(wanted(OPENING), wanted(COST)),
        paragraphs=3,
        seen=(seen(OTHER, paragraph=5), seen(OPENING, paragraph=0), seen(COST, paragraph=1)),
    )
    assert relevance(row) == (False, True, True)
    assert [passage_success(row, k=k) for k in (1, 2)] == [0.0, 1.0]
    assert [passage_recall(row, k=k) for k in (1, 2, 10)] == [0.0, 1 / 3, 2 / 3]
    assert reciprocal_rank(row) == 1 / 2
    assert ndcg(row, k=10) == pytest.approx((1 / log2(3) + 1 / 2) / (1 + 1 / log2(3) + 1 / 2))


def test_a_second_window_of_a_found_paragraph_does_not_count_again() -> None:
    row = replace(BASE, seen=(seen(f"{OPENING} {COST}", paragraph=0), seen(OPENING, paragraph=0)))
    assert relevance(row) == (True,)
    assert passage_recall(row, k=10) == ndcg(row) == 1.0


def test_an_earlier_window_without_the_gold_does_not_hide_a_later_one() -> None:
    row = replace(BASE, seen=(seen(COST, paragraph=0), seen(OPENING, paragraph=0)))
    assert relevance(row) == (False, True)


def test_nothing_found_scores_nothing_and_the_unanswerable_is_not_scored() -> None:
    for measure in (
        lambda row: passage_recall(row, k=10),
        lambda row: passage_success(row, k=10),
        reciprocal_rank,
        ndcg,
    ):
        assert measure(BASE) == 0.0
        assert measure(replace(REFUSABLE, seen=(seen(OTHER, paragraph=5),))) is None


def ranking(generator: np.random.Generator) -> tuple[Row, dict[str, int], dict[str, float]]:
    """A random row, and the same as trec_eval's judgements and run."""
    relevant = {int(number) for number in generator.choice(40, size=int(generator.integers(1, 14)), replace=False)}
    found = [int(number) for number in generator.permutation(40)[: int(generator.integers(0, 25))]]
    row = replace(
        BASE,
        wanted=tuple(Wanted("a.txt", "ord", ((10 * number, 10 * number + 3),)) for number in sorted(relevant)),
        paragraphs=len(relevant),
        seen=tuple(Seen("a.txt", number, 10 * number, 10 * number + 3, "ord", score=0.0) for number in found),
    )
    return row, {str(n): 1 for n in relevant}, {str(n): float(-rank) for rank, n in enumerate(found)}


def test_as_trec_eval_has_it() -> None:
    generator = np.random.default_rng(7)
    drawn = {str(number): ranking(generator) for number in range(200)}
    evaluator = pytrec_eval.RelevanceEvaluator(
        {name: judged for name, (_, judged, _) in drawn.items()},
        {"recall.5,10", "success.1,5,10", "recip_rank", "ndcg_cut.10"},
    )
    reference = evaluator.evaluate({name: found for name, (_, _, found) in drawn.items() if found})
    for name, (row, _, found) in drawn.items():
        expected = reference.get(name, {}) if found else {}
        assert passage_recall(row, k=5) == pytest.approx(expected.get("recall_5", 0.0))
        assert passage_recall(row, k=10) == pytest.approx(expected.get("recall_10", 0.0))
        assert passage_success(row, k=1) == pytest.approx(expected.get("success_1", 0.0))
        assert passage_success(row, k=5) == pytest.approx(expected.get("success_5", 0.0))
        assert reciprocal_rank(row) == pytest.approx(expected.get("recip_rank", 0.0))
        assert ndcg(row, k=10) == pytest.approx(expected.get("ndcg_cut_10", 0.0))

"""Measures of confidence: hand-worked, then against a reference, then properties."""

from dataclasses import replace

import numpy as np
import pytest
from sklearn.metrics import roc_auc_score

from eval.confidences import Confidences, confidences
from eval.metrics.aurc import aurc
from eval.metrics.auroc import area, auroc_unanswerable, auroc_wrong
from eval.metrics.calibration_error import bins, calibration_error
from eval.metrics.coverage_at_risk import coverage_at_risk
from eval.metrics.refusal_at_answered import refusal_at_answered
from eval.metrics.risk_at_coverage import risk_at_coverage
from eval.metrics.risk_coverage import risk_coverage
from tests.eval.rows import rows_of


def sure(outcomes: str) -> Confidences:
    return confidences(rows_of(outcomes))


def tied(outcomes: str) -> Confidences:
    return confidences([replace(row, confidence=0.5) for row in rows_of(outcomes)])


def test_auroc_by_hand() -> None:
    # R beats w and u; the second R beats u only.
    assert auroc_wrong(sure("RwRu")) == 3 / 4
    assert auroc_unanswerable(sure("RwRu")) == 1.0
    assert auroc_unanswerable(sure("uRw")) == 0.0
    assert auroc_wrong(tied("RwRu")) == 0.5


def test_auroc_needs_both_sides() -> None:
    assert auroc_wrong(sure("RRR")) is None
    assert auroc_unanswerable(sure("Rw")) is None
    assert auroc_unanswerable(sure("uu")) is None


def test_auroc_is_the_reference_s() -> None:
    generator = np.random.default_rng(3)
    for _ in range(50):
        scores = generator.integers(0, 8, 40) / 8  # many ties
        positive = generator.random(40) < 0.4
        assert area(scores, positive) == pytest.approx(roc_auc_score(positive, scores))


def test_risk_coverage_by_hand() -> None:
    curve = risk_coverage(sure("RwRu"))
    assert curve.coverage.tolist() == [0.25, 0.5, 0.75, 1.0]
    assert curve.risk.tolist() == pytest.approx([0, 1 / 2, 1 / 3, 2 / 4])
    assert curve.cuts.all()
    assert aurc(sure("RwRu")) == pytest.approx((0 + 1 / 2 + 1 / 3 + 1 / 2) / 4)


def test_equal_confidences_have_the_expected_risk_and_no_threshold_between() -> None:
    curve = risk_coverage(tied("Rwuu"))
    assert curve.risk.tolist() == pytest.approx([0.75] * 4)
    assert curve.cuts.tolist() == [False, False, False, True]
    assert risk_coverage(tied("uuwR")).risk.tolist() == curve.risk.tolist()


def test_coverage_at_risk_by_hand() -> None:
    # Risks: 0, 0, 1/3, 1/4, 1/5, 2/6.
    questions = sure("RRwRRu")
    assert coverage_at_risk(questions, risk=0.05) == 2 / 6
    assert coverage_at_risk(questions, risk=0.20) == 5 / 6
    assert coverage_at_risk(questions, risk=1.00) == 1.0
    assert coverage_at_risk(sure("wRRR"), risk=0.05) == 0.0
    assert coverage_at_risk(tied("RRRw"), risk=0.05) == 0.0


def test_risk_at_coverage_by_hand() -> None:
    assert risk_at_coverage(sure("RRRRu"), coverage=0.8) == 0.0
    assert risk_at_coverage(sure("RwRRu"), coverage=0.8) == 1 / 4
    assert risk_at_coverage(sure("Rwu"), coverage=0.8) == pytest.approx(2 / 3)


def test_refusal_at_a_share_answered_by_hand() -> None:
    # Two of two answerable questions are above the second place; one unanswerable is between them, two below.
    assert refusal_at_answered(sure("RuRuu"), answered=0.85) == 2 / 3
    assert refusal_at_answered(sure("RuRuu"), answered=0.50) == 1.0
    assert refusal_at_answered(tied("Ru"), answered=0.85) == 0.0
    assert refusal_at_answered(sure("RRw"), answered=0.85) is None


def test_calibration_error_by_hand() -> None:
    questions = Confidences(
        confidence=np.array([0.95, 1.0, 0.95, 0.25, 0.3]),
        right=np.array([True, True, False, False, True]),
        answerable=np.array([True, True, True, False, True]),
    )
    assert [(part.low, part.count) for part in bins(questions)] == [(0.2, 1), (0.3, 1), (0.9, 3)]
    assert calibration_error(questions) == pytest.approx((abs(2.9 - 2) + 0.25 + 0.7) / 5)


def test_an_empty_set_has_no_measures() -> None:
    questions = confidences([])
    assert aurc(questions) is None
    assert calibration_error(questions) is None
    assert coverage_at_risk(questions, risk=0.05) is None
    assert risk_at_coverage(questions, coverage=0.8) is None


def test_perfect_order_has_the_least_area() -> None:
    outcomes = "RRRRRwwuu"
    generator = np.random.default_rng(5)
    best = aurc(sure(outcomes))
    assert best is not None
    for _ in range(20):
        other = aurc(sure("".join(generator.permutation(list(outcomes)))))
        assert other is not None
        assert other >= best

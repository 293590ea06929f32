"""How the confidence is fitted: what counts how much, which thresholds follow, and which questions may be used."""

from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pytest

from assistant.odds import probability
from assistant.reader import Strictness
from assistant.reader.clues import Clue
from assistant.reader.corpora import read_tune_half
from assistant.reader.fitting import auroc, coverage_at, listwise, logistic, probabilities
from assistant.reader.outcomes import Asked, Outcome
from assistant.reader.ranking import fit_ranking
from assistant.reader.seen import Logits, Seen
from assistant.reader.tuning import START, cross_validated, importance, thresholds
from index.documents import read_bytes
from index.paragraph import Sentence

QUESTIONS = Path(__file__).parents[2] / "eval" / "questions"


def _outcome(name: str, *, right: bool, answerable: bool, group: str = "g") -> Outcome:
    asked = Asked(name, SimpleNamespace(), group, answerable, (), ())  # type: ignore[arg-type]
    return Outcome(asked, np.zeros(1), (right,), 0.0, None)


def _some() -> list[Outcome]:
    """Two sets: four right, two wrong, one unanswerable; one right, one unanswerable."""
    first = [_outcome("a", right=True, answerable=True)] * 4 + [_outcome("a", right=False, answerable=True)] * 2
    first += [_outcome("a", right=False, answerable=False)]
    return [*first, _outcome("b", right=True, answerable=True), _outcome("b", right=False, answerable=False)]


def test_sets_count_alike_and_the_unanswerable_more() -> None:
    counts = importance(_some())
    assert counts.mean() == pytest.approx(1)
    assert counts[:7].sum() == pytest.approx(counts[7:].sum())
    assert counts[:4].sum() / counts[:7].sum() == pytest.approx(4 / 7)  # the share of right quotes stays
    assert counts[6] == pytest.approx(3 * counts[4:6].sum())


def test_thresholds_by_hand() -> None:
    # Ten questions that are answered, of which the surer five rightly; four that are not.
    outcomes = [_outcome("a", right=number >= 5, answerable=True) for number in range(10)]
    outcomes += [_outcome("a", right=False, answerable=False)] * 4
    confidence = np.array([0.05, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.01, 0.02, 0.45, 0.65])
    found = thresholds(outcomes, confidence)
    assert found[Strictness.STRICT] == pytest.approx(0.7)  # three of ten; 0.8 would answer two
    assert found[Strictness.NORMAL] == pytest.approx(0.5)  # five of five shown, three of four refused
    assert found[Strictness.OPEN] == pytest.approx(0.05)


def test_of_thresholds_as_good_the_strictest_is_taken() -> None:
    # At 0.1 all hundred are shown, and half of the two hundred refused; at 0.6 one fewer, and one more.
    outcomes = [_outcome("a", right=True, answerable=True) for _ in range(100)]
    outcomes += [_outcome("a", right=False, answerable=False)] * 200
    confidence = np.array([0.1, *[0.6] * 99, *[0.01] * 100, 0.2, *[0.7] * 99])
    assert thresholds(outcomes, confidence)[Strictness.NORMAL] == pytest.approx(0.6)


def test_an_easy_set_chooses_no_threshold() -> None:
    outcomes = [_outcome("a", right=True, answerable=True)] * 4 + [_outcome("a", right=False, answerable=False)]
    sure = np.array([0.2, 0.3, 0.4, 0.5, 0.1])
    easy = [_outcome("norquad", right=True, answerable=True)] * 5
    assert thresholds(outcomes + easy, np.append(sure, [0.99] * 5)) == thresholds(outcomes, sure)


def test_no_group_is_judged_by_constants_fitted_on_it() -> None:
    outcomes = [_outcome("a", right=True, answerable=True, group=f"g{number}") for number in range(10)]
    fitted: list[set[str]] = []

    def fit(others: list[Outcome]) -> np.ndarray:
        fitted.append({one.asked.group for one in others})
        return np.array([0.0, len(fitted)])

    confidence = cross_validated(outcomes, fit)  # type: ignore[arg-type]
    for one, sure in zip(outcomes, confidence, strict=True):
        fold = round(float(np.log(sure / (1 - sure)))) - 1
        assert one.asked.group not in fitted[fold]


def test_the_logistic_finds_the_odds() -> None:
    inputs = np.repeat([[0.0], [1.0]], 1000, axis=0)
    right = np.repeat([True, False, True, False], [200, 800, 700, 300])
    found = probabilities(np.array([[0.0], [1.0]]), logistic(inputs, right))
    np.testing.assert_allclose(found, [0.2, 0.7], atol=0.02)


def test_the_softmax_finds_the_odds() -> None:
    """Of three candidates the one that stands out wins in six of ten lists: odds of 3 to either other."""
    inputs = [np.array([[1.0, 0.0], [0.0, 0.0], [0.0, 0.0]])] * 1000
    right = [np.array([True, False, False])] * 600 + [np.array([False, True, False])] * 400
    found = listwise(inputs, right, weights=np.ones(1000))
    assert np.exp(found[0]) == pytest.approx(3, rel=0.02)
    assert found[1] == pytest.approx(0)  # says nothing
    # Two that answer share the win: 0.6 of the probability is theirs where each stands 0.75 to 1.
    both = [np.array([[1.0], [1.0], [0.0]])] * 1000
    right = [np.array([True, True, False])] * 600 + [np.array([False, False, True])] * 400
    assert np.exp(listwise(both, right, weights=np.ones(1000))[0]) == pytest.approx(0.75, rel=0.02)


def test_lists_count_by_their_weight() -> None:
    inputs = [np.array([[1.0], [0.0]])] * 200
    right = [np.array([True, False])] * 100 + [np.array([False, True])] * 100
    sizes = np.repeat([3.0, 1.0], 100)
    assert np.exp(listwise(inputs, right, weights=sizes)[0]) == pytest.approx(3, rel=0.1)


def test_the_fit_learns_which_clue_tells() -> None:
    """A heading and a sentence that the network likes alike; the sentence answers."""
    asked = [_asked(f"a{number}") for number in range(40)]
    fitted = fit_ranking(asked, START)
    assert fitted.clues[Clue.UNENDED] < -0.5
    assert fitted.clues[Clue.WORDS] == pytest.approx(0)
    scores = fitted.scores(asked[0].hits[0], asked[0].seen[0])
    assert scores[1] > scores[0]
    assert probability(float(scores[1])) > 0.5
    worse = fitted.scores(asked[0].hits[1], asked[0].seen[1])
    assert probability(float(worse[1])) < 0.5


def _asked(name: str) -> Asked:
    """Two hits, each a heading and a sentence; three of these are read by themselves, the first sentence answers."""
    document = SimpleNamespace(id=name)
    hits = tuple(
        SimpleNamespace(
            document=document,
            score=1.0,
            passage=SimpleNamespace(sentences=(Sentence(i, i + 1), Sentence(i + 2, i + 3))),
        )
        for i in (0, 10)
    )
    clues = np.zeros((2, len(Clue)), np.float32)
    clues[0, list(Clue).index(Clue.UNENDED)] = 1
    better, worse = (Logits(it, np.full(2, it, np.float32), np.zeros((1, 2), np.float32)) for it in (0.0, -2.0))
    seen = (
        Seen(SimpleNamespace(), better, clues, np.zeros(2, np.float32)),  # type: ignore[arg-type]
        Seen(SimpleNamespace(), worse, clues, np.array([np.nan, -2.0], np.float32)),  # type: ignore[arg-type]
    )
    question = SimpleNamespace(answered_by=lambda _, place: place.start == 2)
    return Asked("a", question, name, True, hits, seen)  # type: ignore[arg-type]


def test_auroc_and_coverage_by_hand() -> None:
    confidence, right = np.array([0.9, 0.8, 0.7, 0.6]), np.array([True, True, False, True])
    assert auroc(confidence, right) == pytest.approx(2 / 3)
    assert coverage_at(confidence, right, risk=0.25) == (1.0, 0.6)
    assert coverage_at(confidence, right, risk=0.05) == (0.5, 0.8)


def test_the_tune_half_is_read_with_its_gold() -> None:
    with pytest.raises(KeyError):  # documents that the questions were not written on
        read_tune_half(QUESTIONS / "seeds-tune.jsonl", [])
    seeds = sorted((QUESTIONS.parents[1] / "seeds").glob("*.txt"))
    documents = [read_bytes(path.name, path.read_bytes()) for path in seeds]
    corpus = read_tune_half(QUESTIONS / "seeds-tune.jsonl", documents)
    question = next(it for it in corpus.dev if it.id == "seeds-tune-001")
    document = next(it for it in documents if it.id == question.document)
    (gold,) = question.gold
    assert document.text[gold.start : gold.end].startswith("I 2015 var det 289 narkotikarelaterte dødsfall")
    assert question.short is not None
    assert document.text[question.short.start : question.short.end] == "289"
    assert sum(not it.gold for it in corpus.dev) == 33


@pytest.mark.parametrize("name", ["seeds-test", "talk-test", "compare-test"])
def test_no_test_half_can_be_tuned_on(name: str) -> None:
    with pytest.raises(ValueError, match="not there to tune on"):
        read_tune_half(QUESTIONS / f"{name}.jsonl", [])

from itertools import count
from pathlib import Path
from random import Random

import pytest
import torch
from torch.nn import functional
from transformers import BertModel

from assistant.question_training import Course, Lessons, Pupil, against_others, learn
from assistant.reader.corpora import Question
from assistant.reader.excerpt import load_tokenizer
from index.e5 import write_sentence_transformer
from tests.index.tiny_e5 import tiny_e5


@pytest.fixture
def pupil(tmp_path: Path) -> Pupil:
    write_sentence_transformer(tiny_e5(), tmp_path)
    torch.manual_seed(0)
    return Pupil(BertModel.from_pretrained(str(tmp_path)), load_tokenizer(tmp_path), rank=4)


def question(number: int, text: str, document: str) -> Question:
    return Question(str(number), text, document, "nb", "lay", (), (), None)


def course(pupil: Pupil) -> Course:
    texts = ["straff skader", "hjelp av bruk", "vi mener", "ikke straff"]
    torch.manual_seed(1)
    return Course(
        questions=(question(0, texts[0], "a"), question(1, texts[1], "b")),
        passages=functional.normalize(torch.randn(4, 64), dim=-1),
        documents=("a", "a", "b", "b"),
        right=((0,), (2, 3)),
        before=pupil.encode(texts[:2]).detach(),
        words=frozenset(),
    )


def test_the_loss_is_the_share_of_the_right_ones() -> None:
    cosines = torch.tensor([[0.5, 0.5, 0.5], [0.9, 0.1, 0.1]])
    right = torch.tensor([[True, False, False], [True, True, False]])
    found = against_others(cosines, right).tolist()
    assert found[0] == pytest.approx(1.0986, abs=1e-3)
    assert found[1] == pytest.approx(0.0, abs=1e-3)


def test_nothing_is_corrected_before_anything_is_learnt(pupil: Pupil) -> None:
    assert len(pupil.corrections) == 2 * 6
    assert all(not correction.weights().any() for correction in pupil.corrections.values())


def test_learning_lowers_the_loss_and_fills_the_corrections(pupil: Pupil) -> None:
    lessons = Lessons({"made": course(pupil)}, {"made": 1.0}, Random(3))
    step = count()
    losses = list(learn(pupil, lessons, done=lambda: next(step) / 60, size=8))
    assert len(losses) == 60
    assert sum(losses[-10:]) < 0.6 * sum(losses[:10])
    assert any(correction.weights().any() for correction in pupil.corrections.values())


def test_a_question_pays_for_competitors_in_its_own_document_twice(pupil: Pupil) -> None:
    made = course(pupil)
    vectors = functional.normalize(made.passages[1] + 0.5 * made.passages[0], dim=0)[None]
    stranger = functional.normalize(made.passages[3] + 0.5 * made.passages[0], dim=0)[None]
    assert made.loss([0], vectors) > made.loss([0], stranger)

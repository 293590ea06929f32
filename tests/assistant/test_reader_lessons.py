"""What a training step is made of: passages that compete, and the sentences that look best by themselves."""

from pathlib import Path
from random import Random

import numpy as np
import pytest
import torch
from tokenizers import Tokenizer, models, pre_tokenizers

from assistant.reader import lessons, train
from assistant.reader.corpora import Corpus, Question, find
from assistant.reader.excerpt import CLOSE, OPEN, Kind
from assistant.reader.lessons import Pair, Pool, Recipe, Teacher
from assistant.reader.network import Output, ReaderNetwork
from assistant.reader.train import RIGHT_ALONE, WRONG_ALONE, Trainer, likeliest
from index.documents import read_bytes
from index.encoder import HashingEncoder

TEXT = """Brua

Brua ble stengt i mai. Kommunen fant rust i bærerne. Ingen ble skadet.

Ferja går hver time. Den tar ti biler.

Skolen åpner i august. Elevene får ny gård.
"""


@pytest.fixture
def teacher(tmp_path: Path) -> Teacher:
    return _teacher(tmp_path, Recipe(right=1, decoys=0, nearest=1, near=1, beside=1))


def _teacher(directory: Path, recipe: Recipe, *more: tuple[str, str]) -> Teacher:
    """Of one question, and those further ones with the sentence that answers."""
    document = read_bytes("brua.md", TEXT.encode())
    asked = (("Hvorfor ble brua stengt?", "Kommunen fant rust i bærerne."), *more)
    golds = [find(document.text, sentence) for _, sentence in asked]
    questions = tuple(
        Question(text, text, document.id, "nb", "reason", gold, (), gold[0])
        for (text, _), gold in zip(asked, golds, strict=True)
    )
    words = {word: number for number, word in enumerate(("<s>", "<pad>", "</s>", "<unk>", *TEXT.split()))}
    tokenizer = Tokenizer(models.WordLevel(words, unk_token="<unk>"))
    tokenizer.pre_tokenizer = pre_tokenizers.WhitespaceSplit()
    pool = Pool(Corpus("own", (document,), questions, ()), directory, encoder=HashingEncoder(), tokenizer=tokenizer)
    return Teacher(pool, recipe, tokenizer=tokenizer, random=Random(1))


def test_a_sentence_by_itself_is_its_passage_and_the_others_are_its_surroundings(teacher: Teacher) -> None:
    lesson = teacher.lesson()
    right = next(place for place, pair in enumerate(lesson.pairs) if any(pair.gold))
    alone = teacher.by_themselves(lesson, [(right, 1), (right, 0)])
    assert [pair.gold for pair in alone.pairs] == [(True,), (False,)]
    for pair in alone.pairs:
        np.testing.assert_array_equal(pair.ids[: len(lesson.asked)], lesson.asked)
        ((first, last),) = pair.sentences
        assert set(pair.kinds[first:last]) == {Kind.PASSAGE}
        assert (pair.kinds == Kind.PASSAGE).sum() == last - first
        assert (pair.ids[0], pair.ids[-1]) == (OPEN, CLOSE)
    assert alone.pairs[0].span == alone.pairs[0].sentences[0][:1] + (alone.pairs[0].sentences[0][1] - 1,)
    assert alone.pairs[1].span is None
    assert not alone.places


def test_what_was_asked_before_is_in_the_question_and_its_answer_among_the_wrong_ones(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(lessons, "FOLLOWING", 1.0)
    monkeypatch.setattr(lessons, "WITHOUT_ANSWER", 0.0)
    recipe = Recipe(right=1, decoys=0, nearest=0, near=0, beside=0)
    teacher = _teacher(tmp_path, recipe, ("Hvor mange biler tar ferja?", "Den tar ti biler."))
    for lesson in (teacher.lesson(), teacher.lesson()):
        assert len(lesson.pairs) == 2
        assert sum(any(pair.gold) for pair in lesson.pairs) == 1
        # <s> and </s>, four words of the one and five of the other
        assert len(lesson.asked) == 2 + 4 + 5


def test_the_sentences_that_look_best_are_taken_right_and_wrong_apart() -> None:
    def pair(*gold: bool) -> Pair:
        return Pair(np.arange(3, dtype=np.int32), np.zeros(3, np.int8), ((0, 1),) * len(gold), gold, None)

    pairs = [pair(True, False, True, True), pair(*[False] * 8)]
    evidence = torch.tensor([[0.0, 5.0, 2.0, 1.0, 9, 9, 9, 9], [0.0, 1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0]])
    output = Output(torch.tensor([0.0, 1.0]), evidence, torch.zeros(2, 3), torch.zeros(2, 3))
    chosen = likeliest(pairs, [(output, 0), (output, 1)])
    assert chosen == [(0, 2), (0, 3), (1, 7), (1, 6), (1, 5), (1, 4), (0, 1)]
    assert len(chosen) == RIGHT_ALONE + WRONG_ALONE


def test_the_next_step_reads_by_themselves_what_this_step_took_for_answers(
    teacher: Teacher, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(train, "ALONE", 1.0)
    monkeypatch.setattr(train, "TOKENS_PER_STEP", 300)
    torch.manual_seed(1)
    network = ReaderNetwork(1, hidden=24, inner=48, positions=128)
    trainer = Trainer(network, torch.randn(99, 24), {"own": teacher}, mixed=0.0, seed=1)
    before = network.relevance.weight.clone()
    trainer._step({"own": 1.0})
    waiting = list(trainer._waiting)
    assert waiting
    assert all(not lesson.places and all(len(pair.gold) == 1 for pair in lesson.pairs) for lesson in waiting)
    trainer._step({"own": 1.0})
    assert not any(new is old for new in trainer._waiting for old in waiting)
    assert not torch.equal(before, network.relevance.weight)

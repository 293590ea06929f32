"""What the reader is trained on, and how: corpora, augmentation, losses, weights."""

import json
import math
from pathlib import Path
from random import Random

import numpy as np
import pytest
import torch

from assistant.reader.augmentation import mistype, split_compound, to_nynorsk, vary
from assistant.reader.corpora import find, is_gold, read_norquad, read_saksprosa
from assistant.reader.train import _against_none
from assistant.reader.weights import load, pack, save
from index.paragraph import Sentence


def test_a_quote_is_found_whatever_the_markup() -> None:
    text = "Vi vil **ikke** ha\ndet. Ikke ha det!"
    assert [text[s.start : s.end] for s in find(text, "Ikke ha det")] == ["ikke** ha\ndet", "Ikke ha det"]
    assert find(text, "") == ()
    assert find(text, "finnes ikke") == ()


@pytest.mark.parametrize(
    ("sentence", "right"),
    [((0, 10), True), ((8, 30), False), ((10, 40), False), ((4, 6), True), ((0, 100), True)],
)
def test_half_of_one_in_the_other_makes_gold(sentence: tuple[int, int], right: bool) -> None:
    assert is_gold(Sentence(*sentence), (Sentence(0, 10),)) is right


def test_saksprosa_is_split_by_document(tmp_path: Path) -> None:
    (tmp_path / "docs").mkdir()
    for number in (1, 5):
        text = f"Tittel {number}\n\nBussen går klokka {number}. Den er ofte full.\n"
        (tmp_path / "docs" / f"info-0{number}.md").write_text(text, "utf-8")
    records = [
        {"id": "a", "document": "info-01.md", "quotes": ["Bussen går klokka 1."], "short": "klokka 1", "decoys": []},
        {"id": "b", "document": "info-05.md", "quotes": [], "short": None, "decoys": ["Den er ofte full."]},
    ]
    common = {"question": "Når går bussen?", "lang": "nb", "type": "factoid"}
    lines = [json.dumps({**common, **record, "answerable": bool(record["quotes"])}) for record in records]
    (tmp_path / "info.jsonl").write_text("\n".join(lines) + "\n", "utf-8")
    corpus = read_saksprosa(tmp_path)
    (train,), (dev,) = corpus.train, corpus.dev
    texts = {document.id: document.text for document in corpus.documents}
    assert train.short is not None
    assert texts[train.document][train.short.start : train.short.end] == "klokka 1"
    assert dev.gold == ()
    assert len(dev.decoys) == 1
    assert [document.id for document in corpus.training_documents()] == [train.document]


def test_offsets_are_carried_over_to_the_canonical_text(tmp_path: Path) -> None:
    text = "Tittelen\n\n\nFørste   avsnitt er her.\nSvaret er 42 kroner, sa hun.\n"
    start = text.index("42 kroner")
    record = {"id": "q", "document": "d", "question": "Hvor mye?", "start": start, "end": start + 9}
    (tmp_path / "documents.jsonl").write_text(json.dumps({"id": "d", "text": text}) + "\n", "utf-8")
    (tmp_path / "train.jsonl").write_text(json.dumps(record) + "\n", "utf-8")
    (tmp_path / "dev.jsonl").write_text("", "utf-8")
    corpus = read_norquad(tmp_path)
    short = corpus.train[0].short
    assert short is not None
    assert corpus.documents[0].text[short.start : short.end] == "42 kroner"


def test_nynorsk_by_words() -> None:
    assert to_nynorsk("Hvor mange planer har hun ikke fått?") == "Kor mange planar har ho ikkje fått?"


def test_a_compound_is_split_only_into_words() -> None:
    question = "Hva er kommunebudsjettet?"
    assert split_compound(question, Random(1), {"kommune", "budsjettet"}) == "Hva er kommune budsjettet?"
    assert split_compound(question, Random(1), {"kommune"}) == question


def test_typos_change_little_and_variation_is_repeatable() -> None:
    question = "Hvorfor vil partiet legge ned skolen?"
    for seed in range(50):
        assert abs(len(mistype(question, Random(seed))) - len(question)) <= 2
    varied = [vary(question, Random(seed), language="nb", vocabulary=set()) for seed in range(200)]
    assert varied == [vary(question, Random(seed), language="nb", vocabulary=set()) for seed in range(200)]
    assert 0.3 < sum(text == question for text in varied) / 200 < 0.8


def test_none_of_these_competes_with_a_logit_of_zero() -> None:
    logits = torch.tensor([1.0, 0.0])
    total = math.e + 1 + 1
    assert _against_none(logits, torch.tensor([True, False])).item() == pytest.approx(math.log(total / math.e))
    assert _against_none(logits, torch.tensor([False, False])).item() == pytest.approx(math.log(total))
    assert _against_none(logits, torch.tensor([True, True])).item() == pytest.approx(math.log(total / (math.e + 1)))


def test_weights_survive_the_file(tmp_path: Path) -> None:
    random = np.random.default_rng(1)
    state = {
        "layers.0.join.weight": random.normal(size=(6, 4)).astype(np.float32),
        "layers.0.join.bias": random.normal(size=6).astype(np.float32),
        "judge.weight": random.normal(size=(3, 4)).astype(np.float32),
    }
    save(pack(state), tmp_path / "w.safetensors")
    found = load(tmp_path / "w.safetensors")
    assert found.layers == 1
    matrix = found.matrices["layers.0.join.weight"]
    step = np.abs(state["layers.0.join.weight"]).max(axis=1, keepdims=True) / 127
    assert (np.abs(matrix.weights() - state["layers.0.join.weight"]) <= step / 2 + 1e-6).all()
    np.testing.assert_allclose(found.plain["judge.weight"], state["judge.weight"], rtol=1e-3)
    assert set(found.plain) == {"layers.0.join.bias", "judge.weight"}


def test_missing_weights_are_said(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        load(tmp_path / "none.safetensors")

"""What the reader is trained on, and how: corpora, augmentation, losses, weights."""

import json
import math
from pathlib import Path
from random import Random

import numpy as np
import pytest
import torch

from assistant.reader.augmentation import OtherWords, mistype, split_compound, to_nynorsk, vary
from assistant.reader.corpora import Corpus, find, is_gold, read_norquad, read_saksprosa
from assistant.reader.following import after, in_some_form
from assistant.reader.practice import with_practice
from assistant.reader.rewording import Rewording
from assistant.reader.train import _against_none, _started
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


def _practice(
    folder: Path, *, document: str = "info-01.md", quote: str = "Bussen går klokka 1.", way: str = "p"
) -> Path:
    """A corpus of one document and a practice folder with another document, one question and a way to ask it."""
    (folder / "docs").mkdir(parents=True)
    (folder / "docs" / "mer-havn.md").write_text("Havna\n\nHavna stenger klokka ti. Den åpner klokka sju.\n", "utf-8")
    (folder / "docs" / "info-01.md").write_text("Buss\n\nBussen går klokka 1. Den er full.\n", "utf-8")
    (folder / "docs" / "info-05.md").write_text("Buss\n\nBussen går klokka 5. Den er full.\n", "utf-8")
    record = {"id": "p", "document": document, "question": "Når går bussen?", "lang": "nb", "type": "factoid"}
    record |= {"answerable": True, "quotes": [quote], "short": None, "decoys": []}
    (folder / "questions.jsonl").write_text(json.dumps(record) + "\n", "utf-8")
    ways = [{"question": "når drar skyssen", "lang": "nb", "type": "lay"}]
    (folder / "ways.jsonl").write_text(json.dumps({"id": way, "ways": ways}) + "\n", "utf-8")
    return folder


def test_practice_adds_documents_questions_and_other_ways_to_ask_them(tmp_path: Path) -> None:
    corpus = with_practice(Corpus("saksprosa", (), (), ()), _practice(tmp_path / "a"))
    asked, other = corpus.train
    assert len(corpus.documents) == 3
    assert (asked.id, asked.same_as, other.id, other.same_as) == ("p", "", "p/1", "p")
    assert (other.text, other.kind) == ("når drar skyssen", "lay")
    assert other.gold == asked.gold != ()


def test_other_ways_to_ask_a_follow_up_follow_the_same_question(tmp_path: Path) -> None:
    folder = _practice(tmp_path / "a")
    record = {"id": "f", "document": "info-01.md", "question": "Er den full?", "lang": "nb", "type": "followup"}
    record |= {"answerable": True, "quotes": ["Den er full."], "short": None, "decoys": []}
    record |= {
        "history": [{"role": "user", "content": "Når går bussen?"}, {"role": "assistant", "content": "Klokka 1."}]
    }
    record |= {"ways": [{"question": "enn plass på den da", "lang": "nb", "type": "lay"}]}
    with (folder / "questions.jsonl").open("a", encoding="utf-8") as file:
        file.write(json.dumps(record) + "\n")
    corpus = with_practice(Corpus("saksprosa", (), (), ()), folder)
    texts = {question.id: (question.text, question.same_as) for question in corpus.train}
    assert texts["f"] == ("Er bussen full? (Når går bussen?)", "")
    assert texts["f/1"] == ("enn plass på den da? (Når går bussen?)", "f")
    assert texts["p/1"] == ("når drar skyssen", "p")


@pytest.mark.parametrize(
    ("question", "before", "language", "asked"),
    [
        ("Hvor mange døde i 2015?", "Hvor mange døde i 2014?", "nb", "Og i 2015?"),
        ("Hvorfor ble brua stengt?", "Når ble brua stengt?", "nb", "Og hvorfor?"),
        ("What does Moe think of the plan?", "What does Lie think of the plan?", "en", "And Moe?"),
        ("Hvem leder havna?", "Hvorfor sank båten?", "nb", "Hvem leder havna?"),
        ("Hva koster brua?", "Hva koster brua i dag?", "nb", "Hva koster brua?"),
        ("Hvor mange døde i trafikken?", "Hvor mange døde i brann i fjor?", "nb", "Og i trafikken?"),
    ],
)
def test_a_question_after_another_asks_no_more_than_what_differs(
    question: str, before: str, language: str, asked: str
) -> None:
    assert after(question, before, language=language) == f"{asked} ({before})"


def test_a_follow_up_is_read_in_both_forms() -> None:
    forms = [in_some_form("Og i fjor? (Hvor mange sank?)", Random(seed)) for seed in range(300)]
    assert set(forms) == {"Og i fjor? (Hvor mange sank?)", "Hvor mange sank? Og i fjor?"}
    assert 0.3 < sum("(" not in text for text in forms) / 300 < 0.5
    assert in_some_form("Hvor mange sank?", Random(1)) == "Hvor mange sank?"


def test_what_is_on_the_same_matter_may_answer_what_its_own_document_does_not(tmp_path: Path) -> None:
    folder = _practice(tmp_path / "a")
    for name in ("x-bom-ja.md", "x-bom-nei.md", "x-ferje.md"):
        (folder / "docs" / name).write_text(f"Saken\n\nDette er om {name}. Den er lang.\n", "utf-8")
    record = {"id": "q", "document": "x-bom-ja.md", "question": "Hvorfor ikke?", "lang": "nb", "type": "unanswerable"}
    record |= {"answerable": False, "quotes": [], "short": None, "decoys": ["Den er lang."]}
    (folder / "questions.jsonl").write_text(json.dumps(record) + "\n", "utf-8")
    (folder / "ways.jsonl").write_text("", "utf-8")
    corpus = with_practice(Corpus("saksprosa", (), (), ()), folder)
    files = {document.id: document.source.file for document in corpus.documents}
    assert [files[name] for name in corpus.train[0].aside] == ["x-bom-nei.md"]


@pytest.mark.parametrize(
    ("fault", "message"),
    [
        ({"document": "info-05.md", "quote": "Bussen går klokka 5."}, "to judge by"),
        ({"quote": "Bussen går klokka 2."}, "not in info-01.md"),
        ({"way": "q"}, "q: no question"),
    ],
)
def test_practice_on_what_is_kept_aside_or_not_there_is_refused(
    tmp_path: Path, fault: dict[str, str], message: str
) -> None:
    with pytest.raises(ValueError, match=message):
        with_practice(Corpus("saksprosa", (), (), ()), _practice(tmp_path / "a", **fault))


def test_a_training_goes_on_from_the_weights_that_are_shipped() -> None:
    known = load()
    state = {name: tensor.numpy() for name, tensor in _started(known).state_dict().items()}
    again = pack(state)
    for name, matrix in known.matrices.items():
        np.testing.assert_array_equal(again.matrices[name].values, matrix.values)


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


def test_official_words_become_what_people_say() -> None:
    lines = ["sykehus lege\tsykehus", "spital\tsykehus; klinikk", "snut\tpoliti", "bikkje\thund; valp", "bot\tar"]
    rewording = Rewording.of(lines)
    assert rewording("Hvor mange sykehus skal bygges?", Random(1)) == "Hvor mange spital skal bygges?"
    assert rewording("Hvorfor må hunder i bånd?", Random(1)) == "Hvorfor må bikkjer i bånd?"
    assert rewording("Klinikk for valper?", Random(1)) == "Klinikk for valper?"  # only a line's nearest word is meant
    assert rewording("Ar?", Random(1)) == "Ar?"  # too short to be told from an ending


def test_a_common_word_keeps_its_place() -> None:
    assert not Rewording.of(["kanskje\tikke", "jobb\tarbeid"]).instead.get("ikke")


def test_rewording_is_for_bokmaal_and_now_and_then() -> None:
    others = OtherWords(everyday=Rewording.of(["spital\tsykehus"]))
    asked = "Hvor mange sykehus?"

    def share(language: str) -> float:
        varied = [vary(asked, Random(seed), language=language, vocabulary=set(), others=others) for seed in range(300)]
        return sum("pital" in text for text in varied) / 300

    assert 0.15 < share("nb") < 0.45
    assert share("en") == 0


def test_a_translated_question_stands_for_the_rough_one() -> None:
    others = OtherWords(nynorsk={"Hvor mange?": "Kor mange då?"})
    said = {vary("Hvor mange?", Random(seed), language="nb", vocabulary=set(), others=others) for seed in range(200)}
    assert "Kor mange då?" in said
    assert "Kor mange?" not in said


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

"""The adapters: seeds, NorQuAD, Saksprosa, a user's own."""

import json
from pathlib import Path

import pytest

from eval.corpora.choosing import UnknownSet, bench_of
from eval.corpora.jsonl import DataMissing
from eval.corpora.norquad import norquad, sentence_around
from eval.corpora.saksprosa import is_dev, saksprosa
from eval.corpora.seeds import NAMES as SEEDS
from eval.runner import Truth

TEXT = "Byen\nByen er stor. Den ligger i nord. Elva renner forbi.\nHer bor 30 000."


def write(path: Path, *records: dict[str, object]) -> None:
    path.write_text("".join(json.dumps(record) + "\n" for record in records), encoding="utf-8")


def asked(start: int, end: int) -> dict[str, object]:
    return {"id": "n1", "document": "a", "question": "Hvor?", "answer": TEXT[start:end], "start": start, "end": end}


@pytest.fixture
def norquad_data(tmp_path: Path) -> Path:
    write(tmp_path / "documents.jsonl", {"id": "a", "text": TEXT}, {"id": "b", "text": "En annen tekst."})
    start = TEXT.index("i nord")
    write(tmp_path / "dev.jsonl", asked(start, start + 6))
    return tmp_path


def test_norquad_wants_the_sentence_and_asks_again_without_the_document(norquad_data: Path) -> None:
    bench = norquad(norquad_data)
    assert [document.source.file for document in bench.documents] == ["a.txt", "b.txt"]
    question, twin = bench.cases
    assert question.question.quotes[0].text == "Den ligger i nord."
    assert question.question.short == "i nord"
    assert not question.without
    assert (twin.question.answerable, twin.without, twin.cluster) == (False, frozenset({"a.txt"}), question.cluster)
    (found,) = Truth(bench.documents).wanted(question)
    assert len(found.spans) == 1


@pytest.mark.parametrize(
    ("answer", "sentence"),
    [
        ("30 000", "Her bor 30 000."),
        ("Byen", "Byen"),
        ("stor. Den", "Byen er stor. Den ligger i nord."),
    ],
)
def test_the_sentence_around_an_answer(answer: str, sentence: str) -> None:
    start = TEXT.index(answer)
    assert sentence_around(TEXT, start, start + len(answer)) == sentence


def test_wrong_data_is_told(norquad_data: Path) -> None:
    write(norquad_data / "dev.jsonl", asked(0, 4) | {"answer": "Elva"})
    with pytest.raises(DataMissing, match="question n1: the answer does not stand at 0"):
        norquad(norquad_data)
    (norquad_data / "dev.jsonl").write_text("{", encoding="utf-8")
    with pytest.raises(DataMissing, match="line 1"):
        norquad(norquad_data)
    with pytest.raises(DataMissing, match=r"documents\.jsonl"):
        norquad(norquad_data / "nowhere")


def test_saksprosa_asks_the_dev_documents_of_all(tmp_path: Path) -> None:
    (tmp_path / "docs").mkdir()
    for name in ("avis-05.md", "avis-06.md"):
        (tmp_path / "docs" / name).write_text("Tittel\n\nBadet åpner klokka sju.\n", encoding="utf-8")
    record = {
        "question": "Når åpner det?",
        "lang": "nn",
        "type": "list",
        "answerable": True,
        "quotes": ["Badet  åpner\nklokka sju."],
        "short": None,
    }
    write(
        tmp_path / "avis.jsonl",
        record | {"id": "1", "document": "avis-05.md", "history": [{"role": "user", "content": "Badet?"}]},
        record | {"id": "2", "document": "avis-06.md"},
    )
    bench = saksprosa(tmp_path)
    assert len(bench.documents) == 2
    (case,) = bench.cases
    assert case.question.quotes[0].text == "Badet åpner klokka sju."
    assert (case.question.complete, case.question.tags, len(case.question.history)) == (True, ("avis",), 1)
    with pytest.raises(DataMissing, match="holds no JSONL file"):
        saksprosa(tmp_path / "docs")


def test_which_documents_are_dev() -> None:
    assert [is_dev(name) for name in ("avis-05.txt", "prog-20.md", "stat-01.md")] == [True, True, False]
    with pytest.raises(ValueError, match="no number"):
        is_dev("avis.txt")


def test_a_set_is_known_by_name_or_by_file() -> None:
    assert {len(bench_of(name).documents) for name in ("seeds-tune", "seeds-test")} == {5}
    with pytest.raises(UnknownSet, match=f"{', '.join(SEEDS)}, norquad, saksprosa"):
        bench_of("ukjent")
    with pytest.raises(DataMissing, match="No --data was given"):
        bench_of("norquad")


@pytest.mark.parametrize("name", SEEDS)
def test_every_gold_quote_stands_in_the_documents_as_they_are_read(name: str) -> None:
    bench = bench_of(name)
    truth = Truth(bench.documents)
    lost = [(case.question.id, item.text) for case in bench.cases for item in truth.wanted(case) if not item.spans]
    assert lost == []

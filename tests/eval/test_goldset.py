import hashlib
import json
import re
from collections import Counter
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from assistant.answer import Role
from eval.conversing import KINDS
from eval.goldset import (
    GoldQuestion,
    GoldSet,
    GoldSetInvalid,
    QuestionType,
    Split,
    counts,
    load_gold,
    measured,
    parse_gold,
)
from index.documents.document import Language

ROOT = Path(__file__).parents[2]
QUESTIONS = ROOT / "eval" / "questions"
HALVES = ("seeds-tune", "seeds-test")
TALK = ("talk-tune", "talk-test")
LANGUAGE = ("language-tune", "language-test")
CONVERSATIONS = ("conversations-tune", "conversations-test")

LINE: dict[str, Any] = {
    "id": "a-1",
    "question": "Når åpner badet?",
    "language": "nb",
    "type": "factoid",
    "answerable": True,
    "quotes": [{"document": "bad.txt", "text": "Badet åpner klokka 7."}],
    "short": "klokka 7",
    "tags": ["everyday"],
}
NO_ANSWER: dict[str, Any] = {"type": "unanswerable", "answerable": False, "quotes": [], "short": None}


def jsonl(*lines: dict[str, Any]) -> bytes:
    return "".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines).encode("utf-8")


def plain(source: str) -> str:
    """A seed file without its markup and with its white space collapsed."""
    source = re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", source).replace("*", "")
    return " ".join(re.sub(r"</?p>", " ", source).split())


def write_set(folder: Path, content: bytes, **changes: str) -> Path:
    path = folder / "mine.jsonl"
    path.write_bytes(content)
    fields = {"corpus": "seeds", "split": "tune", "author": "A", "licence": "CC0-1.0"} | changes
    head = "".join(f'{key} = "{value}"\n' for key, value in fields.items())
    (folder / "manifest.toml").write_text(f'["mine.jsonl"]\n{head}{measured(path)}', encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def halves() -> tuple[GoldSet, GoldSet]:
    tune, test = (load_gold(QUESTIONS / f"{name}.jsonl") for name in HALVES)
    return tune, test


@pytest.fixture(scope="module")
def talk() -> tuple[GoldSet, GoldSet]:
    tune, test = (load_gold(QUESTIONS / f"{name}.jsonl") for name in TALK)
    return tune, test


@pytest.fixture(scope="module")
def language() -> tuple[GoldSet, GoldSet]:
    tune, test = (load_gold(QUESTIONS / f"{name}.jsonl") for name in LANGUAGE)
    return tune, test


@pytest.fixture(scope="module")
def conversations() -> tuple[GoldSet, GoldSet]:
    tune, test = (load_gold(QUESTIONS / f"{name}.jsonl") for name in CONVERSATIONS)
    return tune, test


def test_a_line_becomes_a_question() -> None:
    history = [{"role": "user", "content": "Fins det et bad?"}, {"role": "assistant", "content": "Ja."}]
    (question,) = parse_gold(jsonl(LINE | {"type": "followup", "history": history}), "mine.jsonl")
    assert question.language is Language.BOKMAAL
    assert question.type is QuestionType.FOLLOWUP
    assert question.quotes[0].text == "Badet åpner klokka 7."
    assert [(turn.role, turn.content) for turn in question.history] == [
        (Role.USER, "Fins det et bad?"),
        (Role.ASSISTANT, "Ja."),
    ]
    assert (question.short, question.tags, question.complete) == ("klokka 7", ("everyday",), False)


@pytest.mark.parametrize(
    ("changes", "problem"),
    [
        ({"id": ""}, "“id” must be a text"),
        ({"question": 7}, "“question” must be a text"),
        ({"language": "no"}, "“language” must be one of nb, nn, en"),
        ({"type": "riddle"}, "“type” must be one of factoid"),
        ({"answerable": "yes"}, "“answerable” must be true or false"),
        ({"answerable": False}, "an answerable question has quotes"),
        ({"quotes": []}, "an answerable question has quotes"),
        ({"type": "unanswerable"}, "answerable is True, but the type is “unanswerable”"),
        ({"answerable": False, "quotes": []}, "answerable is False, but the type is “factoid”"),
        ({"quotes": ["Badet åpner klokka 7."]}, "“quotes” must be a list of objects"),
        ({"quotes": [{"document": "bad.txt"}]}, "“text” must be a text"),
        ({"quotes": [{"document": "bad.txt", "text": "Badet  åpner klokka 7."}]}, "white space is not collapsed"),
        ({"quotes": LINE["quotes"] * 2}, "a quote is listed twice"),
        ({"short": "klokka 8"}, "stands in none of the quotes"),
        ({"complete": True}, "“complete” is true for type “list”"),
        ({"type": "list"}, "“complete” is true for type “list”"),
        ({"type": "followup"}, "a follow-up needs a history"),
        ({"history": [{"role": "system", "content": "x"}]}, "“role” must be one of user, assistant"),
        ({"tags": "everyday"}, "“tags” must be a list of texts"),
        ({"quote": []}, "unknown field “quote”"),
    ],
)
def test_a_wrong_line_is_refused_by_number(changes: dict[str, Any], problem: str) -> None:
    good = LINE | {"id": "a-0", "question": "Er badet varmt?"}
    with pytest.raises(GoldSetInvalid, match="line 2") as error:
        parse_gold(jsonl(good, LINE | changes), "mine.jsonl")
    assert problem in str(error.value)


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        (b"", "holds no question"),
        (b"{", "not JSON"),
        (b"[]", "not a JSON object"),
        (b"\xe5", "not UTF-8"),
        (jsonl(LINE, LINE | {"question": "Hva koster badet?"}), "id “a-1” stands in line 1 already"),
        (jsonl(LINE, LINE | {"id": "a-2", "question": "når åpner badet?"}), "question stands in line 1 already"),
    ],
)
def test_a_wrong_file_is_refused(content: bytes, problem: str) -> None:
    with pytest.raises(GoldSetInvalid, match=problem):
        parse_gold(content, "mine.jsonl")


def test_the_same_words_after_another_conversation_are_another_question() -> None:
    first, second = (
        LINE | {"id": topic, "type": "followup", "history": [{"role": "user", "content": f"Hva er {topic}?"}]}
        for topic in ("badet", "biblioteket")
    )
    assert len(parse_gold(jsonl(first, second), "mine.jsonl")) == 2


def test_a_line_ends_at_a_line_feed_only() -> None:
    odd = "Når åpner\u2028badet?"
    (question,) = parse_gold(jsonl(LINE | {"question": odd}), "mine.jsonl")
    assert question.question == odd


def test_counts_by_hand() -> None:
    refusal = LINE | NO_ANSWER | {"id": "a-2", "question": "Kva kostar badet?", "language": "nn"}
    assert counts(parse_gold(jsonl(LINE, refusal), "mine.jsonl")) == {
        "questions": 2,
        "answerable": 1,
        "with_history": 0,
        "types": {"factoid": 1, "unanswerable": 1},
        "languages": {"nb": 1, "nn": 1},
    }


def test_a_set_is_what_its_manifest_says(tmp_path: Path) -> None:
    content = jsonl(LINE)
    gold = load_gold(write_set(tmp_path, content, split="test"))
    assert (gold.name, gold.corpus, gold.split, gold.author) == ("mine", "seeds", Split.TEST, "A")
    assert gold.sha256 == hashlib.sha256(content).hexdigest()
    assert [question.id for question in gold.questions] == ["a-1"]


def test_a_changed_file_is_refused(tmp_path: Path) -> None:
    path = write_set(tmp_path, jsonl(LINE))
    path.write_bytes(jsonl(LINE | {"question": "Når stenger badet?"}))
    with pytest.raises(GoldSetInvalid, match="SHA-256"):
        load_gold(path)


@pytest.mark.parametrize(
    ("old", "new", "problem"),
    [
        ("questions = 1", "questions = 2", "says questions = 2, found 1"),
        ("factoid = 1", "lay = 1", "says types"),
        ('split = "tune"', 'split = "train"', "“split” must be one of tune, test"),
        ('licence = "CC0-1.0"', "", "“licence” must be a text"),
        ('["mine.jsonl"]', '["yours.jsonl"]', "has no entry for it"),
        ('["mine.jsonl"]', "[", "not TOML"),
    ],
)
def test_a_wrong_manifest_is_refused(tmp_path: Path, old: str, new: str, problem: str) -> None:
    path = write_set(tmp_path, jsonl(LINE))
    manifest = tmp_path / "manifest.toml"
    text = manifest.read_text(encoding="utf-8")
    assert old in text
    manifest.write_text(text.replace(old, new), encoding="utf-8")
    with pytest.raises(GoldSetInvalid, match=problem):
        load_gold(path)


def test_a_missing_file_is_refused(tmp_path: Path) -> None:
    path = write_set(tmp_path, jsonl(LINE))
    path.unlink()
    with pytest.raises(GoldSetInvalid, match="in the gold set “mine.jsonl”: it could not be opened"):
        load_gold(path)
    (tmp_path / "manifest.toml").unlink()
    with pytest.raises(GoldSetInvalid, match="in the gold set “mine.jsonl”: the manifest.toml beside it"):
        load_gold(path)


def test_every_gold_quote_stands_in_its_seed(
    halves: tuple[GoldSet, GoldSet],
    talk: tuple[GoldSet, GoldSet],
    language: tuple[GoldSet, GoldSet],
    conversations: tuple[GoldSet, GoldSet],
) -> None:
    seeds = {path.name: plain(path.read_text(encoding="utf-8")) for path in (ROOT / "seeds").glob("*.txt")}
    absent = [
        (question.id, quote.text)
        for gold in (*halves, *talk, *language, *conversations)
        for question in gold.questions
        for quote in question.quotes
        if quote.text not in seeds.get(quote.document, "")
    ]
    assert absent == []


def test_the_halves_are_large_enough_and_a_fifth_has_no_answer(halves: tuple[GoldSet, GoldSet]) -> None:
    for gold, split in zip(halves, Split, strict=True):
        total = len(gold.questions)
        assert (gold.split, gold.corpus, gold.licence) == (split, "seeds", "CC0-1.0")
        assert total >= 110
        assert sum(not question.answerable for question in gold.questions) >= total / 5
        languages = Counter(question.language for question in gold.questions)
        assert languages[Language.NYNORSK] >= 0.12 * total
        assert languages[Language.ENGLISH] >= 0.06 * total
        assert sum(bool(question.history) for question in gold.questions) >= 0.08 * total
        assert {question.type for question in gold.questions} == set(QuestionType)


def test_the_halves_are_alike(halves: tuple[GoldSet, GoldSet]) -> None:
    def profile(questions: tuple[GoldQuestion, ...]) -> Counter[tuple[str, str]]:
        return Counter(
            trait
            for question in questions
            for trait in (
                ("type", question.type.value),
                ("language", question.language.value),
                ("document", question.quotes[0].document if question.quotes else "none"),
                *(("tag", tag) for tag in question.tags),
            )
        )

    tune, test = (profile(gold.questions) for gold in halves)
    for trait in tune | test:
        assert abs(tune[trait] - test[trait]) <= 2, (trait, tune[trait], test[trait])


def test_the_halves_share_no_question_and_no_fact(halves: tuple[GoldSet, GoldSet]) -> None:
    tune, test = halves
    ids = [question.id for gold in halves for question in gold.questions]
    assert len(set(ids)) == len(ids)

    def texts(gold: GoldSet) -> set[str]:
        return {re.sub(r"\W+", " ", question.question).strip().casefold() for question in gold.questions}

    def facts(gold: GoldSet) -> set[tuple[str, str]]:
        # Lists gather what other questions ask for one by one.
        return {
            (quote.document, quote.text)
            for question in gold.questions
            if question.type is not QuestionType.LIST
            for quote in question.quotes
        }

    assert not texts(tune) & texts(test)
    assert not facts(tune) & facts(test)


def test_talk_has_enough_of_each_kind_and_each_is_also_asked_plainly(talk: tuple[GoldSet, GoldSet]) -> None:
    for gold, split in zip(talk, Split, strict=True):
        assert (gold.split, gold.corpus, gold.licence) == (split, "seeds", "CC0-1.0")
        kinds = Counter(question.type for question in gold.questions if question.plain)
        assert min(kinds[kind] for kind in (QuestionType.FOLLOWUP, QuestionType.LAY, QuestionType.TYPO)) >= 20
        new_topics = [question for question in gold.questions if not question.plain]
        assert len(new_topics) >= 3
        assert all(question.history and question.type is QuestionType.FACTOID for question in new_topics)


def test_each_question_is_asked_in_three_languages(language: tuple[GoldSet, GoldSet]) -> None:
    for gold, split in zip(language, Split, strict=True):
        assert (gold.split, gold.corpus, gold.licence) == (split, "seeds", "CC0-1.0")
        asked: dict[str, dict[Language, GoldQuestion]] = {}
        for question in gold.questions:
            asked.setdefault(question.id.rpartition("-")[0], {})[question.language] = question
        assert len(asked) >= 40
        assert sum(not forms[Language.BOKMAAL].answerable for forms in asked.values()) >= len(asked) / 5
        for forms in asked.values():
            assert set(forms) == {Language.BOKMAAL, Language.NYNORSK, Language.ENGLISH}
            plain = forms.pop(Language.BOKMAAL)
            assert plain.plain is None
            assert {form.plain for form in forms.values()} == {plain.question}
            assert {(form.quotes, form.type, form.short) for form in forms.values()} == {
                (plain.quotes, plain.type, plain.short)
            }


def test_no_fact_is_asked_in_both_halves(
    halves: tuple[GoldSet, GoldSet], talk: tuple[GoldSet, GoldSet], language: tuple[GoldSet, GoldSet]
) -> None:
    def facts(*sets: GoldSet) -> set[tuple[str, str]]:
        return {
            (quote.document, quote.text)
            for gold in sets
            for question in gold.questions
            if question.type is not QuestionType.LIST
            for quote in question.quotes
        }

    assert not facts(halves[0], talk[0], language[0]) & facts(halves[1], talk[1], language[1])


def test_a_conversation_goes_on_from_its_own_questions(conversations: tuple[GoldSet, GoldSet]) -> None:
    for gold, split in zip(conversations, Split, strict=True):
        assert (gold.split, gold.corpus, gold.licence) == (split, "seeds", "CC0-1.0")
        held: dict[str, list[GoldQuestion]] = {}
        for question in gold.questions:
            held.setdefault(question.id.rpartition("-")[0], []).append(question)
        assert len(held) == 14
        for asked in held.values():
            assert 4 <= len(asked) <= 7
            assert [question.id.rpartition("-")[2] for question in asked] == [str(n + 1) for n in range(len(asked))]
            for before, after in pairwise(asked):
                assert after.history[: len(before.history)] == before.history
                said, answered = after.history[len(before.history) :][:2]
                assert said.content == before.question
                assert not before.quotes or answered.content == before.quotes[0].text


def test_conversations_hold_every_kind_of_turn_and_a_fifth_has_no_answer(
    conversations: tuple[GoldSet, GoldSet],
) -> None:
    for gold in conversations:
        kinds = Counter(question.tags[0] for question in gold.questions)
        assert set(kinds) == set(KINDS)
        assert kinds["opening"] == 14
        assert sum(not question.answerable for question in gold.questions) == pytest.approx(
            len(gold.questions) / 5, 0.1
        )
        assert all(question.plain or question.tags[0] in ("opening", "new-topic") for question in gold.questions)
        assert {question.language for question in gold.questions} == {
            Language.BOKMAAL,
            Language.NYNORSK,
            Language.ENGLISH,
        }


def test_no_conversation_mainly_asks_for_a_fact_of_the_other_half(
    halves: tuple[GoldSet, GoldSet],
    talk: tuple[GoldSet, GoldSet],
    language: tuple[GoldSet, GoldSet],
    conversations: tuple[GoldSet, GoldSet],
) -> None:
    for half, other in ((0, 1), (1, 0)):
        mine = {
            (quote.document, quote.text) for question in conversations[half].questions for quote in question.quotes[:1]
        }
        theirs = {
            (quote.document, quote.text)
            for gold in (halves[other], talk[other], language[other])
            for question in gold.questions
            if question.type is not QuestionType.LIST
            for quote in question.quotes
        }
        theirs |= {
            (quote.document, quote.text) for question in conversations[other].questions for quote in question.quotes[:1]
        }
        assert not mine & theirs

"""Rows from a real index: what was wanted, what came, and whether it is exact."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from assistant.assistant import Assistant
from eval.corpora import Bench, Case
from eval.covering import covered
from eval.goldset import GoldQuote
from eval.metrics.exactness import exactness
from eval.metrics.quote_hit import quote_hit
from eval.row import Given, Row, RunUnreadable, read_rows, write_rows
from eval.runner import Truth, run
from index.documents import read_bytes
from tests.eval import fakes


@pytest.fixture(scope="module")
def asked(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    with fakes.assistant(tmp_path_factory.mktemp("index")) as assistant:
        yield assistant


@pytest.fixture(scope="module")
def rows(asked: Assistant) -> tuple[Row, ...]:
    return run(fakes.bench(), asked, truth=Truth(fakes.documents()))


def test_a_row_a_question_in_their_order(rows: tuple[Row, ...]) -> None:
    assert [row.id for row in rows] == ["q-1", "q-2", "q-3"]
    assert [row.type for row in rows] == ["factoid", "factoid", "unanswerable"]
    assert all(row.total_ms > 0 for row in rows)


def test_gold_quotes_are_found_at_their_place(rows: tuple[Row, ...]) -> None:
    (item,) = rows[0].wanted
    ((start, end),) = item.spans
    assert fakes.documents()[0].text[start:end] == "Badet åpner klokka sju om morgenen."
    assert [row.paragraphs for row in rows] == [1, 1, 0]


def test_a_link_s_address_in_a_gold_quote_is_no_part_of_what_must_be_quoted() -> None:
    line = "Se [sidene til bydelen](https://www.example.org/by/del/nr/fire/fem) for tider."
    document = read_bytes("bydel.md", f"{line}\n".encode())
    case = fakes.bench().cases[0]
    asked = replace(case, question=replace(case.question, quotes=(GoldQuote("bydel.md", line),), short=None))
    [item] = Truth([document]).wanted(asked)
    [(start, end)] = item.spans
    assert item.text == document.text[start:end] == "Se sidene til bydelen for tider."
    assert covered(item, Given("bydel.md", start, end, item.text, 0.9, None, exact=True)) == 1.0


def test_quotes_and_passages_are_kept_and_judged(rows: tuple[Row, ...]) -> None:
    assert quote_hit(rows[0], k=1) == quote_hit(rows[1], k=1) == 1.0
    assert rows[1].given[0].document == "bibliotek.md"
    assert {exactness(row) for row in rows if row.given} == {1.0}
    assert rows[0].seen[0].text.startswith("Badet åpner")


def test_a_document_can_be_left_out(asked: Assistant) -> None:
    bench = fakes.bench()
    case = replace(bench.cases[0], without=frozenset({"bad.md"}))
    (row,) = run(replace(bench, cases=(case,)), asked, truth=Truth(bench.documents))
    assert {item.document for item in (*row.seen, *row.given)} == {"bibliotek.md"}


def test_only_the_bench_s_documents_are_searched(asked: Assistant) -> None:
    bench = fakes.bench()
    only = replace(bench, documents=bench.documents[1:])
    rows = run(only, asked, truth=Truth(only.documents))
    assert {item.document for row in rows for item in row.seen} == {"bibliotek.md"}


def test_a_question_that_cannot_be_asked_is_scored(asked: Assistant) -> None:
    bad = Case(fakes.question(9, "???", "Barn slipper gratis inn."), "q-9")
    (row,) = run(replace(fakes.bench(), cases=(bad,)), asked, truth=Truth(fakes.documents()))
    assert (row.answered, row.confidence, row.reason) == (False, 0.0, "QuestionWithoutWords")
    assert quote_hit(row, k=3) == 0.0


def test_another_file_of_the_same_name_is_not_exact(asked: Assistant) -> None:
    bench = fakes.bench()
    changed = read_bytes("bad.md", fakes.POOL.replace("sju", "åtte").encode())
    rows = run(bench, asked, truth=Truth([changed, bench.documents[1]]))
    assert exactness(rows[0]) == 0.0
    assert not rows[0].wanted[0].spans


def test_rows_are_read_as_they_were_written(tmp_path: Path, rows: tuple[Row, ...]) -> None:
    path = tmp_path / "rows.jsonl"
    write_rows(path, rows)
    assert read_rows(path) == rows
    path.write_text('{"id": 1}\n', encoding="utf-8")
    with pytest.raises(RunUnreadable, match="line 1"):
        read_rows(path)


def test_a_limit_spreads_over_the_set_and_keeps_twins_together() -> None:
    item = fakes.question(1, "Hva?", None)
    cases = tuple(Case(item, f"c{number // 2}") for number in range(20))
    bench = Bench("b", fakes.Split.TUNE, "x", cases, ())
    assert [case.cluster for case in bench.limited(6).cases] == ["c0", "c0", "c3", "c3", "c6", "c6"]
    assert bench.limited(None) is bench
    assert len(bench.limited(1).cases) == 1

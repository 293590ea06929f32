"""Ratings: kept, changed, taken back without a trace, and whole after trouble."""

import sqlite3
from dataclasses import replace
from pathlib import Path

import pytest

from assistant.answer import Comparison, Role, Row, Talk, Topic, Turn, Understood
from assistant.ratings import (
    FILE,
    OF_ANSWER,
    OF_COMPARISON,
    OF_REFUSAL,
    Rating,
    Ratings,
    UserVerdict,
    is_rateable,
    rateable,
)
from index.errors import RatingsFault
from tests.web.fake import HARBOUR, make_answer, quote_of

QUAY = quote_of(HARBOUR, "Kaia er 140 meter lang og koster 12 millioner kroner i året.")
HISTORY = (Turn(Role.USER, "Hva er kaia?"), Turn(Role.ASSISTANT, ""), Turn(Role.ASSISTANT, "Ei kai."))
ANSWER = rateable(make_answer("Hvor lang er kaia?", [QUAY]), HISTORY)
RATING = Rating("a", "2026-01-02T03:04:05+00:00", UserVerdict.WRONG_PLACE, "Nei: «æøå»\u2028", "Kaia er ny.", ANSWER)


@pytest.fixture
def ratings(tmp_path: Path) -> Ratings:
    return Ratings(tmp_path / "index" / FILE)


def test_what_a_rating_holds() -> None:
    assert ANSWER.history == (), "the question stands alone, so what went before is nobody's business"
    [shown] = ANSWER.quotes
    assert (shown.document, shown.text) == ("havneplan.txt", HARBOUR.text[shown.start : shown.end])
    meant = "Hvor lang er kaia?"
    followed = make_answer("Og  den?", [QUAY], understood=Understood.FOLLOW_UP, standalone_question=meant)
    kept = rateable(followed, HISTORY)
    assert (kept.question, kept.standalone) == ("Og den?", "Hvor lang er kaia?")
    assert kept.history == (HISTORY[0], HISTORY[2]), "a turn without words says nothing"
    assert ANSWER.verdicts == OF_ANSWER
    assert rateable(make_answer("Hva?", [], answered=False), ()).verdicts == OF_REFUSAL


def test_a_question_that_stands_alone_keeps_nothing_of_the_conversation_however_it_was_understood() -> None:
    meant = "Hvor lang er kaia?"
    mended = make_answer("Hvor lnag er kaia?", [QUAY], understood=Understood.MENDED, standalone_question=meant)
    thanked = make_answer("Takk! Hvor lang er kaia?", [QUAY], standalone_question=meant)
    named = make_answer("Hva sier kildene om kaia?", [QUAY], comparison=Comparison("kaia", ()))
    assert [rateable(it, HISTORY).history for it in (mended, thanked, named)] == [(), (), ()]
    pointing = make_answer("Hva sier kildene om det?", [QUAY], comparison=Comparison("kaia", ()))
    assert rateable(pointing, HISTORY).history == (HISTORY[0], HISTORY[2])


def test_a_comparison_is_rated_by_what_is_likely_in_it() -> None:
    unlikely = replace(QUAY, score=0.02)
    row = Row(HARBOUR.source, (QUAY, unlikely), 3)
    answer = make_answer("Hva sier kildene om kaia?", [QUAY, unlikely], comparison=Comparison("kaia", (row,)))
    kept = rateable(answer, ())
    assert (kept.verdicts, len(kept.quotes)) == (OF_COMPARISON, 1)


def test_what_is_told_of_documents_can_be_rated_but_no_greeting() -> None:
    told = make_answer("Hvem har skrevet planen?", [QUAY], talk=Talk(Topic.AUTHORS, (HARBOUR.source,)))
    assert is_rateable(told)
    assert rateable(told, ()).verdicts == OF_REFUSAL
    assert not is_rateable(make_answer("Hei", [], talk=Talk(Topic.GREETING)))


def test_a_rating_that_does_not_say_how_it_was_answered_is_read_as_before(ratings: Ratings) -> None:
    ratings.put(RATING)
    with sqlite3.connect(ratings_file(ratings)) as connection:
        connection.execute("UPDATE ratings SET record = replace(record, ', \"manner\": \"answer\"', '')")
    connection.close()
    assert ratings.all() == (RATING,)


def ratings_file(ratings: Ratings) -> Path:
    return ratings._file


def test_kept_changed_and_taken_back(ratings: Ratings) -> None:
    assert ratings.all() == () and ratings.of(["a"]) == {}
    ratings.remove("a")
    ratings.put(RATING)
    other = replace(RATING, id="b", rated="2026-01-01T00:00:00+00:00", verdict=UserVerdict.RIGHT)
    ratings.put(other)
    assert ratings.all() == (other, RATING), "oldest first"
    changed = replace(RATING, verdict=UserVerdict.RIGHT, comment="", sentence="")
    ratings.put(changed)
    assert ratings.of(["a", "a", "c"]) == {"a": changed}
    ratings.remove("a")
    assert ratings.all() == (other,)


def test_many_ratings_are_found_at_once_and_by_another_process(ratings: Ratings, tmp_path: Path) -> None:
    for number in range(50):
        ratings.put(replace(RATING, id=str(number)))
    again = Ratings(tmp_path / "index" / FILE)
    assert again.of([str(number) for number in range(60)]).keys() == {str(number) for number in range(50)}


def test_nothing_is_left_in_the_file_of_what_was_taken_back(ratings: Ratings, tmp_path: Path) -> None:
    file = tmp_path / "index" / FILE
    ratings.put(replace(RATING, comment="hemmelighet" * 50))
    assert b"hemmelighet" in file.read_bytes()
    ratings.remove("a")
    assert b"hemmelighet" not in b"".join(it.read_bytes() for it in file.parent.iterdir())


def test_a_write_that_is_cut_short_leaves_what_was_there(ratings: Ratings, tmp_path: Path) -> None:
    ratings.put(RATING)
    connection = sqlite3.connect(tmp_path / "index" / FILE)
    connection.execute("DELETE FROM ratings")
    connection.close()  # without commit, as when the process dies
    assert ratings.all() == (RATING,)


def test_trouble_is_an_error_of_ours(ratings: Ratings, tmp_path: Path) -> None:
    file = tmp_path / "index" / FILE
    file.parent.mkdir()
    file.write_bytes(b"no database" * 100)
    for act in (ratings.all, lambda: ratings.put(RATING), lambda: ratings.remove("a")):
        with pytest.raises(RatingsFault, match="cannot be kept or read"):
            act()
    with pytest.raises(RatingsFault):
        Ratings(file / "below" / FILE).put(RATING)

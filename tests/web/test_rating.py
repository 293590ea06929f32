"""Rating an answer in the page, without a browser: the row, and requests honest and forged."""

from pathlib import Path

import pytest

from assistant.quality import Quality
from assistant.ratings import Ratings, UserVerdict
from assistant.texts import LANGUAGES
from assistant.web.conversation import Conversation
from assistant.web.desk import Desk
from assistant.web.limits import RateLimit
from assistant.web.rating_desk import RatingDesk
from assistant.web.rating_view import render_rating
from index.documents.document import Language
from tests.assistant.test_ratings import ANSWER, RATING
from tests.web.fake import DOCUMENTS, HARBOUR, HOSTILE, FakeAssistant
from tests.web.reading import Reading

SENTENCE = "Helt til slutt står det at\n båtplassene deles ut ved loddtrekning hver vår."


@pytest.fixture
def ratings(tmp_path: Path) -> Ratings:
    return Ratings(tmp_path / "ratings.sqlite")


@pytest.fixture
def desk(ratings: Ratings) -> Desk:
    limit = RateLimit(100, 60.0)
    return Desk(FakeAssistant(), Language.BOKMAAL, asking=limit, opening=limit, quality=Quality(ratings))


def asked(desk: Desk, question: str = "Hvor lang er kaia?") -> Conversation:
    return desk.ask(question, None, Conversation(), client="a").conversation


def chosen(desk: Desk, conversation: Conversation) -> list[str]:
    """The verdicts that are chosen where the conversation is shown anew."""
    shown = Reading(desk.messages(conversation)[-1]["content"])
    return [it["value"] for it in shown.attributes("input") if "checked" in it]


def said(html: str) -> str:
    return Reading(html).all_text


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_row_is_a_group_of_radio_buttons_with_labels(language: Language) -> None:
    row = Reading(render_rating("a", ANSWER, None, language))
    radios = [it for it in row.attributes("input") if it["type"] == "radio"]
    assert [it["value"] for it in radios] == ["right", "wrong_place", "incomplete", "should_refuse"]
    assert {it["name"] for it in radios} == {"kv-vurder-a"}
    assert len(row.texts("legend")) == 1 and all(row.texts("label"))
    assert len(row.attributes("label")) == len(row.attributes("input")), "every field lies in its label"
    assert "\n" not in render_rating("a", ANSWER, None, language), "a line break could end the block for Markdown"


def test_a_rated_row_shows_what_was_chosen_and_written() -> None:
    written = RATING.__class__("a", "t", UserVerdict.WRONG_PLACE, HOSTILE, HOSTILE, ANSWER)
    html = render_rating("a", ANSWER, written, Language.BOKMAAL)
    row = Reading(html)
    assert [it["value"] for it in row.attributes("input") if "checked" in it] == ["wrong_place"]
    assert [it["value"] for it in row.attributes("input") if it["type"] == "text"] == [HOSTILE, HOSTILE]
    assert "<img" not in html
    assert row.texts("span", "kv-vurder-sagt") == ["Lagret på denne maskinen."]


def test_a_rating_survives_that_the_conversation_is_shown_anew(desk: Desk, ratings: Ratings) -> None:
    conversation = asked(desk)
    [answer] = conversation.exchanges
    assert chosen(desk, conversation) == []
    html = desk.rate({"svar": answer.id, "dom": "right", "kommentar": " fint\n svar "}, conversation, client="a")
    assert said(html) == "Lagret på denne maskinen."
    assert chosen(desk, conversation) == ["right"]
    [kept] = ratings.all()
    assert (kept.verdict, kept.comment, kept.answer.question) == (UserVerdict.RIGHT, "fint svar", "Hvor lang er kaia?")
    desk.rate({"svar": answer.id, "dom": "should_refuse"}, conversation, client="a")
    assert chosen(desk, conversation) == ["should_refuse"] and len(ratings.all()) == 1
    assert said(desk.rate({"svar": answer.id, "dom": ""}, conversation, client="a")) == "Vurderingen er fjernet."
    assert chosen(desk, conversation) == [] and ratings.all() == ()


def test_a_sentence_is_looked_for_in_the_sources(desk: Desk, ratings: Ratings) -> None:
    conversation = asked(desk)
    request = {"svar": conversation.exchanges[0].id, "dom": "wrong_place", "setning": f"«{SENTENCE}»"}
    assert "Setningen står i «Havneplan for Sandvika»" in said(desk.rate(request, conversation, client="a"))
    assert ratings.all()[0].sentence == " ".join(SENTENCE.split())
    assert "ikke ordrett" in said(desk.rate({**request, "setning": "Noe annet."}, conversation, client="a"))
    assert "Lim inn setningen" in said(desk.rate({**request, "setning": ""}, conversation, client="a"))
    desk.rate({**request, "dom": "right"}, conversation, client="a")
    assert ratings.all()[0].sentence == "", "what the hidden field holds was meant for another verdict"


def test_a_source_that_is_removed_while_a_sentence_is_looked_for_is_left_out(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    conversation, listed = asked(desk), tuple(document.source for document in (DOCUMENTS[1], DOCUMENTS[0]))
    monkeypatch.setattr(FakeAssistant, "sources", lambda assistant: listed)
    desk._assistant.documents = (HARBOUR,)  # type: ignore[attr-defined]
    request = {"svar": conversation.exchanges[0].id, "dom": "wrong_place", "setning": f"«{SENTENCE}»"}
    assert "Setningen står i «Havneplan for Sandvika»" in said(desk.rate(request, conversation, client="a"))


def test_of_no_answer_other_things_can_be_said(desk: Desk, ratings: Ratings) -> None:
    conversation = asked(desk, "Går det ferge til månen?")
    row = Reading(desk.messages(conversation)[-1]["content"])
    assert row.texts("label", "kv-dom") == ["Riktig, det står ikke der", "Burde ha svart"]
    identifier = conversation.exchanges[0].id
    desk.rate({"svar": identifier, "dom": "should_refuse"}, conversation, client="a")
    assert ratings.all() == (), "that cannot be said of a refusal"


@pytest.mark.parametrize("request_", [None, "a", {}, {"svar": "a"}, {"svar": ["a"], "dom": 7}, {"svar": "x" * 10_000}])
def test_only_an_answer_of_this_conversation_can_be_rated(desk: Desk, ratings: Ratings, request_: object) -> None:
    html = desk.rate(request_, asked(desk), client="a")
    assert "Samtalen er glemt" in said(html) and "kv-galt" in html
    assert ratings.all() == ()


def test_what_is_written_is_cut_at_its_limit(desk: Desk, ratings: Ratings) -> None:
    conversation = asked(desk)
    request = {"svar": conversation.exchanges[0].id, "dom": "right", "kommentar": "å" * 100_000}
    desk.rate(request, conversation, client="a")
    assert len(ratings.all()[0].comment) == 1000


def test_ratings_that_cannot_be_kept_are_told_and_the_answers_are_shown(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    desk = RatingDesk(Ratings(tmp_path / "file" / "ratings.sqlite"), Language.NYNORSK)
    html = desk.rate({"svar": "a", "dom": "right"}, {"a": ANSWER}, DOCUMENTS)
    assert "kan ikkje lagrast" in said(html) and "kv-galt" in html
    (tmp_path / "bad.sqlite").write_bytes(b"no database" * 100)
    assert "kv-vurder" in RatingDesk(Ratings(tmp_path / "bad.sqlite"), Language.NYNORSK).rows({"a": ANSWER})["a"]


def test_without_a_place_to_keep_them_there_are_no_ratings() -> None:
    limit = RateLimit(100, 60.0)
    desk = Desk(FakeAssistant(), Language.BOKMAAL, asking=limit, opening=limit)
    conversation = asked(desk)
    assert "kv-vurder" not in desk.messages(conversation)[-1]["content"]
    assert desk.rate({"svar": conversation.exchanges[0].id, "dom": "right"}, conversation, client="a") == ""

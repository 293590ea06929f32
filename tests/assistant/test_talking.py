"""What Kildesvar is asked of itself is answered out of the index; the rest goes on to the sources."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest

from assistant.answer import Answer, History, Quote, Reason, Role, Talk, Topic, Turn
from assistant.around import around
from assistant.assistant import Assistant
from assistant.conversing import turns_of
from assistant.exchange import to_json
from assistant.reader.matching import MatchingReader
from assistant.strictness import Strictness
from assistant.talking import Talking
from assistant.terminal import answer_text
from assistant.web.render import render_answer
from index.documents.document import Language, Metadata
from index.encoder import HashingEncoder
from index.engines.embedded import EmbeddedEngine
from index.language import Analyser
from index.sources import SourceNames
from tests.corpus import make_document
from tests.web.fake import make_answer, quote_of

HARBOUR = make_document(
    "# Havneplan\n\nHavna fikk ny kai i 2019, og den er 140 meter lang. Kaia koster mye.\n\n## Fergene\n\n"
    "Fergene går hver halvtime gjennom hele døgnet.\n\n## Moloen\n\nMoloen ble bygd i 1956 av stein fra åsen.",
    file="havn.txt",
    metadata=Metadata("Havneplan", publisher="Sandvika havn", date="2021-05", kind="plan", language=Language.BOKMAAL),
)
SCHOOL = make_document(
    "Skulen har 64 elevar, og dei fleste tek ferge til skulen kvar dag.",
    file="skule.txt",
    metadata=Metadata("Skulen ved <b>fjorden</b>", publisher="Fjord kommune"),
)


@pytest.fixture
def assistant(tmp_path: Path) -> Iterator[Assistant]:
    encoder = HashingEncoder()
    engine = EmbeddedEngine.open(tmp_path, encoder, create=True)
    engine.add([HARBOUR, SCHOOL])
    with Assistant(engine, MatchingReader(encoder, Analyser())) as opened:
        yield opened


def test_the_sources_are_those_of_the_index(assistant: Assistant) -> None:
    answer = assistant.ask("Hvilke kilder har du?")
    assert answer.talk is not None
    assert [source.file for source in answer.talk.sources] == ["havn.txt", "skule.txt"]
    assert answer.reason is Reason.NOT_ASKED_OF_SOURCES
    assert not answer.answered
    assert "Jeg leter i disse 2 kildene:" in answer_text(answer)
    assert "2021-05" in to_json(answer)["said"]


def test_only_the_chosen_sources_are_spoken_of(assistant: Assistant) -> None:
    answer = assistant.ask("Hvilke kilder har du?", sources=[SCHOOL.id])
    assert answer.talk is not None
    assert [source.id for source in answer.talk.sources] == [SCHOOL.id]


def test_a_title_is_text_and_not_markup(assistant: Assistant) -> None:
    page = render_answer(assistant.ask("Hvilke kilder har du?"), page_language=Language.BOKMAAL)
    assert "<b>" not in page
    assert f"&#63;kilde&#61;{SCHOOL.id}" in page


def test_a_source_is_told_of_by_how_its_parts_begin(assistant: Assistant) -> None:
    answer = assistant.ask("Hva handler dokumentet fra Sandvika havn om?")
    assert answer.answered
    assert [quote.text for quote in answer.quotes] == [
        "Havna fikk ny kai i 2019, og den er 140 meter lang. Kaia koster mye.",
        "Fergene går hver halvtime gjennom hele døgnet.",
        "Moloen ble bygd i 1956 av stein fra åsen.",
    ]
    assert [quote.paragraph.headings for quote in answer.quotes] == [(), ("Fergene",), ("Moloen",)]
    assert all(quote.text == HARBOUR.text[quote.start : quote.end] for quote in answer.quotes)


def test_all_sources_are_told_of_together(assistant: Assistant) -> None:
    answer = assistant.ask("Hva handler dokumentene om?")
    assert {quote.document.id for quote in answer.quotes} == {HARBOUR.id, SCHOOL.id}


def test_whether_it_still_holds_is_answered_with_the_date_of_what_was_quoted(assistant: Assistant) -> None:
    asked: list[tuple[str, History]] = []

    def ask(question: str, history: History) -> Answer:
        asked.append((question, history))
        return make_answer(question, [quote_of(HARBOUR, "Moloen ble bygd i 1956 av stein fra åsen.")])

    history = [Turn(Role.USER, "Hei"), Turn(Role.USER, "Når ble moloen bygd?"), Turn(Role.USER, "Takk!")]
    names = SourceNames([HARBOUR, SCHOOL])
    talking = Talking(assistant.engine, lambda: names)
    answer = talking.answer("Gjelder dette fortsatt?", history, frozenset({HARBOUR.id, SCHOOL.id}), ask=ask)
    assert answer is not None
    assert answer.talk == Talk(Topic.DATES, (HARBOUR.source,))
    assert asked == [("Når ble moloen bygd?", tuple(history[:1]))]


def test_when_a_source_is_from_is_told_or_that_it_does_not_say(assistant: Assistant) -> None:
    dated = assistant.ask("Når er dokumentet fra Sandvika havn skrevet?")
    assert dated.talk is not None
    assert dated.talk.topic is Topic.DATED
    undated = answer_text(assistant.ask("Når er dokumentet fra Fjord kommune skrevet?"))
    assert undated == "Kilden sier ikke når den er fra:\n– «Skulen ved <b>fjorden</b>»: Fjord kommune"


def test_a_question_of_what_the_source_says_of_something_is_searched(assistant: Assistant) -> None:
    answer = assistant.ask("Hva sier Sandvika havn om fergene?")
    assert answer.talk is None
    assert answer.passages


FERRIES = "Går fergene hver halvtime gjennom hele døgnet?"


@pytest.mark.parametrize("question", ["Hvem sier det?", "Og hvem sa det, da?", "Kven meiner det?", "Who says so?"])
def test_who_says_it_is_told_with_the_quote_again(assistant: Assistant, question: str) -> None:
    first = assistant.ask(FERRIES)
    answer = assistant.ask(question, turns_of(first))
    assert answer.talk is not None
    assert (answer.talk.topic, answer.talk.wanted) == (Topic.SAYS, "")
    assert [(quote.start, quote.end) for quote in answer.quotes] == [(first.quotes[0].start, first.quotes[0].end)]
    assert "Sandvika havn" in answer_text(answer)


def test_who_says_it_names_the_speaker_and_the_office(assistant: Assistant) -> None:
    spoken = replace(quote_of(HARBOUR, "Kaia koster mye."), speaker="Kari Dal", role="leder i Fjordens Venner")
    names = SourceNames([HARBOUR, SCHOOL])
    talking = Talking(assistant.engine, lambda: names)
    ask = partial(_spoken, [spoken])
    history = [Turn(Role.USER, "Hva koster kaia?"), Turn(Role.ASSISTANT, spoken.text), Turn(Role.USER, "Takk!")]
    answer = talking.answer("Hvem sier det?", history, frozenset({HARBOUR.id}), ask=ask)
    assert answer is not None
    assert answer.talk == Talk(Topic.SAYS, (HARBOUR.source,), wanted="Kari Dal, leder i Fjordens Venner")
    assert "Det sier Kari Dal, leder i Fjordens Venner, i denne kilden:" in answer_text(answer)
    assert talking.answer("Hvem sier det?", history, frozenset({SCHOOL.id}), ask=ask) is None


def _spoken(quotes: list[Quote], question: str, _: History) -> Answer:
    return make_answer(question, quotes)


def test_who_says_it_is_told_of_what_was_said_and_not_of_what_is_found_now(assistant: Assistant) -> None:
    was, now = quote_of(HARBOUR, "Kaia koster mye."), quote_of(HARBOUR, "Moloen ble bygd i 1956 av stein fra åsen.")
    talking = Talking(assistant.engine, lambda: SourceNames([HARBOUR, SCHOOL]))
    history = [Turn(Role.USER, "Hva koster kaia?"), Turn(Role.ASSISTANT, was.text)]
    searched = frozenset({HARBOUR.id})
    both = talking.answer("Hvem sier det?", history, searched, ask=partial(_spoken, [now, was]))
    assert both is not None
    assert both.quotes == (was,)
    assert talking.answer("Hvem sier det?", history, searched, ask=partial(_spoken, [now])) is None


@pytest.mark.parametrize("other", [False, True])
def test_who_says_it_is_found_among_the_chosen_sources(assistant: Assistant, *, other: bool) -> None:
    same = make_document("Fergene går hver halvtime gjennom hele døgnet.", file="tidtabell.txt")
    assistant.engine.add([same])
    chosen = [same.id if other else HARBOUR.id]
    first = assistant.ask(FERRIES, sources=chosen)
    assert [quote.document.id for quote in first.quotes] == chosen
    for question in ("Hvem sier det?", "Gjelder dette fortsatt?"):
        answer = assistant.ask(question, turns_of(first), sources=chosen)
        assert answer.talk is not None
        assert [source.id for source in answer.talk.sources] == chosen
    says = assistant.ask("Hvem sier det?", turns_of(first), sources=chosen)
    assert [quote.document.id for quote in says.quotes] == chosen


class Unsure(MatchingReader):
    """Sure enough only where hardly anything is asked of an answer."""

    thresholds: Mapping[Strictness, float] = {
        Strictness.STRICT: 1.2,
        Strictness.NORMAL: 1.1,
        Strictness.OPEN: 0.25,
    }


def test_who_says_it_is_found_as_strictly_as_what_was_quoted(assistant: Assistant) -> None:
    unsure = Assistant(assistant.engine, Unsure(HashingEncoder(), Analyser()))
    assert not unsure.ask(FERRIES).answered
    first = unsure.ask(FERRIES, strictness=Strictness.OPEN)
    assert first.answered
    says = unsure.ask("Hvem sier det?", turns_of(first), strictness=Strictness.OPEN)
    assert says.quotes[0].text == first.quotes[0].text
    assert says.talk is not None and says.talk.topic is Topic.SAYS
    dated = unsure.ask("Gjelder dette fortsatt?", turns_of(first), strictness=Strictness.OPEN)
    assert dated.talk == Talk(Topic.DATES, (HARBOUR.source,))


@pytest.mark.parametrize("question", ["Kan du vise hele avsnittet?", "Kva er samanhengen?"])
def test_what_stands_around_the_quote_is_shown(assistant: Assistant, question: str) -> None:
    first = assistant.ask(FERRIES)
    (quote, *_) = first.quotes
    answer = assistant.ask(question, turns_of(first))
    assert answer.talk == Talk(Topic.AROUND, (HARBOUR.source,))
    assert any(it.start <= quote.start and quote.end <= it.end for it in answer.quotes)
    assert sum(len(it.text) for it in answer.quotes) > len(quote.text)
    history = (*turns_of(first), *turns_of(answer))
    assert assistant.ask("Og hvorfor det?", history).standalone_question == FERRIES.replace("Går", "Hvorfor går")


def test_what_is_all_of_its_paragraph_is_shown_with_those_beside_it() -> None:
    document = make_document("Ferja er stengt.\n\nBadet er åpent.\n\nBadet koster 50 kroner.\n\nKinoen er stengt.")
    quote = quote_of(document, "Badet er åpent.")
    assert [it.text for it in around(quote)] == ["Ferja er stengt.", "Badet er åpent.", "Badet koster 50 kroner."]


@pytest.mark.parametrize("question", ["Hva betyr det?", "Noe mer?", "Can you explain?"])
def test_who_asks_for_more_than_the_sources_tell_is_shown_what_stands_around(
    assistant: Assistant, question: str
) -> None:
    first = assistant.ask("Når ble moloen bygd?")
    ask = partial(_spoken, list(first.quotes))
    talking = Talking(assistant.engine, lambda: SourceNames([HARBOUR, SCHOOL]))
    told = partial(talking.answer, question, turns_of(first), frozenset({HARBOUR.id}), ask=ask)
    assert told() is None
    answer = told(unknown_too=True)
    assert answer is not None and answer.talk is not None
    assert (answer.talk.topic, answer.answered) == (Topic.AROUND, True)
    assert talking.answer(question, (), frozenset({HARBOUR.id}), ask=ask, unknown_too=True) is None


def test_who_says_it_is_asked_of_the_sources_where_nothing_was_quoted(assistant: Assistant) -> None:
    assert assistant.ask("Hvem sier det?").talk is None
    refused = assistant.ask("Hvem vant kampen?", sources=[SCHOOL.id])
    assert not refused.answered
    assert assistant.ask("Hvem sier det?", turns_of(refused), sources=[SCHOOL.id]).talk is None


def test_what_comes_after_who_says_it_follows_what_was_asked_before(assistant: Assistant) -> None:
    first = assistant.ask(FERRIES)
    history = (*turns_of(first), *turns_of(assistant.ask("Hvem sier det?", turns_of(first))))
    assert assistant.ask("Og hvorfor det?", history).standalone_question == FERRIES.replace("Går", "Hvorfor går")


def test_what_is_pasted_is_asked_as_it_is_seen(assistant: Assistant) -> None:
    history = [Turn(Role.USER, "Når ble mo\u00adloen bygd pa\u030a a\u030asen?"), Turn(Role.ASSISTANT, "1956")]
    answer = assistant.ask("Og\u200b na\u030a?", history)
    assert answer.question == "Og\u200b na\u030a?"
    assert answer.standalone_question == "Og nå? (Når ble moloen bygd på åsen?)"
    assert assistant.ask("Hvilke ki\u00adlder har du?").talk is not None

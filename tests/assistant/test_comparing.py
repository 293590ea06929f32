"""An enumerating question looks at every source, and says of each what it says or that it does not mention it."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from assistant.answer import Role, Turn
from assistant.assistant import Assistant
from assistant.comparing import sought
from assistant.conversing import turns_of
from assistant.enumerating import Enumeration, enumeration_of, topic_of
from assistant.exchange import to_json
from assistant.learnt import Learning
from assistant.reader.matching import MatchingReader
from assistant.terminal import answer_text
from assistant.web.render import render_answer
from index.documents.document import Document, Language, Metadata
from index.encoder import HashingEncoder
from index.engines.embedded import EmbeddedEngine
from index.language import Analyser
from index.segmentation import paragraphs
from tests.corpus import make_document

HARBOUR = make_document(
    "Havna fikk ny kai i 2019, og den er 140 meter lang.\n\nFergene går hver halvtime. Fergene er nye.",
    file="havn.txt",
    metadata=Metadata("Havneplan", publisher="Sandvika havn", date="2021-05"),
)
SCHOOL = make_document("Skulen har 64 elevar.\n\nDei fleste tek ferge til skulen kvar dag.", file="skule.txt")
FOREST = make_document("Skogen er gammel, og trærne er høye.", file="<b>skog</b>.txt")
DOCUMENTS = (HARBOUR, SCHOOL, FOREST)


@pytest.fixture
def assistant(tmp_path: Path) -> Iterator[Assistant]:
    encoder = HashingEncoder()
    engine = EmbeddedEngine.open(tmp_path, encoder, create=True)
    engine.add(DOCUMENTS)
    with Assistant(engine, MatchingReader(encoder, Analyser())) as opened:
        yield opened


@pytest.mark.parametrize(
    ("question", "topic"),
    [
        ("Hva mener de ulike om straff?", "straff"),
        ("Kva meiner dei ulike om straff?", "straff"),
        ("Hva sier hver av kildene om åpne rusmiljøer?", "åpne rusmiljøer"),
        ("Sammenlign hva kildene sier om cannabis.", "cannabis"),
        ("Sammenlign synet på politiets rolle", "politiets rolle"),
        ("Sammenlign kildene: Hva er Eikaklinikken?", "Hva er Eikaklinikken"),
        ("Finn alle steder der behandling nevnes", "behandling"),
        ("Hvilke tall finnes på overdoser?", "tall på overdoser"),
        ("Hvilke tiltak foreslår de ulike kildene?", "tiltak"),
        ("Hvilke kilder nevner LAR, og hva sier de?", "LAR"),
        ("Compare what the sources say about overdoses.", "overdoses"),
        ("Find everything the sources say about overdoses", "overdoses"),
        ("Hvilke mål har de ulike kildene?", "mål"),
        ("Hva har de ulike kildene å si om alkohol?", "alkohol"),
        ("List opp alle partier som nevnes, og hva de vil.", "partier"),
        ("Hvilke land nevnes, og hva står det om dem?", "land"),
        ("Hvilke tilbud finnes det for unge?", "tilbud for unge"),
        ("Kva tilbod finst det for unge?", "tilbod for unge"),
        ("Kva for dokument nemner straff?", "straff"),
        ("Er kildene enige om straff?", "straff"),
        ("Hvem sier hva om politiet?", "politiet"),
        ("Lag en oversikt over hva kildene sier om LAR", "LAR"),
    ],
)
def test_what_an_enumerating_question_is_about(question: str, topic: str) -> None:
    assert topic_of(question) == topic


@pytest.mark.parametrize(
    "question",
    [
        "Hva er straffen for besittelse?",
        "Hva er de ulike virksomhetsområdene?",
        "Hva mener de om straff?",
        "Hvilke tiltak foreslår Venstre?",
        "Hvilke kilder har rapporten brukt?",
        "Kva for framlegg står heile skuleutvalet samla om?",
        "Hvor finner de alle stoffene?",
        "Hvem sammenligner Norge med Estland?",
        "Hva finner politiet?",
    ],
)
def test_a_question_that_wants_one_answer_is_no_comparison(question: str) -> None:
    assert topic_of(question) is None


@pytest.mark.parametrize(
    ("question", "topic", "points_back"),
    [
        ("Hvilke idrettslag finnes det?", "idrettslag", False),
        ("Kva idrettslag finst det?", "idrettslag", False),
        ("Hvilke tall finnes det på dette?", "tall", True),
        ("Hvilke tall finnes om det?", "tall", True),
    ],
)
def test_det_points_back_unless_it_only_says_that_something_is_there(
    question: str, topic: str, points_back: bool
) -> None:
    assert enumeration_of(question) == Enumeration(topic, points_back=points_back)


@pytest.mark.parametrize(
    ("topic", "question"),
    [
        ("kvinner", "Hva står det om kvinner?"),
        ("Hvaler", "Hva står det om Hvaler?"),
        ("Hvordan går det", "Hvordan går det?"),
        ("Bør havna stenges?", "Bør havna stenges?"),
    ],
)
def test_only_a_topic_that_is_a_question_is_read_as_one(topic: str, question: str) -> None:
    assert sought(topic, Language.BOKMAAL).question == question


def test_every_source_has_a_row_and_is_counted(assistant: Assistant) -> None:
    answer = assistant.ask("Hva sier de ulike kildene om ferge?")
    assert answer.comparison is not None
    assert [row.source.id for row in answer.comparison.rows] == [it.id for it in DOCUMENTS]
    assert answer.comparison.paragraphs == sum(len(paragraphs(it)) for it in DOCUMENTS) == 5
    said = [[quote.text for quote in row.quotes] for row in answer.comparison.rows]
    assert said == [
        ["Fergene går hver halvtime. Fergene er nye."],
        ["Dei fleste tek ferge til skulen kvar dag."],
        [],
    ]
    assert all(it.text == it.document.text[it.start : it.end] for it in answer.quotes)


def test_only_the_chosen_sources_are_compared(assistant: Assistant) -> None:
    answer = assistant.ask("Finn alt om ferge", sources=[SCHOOL.id])
    assert answer.comparison is not None
    assert [row.source.id for row in answer.comparison.rows] == [SCHOOL.id]


def test_what_was_said_to_kildesvar_is_no_topic(assistant: Assistant) -> None:
    history = (
        Turn(Role.USER, "Når går fergene?"),
        Turn(Role.ASSISTANT, "Fergene går hver halvtime."),
        Turn(Role.USER, "Takk!"),
        Turn(Role.ASSISTANT, "Bare hyggelig."),
    )
    answer = assistant.ask("Hva sier kildene om dette?", history)
    assert answer.comparison is not None
    assert "Når går fergene?" in answer.comparison.topic
    assert answer.comparison.rows[0].quotes


@pytest.mark.parametrize("question", ["Sammenlign dem", "Kan du samanlikne kjeldene?", "compare them", "Sammenlign"])
def test_they_are_compared_on_what_was_asked_before(assistant: Assistant, question: str) -> None:
    history = (Turn(Role.USER, "Hva sier de ulike kildene om ferge?"), Turn(Role.ASSISTANT, "…"))
    answer = assistant.ask(question, history)
    assert answer.comparison is not None
    assert answer.comparison.topic == "ferge"
    assert assistant.ask(question).comparison is None


def test_a_question_for_numbers_is_answered_with_numbers_only(assistant: Assistant) -> None:
    answer = assistant.ask("Hvilke tall finnes på elever og ferge?")
    assert [quote.text for quote in answer.quotes] == ["Skulen har 64 elevar."]


def test_nothing_anywhere_is_no_answer_but_still_has_its_receipt(assistant: Assistant) -> None:
    answer = assistant.ask("Hva sier de ulike kildene om kvantemekanikk?")
    assert not answer.answered
    assert "3 av 3 dokumenter, 5 avsnitt" in render_answer(answer, page_language=Language.BOKMAAL).replace("&#44;", ",")


def test_the_json_form_tells_whose_each_quote_is(assistant: Assistant) -> None:
    record = to_json(assistant.ask("Hva sier de ulike kildene om ferge?"))
    assert [row["quotes"] for row in record["comparison"]["rows"]] == [[1], [2], []]
    assert record["quotes"][1]["document"]["id"] == SCHOOL.id


def test_the_terminal_names_every_source(assistant: Assistant) -> None:
    shown = answer_text(assistant.ask("Hva sier de ulike kildene om ferge?"))
    assert "Lette gjennom 3 av 3 dokumenter, 5 avsnitt." in shown
    assert "## «Havneplan», Sandvika havn, 2021-05" in shown
    assert "ikke omtalt" in shown


def test_the_table_escapes_what_sources_are_called(assistant: Assistant) -> None:
    page = render_answer(assistant.ask("Hva sier de ulike kildene om ferge?"), page_language=Language.BOKMAAL)
    assert page.count('<tr role="row"><th scope="row"') == 3
    assert "<b>skog" not in page
    assert "&#60;b&#62;skog" in page
    assert "\n\n" not in page


def test_progress_is_told_and_can_end_the_search(assistant: Assistant) -> None:
    told: list[tuple[int, int]] = []

    class Enough(Exception):
        pass

    def watch(done: int, total: int) -> None:
        told.append((done, total))
        if done == 1:
            raise Enough

    with pytest.raises(Enough):
        assistant.ask("Finn alt om ferge", watch=watch)
    assert told == [(0, 3), (1, 3)]


def test_a_source_that_is_removed_meanwhile_is_left_out(assistant: Assistant) -> None:
    def watch(done: int, total: int) -> None:
        if done == 0:
            assistant.engine.remove(SCHOOL.id)

    comparison = assistant.ask("Finn alt om ferge", watch=watch).comparison
    assert comparison and [row.source.id for row in comparison.rows] == [HARBOUR.id, FOREST.id]


def test_a_source_that_is_removed_while_the_others_are_learnt_is_left_out(
    assistant: Assistant, monkeypatch: pytest.MonkeyPatch
) -> None:
    read = EmbeddedEngine.document

    def overtaken(engine: EmbeddedEngine, document_id: str) -> Document:
        monkeypatch.setattr(EmbeddedEngine, "document", read)
        engine.remove(SCHOOL.id)
        return read(engine, document_id)

    monkeypatch.setattr(EmbeddedEngine, "document", overtaken)
    learning = Learning(assistant.engine, Analyser())
    assert learning.now().generation == 1
    assert learning.now().generation == assistant.engine.generation == 2, "and all is learnt anew"


@pytest.mark.parametrize(
    ("question", "topic"),
    [
        ("Hva sier de andre?", ""),
        ("Hva sier de andre om det?", ""),
        ("Og hva med de andre kildene?", ""),
        ("Kva meiner dei andre om straff?", "straff"),
        ("What do the others say?", ""),
        ("What do the other sources think about ferries?", "ferries"),
    ],
)
def test_the_others_are_asked(question: str, topic: str) -> None:
    assert enumeration_of(question) == Enumeration(topic, points_back=not topic, others=True)


@pytest.mark.parametrize(
    "question",
    [
        "Hva sier de andre elevene?",
        "Hva gjør de andre?",
        "Hva med de øvrige?",
        "What about the others?",
        "Hva heter de andre fergene?",
    ],
)
def test_others_that_are_no_sources_are_asked_for_as_anything_else(question: str) -> None:
    assert enumeration_of(question) is None


def test_the_others_are_those_that_were_not_quoted(assistant: Assistant) -> None:
    first = assistant.ask("Hvor mange elever har skulen, og hva sier de om ferge?", sources=[SCHOOL.id])
    answer = assistant.ask("Hva sier de andre om ferge?", turns_of(first))
    assert answer.comparison is not None
    assert [row.source.file for row in answer.comparison.rows] == ["havn.txt", "<b>skog</b>.txt"]


def test_the_others_are_asked_what_was_asked_and_can_be_asked_again(assistant: Assistant) -> None:
    history = (
        Turn(Role.USER, "Hva står det i Havneplan om ferge?"),
        Turn(Role.ASSISTANT, "Fergene går hver halvtime."),
    )
    answer = assistant.ask("Hva sier de andre?", history)
    assert answer.comparison is not None
    assert answer.comparison.topic == "ferge"
    assert [row.source.file for row in answer.comparison.rows] == ["skule.txt", "<b>skog</b>.txt"]
    assert answer.standalone_question == "Hva sier de andre? (Hva står det i Havneplan om ferge?)"
    again = assistant.ask(answer.standalone_question)
    assert again.comparison is not None
    assert [row.source for row in again.comparison.rows] == [row.source for row in answer.comparison.rows]

"""Who wrote it, how long it is, which is newest: told out of the index, and never in the place of what a text tells."""

import json
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from assistant.about_documents import AboutDocuments, outermost
from assistant.answer import Reading, Reason, Topic
from assistant.assistant import Assistant
from assistant.conversing import turns_of
from assistant.opening import SEEDS
from assistant.reader.matching import MatchingReader
from assistant.terminal import answer_text
from assistant.web.render import render_answer
from index.documents import read_corpus
from index.documents.document import Language, Metadata, Source
from index.encoder import HashingEncoder
from index.engines.embedded import EmbeddedEngine
from index.hit import Hit
from index.language import Analyser
from index.sources import SourceNames
from tests.corpus import make_document

PLAN = make_document(
    "# Havneplan\n\nSkrevet av Kari Gran og Per Ås.\n\nHavna fikk ny kai i 2019, og den er 140 meter lang.",
    file="havn.txt",
    metadata=Metadata(
        "Havneplan", ("Kari Gran", "Per Ås"), "Sandvika havn", "2021-05", kind="plan", language=Language.BOKMAAL
    ),
)
LETTER = make_document(
    "Skulen har 64 elevar, og dei fleste tek ferge.",
    file="brev.txt",
    metadata=Metadata("Om skulen", publisher="Fjord <kommune>", date="2023", kind="brev", language=Language.NYNORSK),
)
NOTE = make_document("Moloen ble bygd av fangene i 1956.", file="molo.txt")


@pytest.fixture
def assistant(tmp_path: Path) -> Iterator[Assistant]:
    encoder = HashingEncoder()
    engine = EmbeddedEngine.open(tmp_path, encoder, create=True)
    engine.add([PLAN, LETTER, NOTE])
    with Assistant(engine, MatchingReader(encoder, Analyser())) as opened:
        yield opened


@pytest.mark.parametrize(
    ("question", "topic", "files"),
    [
        ("Hvem har skrevet planen?", Topic.AUTHORS, ["havn.txt"]),
        ("Hei, hvem er forfatteren av planen fra Sandvika havn?", Topic.AUTHORS, ["havn.txt"]),
        ("Kven står bak brevet?", Topic.AUTHORS, ["brev.txt"]),
        ("Who wrote the plan from Sandvika havn?", Topic.AUTHORS, ["havn.txt"]),
        ("Hvor mange sider har Havneplan?", Topic.LENGTH, ["havn.txt"]),
        ("Hvilket språk er brevet skrevet på?", Topic.TONGUE, ["brev.txt"]),
        ("Når ble planen utgitt?", Topic.DATED, ["havn.txt"]),
        ("Hvilket dokument er nyest?", Topic.NEWEST, ["brev.txt"]),
        ("Kva dokument er eldst?", Topic.OLDEST, ["havn.txt"]),
        ("Which document is the most recent?", Topic.NEWEST, ["brev.txt"]),
        ("Hvilke dokumenter er på nynorsk?", Topic.IN_LANGUAGE, ["brev.txt"]),
        ("Har du noen kilder på norsk?", Topic.IN_LANGUAGE, ["havn.txt", "brev.txt"]),
        ("Which documents are in English?", Topic.IN_LANGUAGE, []),
        ("Hvilke kilder er fra 2021?", Topic.FROM_YEAR, ["havn.txt"]),
        ("Hvem har skrevet dokumentene?", Topic.AUTHORS, ["havn.txt", "brev.txt", "molo.txt"]),
    ],
)
def test_what_is_asked_of_documents(assistant: Assistant, question: str, topic: Topic, files: list[str]) -> None:
    answer = assistant.ask(question)
    assert answer.talk is not None
    assert (answer.talk.topic, [source.file for source in answer.talk.sources]) == (topic, files)


@pytest.mark.parametrize(
    "question",
    [
        "Hvem har skrevet rapporten om havna?",
        "Hvem står bak Sandvika havn?",
        "Hvem står bak moloen?",
        "Hvem har bygd moloen?",
        "Når ble kaia bygd?",
        "Hvor mange elever har skolen?",
        "Hvor lang er kaia?",
        "Hvor lang er planen?",
        "Hvilken kai er nyest?",
        "Hvilke dokumenter må sendes inn?",
        "Hvem har skrevet under på planen?",
        "Hvem har vedtatt planen?",
        "Når ble planen vedtatt?",
        "Hvem har skrevet dokumentet?",
    ],
)
def test_what_a_text_may_tell_is_asked_of_the_texts(assistant: Assistant, question: str) -> None:
    assert assistant.ask(question).talk is None


def test_the_byline_is_quoted_below_what_is_known(assistant: Assistant) -> None:
    answer = assistant.ask("Hvem har skrevet planen?")
    assert answer.answered
    assert [quote.text for quote in answer.quotes] == ["Skrevet av Kari Gran og Per Ås."]
    assert "– «Havneplan»: skrevet av Kari Gran, Per Ås, utgitt av Sandvika havn, 2021-05" in answer_text(answer)


def test_without_a_byline_it_is_told_and_escaped(assistant: Assistant) -> None:
    answer = assistant.ask("Kven har skrive brevet?")
    assert (answer.answered, answer.reason) == (False, Reason.NOT_ASKED_OF_SOURCES)
    page = render_answer(answer, page_language=Language.BOKMAAL)
    assert "oppgjev ingen forfattar" in page
    assert "<kommune>" not in page


@pytest.mark.parametrize(
    ("question", "topic"),
    [
        ("Hvem har skrevet dette?", Topic.AUTHORS),
        ("Hvem står bak planen?", Topic.AUTHORS),
        ("Hvor mange ord har dokumentet?", Topic.LENGTH),
        ("Når ble dokumentet skrevet?", Topic.DATED),
        ("Hvem har skrevet?", None),
        ("Hvem har skrevet rapporten?", None),
        ("Hvem har vedtatt dette?", None),
    ],
)
def test_dette_is_what_was_quoted_last(assistant: Assistant, question: str, topic: Topic | None) -> None:
    no_names = SourceNames([])
    about = AboutDocuments(assistant.engine, lambda: no_names)
    sources = {source.id: source for source in assistant.sources()}
    told = about.told(question, lambda: (PLAN.source,), sources)
    assert (told.talk.topic if told else None) == topic
    assert told is None or told.talk.sources == (PLAN.source,)
    assert about.told(question, tuple, sources) is None


def test_what_nobody_knows_is_told_after_the_sources_were_asked(assistant: Assistant) -> None:
    answer = assistant.ask("Hvem har skrevet dokumentet?", sources=[NOTE.id])
    assert answer.talk is not None
    assert answer_text(answer).startswith("Kilden sier ikke hvem som har skrevet den eller gitt den ut:\n– «molo.txt»")


def test_what_was_asked_before_is_asked_again_once(assistant: Assistant, monkeypatch: pytest.MonkeyPatch) -> None:
    first = assistant.ask("Ble moloen bygd av fangene i 1956?")
    read, questions = MatchingReader.read, []

    def counted(reader: MatchingReader, question: str, hits: Sequence[Hit]) -> tuple[Reading, ...]:
        questions.append(question)
        return read(reader, question, hits)

    monkeypatch.setattr(MatchingReader, "read", counted)
    answer = assistant.ask("Hvem har skrevet dokumentet?", turns_of(first))
    assert answer.talk is not None
    assert [source.id for source in answer.talk.sources] == [NOTE.id]
    assert questions.count(first.question) == 1


@pytest.mark.parametrize(
    ("question", "topic", "files"),
    [
        ("Hvem har skrevet planen om havna?", Topic.AUTHORS, ["havn.txt"]),
        ("Hvem har skrevet dokumentet om ny kai?", Topic.AUTHORS, ["havn.txt"]),
        ("Når ble evalueringen av moloen skrevet?", Topic.DATED, ["molo.txt"]),
        ("Kven skreiv teksten om elevar og ferge?", Topic.AUTHORS, ["brev.txt"]),
        ("Hvor mange ord har dokumentet om moloen?", Topic.LENGTH, ["molo.txt"]),
        ("Når ble dokumentet om fanger skrevet?", Topic.DATED, ["molo.txt"]),
        ("Hvem har skrevet dokumentet om fotball?", None, []),
        ("Hvem har skrevet brevet om kaia?", None, []),
    ],
)
def test_a_source_may_be_told_by_what_it_is_about(
    assistant: Assistant, question: str, topic: Topic | None, files: list[str]
) -> None:
    names = SourceNames([])
    about = AboutDocuments(assistant.engine, lambda: names)
    sources = {source.id: source for source in assistant.sources()}
    assert about.told(question, tuple, sources) is None, "the sources are asked first"
    told = about.told(question, tuple, sources, unknown_too=True)
    assert (told.talk.topic if told else None) == topic
    assert [source.file for source in told.talk.sources] == files if told else not files


def test_the_length_is_counted(assistant: Assistant) -> None:
    told = answer_text(assistant.ask("Hvor mange ord har brevet?"))
    assert "filen har ingen sideinndeling, 1 avsnitt, om lag 9 ord" in told


def test_a_date_is_only_as_sure_as_it_is_precise() -> None:
    def dated(*dates: str | None) -> list[Source]:
        return [Source(str(place), "", "", Metadata(date=date)) for place, date in enumerate(dates)]

    def ids(sources: tuple[Source, ...]) -> str:
        return "".join(source.id for source in sources)

    sources = dated("2017", "2017-12", None, "2016-05-01", "2016")
    assert ids(outermost(sources, newest=True)) == "01"
    assert ids(outermost(sources, newest=False)) == "34"
    assert outermost(dated(None), newest=True) == ()


@pytest.mark.parametrize("name", ["seeds-tune", "talk-tune", "language-tune", "compare-tune"])
def test_no_question_whose_answer_is_in_the_texts_is_taken(name: str) -> None:
    documents = {document.id: document for document in read_corpus(SEEDS)}
    names = SourceNames(documents.values())
    sources = {document.id: document.source for document in documents.values()}

    class Engine:
        def document(self, document_id: str) -> object:
            return documents[document_id]

    about = AboutDocuments(Engine(), lambda: names)  # type: ignore[arg-type]
    lines = Path("eval/questions", f"{name}.jsonl").read_text("utf-8").splitlines()
    questions = [json.loads(line)["question"] for line in lines]
    quoted = tuple(sources.values())
    assert [it for it in questions if about.told(it, lambda: quoted, sources, unknown_too=True)] == []

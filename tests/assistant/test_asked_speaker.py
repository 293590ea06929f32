from pathlib import Path

import pytest

from assistant.answer import Reading, Reason
from assistant.asked_speaker import asked_words, spoken_of
from assistant.assistant import Assistant
from assistant.known_speakers import KnownSpeakers
from assistant.reader.matching import MatchingReader
from assistant.said_by import Asked, find_asked, is_asked, own_words
from assistant.terminal import answer_text
from index.documents import read_bytes
from index.documents.document import Document, Metadata
from index.encoder import HashingEncoder
from index.engines.embedded import EmbeddedEngine
from index.hit import Hit
from index.language import Analyser
from index.paragraph import Passage
from index.segmentation import paragraphs
from index.speakers import Speaker, SpeakerKind
from tests.corpus import make_document, make_reading

ARTICLE = read_bytes(
    "hallen.txt",
    """Striden om hallen

Kommunen vil rive svømmehallen på Nes til våren.

– Hallen er den fineste vi har. Svømmehallen må bestå, sier politiførstebetjent Anne Grav.

– Svømmehallen er en pengesluk. Den må rives, sier Per Moland, leder i skattelaget.

Politiet mener at svømmehallen holder ungdom unna gata.

Anne Grav er også svømmetrener.
""".encode(),
    metadata=Metadata(title="Striden om hallen"),
)


@pytest.mark.parametrize(
    ("question", "asked"),
    [
        ("Hva mener Knutsen om politiets kampanje?", "Knutsen"),
        ("Hva sier politiet om Knutsens kritikk?", "politiet"),
        ("Kva seier Kari Berge om skulen?", "Kari Berge"),
        ("Hvorfor må hallen rives, ifølge Per Moland?", "Per Moland"),
        ("Kva er viktigast, ifølgje leiaren i skattelaget?", "leiaren i skattelaget"),
        ("What does Knutsen say about the police?", "Knutsen"),
        ("Går det bedre, slik politiet ser det?", "politiet"),
        ("Tror Gran at det hjelper?", "Gran"),
        ("Hva er Kari Hansens syn på støy?", "Kari Hansen"),
        ("Kva er Høgres haldning til støy?", "Høgre"),
        ("Hva er Kari Hansen sitt syn på støy?", "Kari Hansen"),
        ("Hva er Lars syn på støy?", "Lars"),
        ("Hva er Per Moss' syn på støy?", "Per Moss"),
        ("Hva er Per Östlunds syn på støy?", "Per Östlund"),
        ("What is Knutsen's opinion on noise?", "Knutsen"),
        ("What are Kari Hansen's views on noise?", "Kari Hansen"),
        ("Hvilke tiltak foreslår Venstre?", "Venstre"),
        ("Hvem mener Høyre bør lede?", "Høyre"),
        ("Hvem ønsker Høyre skal lede?", "Høyre"),
        ("Hvem støtter Høyre, ifølge Knutsen?", "Knutsen"),
        ("Hva mener de om dette?", None),
        ("Hva sier loven om hunder?", None),
        ("Hva koster en billett?", None),
        ("Hvem sier at hallen må rives?", None),
    ],
)
def test_whose_words_a_question_asks_for(question: str, asked: str | None) -> None:
    assert asked_words(question) == asked


@pytest.mark.parametrize(
    ("question", "spoken"),
    [
        ("Hvem kritiserte Kari Hansen?", "Kari Hansen"),
        ("Hvem er det som kritiserte Kari Hansen?", "Kari Hansen"),
        ("Hvem foreslo Kari Hansen som leder?", "Kari Hansen"),
        ("Kven støttar Høgre?", "Høgre"),
        ("Hvilke partier støtter Ukraina?", "Ukraina"),
        ("Kva for eit parti støttar Ukraina?", "Ukraina"),
        ("Who suggested Kari Hansen?", "Kari Hansen"),
    ],
)
def test_who_does_something_to_somebody_does_not_ask_for_the_words_of_that_one(question: str, spoken: str) -> None:
    assert asked_words(question) is None
    assert spoken_of(question) == spoken


@pytest.mark.parametrize(
    ("name", "speaker", "same"),
    [
        ("Grav", Speaker("Anne Grav", SpeakerKind.PERSON), True),
        ("Anne Grav", Speaker("Anne Grav", SpeakerKind.PERSON), True),
        ("Anne Aa", Speaker("Anne Aas", SpeakerKind.PERSON), True),  # of "Anne Aas syn"
        ("Kari Grav", Speaker("Anne Grav", SpeakerKind.PERSON), False),
        ("politiet", Speaker("politiet", SpeakerKind.BODY), True),
        ("politiet", Speaker("Anne Grav", SpeakerKind.PERSON, "politiførstebetjent"), True),
        (
            "politiet",
            Speaker("Per Moland", SpeakerKind.PERSON, "leder i Foreningen for human narkotikapolitikk"),
            False,
        ),
        ("politiet", Speaker("Siv Ås", SpeakerKind.PERSON, "politiker"), False),
        ("lederen i skattelaget", Speaker("Per Moland", SpeakerKind.PERSON, "leder i skattelaget"), True),
        ("leiaren i skattelaget", Speaker("Per Moland", SpeakerKind.PERSON, "leder i skattelaget"), True),
        ("leiaren for Møtestaden", Speaker("Per Moland", SpeakerKind.PERSON, "leder i skattelaget"), False),
        ("leiaren for Møtestaden", Speaker("Kari Gran", SpeakerKind.PERSON, "leder for tilbudet Møtestedet"), True),
        ("Innlandet politidistrikt", Speaker("Innlandet Venstre", SpeakerKind.BODY), False),
        ("Grav", Speaker("intervjueren", SpeakerKind.INTERVIEWER), False),
    ],
)
def test_who_is_asked(name: str, speaker: Speaker, same: bool) -> None:
    assert is_asked(name, speaker) is same


def asked_in_article(question: str) -> Asked | None:
    known = KnownSpeakers()
    known.note(ARTICLE)
    return find_asked(question, known, {ARTICLE.id: ARTICLE}.__getitem__, {ARTICLE.id})


def test_only_documents_that_hold_the_name_are_looked_into() -> None:
    others = [make_document(f"Kåre Ås i Grågravdal fisker laks nummer {number}.") for number in range(5)]
    known, opened = KnownSpeakers(), list[str]()
    assert list(known.noting([*others, ARTICLE])) == [*others, ARTICLE]

    def document(identifier: str) -> Document:
        opened.append(identifier)
        return {it.id: it for it in [*others, ARTICLE]}[identifier]

    asked = find_asked("Hva mener Moland om hallen?", known, document, {it.id for it in [*others, ARTICLE]})
    assert asked is not None
    assert (asked.full_name, opened) == ("Per Moland", [ARTICLE.id])
    nobody = find_asked("Hva mener Moland om hallen?", known, document, {it.id for it in others})
    assert nobody is not None
    assert nobody.documents == frozenset()
    assert opened == [ARTICLE.id]


def test_a_name_is_found_as_a_part_of_a_word_once_a_document_and_never_across_words() -> None:
    known = KnownSpeakers()
    documents = [make_document("Politimesteren og politiet."), make_document("Fortid og teori. Politi!")]
    for document in documents:
        known.note(document)
    assert known.holding(("politi",)) == {it.id for it in documents}
    assert known.holding(("politim", "teor")) == {it.id for it in documents}
    assert known.holding(("tidog", "")) == frozenset()


def test_the_speakers_of_an_earlier_edition_are_still_known_and_those_of_removed_documents_forgotten() -> None:
    first = KnownSpeakers()
    list(first.noting([ARTICLE]))
    told = first.of(ARTICLE)
    again, without = KnownSpeakers(earlier=first), KnownSpeakers(earlier=first)
    list(again.noting([ARTICLE]))
    list(without.noting([]))
    assert again.of(ARTICLE) is told
    assert without.of(ARTICLE) == told


def test_a_named_person_is_one_and_politiet_is_also_those_who_speak_for_it() -> None:
    person = asked_in_article("Hva mener Grav om svømmehallen?")
    body = asked_in_article("Hva sier politiet om svømmehallen?")
    nobody = asked_in_article("Hva mener Jens Ås om svømmehallen?")
    genitive = asked_in_article("Hva er Anne Gravs syn på svømmehallen?")
    assert genitive is not None
    assert (genitive.full_name, genitive.documents) == ("Anne Grav", frozenset({ARTICLE.id}))
    assert person is not None
    assert (person.full_name, person.strict) == ("Anne Grav", True)
    assert body is not None
    assert (body.strict, body.documents) == (False, frozenset({ARTICLE.id}))
    assert nobody is not None
    assert (nobody.strict, nobody.documents) == (True, frozenset())


@pytest.mark.parametrize("name", ["Fremskrittspartiet", "FrP", "Rødt", "SSB", "Helsedirektoratet"])
def test_of_a_body_that_the_sources_lack_only_what_tells_of_it_counts(name: str, assistant: Assistant) -> None:
    asked = asked_in_article(f"Hva mener {name} om svømmehallen?")
    assert asked is not None
    assert (asked.strict, asked.tells) == (True, True)
    answer = assistant.ask(f"Hva mener {name} om svømmehallen?")
    assert (answer.answered, answer.reason) == (False, Reason.NOT_SAID)


@pytest.mark.parametrize("name", ["rådet", "Novella", "NOU 2019", "Bibelen", "Meld"])
def test_what_may_be_anything_leaves_the_readings_as_they_are_and_nobody_is_said_to_be_left_out(name: str) -> None:
    asked = asked_in_article(f"Hva sier {name} om svømmehallen?")
    assert asked is not None
    assert not asked.tells


def test_of_a_reading_only_the_asked_ones_sentences_count() -> None:
    asked = asked_in_article("Hva mener Grav om svømmehallen?")
    assert asked is not None
    kept: list[Reading] = []
    for paragraph in paragraphs(ARTICLE):
        passage = Passage(paragraph=paragraph, start=paragraph.start, end=paragraph.end, context="")
        hit = Hit(rank=1, passage=passage, document=ARTICLE, score=1.0, dense=0.8, lexical=0.0)
        kept += own_words([make_reading(hit, 0.9, *[0.5 for _ in paragraph.sentences])], asked, ())
    texts = [reading.hit.text for reading in kept]
    assert texts == [
        "– Hallen er den fineste vi har. Svømmehallen må bestå, sier politiførstebetjent Anne Grav.",
        "Anne Grav er også svømmetrener.",
    ]


@pytest.fixture
def assistant(tmp_path: Path) -> Assistant:
    encoder = HashingEncoder()
    engine = EmbeddedEngine.open(tmp_path / "index", encoder, create=True)
    engine.add([ARTICLE])
    return Assistant(engine, MatchingReader(encoder, Analyser()))


def test_nobody_else_is_quoted_for_whom_is_asked(assistant: Assistant) -> None:
    with assistant:
        answer = assistant.ask("Hva mener Per Moland om svømmehallen?")
    assert answer.asked_speaker == "Per Moland"
    assert answer.quotes
    assert {quote.speaker for quote in answer.quotes} == {"Per Moland"}
    assert answer.quotes[0].role == "leder i skattelaget"
    assert "Per Moland, leder i skattelaget:" in answer_text(answer)


def test_one_who_says_nothing_is_told_to_say_nothing(assistant: Assistant) -> None:
    with assistant:
        answer = assistant.ask("Hva mener Jens Ås om svømmehallen?")
    assert not answer.answered
    assert answer.reason is Reason.NOT_SAID
    assert not answer.quotes
    assert answer_text(answer) == "Jeg finner ikke at Jens Ås sier noe om dette i kildene."

"""What is said to Kildesvar itself is known by its words, all of them; a real question never is."""

from pathlib import Path

import pytest

from assistant.answer import Role, Talk, Topic, Turn
from assistant.own_words import own_text
from assistant.talk import asked_of_quote, asked_of_source, said_to_self, without_talk
from assistant.texts import LANGUAGES
from index.documents.document import Language, Metadata, Source
from index.shipped import telling

SAID = {
    Topic.GREETING: ["Hei", "hei!", "Hallo", "God morgen", "Hi there", "Heisann :)"],
    Topic.FAREWELL: ["Ha det bra", "hade", "bye"],
    Topic.THANKS: ["takk", "Tusen takk!", "Takk for hjelpa", "thank you"],
    Topic.AGREED: ["ok", "Flott!", "Eg forstår"],
    Topic.HOW_ARE_YOU: ["Hvordan går det?", "Korleis har du det?", "How are you?"],
    Topic.WHO: [
        "Hvem er du?",
        "Kven er du?",
        "Er du en KI?",
        "er du chatgpt",
        "Er du et menneske eller en robot?",
        "Snakker jeg med en maskin?",
        "Bruker du kunstig intelligens?",
        "Hvem har laget deg?",
        "What are you?",
        "Are you an AI?",
    ],
    Topic.HOW: ["Hvordan virker du?", "Korleis fungerer Kildesvar?", "How do you work?"],
    Topic.ABILITIES: [
        "Hva kan du?",
        "Kva kan du gjere?",
        "Hei, hva kan du hjelpe meg med?",
        "What can you do?",
        "hjelp",
    ],
    Topic.LANGUAGES: ["Forstår du nynorsk?", "Which languages do you speak?"],
    Topic.OPINION: ["Hva mener du?", "Kva meiner du om dette?"],
    Topic.TRUST: ["Kan jeg stole på svarene?", "Tar du feil?", "Finner du på ting?", "Can I trust you?"],
    Topic.PRIVACY: ["Lagrer du det jeg skriver?", "Kven kan lese spørsmåla mine?", "Do you store my questions?"],
    Topic.SOURCES: [
        "Hvilke kilder har du?",
        "Hei, hvilke dokumenter har du tilgang til da?",
        "Kva kjelder har du?",
        "Hva slags kilder bruker du?",
        "Vis meg alle kildene",
        "Hva vet du noe om?",
        "What sources do you have?",
    ],
    Topic.DATES: [
        "Gjelder dette fortsatt?",
        "Gjeld det framleis?",
        "Hvor gamle er kildene?",
        "Er dette oppdatert?",
        "Når er dette fra?",
        "Is this still valid?",
    ],
}
REAL = """
Hva kan du få i bot for besittelse av cannabis?
Hva kan du få i bot for dette?
Hvilke kilder har rapporten brukt?
Hvilke kilder bygger rapporten på?
Hvilke dokumenter må du ha med til legen?
Hvor mange dokumenter ble levert inn?
Hva mener du om straff?
Hva kan du gjøre hvis noen tar overdose?
Hva gjør du når noen ikke puster?
Hvordan går det med pasientene?
Hvordan virker nesesprayen?
Hvordan fungerer LAR?
Hvordan går det med behandlingen i dag?
Er du straffbar hvis du ringer ambulanse?
Er du syk når du er avhengig?
Er dette straffbart?
Er det lov å røyke i sprøyterommet?
Gjelder dette fortsatt for ungdom under 18 år?
Gjelder loven fortsatt?
Gjelder forbudet ennå i Oslo?
Er loven fortsatt gyldig?
Hvor gammel er Johannes Bangum?
Hvor gamle er de som dør?
Hvor gammel er loven?
Når ble den startet?
Når er fristen?
Hvem er Arild Knutsen?
Hvem har laget strategien?
Hvem har laget rapporten?
Hvem er de?
Hva er Eikaklinikken?
Hva heter foreningen?
Hva vet du om Eikaklinikken?
Hva vet vi om barn av rusmisbrukere?
Hva er kilden til tallene?
Hva er kilder til kunnskap ifølge strategien?
Kan jeg stole på politiet?
Kan jeg spørre om hjelp uten å bli straffet?
Lagrer politiet det du sier?
Lagrer politiet spørsmålene?
Hvem kan lese pasientjournalen?
Bruker politiet kunstig intelligens?
Bruker foreningen robot?
Hvor kan jeg få hjelp?
Hjelp til rusavhengige
Takk til hvem?
Hvem får takk i strategien?
Hei på deg i Oslo, hvor mange ble bortvist?
Hei, hvor mange døde av overdose i 2015?
Ok, men hva mener Venstre om heroin?
Hvilke språk finnes strategien på?
Hvilke språk snakker pasientene?
Kva kjelder viser artikkelen til?
Kva kan du risikere om du blir teken?
What can you do about overdoses?
Who are you supposed to call?
What sources does the report use?
Is this still valid for minors?
Are you punished for calling an ambulance?
What do you think about the ban?
Can I trust the police?
Can others read the records of patients?
What can we use the hall for?
How old are the pupils?
When was the school made?
Which sources are based on studies?
What do the sources say about ferries?
What happens to my driving licence?
Is this old harbour in use?
"""


@pytest.mark.parametrize(("topic", "asked"), [(topic, asked) for topic, all_ in SAID.items() for asked in all_])
def test_what_is_said_to_kildesvar_is_recognised(topic: Topic, asked: str) -> None:
    said = said_to_self(asked)
    assert said is not None
    assert said.topic is topic


@pytest.mark.parametrize("question", REAL.strip().split("\n"))
def test_a_real_question_goes_to_the_sources(question: str) -> None:
    assert said_to_self(question) is None


@pytest.mark.parametrize(
    ("asked", "language"),
    [
        ("Hva kan du?", Language.BOKMAAL),
        ("Kva kan du?", Language.NYNORSK),
        ("What can you do?", Language.ENGLISH),
        ("Thanks!", Language.ENGLISH),
        ("takk", Language.OTHER),
        ("Hei", Language.OTHER),
    ],
)
def test_the_words_tell_the_language_or_leave_it_to_the_page(asked: str, language: Language) -> None:
    said = said_to_self(asked)
    assert said is not None
    assert said.language is language


HARBOUR = Source("d1", "havn.txt", "", Metadata("Havneplan", publisher="Sandvika havn", kind="havneplan"))


@pytest.mark.parametrize(
    "remainder",
    [
        "Hva handler dokumentet fra om?",
        "Hva handler om?",
        "Kva står i rapporten?",
        "Hva står det i havneplanen?",
        "Oppsummer",
        "Kan du gi meg et kort sammendrag av dokumentet til",
        "What is the report from about?",
    ],
)
def test_asking_what_a_source_is_about(remainder: str) -> None:
    said = asked_of_source(remainder, [HARBOUR])
    assert said is not None
    assert said.topic is Topic.SUMMARY


@pytest.mark.parametrize(
    "remainder",
    [
        "Hva handler striden om?",
        "Hva sier om straff?",
        "Hva står det i havneplanen om ferger?",
        "Hva er målet til?",
        "Hvorfor vil forby alkohol?",
        "Når startet operasjonen?",
        "Hva vil gjøre med LAR?",
        "Hvem er leder i?",
    ],
)
def test_asking_what_a_source_says_of_something_goes_to_the_source(remainder: str) -> None:
    assert asked_of_source(remainder, [HARBOUR]) is None


ALIKE = list(telling((Path(__file__).parents[1] / "data" / "talk.tsv").read_text("utf-8").splitlines()))


@pytest.mark.parametrize("line", ALIKE)
def test_what_is_recognised_in_one_language_is_in_all(line: str) -> None:
    forms = line.split("\t")
    said = [said_to_self(form) or asked_of_quote(form) or asked_of_source(form, [HARBOUR]) for form in forms]
    assert len({it.topic for it in said if it}) == 1, said
    for it, language in zip(said, (Language.BOKMAAL, Language.NYNORSK, Language.ENGLISH), strict=True):
        assert it is not None
        assert it.language in (language, Language.OTHER)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("topic", list(Topic))
def test_every_topic_has_words_in_every_language(topic: Topic, language: Language) -> None:
    words = own_text(Talk(topic, (HARBOUR,)), language)
    assert len(words) > 5
    assert "{" not in words


def test_the_sources_are_listed_with_what_they_say_of_themselves() -> None:
    assert "– «Havneplan»: Sandvika havn, sier ikke når den er fra" in own_text(
        Talk(Topic.DATES, (HARBOUR,)), Language.BOKMAAL
    )
    assert "Det er ingen kilder" in own_text(Talk(Topic.SOURCES), Language.BOKMAAL)


def test_nothing_follows_on_what_was_said_to_kildesvar() -> None:
    history = [
        Turn(Role.USER, "Hvor lang er kaia?"),
        Turn(Role.ASSISTANT, "140 meter."),
        Turn(Role.USER, "Takk!"),
        Turn(Role.ASSISTANT, "Bare hyggelig."),
    ]
    assert without_talk(history) == tuple(history[:2])

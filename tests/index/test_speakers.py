"""Who says each sentence; the labelled sentences are in ``tests/data/speakers.jsonl``."""

import json
from collections.abc import Iterator
from pathlib import Path
from time import process_time

import pytest

from index.documents import read_bytes
from index.documents.document import Document, Language, Metadata
from index.segmentation import paragraphs
from index.speakers import Speaker, SpeakerKind, Voices
from index.speakers.people import People

DATA = Path(__file__).parents[1] / "data" / "speakers.jsonl"
SEEDS = Path(__file__).parents[2] / "seeds"


def read(text: str, language: Language = Language.BOKMAAL) -> Document:
    return read_bytes("prøve.txt", text.encode(), metadata=Metadata(title="Prøve", language=language))


def spoken(text: str, language: Language = Language.BOKMAAL) -> list[tuple[str, Speaker | None]]:
    """Each sentence of the text and its speaker."""
    document = read(text, language)
    units = paragraphs(document)
    voices = Voices(document, units)
    return [(document.text[s.start : s.end], voices.of(s)) for unit in units for s in unit.sentences]


def names(text: str, language: Language = Language.BOKMAAL) -> list[str | None]:
    return [speaker.name if speaker else None for _, speaker in spoken(text, language)]


def outcomes(part: str) -> Iterator[bool]:
    """Of each labelled sentence of a part that is quotable (a question may be a heading): was it right?"""
    for line in DATA.read_text("utf-8").splitlines():
        record = json.loads(line)
        if record["part"] != part:
            continue
        text = "\n\n".join(" ".join(sentence for sentence, _ in block) for block in record["paragraphs"])
        document = read(text, Language(record["lang"]))
        units = paragraphs(document)
        voices = Voices(document, units)
        place = 0
        for words, label in (item for block in record["paragraphs"] for item in block):
            start = document.text.index(words.replace("**", ""), place)
            place = start + len(words.replace("**", ""))
            inside = [s for unit in units for s in unit.sentences if s.start < place and start < s.end]
            if inside:
                given = {speaker.name.casefold() if speaker else None for speaker in map(voices.of, inside)}
                yield given == {label.casefold() if label else None}


@pytest.mark.parametrize(
    ("part", "sentences", "share"), [("tuned", 80, 0.95), ("held-out", 90, 0.92), ("held-out-2", 44, 0.9)]
)
def test_labelled_sentences_have_their_speakers(part: str, sentences: int, share: float) -> None:
    right = list(outcomes(part))
    assert len(right) >= sentences
    assert sum(right) / len(right) >= share


@pytest.mark.parametrize(
    ("sentence", "speaker"),
    [
        ("Vi stenger ikke, sier Kari Berge.", "Kari Berge"),
        ("Vi stengjer ikkje, seier Kari Berge, som er rektor på Nes.", "Kari Berge"),
        ("«Vi stenger ikke», skriver Kari Berge i en e-post.", "Kari Berge"),
        ("Ifølge politiet er ingen skadd.", "politiet"),
        ("Etter politiets syn er veien trygg.", "politiet"),
        ("I går sa Kari Berge at skolen består.", "Kari Berge"),
        ("Politiet, derimot, mener situasjonen blir bedre.", "politiet"),
        ("Brukerutvalgets leder, Aud Moen, advarer mot flytting.", "Aud Moen"),
        ("Norsk Fiskelag krever nye regler.", "Norsk Fiskelag"),
        ("Rapporten viser at flere får hjelp.", None),
        ("Vi mener at skolen skal bestå.", None),
        ("Det sier seg selv at dette er dyrt.", None),
        ("Studenter som har meldt flytting, får støtte.", None),
        ("Vi ba dem flytte, men de sier nei.", None),
        ("Skolen har 30 elever og to lærere.", None),
        ("Støy og rot har vært et mindre problem enn mange fryktet: Det er meldt om to saker.", None),
        ("Servering av alkohol krever egen bevilling.", None),
        ("Samlet svarer 83 prosent av brukerne at de er trygge.", None),
        ("Flest, 46 prosent, ønsker at en vekter går en runde.", None),
        ("Etter det stengte kommunen veien for godt.", None),
        ("Etter det politiet opplyser, er veien trygg.", "politiet"),
        ("I fjor begrunnet rektoren kuttet med at skolen er liten.", "rektoren"),
        ("Kari Berge (Ap) gjorde framlegg om å auke skatten.", "Kari Berge"),
    ],
)
def test_one_sentence_tells_its_speaker(sentence: str, speaker: str | None) -> None:
    assert names(f"Saken har vært omtalt i avisen hele våren.\n\n{sentence}\n\nSaken avgjøres i juni.")[1] == speaker


@pytest.mark.parametrize(
    "naming",
    [
        "sier den nye rektoren Kari Gran",
        "seier den tidlegare rektoren ved Vik skule, Kari Gran",
        "sier det nye styremedlemmet Kari Gran",
        "sier den 60 år gamle Gran",
        "sier en av lærerne, Kari Gran",
        "seier ei av dei tilsette, Kari Gran",
        "says the new headmaster Kari Gran",
    ],
)
def test_an_article_may_open_the_speakers_name(naming: str) -> None:
    text = f"Per Dal og Kari Gran er uenige.\n\n– Vi må spare, sier Dal.\n\n– Skolen må bestå, {naming}."
    assert names(text)[1:] == ["Per Dal", "Kari Gran"]


@pytest.mark.parametrize(
    ("sentence", "speaker"),
    [
        ("I går sa den nye rektoren Kari Gran at skolen består.", "Kari Gran"),
        ("En av lærerne, Kari Gran, mener at skolen bør bestå.", "Kari Gran"),
        ("– Skolen består, mener det er rektoren, Kari Gran, som vet det.", None),
    ],
)
def test_an_article_opens_a_subject_only_before_a_name(sentence: str, speaker: str | None) -> None:
    assert names(f"Saken har vært omtalt i avisen hele våren.\n\n{sentence}")[1] == speaker


@pytest.mark.parametrize(
    ("naming", "speaker"),
    [
        ("rektoren", "Kari Gran"),
        ("rektoren ved Nes", "Kari Gran"),
        ("rektoren i en pressemelding", "Kari Gran"),
        ("rektoren ved Vik skole", "rektoren"),
        ("rektoren ved en av de minste skolene", "rektoren"),
    ],
)
def test_the_holder_of_an_office_elsewhere_is_not_the_one_who_is_named(naming: str, speaker: str) -> None:
    text = f"Kari Gran er rektor ved Nes skole. Hun liker seg.\n\n«Vi har for få lærere», sier {naming}."
    assert names(text)[-1] == speaker


def test_what_somebody_wrote_is_not_the_person() -> None:
    assert "Kari Gran" not in names("The school is old.\n\n– It must stay, says the report by Kari Gran.")


def test_speech_goes_on_until_its_speaker_is_named() -> None:
    found = names(
        "Hallen er gammel.\n\n— Den lekker. Taket er råttent. Vi må bygge nytt, sier Per Moland.\n\nDet blir dyrt."
    )
    assert found == [None, "Per Moland", "Per Moland", "Per Moland", None]


def test_a_question_between_speech_is_the_interviewers() -> None:
    question = "– Men hva skjer med alle dem som arbeider her på verftet i dag, de er jo ganske mange?"
    text = f"– Vi selger, sier Per Moland.\n\n{question}\n\n– De får ny jobb."
    speakers = [speaker for _, speaker in spoken(text)]
    assert [speaker.name for speaker in speakers if speaker] == ["Per Moland", "intervjueren", "Per Moland"]
    assert speakers[1] is not None
    assert speakers[1].kind is SpeakerKind.INTERVIEWER


def test_a_pronoun_is_the_subject_not_the_one_mentioned_last() -> None:
    text = "Per Moland er overrasket over kritikken fra Anne Grav.\n\nHan mener at hallen må rives."
    assert names(text)[1] == "Per Moland"


def test_a_pronoun_may_mean_whom_reported_speech_names_besides_its_speaker() -> None:
    text = "Per Moland mener at Anne Grav tar feil.\n\nHun mener at hallen må rives. Han vil ikke svare."
    assert names(text) == ["Per Moland", "Anne Grav", "Per Moland"]


def test_a_pronoun_is_nobody_of_the_other_gender_whatever_accent_the_name_has() -> None:
    text = "Anne Grav er skuffet.\n\n– Nei, sier Áslak Holmberg.\n\nHun mener at hallen må rives."
    assert names(text)[-1] == "Anne Grav"


def test_the_two_named_together_speak_together() -> None:
    text = "Per Moland og Odd Vik har skrevet boka.\n\n– Det tok ti år, sier de to forfatterne."
    assert names(text)[1] == "Per Moland og Odd Vik"


def test_a_person_has_the_role_that_the_text_gives() -> None:
    people = People(
        "Daglig leder Siv Holm i Elvebuss smiler. Jon Lie, forsker ved Havinstituttet, er uenig. Ida Ås (Ap) ler."
    )
    assert {person.name: person.role for person in people.all} == {
        "Siv Holm": "daglig leder i Elvebuss",
        "Jon Lie": "forsker ved Havinstituttet",
        "Ida Ås": "Ap",
    }


@pytest.mark.parametrize(
    "name", ["Geir K. Andersland", "Siv A. B. Holm", "Áslak Holmberg", "André Čáppa", "Łukasz Żak", "Niillas Áhrén"]
)
def test_a_name_may_have_initials_and_letters_of_other_languages(name: str) -> None:
    surname = name.split()[-1]
    text = f"– Skolen må bestå, sier {name}. {surname} mener at den er god. Han vil ikke vente.\n\n{name} er kritisk."
    voices = [speaker for _, speaker in spoken(f"Saken er gammel.\n\n{text}")]
    assert voices[1:] == [Speaker(name, SpeakerKind.PERSON, voices[1].role if voices[1] else None)] * 4


@pytest.mark.parametrize(
    "text",
    ["Dette var Kari G. Hun er her.", "Hepatitt B. Vik er her.", "Bilag A. Vik er her.", "Vedlegg til Jon A. Det"],
)
def test_a_letter_that_ends_a_sentence_is_no_initial(text: str) -> None:
    assert People(text).all == ()


def test_turns_may_be_labelled_with_initials() -> None:
    text = "Geir K. Moe: Ja.\n\nÁnte Vik: Nei, ikke nå.\n\nGeir K. Moe: Jo, i år.\n\nÁnte Vik: Kanskje det."
    assert names(text) == ["Geir K. Moe", "Ánte Vik", "Geir K. Moe", "Ánte Vik"]


def test_the_article_between_labelled_turns_is_not_the_last_speakers() -> None:
    text = (
        "Hallen er gammel.\n\n– Hvorfor vil dere flytte?\n\n"
        "Per Moland: Hallen er kald.\n\nTaket lekker også.\n\nAnne Grav: Jeg vil bli.\n\n"
        "Kommunen er delt. Ordfører Siv Holm mener at hallen må rives.\n\n– Den er farlig, sier Holm.\n\n"
        "– Hva gjør dere nå?\n\nPer Moland: Vi venter.\n\nFakta om hallen\n\nBygd: 1974"
    )
    assert names(text) == [
        *(None, "intervjueren", "Per Moland", "Per Moland", "Anne Grav", None, "Siv Holm", "Siv Holm"),
        *("intervjueren", "Per Moland", None, None),
    ]


def test_a_word_before_a_given_name_is_no_part_of_the_name() -> None:
    text = "Søsknene Mathilde og Per Moland driver gård. Mathilde Moland er agronom.\n\nMathilde mener at det går."
    assert names(text)[-1] == "Mathilde Moland"


def test_a_verb_before_a_name_is_no_office() -> None:
    people = People(
        "– Nei, seier Jon Lie. – Jo, seier Ida Ås (Ap). – Kanskje, seier Siv Holm, rektor ved Vik skule. No vert Odd"
        " Vik glad. Eigaren, verten Per Moland, ler."
    )
    roles = {person.name: person.role for person in people.all}
    assert roles == {
        "Jon Lie": None,
        "Ida Ås": "Ap",
        "Siv Holm": "rektor ved Vik skule",
        "Odd Vik": None,
        "Per Moland": "verten",
    }


def test_the_newspaper_article_of_the_starting_corpus() -> None:
    document = read_bytes("avis.txt", next(SEEDS.glob("004*")).read_bytes(), metadata=Metadata(title="Avis"))
    units = paragraphs(document)
    voices = Voices(document, units)
    said = {document.text[s.start : s.end]: voices.of(s) for unit in units for s in unit.sentences}

    def who(beginning: str) -> str | None:
        speaker = next(speaker for sentence, speaker in said.items() if sentence.startswith(beginning))
        return speaker.name if speaker else None

    assert who("— Bortsett fra Oslo kommune og politiet selv") == "Arild Knutsen"
    assert who("- Det er en kjent sak at markedet") == "Arild Knutsen"
    assert who("- Politiet hevder det er lite klager") == "intervjueren"
    assert who("— Størrelsen på rusmiljøet") == "Andreas Farmen"
    assert who("— Vi ser tvert imot") == "Andreas Farmen"
    assert who("Der strever vi fortsatt") == "Kari Gran"
    assert who("Siden oppstarten juni 2011") is None
    assert who("Politiet mener det er vanskelig") == "politiet"


@pytest.mark.parametrize(
    "text", ["", "–", "«", "– – – – –", "«««« Aa Bb", ", sier", "sier sier sier", "A: b\n\nC: d\n\nE: f"]
)
def test_odd_text_has_no_speakers_and_breaks_nothing(text: str) -> None:
    document = read(f"Noe må stå her.\n\n{text}")
    assert all(
        speaker is None or speaker.name
        for speaker in [Voices(document, paragraphs(document)).of(s) for p in paragraphs(document) for s in p.sentences]
    )


@pytest.mark.parametrize("piece", ["Per Moland, ", "og så mener ", "«Nei ", "– Ja, ", "er ikke helt ", "har ", "Aa-"])
def test_time_grows_with_the_text_whatever_it_holds(piece: str) -> None:
    document = read("Noe står her.\n\n" + piece * (40_000 // len(piece)))
    units = paragraphs(document)
    begun = process_time()
    Voices(document, units)
    assert process_time() - begun < 10


@pytest.mark.parametrize("sentence", ["Dagen var lang. ", "Kommunen mener det. ", "Statens vegvesen mener det. "])
def test_eight_thousand_sentences_in_one_paragraph_take_no_longer_each(sentence: str) -> None:
    document = read(sentence * 8000)
    units = paragraphs(document)
    begun = process_time()
    Voices(document, units)
    assert process_time() - begun < 3

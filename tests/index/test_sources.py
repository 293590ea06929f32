from time import process_time

import pytest

from index.documents.document import Metadata
from index.sources import SourceNames
from tests.corpus import make_document

VENSTRE = make_document(
    "# Rusmiddelpolitikk – partiet Venstre\n\nDet er Venstre som har foreslått dette. Vi i Venstre vil hjelpe.",
    file="000_kronikk.txt",
    metadata=Metadata(
        title="Rusmiddelpolitikk – partiet Venstre",
        authors=("Johannes Bangum",),
        publisher="Forebygging.no",
        kind="kronikk",
    ),
)
INNLANDET = make_document(
    "# Regional rusreform i Innlandet\n\nI dag vil Innlandet Venstre gi hjelp. Her i Innlandet trengs en rusreform.",
    file="001_resolusjon.md",
    metadata=Metadata(title="Regional rusreform i Innlandet", publisher="Innlandet Venstre", kind="resolusjon"),
)
TRYGGERE = make_document(
    "# Strategi 2023-2025\n\nVi i Tryggere Ruspolitikk jobber for en tryggere ruspolitikk og god ruspolitikk.",
    file="strategi.txt",
    metadata=Metadata(title="Strategi 2023-2025", publisher="Foreningen Tryggere Ruspolitikk", kind="strategi"),
)
FRP = make_document(
    "# Handlingsprogram\n\nI dette programmet vil Fremskrittspartiet senke avgiftene.",
    file="frp.txt",
    metadata=Metadata(title="Handlingsprogram", publisher="Fremskrittspartiet", kind="partiprogram"),
)
ALL = {"venstre": VENSTRE, "innlandet": INNLANDET, "tryggere": TRYGGERE, "frp": FRP}


@pytest.fixture(scope="module")
def names() -> SourceNames:
    return SourceNames(ALL.values())


@pytest.mark.parametrize(
    ("question", "expected", "remainder"),
    [
        ("Hva mener Innlandet Venstre om straff?", {"innlandet"}, "Hva mener om straff?"),
        ("Hva vil innlandet venstre gjøre?", {"innlandet"}, "Hva vil gjøre?"),
        ("Hva vil Venstre gjøre?", {"venstre", "innlandet"}, "Hva vil gjøre?"),
        ("Hva er Tryggere Ruspolitikk sin strategi?", {"tryggere"}, "Hva er strategi?"),
        ("Hva er tryggere ruspolitikks mål?", {"tryggere"}, "Hva er mål?"),
        ("Hva er Frps syn på avgifter?", {"frp"}, "Hva er syn på avgifter?"),
        ("Hva vil Fremskritspartiet med avgiftene?", {"frp"}, "Hva vil med avgiftene?"),
        ("Hva skriver Johannes Bangum om barn?", {"venstre"}, "Hva skriver om barn?"),
        ("Hva skriver Bangum om barn?", {"venstre"}, "Hva skriver om barn?"),
        ("Hva står det i 001_resolusjon.md om hjelp?", {"innlandet"}, "Hva står det i om hjelp?"),
        ("Hva sier kronikken om barn?", {"venstre"}, "Hva sier kronikken om barn?"),
        ("Hva mener Johanes Bangum?", {"venstre"}, "Hva mener ?"),
        ("Hvem er Venstre?", {"venstre", "innlandet"}, "Hvem er ?"),
    ],
)
def test_a_named_source_is_found_and_taken_out(
    names: SourceNames, question: str, expected: set[str], remainder: str
) -> None:
    naming = names.find(question)
    assert naming is not None
    assert naming.documents == {ALL[name].id for name in expected}
    assert naming.remainder == remainder


@pytest.mark.parametrize(
    "question",
    [
        "Hvordan får vi en tryggere by?",  # one ordinary word of a name is no name
        "Hva er god ruspolitikk?",
        "Hvilken strategi finnes?",  # an indefinite noun names nothing
        "Hvor mange dør av overdose?",
        "",
        "???",
    ],
)
def test_ordinary_words_name_no_source(names: SourceNames, question: str) -> None:
    assert names.find(question) is None


def test_a_question_that_is_only_a_name_stays_whole(names: SourceNames) -> None:
    naming = names.find("Innlandet Venstre?")
    assert naming is not None
    assert naming.remainder == "Innlandet Venstre?"


def test_no_sources_name_nothing() -> None:
    assert SourceNames([]).find("Hva mener Venstre?") is None


HOYRE = make_document(
    "# Program\n\nVi i Høyre vil bygge. Ta til høyre i krysset, så til høyre igjen, og se til høyre.",
    file="program.txt",
    metadata=Metadata(title="Program", publisher="Høyre"),
)


@pytest.mark.parametrize(
    ("question", "named"),
    [
        ("Hva vil Høyre bygge?", True),
        ("Hva er Høyres program?", True),
        ("Skal jeg ta til høyre?", False),
        ("Høyre eller venstre?", False),  # the first word of a question is capitalised anyway
    ],
)
def test_a_name_that_is_also_a_word_counts_only_when_it_is_written_as_a_name(question: str, named: bool) -> None:
    assert (SourceNames([HOYRE]).find(question) is not None) is named


@pytest.mark.parametrize(
    ("typed", "written"),
    [
        ("hva vil innlandet venstre gjøre?", "hva vil Innlandet Venstre gjøre?"),
        ("hva er venstres syn på tv-reklame", "hva er Venstres syn på tv-reklame"),
        ("hva sa nrk og oles lag", "hva sa NRK og Oles lag"),
        ("er det ti år til den dagen?", "er det ti år til den dagen?"),
        ("er ruspolitikk viktig, og hva gjør de i dag?", "er ruspolitikk viktig, og hva gjør de i dag?"),
        ("HVA SIER NRK?", "HVA SIER NRK?"),
        ("hva sier kari lie", "hva sier Kari Lie"),
    ],
)
def test_names_get_the_capitals_that_the_texts_give_them(typed: str, written: str) -> None:
    more = make_document(
        "Den dagen sa NRK at Ole kom. I år, den 3. mai, sa NRK at det var I dag. Kari Lie lo.", file="nrk.txt"
    )
    assert SourceNames([*ALL.values(), more]).with_capitals(typed) == written


def test_a_thousand_sources_take_no_time_to_tell_apart() -> None:
    documents = [
        make_document(
            f"Rapport nummer {number} er skrevet.",
            file=f"rapport-{number}.txt",
            metadata=Metadata(
                title=f"Evaluering av tiltak{number} i Sjøvik{number}", publisher=f"Stiftelsen Fjordly{number}"
            ),
        )
        for number in range(1000)
    ]
    many = SourceNames(documents)
    begun = process_time()
    for number in range(20):
        found = many.find(f"Hva mener Fjordyl{number}00 om ventetidene på behandling i kommunene langs kysten?")
    assert process_time() - begun < 3
    assert found is not None, "a slip in a name is still seen"

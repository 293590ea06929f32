"""A user's spreadsheet becomes a gold set, or an error that names the line."""

from pathlib import Path
from unicodedata import normalize

import pytest

from eval.corpora.choosing import bench_of
from eval.goldset import Split, load_gold
from eval.runner import Truth
from eval.spreadsheet import SpreadsheetInvalid, make_set
from eval.texts import told
from index.documents.document import Language
from tests.eval import fakes

HEAD = "Spørsmål;Dokument;Sitat;Kan besvares;Type;Kort svar;Merker"
GOOD = f"""{HEAD}
Når åpner badet?;bad.md;Badet åpner klokka sju om morgenen.;ja;;klokka sju;egen, prøve
Hvem er ordfører?;;;nei;;;
Hva koster det?;bad.md;En billett koster femti kroner.;;list;;
;bad.md;Barn slipper gratis inn.;;;;
"""
TRUTH = Truth(fakes.documents())


def make(folder: Path, content: str | bytes, *, output: str = "mitt.jsonl") -> Path:
    source, target = folder / "mitt.csv", folder / output
    source.write_bytes(content.encode() if isinstance(content, str) else content)
    make_set(source, target, stands=TRUTH.stands, author="Kari", split=Split.TEST)
    return target


def test_rows_become_questions(tmp_path: Path) -> None:
    gold = load_gold(make(tmp_path, GOOD))
    assert (gold.author, gold.split, gold.corpus) == ("Kari", Split.TEST, "index")
    opening, mayor, cost = gold.questions
    assert (opening.id, opening.short, opening.tags) == ("mitt-002", "klokka sju", ("egen", "prøve"))
    assert (opening.language.value, opening.type.value) == ("nb", "factoid")
    assert (mayor.answerable, mayor.type.value, mayor.quotes) == (False, "unanswerable", ())
    assert [quote.text for quote in cost.quotes] == ["En billett koster femti kroner.", "Barn slipper gratis inn."]
    assert cost.complete


def test_what_spreadsheets_write_is_read(tmp_path: Path) -> None:
    assert load_gold(make(tmp_path, GOOD.encode("cp1252"))).questions[0].question == "Når åpner badet?"
    assert load_gold(make(tmp_path, "\ufeff" + GOOD.replace("\n", "\r\n"))).questions[0].short == "klokka sju"
    assert load_gold(make(tmp_path, normalize("NFD", GOOD))).questions[0].question == "Når åpner badet?"
    commas = 'question,document,quote\n"Når åpner\nbadet, da?",bad.md,Badet åpner klokka sju om morgenen.\n'
    assert load_gold(make(tmp_path, commas)).questions[0].question == "Når åpner\nbadet, da?"


@pytest.mark.parametrize("name", ["mitt.jsonl", "mine spørsmål.jsonl"])
def test_a_set_made_again_takes_its_own_place_in_the_manifest(tmp_path: Path, name: str) -> None:
    first = make(tmp_path, GOOD, output=name)
    other = make(tmp_path, GOOD, output="annet.jsonl")
    make(tmp_path, f"{HEAD}\nHvem er ordfører?;;;nei;;;\n", output=name)
    assert len(load_gold(first).questions) == 1
    assert len(load_gold(other).questions) == 3
    assert bench_of(str(first)).documents == ()


@pytest.mark.parametrize(
    ("line", "problem"),
    [
        (";bad.md;Barn slipper gratis inn.;;;;", "the question is missing"),
        (
            "Når?;bad.md;Badet åpner klokka åtte.;;;;",
            "does not stand in “bad.md” word for word: “Badet åpner klokka åtte",
        ),
        ("Når?;sjø.md;Barn slipper gratis inn.;;;;", "no document “sjø.md”"),
        ("Når?;;Barn slipper gratis inn.;;;;", "the quote has no document"),
        ("Når?;bad.md;Barn slipper gratis inn.;kanskje;;;", "neither ja nor nei"),
        ("Når?;bad.md;;ja;;;", "needs a document and a quote"),
        ("Når?;bad.md;Barn slipper gratis inn.;nei;;;", "has no quote"),
        ("Når?;bad.md;Barn slipper gratis inn.;;gåte;;", "the type “gåte” is none of"),
        ("Når?;bad.md;Barn slipper gratis inn.;;followup;;", "the type “followup” is none of"),
        ("Når?;bad.md;Barn slipper gratis inn.;;unanswerable;;", "does not go with answerable = ja"),
        ("Når?;bad.md;Barn slipper gratis inn.;;;klokka sju;", "the short answer “klokka sju” does not stand"),
    ],
)
def test_a_wrong_row_is_named_by_its_line(tmp_path: Path, line: str, problem: str) -> None:
    with pytest.raises(SpreadsheetInvalid) as error:
        make(tmp_path, f"{HEAD}\n{line}\n")
    assert "mitt.csv, line 2" in str(error.value)
    assert problem in str(error.value)
    assert not (tmp_path / "mitt.jsonl").exists()


@pytest.mark.parametrize(
    ("rows", "problem"),
    [
        (["Når?;;;;;;", "Hva?;;;;;;", "NÅR?;;;;;;"], "linje 4» kan ikke bli et sett: spørsmålet står på linje 2 også"),
        (["Når?;bad.md;Barn slipper gratis inn.;;;;"] + 2 * [";bad.md;Barn slipper gratis inn.;;;;"], "linje 3"),
        (["Når?;;;;;;", ";bad.md;Barn slipper gratis inn.;;;;"], "linje 3» kan ikke bli et sett: et spørsmål som ikke"),
        (["Når?;;;;;;", 'Hva?;bad.md;"' + "Barn " * 30_000], "linje 3» kan ikke bli et sett: et anførselstegn"),
    ],
    ids=["question twice", "quote twice", "quote unwanted", "cell without an end"],
)
def test_what_several_rows_say_is_told_by_the_line_in_the_spreadsheet(
    tmp_path: Path, rows: list[str], problem: str
) -> None:
    with pytest.raises(SpreadsheetInvalid) as error:
        make(tmp_path, "\n".join([HEAD, *rows]))
    assert problem in told(Language.BOKMAAL, error.value)


def test_ids_and_languages_are_told_by_their_line_too(tmp_path: Path) -> None:
    head = "Spørsmål;Dokument;Sitat;Id;Språk\n"
    with pytest.raises(SpreadsheetInvalid, match="line 4” cannot become a gold set: the id stands in line 2 too"):
        make(tmp_path, f"{head}Når?;;;a;\nHva?;;;b;\nHvem?;;;a;\n")
    with pytest.raises(SpreadsheetInvalid, match="line 2” cannot become a gold set: the language “bokmål” is none of"):
        make(tmp_path, f"{head}Når?;;;;bokmål\n")


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        ("Spørsmål;Sitat\nNår?;x\n", "no column “document” or “dokument”"),
        (f"{HEAD}\n", "no question below its headings"),
        ("", "no column"),
        (b"PK\x03\x04\x00\x00", "save the spreadsheet as CSV"),
    ],
)
def test_a_wrong_file_is_refused(tmp_path: Path, content: str | bytes, problem: str) -> None:
    with pytest.raises(SpreadsheetInvalid, match=problem):
        make(tmp_path, content)


def test_a_speaker_goes_with_the_quote(tmp_path: Path) -> None:
    sheet = "spørsmål;dokument;sitat;hvem sier det\nNår åpner badet?;bad.md;Badet åpner klokka sju om morgenen.;Kari\n"
    [question] = load_gold(make(tmp_path, sheet)).questions
    assert [quote.speaker for quote in question.quotes] == ["Kari"]

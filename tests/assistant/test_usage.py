"""What was written wrongly on the command line is told in the user's language."""

import pytest

from assistant.cli import main
from assistant.usage import told
from index.documents.document import Language

WRONG = [
    (["history"], "Det mangler: KOMMANDO", "Det manglar: KOMMANDO"),
    (["ask"], "Ett av disse må være med: question --questions", "Eitt av desse må vere med: question --questions"),
    (["chat", "--prot", "1"], "Dette er ukjent: --prot 1", "Dette er ukjent: --prot 1"),
    (["chat", "--port", "dør"], "--port kan ikke være 'dør'", "--port kan ikkje vere 'dør'"),
    (["chat", "--port", "65536"], "--port kan ikke være '65536'", "--port kan ikkje vere '65536'"),
    (["ask", "Hva?", "--json=ja"], "--json tar ingen verdi, men fikk 'ja'", "--json tek ingen verdi, men fekk 'ja'"),
    (["ask", "Hva?", "--s", "d1"], "--s kan være --source, --source-language, ", "--s kan vere --source, "),
    (["eval"], "Det mangler: KOMMANDO", "Det manglar: KOMMANDO"),
    (
        ["eval", "run", "x", "--limit", "0"],
        "kildesvar: --limit må være et helt tall over null",
        "kildesvar: --limit må vere eit heilt tal over null",
    ),
    (["chat", "--port"], "--port mangler en verdi", "--port manglar ein verdi"),
    (["ask", "Hva?", "--questions", "a.jsonl"], "--questions kan ikke stå", "--questions kan ikkje stå"),
    (["skriv"], "kan ikke være 'skriv'. Velg mellom", "kan ikkje vere 'skriv'. Vel mellom"),
]


@pytest.mark.parametrize("nynorsk", [False, True], ids=["nb", "nn"])
@pytest.mark.parametrize(("arguments", "bokmaal", "new"), WRONG, ids=[" ".join(one[0]) for one in WRONG])
def test_the_message_is_in_the_user_s_language(
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    arguments: list[str],
    bokmaal: str,
    new: str,
    nynorsk: bool,
) -> None:
    monkeypatch.setenv("KILDESVAR_LANGUAGE", "nn" if nynorsk else "nb")
    with pytest.raises(SystemExit) as ended:
        main(arguments)
    assert ended.value.code == 2
    out, err = capsys.readouterr()
    assert out == "" and (new if nynorsk else bokmaal) in err.splitlines()[-1]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--language", "nn", "--help"], "Still dokument spørsmål på vanleg norsk"),
        (["ask", "--help", "--language=en"], "Ask a question"),
        (["eval", "--language", "nn", "--help"], "Mål kor gode svara er."),
        (["--language", "en", "ask"], "One of these is needed: question --questions"),
    ],
)
def test_help_and_complaints_are_in_the_language_that_is_asked_for(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, arguments: list[str], said: str
) -> None:
    monkeypatch.setenv("KILDESVAR_LANGUAGE", "nb")
    with pytest.raises(SystemExit):
        main(arguments)
    shown = capsys.readouterr()
    assert said in shown.out + shown.err


def test_a_message_that_is_not_known_is_told_as_it_is() -> None:
    assert (
        told("cannot have multiple subparser arguments", Language.BOKMAAL) == "cannot have multiple subparser arguments"
    )

"""What a person writes in the form or on the command line becomes metadata."""

from pathlib import Path

import pytest

from assistant.describing import LIMIT, described
from index.documents.document import Language, Metadata
from index.errors import AddressInvalid, DateInvalid, InvalidRequest, KildesvarError, MetadataTooLong
from tests.assistant.test_cli import Run, home, run

__all__ = ["home", "run"]

KNOWN = Metadata(title="Gammel", authors=("Kari Nes",), date="2017", language=Language.BOKMAAL)


def test_only_what_is_written_changes() -> None:
    found = described(KNOWN, {"title": "  Ny \n tittel ", "authors": "Kari Nes; Ola Lid\nOla Lid;"})
    assert found == Metadata("Ny tittel", ("Kari Nes", "Ola Lid"), None, "2017", None, Language.BOKMAAL)
    assert found.given == {"title", "authors"}


def test_an_empty_field_is_emptied_and_never_guessed() -> None:
    emptied = dict.fromkeys(("title", "authors", "publisher", "date", "kind", "language", "url"), " ")
    assert described(KNOWN, emptied) == Metadata()


@pytest.mark.parametrize(
    ("written", "date"),
    [
        ("2017", "2017"),
        ("2017-12", "2017-12"),
        ("2017-12-24", "2017-12-24"),
        ("24.12.2017", "2017-12-24"),
        ("4. 2. 2017", "2017-02-04"),
        ("12.2017", "2017-12"),
    ],
)
def test_dates_as_people_write_them(written: str, date: str) -> None:
    assert described(KNOWN, {"date": written}).date == date


@pytest.mark.parametrize("written", ["i fjor", "2017-13", "31.02.2017", "0000", "2017-1", "20171", "２０１７", "-2017"])
def test_what_is_no_date_is_told(written: str) -> None:
    with pytest.raises(DateInvalid, match="is not a date"):
        described(KNOWN, {"date": written})


@pytest.mark.parametrize(
    ("written", "url"),
    [
        ("https://www.example.org/plan?side=2#mål", "https://www.example.org/plan?side=2#mål"),
        (" HTTP://example.org ", "HTTP://example.org"),
        ("www.example.org/plan", "https://www.example.org/plan"),
        ("https://blåbær.no/søk", "https://blåbær.no/søk"),
        ("http://127.0.0.1:8000/", "http://127.0.0.1:8000/"),
    ],
)
def test_addresses_as_people_write_them(written: str, url: str) -> None:
    assert described(KNOWN, {"url": written}).url == url


def test_nothing_hidden_gets_into_a_name() -> None:
    assert described(KNOWN, {"title": "a\u202eb\x1b[31mc\u200bd\ud800"}).title == "ab[31mcd"
    assert described(KNOWN, {"publisher": "A\u030asen"}).publisher == "Åsen"


@pytest.mark.parametrize(
    ("fields", "error"),
    [
        ({"title": "x" * (LIMIT + 1)}, MetadataTooLong),
        ({"authors": ";".join(f"Navn {n}" for n in range(50))}, MetadataTooLong),
        ({"language": "sv"}, InvalidRequest),
        ({"sha256": "0"}, InvalidRequest),
        ({"url": "javascript:alert(1)"}, AddressInvalid),
        ({"url": "file:///etc/passwd"}, AddressInvalid),
        ({"url": "https://bank.no@example.org/"}, AddressInvalid),
        ({"url": "https://example.org/a b"}, AddressInvalid),
        ({"url": "https://"}, AddressInvalid),
        ({"url": "https://example.org/" + "x" * 2_000}, AddressInvalid),
    ],
)
def test_what_cannot_be_is_refused(fields: dict[str, str], error: type[KildesvarError]) -> None:
    with pytest.raises(error):
        described(KNOWN, fields)


def test_a_document_is_edited_on_the_command_line(run: Run, tmp_path: Path) -> None:
    file, index = tmp_path / "plan.txt", tmp_path / "indeks"
    file.write_text("Havna får ny kai til neste år.\n\nFerga går hver time hele dagen.\n", encoding="utf-8")
    run("documents", "add", file, "--index", index)
    status, out, err = run(
        *("documents", "edit", "plan.txt", "--index", index, "--title", "Havneplan", "--author", "Kari Nes"),
        *("--author", "Ola Lid", "--publisher", "Sandvika havn", "--date", "4.2.2021", "--language", "nb"),
        *("--url", "www.sandvika.no/kai"),
    )
    assert (status, err) == (0, "")
    assert "Havneplan, Sandvika havn, 2021" in out
    _, out, _ = run("ask", "Hva sier Sandvika havn om kaia?", "--index", index)
    assert "«Havneplan», Kari Nes, Ola Lid, 2021" in out
    _, out, _ = run("documents", "cite", "plan.txt", "--index", index)
    assert "Sandvika havn. https://www.sandvika.no/kai" in out
    _, again, _ = run("documents", "add", file, "--index", index)
    assert "Havneplan: fantes fra før, uendret" in again
    status, _, err = run("documents", "edit", "plan.txt", "--index", index, "--date", "i fjor", "--language", "en")
    assert (status, err) == (1, "kildesvar: «i fjor» er ikke en dato. Skriv 2017, 2017-12 eller 24.12.2017.\n")


def test_copies_and_editions_are_told_on_the_command_line(run: Run, tmp_path: Path) -> None:
    index = ("--index", tmp_path / "indeks")
    lines = [f"Avsnitt {n} handler om havna og hva den skal brukes til i de årene som kommer." for n in range(9)]
    old, copy, new = tmp_path / "plan.txt", tmp_path / "kopi.txt", tmp_path / "plan-2025.txt"
    old.write_text("\n\n".join(lines), encoding="utf-8")
    copy.write_bytes(old.read_bytes())
    new.write_text("\n\n".join([*lines[:6], "Et nytt avsnitt om fiskemottaket og om alle som arbeider der i dag."]))
    run("documents", "add", old, *index)
    assert "kopi.txt: fantes fra før, som plan.txt" in run("documents", "add", copy, *index)[1]
    _, out, _ = run("documents", "add", new, *index)
    assert "av teksten felles med «plan.txt»" in out
    assert len(run("documents", "list", *index)[1].splitlines()) == 2
    run("documents", "remove", "plan-2025.txt", *index)
    assert "har tatt plassen til «plan.txt»" in run("documents", "add", new, "--replace", *index)[1]
    assert len(run("documents", "list", *index)[1].splitlines()) == 1
    both = ("--index", tmp_path / "begge")
    assert "av teksten felles med «plan.txt»" in run("documents", "add", old, new, *both)[1], "also of one call"
    new.write_text("Noe helt annet står her nå, og ingenting av det gamle.", encoding="utf-8")
    run("documents", "add", new, "--keep-both", *index)
    assert "plan-2025 (2).txt" in run("documents", "list", *index)[1]

"""References for reference managers: BibTeX, RIS and CSL-JSON."""

import json
import re
import unicodedata
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.references import Style, cite
from assistant.references.apa import reference
from assistant.references.bibtex import escape, key, to_bibtex
from assistant.references.csl import item, to_csl
from assistant.references.names import Name, name_of
from assistant.references.rich import to_text
from assistant.references.ris import to_ris
from assistant.references.series import series_of, without_number
from assistant.references.work import Work, WorkKind, work_of_source
from index.documents.document import Language, Metadata, Source

NB = Language.BOKMAAL
TYPES = {
    WorkKind.NEWSPAPER: ("article", "NEWS", "article-newspaper"),
    WorkKind.REPORT: ("report", "RPRT", "report"),
    WorkKind.PROGRAMME: ("report", "RPRT", "report"),
    WorkKind.NOU: ("report", "GOVDOC", "report"),
    WorkKind.MELD_ST: ("report", "GOVDOC", "report"),
    WorkKind.PROP: ("report", "GOVDOC", "report"),
    WorkKind.INNST: ("report", "GOVDOC", "report"),
    WorkKind.LAW: ("legislation", "STAT", "legislation"),
    WorkKind.WEB_PAGE: ("online", "ELEC", "webpage"),
    WorkKind.DOCUMENT: ("misc", "GEN", "document"),
}
WORDS = st.text(st.characters(exclude_categories=["Cs"]), max_size=40)


def work(**said: object) -> Work:
    return work_of_source(Source("d0123456789abcdef", "f.pdf", "0" * 64, Metadata(**said)))  # type: ignore[arg-type]


PLAN = work(
    title="50 % av {alt} & mer",
    authors=("Kari Nes", "Jan van der Berg", "Nærings- og fiskeridepartementet"),
    publisher="Sandvika havn",
    date="2021-05-03",
    kind="kronikk",
    language=NB,
)


def test_bibtex() -> None:
    assert cite(PLAN, Style.BIBTEX, NB) == (
        "@article{nes2021-01234567,\n"
        "  author = {Nes, Kari and van der Berg, Jan and {Nærings- og fiskeridepartementet}},\n"
        "  title = {{50 \\% av \\textbraceleft{}alt\\textbraceright{} \\& mer}},\n"
        "  date = {2021-05-03},\n"
        "  journaltitle = {{Sandvika havn}},\n"
        "  entrysubtype = {newspaper},\n"
        "  langid = {norsk}\n"
        "}\n"
    )


def test_ris() -> None:
    assert cite(PLAN, Style.RIS, NB).split("\r\n") == [
        "TY  - NEWS",
        "AU  - Nes, Kari",
        "AU  - van der Berg, Jan",
        "AU  - Nærings- og fiskeridepartementet",
        "TI  - 50 % av {alt} & mer",
        "T2  - Sandvika havn",
        "M3  - kronikk",
        "PY  - 2021",
        "DA  - 2021/05/03/",
        "LA  - nb",
        "ID  - d0123456789abcdef",
        "ER  - ",
        "",
    ]


def test_csl() -> None:
    assert json.loads(cite(PLAN, Style.CSL, NB)) == [
        {
            "id": "d0123456789abcdef",
            "type": "article-newspaper",
            "title": "50 % av {alt} & mer",
            "author": [
                {"family": "Nes", "given": "Kari"},
                {"family": "van der Berg", "given": "Jan"},
                {"literal": "Nærings- og fiskeridepartementet"},
            ],
            "issued": {"date-parts": [[2021, 5, 3]]},
            "container-title": "Sandvika havn",
            "genre": "kronikk",
            "language": "nb-NO",
        }
    ]


@pytest.mark.parametrize("kind", list(WorkKind))
def test_each_kind_has_its_type_in_each_format(kind: WorkKind) -> None:
    entry = Work("d0123456789abcdef", kind, "T", (Name("Venstre"),), number="N 1", publisher="Venstre")
    bibtex, ris, csl = TYPES[kind]
    assert cite(entry, Style.BIBTEX, NB).startswith(f"@{bibtex}{{venstre-01234567,")
    assert cite(entry, Style.RIS, NB).startswith(f"TY  - {ris}\r\n")
    assert item(entry)["type"] == csl
    assert "publisher" not in item(entry), "the author is the publisher"


def test_what_is_not_said_is_not_there() -> None:
    empty = work()
    assert cite(empty, Style.BIBTEX, NB) == "@misc{kilde-01234567\n}\n"
    assert cite(empty, Style.RIS, NB) == "TY  - GEN\r\nID  - d0123456789abcdef\r\nER  - \r\n"
    assert item(empty) == {"id": "d0123456789abcdef", "type": "document"}


def test_spans_of_years() -> None:
    report = work(title="Meld. St. 15 (2017–2018) Leve hele livet", publisher="Departementet")
    assert "date = {2017/2018}" in cite(report, Style.BIBTEX, NB)
    assert item(report)["issued"] == {"date-parts": [[2017], [2018]]}
    assert item(report)["number"] == "Meld. St. 15 (2017–2018)"


@given(WORDS)
def test_bibtex_keeps_its_braces_whatever_the_words(words: str) -> None:
    entry = cite(work(title=words, authors=(words,), publisher=words), Style.BIBTEX, NB)
    depth = 0
    for char in entry:
        depth += (char == "{") - (char == "}")
        assert depth >= 0
    assert depth == 0 and entry.count("\n@") == 0
    unescaped = re.sub(r"\\(?:text\w+\{\}|[$&#_%])", "", escape(words))
    assert not set(unescaped) & set("\\{}$&#^_~%")


@given(WORDS)
def test_ris_stays_one_value_a_line(words: str) -> None:
    record = cite(work(title=words, authors=(words,), kind=words), Style.RIS, NB)
    assert all(re.match(r"[A-Z][A-Z0-9]  - ", line) for line in record.split("\r\n")[:-1])
    assert not any(unicodedata.category(char) == "Cc" for char in record.replace("\r\n", ""))


@given(WORDS)
def test_csl_is_json_with_the_very_words(words: str) -> None:
    assert json.loads(cite(work(title=words), Style.CSL, NB))[0].get("title", "") == " ".join(words.split())


def test_keys_are_ascii_and_stay() -> None:
    assert key(work(authors=("Øyvind Ærø-Ås",), date="2020")) == "aero2020-01234567"
    assert key(work(title="«Å være»", kind="notat")) == "a-01234567"
    assert key(work(authors=("日本",))) == "kilde-01234567"


@pytest.mark.parametrize(
    ("author", "name"),
    [
        ("Kari Nes", Name("Nes", "Kari")),
        ("Christin Guldahl Madsen", Name("Madsen", "Christin Guldahl")),
        ("H. C. Andersen", Name("Andersen", "H. C.")),
        ("KARI NES", Name("NES", "KARI")),
        ("Nes, Kari Anne", Name("Nes", "Kari Anne")),
        ("Jan van der Berg", Name("van der Berg", "Jan")),
        ("Ola Lid (red.)", Name("Lid", "Ola")),
        ("Venstre", Name("Venstre")),
        ("Innlandet Venstre", Name("Innlandet Venstre")),
        ("Tryggere Ruspolitikk", Name("Tryggere Ruspolitikk")),
        ("Nærings-, handels- og fiskeridepartementet", Name("Nærings-, handels- og fiskeridepartementet")),
        ("Norsk Gatelag", Name("Norsk Gatelag")),
        ("NRK Nyheter", Name("NRK Nyheter")),
        ("Foreningen for åpenhet", Name("Foreningen for åpenhet")),
        ("Oslo 2030", Name("Oslo 2030")),
    ],
)
def test_people_and_organisations(author: str, name: Name) -> None:
    assert name_of(author) == name


def test_whoever_publishes_is_an_organisation() -> None:
    assert name_of("Rene Hender", publisher="Rene Hender") == Name("Rene Hender")
    assert name_of("Per-Arne Olai Bø").initials == "P.-A. O."


@pytest.mark.parametrize(
    ("title", "number", "rest"),
    [
        ("NOU 2019:26 Rusreform", "NOU 2019: 26", "Rusreform"),
        ("Rusreform. NOU 2019: 26", None, None),
        ("Rusreform – NOU 2019: 26", "NOU 2019: 26", "Rusreform"),
        ("Meld. St. 4 (2018-2019)", "Meld. St. 4 (2018–2019)", None),
        ("Prop. 1 LS (2020–2021): Budsjett", "Prop. 1 LS (2020–2021)", "Budsjett"),
        ("Ot.prp. nr. 3 (1999-00) Om lov", "Ot.prp. nr. 3 (1999–2000)", "Om lov"),
        ("Innst. S. nr. 12 (2003–2004)", "Innst. S. nr. 12 (2003–2004)", None),
        ("Lov 20. mai 2005 nr. 28 om straff", "LOV-2005-05-20-28", "Lov om straff"),
        ("Forskrift 14. februar 2013 nr. 199 om narkotika", "FOR-2013-02-14-199", "Forskrift om narkotika"),
        ("Høring av NOU 2019: 26", None, None),
    ],
)
def test_numbers_of_series(title: str, number: str | None, rest: str | None) -> None:
    series = series_of(title)
    assert (series.number if series else None) == number
    if series:
        assert without_number(title) == rest


def test_the_address_that_is_known_of_a_document_is_in_every_form() -> None:
    url = "https://www.example.org/søk?a=1&b=2%20_~"
    source = Source("d0123456789abcdef", "rus.html", "0" * 64, Metadata(title="Kva er rus?", url=url))
    known = work_of_source(source)
    assert "url = {https://www.example.org/s%C3%B8k?a=1&b=2%20_~}" in to_bibtex(known)
    assert f"\r\nUR  - {url}\r\n" in to_ris(known)
    assert json.loads(to_csl(known))[0]["URL"] == url
    apa = {language: to_text(reference(known, language)) for language in Language if language is not Language.OTHER}
    assert apa[Language.BOKMAAL] == f"Kva er rus?. (u.å.). Hentet fra {url}".replace("?.", "?")
    assert apa[Language.NYNORSK].endswith(f"Henta frå {url}")
    assert apa[Language.ENGLISH].endswith(f"Retrieved from {url}")
    without = work_of_source(replace(source, metadata=Metadata(title="Kva er rus?")))
    assert "url" not in to_bibtex(without) and "UR  -" not in to_ris(without) and "URL" not in to_csl(without)

"""Worked references: what norsk APA 7 wants of what a document says of itself.

The forms are those of the guides that ``assistant/references/apa.py`` names; most of the works are made up, and the
public ones are real. Italics are written ``_so_``.
"""

import dataclasses

import pytest

from assistant.references import Style, cite
from assistant.references.apa import in_text, pinpoint, reference, sort_key
from assistant.references.rich import Rich, Run, to_html
from assistant.references.work import Work, work_of, work_of_source
from index.documents.document import Block, BlockKind, Language, Metadata, Page, Source
from tests.corpus import make_document, make_quote

NB, NN, EN = Language.BOKMAAL, Language.NYNORSK, Language.ENGLISH
HOD = "Helse- og omsorgsdepartementet"


def work(*, file: str = "f.pdf", **said: object) -> Work:
    source = Source("d0123456789abcdef", file, "0" * 64, Metadata(**said))  # type: ignore[arg-type]
    return work_of_source(source)


def marked(runs: Rich) -> str:
    return "".join(f"_{run.text}_" if run.italic else run.text for run in runs)


EXAMPLES = [
    # Newspapers: the day counts, the newspaper is in italics, the article is not.
    (
        work(title="Svikets pris", authors=("Frode Thu",), publisher="Vestposten", date="2006-10-12", kind="kronikk"),
        "Thu, F. (2006, 12. oktober). Svikets pris. _Vestposten_.",
        "(Thu, 2006, s. 14)",
    ),
    (
        work(
            title="Hvem får kaia?",
            authors=("Kari Nes", "Ola Lid"),
            publisher="Avisa",
            date="2021-05",
            kind="artikkel",
        ),
        "Nes, K. & Lid, O. (2021, mai). Hvem får kaia? _Avisa_.",
        "(Nes & Lid, 2021, s. 14)",
    ),
    (
        work(title="Kaia åpnet", publisher="Avisa", date="2021-05-03", kind="nyhetsartikkel"),
        "Kaia åpnet. (2021, 3. mai). _Avisa_.",
        "(«Kaia åpnet», 2021, s. 14)",
    ),
    (
        work(title="– Vi ble «glemt»", authors=("Anne-Lise Bø",), kind="debattinnlegg", date="2017-12"),
        "Bø, A.-L. (2017, desember). – Vi ble «glemt».",
        "(Bø, 2017, s. 14)",
    ),
    (
        work(kind="debattinnlegg", date="2017-12"),
        "[Debattinnlegg uten tittel]. (2017, desember).",
        "([Debattinnlegg uten tittel], 2017, s. 14)",
    ),
    (
        work(title="Nå holder det!", authors=("Ida Ås",), publisher="Avisa", kind="leserinnlegg", url="https://a.no/1"),
        "Ås, I. (u.å.). Nå holder det! _Avisa_. https://a.no/1",
        "(Ås, u.å., s. 14)",
    ),
    # Reports.
    (
        work(title="Narkotika i Norge", publisher="Folkehelseinstituttet", date="2022-03", kind="rapport"),
        "Folkehelseinstituttet. (2022). _Narkotika i Norge_.",
        "(Folkehelseinstituttet, 2022, s. 14)",
    ),
    (
        work(
            title="Likestilling hjemme",
            authors=("Thomas Berg", "Britt Lien", "Siv Å. Dal"),
            publisher="Norsk institutt for framtid",
            date="2012",
            kind="forskningsrapport",
        ),
        "Berg, T., Lien, B. & Dal, S. Å. (2012). _Likestilling hjemme_. Norsk institutt for framtid.",
        "(Berg et al., 2012, s. 14)",
    ),
    (
        work(title="Ungdata", authors=("Kari Nes (red.)", "Jan van der Berg (red.)"), date="2020/2021", kind="rapport"),
        "Nes, K. & van der Berg, J. (red.). (2020–2021). _Ungdata_.",
        "(Nes & van der Berg, 2020–2021, s. 14)",
    ),
    (
        work(
            title="Undersøkelse av NAV",
            authors=("Riksrevisjonen",),
            publisher="Riksrevisjonen",
            kind="rapport",
        ),
        "Riksrevisjonen. (u.å.). _Undersøkelse av NAV_.",
        "(Riksrevisjonen, u.å., s. 14)",
    ),
    (
        work(title="Alle", authors=tuple(f"Per{n} Ek" for n in "abcdefghijklmnopqrstu"), date="2019", kind="rapport"),
        f"{'Ek, P., ' * 19}. . . Ek, P. (2019). _Alle_.",
        "(Ek et al., 2019, s. 14)",
    ),
    # Party programmes.
    (
        work(title="Frihet. Mulighet. Ansvar", publisher="Venstre", date="2021", kind="partiprogram"),
        "Venstre. (2021). _Frihet. Mulighet. Ansvar_ [Partiprogram].",
        "(Venstre, 2021, s. 14)",
    ),
    (
        work(title="Stortingsvalgprogram 2021–2025", publisher="Raudt", language=NN),
        "Raudt. (u.å.). _Stortingsvalgprogram 2021–2025_ [Partiprogram].",
        "(Raudt, u.å., s. 14)",
    ),
    (
        work(title="Hva nå?", authors=("Innlandet Venstre",), date="2023/2027", kind="program"),
        "Innlandet Venstre. (2023–2027). _Hva nå?_ [Partiprogram].",
        "(Innlandet Venstre, 2023–2027, s. 14)",
    ),
    # NOU, Meld. St., Prop., Innst.
    (
        work(title="NOU 2019:26 Rusreform – fra straff til hjelp", publisher=HOD, date="2019-12-19"),
        f"{HOD}. (2019). _Rusreform – fra straff til hjelp_ (NOU 2019: 26).",
        f"({HOD}, 2019, s. 14)",
    ),
    (
        work(title="Kvinners helse i Norge (NOU 1999: 13)"),
        "NOU 1999: 13. (1999). _Kvinners helse i Norge_.",
        "(NOU 1999: 13, 1999, s. 14)",
    ),
    (
        work(title="Meld.St. 15 (2017-2018) Leve hele livet", authors=(HOD,), publisher=HOD, date="2018-05-04"),
        f"{HOD}. (2018). _Leve hele livet_ (Meld. St. 15 (2017–2018)).",
        f"({HOD}, 2018, s. 14)",
    ),
    (
        work(title="St.meld. nr. 47 (2008–09): Samhandlingsreformen", publisher=HOD),
        f"{HOD}. (2008–2009). _Samhandlingsreformen_ (St.meld. nr. 47 (2008–2009)).",
        f"({HOD}, 2008–2009, s. 14)",
    ),
    (
        work(title="Prop. 92 L (2020–2021)", publisher=HOD, date="2021-02-19"),
        f"{HOD}. (2021). _Prop. 92 L (2020–2021)_.",
        f"({HOD}, 2021, s. 14)",
    ),
    (
        work(title="Statsbudsjettet – Prop. 1 S (2023–2024)", authors=("Finansdepartementet",), url="https://r.no/x"),
        "Finansdepartementet. (2023–2024). _Statsbudsjettet_ (Prop. 1 S (2023–2024)). https://r.no/x",
        "(Finansdepartementet, 2023–2024, s. 14)",
    ),
    (
        work(
            title="Innst. 612 L (2020-2021) Innstilling om rusreformen",
            authors=("Helse- og omsorgskomiteen",),
            publisher="Stortinget",
            date="2021",
        ),
        "Helse- og omsorgskomiteen. (2021). _Innstilling om rusreformen_ (Innst. 612 L (2020–2021)). Stortinget.",
        "(Helse- og omsorgskomiteen, 2021, s. 14)",
    ),
    # Laws and regulations.
    (
        work(title="Lov 20. mai 2005 nr. 28 om straff (straffeloven)", publisher="Lovdata"),
        "Straffeloven. (2005). _Lov om straff_ (LOV-2005-05-20-28). Lovdata.",
        "(Straffeloven, 2005, s. 14)",
    ),
    (
        work(title="Lov om grunnskolen og den vidaregåande opplæringa (opplæringslova)", date="1998-07-17", kind="lov"),
        "Opplæringslova. (1998). _Lov om grunnskolen og den vidaregåande opplæringa_.",
        "(Opplæringslova, 1998, s. 14)",
    ),
    (
        work(title="Forskrift om narkotika", date="2013", kind="forskrift", url="https://lovdata.no/f"),
        "_Forskrift om narkotika_. (2013). https://lovdata.no/f",
        "(_Forskrift om narkotika_, 2013, s. 14)",
    ),
    # Web pages.
    (
        work(title="Kva er rus?", publisher="Helsenorge", file="rus.html", url="https://h.no/rus"),
        "Helsenorge. (u.å.). _Kva er rus?_ Hentet fra https://h.no/rus",
        "(Helsenorge, u.å., s. 14)",
    ),
    (
        work(
            title="Åtte av ti",
            authors=("Vidar Lund",),
            publisher="SSB",
            date="2018-09-26",
            kind="nettside",
            url="https://s.no",
        ),
        "Lund, V. (2018, 26. september). _Åtte av ti_. SSB. https://s.no",
        "(Lund, 2018, s. 14)",
    ),
    # Other documents, and what they do not say.
    (
        work(title="Strategi 2023-2025", publisher="Tryggere Ruspolitikk", kind="strategi"),
        "Tryggere Ruspolitikk. (u.å.). _Strategi 2023-2025_ [Strategi].",
        "(Tryggere Ruspolitikk, u.å., s. 14)",
    ),
    (
        work(title="Om <b>kai</b> & *lys*", authors=("Nes, Kari Anne",), date="2020"),
        "Nes, K. A. (2020). _Om <b>kai</b> & *lys*_.",
        "(Nes, 2020, s. 14)",
    ),
    (
        work(
            title="Høringssvar til NOU 2019: 26",
            authors=("Foreningen for human politikk",),
            kind="høringssvar",
        ),
        "Foreningen for human politikk. (u.å.). _Høringssvar til NOU 2019: 26_ [Høringssvar].",
        "(Foreningen for human politikk, u.å., s. 14)",
    ),
    (
        work(title="Til alle som venter …"),
        "_Til alle som venter …_ (u.å.).",
        "(_Til alle som venter …_, u.å., s. 14)",
    ),
    (work(), "[Dokument uten tittel]. (u.å.).", "([Dokument uten tittel], u.å., s. 14)"),
]


@pytest.mark.parametrize(("work", "entry", "citation"), EXAMPLES, ids=[entry[:40] for _, entry, _ in EXAMPLES])
def test_a_worked_reference(work: Work, entry: str, citation: str) -> None:
    assert marked(reference(work, NB)) == entry
    assert marked(in_text(work, "s. 14", NB)) == citation


def test_nynorsk_and_english_have_their_own_words() -> None:
    page = EXAMPLES[24][0]
    assert marked(reference(page, NN)) == "Helsenorge. (u.å.). _Kva er rus?_ Henta frå https://h.no/rus"
    assert marked(reference(page, EN)) == "Helsenorge. (n.d.). _Kva er rus?_ Retrieved from https://h.no/rus"
    assert marked(reference(EXAMPLES[1][0], EN)) == "Nes, K., & Lid, O. (2021, May). Hvem får kaia? _Avisa_."
    assert marked(reference(EXAMPLES[0][0], EN)).startswith("Thu, F. (2006, October 12).")


def test_the_number_of_a_series_may_stand_alone_on_the_cover() -> None:
    said = Metadata(title="Rusreform", publisher=HOD, date="2019")
    cover = make_document("# Rusreform\n\nNorges offentlige utredninger 2019: 26\n\nUtvalget foreslår.", metadata=said)
    assert marked(reference(work_of(cover), NB)) == f"{HOD}. (2019). _Rusreform_ (NOU 2019: 26)."
    other = make_document("# Rusreform\n\nI NOU 2019: 26 foreslås det.\n\nUtvalget foreslår.", metadata=said)
    assert work_of(other).number is None, "a document that speaks of another has no number of its own"


def test_the_place_in_the_work() -> None:
    document = make_document("# A\n\nFørste setning.\n\nAndre setning her.", metadata=Metadata(title="A"))
    quote, entry = make_quote(document, "Andre setning her."), work_of(document)
    assert pinpoint(quote, entry, NB) == "avsn. 3"
    middle = quote.start + 5
    paged = dataclasses.replace(document, pages=(Page(1, 0, middle, "iv"), Page(2, middle, len(document.text))))
    assert pinpoint(dataclasses.replace(quote, document=paged), entry, NB) == "s. iv–2"
    assert pinpoint(dataclasses.replace(quote, document=paged), entry, EN) == "pp. iv–2"
    whole = dataclasses.replace(document, pages=(Page(7, 0, len(document.text)),))
    assert pinpoint(dataclasses.replace(quote, document=whole), entry, NB) == "s. 7"


def test_a_law_is_cited_by_its_section() -> None:
    document = make_document("Den som selger, straffes.", metadata=Metadata(title="Lov om straff (straffeloven)"))
    for heading, section in (("§ 231. Narkotika", "§ 231"), ("§ 12-3", "§ 12-3"), ("§3.", "§3")):
        quote = make_quote(document, "Den som selger, straffes.", headings=("Kapittel 23", heading))
        assert pinpoint(quote, work_of(document), NB) == section


def test_a_table_cell_on_the_cover_is_no_series() -> None:
    document = make_document("NOU 2019: 26\n\nTekst.")
    cell = dataclasses.replace(document, blocks=(Block(BlockKind.TABLE_CELL, 0, 12), *document.blocks[1:]))
    assert work_of(cell).number is None and work_of(document).number == "NOU 2019: 26"


def test_references_are_sorted_as_norwegian_is() -> None:
    names = ["Ås", "Aas", "Zahl", "Ø", "Ærlig", "anders"]
    assert sorted(names, key=lambda name: sort_key((Run(name),))) == ["Aas", "anders", "Zahl", "Ærlig", "Ø", "Ås"]


def test_html_keeps_italics_and_lets_no_markup_through() -> None:
    hostile = EXAMPLES[27][0]
    assert to_html(reference(hostile, NB)) == "Nes, K. A. (2020). <i>Om &lt;b&gt;kai&lt;/b&gt; &amp; *lys*</i>."


def test_apa_is_one_line() -> None:
    assert cite(EXAMPLES[0][0], Style.APA, NB) == "Thu, F. (2006, 12. oktober). Svikets pris. Vestposten.\n"

import pytest

from assistant.choosing import Choice, Facet, choice_of, matching, values_of
from index.documents.document import Language, Metadata, Source
from index.errors import NoSuchSources


def source(number: int, **said: object) -> Source:
    return Source(f"d{number:016x}", f"{number}.txt", f"{number:064x}", Metadata(**said))  # type: ignore[arg-type]


VENSTRE_17 = source(1, title="A", publisher="Venstre", kind="program", date="2017-05", language=Language.BOKMAAL)
VENSTRE_21 = source(2, title="B", publisher="Venstre", kind="kronikk", date="2021", language=Language.NYNORSK)
SV_17 = source(
    3, title="C", publisher="Sosialistisk Venstreparti", kind="program", date="2017", language=Language.BOKMAAL
)
SILENT = source(4)
SOURCES = (VENSTRE_17, VENSTRE_21, SV_17, SILENT)
PUBLISHER, KIND, YEAR, LANGUAGE = Facet.PUBLISHER, Facet.KIND, Facet.YEAR, Facet.LANGUAGE


@pytest.mark.parametrize(
    ("wanted", "expected"),
    [
        ((), SOURCES),
        (((PUBLISHER, "Venstre"),), (VENSTRE_17, VENSTRE_21)),
        (((YEAR, "2017"),), (VENSTRE_17, SV_17)),
        (((PUBLISHER, "Venstre"), (YEAR, "2017")), (VENSTRE_17,)),
        (((YEAR, "2017"), (YEAR, "2021")), (VENSTRE_17, VENSTRE_21, SV_17)),
        (((KIND, "kronikk"), (YEAR, "2017")), ()),
        (((LANGUAGE, "nn"),), (VENSTRE_21,)),
    ],
)
def test_any_value_of_a_facet_and_every_facet(
    wanted: tuple[tuple[Facet, str], ...], expected: tuple[Source, ...]
) -> None:
    assert matching(SOURCES, Choice(frozenset(wanted))) == tuple(it.id for it in expected)


def test_values_are_counted_beside_what_else_is_chosen() -> None:
    assert values_of(SOURCES, PUBLISHER) == (("Venstre", 2), ("Sosialistisk Venstreparti", 1))
    assert values_of(SOURCES, YEAR) == (("2021", 1), ("2017", 2)), "the newest first"
    chosen = Choice().toggled(PUBLISHER, "Venstre")
    assert values_of(SOURCES, YEAR, chosen) == (("2021", 1), ("2017", 1))
    assert values_of(SOURCES, PUBLISHER, chosen) == values_of(SOURCES, PUBLISHER), "its own facet stays open"
    assert chosen.toggled(PUBLISHER, "Venstre") == Choice()


def test_what_is_written_by_hand_may_be_in_small_letters_but_must_be_there() -> None:
    choice = choice_of(SOURCES, [(PUBLISHER, " venstre "), (YEAR, "2017")])
    assert matching(SOURCES, choice) == (VENSTRE_17.id,)
    with pytest.raises(NoSuchSources, match="publisher Høyre.*Venstre, Sosialistisk Venstreparti"):
        choice_of(SOURCES, [(PUBLISHER, "Høyre")])
    with pytest.raises(NoSuchSources, match="kind kronikk, year 2017"):
        choice_of(SOURCES, [(KIND, "kronikk"), (YEAR, "2017")])
    with pytest.raises(NoSuchSources, match="There are: –"):
        choice_of((SILENT,), [(YEAR, "2017")])

import pytest

from assistant.answer import Role, Turn
from assistant.carried import Carried, carried
from index.language import Analyser

ANALYSER = Analyser()
FIRST, NEW = "Hvor mange båter sank i havna i 2015?", "Hvor mange medlemmer har Norges Seilforbund?"


def after(*turns: str | tuple[str, str]) -> Carried | None:
    asked = [(turn, "") if isinstance(turn, str) else turn for turn in turns]
    return carried([Turn(Role.USER, *turn) for turn in asked], analyser=ANALYSER)


def test_nothing_is_carried_on_from_nothing() -> None:
    assert after() is None
    assert after("  ") is None


def test_a_follow_up_is_carried_on_with_its_topic_and_nothing_between() -> None:
    assert after(FIRST, "Hva kostet det?") == Carried("Hva kostet det?", FIRST)
    assert after(FIRST, "Hva kostet det?", "Hvem sa det?") == Carried("Hvem sa det?", FIRST)


@pytest.mark.parametrize("said", ["Hvorfor det?", "Noe mer?", "Kan du utdype?", "Fortel meir.", "Anything else?"])
@pytest.mark.parametrize("follows", [True, False])
def test_what_names_nothing_is_not_carried_on(said: str, *, follows: bool) -> None:
    turns = (said, f"{said} (Hva kostet det? {FIRST})") if follows else said
    assert after(FIRST, "Hva kostet det?", turns) == Carried("Hva kostet det?", FIRST)
    assert after(FIRST, "Hva koster kaia?", (said, f"{said} (Hva koster kaia?)")) == Carried("Hva koster kaia?")


def test_a_new_question_leaves_the_old_topic_behind() -> None:
    assert after(FIRST, "Hva kostet det?", NEW) == Carried(NEW)
    assert after(FIRST, NEW, "Hvem sa det?") == Carried("Hvem sa det?", NEW)


def test_what_asks_the_same_of_something_else_is_carried_on_whole() -> None:
    assert after(FIRST, "Og i 2016?", "Hvem sa det?") == Carried("Hvem sa det?", FIRST.replace("2015", "2016"))


def test_a_question_is_carried_on_as_it_was_understood() -> None:
    said = "Hva mener hun om havna?"
    named = "Hva mener Kari Gran om havna?"
    assert after(FIRST, (said, f"{named} ({FIRST})")) == Carried(named, FIRST)
    assert after(FIRST, ("Hvem sa det?", "Hvem sa det?")) == Carried("Hvem sa det?"), "it was found to stand alone"
    assert after(FIRST, ("Hvem betalte havna?", f"Hvem betalte havna? ({FIRST})")).topic == FIRST  # type: ignore[union-attr]


def test_what_was_understood_without_the_topic_leaves_it_behind() -> None:
    found = after(FIRST, ("Hva koster kaia?", f"Hva koster kaia? ({FIRST})"), ("Når da?", "Når da? (Hva koster kaia?)"))
    assert found == Carried("Når da?", "Hva koster kaia?")


@pytest.mark.parametrize("understood", ["", "Hva mener politiet om båter?"])
def test_somebody_else_asked_for_takes_the_speakers_place(understood: str) -> None:
    found = after("Hva mener Kari Gran om båter?", ("Hva med politiet?", understood))
    assert found == Carried("Hva mener politiet om båter?")


def test_a_follow_up_asked_as_it_was_shown_keeps_what_it_follows() -> None:
    assert after(NEW, f"Hvorfor det? ({FIRST})") == Carried("Hvorfor det?", FIRST)

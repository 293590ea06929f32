import pytest

from assistant.answer import Role, Turn, Understood
from assistant.answering import Verdict
from assistant.question import MAX_QUESTION
from assistant.understanding import Understanding, choose, understandings
from index.correction import Correction, Corrector
from index.errors import EmptyQuestion
from index.language import Analyser
from index.sources import SourceNames
from tests.corpus import make_document
from tests.web.fake import HARBOUR, quote_of

ANALYSER = Analyser()
CORRECTOR = Corrector(
    {"rapporten": 3, "havna": 5, "ferge": 2}, ANALYSER, {"rapport", "havn", "ferg"}, general=lambda _: 0.0
)
NAMES = SourceNames([HARBOUR])
FIRST = "Hvor mange båter sank i havna i 2015?"
QUAY = quote_of(HARBOUR, "Havna fikk ny kai i 2019.")
FERRY = quote_of(HARBOUR, "Fergene går hver halvtime.")


def ways(question: str, *earlier: str) -> list[tuple[str, Understood]]:
    history = [Turn(Role.USER, text) for text in earlier]
    found = understandings(question, history, analyser=ANALYSER, corrector=CORRECTOR, names=NAMES)
    return [(way.text, way.how) for way in found]


def verdict(confidence: float, *, quote: object = QUAY, answered: bool = True) -> Verdict:
    return Verdict(answered, confidence, None, (quote,), ())  # type: ignore[arg-type]


def test_a_first_question_is_understood_in_one_way() -> None:
    assert ways("Og i fjor?") == [("Og i fjor?", Understood.AS_ASKED)]


def test_names_typed_in_small_letters_are_read_and_carried_on_with_capitals() -> None:
    text = "I dag vil Kari Gran stenge havna, og senere i år skal Kari Gran åpne den igjen."
    names = SourceNames([make_document(text)])
    found = understandings("hva vil kari gran?", (), analyser=ANALYSER, corrector=CORRECTOR, names=names)
    assert [(way.text, way.how) for way in found] == [("hva vil Kari Gran?", Understood.AS_ASKED)]
    history = [Turn(Role.USER, "hva vil kari gran?")]
    (way,) = understandings("Og hvorfor det?", history, analyser=ANALYSER, corrector=CORRECTOR, names=names)
    assert way.text == "Og hvorfor det? (hva vil Kari Gran?)"
    (way,) = understandings("«kari gran»", (), analyser=ANALYSER, corrector=CORRECTOR, names=names)
    assert way.text == "kari gran"


def test_a_whole_question_that_only_begins_as_a_follow_up_is_also_read_by_itself() -> None:
    (whole, how), *_ = ways("Og hvem betaler rapporten om fergene?", FIRST)
    assert (whole, how) == ("Hvem betaler rapporten om fergene?", Understood.FOLLOW_UP)
    assert all("(" in text for text, _ in ways("Og hvem betaler den?", FIRST))
    assert all("(" in text for text, _ in ways("Og rapporten om fergene?", FIRST)), "it asks nothing by itself"


def test_what_is_plainly_a_follow_up_is_read_only_so() -> None:
    assert ways("Og hvorfor det?", FIRST) == [(f"Og hvorfor det? ({FIRST})", Understood.FOLLOW_UP)]


def test_what_names_something_else_is_also_read_as_a_whole_question() -> None:
    assert ways("Og i 2017?", FIRST, "Og i 2016?") == [
        ("Hvor mange båter sank i havna i 2017?", Understood.FOLLOW_UP),
        ("Og i 2017? (Hvor mange båter sank i havna i 2016?)", Understood.FOLLOW_UP),
    ]


def test_a_follow_up_of_a_follow_up_is_read_with_and_without_the_topic() -> None:
    assert [text for text, _ in ways("Og hvorfor det?", FIRST, "Hva svarte rederiet?")] == [
        "Og hvorfor det? (Hva svarte rederiet?)",
        f"Og hvorfor det? (Hva svarte rederiet? {FIRST})",
    ]
    assert [text for text, _ in ways("Og hvorfor det?", FIRST, "Hvem sa det?")] == [
        f"Og hvorfor det? (Hvem sa det? {FIRST})"
    ]


def test_a_follow_up_whose_pronoun_is_known_is_read_by_itself_too() -> None:
    assert [text for text, _ in ways("Og når sank den?", "Hvor mange passasjerer tok MS «Havna»?")] == [
        "Når sank MS «Havna»?",
        "Og når sank MS «Havna»? (Hvor mange passasjerer tok MS «Havna»?)",
    ]


def test_somebody_else_is_asked_what_the_topic_was() -> None:
    found = [text for text, _ in ways("Og Per Dal?", "Hva mener Kari Gran om havna?", "Hvorfor det?")]
    assert found[0] == "Hva mener Per Dal om havna?"


def test_what_takes_the_place_in_a_question_that_points_back_still_follows_its_topic() -> None:
    found = [text for text, _ in ways("Hva med Høyre?", "Hva koster badet?", "Hva vil Venstre gjøre med det?")]
    assert found[0] == "Hva vil Høyre gjøre med det? (Hva koster badet?)"


def test_what_only_answers_is_no_part_of_the_question() -> None:
    assert ways("Ok. Og i 2017?", FIRST) == ways("Og i 2017?", FIRST)
    assert ways("Ja.", FIRST)[0] == ("Ja.", Understood.AS_ASKED)


def test_what_is_named_may_take_the_place_of_something_asked_before_the_last_question() -> None:
    found = [text for text, _ in ways("Hva med fergene, da?", "Hva mener Per Dal om havna?", "Når stenger badet?")]
    assert found[0] == "Hva mener Per Dal om fergene?"


def test_why_is_asked_of_the_whole_question_before() -> None:
    found = [text for text, _ in ways("Hvorfor det?", "Er havna stengt?")]
    assert found == ["Hvorfor er havna stengt?", "Hvorfor det? (Er havna stengt?)"]


def test_de_is_a_body_that_what_it_follows_no_longer_names() -> None:
    earlier = ("Hva gjør Fjordens Venner?", "Når åpner tjenesten på nettet?", "Blir kontoret større i år?")
    assert "Hvor har Fjordens Venner lag?" in [text for text, _ in ways("Hvor har de lag?", *earlier)]
    assert all("har de lag?" in text for text, _ in ways("Hvor har de lag?", earlier[0]))


def test_the_slips_of_the_last_questions_are_not_carried_on_and_no_others_are_mended() -> None:
    mended: list[str] = []

    class Watched(Corrector):
        def correct(self, question: str) -> Correction:
            mended.append(question)
            return super().correct(question)

    watched = Watched({"rapporten": 3}, ANALYSER, {"rapport"}, general=lambda _: 0.0)
    history = [Turn(Role.USER, f"Hvem skrev raporten om båt {number}?") for number in range(40)]
    (way, *_) = understandings("Og hvorfor det?", history, analyser=ANALYSER, corrector=watched, names=NAMES)
    assert way.text == "Og hvorfor det? (Hvem skrev rapporten om båt 39?)"
    assert len(mended) <= 6


def test_what_plainly_stands_alone_is_read_only_so() -> None:
    question = "Hvor mange fylkeslag har Norges Seilforbund på Vestlandet?"
    assert ways(question, FIRST) == [(question, Understood.AS_ASKED)]


@pytest.mark.parametrize("question", ["Noe mer?", "Fortell mer om det?", "Kan du utdype?", "Anything else?"])
def test_who_asks_for_more_asks_on_in_one_way(question: str) -> None:
    expected = [(f"{question} (Hva mener Per Dal om havna?)", Understood.FOLLOW_UP)]
    assert ways(question, FIRST, "Hva mener Per Dal om havna?") == expected


def test_what_may_be_either_is_read_both_ways() -> None:
    assert ways("Hvem betalte havna?", FIRST) == [
        ("Hvem betalte havna?", Understood.AS_ASKED),
        (f"Hvem betalte havna? ({FIRST})", Understood.FOLLOW_UP),
    ]


def test_a_question_with_slips_is_read_mended_and_as_typed() -> None:
    assert ways("hvem skrev raporten om norske fiskebåter") == [
        ("hvem skrev rapporten om norske fiskebåter", Understood.MENDED),
        ("hvem skrev raporten om norske fiskebåter", Understood.AS_ASKED),
    ]


@pytest.mark.parametrize("question", ["«Og raporten?»", '"Og raporten?"', "“Og raporten?”"])
def test_in_quotation_marks_a_question_is_taken_as_it_stands(question: str) -> None:
    assert ways(question, FIRST) == [("Og raporten?", Understood.AS_ASKED)]


def test_a_follow_up_asked_again_as_it_was_understood_follows_nothing_more() -> None:
    (understood, _), *_ = ways("Og hvorfor det?", FIRST)
    assert ways(understood, FIRST, "Hva med ferga?") == [(understood, Understood.AS_ASKED)]


def test_an_empty_question_is_refused_in_quotation_marks_too() -> None:
    with pytest.raises(EmptyQuestion):
        ways("  ", FIRST)


def test_no_understanding_is_longer_than_a_question_may_be() -> None:
    assert all(len(text) <= MAX_QUESTION for text, _ in ways("Hvorfor det?", "hvor " * 199 + "mange"))


NEW = Understanding("Hvem betalte?", Understood.AS_ASKED)
FOLLOWS = Understanding(f"Hvem betalte? ({FIRST})", Understood.FOLLOW_UP, 0.5)
MENDED = Understanding("rapporten", Understood.MENDED, 1.0)
TYPED = Understanding("raporten", Understood.AS_ASKED)


def test_the_surest_understanding_is_chosen_and_can_be_corrected() -> None:
    chosen = choose((NEW, FOLLOWS), (verdict(0.3), verdict(0.6)), typed="Hvem betalte?")
    assert (chosen.place, chosen.otherwise) == (1, "Hvem betalte?")
    assert choose((NEW, FOLLOWS), (verdict(0.9), verdict(0.6)), typed="Hvem betalte?").place == 0


def test_finding_the_last_answer_again_speaks_against_a_follow_up() -> None:
    history = [Turn(Role.USER, FIRST), Turn(Role.ASSISTANT, QUAY.text)]
    again = choose((NEW, FOLLOWS), (verdict(0.6, quote=FERRY), verdict(0.7)), typed="Hvem betalte?", history=history)
    other = choose((NEW, FOLLOWS), (verdict(0.6), verdict(0.7, quote=FERRY)), typed="Hvem betalte?", history=history)
    assert (again.place, other.place) == (0, 1)


def test_what_asks_the_same_of_something_else_may_find_the_last_answer_again() -> None:
    whole = Understanding("Hvor mange båter sank i 2016?", Understood.FOLLOW_UP, 9.0, another=True)
    asked = Understanding("Og i 2016? (Hvor mange båter sank i 2015?)", Understood.FOLLOW_UP, 9.0)
    history = [Turn(Role.USER, "Hvor mange båter sank i 2015?"), Turn(Role.ASSISTANT, QUAY.text)]
    read = (verdict(0.6), verdict(0.4, quote=FERRY))
    assert choose((whole, asked), read, typed="Og i 2016?", history=history).place == 0


def test_looks_decide_where_the_sources_do_not() -> None:
    assert choose((NEW, FOLLOWS), (verdict(0.5), verdict(0.5)), typed="Hvem betalte?").place == 1


def test_slips_are_told_of_only_where_that_changes_the_answer() -> None:
    same = choose((MENDED, TYPED), (verdict(0.8), verdict(0.7)), typed="raporten")
    other = choose((MENDED, TYPED), (verdict(0.8), verdict(0.7, quote=FERRY)), typed="raporten")
    none = choose((MENDED, TYPED), (verdict(0.1, answered=False), verdict(0.1)), typed="raporten")
    assert [it.otherwise for it in (same, other, none)] == [None, "raporten", "raporten"]


def test_what_is_typed_wins_where_it_answers_much_more_surely() -> None:
    chosen = choose((MENDED, TYPED), (verdict(0.2, quote=FERRY), verdict(0.9)), typed="raporten")
    assert (chosen.place, chosen.otherwise) == (1, "rapporten")


def test_a_whole_question_is_no_follow_up_of_everything_before_it() -> None:
    earlier = (FIRST, "Hva sier kildene om ferga til øya?", "Hvem betalte den nye havna i Sandvika?")
    for question in ("Hvor mange ulykker var det i 2014?", "Hva koster en billett til månen?"):
        assert ways(question, *earlier)[0] == (question, Understood.AS_ASKED)
        assert all(FIRST not in text for text, _ in ways(question, *earlier))


def test_a_mere_guess_at_a_follow_up_must_be_answered() -> None:
    guess = Understanding(f"Hvem betalte? ({FIRST})", Understood.FOLLOW_UP, 0.5, guessed=True)
    nothing = (verdict(0.01, answered=False), verdict(0.2, answered=False))
    assert choose((NEW, guess), nothing, typed="Hvem betalte?").place == 0
    assert choose((NEW, FOLLOWS), nothing, typed="Hvem betalte?").place == 1
    assert choose((NEW, guess), (nothing[0], verdict(0.9)), typed="Hvem betalte?").place == 1


def test_a_question_in_capital_letters_is_asked_in_small_ones() -> None:
    assert ways("HVOR MANGE BÅTER SANK I HAVNAA?") == [
        ("Hvor mange båter sank i havna?", Understood.MENDED),
        ("Hvor mange båter sank i havnaa?", Understood.AS_ASKED),
    ]
    assert ways("HVA ER NAV?") == [("HVA ER NAV?", Understood.AS_ASKED)]
    assert ways("«HVOR MANGE BÅTER SANK?»") == [("HVOR MANGE BÅTER SANK?", Understood.AS_ASKED)]

import re
from itertools import pairwise

import pytest

from index.bridging import ENGLISH, EVERYDAY, Bridge, word_list
from index.language import LIGHT_WORDS, Analyser
from index.query import Alternatives

ANALYSER = Analyser()
BRIDGE = Bridge(ANALYSER)


def words(question: str, *held: str) -> dict[str, tuple[str, ...]]:
    """What the question's expressions are bridged to in an index of these words."""
    vocabulary = {term for word in held for term in ANALYSER.terms(word)}
    return {it.asked: it.words for it in BRIDGE.bridged(question, vocabulary)}


@pytest.mark.parametrize("name", [EVERYDAY, ENGLISH])
def test_the_shipped_lists_have_the_form_that_is_promised(name: str) -> None:
    listed = word_list(name)
    assert len(listed) > 4000
    assert all(one < other for one, other in pairwise(listed)), "sorted, each expression once"
    for expression, others in listed.items():
        assert re.fullmatch(r"[^\W_]\S*(?: \S+){0,7}", expression), expression
        assert expression not in LIGHT_WORDS, expression
        assert 1 <= len(others) <= 8, expression
        assert len(set(others)) == len(others), expression
        assert expression not in others, expression
        for word in (expression, *others):
            assert word == word.lower().strip(), expression
            assert len(word) > 1, expression
            assert not set(word) & set("()/,;"), expression


def test_everyday_words_lead_to_those_that_the_index_has() -> None:
    assert words("Når kommer snuten?", "politiet") == {"snuten": ("politi",)}
    assert words("Når kommer snuten?", "brannvesenet") == {}


def test_inflected_forms_and_nynorsk_ones_meet_what_is_listed() -> None:
    assert words("Får junkiene behandling?", "rusavhengige")["junkiene"] == ("rusavhengig",)
    assert words("Kva får bikkjene?", "hundar")["bikkjene"] == ("hund",)


@pytest.mark.parametrize("asked", ["få sparken", "fikk sparken", "får sparken"])
def test_an_expression_is_one_in_every_form_of_its_verb(asked: str) -> None:
    assert words(f"Hvem {asked}?", "oppsigelse")[asked] == ("oppsigelse",)


@pytest.mark.parametrize(
    ("question", "listed", "held"),
    [
        ("Hva koster det for barna?", "barnelege", "lege"),
        ("Hvor lang er ventetiden langs kysten?", "langer", "narkotikasak"),
        ("Hvem bygget huset?", "byggelov", "plan- og bygningsloven"),
        ("Hvordan virker medisinen?", "verk", "smerte"),
        ("Hvem skrev boka?", "skriv", "rundskriv"),
    ],
)
def test_a_common_word_is_no_form_of_a_rare_one_with_its_stem(question: str, listed: str, held: str) -> None:
    assert words(listed, held) == {listed: (held,)}
    assert held not in {it for others in words(question, held).values() for it in others}


def test_a_noun_is_no_form_of_a_verb_that_has_one_written_like_it() -> None:
    assert words("Hvem vant, og hva har vunnet?", "drikkevann") == {}
    assert words("Hva ligger der, og hva ble funnet?", "lege", "romani") == {}
    assert words("Er det vann der?", "drikkevann") == {"vann": ("drikkevann",)}
    assert words("Hvem stjal den?", "tyveri") == {"stjal": ("tyveri",)}


def test_a_word_goes_by_what_it_mostly_means() -> None:
    held = ("romani", "lekeapparat", "ruset", "utenforskap", "areal", "avdød", "bestått", "oppfølging", "tyveri")
    asked = "Husker du hva politiet fant, hvor høy den er, hvem som står utenfor, og de raske målene som følge av det?"
    assert words(asked, *held) == {}


def test_hva_slags_asks_and_means_no_blow() -> None:
    assert words("Hva slags mat er det?", "slått", "hjerneslag") == {}


def test_the_longest_expression_is_taken_and_nothing_within_it() -> None:
    found = words("Hvem må sitte inne?", "fengsel", "straff")
    assert list(found) == ["sitte inne"]


def test_english_questions_take_the_english_list_and_others_do_not() -> None:
    assert "housing" in words("Who needs housing?", "bolig")
    assert words("Who needs housing?", "bolig")["housing"] == ("bolig",)
    assert words("Hvem trenger housing?", "bolig") == {}


def test_a_question_in_another_language_has_no_other_words() -> None:
    assert words("Wie viele Menschen haben das Gefängnis verlassen und wohin gehen sie?", "fengsel", "politi") == {}


def test_words_that_the_question_has_itself_are_no_other_words() -> None:
    assert all("politi" not in others for others in words("Hva gjør politiet?", "politi").values())


def test_an_expression_and_what_stands_for_it_are_one_group_of_which_the_best_counts() -> None:
    vocabulary = {"snut", "politi", "kom"}
    sought = BRIDGE.sought("Når kom snuten?", vocabulary)
    (group,) = [it for it in sought if isinstance(it, Alternatives)]
    assert group.options[0] == (("snut", 1.0),)
    assert dict(option[0] for option in group.options[1:]).keys() == {"politi"}
    assert 0 < group.options[1][0][1] < 1.0
    assert "snut" not in dict(it for it in sought if not isinstance(it, Alternatives))


def test_words_for_what_no_document_has_count_in_full() -> None:
    sought = BRIDGE.sought("Når kom snuten?", {"politi"})
    (group,) = [it for it in sought if isinstance(it, Alternatives)]
    assert (("politi", 1.0),) in group.options


def test_what_is_said_twice_is_looked_for_once() -> None:
    sought = BRIDGE.sought("Skal snuten være snuten?", {"politi"})
    assert len([it for it in sought if isinstance(it, Alternatives)]) == 1


def test_without_other_words_the_terms_are_the_question_s_own() -> None:
    assert BRIDGE.sought("Når kom snuten?", {"kai"}) == ANALYSER.query_terms("Når kom snuten?", {"kai"})


def test_a_common_word_alone_is_no_expression_but_may_be_part_of_one() -> None:
    assert words("Hva tar han?", "pågripelse", "pågripe") == {}
    assert words("Hvem bør gå?", "oslo børs") == {}, "no form of a short word that is listed"
    assert "ta kvelden" in words("Når skal de ta kvelden?", "dødsfall")

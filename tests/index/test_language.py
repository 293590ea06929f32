"""The Norwegian analysis, by tables of hand-worked examples and by what must hold for any text."""

import unicodedata
from time import process_time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.compounds import Compounds, word_counts
from index.documents.document import Language
from index.language import Analyser, Parts, detect_language
from index.stems import Stems
from index.tokens import tokens


@pytest.fixture(scope="module")
def analyser() -> Analyser:
    return Analyser()


@pytest.fixture(scope="module")
def stems() -> Stems:
    return Stems()


@pytest.fixture(scope="module")
def compounds(stems: Stems) -> Compounds:
    return Compounds(word_counts(), stems.stem)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("13.046", ["13046"]),
        ("13 046", ["13046"]),
        ("13\u00a0046 døde", ["13046", "døde"]),
        ("i 2019 300 personer", ["i", "2019", "300", "personer"]),
        ("2,4 og 1.5", ["2,4", "og", "1,5"]),
        ("14,3 pst. eller 14.3 %", ["14,3", "prosent", "eller", "14,3", "prosent"]),
        ("20 pst, hvor mange pst og 5\u00a0PST", ["20", "prosent", "hvor", "mange", "prosent", "og", "5", "prosent"]),
        ("Hva mener PST? (PST)", ["hva", "mener", "pst", "pst"]),
        ("CO₂ på 5 m²", ["co2", "på", "5", "m2"]),
        ("§ 162", ["paragraf", "162"]),
        ("NOU 2019: 26", ["nou", "2019", "26"]),
        ("01.04.2025", ["1", "4", "2025"]),
        ("4 mill. kr", ["4", "millioner", "kroner"]),
        ("f.eks. m.m.", ["feks", "mm"]),
        ("politimennene.Unntaket", ["politimennene", "unntaket"]),
        ("dekning,får", ["dekning", "får"]),
        ("rus\u00admiddel", ["rusmiddel"]),
        ("«Ja!» – nei?", ["ja", "nei"]),
    ],
)
def test_tokens(text: str, expected: list[str]) -> None:
    assert [form for forms in tokens(text) for form in forms] == expected


def test_a_hyphened_word_is_the_whole_and_its_parts() -> None:
    assert list(tokens("E-tjenesten sør-norsk")) == [("etjenesten", "tjenesten"), ("sørnorsk", "sør", "norsk")]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("kommunane", "kommunene"),
        ("skulane", "skolene"),
        ("borna", "barna"),
        ("ikkje", "ikke"),
        ("høyringa", "høringen"),
        ("verksemder", "virksomheten"),
        ("sjukehuset", "sykehusene"),
        ("tenkje", "tenke"),
        ("moglegheiter", "muligheten"),
        ("vegen", "veiene"),
        ("utan", "uten"),
        ("bøkene", "bok"),
        ("midler", "middel"),
        ("sykler", "sykkelen"),
        ("rommene", "rom"),
        ("straffes", "straffen"),
        ("barnelova", "barneloven"),
        ("aksjelovane", "aksjelovenes"),
        ("lærerne", "lærere"),
        ("politikernes", "politikeren"),
        ("interne", "intern"),
        ("stjernen", "stjerne"),
    ],
)
def test_forms_of_one_word_share_their_stem(stems: Stems, one: str, other: str) -> None:
    assert stems.stem(one) == stems.stem(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [("tale", "tall"), ("bolig", "bål"), ("kur", "ku"), ("uten", "ute"), ("ingen", "ikke"), ("barneloven", "barna")],
)
def test_different_words_keep_apart(stems: Stems, one: str, other: str) -> None:
    assert stems.stem(one) != stems.stem(other)


@pytest.mark.parametrize(
    ("word", "parts"),
    [
        ("rusmiddelanalysetjeneste", ("rusmiddel", "analyse", "tjeneste")),
        ("skoleplass", ("skole", "plass")),
        ("ungdomskriminalitet", ("ungdom", "kriminalitet")),
        ("fengselsstraffen", ("fengsel", "straffen")),
        ("ulykkesstatistikk", ("ulykke", "statistikk")),
        ("kommunestyret", ("kommune", "styret")),
        ("regjeringen", ()),
        ("forstand", ()),
        ("medlemmene", ()),
        ("stortinget", ()),
        ("undersøkelsen", ()),
        ("utdanning", ()),
        ("hus", ()),
        ("2019", ()),
    ],
)
def test_compounds(compounds: Compounds, word: str, parts: tuple[str, ...]) -> None:
    assert compounds.split(word) == parts


def test_letters_without_end_are_looked_through_once(analyser: Analyser) -> None:
    begun = process_time()
    assert analyser.terms("straffegjennomføring" * 4000)
    assert process_time() - begun < 3


def test_a_word_more_frequent_than_its_parts_stays_whole() -> None:
    counts = {"natt": 3, "verd": 2, "nattverd": 50, "vakt": 9}
    compounds = Compounds(counts, str)
    assert compounds.split("nattverd") == ()
    assert compounds.split("nattvakt") == ("natt", "vakt")


def test_compound_meets_the_phrase_that_says_the_same(analyser: Analyser) -> None:
    compound = set(analyser.terms("rusmiddelanalysetjeneste"))
    assert len(compound & set(analyser.terms("en tjeneste for analyse av rusmidler"))) == 3


def test_words_split_by_mistake_find_the_compound(analyser: Analyser) -> None:
    vocabulary = frozenset(analyser.terms("Flere skoleplasser"))
    assert "skoleplass" in dict(analyser.query_terms("skole plass", vocabulary))
    assert "skoleplass" not in dict(analyser.query_terms("skole plass"))


@pytest.mark.parametrize(
    ("typed", "written"), [("maaten", "måten"), ("soeker", "søker"), ("vaere", "være"), ("Kjaer", "Kjær")]
)
def test_keyboards_without_norwegian_letters(analyser: Analyser, typed: str, written: str) -> None:
    assert set(analyser.terms(written)) <= set(analyser.terms(typed))


@pytest.mark.parametrize("word", ["noe", "poet"])
def test_folding_leaves_real_words(analyser: Analyser, stems: Stems, word: str) -> None:
    assert analyser.terms(word) == [stems.stem(word)]


def test_foreign_marks_are_dropped_but_not_norwegian_letters(analyser: Analyser) -> None:
    assert analyser.terms("idé Müller") == analyser.terms("ide Muller")
    assert analyser.terms("år") != analyser.terms("ar")


@pytest.mark.parametrize("negation", ["ikke", "ikkje", "aldri", "uten", "utan", "ingen", "not", "never", "kun"])
def test_what_turns_a_claim_around_keeps_its_full_weight(analyser: Analyser, negation: str) -> None:
    (term,) = analyser.terms(negation)
    assert dict(analyser.query_terms(f"Hva skal {negation} straffes?"))[term] == 1.0


def test_function_and_question_words_weigh_less(analyser: Analyser) -> None:
    weights = dict(analyser.query_terms("Hva er straffen i Norge?"))
    assert weights["hva"] < weights["er"] < weights["straff"] == weights["norg"] == 1.0


def test_parts_of_a_compound_weigh_full_only_when_nobody_has_the_whole(analyser: Analyser) -> None:
    assert dict(analyser.query_terms("skoleplass", {"skoleplass", "plass"}))["plass"] < 1.0
    assert dict(analyser.query_terms("skoleplass", {"plass"}))["plass"] == 1.0


@pytest.mark.parametrize(
    ("typed", "term"), [("friist", "frist"), ("mnage", "mang"), ("kjoring", "kjøring"), ("kommnue", "kommun")]
)
def test_slips_are_mended_from_what_the_index_holds(analyser: Analyser, typed: str, term: str) -> None:
    assert term in dict(analyser.query_terms(typed, {term}))
    assert term not in dict(analyser.query_terms(typed))


def test_known_words_are_not_mended(analyser: Analyser) -> None:
    assert dict(analyser.query_terms("fristen", {"frist", "krist"})) == {"frist": 1.0}


def test_parts_can_be_left_out() -> None:
    bare = Analyser(Parts(stems=False, compounds=False, folding=False, nynorsk=False))
    assert bare.terms("Skoleplassene maatte ikkje") == ["skoleplassene", "maatte", "ikkje"]


@settings(deadline=None, max_examples=60)
@given(st.text(max_size=80))
def test_terms_hold_neither_white_space_nor_nothing(text: str) -> None:
    shared = Analyser()
    terms = shared.terms(text)
    assert all(term and not any(letter.isspace() for letter in term) for term in terms)
    assert terms == shared.terms(text)
    questions = shared.query_terms(text, {"hus"})
    assert len({term for term, _ in questions}) == len(questions)
    assert all(0 < weight <= 1 for _, weight in questions)


@settings(deadline=None, max_examples=60)
@given(st.text(alphabet="aeoæøåÆØÅéüñ -.,0123456789kjs", max_size=60))
def test_composed_and_decomposed_text_have_equal_terms(text: str) -> None:
    shared = Analyser()
    assert shared.terms(unicodedata.normalize("NFD", text)) == shared.terms(unicodedata.normalize("NFC", text))


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Kor mange døydde?", Language.NYNORSK),
        ("Kva meiner Venstre?", Language.NYNORSK),
        ("kor dyrt er det", Language.NYNORSK),
        ("ordføraren om skulen", Language.NYNORSK),
        ("Kvifor?", Language.NYNORSK),
        ("Hva mener Venstre?", Language.BOKMAAL),
        ("åssen er det med snuten", Language.BOKMAAL),
        ("hvor mnage bruekre", Language.BOKMAAL),
        ("rusreform straff", Language.BOKMAAL),
        ("E-tjenesten", Language.BOKMAAL),
        ("Erna Solberg?", Language.BOKMAAL),
        ("NOU 2019: 26", Language.BOKMAAL),
        ("", Language.BOKMAAL),
        ("Vad säger polisen?", Language.BOKMAAL),
        ("Hvad siger politiet?", Language.BOKMAAL),
        ("What does the police say?", Language.ENGLISH),
        ("overdose deaths", Language.ENGLISH),
        ("Why?", Language.ENGLISH),
        ("Was sagt die Polizei?", Language.OTHER),
        ("Que dit la police sur la drogue ?", Language.OTHER),
        ("Ile osób zmarło z powodu narkotyków?", Language.OTHER),
        ("Waa maxay siyaasadda daroogada?", Language.OTHER),
        ("毒品政策是什么？", Language.OTHER),
        ("Что говорит полиция?", Language.OTHER),
    ],
)
def test_languages_are_told_apart(text: str, language: Language) -> None:
    assert detect_language(text) is language

import pytest

from assistant.antecedent import with_body, with_name


@pytest.mark.parametrize(
    ("question", "earlier", "quoted", "named"),
    [
        ("Hva tror hun er realistisk?", ["Hvem er Kari Gran?"], "", "Hva tror Kari Gran er realistisk?"),
        ("Hvem er enig med ham?", ["Hva mener Knutsen om det?"], "", "Hvem er enig med Knutsen?"),
        ("Hva sier han til det?", ["Hvem leder laget?"], "Laget ledes av Arild Moe.", "Hva sier Arild Moe til det?"),
        ("Kva seier ho?", ["Kven leier laget?"], "– Vi er klare, seier Moe.", "Kva seier Moe?"),
        ("Hva mener hun?", ["Hvem er uenige?"], "Nei, sier Per Dal. Jo, sier Kari Gran.", "Hva mener Kari Gran?"),
        ("Er her noe hun liker?", ["Hvem er Kari Gran?"], "", "Er her noe Kari Gran liker?"),
        ("Who agrees with her?", ["Who is Kari Gran?"], "", "Who agrees with Kari Gran?"),
        ("Why did they ask her to leave?", ["Who is Kari Gran?"], "", "Why did they ask Kari Gran to leave?"),
        ("What is her view on noise?", ["Who is Kari Gran?"], "", "What is Kari Gran's view on noise?"),
        ("What is his view on noise?", ["What does Knutsen say?"], "", "What is Knutsen's view on noise?"),
        ("Hva mener hun?", ["Hva er Kari Grans syn på støy?"], "", "Hva mener Kari Gran?"),
        ("Hva svarte han?", ["Hvem kritiserte Knutsen?"], "", "Hva svarte Knutsen?"),
        ("Hva mener han?", ["Hvem er Per Östlund?"], "", "Hva mener Per Östlund?"),
        ("Kva seier han?", ["Kven er Áslak Holmberg?"], "", "Kva seier Áslak Holmberg?"),
    ],
)
def test_a_pronoun_is_the_person_who_was_named(question: str, earlier: list[str], quoted: str, named: str) -> None:
    assert with_name(question, earlier, quoted) == named


@pytest.mark.parametrize(
    ("question", "earlier", "quoted"),
    [
        ("Hva er målet med den?", ["Hvem er Kari Gran?"], ""),  # no person
        ("Hva mener han?", ["Hvem er Kari Gran?"], ""),  # another gender
        ("Kven driv han?", ["Kva er Eikaklinikken?"], "Han er kalla opp etter Sverre Eika."),  # or the clinic
        ("Kor gammal er han?", ["Kven leier skulen?"], "Per Dal leier skulen."),  # or the school
        ("Kan eg få ho litt til?", ["Kor lenge kan eg ha symaskina?"], "Ho er i Ytste Moen."),  # a place
        ("Hva mener han?", ["Hvem er uenige?"], "Arild Moe og Per Lund er uenige."),  # which of them?
        ("Når åpner biblioteket her?", ["Hva mener Knutsen om støy?"], ""),  # "here"
        ("Kor mange bur her?", ["Kva seier Kari Gran?"], ""),
        ("Why did the teacher lose her job?", ["Who is Kari Gran?"], ""),  # the teacher's own
        ("Hva mener hun?", ["Hvem leder laget?"], "– Det blir dyrt, sier Per Dal."),  # another gender
        ("Hva sier hun til Knutsen?", ["Hvem er Kari Gran?"], ""),  # names somebody itself
    ],
)
def test_a_pronoun_stays_where_it_is_not_sure_who_is_meant(question: str, earlier: list[str], quoted: str) -> None:
    assert with_name(question, earlier, quoted) == question


def test_the_last_question_that_names_somebody_counts() -> None:
    assert with_name("Hva mener han?", ["Hvorfor det?", "Hvem er Per Dal?", "Hvem er Jon Lie?"], "") == (
        "Hva mener Per Dal?"
    )


@pytest.mark.parametrize(
    ("question", "before", "named"),
    [
        ("Hva mener de om støyen?", "Hvem leder Sandvika Seilforening?", "Hva mener Sandvika Seilforening om støyen?"),
        ("Kva vil dei ha i staden?", "Kva seier politiet om støyen?", "Kva vil politiet ha i staden?"),
        ("Hva sier de?", "Hva koster en tur i Øvre Sandvika?", None),  # a place
        ("Hva sier de?", "Hva mener Knutsen?", None),  # one person
        ("Hva sier de andre?", "Hva mener Venstre?", None),
        ("Når skjedde de?", "Hva sier politiet om ulykkene?", None),  # nobody's words
        ("Når ble den startet?", "Hva koster Eikaklinikken?", "Når ble Eikaklinikken startet?"),
        ("Hvorfor er den ikke god nok?", "Hva står det i planen?", "Hvorfor er planen ikke god nok?"),
        ("Hvor fort går den?", "Hvor mange tar MS «Lomvi»?", "Hvor fort går MS «Lomvi»?"),
        ("Kven driv han?", "Kva er Eikaklinikken?", "Kven driv Eikaklinikken?"),
        ("Kva kostar han?", "Kven leier skulen?", "Kva kostar skulen?"),
        ("Når vart ho innført?", "Kven har ansvaret for ordninga?", "Når vart ordninga innført?"),
        ("Kva seier han?", "Kven leier skulen?", None),
        ("Hva koster han?", "Hvem leder skolen?", None),
        ("Hvor fort går den gamle båten?", "Hvor mange tar MS «Lomvi»?", None),
        ("Hvem leder den?", "Går planen ut over foreningen?", None),  # which of them?
        ("Når kom den?", "Hva mener Knutsen?", None),
        ("Hva mener Venstre om det?", "Hva mener Høyre om fri ferge?", "Hva mener Venstre om fri ferge?"),
        ("Hva mener Venstre om det?", "Hvem betalte?", None),
    ],
)
def test_bodies_things_and_topics_are_put_in_where_only_one_can_be_meant(
    question: str, before: str, named: str | None
) -> None:
    assert with_name(question, [before], "") == (named or question)


def test_what_was_asked_about_before_another_subject_is_not_meant() -> None:
    topic, follow_up = "Hva mener Høyre om fri ferge?", "Hva mener Venstre om det?"
    assert with_name(follow_up, ["Hvorfor det?", topic], "") == "Hva mener Venstre om fri ferge?"
    assert with_name(follow_up, ["Hvor mange elever har skolen?", topic], "") == follow_up


@pytest.mark.parametrize(
    ("question", "whole"),
    [
        ("Har de fått flere medlemmer?", "Har Fjordens Venner fått flere medlemmer?"),
        ("Skal de lage noe nytt?", "Skal Fjordens Venner lage noe nytt?"),
        ("Hva vil de, da?", "Hva vil Fjordens Venner, da?"),
        ("Do they have members?", "Do Fjordens Venner have members?"),
        ("Tør de unge å bade?", None),
        ("Hva får de fleste?", None),
        ("Hva sier de andre?", None),
        ("Har de møtt Per Dal?", None),
    ],
)
def test_de_is_the_last_body_with_a_name_unless_it_is_an_article(question: str, whole: str | None) -> None:
    assert with_body(question, ["Hva gjør politiet?", "Hvor mange støtter Fjordens Venner?"]) == whole


def test_de_is_nobody_where_two_are_named() -> None:
    assert with_body("Har de penger?", ["Hva vil Fjordens Venner og Havnas Venner?"]) is None


@pytest.mark.parametrize(
    ("question", "previous", "whole"),
    [
        ("Hvor stor er den?", "Hvem betalte for Eikaklinikken i begynnelsen?", "Hvor stor er Eikaklinikken?"),
        ("Hvorfor er det så viktig?", "Hva mener Venstre om ettervern?", "Hvorfor er ettervern så viktig?"),
        ("Hvorfor er det så få?", "Når går ferja?", "Hvorfor er det så få?"),
    ],
)
def test_what_it_is_that_was_asked_about(question: str, previous: str, whole: str) -> None:
    assert with_name(question, [previous], "") == whole

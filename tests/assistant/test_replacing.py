import pytest

from assistant.replacing import replaced


@pytest.mark.parametrize(
    ("question", "previous", "whole"),
    [
        ("Og i fjor?", "Hvor mange båter sank i år?", "Hvor mange båter sank i fjor?"),
        ("og i 2012", "Hvor mange sank i 2015?", "Hvor mange sank i 2012?"),
        ("Og året før?", "Hva kostet det i 2015?", "Hva kostet det i 2014?"),
        ("Enn Haraset?", "Held Eidsberg fram med det, Lund?", "Held Eidsberg fram med det, Haraset?"),
        ("Hva med på Hamar, da?", "Hvor bor folk på Gjøvik nå?", "Hvor bor folk på Hamar nå?"),
        ("Og i Øvre Årdal?", "Når stenger badet i Nedre Lia i kveld?", "Når stenger badet i Øvre Årdal i kveld?"),
        ("Og i Indre Vik?", "Hvor lang var køen på Tangen i fjor?", "Hvor lang var køen i Indre Vik i fjor?"),
        ("Hva med politiet?", "Hva sier Kari Gran om støyen?", "Hva sier politiet om støyen?"),
        ("Og Jon Lie?", "Hva mener Per Dal om Norges Seilforbund?", "Hva mener Jon Lie om Norges Seilforbund?"),
        ("Og forskaren?", "Kva vil Kari Gran ha i staden?", "Kva vil forskaren ha i staden?"),
        ("Hva med sterkere øl?", "Hva mener Norges Bryggeri om pils?", "Hva mener Norges Bryggeri om sterkere øl?"),
        ("Og i hele landet?", "Hvor mange har dødd der?", "Hvor mange har dødd i hele landet?"),
        ("Og året etter?", "Hvor mange døde i 2015?", "Hvor mange døde i 2016?"),
        ("Og i dag?", "Hva skjedde i går kveld?", "Hva skjedde i dag?"),
        ("Og i helga?", "Når er det åpent i uka?", "Når er det åpent i helga?"),
        ("Og i går?", "Kva skjer no?", "Kva skjer i går?"),
        ("Og på badet i går?", "Hva skjedde på skolen?", "Hva skjedde på badet i går?"),
        ("And yesterday?", "Is there no ferry today?", "Is there no ferry yesterday?"),
        ("Og Høyre?", "Hva er Knutsens syn på støy i Oslo?", "Hva er Høyres syn på støy i Oslo?"),
        ("Og Venstre?", "Hvem støtter Høyre i Oslo?", "Hvem støtter Venstre i Oslo?"),
        ("Og i Ål?", "Hvor mange bor på Østre Áhkká?", "Hvor mange bor i Ål?"),
        ("Hva med badet?", "Er den trygg?", "Er badet trygg?"),
        ("Og badet?", "Hva gjør kommunen med det?", "Hva gjør kommunen med badet?"),
        ("What about the pool?", "What happened with it?", "What happened with the pool?"),
        ("What about in Oslo?", "How many people live in Bergen?", "How many people live in Oslo?"),
    ],
)
def test_what_is_named_takes_its_place(question: str, previous: str, whole: str) -> None:
    assert replaced(question, previous) == whole


@pytest.mark.parametrize(
    ("question", "previous"),
    [
        ("Og hvem stemte imot?", "Hva ble vedtatt i 2015?"),
        ("Hvorfor det?", "Hva ble vedtatt i 2015?"),
        ("Og er det sant?", "Hva mener Venstre?"),
        ("Og trenger jeg time?", "Hva sier de om badet?"),
        ("Men støtter politiet det?", "Hva mener Kari Gran om skatt?"),
        ("And should Oslo pay?", "What does Bergen say about tax?"),
        ("Og i 2012?", "Hvem leder partiet?"),
        ("Og trafikken?", "Hvor mange døde av rus?"),
        ("Og heroin?", "Hva mener Venstre om det?"),
        ("Hva med badet?", "Hva koster den nye planen?"),
        ("Hva med badet?", "Når er det åpent?"),
        ("Og politiet?", "Hvor mange jobber på Sykehuset Innlandet?"),
        ("Venstre?", "Hva mener Høyre?"),
        ("Og i dag?", "Hvor mange år varer ordningen?"),
        ("Og i fjor?", "Hva koster det per år?"),
        ("Og i dag?", "Hvor mange timer i uka er det åpent?"),
        ("Og i fjor?", "Kor mange gonger i året går ferja?"),
        ("And today?", "Why is there no ferry?"),
        ("", ""),
    ],
)
def test_what_is_not_seen_from_the_words_is_left(question: str, previous: str) -> None:
    assert replaced(question, previous) is None

"""What Norwegian (Bokmål, Nynorsk) and a little English say with when they tell who says something; the one place."""

import re
import unicodedata
from functools import cache, lru_cache


def _words(*lines: str) -> frozenset[str]:
    return frozenset(word for line in lines for word in line.split())


SAYING = _words(
    "sier seier sa mener meiner mente meinte hevder hevdar hevdet hevda forteller fortel fortalte fortalde skriver",
    "skriv skrev forklarer forklarar forklarte påpeker påpeikar påpekte påpeikte svarer svarar svarte svara fastslår",
    "fastslo understreker understrekar understreket tilføyer legger legg uttaler uttalar uttalte opplyser opplyste",
    "melder melde meldte varsler varslar varslet varsla advarer åtvarar advarte åtvara avviser avviste bekrefter",
    "stadfestar bekreftet innrømmer innrømmar innrømmet medgir vedgår erkjenner erkjente konstaterer konkluderer",
    "konkluderar slår peker peikar pekte peikte viser viste synes synest syns syntes syntest tror trur trudde trodde",
    "frykter fryktar fryktet fryktar håper håpar vonar krever krev krevde foreslår foreslår foreslo foreslo ber bad",
    "bedt",
    "anslår anslo kaller kallar kalte kalla beskriver skildrar oppsummerer oppsummerte lover lovar lovte lovet spør",
    "spurte spurde beklager beklagar oppfordrer oppmodar kritiserer kritiserte tilbakeviser begrunner begrunnet",
    "grunngir",
    "grunngav insisterer presiserer betviler reagerer minner minnar etterlyser argumenterer argumenterte råder",
    "anbefaler",
    "tilrår skildra protesterer medga antyder antydet ønsker ønskjer ønsket ønskte støtter støttar støttet går",
    "skylder skuldar tilrådde anbefalte peika tilbakeviste utdyper utdjupar tviler tvilar hevda regner reknar",
    "vurderer vurderar",
    "savner saknar",
    "says said argues argued believes believed thinks claims claimed warns warned adds added explains explained",
    "writes wrote tells told insists states stated suggests suggested demands fears hopes replies replied",
)
"""Finite forms. Some also mean other things ("viser", "går", "ser"): see ``NEEDS``."""

NEEDS: dict[str, str] = {
    "skylder": r"(?:\w+ )?på\b",
    "skuldar": r"(?:\w+ )?på\b",
    "viser": r"(?:\w+ )?(?:til|bort)\b",
    "viste": r"til\b",
    "går": r"(?:\w+ )?(?:imot|inn for|mot|sterkt imot)\b",
    "slår": r"fast\b",
    "legger": r"(?:\w+ )?til\b",
    "legg": r"(?:\w+ )?til\b",
    "peker": r"(?:\w+ )?på\b",
    "peikar": r"(?:\w+ )?på\b",
    "pekte": r"(?:\w+ )?på\b",
    "peikte": r"(?:\w+ )?på\b",
    "regner": r"(?:\w+ )?med\b",
    "reknar": r"(?:\w+ )?med\b",
    "minner": r"(?:\w+ )?(?:om|på)\b",
    "minnar": r"(?:\w+ )?(?:om|på)\b",
    "reagerer": r"(?:\w+ )?på\b",
    "vurderer": r"(?:\w+ )?(?:det|at|å)\b",
    "peika": r"(?:\w+ )?på\b",
    "melde": r"at\b",
    "melder": r"(?:\w+ )?(?:at|om|fra|frå)\b",
    "meldte": r"(?:\w+ )?(?:at|om|fra|frå)\b",
    "skriv": r"(?:\w+ )?(?:at|i|[:«])",
    "skriver": r".",
    "beskriver": r".",
}
"""Verbs that tell of speech only before these words (a pattern)."""

LATE = SAYING | _words(
    "ler smiler sukker sukkar roper ropar skryter skryt fortsetter held undrer undrar repliserer avslutter avsluttar",
    "humrer istemmer nikker gliser hvisker kviskrar jubler jublar fnyser erklærer lo smilte ropte laughs asks",
)
"""Verbs that tell of speech after it: "…, ler Sunde"."""

STANCE = (
    r"er (?:\w+ ){0,2}?(?:redd|enig|einig|samd|uenig|ueinig|usamd|usikker|skeptisk|kritisk|imot|positiv|negativ"
    r"|bekymret"
    r"|uroa|uroleg|overbevist|sikker på|klar på|klar over|for\b(?! )|misfornøyd|misnøgd|krystallklar|opptatt av"
    r"|oppteken av"
    r"|åpen for|open for|mot forslaget|for forslaget|i tvil)\b"
    r"|kjenner seg (?:\w+ ){0,2}igjen|kjenner seg ikke igjen|kjenner seg heller ikke igjen|har (?:\w+ )?tro på"
    r"|skulle (?:\w+ )?ønske|skulle (?:\w+ )?gjerne|ser (?:ikke|ikkje|ingen|behovet|heller)|tar til orde for"
    r"|tek til orde for"
    r"|(?:gjør|gjer|gjorde|fremmer|fremmar|fremmet|fremma|(?:la|legger|legg|sette|satte) fram) (?:\w+ )?"
    r"(?:framlegg|forslag) om"
    r"|vil (?:\w+ ){0,2}?(?:at|ha|heller|gjerne)\b|holder fast ved|held fast ved|setter spørsmålstegn"
)
"""Attitudes that a text reports of a person or a body: "Hoff er redd for …"."""

WISH = r"(?:vil|ville|hadde helst|skulle helst)\b"
"""Tells of an attitude where a person is the subject; of a body it may be plain fact ("Kommunen vil betale ut …")."""

PERFECT = _words(
    "sagt ment meint hevdet hevda fortalt foreslått bedt varslet varsla advart åtvara påpekt påpeikt",
    "forklart krevd krevet lovet lova understreket begrunnet grunngitt uttrykt beskrevet kalt kalla meldt",
    "argumentert",
    "opplyst anslått avvist bekreftet stadfesta innrømmet vedgått konkludert fryktet",
)
"""After "har": participles."""

PRONOUNS_ONE = {"han": "m", "hun": "f", "ho": "f", "hen": "", "he": "m", "she": "f", "vedkommende": ""}
"""Pronouns of one person, with the grammatical gender ("" is any)."""
PRONOUNS_MANY = _words("de dei begge they")
FIRST_PERSON = _words("jeg eg vi me we")
"""The writer, or who is speaking already."""
NOBODY = _words(
    "det dette den man ein en ei et eit du hva kva hvem kven som der her slik it this that at når da då om hvis dersom",
    "flest færre",
)
"""Never tells who speaks when alone."""
INDEFINITE = _words(
    "mange noen nokon nokre flere fleire alle enkelte somme andre ingen folk some many others several",
)
"""A third party without a name."""

HUMAN = (
    r"(?:\w*(?:leder|lederen|leiar|leiaren|sjef|sjefen|fører|føreren|førar|føraren|direktør|direktøren|minister"
    r"|ministeren"
    r"|forsker|forskeren|forskar|forskaren|lege|legen|lærer|læreren|lærar|læraren|rektor|rektoren|professor|professoren"
    r"|advokat|advokaten|rådgiver|rådgiveren|rådgjevar|rådgjevaren|betjent|betjenten|mann|mannen|kvinne|kvinnen|kvinna"
    r"|ansvarlig|ansvarlege|koordinator|koordinatoren|sekretær|sekretæren|talsperson|talsmann|representant"
    r"|representanten"
    r"|inspektør|inspektøren|konsulent|økonom|økonomen|ingeniør|ingeniøren|arkitekt|arkitekten|student|studenten|elev"
    r"|eleven|bonde|bonden|fisker|fiskeren|fiskar|fiskaren|skipper|skipperen|kasserer|kassereren|kasserar|prest|presten"
    r"|journalist|journalisten|redaktør|redaktøren|politiker|politikeren|politikar|politikaren|tillitsvalgt"
    r"|tillitsvalgte"
    r"|tillitsvald|eier|eieren|eigar|eigaren|veterinær|veterinæren|pleier|pleieren|pleiar|pleiaren|statsråd|statsråden"
    r"|president|presidenten|analytiker|analytikeren|byråd|byråden|kandidat|kandidaten|mester|mesteren|meister|trener"
    r"|treneren|trenar|jurist|juristen|meteorolog|geolog|historiker|historikeren|biolog|psykolog|psykologen|gründer"
    r"|gründeren|medlem|medlemmet|medlemet|lensmann|sokneprest|arbeider|arbeideren|arbeidar|arbeidaren|kokk|kokken"
    r"|agronom"
    r"|general|løytnant|kontakt|kontakten|oberst|amanuensis|stipendiat|åring|åringen|far|faren|mor|moren|mora"
    r"|bestemor|bestefar|pensjonist"
    r"|pensjonisten|innbygger|innbyggeren|innbyggjar|vert|verten|gjest|drosjeeier|handler|handleren|forfatter"
    r"|forfatteren"
    r"|forfattar|forfattaren|dommer|dommeren|ombud|ombudet|rådmann|rådmannen|forelder|talsmannen|talspersonen|kjøpmann"
    r"|stasjonssjef|seer|giver|driver|driveren|sjåfør|sjåføren|styrer|styreren|styrar|styraren|librarian|manager|mayor"
    r"|officer|leader|spokesperson|minister|researcher))"
)
"""Nouns of people and their offices, indefinite and definite."""
ADJECTIVES = _words(
    "tidligere tidlegare daglig dagleg assisterende assisterande fungerende fungerande avtroppende påtroppende",
    "pensjonert",
    "lokal faglig fagleg politisk administrerende administrerande politisk nestledende head former",
)
"""Stand before an office: "tidligere ordfører"."""
THINGS = (
    r"\w*(?:lov|loven|lova|tall|tallene|tala|statistikken|undersøkelsen|undersøkinga|undersøking|undersøkelse|rapporten"
    r"|rapport|evaluering|evalueringen|evalueringa|forskningen|forskinga|studien|studie|planen|avtalen|forskriften"
    r"|forskrifta|setningen|teksten|erfaringen|erfaringene|erfaringane|målingene|målingane|resultatene|resultata"
    r"|figuren"
    r"|tabellen|budsjettet|forslaget|saken|saka|vedtaket|opptaket|skiltet|protokollen|tiden|tida|dagen|historien|kartet"
    r"|beregningen|beregningene|prognosen|prognosene|analysen|navnet|namnet|retningslinjene|avgjørelsen|dommen"
    r"|manglene|utgreiinga|utredningen|meldingen|meldinga|boka|artikkelen|evalueringa"
    r"|prosjektet|ordningen|ordninga|tiltaket|reformen|utviklingen|utviklinga|ordlyden|grunnen|årsaken|året|delen"
    r"|gangen|kapittel|kapitlet|vedlegget|avsnittet|appen|systemet|skjemaet)"
)
"""What is said to "say" something and is no speaker."""

BODIES = (
    r"\w*(?:kommunen|politiet|regjeringen|regjeringa|staten|foreningen|foreininga|partiet|forbundet|laget|rådet"
    r"|utvalget"
    r"|utvalet|tilsynet|etaten|direktoratet|departementet|retten|komiteen|nemnda|styret|fylket|sykehuset|sjukehuset"
    r"|skolen"
    r"|skulen|banken|avisen|avisa|bedriften|bedrifta|ledelsen|leiinga|stiftelsen|stiftinga|organisasjonen|vesenet"
    r"|verket"
    r"|fakultetet|universitetet|instituttet|gruppen|gruppa|flertallet|fleirtalet|mindretallet|mindretalet|kirken|kyrkja"
    r"|klubben|selskapet|formannskapet|kommunestyret|bystyret|bransjen|familien|opposisjonen|administrasjonen"
    r"|menigheten"
    r"|legevakta|legevakten|barnehagen|byrådet|stortinget|storting|fagforeningen|lista|listen|kjeden|aksjonen"
    r"|nettverket)"
)
"""Bodies in the definite singular."""

INTERVIEWERS = _words("journalist journalisten intervjuer intervjuar spørsmål spm intervjueren intervjuaren q")
"""Labels of the one who asks."""

FINITE = _words(
    "er var har hadde blir ble blei vart vert kan kunne skal skulle vil ville må måtte bør burde får fikk fekk",
    "kommer kjem",
    "kom gjør gjer gjorde tar tek tok gir gjev ga gav står ligger ligg ser så finnes finst går gikk gjekk is was are",
    "has had",
    "holder held hadde bruker bruker brukar sto stod lå vet veit trenger treng skriver koster kostar jobber arbeider",
    "dør",
    "handler handlar betyr tyder øker aukar stiger synker vokser veks satt sit sitter starter startet begynte begynner",
)
"""The commonest finite verbs: a stretch with one of them is no bare subject."""
SUBORDINATORS = _words(
    "at der hvor kor enn som fordi når hvis dersom om mens medan siden sidan etter da då før til because when if that"
)

_WOMEN = (
    "anne inger kari marit ingrid liv eva berit astrid bjørg hilde anna solveig marianne randi ida nina bente "
    "elisabeth "
    "silje kristin mari heidi maria hanne tone turid ellen camilla mona gerd linda helene wenche grete siri trine "
    "anita "
    "gunn hege kirsten torunn line stine ragnhild unni laila janne monica julie sara sarah thea emma nora sofie "
    "ingunn else "
    "ruth synnøve vigdis guro gro mette lise lene linn malin mariann tiril sunniva nadia amalie aud eldbjørg gry hedda "
    "ingeborg jorunn karin kirsti lillian lisbeth oddny petra rita sidsel signe sissel solfrid tove trude tuva una "
    "vilde "
    "åse åshild ine synne gjertrud marta helga amira inga eli ylva tonje vibeke rigmor rannveig dagny borghild brit "
    "britt bodil mia maja frida oda amanda hanna johanne karoline live martine marte ane ada selma ella iselin"
)
_MEN = (
    "jan per bjørn ole lars kjell knut arne svein thomas hans geir tor morten terje odd erik martin andreas john "
    "anders "
    "rune trond tore daniel jon marius magnus stian espen petter tom olav harald frode håkon alexander roger øyvind "
    "øystein henrik fredrik johan kristian jonas sindre sigurd leif nils helge rolf einar jens steinar pål paul arild "
    "asbjørn kåre stein sverre vidar torbjørn ivar gunnar egil eirik kenneth roy sondre simen ottar roar jonny truls "
    "ali "
    "aslak edvin eskil dag idar jakob johannes karl kristoffer lasse mathias mikkel oskar peder ronny sebastian svend "
    "tobias torstein ulrik viktor yngve åge aksel arvid birger elias emil even finn fredrik gaute hallvard halvor inge "
    "iver jarle jørgen kai ketil leo lukas magne mads mohammed odin oliver olaf otto ragnar reidar robert rolv samuel "
    "sigbjørn steffen tormod torgeir tarjei trygve vegard vegar villy william ørjan svein-rune ansgar hauk ronald"
)


@cache
def given_names() -> dict[str, str]:
    """Common given names in lower case -> "f" or "m"; tells who "hun" is, and names from words ("Per", "Line")."""
    return {**dict.fromkeys(_WOMEN.split(), "f"), **dict.fromkeys(_MEN.split(), "m")}


@lru_cache(maxsize=4096)
def gender_of(given: str) -> str | None:
    """The gender of a common given name, as ``given_names`` has it; None of any other word.

    >>> gender_of("Kari"), gender_of("Áslak"), gender_of("Sandvika")
    ('f', 'm', None)
    """
    bare = re.sub("[\u0300\u0301]", "", unicodedata.normalize("NFD", given.lower()))  # no accent
    return given_names().get(unicodedata.normalize("NFC", bare))

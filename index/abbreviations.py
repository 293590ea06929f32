"""Words that decide whether a full stop ends a sentence: Norwegian (both written standards) and English.

Keys are case-folded, without white space and without the last full stop: ``f. eks.`` is ``f.eks``.
"""

from enum import StrEnum


class Ending(StrEnum):
    """What a full stop after an abbreviation may mean."""

    NEVER = "never"
    """Something always follows ("nr. 3", "dr. Lie"): no sentence ends here."""
    RARELY = "rarely"
    """Ends a sentence only before a word that plainly begins one ("§ 3 ff. Det …", but "§ 3 ff. Plan- og …")."""
    OFTEN = "often"
    """Ends a sentence before any capital, but not before a number ("12. okt. 2016", "kr. 500")."""
    MOSTLY = "mostly"
    """Closes an enumeration ("osv."): a capital or a number after it begins a new sentence."""


def _words(*lines: str) -> frozenset[str]:
    return frozenset(word for line in lines for word in line.split())


def _table(*groups: tuple[Ending, str]) -> dict[str, Ending]:
    return {key: ending for ending, keys in groups for key in keys.split()}


ABBREVIATIONS = _table(
    (
        Ending.NEVER,
        # What introduces something: examples, references, grounds.
        "bl.a bl f.eks feks t.d m.a jf jfr jmf cf sml d.v.s dvs i.e e.g viz nml pga p.g.a iht i.h.t mht m.h.t "
        "ift i.f.t mtp m.t.p ifm i.f.m vha v.h.a f.o.m t.o.m inkl ekskl eksl hhv h.h.v evt ang vedr ca m.o.t approx vs "
        "iflg mao m.a.o resp pba p.b.a mhp m.h.p div opprinn tilsv nemnl "
        # Numbers, places in a text and references to law follow these.
        "nr nos kl kap pkt pgf st.meld st.prp ot.prp meld st prop innst dok rundskr rt fig vol bd jnr gnr bnr "
        "postb pb isbn lnr art.nr org.nr sak.nr "
        # Titles before a name, and names that are cut short.
        "dr prof cand stud adm hr siv adv kand mr mrs ms messrs capt lt sgt cpl chr th joh wm",
    ),
    (
        Ending.RARELY,
        "s ss f ff pp avsn dir kons avd jr sr gt vn vg pl inc ltd co corp bros et.al al dept univ assn ed eds red "
        "overs utg adr frk fru fr d.y d.e p.t n.n em vedk tidl nåv såk s.k repr forf ass konst amanuensis aml asl "
        "avl hol ufl flg col gov kapt maj ref orig",
    ),
    (
        Ending.OFTEN,
        # Units and months, and what is also a word of its own ("no", "min", "man", "art").
        "kr pst prc tlf tel eks mill mrd bill tus mnd md mndr stk dl cl ml kg gr km cm kvm daa min sek t mva moms no "
        "art tab maks jan feb febr apr jun jul aug sep sept okt nov des dec oct man tir tirs ons tor tors fre lør "
        "laur søn sun f.kr e.kr a.m p.m pr.å d.m d.å s.å s.m ekv dep bet innv partil medl nestl uavh gj.sn",
    ),
    (
        Ending.MOSTLY,
        "osv o.s.v osb o.s.b mv m.v m.m mm o.l ol o.a e.l el.l el.a o.lign lign o.fl m.fl mfl o.m.a u.a etc "
        "i.l s.d ibid o.dyl",
    ),
)

# A capital letter and a full stop are an initial ("J. Bangum") unless one of these is before ("plan B. Kommunen …").
LETTERED = _words(
    "alternativ bilag bokstav del fase figur forslag gruppe hepatitt kategori klasse kolonne linje litra modell",
    "nivå pkt plan post punkt rad sone strekpunkt tabell type variant vedlegg vitamin punktet gruppa gruppen option",
    "group class appendix annex part section",
)

# After these a number counts rather than orders: "klokka 8. 13 elever møtte" is two sentences, "8. 13. og 14. mai" not.
COUNTED = _words(
    "klokka klokken kl side s kapittel kap nummer nr punkt pkt paragraf § artikkel art vedlegg tabell figur er var",
    "ble blei vart fylte fylt til page chapter section article at was is by over under minst rundt cirka ca omtrent",
)

MONTHS = _words(
    "januar februar mars april mai juni juli august september oktober november desember jan feb mar apr jun jul aug",
    "sep sept okt nov des",
)

# Words that begin sentences and hardly ever a name: they tell "plan B. Det …" from "J. B. Hansen".
STARTERS = _words(
    "jeg eg du han hun ho den det de dei vi me man en ein ei et eit ett denne dette disse desse mange noen nokon",
    "nokre noe noko ingen alle all alt begge både flere fleire få hver kvar annen andre vår våre min mitt mine hans",
    "hennes hennar deres deira sånn slik slike og men eller for fordi så da då når nå no om hvis dersom mens medan",
    "etter før fra frå i på av til med uten utan under over ved hos mellom mot gjennom siden sidan ettersom selv",
    "sjølv også òg hva kva hvem kven hvor kor hvordan korleis hvorfor kvifor hvilke hvilken hvert kvart her der",
    "dermed derfor difor likevel imidlertid dessuten samtidig videre vidare deretter dessverre heldigvis kanskje",
    "bare berre ikke ikkje aldri alltid ofte snart ja nei jo altså som ifølge blant mest først fyrst ellers elles",
    "tidligere tidlegare the this that these those there it its he she we they you a an and but or if when while",
    "because however although in on at by from with without after before since as not yes our their his what who",
    "why how where which some many most each every both such then thus hence therefore",
)

# After the last comma these make "…, mener Knutsen:" the end of a speech, not the announcement of one.
SAYING = _words(
    "sier seier sa mener meiner mente hevder hevdar hevda hevdet forteller fortel fortalte forklarer forklarar",
    "påpeker påpeikar svarer svarar svarte spør spurte legger legg la fortsetter held utdyper utdjupar skriver",
    "skriv skrev fastslår slår konkluderer konkluderar understreker understrekar tilføyer roper ropar advarer",
    "åtvarar medgir vedgår innrømmer innrømmar tror trur says said asks asked adds added explains explained",
)

# A number after one of these at the start of a sentence labels what follows: "§ 12. Kommunen skal …".
LABELS = _words(
    "§ §§ kapittel kap artikkel art punkt pkt sak del vedlegg tabell tab figur fig nr spørsmål trinn steg krav",
    "tiltak mål vedtak ad pos post question table figure chapter section article step item",
)

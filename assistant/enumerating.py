"""Does a question want every source looked at? "Hva mener de ulike om straff?", "Sammenlign …", "Finn alle …".

What it is about, the topic, is what is left when the words that ask for all are taken out.
"""

import re
from dataclasses import dataclass

_SAYS = (
    r"(?:mener|sier|skriver|synes|tenker|foreslår|meiner|seier|skriv|synest|tenkjer|føreslår|vil|omtaler|omtalar|"
    r"forteller|fortel|ser på)"
)
_ALL = (
    r"(?:(?:de|dei)(?: (?:ulike|forskjellige))(?: \w+(?:ene|ne|a|er|ane))?|"
    r"(?:alle |hver av |kvar av )(?:de ulike |dei ulike )?"
    r"(?:kildene|kilder|kjeldene|dokumentene|dokumenta|dem|dei|partiene|partia|tekstene|rapportene)|"
    r"(?:kildene|kjeldene|dokumentene|dokumenta|partiene|partia|the sources|the documents|the parties)|"
    r"(?:the )?(?:different|various) (?:sources|documents|parties)|(?:each|all) of (?:the )?(?:sources|documents|them)|"
    r"(?:all|each|every) (?:the )?(?:sources?|documents?))"
)
_THEY = rf"(?:{_ALL}|de|dei|hver av dem|kvar av dei|they)"
_ABOUT = r"(?:om|til|av|på|for|about|on|of)"
_FORMS = (
    # "Sammenlign kildene: …", "Hvilke tiltak foreslår de ulike kildene?"
    r"^(?:sammenlign|samanlikn|compare)(?: kildene| kjeldene| the sources):",
    rf"^(?:hvilke|hvilken|kva|kva for|what|which)(?= \w+ (?:{_SAYS}|har) {_ALL}$)",
    # "Hva har de ulike kildene å si om …", "Hvem sier hva om …"
    rf"^(?:hva|kva|what) (?:har|have|do) {_ALL}(?: å si| å seie| sagt| skrevet| skrive| have to say| to say) {_ABOUT}",
    rf"^(?:hvem|kven|who) (?:{_SAYS}|says|thinks) (?:hva|kva|what) {_ABOUT}",
    # "Er kildene enige om …", "Hva er de ulike uenige om når det gjelder …"
    rf"^(?:(?:hva|kva|hvor|kor|what|where) )?(?:er|are) {_ALL} (?:u?enige|u?einige|samde|usamde|in agreement|divided)"
    r"(?: om| on| about)?(?: når det gjelder| når det gjeld)?",
    rf"^(?:(?:what|where) )?do {_ALL} (?:dis)?agree(?: {_ABOUT})?",
    # "Lag en oversikt over hva kildene sier om …"
    r"^(?:kan du |can you )?(?:gi|gje|lag|lage|sett opp|give|make)(?: meg| me)? (?:en |ei |ein |eit |et |an? )?"
    r"(?:oversikt|oversyn|tabell|liste|sammenligning|samanlikning|overview|table|list|comparison) (?:over|av|of)"
    rf"(?: alle| alt| all)?(?: (?:hva|kva|what) {_THEY} (?:{_SAYS}|say)(?: {_ABOUT})?)?",
    # "Sammenlign hva kildene sier om …", "Compare the views on …"
    r"^(?:kan du |can you )?(?:sammenlign|sammenlikn|samanlikn|sammenligne|sammenlikne|samanlikne|compare)\b"
    rf"(?: (?:hva|kva|hvordan|korleis|what|how) {_THEY}(?: {_SAYS}| say| think| write)?(?: {_ABOUT})?"
    rf"| (?:kildenes |partienes |the )?(?:syn|synet|synene|holdning|holdningen|haldninga|views?|positions?) {_ABOUT})?",
    # "Finn alle steder der …", "List opp alle …"
    r"^(?:kan du |can you )?(?:finn|finne|list opp|liste opp|vis|vis meg|find|list|show me)(?: meg)? "
    r"(?:alle|alt|samtlige|everything|every|all)\b(?: (?:steder|stader|places?|plasser) (?:der|hvor|where))?"
    rf"(?: (?:som )?(?:står|er sagt|sies|blir sagt|{_ALL} (?:{_SAYS}|say)))?(?: that is said)?(?: (?:om|about))?",
    # "Hva mener de ulike om …", "What do the different sources say about …"
    rf"^(?:hva|kva|hvordan|korleis|what|how) (?:{_SAYS}|do|does) {_ALL}(?: say| think| write)?(?: {_ABOUT})?",
    # "Hvilke kilder nevner …", "Hvem av kildene …"
    r"^(?:hvilke|hvem|kva|which|kva for) (?:av )?"
    r"(?:kilder|kildene|kjelder|kjeldene|dokumenter|dokumentene|dokumenta?|sources|documents)"
    r" (?:nevner|omtaler|sier noe om|tar opp|skriver om|mener noe om|nemner|omtalar|seier noko om|mention|discuss)",
    # "Hvilke tall finnes på …", "Which numbers are there?"
    r"^(?:hvilke|kva for|kva|what|which) (?=\w+ (?:finnes|finst|fins|er nevnt|nevnes|are there)\b)",
)  # fmt: skip
_TAILS = (
    rf" (?:{_SAYS}|har) {_ALL}$",
    r",? (?:og|and) (?:hva|kva|what) (?:sier|seier|mener|vil|do|meiner) (?:de|dei|they)(?: say)?$",
    r",? (?:og|and) (?:hva|kva|what) (?:de|dei|they) (?:sier|seier|mener|meiner|vil|want|say)$",
    r",? (?:og|and) (?:hva|kva) (?:står|sies|blir sagt)(?: det)? om (?:dem|det|dei|desse)$",
    r" (?:i|fra|hos|in|across) (?:alle |de ulike |dei ulike |all )?"
    r"(?:kildene|kjeldene|dokumentene|dokumenta|the sources|the documents)$",
    r" (?:som )?(?:finnes|finst|fins|står|nevnes|er nevnt)(?: (?:på|om|for) (?:dette|det))?$",
)  # fmt: skip

_BACK_ALONE = re.compile(
    r"^(?:kan du |can you )?(?:sammenlign|sammenlikn|samanlikn|sammenligne|sammenlikne|samanlikne|compare)"
    r"(?: (?:dem|dei|de|disse|desse|dette|det|svarene|svara|kildene|kjeldene|dokumentene|dokumenta|partiene|partia|"
    r"them|these|this|the sources|the documents))?(?: på dette| om dette| på det| om det| on this| on that)?"
    r"(?: med hverandre| med kvarandre| with each other)?\W*$",
    re.IGNORECASE,
)
"""Nothing but that: "Sammenlign dem", "Kan du sammenligne kildene?"."""
_BACK = re.compile(r"\b(?:dette|(?<!finnes )(?<!finst )(?<!fins )det|this|it|that)\W*$", re.IGNORECASE)
"""What it is about was said before: "Hvilke tall finnes på dette?"."""
_POINTER = re.compile(rf"(?:^|(?: {_ABOUT})? )(?:dette|det|this|it|that)$", re.IGNORECASE)
_THERE_ARE = re.compile(r"^(\w+) (?:(?:finnes|finst|fins)(?: det)?|er nevnt|nevnes|are there)\b", re.IGNORECASE)


_SOURCES = r"(?:kildene|kilder|kjeldene|kjelder|dokumentene|dokumenta|partiene|partia)"
_OTHERS = re.compile(
    r"^(?:og |men |and |but )?(?:(?:(?:hva|kva) (?:sier|seier|mener|meiner|synes|synest|tenker|tenkjer|skriver)"
    rf"|hvordan ser|korleis ser) (?:(?:alle )?(?:de|dei) )?(?:andre|øvrige)(?: {_SOURCES})?"
    rf"|(?:hva|kva) med (?:de|dei) (?:andre|øvrige) {_SOURCES})"
    r"(?: på (?:det|dette|saken|saka))?(?: (?:om|til|av) (?P<topic>[^?!.]+?))?(?: da| då)?\W*$"
    r"|^(?:and |but )?what (?:do (?:the )?other(?:s| sources| documents)|about the other (?:sources|documents))"
    r"(?: say| think| want)?(?: (?:about|on|of) (?P<about>[^?!.]+?))?\W*$",
    re.IGNORECASE,
)
"""What those say that have not had their say; "Hva med de andre?" may be about anybody."""


@dataclass(frozen=True, slots=True)
class Enumeration:
    """What an enumerating question is about."""

    topic: str
    """In its own words; empty where it only points back."""
    points_back: bool
    """Whether it is about what was asked before."""
    others: bool = False
    """Whether only those are asked that have not had their say: "Hva sier de andre?"."""


def enumeration_of(question: str) -> Enumeration | None:
    """What an enumerating question is about; None if the question asks for no more than an answer.

    >>> enumeration_of("Sammenlign dem!"), enumeration_of("Hvilke tall finnes på dette?")
    (Enumeration(topic='', points_back=True, others=False), Enumeration(topic='tall', points_back=True, others=False))
    >>> enumeration_of("Hva sier de andre om ferja?")
    Enumeration(topic='ferja', points_back=False, others=True)
    """
    if others := _OTHERS.match(question.strip()):
        about = _POINTER.sub("", f" {others['topic'] or others['about'] or 'det'}").strip()
        return Enumeration(about, points_back=not about, others=True)
    if _BACK_ALONE.match(question.strip()):
        return Enumeration("", points_back=True)
    topic = topic_of(question)
    if topic is None or not _BACK.search(question):
        return Enumeration(topic, points_back=False) if topic else None
    return Enumeration(_POINTER.sub("", topic), points_back=True)


def topic_of(question: str) -> str | None:
    """What an enumerating question is about; None if the question asks for no more than an answer.

    >>> topic_of("Hva mener de ulike om straff?")
    'straff'
    >>> topic_of("Hva er straffen for besittelse?")
    """
    asked = " ".join(question.split()).rstrip("?!. ")
    for form in _FORMS:
        opening = re.match(form, asked, re.IGNORECASE)
        if opening and (not opening[0] or asked[opening.end() : opening.end() + 1] in ("", " ")):
            return _bare(asked[opening.end() :]) or None
        if opening and re.match(r"\w", asked[opening.end() :]) and opening[0].endswith(" "):
            return _bare(asked[opening.end() :]) or None
    return None


def _bare(topic: str) -> str:
    topic = _THERE_ARE.sub(r"\1", topic)
    for tail in _TAILS:
        topic = re.sub(tail, "", topic, flags=re.IGNORECASE)
    return topic.strip(" ,:")

"""Does a question want every source looked at? "Hva mener de ulike om straff?", "Sammenlign …", "Finn alle …".

What it is about, the topic, is what is left when the words that ask for all are taken out.
"""

import re

_SAYS = (
    r"(?:mener|sier|skriver|synes|tenker|foreslår|meiner|seier|skriv|synest|tenkjer|føreslår|vil|omtaler|omtalar|"
    r"forteller|fortel|ser på)"
)
_ALL = (
    r"(?:(?:de|dei)(?: (?:ulike|forskjellige))(?: \w+(?:ene|ne|a|er|ane))?|"
    r"(?:alle |hver av |kvar av )(?:de ulike |dei ulike )?"
    r"(?:kildene|kilder|kjeldene|dokumentene|dokumenta|dem|dei|partiene|partia|tekstene|rapportene)|"
    r"(?:kildene|kjeldene|dokumentene|dokumenta|the sources|the documents)|"
    r"(?:the )?(?:different|various) (?:sources|documents|parties)|(?:each|all) of (?:the )?(?:sources|documents|them)|"
    r"(?:all|each|every) (?:the )?(?:sources?|documents?))"
)
_THEY = rf"(?:{_ALL}|de|dei|hver av dem|kvar av dei|they)"
_ABOUT = r"(?:om|til|av|på|for|about|on|of)"
_FORMS = (
    # "Sammenlign kildene: …", "Hvilke tiltak foreslår de ulike kildene?"
    r"^(?:sammenlign|samanlikn|compare)(?: kildene| kjeldene| the sources):",
    rf"^(?:hvilke|hvilken|kva|kva for|what|which)(?= \w+ {_SAYS} {_ALL}$)",
    # "Sammenlign hva kildene sier om …", "Compare the views on …"
    r"^(?:kan du |can you )?(?:sammenlign|sammenlikn|samanlikn|sammenligne|sammenlikne|samanlikne|compare)\b"
    rf"(?: (?:hva|kva|hvordan|korleis|what|how) {_THEY}(?: {_SAYS}| say| think| write)?(?: {_ABOUT})?"
    rf"| (?:kildenes |partienes |the )?(?:syn|synet|synene|holdning|holdningen|haldninga|views?|positions?) {_ABOUT})?",
    # "Finn alle steder der …", "List opp alle …"
    r"^(?:kan du |can you )?(?:finn|finne|list opp|liste opp|vis|vis meg|find|list|show me)(?: meg)? "
    r"(?:alle|alt|samtlige|all|every|everything)(?: (?:steder|stader|places?|plasser) (?:der|hvor|where))?"
    r"(?: (?:som )?(?:står|er sagt|sies|blir sagt))?(?: that is said)?(?: (?:om|about))?",
    # "Hva mener de ulike om …", "What do the different sources say about …"
    rf"^(?:hva|kva|hvordan|korleis|what|how) (?:{_SAYS}|do|does) {_ALL}(?: say| think| write)?(?: {_ABOUT})?",
    # "Hvilke kilder nevner …", "Hvem av kildene …"
    r"^(?:hvilke|hvem|kva|which|kva for) (?:av )?"
    r"(?:kilder|kildene|kjelder|kjeldene|dokumenter|dokumentene|sources|documents)"
    r" (?:nevner|omtaler|sier noe om|tar opp|skriver om|mener noe om|nemner|omtalar|seier noko om|mention|discuss)",
    # "Hvilke tall finnes på …", "Which numbers are there?"
    r"^(?:hvilke|kva for|kva|what|which) (?=\w+ (?:finnes|finst|fins|er nevnt|nevnes|are there)\b)",
)  # fmt: skip
_TAILS = (
    rf" {_SAYS} {_ALL}$",
    r",? (?:og|and) (?:hva|kva|what) (?:sier|seier|mener|vil|do|meiner) (?:de|dei|they)(?: say)?$",
    r" (?:i|fra|hos|in|across) (?:alle |de ulike |dei ulike |all )?"
    r"(?:kildene|kjeldene|dokumentene|dokumenta|the sources|the documents)$",
    r" (?:som )?(?:finnes|finst|fins|står|nevnes|er nevnt)(?: (?:på|om|for) (?:dette|det))?$",
)  # fmt: skip

_THERE_ARE = re.compile(r"^(\w+) (?:finnes|finst|fins|er nevnt|nevnes|are there)\b", re.IGNORECASE)


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

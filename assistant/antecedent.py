"""Who or what a pronoun in a follow-up is, where that is plain: the one that the question before it names.

"Han" and "hun" are the person whom the questions before, or the last answer, name; "her" only in English, since in
Norwegian it is "here". In Nynorsk "han" and "ho" may be a thing as well, as "den". "De" is a body whose words are asked
for ("Hva mener de om det?"), "den" the one thing that the last question names, and "om det" what a question was about.
Any other "det" is left to the reader, which sees the question before.
"""

import re
from collections.abc import Iterable, Sequence

from assistant.asked_speaker import is_body, spoken_of
from index.documents.document import Language
from index.language import detect_language
from index.letters import CAPITALS
from index.speakers.words import BODIES, SAYING, gender_of

_WOMAN, _MAN = "hun ho henne she her", "han ham honom he him his"
_PRONOUN = re.compile(rf"\b(?:(?P<f>{_WOMAN.replace(' ', '|')})|(?P<m>{_MAN.replace(' ', '|')}))\b", re.IGNORECASE)
_OWNING = re.compile(
    r"(?:his|her(?! (?:an?|the|to|about|for|from|of|in|on|at|with|by|and|or|but|when|if|that|as|after|before|not|now|so"
    r"|too|again|well)\b))(?= \w)",
    re.IGNORECASE,
)
"""English "his", and "her" before what is hers: "her view", but not "ask her about it"."""
_CAPITALISED = rf"[{CAPITALS}][\w’'-]+"
_NAME = re.compile(rf"(?<!\w){_CAPITALISED}(?:\s+{_CAPITALISED})+")
_OTHER_NAME = re.compile(
    rf"(?<=\s)(?P<at>(?:i|på|in|at)\s+)?(?P<name>[«\"]?{_CAPITALISED}(?:\s+[«\"]?{_CAPITALISED})*[»\"]?)"
)
_BODY = re.compile(rf"(?<!\w){BODIES}(?!\w)", re.IGNORECASE)
_IT = re.compile(
    r"(?<=\w )(?P<it>den)(?! (?:som|der|gang|gong|første|siste|andre|eneste|einaste|samme|same)\b)"
    r"(?! (?!ikke\b|ikkje\b)\w+e \w)(?! \w+(?:en|a|ene|ane)\b)"
)
_DEFINITE = re.compile(
    r"(?<=\s)(?!hvordan|noen|hvilken|ingen|annen|egen|siden|igjen|mellom)(?!(?:begynn?els|start|slutt|period|tid|fremtid"
    r"|framtid|fortid|dag|kveld|helg|sommer|vinter)en\b)[a-zæøå]{3,}en(?!\w)"
)
"""Nouns that "den" may be; none that only tells when ("i begynnelsen")."""
_VERBS = "|".join(sorted(SAYING, key=len, reverse=True))
_FEMININE = re.compile(r"(?<=\s)[a-zæøå]{2,}inga(?!\w)|(?<=\b(?:om|på|av) )[a-zæøå]{4,}a(?!\w)")
"""Nouns that Nynorsk "ho" may be; "inga" by itself and infinitives are none."""
_NYNORSK_IT = re.compile(r"(?<=\w )(?P<it>han|ho)(?!\w)")
_SPEAKS = re.compile(rf"\b(?:{_VERBS}|vil|heiter) (?:han|ho)\b|\b(?:han|ho) (?:{_VERBS}|vil|heiter)\b", re.IGNORECASE)
"""Then "han" and "ho" are somebody, who in Nynorsk may be something as well: "Kva kostar ho?"."""
_THEY = re.compile(
    rf"(?<=\w )(?:{_VERBS}|vil|gjør|gjer|gjorde|want|say|think) (?P<it>de|dei|they)"
    r"(?= (?:om|for|i|med|på|til|mot|at|å|ha|about|on|for|to)\b|\s*[?!.]*$)"
)
_THEM = re.compile(r"\b(?P<before>\w+) (?P<it>de|dei|they)\b(?: (?P<next>\w+))?", re.IGNORECASE)
_MODAL = frozenset("kan kunne skal skulle vil ville må måtte bør burde".split())  # noqa: SIM905
_NOT_ARTICLE = frozenset("ikke noe mye mange flere fleire mere ofte både være vere også inne ute hjemme".split())  # noqa: SIM905
_ARTICLE = frozenset("som to tre fire ti andre første siste samme same".split())  # noqa: SIM905
_ABOUT_IT = re.compile(
    r"\b(?:om|about) (?P<it>det|dette|it|this)(?=\s*[?!.]*$)"
    r"|\b(?:er|var|is|was) (?P<so>det|dette|it|this)(?= s[åo] \w+\W*$)"
)
"""What was asked about: "Hva mener de om det?", "Hvorfor er det så viktig?"."""
ABOUT = re.compile(
    r"\b(?:om|about) (?!det\b|dette\b|den\b|de\b|at\b|å\b|it\b|this\b)(?P<topic>[^?,;:]{3,60}?)\s*[?!.]*$"
)
"""What a question is about, where it says so at its end."""
_MERE = 3
"""Words of the longest question that only asks on."""
_SAYS = re.compile(rf"\b(?:{_VERBS})\s+(?P<name>{_CAPITALISED}(?:\s+{_CAPITALISED})*)")


def with_name(question: str, earlier: Sequence[str], quoted: str) -> str:
    """The question with a name for the first pronoun; itself where none, or several, may be meant.

    Args:
        question: The follow-up.
        earlier: The questions before it, the last first.
        quoted: The last answer's words.

    >>> with_name("Hva mener hun om det?", ["Hva sa Kari Gran om støy?"], "")
    'Hva mener Kari Gran om støy?'
    >>> with_name("Hva mener han?", ["Hvem leder klubben?"], "– Det blir dyrt, sier Per Dal.")
    'Hva mener Per Dal?'
    >>> with_name("Når startet den?", ["Hva er målet med ordningen i Oslo?"], "")
    'Når startet ordningen?'
    """
    for put in (_with_person, _with_body, _with_thing, _with_topic):
        question = put(question, earlier, quoted) or question
    return question


def _with_person(question: str, earlier: Sequence[str], quoted: str) -> str | None:
    pronoun = next((it for it in _PRONOUN.finditer(question) if not _is_other(it, question)), None)
    if pronoun is None or _names(question):
        return None
    gender = "f" if pronoun["f"] else "m"
    owns = "'s" if _OWNING.match(question, pronoun.start()) else ""
    quoted_names = () if _things(question, earlier) else _quoted_in(quoted, gender)
    for names in (*(_asked_of(text, gender) for text in earlier), quoted_names):
        if names:
            name, *others = names
            return None if others else f"{question[: pronoun.start()]}{name}{owns}{question[pronoun.end() :]}"
    return None


def _is_other(pronoun: re.Match[str], question: str) -> bool:
    """Whether it is Norwegian "her", a place, or may be somebody in the same question: "the man who lost his sight"."""
    if pronoun[0].lower() == "her" and detect_language(question) is not Language.ENGLISH:
        return True
    owning = _OWNING.match(question, pronoun.start())
    return owning is not None and re.search(r"\b(?:is|are|was|were) $", question[: pronoun.start()]) is None


def with_body(question: str, earlier: Sequence[str]) -> str | None:
    """The question with a body for whatever "de" is in it; None where there is none, or several may be meant.

    A guess: it may as well be the people that were spoken of. Only a body with a name of its own is put in.

    Args:
        question: The follow-up.
        earlier: The questions before it, the last first.

    >>> with_body("Har de fått flere medlemmer?", ["Og i fjor?", "Hvor mange svarte Fjordens Venner?"])
    'Har Fjordens Venner fått flere medlemmer?'
    """
    pronoun = _THEM.search(question)
    if pronoun is None or _names(question) or not _stands_alone(pronoun):
        return None
    named = (tuple(name for name in _bodies(text) if name[0].isupper()) for text in earlier)
    bodies = next((names for names in named if names), ())
    return _put(question, pronoun, bodies[0]) if len(bodies) == 1 else None


def _stands_alone(they: re.Match[str]) -> bool:
    """Whether "de" is somebody, and no article: not in "Tør de unge å bade?", but in "Skal de lage noe?"."""
    before, after = they["before"].lower(), (they["next"] or "").lower()
    if they["it"].lower() == "they" or not after:
        return True
    return after not in _ARTICLE and (not after.endswith("e") or after in _NOT_ARTICLE or before in _MODAL)


def _with_body(question: str, earlier: Sequence[str], _: str) -> str | None:
    """The question with the body whose words are asked for: the only one in the last question that names any."""
    pronoun = _THEY.search(question)
    if pronoun is None or _names(question):
        return None
    bodies = next((names for text in earlier if (names := _bodies(text))), [])
    return _put(question, pronoun, bodies[0]) if len(bodies) == 1 else None


def _bodies(question: str) -> list[str]:
    return [name for name in _others(question) if " " in name or is_body(name) or name[0].islower()]


def _others(question: str) -> list[str]:
    """Names that are no person's and no place's, and bodies by a common noun ("politiet"), each once."""
    persons = {word for gender in "fm" for name in _full_names(question, gender) for word in name.split()}
    found = [it for it in _OTHER_NAME.finditer(question) if not it["at"]]
    names = [it["name"] for it in found if not persons & set(it["name"].split())]
    return list(dict.fromkeys([*names, *(it.group() for it in _BODY.finditer(question))]))


def _with_thing(question: str, earlier: Sequence[str], quoted: str) -> str | None:
    """The question with what "den" is: the only noun of that gender in the last question, or else its only name."""
    pronoun, things = _thing_pronoun(question, earlier), _things(question, earlier)
    if pronoun is None or len(things) != 1:
        return None
    somebody = pronoun["it"] != "den" and _quoted_in(quoted, "f" if pronoun["it"] == "ho" else "m")
    return None if somebody else _put(question, pronoun, things[0])


def _thing_pronoun(question: str, earlier: Sequence[str]) -> re.Match[str] | None:
    if it := _IT.search(question):
        return it
    nynorsk = detect_language(" ".join([question, *earlier[:1]])) is Language.NYNORSK
    return _NYNORSK_IT.search(question) if nynorsk and not _SPEAKS.search(question) else None


def _things(question: str, earlier: Sequence[str]) -> list[str]:
    """What the pronoun of a thing may be; empty where there is no such pronoun."""
    pronoun = _thing_pronoun(question, earlier)
    if pronoun is None or not earlier:
        return []
    nouns = _FEMININE if pronoun["it"] == "ho" else _DEFINITE
    found = list(dict.fromkeys(it.group() for it in nouns.finditer(earlier[0])))
    return found or [name for name in _others(earlier[0]) if name != spoken_of(earlier[0])]


def _with_topic(question: str, earlier: Sequence[str], _: str) -> str | None:
    """The question with what "om det" is about: what the last question that is more than "Hvorfor det?" asks about."""
    pronoun = _ABOUT_IT.search(question)
    last = next((text for text in earlier if len(text.split()) > _MERE), "")
    topic = ABOUT.search(last)
    return _put(question, pronoun, topic["topic"]) if pronoun and topic else None


def _names(question: str) -> bool:
    """Whether the question names somebody or something itself."""
    return any(word[0].isupper() for word in question.split()[1:])


def _put(question: str, pronoun: re.Match[str], name: str) -> str:
    start, end = pronoun.span(pronoun.lastgroup if pronoun.lastgroup == "so" else "it")
    return f"{question[:start]}{name}{question[end:]}"


def _asked_of(question: str, gender: str) -> tuple[str, ...]:
    asked = spoken_of(question)
    surname = asked if asked and len(asked.split()) == 1 and asked[0].isupper() else ""
    named = [asked if asked and name.startswith(asked) else name for name in _full_names(question, gender)]
    return _persons([*named, *([surname] if surname else [])])


def _quoted_in(quoted: str, gender: str) -> tuple[str, ...]:
    said = [found["name"] for found in _SAYS.finditer(quoted)]
    return _persons([*_full_names(quoted, gender), *(it for it in said if gender_of(it.split()[0]) in (None, gender))])


def _full_names(text: str, gender: str) -> list[str]:
    """Names of two words and more that begin with a given name, of that gender: "Ytste Moen" is nobody."""
    found: list[str] = []
    for name in _NAME.findall(text):
        words = name.split()
        first = next((i for i, word in enumerate(words[:-1]) if gender_of(word)), None)
        if first is not None and gender_of(words[first]) == gender:
            found.append(" ".join(words[first:]))
    return found


def _persons(names: Iterable[str]) -> tuple[str, ...]:
    """Each person once, by the last name: "Arild Knutsen" and "Knutsen" are one."""
    return tuple({name.split()[-1]: name for name in reversed(list(names))}.values())

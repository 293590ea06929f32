"""Who or what a pronoun in a follow-up is, where that is plain: the one that the question before it names.

"Han" and "hun" are the person whom the questions before, or the last answer, name. "De" is a body whose words are asked
for ("Hva mener de om det?"), "den" the one thing that the last question names, and "om det" what a question was about.
Any other "det" is left to the reader, which sees the question before.
"""

import re
from collections.abc import Iterable, Sequence

from assistant.asked_speaker import asked_words, is_body
from index.speakers.words import BODIES, SAYING, given_names

_WOMAN, _MAN = "hun ho henne she her", "han ham honom he him"
_PRONOUN = re.compile(rf"\b(?:(?P<f>{_WOMAN.replace(' ', '|')})|(?P<m>{_MAN.replace(' ', '|')}))\b", re.IGNORECASE)
_CAPITALISED = r"[A-ZÆØÅ][\w’'-]+"
_NAME = re.compile(rf"(?<!\w){_CAPITALISED}(?:\s+{_CAPITALISED})+")
_OTHER_NAME = re.compile(
    rf"(?<=\s)(?P<at>(?:i|på|in|at)\s+)?(?P<name>[«\"]?{_CAPITALISED}(?:\s+[«\"]?{_CAPITALISED})*[»\"]?)"
)
_BODY = re.compile(rf"(?<!\w){BODIES}(?!\w)", re.IGNORECASE)
_IT = re.compile(
    r"(?<=\w )(?P<it>den)(?! (?:som|der|gang|gong|første|siste|andre|eneste|einaste|samme|same)\b)"
    r"(?! (?!ikke\b|ikkje\b)\w+e \w)(?! \w+(?:en|a|ene|ane)\b)"
)
_DEFINITE = re.compile(r"(?<=\s)(?!hvordan|noen|hvilken|ingen|annen|egen|siden|igjen|mellom)[a-zæøå]{3,}en(?!\w)")
_VERBS = "|".join(sorted(SAYING, key=len, reverse=True))
_THEY = re.compile(
    rf"(?<=\w )(?:{_VERBS}|vil|gjør|gjer|gjorde|want|say|think) (?P<it>de|dei|they)"
    r"(?= (?:om|for|i|med|på|til|mot|at|å|ha|about|on|for|to)\b|\s*[?!.]*$)"
)
_ABOUT_IT = re.compile(r"\b(?:om|about) (?P<it>det|dette|it|this)(?=\s*[?!.]*$)")
_ABOUT = re.compile(
    r"\b(?:om|about) (?!det\b|dette\b|den\b|de\b|at\b|å\b|it\b|this\b)(?P<topic>[^?,;:]{3,60}?)\s*[?!.]*$"
)
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
    pronoun = _PRONOUN.search(question)
    if pronoun is None or _names(question):
        return None
    gender = "f" if pronoun["f"] else "m"
    for names in (*(_asked_of(text, gender) for text in earlier), _quoted_in(quoted, gender)):
        if names:
            name, *others = names
            return None if others else f"{question[: pronoun.start()]}{name}{question[pronoun.end() :]}"
    return None


def _with_body(question: str, earlier: Sequence[str], _: str) -> str | None:
    """The question with the body whose words are asked for: the only one in the last question that names any."""
    pronoun = _THEY.search(question)
    if pronoun is None or _names(question):
        return None
    for text in earlier:
        if bodies := [name for name in _others(text) if " " in name or is_body(name) or name[0].islower()]:
            return _put(question, pronoun, bodies[0]) if len(bodies) == 1 else None
    return None


def _others(question: str) -> list[str]:
    """Names that are no person's and no place's, and bodies by a common noun ("politiet"), each once."""
    persons = {word for gender in "fm" for name in _full_names(question, gender) for word in name.split()}
    found = [it for it in _OTHER_NAME.finditer(question) if not it["at"]]
    names = [it["name"] for it in found if not persons & set(it["name"].split())]
    return list(dict.fromkeys([*names, *(it.group() for it in _BODY.finditer(question))]))


def _with_thing(question: str, earlier: Sequence[str], _: str) -> str | None:
    """The question with what "den" is: the only noun of that gender in the last question, or else its only name."""
    pronoun = _IT.search(question)
    if pronoun is None or not earlier:
        return None
    nouns = list(dict.fromkeys(it.group() for it in _DEFINITE.finditer(earlier[0])))
    things = nouns or [name for name in _others(earlier[0]) if name != asked_words(earlier[0])]
    return _put(question, pronoun, things[0]) if len(things) == 1 else None


def _with_topic(question: str, earlier: Sequence[str], _: str) -> str | None:
    """The question with what "om det" is about: what the last question that is more than "Hvorfor det?" asks about."""
    pronoun = _ABOUT_IT.search(question)
    last = next((text for text in earlier if len(text.split()) > _MERE), "")
    topic = _ABOUT.search(last)
    return _put(question, pronoun, topic["topic"]) if pronoun and topic else None


def _names(question: str) -> bool:
    """Whether the question names somebody or something itself."""
    return any(word[0].isupper() for word in question.split()[1:])


def _put(question: str, pronoun: re.Match[str], name: str) -> str:
    return f"{question[: pronoun.start('it')]}{name}{question[pronoun.end('it') :]}"


def _asked_of(question: str, gender: str) -> tuple[str, ...]:
    asked = asked_words(question)
    surname = asked if asked and len(asked.split()) == 1 and asked[0].isupper() else ""
    return _persons([*_full_names(question, gender), *([surname] if surname else [])])


def _quoted_in(quoted: str, gender: str) -> tuple[str, ...]:
    return _persons([*_full_names(quoted, gender), *(found["name"] for found in _SAYS.finditer(quoted))])


def _full_names(text: str, gender: str) -> list[str]:
    """Names of two words and more that begin with a given name, of that gender: "Ytste Moen" is nobody."""
    found: list[str] = []
    for name in _NAME.findall(text):
        words = name.split()
        first = next((i for i, word in enumerate(words[:-1]) if word.lower() in given_names()), None)
        if first is not None and given_names()[words[first].lower()] == gender:
            found.append(" ".join(words[first:]))
    return found


def _persons(names: Iterable[str]) -> tuple[str, ...]:
    """Each person once, by the last name: "Arild Knutsen" and "Knutsen" are one."""
    return tuple({name.split()[-1]: name for name in reversed(list(names))}.values())

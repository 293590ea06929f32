"""The numbered series of Norwegian public documents: NOU, Meld. St., Prop., Innst., laws and regulations.

Their numbers are written in many ways; references write them in one.
"""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass

_NAMES = "januar februar mars april mai juni juli august september oktober november desember"
_MONTHS = tuple(_NAMES.split())
_SESSION = r"\(\s*(?P<from>(?:18|19|20)\d\d)\s*[-–/]\s*(?P<to>\d{4}|\d\d)\s*\)"


@dataclass(frozen=True, slots=True)
class Series:
    """A number in a series."""

    kind: str
    """The value of a ``WorkKind``."""
    number: str
    """As references write it: ``Meld. St. 15 (2017–2018)``."""
    year: int
    """The year that the number tells; of a session of the Storting its first."""
    until: int = 0
    """The second year of the session; 0 if there is none."""


def _nou(match: re.Match[str]) -> Series:
    return Series("nou", f"NOU {match['year']}: {int(match['n'])}", int(match["year"]))


def _session(kind: str, form: str) -> Callable[[re.Match[str]], Series]:
    def series(match: re.Match[str]) -> Series:
        first, last = match["from"], match["to"]
        last = last if len(last) == 4 else str(int(first) + 1)
        parts = {name: value or "" for name, value in match.groupdict().items()}
        letter = parts.get("letter", "").upper()
        # "L S" for a proposition with both a bill and a budget is written with or without the space.
        number = " ".join(form.format(n=int(parts["n"]), letter=letter).split())
        return Series(kind, f"{number} ({first}–{last})", int(first), int(last))

    return series


def _law(match: re.Match[str]) -> Series:
    kind = "FOR" if match["what"].lower().startswith("for") else "LOV"
    day, month, year = int(match["day"]), _MONTHS.index(match["month"].lower()) + 1, int(match["year"])
    number = f"-{int(match['n'])}" if match["n"] else ""
    return Series("law", f"{kind}-{year}-{month:02}-{day:02}{number}", year)


def _code(match: re.Match[str]) -> Series:
    return Series("law", match[0].upper(), int(match["year"]))


_FORMS: tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], Series]], ...] = tuple(
    (re.compile(pattern, re.I), make)
    for pattern, make in (
        (r"\bNOU\s*(?P<year>(?:19|20)\d\d)\s*:\s*(?P<n>\d{1,2})\b", _nou),
        (
            r"\bNor(?:ges|egs) offentl(?:ige|ege) ut(?:redninger|greiingar)\s*"
            r"(?P<year>(?:19|20)\d\d)\s*:\s*(?P<n>\d{1,2})\b",
            _nou,
        ),
        (rf"\bMeld\.?\s*St\.?\s*(?:nr\.?\s*)?(?P<n>\d+)\s*{_SESSION}", _session("meld_st", "Meld. St. {n}")),
        (rf"\bSt\.\s?meld\.?\s*(?:nr\.?\s*)?(?P<n>\d+)\s*{_SESSION}", _session("meld_st", "St.meld. nr. {n}")),
        (
            rf"\bProp\.?\s*(?P<n>\d+)\s*(?P<letter>L\s?S|S|L)?\s*{_SESSION}",
            _session("prop", "Prop. {n} {letter}"),
        ),
        (rf"\bOt\.\s?prp\.?\s*(?:nr\.?\s*)?(?P<n>\d+)\s*{_SESSION}", _session("prop", "Ot.prp. nr. {n}")),
        (rf"\bSt\.\s?prp\.?\s*(?:nr\.?\s*)?(?P<n>\d+)\s*{_SESSION}", _session("prop", "St.prp. nr. {n}")),
        (rf"\bInnst\.?\s*(?P<n>\d+)\s*(?P<letter>S|L)?\s*{_SESSION}", _session("innst", "Innst. {n} {letter}")),
        (
            rf"\bInnst\.\s*(?P<letter>[SO])\.?\s*nr\.?\s*(?P<n>\d+)\s*{_SESSION}",
            _session("innst", "Innst. {letter}. nr. {n}"),
        ),
        (r"\b(?:LOV|FOR)-(?P<year>(?:1[6-9]|20)\d\d)-[01]\d-[0-3]\d(?:-\d+)?\b", _code),
        (
            rf"\b(?P<what>lov|forskrift)\s+(?:av\s+)?(?P<day>[0-3]?\d)\.\s?(?P<month>{'|'.join(_MONTHS)})\s+"
            r"(?P<year>(?:1[6-9]|20)\d\d)(?:\s+nr\.?\s*(?P<n>\d+))?",
            _law,
        ),
    )
)


def series_of(title: str, front: Iterable[str] = ()) -> Series | None:
    """The number that opens or closes the title, or that stands alone in a line of the document's beginning.

    A title that merely speaks of another document ("Høringssvar til NOU 2019: 26") has no number of its own.

    >>> series_of("NOU 2019:26 Rusreform").number
    'NOU 2019: 26'
    """
    for pattern, make in _FORMS:
        match = pattern.match(title.lstrip()) or _closing(pattern, title)
        if match:
            return make(match)
    lines = [" ".join(line.split()) for line in front]
    return next((make(match) for line in lines for pattern, make in _FORMS if (match := pattern.fullmatch(line))), None)


def without_number(title: str) -> str | None:
    """The title without the number of its series; None if nothing is left.

    >>> without_number("Rusreform – fra straff til hjelp (NOU 2019: 26)")
    'Rusreform – fra straff til hjelp'
    """
    for pattern, make in _FORMS:
        opening = pattern.match(title.lstrip())
        if opening and make is _law:
            # "Lov 20. mai 2005 nr. 28 om straff" is called "Lov om straff".
            rest = title.lstrip()[opening.end() :].strip()
            return f"{opening['what'].capitalize()} {rest}" if rest else title
        if opening:
            return title.lstrip()[opening.end() :].lstrip(" .,:;–—-") or None
        closing = _closing(pattern, title)
        if closing:
            return title[: closing.start()].rstrip(" .,:;–—-([") or None
    return title


def _closing(pattern: re.Pattern[str], title: str) -> re.Match[str] | None:
    """The number in parentheses, or after a dash, at the title's end."""
    for match in pattern.finditer(title):
        before, after = title[: match.start()].rstrip(), title[match.end() :].strip(" .)]")
        if not after and before.endswith(("(", "[", "–", "—", " -", ",", ":")):
            return match
    return None

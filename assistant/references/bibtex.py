"""BibTeX for biblatex and biber: <https://ctan.org/pkg/biblatex>, chapters 2.1 (types) and 2.2 (fields)."""

import re
import unicodedata
from urllib.parse import quote as percent_encode

from assistant.references.names import Name
from assistant.references.work import OFFICIAL, Work, WorkKind
from index.documents.document import Language

_TYPES = {
    WorkKind.NEWSPAPER: "article",
    WorkKind.REPORT: "report",
    WorkKind.PROGRAMME: "report",
    WorkKind.LAW: "legislation",
    WorkKind.WEB_PAGE: "online",
}
_LANGUAGES = {Language.BOKMAAL: "norsk", Language.NYNORSK: "nynorsk", Language.ENGLISH: "english"}
# A backslash before a brace does not hide it from BibTeX, which counts braces; the named ones it does not see.
_SPECIAL = {
    "\\": r"\textbackslash{}",
    "{": r"\textbraceleft{}",
    "}": r"\textbraceright{}",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
    **{char: f"\\{char}" for char in "$&#_%"},
}


def to_bibtex(work: Work) -> str:
    """One entry. The key is made of author, year and the document's id, so it stays while the document does."""
    publisher = work.publisher if Name(work.publisher or "") not in work.authors else None
    kind = "report" if work.kind in OFFICIAL else _TYPES.get(work.kind, "misc")
    by = {"article": "journaltitle", "online": "organization", "report": "institution"}.get(kind, "publisher")
    fields = {
        "author": _names(work.authors),
        "editor": _names(work.editors),
        # Twice braced: a style that changes the case of English titles must leave Norwegian ones alone.
        "title": f"{{{escape(work.title or work.number or '')}}}" if work.title or work.number else "",
        "shorttitle": f"{{{escape(work.short_title)}}}" if work.short_title else "",
        "date": work.date.iso if work.date else "",
        by: f"{{{escape(publisher)}}}" if publisher else "",
        "number": escape(work.number) if work.number and work.title else "",
        "type": escape(work.genre.capitalize()) if work.genre and kind in ("report", "misc") else "",
        "entrysubtype": "newspaper" if work.kind is WorkKind.NEWSPAPER else "",
        "langid": _LANGUAGES.get(work.language, "") if work.language else "",
        "url": percent_encode(work.url, safe=":/?#[]@!$&'()*+,;=%~-._") if work.url else "",
    }
    body = "".join(f",\n  {name} = {{{value}}}" for name, value in fields.items() if value)
    return f"@{kind}{{{key(work)}{body}\n}}\n"


def key(work: Work) -> str:
    """``venstre2021-60755714``: ASCII, and never another document's."""
    who = (work.authors or work.editors or (Name(work.short_title or work.title or "kilde"),))[0].family
    letters = who.lower().replace("æ", "ae").replace("ø", "o").replace("å", "a")
    letters = unicodedata.normalize("NFKD", letters).encode("ascii", "ignore").decode()
    first = next(iter(re.findall(r"[a-z0-9]+", letters)), "kilde")
    return f"{first[:24]}{work.date.year if work.date else ''}-{work.id[1:9]}"


def escape(words: str) -> str:
    r"""Text that LaTeX prints as it is; line breaks and control characters become spaces.

    >>> escape("50 % & {mer}")
    '50 \\% \\& \\textbraceleft{}mer\\textbraceright{}'
    """
    tidy = " ".join("".join(" " if unicodedata.category(char) == "Cc" else char for char in words).split())
    return "".join(_SPECIAL.get(char, char) for char in tidy)


def _names(names: tuple[Name, ...]) -> str:
    """People as ``family, given``; organisations in braces, so that an "and" or a comma in them is only a word."""
    parts = (
        f"{escape(name.family)}, {escape(name.given)}" if name.given else f"{{{escape(name.family)}}}" for name in names
    )
    return " and ".join(parts)

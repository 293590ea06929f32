"""RIS, which EndNote, Zotero and Mendeley read: two letters, two spaces, a hyphen, a space and a value on each line."""

import unicodedata

from assistant.references.names import Name
from assistant.references.work import OFFICIAL, When, Work, WorkKind

_TYPES = {
    WorkKind.NEWSPAPER: "NEWS",
    WorkKind.REPORT: "RPRT",
    WorkKind.PROGRAMME: "RPRT",
    WorkKind.LAW: "STAT",
    WorkKind.WEB_PAGE: "ELEC",
}


def to_ris(work: Work) -> str:
    """One record, with the line ends that the format asks for."""
    publisher = work.publisher if Name(work.publisher or "") not in work.authors else None
    rows = [
        ("TY", "GOVDOC" if work.kind in OFFICIAL else _TYPES.get(work.kind, "GEN")),
        *(("AU", _name(name)) for name in work.authors),
        *(("ED", _name(name)) for name in work.editors),
        ("TI", work.title or work.number),
        ("ST", work.short_title),
        ("T2" if work.kind is WorkKind.NEWSPAPER else "PB", publisher),
        ("SN", work.number if work.title else None),
        ("M3", work.genre),
        ("PY", str(work.date.year) if work.date else None),
        ("DA", _date(work.date) if work.date else None),
        ("LA", work.language.value if work.language else None),
        ("UR", work.url),
        ("ID", work.id),
        ("ER", ""),
    ]
    return "".join(f"{tag}  - {_line(value)}\r\n" for tag, value in rows if value is not None)


def _name(name: Name) -> str:
    """A comma parts family and given names, so a name that is whole ends with one if it has any of its own."""
    return f"{name.inverted}," if not name.given and "," in name.family else name.inverted


def _date(date: When) -> str:
    """``YYYY/MM/DD/``, what is not known left empty."""
    return "/".join([f"{date.year:04}", *(f"{part:02}" if part else "" for part in (date.month, date.day)), ""])


def _line(value: str) -> str:
    return " ".join("".join(" " if unicodedata.category(char) == "Cc" else char for char in value).split())

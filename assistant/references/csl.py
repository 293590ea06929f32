"""CSL-JSON, which Zotero, Pandoc and citeproc read: <https://docs.citationstyles.org>."""

import json
from typing import Any

from assistant.references.names import Name
from assistant.references.work import OFFICIAL, When, Work, WorkKind

_TYPES = {
    WorkKind.NEWSPAPER: "article-newspaper",
    WorkKind.REPORT: "report",
    WorkKind.PROGRAMME: "report",
    WorkKind.LAW: "legislation",
    WorkKind.WEB_PAGE: "webpage",
}
_LANGUAGES = {"nb": "nb-NO", "nn": "nn-NO", "en": "en"}


def to_csl(work: Work) -> str:
    """A list of one item, as JSON."""
    return json.dumps([item(work)], ensure_ascii=False, indent=2) + "\n"


def item(work: Work) -> dict[str, Any]:
    """The item; what the document does not say has no field."""
    publisher = work.publisher if Name(work.publisher or "") not in work.authors else None
    fields: dict[str, Any] = {
        "id": work.id,
        "type": "report" if work.kind in OFFICIAL else _TYPES.get(work.kind, "document"),
        "title": work.title or work.number,
        "title-short": work.short_title,
        "author": [_name(name) for name in work.authors],
        "editor": [_name(name) for name in work.editors],
        "issued": _issued(work.date) if work.date else None,
        "container-title" if work.kind is WorkKind.NEWSPAPER else "publisher": publisher,
        "number": work.number if work.title else None,
        "genre": work.genre,
        "language": _LANGUAGES.get(work.language.value) if work.language else None,
        "URL": work.url,
    }
    return {name: value for name, value in fields.items() if value}


def _name(name: Name) -> dict[str, str]:
    return {"family": name.family, "given": name.given} if name.given else {"literal": name.family}


def _issued(date: When) -> dict[str, list[list[int]]]:
    if date.until:
        return {"date-parts": [[date.year], [date.until]]}
    return {"date-parts": [[part for part in (date.year, date.month, date.day) if part]]}

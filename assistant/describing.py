"""What a person says of a document (a form in the page, options on the command line) -> its metadata."""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from index.documents.document import Language, Metadata
from index.documents.manifest import DATE
from index.documents.metadata import FIELDS, edited
from index.documents.web_address import written_address
from index.errors import AddressInvalid, DateInvalid, InvalidRequest, MetadataTooLong

LIMIT = 300
"""Characters of one title or name."""
MOST_AUTHORS = 20
_NORWEGIAN_DATE = re.compile(r"(?:(\d{1,2})\.\s?)?(\d{1,2})\.\s?(\d{4})", re.ASCII)


def described(known: Metadata, fields: Mapping[str, str]) -> Metadata:
    """``known`` with these fields as a person wants them; a field that is empty is emptied, one left out stays.

    Args:
        known: What is known of the document.
        fields: By the names of ``Metadata``'s fields; authors are separated by semicolons or line breaks.

    Raises:
        AddressInvalid: No ``http`` or ``https`` address.
        DateInvalid: Neither ``2017``, ``2017-12``, ``2017-12-24`` nor ``24.12.2017``.
        MetadataTooLong: Longer than a title or a name can be, or too many authors.
        InvalidRequest: There is no such field or language.
    """
    if strange := sorted(set(fields) - set(FIELDS)):
        raise InvalidRequest(problem=f"no field “{strange[0][:40]}”")
    wanted = known
    if "title" in fields:
        wanted = replace(wanted, title=line(fields["title"]) or None)
    if "publisher" in fields:
        wanted = replace(wanted, publisher=line(fields["publisher"]) or None)
    if "kind" in fields:
        wanted = replace(wanted, kind=line(fields["kind"]) or None)
    if "authors" in fields:
        wanted = replace(wanted, authors=_authors(fields["authors"]))
    if "date" in fields:
        wanted = replace(wanted, date=_date(line(fields["date"])))
    if "language" in fields:
        wanted = replace(wanted, language=_language(line(fields["language"])))
    if "url" in fields:
        wanted = replace(wanted, url=_address(fields["url"]))
    return edited(known, wanted)


def line(text: str) -> str:
    """One clean line: NFC, single spaces, nothing that steers a terminal or turns the writing. ``MetadataTooLong``."""
    kept = "".join(" " if char.isspace() else char for char in unicodedata.normalize("NFC", text))
    kept = "".join(char for char in kept if unicodedata.category(char) not in ("Cc", "Cf", "Cs", "Co", "Cn"))
    kept = " ".join(kept.split())
    if len(kept) > LIMIT:
        raise MetadataTooLong(length=len(kept), limit=LIMIT)
    return kept


def _authors(text: str) -> tuple[str, ...]:
    names = [line(name) for name in re.split(r"[;\n]", text)]
    names = [name for name in dict.fromkeys(names) if name]
    if len(names) > MOST_AUTHORS:
        raise MetadataTooLong(length=len("; ".join(names)), limit=LIMIT)
    return tuple(names)


def _date(text: str) -> str | None:
    if not text:
        return None
    norwegian = _NORWEGIAN_DATE.fullmatch(text)
    iso = text
    if norwegian:
        day, month, year = norwegian.groups()
        iso = "-".join([year, *(part.zfill(2) for part in (month, day) if part)])
    try:
        if not DATE.fullmatch(iso):
            raise ValueError(iso)
        date.fromisoformat(iso if len(iso) == 10 else f"{iso[:4]}-01-01")
    except ValueError as error:
        raise DateInvalid(value=text[:40]) from error
    return iso


def _address(text: str) -> str | None:
    if not text.strip():
        return None
    address = written_address(text)
    if address is None:
        raise AddressInvalid(value=text.strip()[:60])
    return address


def _language(text: str) -> Language | None:
    if not text:
        return None
    if text not in [language.value for language in Language]:
        raise InvalidRequest(problem=f"no language “{text[:40]}”")
    return Language(text)

"""The reader of saved web pages: the main content, and what the page says of itself in its head."""

import json
import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import lxml.etree
import lxml.html

from index.documents.apart import read_apart
from index.documents.document import Document, Metadata
from index.documents.extraction import Extraction, Said
from index.documents.markup import elements_of
from index.documents.web_address import web_address
from index.errors import DamagedFile, EmptyDocument

SUFFIXES = (".html", ".htm", ".xhtml")
_FORMAT = "HTML"
_CHARSET = re.compile(rb"""<meta[^>]{0,200}charset\s*=\s*["']?([\w.:-]{1,40})""", re.I)
_DECLARED = re.compile(rb"""<\?xml[^>]{0,100}encoding\s*=\s*["']([\w.:-]{1,40})""", re.I)
_DATE = re.compile(r"(?:19|20)\d\d-[01]\d-[0-3]\d")
_SITE = re.compile(r"\s[|–—-]\s[^|–—]{1,40}$")
_TITLES = ("og:title", "dc.title", "dcterms.title", "citation_title")
_AUTHORS = ("author", "article:author", "dc.creator", "dcterms.creator", "citation_author")
_DATES = ("article:published_time", "dc.date", "dcterms.date", "dcterms.issued", "citation_publication_date", "date")
_ADDRESSES = ("link:canonical", "og:url", "citation_public_url", "dc.identifier", "dcterms.identifier")
_SAVED = re.compile(
    rb"<!--[^<>]{0,200}?\bsaved (?:from url=\(\d+\)|with SingleFile[^<>]{0,40}?url:\s*)(https?://[^\s<>]+)"
)
"""What browsers write at the top of a page that they save."""
_SITES = ("og:site_name", "dc.publisher", "dcterms.publisher")


def read_html(name: str, data: bytes, *, metadata: Metadata | None = None) -> Document:
    """The document in a saved web page, parsed apart. Raises ``DocumentError``."""
    return read_apart("index.documents.html", name, data, metadata=metadata)


def extract(name: str, data: bytes) -> Extraction:
    """What is in a web page. Raises ``DamagedFile`` or ``EmptyDocument``."""
    root = parse(name, data, format=_FORMAT)
    saved = _SAVED.search(data[:3_000])
    said = _said(root)
    if said.url is None and saved:
        said = replace(said, url=saved.group(1).decode("utf-8", errors="replace"))
    return Extraction(elements_of(root), said=said)


def parse(name: str, data: bytes, *, format: str) -> Any:  # noqa: ANN401 - lxml is not typed
    """The page's root element. Entities other than HTML's own are never resolved, nothing is fetched.

    Raises ``DamagedFile`` or ``EmptyDocument``.
    """
    if not data.strip():
        raise EmptyDocument(file=name)
    text = _decoded(data)
    if text is None:
        raise DamagedFile(file=name, format=format)
    # What follows a NUL is lost on the parser, and a declared encoding is an error in text that is decoded.
    text = re.sub(r"^\s*<\?xml[^>]*\?>", "", text.replace("\x00", ""))
    try:
        parser = lxml.html.HTMLParser(no_network=True, remove_comments=True, remove_pis=True)
        root = lxml.html.document_fromstring(text, parser=parser)
    except (lxml.etree.LxmlError, ValueError, AssertionError) as error:
        raise DamagedFile(file=name, format=format) from error
    return root


def _decoded(data: bytes) -> str | None:
    """As its mark says, as UTF-8 if it is that, as it says itself, as most old pages are; None if it is no text."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16", errors="replace")
    if data[:2000].count(0) > 0:
        return None
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        said = _DECLARED.search(data[:300]) or _CHARSET.search(data[:4000])
    declared = said.group(1).decode("ascii", errors="replace").lower() if said else "cp1252"
    # Browsers read both names as cp1252, which has the dashes and quotation marks.
    declared = "cp1252" if declared in ("iso-8859-1", "latin-1", "latin1", "ascii", "us-ascii") else declared
    try:
        return data.decode(declared, errors="replace")
    except (LookupError, ValueError):
        return data.decode("cp1252", errors="replace")


def _said(root: Any) -> Said:  # noqa: ANN401
    """What the page's head says, in any of the usual vocabularies."""
    fields: dict[str, list[str]] = {}
    for meta in root.iter("meta"):
        key = (meta.get("property") or meta.get("name") or "").lower()
        fields.setdefault(key, []).append((meta.get("content") or "").strip())
    for link in root.iter("link"):
        if "canonical" in (link.get("rel") or "").lower().split():
            fields.setdefault("link:canonical", []).append((link.get("href") or "").strip())
    for key, value in _linked_data(root):
        fields.setdefault(key, []).append(value)

    def first(keys: tuple[str, ...]) -> str | None:
        return next((value for key in keys for value in fields.get(key, ()) if value), None)

    title = first(_TITLES)
    node = root.find(".//title")
    if title is None and node is not None:
        title = _SITE.sub("", " ".join("".join(node.itertext()).split())) or None
    date = _DATE.match(first(_DATES) or "")
    authors = tuple(value for key in _AUTHORS for value in fields.get(key, ()) if value)
    url = next((found for key in _ADDRESSES for value in fields.get(key, ()) if (found := web_address(value))), None)
    return Said(title, tuple(dict.fromkeys(authors)), first(_SITES), date.group() if date else None, url)


def _linked_data(root: Any) -> Iterator[tuple[str, str]]:  # noqa: ANN401
    """Title, authors and date in the page's JSON-LD, as newspapers write it, under the names of ``meta``."""
    for script in root.iter("script"):
        if script.get("type") != "application/ld+json":
            continue
        try:
            found = json.loads(script.text or "")
        except (ValueError, RecursionError):
            continue
        things = found if isinstance(found, list) else [found]
        if isinstance(found, dict) and isinstance(found.get("@graph"), list):
            things = found["@graph"]
        for thing in things:
            kinds = thing.get("@type") if isinstance(thing, dict) else None
            if not any(str(kind).endswith("Article") for kind in (kinds if isinstance(kinds, list) else [kinds])):
                continue
            authors = thing.get("author", ())
            for author in authors if isinstance(authors, list) else [authors]:
                if isinstance(author, dict) and isinstance(author.get("name"), str):
                    yield "author", author["name"]
            if isinstance(thing.get("datePublished"), str):
                yield "article:published_time", thing["datePublished"]
            if isinstance(thing.get("headline"), str):
                yield "citation_title", thing["headline"]

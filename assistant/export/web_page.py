"""A conversation as one HTML page that needs nothing else, and the quotes in such a page."""

import re
from collections.abc import Iterator
from functools import cache
from hashlib import sha256
from html import escape
from html.parser import HTMLParser
from importlib.resources import files

from assistant.export.found import Found, Part
from assistant.export.showing import one_line, showable
from assistant.export.transcript import Entry, Excerpt, Transcript, attribution, explanation
from assistant.references.rich import Rich, Run, to_html
from assistant.texts import text
from index.documents.document import Language

_POLICY_NAME = "Content-Security-Policy"
_POLICY = "default-src 'none'; style-src 'unsafe-inline'"
PAST_STYLES: frozenset[str] = frozenset({"60f7d1d1d819ae37e88305c9f347f712220e3824fda994f351fe82c0c40d81ed"})
"""sha256 of ``page.css``, without white space, as earlier versions wrote it: what they exported stays honest."""
_ELEMENTS = frozenset(
    ("html", "head", "meta", "title", "style", "body", "section", "h1", "h2", "p", "blockquote", "ul", "li", "i", "bdi")
    + ("table", "thead", "tbody", "tr", "th", "td")
)
_ATTRIBUTES = frozenset({"lang", "charset", "http-equiv", "content", "name", "class", "dir"})
"""What an export is made of. Anything else could make the page show other than it says."""
_BLOCKS = {"h1", "h2", "p", "li"}


def to_page(transcript: Transcript) -> str:
    """The whole page."""
    language = transcript.language
    title = _plain(text(language, "export.title"))
    references = "".join(f"<li>{_rich(it)}</li>\n" for it in transcript.references())
    listed = f"<h2>{_plain(text(language, 'export.references'))}</h2>\n<ul>\n{references}</ul>\n" if references else ""
    entries = "".join(_entry(entry, number) for number, entry in enumerate(transcript.entries, start=1))
    return (
        f'<!DOCTYPE html>\n<html lang="{language.value}">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="{_POLICY_NAME}" content="{_POLICY}">\n'
        f'<meta name="viewport" content="width=device-width, initial-scale=1">\n<title>{title}</title>\n'
        f"<style>{_style()}</style>\n</head>\n<body>\n<h1>{title}</h1>\n"
        f'<p class="om">{_plain(transcript.made)}</p>\n{entries}{listed}'
        f"<h2>{_plain(text(language, 'export.receipts'))}</h2>\n<p>{_plain(text(language, 'export.explained'))}</p>\n"
        f'<p class="kvittering">{_plain(str(transcript.summary))}</p>\n</body>\n</html>\n'
    )


def found_in(content: str) -> Iterator[Found]:
    """The quotes, receipts and other lines of a page, in order, and what would make it show other than it says."""
    reader = _Reader()
    reader.feed(content)
    reader.close()
    yield from reader.found


def _entry(entry: Entry, number: int) -> str:
    heading = text(entry.language, "export.question", number=number)
    lines = "".join(f"<p>{_plain(line)}</p>\n" for line in explanation(entry))
    quotes = _table(entry) if entry.grid else "".join(_excerpt(excerpt) for excerpt in entry.quotes)
    return (
        f'<section lang="{entry.language.value}">\n<h2>{_plain(heading)}: <bdi>{_plain(entry.question)}</bdi></h2>\n'
        f"{lines}{quotes}</section>\n"
    )


def _table(entry: Entry) -> str:
    """A comparison: the sources as rows, their quotes with citations and receipts in a cell."""
    if entry.grid is None:
        return ""
    heads = "".join(f"<th><p>{_plain(head)}</p></th>" for head in entry.grid.heads[:2])
    rows = []
    for row, excerpts in entry.grid.cells(entry.quotes):
        note = f'<p class="merknad">{_plain(row.note)}</p>\n' if row.note else ""
        cell = note + "".join(map(_excerpt, excerpts))
        rows.append(f"<tr>\n<th><p>{_plain(row.source)}</p></th>\n<td>\n{cell}</td>\n</tr>\n")
    return f"<table>\n<thead><tr>{heads}</tr></thead>\n<tbody>\n{''.join(rows)}</tbody>\n</table>\n"


def _excerpt(excerpt: Excerpt) -> str:
    known = excerpt.language and excerpt.language is not Language.OTHER
    language = f' lang="{excerpt.language.value}"' if excerpt.language and known else ""
    return (
        f'<blockquote dir="auto"{language}>{escape(showable(excerpt.text))}</blockquote>\n'
        f'<p class="kilde">— {_rich(attribution(excerpt))}</p>\n'
        f'<p class="kvittering">{_plain(str(excerpt.receipt))}</p>\n'
    )


def _plain(words: str) -> str:
    return escape(one_line(words))


def _rich(runs: Rich) -> str:
    return to_html(Run(showable(run.text), run.italic) for run in runs)


@cache
def _style() -> str:
    return files(__package__).joinpath("page.css").read_text("utf-8")


class _Reader(HTMLParser):
    """Gathers the text of each block. Within a quote nothing but text is expected: markup is told of as its source."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[Found] = []
        self._part: Part | None = None
        self._closing = ""
        self._place = 0
        self._text: list[str] = []
        self._style: list[str] | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        strange = tag not in _ELEMENTS or not given.keys() <= _ATTRIBUTES
        if strange or given.get("http-equiv", _POLICY_NAME) != _POLICY_NAME:
            self._disguise(self.get_starttag_text() or tag)
        if tag == "style":
            self._style = []
        elif tag == "blockquote" and self._part is not Part.QUOTE:
            self._open(Part.QUOTE, tag)
        elif tag in _BLOCKS and self._part is not Part.QUOTE:
            styles = (given.get("class") or "").split()
            self._open(Part.RECEIPT if "kvittering" in styles else Part.TEXT, tag)
        elif self._part is Part.QUOTE:
            self._text.append(self.get_starttag_text() or f"<{tag}>")

    def handle_endtag(self, tag: str) -> None:
        if tag == "style" and self._style is not None:
            written, self._style = "".join(self._style), None
            if _lean(written) != _lean(_style()) and sha256(_lean(written).encode()).hexdigest() not in PAST_STYLES:
                self._disguise("<style>")
        elif tag == self._closing:
            self._close()
        elif self._part is Part.QUOTE:
            self._text.append(f"</{tag}>")

    def handle_data(self, data: str) -> None:
        if self._style is not None:
            self._style.append(data)
        elif self._part is not None:
            self._text.append(data)
        elif data.strip():  # text outside of every paragraph of ours
            self.found.append(Found(Part.TEXT, data.strip(), self.getpos()[0]))

    def handle_comment(self, data: str) -> None:
        if self._part is Part.QUOTE:
            self._text.append(f"<!--{data}-->")

    def close(self) -> None:
        super().close()
        self._close()

    def _open(self, part: Part, tag: str) -> None:
        self._close()
        self._part, self._closing, self._place = part, tag, self.getpos()[0]

    def _close(self) -> None:
        if self._part is not None:
            self.found.append(Found(self._part, "".join(self._text), self._place))
        self._part, self._closing, self._text = None, "", []

    def _disguise(self, what: str) -> None:
        self.found.append(Found(Part.DISGUISE, what[:80], self.getpos()[0]))


def _lean(style: str) -> str:
    """Without white space, which an editor may have changed."""
    return re.sub(r"\s+", "", style)

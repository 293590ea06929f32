"""The page's own words as HTML: header, welcome, list of sources, about. Pure functions."""

from collections.abc import Sequence

from assistant.texts import counted, lines, text
from assistant.web.address import document_link
from assistant.web.citing_view import render_source_reference
from assistant.web.markup import plain
from index.documents.document import Language, Source

HOMES = {
    Language.BOKMAAL: ("/", "Bokmål"),
    Language.NYNORSK: ("/nn/", "Nynorsk"),
    Language.ENGLISH: ("/en/", "English"),
}
"""Where the page lives in each language, and what the language calls itself."""


def render_header(language: Language) -> str:
    """The name, and the way to the other languages."""
    links = []
    for other, (home, name) in HOMES.items():
        current = ' aria-current="true"' if other is language else ""
        links.append(f'<a href="{home}" lang="{other.value}" hreflang="{other.value}"{current}>{name}</a>')
    return (
        f'<a class="kv-hopp" href="#kv-sporsmal">{_say(language, "app.skip")}</a>'
        f'<h1 class="kv-merke"><span aria-hidden="true">«</span>{_say(language, "app.name")}'
        f'<span aria-hidden="true">»</span></h1><p class="kv-undertittel">{_say(language, "app.tagline")}</p>'
        f'<nav class="kv-sprak" aria-label="{_say(language, "app.switch")}">{"".join(links)}</nav>'
    )


def render_welcome(language: Language) -> str:
    """What stands where the conversation will be."""
    return (
        f'<div class="kv-velkommen"><h2>{_say(language, "ask.heading")}</h2><p>{_say(language, "ask.lead")}</p>'
        f'<p class="kv-prov">{_say(language, "ask.examples")}</p></div>'
    )


def render_sources(sources: Sequence[Source], language: Language) -> str:
    """The documents with what they say of themselves, and the way into each."""
    if not sources:
        return (
            f'<div class="kv-kilder"><h2>{_say(language, "sources.heading")}</h2>'
            f"<p>{_say(language, 'sources.empty')}</p></div>"
        )
    items = "".join(f"<li>{_source(source, language)}</li>" for source in sources)
    return (
        f'<div class="kv-kilder"><h2>{_say(language, "sources.heading")}</h2>'
        f"<p>{plain(counted(language, 'sources.lead', len(sources)))}</p><ul>{items}</ul></div>"
    )


def render_about(language: Language) -> str:
    """What Kildesvar is and is not."""
    parts = []
    for part in ("what", "not", "privacy", "limits"):
        body = "".join(f"<p>{plain(line)}</p>" for line in lines(language, f"about.{part}"))
        parts.append(f"<section><h3>{_say(language, f'about.{part}_heading')}</h3>{body}</section>")
    return f'<div class="kv-om"><h2>{_say(language, "about.heading")}</h2>{"".join(parts)}</div>'


def filter_label(chosen: int, total: int, language: Language) -> str:
    """How many of the sources are searched."""
    if chosen >= total:
        return text(language, "filter.all")
    if chosen == 0:
        return text(language, "filter.none")
    return text(language, "filter.some", number=chosen, total=total)


def _source(source: Source, language: Language) -> str:
    metadata = source.metadata
    spoken = metadata.language
    facts = {
        "authors": ", ".join(metadata.authors),
        "publisher": metadata.publisher,
        "date": metadata.date,
        "kind": metadata.kind,
        "language": text(language, f"languages.{spoken.value}") if spoken else None,
        "file": source.file,
    }
    rows = "".join(
        f"<div><dt>{_say(language, f'sources.{name}')}</dt><dd>{plain(fact)}</dd></div>"
        for name, fact in facts.items()
        if fact
    )
    missing = ", ".join(text(language, f"sources.{name}").lower() for name, fact in facts.items() if not fact)
    unknown = f'<p class="kv-ukjent">{plain(text(language, "sources.unknown", facts=missing))}</p>' if missing else ""
    title = plain(text(language, "sources.read_title", title=source.name))
    return (
        f'<article class="kv-kildekort"><h3>{plain(source.name)}</h3><dl>{rows}</dl>{unknown}'
        f'<a class="kv-les" href="{document_link(source.id)}" aria-label="{title}">{_say(language, "sources.read")}</a>'
        f"{render_source_reference(source, language)}"
        "</article>"
    )


def _say(language: Language, key: str) -> str:
    return plain(text(language, key))

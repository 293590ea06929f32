"""The page's own words as HTML: header, welcome, about. Pure functions."""

from assistant.texts import lines, text
from assistant.web.markup import plain
from index.documents.document import Language

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


def render_about(language: Language, kept_in: str = "") -> str:
    """What Kildesvar is and is not; ``kept_in`` is the file that conversations are kept in, if they are."""
    kept = text(language, "about.kept", file=kept_in) if kept_in else text(language, "about.not_kept")
    parts = []
    for part in ("what", "not", "privacy", "limits"):
        said = [*lines(language, f"about.{part}"), *([kept] if part == "privacy" else [])]
        body = "".join(f"<p>{plain(line)}</p>" for line in said)
        parts.append(f"<section><h3>{_say(language, f'about.{part}_heading')}</h3>{body}</section>")
    return f'<div class="kv-om"><h2>{_say(language, "about.heading")}</h2>{"".join(parts)}</div>'


def filter_label(chosen: int, total: int, language: Language) -> str:
    """How many of the sources are searched."""
    if chosen >= total:
        return text(language, "filter.all")
    if chosen == 0:
        return text(language, "filter.none")
    return text(language, "filter.some", number=chosen, total=total)


def _say(language: Language, key: str) -> str:
    return plain(text(language, key))

"""References and exports on the page: the menu of a quote, of a source and of the conversation. Pure functions.

What the buttons do is in citing.js; how the menus look, in citing.css.
"""

from assistant.answer import Quote
from assistant.export.formats import Format
from assistant.references import Style
from assistant.references.apa import in_text, pinpoint, reference
from assistant.references.rich import Rich, to_text
from assistant.references.work import work_of
from assistant.texts import text
from assistant.web.markup import attribute, entities, plain
from index.documents.document import Language, Source

REFERENCES = "/kildesvar/referanse/"
"""Where references are fetched from: the document's id, and the ending that a style's files have."""
_DOWNLOADS = {Style.BIBTEX: "BibTeX", Style.RIS: "RIS", Style.CSL: "CSL-JSON"}


def render_quote_reference(quote: Quote, name: str, language: Language) -> str:
    """The button that copies norsk APA, and the menu that shows it and has the other forms. For the conversation."""
    work = work_of(quote.document)
    entry = reference(work, language)
    cited = in_text(work, pinpoint(quote, work, language), language)
    copying, more, note, within = (text(language, f"cite.{it}") for it in ("copy", "more", "more_note", "in_text"))
    links = "".join(
        f'<a class="kv-fil" href="{reference_link(quote.document.id, style, language)}">{label}</a>'
        for style, label in ({} if quote.since else _DOWNLOADS).items()  # a document that is gone has no files
    )
    return (
        f"{_copying(entry, copying, f'{copying}: {name}')}"
        f'<details class="kv-former"><summary title="{attribute(f"{note}: {name}")}">{entities(more)}</summary>'
        f'<div class="kv-ark-former"><p><b>{entities(text(language, "cite.list"))}</b><br>{_italic(entry)}</p>'
        f"<p><b>{entities(within)}</b><br>{_italic(cited)} "
        f"{_copying(cited, text(language, 'cite.copy_style'), f'{within}: {name}')}</p>"
        f'<p class="kv-filer">{links}</p></div></details>'
    )


def render_source_reference(source: Source, language: Language) -> str:
    """The same for a document in the list of sources, whose text is not at hand there: citing.js fetches it."""
    fetched = reference_link(source.id, Style.APA, language)
    copying = plain(text(language, "cite.copy"))
    name = plain(f"{text(language, 'cite.copy')}: {source.name}")
    links = "".join(
        f'<a class="kv-fil" href="{reference_link(source.id, style, language)}" '
        f'aria-label="{plain(f"{label}: {source.name}")}">{label}</a>'
        for style, label in _DOWNLOADS.items()
    )
    return (
        f'<span class="kv-filer"><button type="button" class="kv-referanse" data-hent="{fetched}" '
        f'aria-label="{name}">{copying}</button>{links}</span>'
    )


def render_export(language: Language) -> str:
    """The menu that downloads the conversation."""
    buttons = "".join(
        f'<button type="button" class="kv-eksporter" value="{format.value}">'
        f"{plain(text(language, f'export.{format.value}'))}</button>"
        for format in (Format.WORD, Format.MARKDOWN, Format.HTML)
    )
    return (
        f'<details class="kv-former kv-eksportmeny"><summary title="{plain(text(language, "export.note"))}">'
        f'{plain(text(language, "export.button"))}</summary><div class="kv-ark-former">{buttons}</div></details>'
    )


def reference_link(document_id: str, style: Style, language: Language) -> str:
    """Where a document's reference is fetched from."""
    return f"{REFERENCES}{document_id}{style.ending}?lang={language.value}"


def _copying(runs: Rich, label: str, name: str) -> str:
    return (
        f'<button type="button" class="kv-referanse" value="{attribute(to_text(runs))}" title="{attribute(name)}">'
        f"{entities(label)}</button>"
    )


def _italic(runs: Rich) -> str:
    """Marked by an element of its own, so that citing.js can copy it with its italics."""
    body = "".join(f"<i>{entities(run.text)}</i>" if run.italic else entities(run.text) for run in runs)
    return f'<span class="kv-apa">{body}</span>'

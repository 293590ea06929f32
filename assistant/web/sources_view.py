"""The Kilder tab as HTML: where files are dropped, what is coming in, the documents. Pure functions."""

import json
from collections.abc import Sequence

from assistant.intake.intake import Progress
from assistant.intake.item import Edition, EditionChoice, Item, Outcome, Result, State
from assistant.shelf import Shelved
from assistant.texts import counted, table, text
from assistant.web.address import document_link
from assistant.web.citing_view import render_source_reference
from assistant.web.markup import plain
from index.documents import READERS
from index.documents.apart import LIMIT_BYTES
from index.documents.document import Language, Source
from index.documents.metadata import FIELDS
from index.documents.web_address import web_address
from index.editions import SAME_TEXT

_FOR_SCRIPT = (
    "shelf.sending",
    "shelf.not_sent",
    "shelf.dismiss",
    "shelf.dismiss_title",
    "shelf.saved",
    "shelf.removed",
    "shelf.unreachable",
    "errors.NotFetched",
    "errors.UnsupportedFormat",
    "errors.DocumentTooLarge",
)
"""Texts that sources.js says."""
_MEGABYTE = 1_000_000
_LONGEST = {"authors": 600, "url": 2_000}
"""Characters of a field."""


def render_facts(language: Language) -> str:
    """What sources.js must know, wherever on the page the user is."""
    facts = {
        "tekster": {key: table(language)[key] for key in _FOR_SCRIPT},
        "endelser": list(READERS),
        "grense": LIMIT_BYTES,
        "sprak": language.value,
    }
    return f'<div hidden data-hylle="{plain(json.dumps(facts, ensure_ascii=False))}"></div>'


def render_tab(language: Language, *, editable: bool) -> str:
    """The tab without what changes: sources.js fills it in."""
    top = (
        f"{_drop(language)}{_queue(language)}"
        if editable
        else f'<p class="kv-leselig">{_say(language, "read_only")}</p>'
    )
    dialogs = f"{_form(language)}{_confirmation(language)}" if editable else ""
    trouble = '<div id="kv-hylle-feil" role="alert"></div>'  # why nothing can be shown, or only what was shown before
    return f'<div class="kv-kilder" id="kv-hylle">{top}{trouble}<div id="kv-dokumenter"></div>{dialogs}</div>'


def render_documents(documents: Sequence[Shelved], language: Language, *, editable: bool) -> str:
    """The documents with what they say of themselves, and what can be done with each."""
    heading = f"<h2>{plain(text(language, 'sources.heading'))}</h2>"
    if not documents:
        return f"{heading}<p>{plain(text(language, 'shelf.empty' if editable else 'sources.empty'))}</p>"
    items = "".join(f"<li>{_card(document, language, editable=editable)}</li>" for document in documents)
    return f"{heading}<p>{plain(counted(language, 'sources.lead', len(documents)))}</p><ul>{items}</ul>"


def render_item(item: Item, progress: Progress | None, *, now: float, language: Language, ocr: bool = False) -> str:
    """One file on its way: what happens with it, and what the user may do; ``ocr`` if text recognition can be done."""
    told = progress if progress is not None and progress.item == item.id else None
    bar = ""
    if item.state is State.ACTIVE:
        numbers = f' max="{told.total}" value="{told.done}"' if told and told.total else ""
        bar = f'<progress aria-label="{plain(item.name)}"{numbers}></progress>'
    role = ' role="alert"' if item.state is State.FAILED else ""
    return (
        f'<li class="kv-innfil kv-innfil-{item.state.value}" data-fil="{plain(item.id)}">'
        f'<p class="kv-innfil-navn">{plain(item.name)}</p>{bar}'
        f'<p class="kv-innfil-sagt"{role}>{plain(_said(item, told, now, language, ocr=ocr))}</p>'
        f'<div class="kv-innfil-valg">{_choices(item, language, ocr=ocr)}</div></li>'
    )


def render_summary(items: Sequence[Item], language: Language) -> str:
    """How many of the files are done, and the way to get rid of the list."""
    ended = sum(item.ended for item in items)
    count = text(language, "shelf.summary", done=ended, total=len(items))
    clear = _button("clear", "", text(language, "shelf.clear")) if ended else ""
    waiting = len(items) - ended
    stop = _button("cancel_all", "", text(language, "shelf.cancel_all")) if waiting > 1 else ""
    return f"<p>{plain(count)}</p>{stop}{clear}"


def time_left(seconds: float, language: Language) -> str:
    """Roughly how long it will take."""
    if seconds < 90:
        return counted(
            language, "shelf.seconds_left", max(1, round(seconds / 5) * 5 if seconds > 10 else round(seconds))
        )
    return counted(language, "shelf.minutes_left", round(seconds / 60))


def _said(item: Item, progress: Progress | None, now: float, language: Language, *, ocr: bool) -> str:
    if item.recognisable:
        return f"{_unread(item, language)} {text(language, 'shelf.ocr_can' if ocr else 'shelf.ocr_missing')}"
    if item.state is State.ACTIVE:
        return _going_on(progress, now, language)
    if item.problem is not None:
        if not item.problem.key:
            return text(language, "shelf.unexpected", file=item.place or item.name)
        return text(language, f"errors.{item.problem.key}", **item.problem.details)
    if item.result is not None:
        return _became(item, item.result, language)
    return text(language, f"shelf.{item.state.value}")


def _unread(item: Item, language: Language) -> str:
    """What could not be read of a file that text recognition may read."""
    if item.problem is not None:
        return text(language, f"shelf.{item.problem.key}", **item.problem.details)
    assert item.result is not None
    return _became(item, item.result, language)


def _going_on(progress: Progress | None, now: float, language: Language) -> str:
    if progress is None or not progress.step:
        return text(language, "shelf.active")
    said = text(language, f"shelf.{progress.step}", done=progress.done, total=progress.total)
    left = progress.seconds_left(now) if progress.step == "passages" else None
    return f"{said} · {time_left(left, language)}" if left is not None else said


def _became(item: Item, result: Result, language: Language) -> str:
    if result.outcome is Outcome.ADDED:
        said = [counted(language, "shelf.added", result.count, name=result.name)]
        for key, pages in (("unread", result.unread), ("recognised", result.recognised)):
            said += [text(language, f"shelf.{key}", pages=pages)] if pages else []
        return " ".join(said + ([_of_edition(result.edition, language)] if result.edition else []))
    if result.outcome is Outcome.UNPACKED:
        return counted(language, "shelf.unpacked", result.count)
    return text(language, f"shelf.{result.outcome.value}", name=result.name)


def _of_edition(edition: Edition, language: Language) -> str:
    if edition.choice is not EditionChoice.OPEN:
        return text(language, f"shelf.{edition.choice.value}", name=edition.name)
    key = "same_text" if edition.common >= SAME_TEXT else "edition"
    return text(language, f"shelf.{key}", percent=round(100 * edition.common), name=edition.name)


def _choices(item: Item, language: Language, *, ocr: bool) -> str:
    def offer(action: str) -> str:
        label = text(language, f"shelf.{action}")
        return _button(action, item.id, label, title=f"{label}: {item.name}")

    if not item.ended:
        return offer("cancel")
    edition = item.result.edition if item.result else None
    choice = offer("keep") + offer("replace") if edition and edition.choice is EditionChoice.OPEN else ""
    again = offer("retry") if item.problem and item.problem.again else ""
    recognise = offer("recognise") if item.recognisable and ocr else ""
    return choice + again + recognise + offer("dismiss")


def _card(document: Shelved, language: Language, *, editable: bool) -> str:
    source = document.source
    facts = _facts(source, language)
    shown = {name: plain(fact) for name, fact in facts.items() if fact}
    if source.metadata.url:
        shown["url"] = _web_link(source.metadata.url)
    rows = "".join(
        f"<div><dt>{plain(text(language, f'sources.{name}'))}</dt><dd>{fact}</dd></div>" for name, fact in shown.items()
    )
    missing = ", ".join(text(language, f"sources.{name}").lower() for name, fact in facts.items() if not fact)
    unknown = f'<p class="kv-ukjent">{plain(text(language, "sources.unknown", facts=missing))}</p>' if missing else ""
    renewing = f'<p class="kv-fornyes">{_say(language, "renewing")}</p>' if document.renewing else ""
    outdated = f'<p class="kv-fornyes">{_say(language, "outdated")}</p>' if document.outdated and editable else ""
    title = plain(text(language, "sources.read_title", title=source.name))
    return (
        f'<article class="kv-kildekort" data-dokument="{source.id}"><h3>{plain(source.name)}</h3><dl>{rows}</dl>'
        f'{unknown}{renewing}{outdated}<div class="kv-kortvalg">'
        f'<a class="kv-les" href="{document_link(source.id)}" aria-label="{title}">'
        f"{plain(text(language, 'sources.read'))}</a>{render_source_reference(source, language)}"
        f"{_keeping(source, language) if editable else ''}</div></article>"
    )


def _web_link(url: str) -> str:
    """The address as it is; a link only if it is one that a browser should open."""
    if web_address(url) is None:
        return plain(url)
    return f'<a href="{plain(url)}" target="_blank" rel="noopener noreferrer nofollow">{plain(url)}</a>'


def _facts(source: Source, language: Language) -> dict[str, str | None]:
    metadata, spoken = source.metadata, source.metadata.language
    return {
        "authors": ", ".join(metadata.authors),
        "publisher": metadata.publisher,
        "date": metadata.date,
        "kind": metadata.kind,
        "language": text(language, f"languages.{spoken.value}") if spoken else None,
        "file": source.file,
    }


def _keeping(source: Source, language: Language) -> str:
    metadata = source.metadata
    fields = {name: getattr(metadata, name) or "" for name in FIELDS} | {"authors": "; ".join(metadata.authors)}
    data = {"navn": source.name, "felter": fields}
    edit, remove = text(language, "shelf.edit"), text(language, "shelf.remove")
    kept = f' data-kilde="{plain(json.dumps(data, ensure_ascii=False))}"'
    return _button("edit", source.id, edit, title=f"{edit}: {source.name}", more=kept) + _button(
        "remove", source.id, remove, title=f"{remove}: {source.name}", more=kept
    )


def _button(action: str, subject: str, label: str, *, title: str = "", more: str = "") -> str:
    named = f' aria-label="{plain(title)}"' if title else ""
    return (
        f'<button type="button" class="kv-stille" data-handling="{action}" data-om="{plain(subject)}"{named}{more}>'
        f"{plain(label)}</button>"
    )


def _drop(language: Language) -> str:
    formats = text(language, "shelf.formats", limit=LIMIT_BYTES // _MEGABYTE)
    return (
        f'<section class="kv-slipp" id="kv-slipp" aria-labelledby="kv-slipp-navn">'
        f'<h2 id="kv-slipp-navn">{_say(language, "heading")}</h2><p class="kv-slipp-her">{_say(language, "drop")}</p>'
        f'<label class="kv-velg"><input type="file" id="kv-filer" multiple accept="{plain(",".join(READERS))}">'
        f'<span>{_say(language, "choose")}</span></label><p class="kv-slipp-om">{plain(formats)}</p></section>'
    )


def _queue(language: Language) -> str:
    return (
        f'<section id="kv-inntak" aria-label="{_say(language, "queue")}" hidden><div id="kv-inntak-sum"></div>'
        '<ul id="kv-sendes"></ul><ul id="kv-koe"></ul></section>'
    )


def _form(language: Language) -> str:
    spoken = "".join(
        f'<option value="{it.value}">{plain(text(language, f"languages.{it.value}"))}</option>' for it in Language
    )
    fields = {
        name: f'<input name="{name}" maxlength="{_LONGEST.get(name, 300)}" autocomplete="off">' for name in FIELDS
    }
    fields["language"] = (
        f'<select name="language"><option value="">{_say(language, "unstated")}</option>{spoken}</select>'
    )
    rows = ""
    for name, field in fields.items():
        hint = f"<small>{_say(language, f'hint_{name}')}</small>" if name in ("authors", "date", "kind", "url") else ""
        label = text(language, "shelf.title" if name == "title" else f"sources.{name}")
        rows += f"<label><span>{plain(label)}</span>{field}{hint}</label>"
    return (
        f'<dialog id="kv-rediger" class="kv-dialog" aria-labelledby="kv-rediger-navn"><form method="dialog" novalidate>'
        f'<h2 id="kv-rediger-navn">{_say(language, "form")}</h2>'
        f'<p class="kv-dialog-om">{_say(language, "form_note")}</p>{rows}'
        f'<p class="kv-dialog-feil" role="alert"></p>{_ends(language, "save")}</form></dialog>'
    )


def _confirmation(language: Language) -> str:
    return (
        f'<dialog id="kv-fjern" class="kv-dialog" aria-labelledby="kv-fjern-navn"><form method="dialog">'
        f'<h2 id="kv-fjern-navn">{_say(language, "confirm")}</h2><p class="kv-dialog-navn"></p>'
        f'<p class="kv-dialog-om">{_say(language, "confirm_note")}</p><p class="kv-dialog-feil" role="alert"></p>'
        f"{_ends(language, 'confirm_yes')}</form></dialog>"
    )


def _ends(language: Language, yes: str) -> str:
    return (
        f'<div class="kv-dialog-valg"><button type="button" class="kv-nei-takk">{_say(language, "back")}</button>'
        f'<button type="submit" class="kv-ja">{_say(language, yes)}</button></div>'
    )


def _say(language: Language, key: str) -> str:
    return plain(text(language, f"shelf.{key}"))

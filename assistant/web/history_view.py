"""The kept conversations as HTML: the dialog «Samtaler», and the list in it. Pure functions.

What the buttons do is in history.js; how it looks, in history.css. The list is put into the page as it is, so all that
somebody wrote goes through ``plain``.
"""

import re
from collections.abc import Sequence
from datetime import date, datetime, timedelta
from itertools import groupby

from assistant.export.formats import Format
from assistant.history.store import Keeping
from assistant.history.turn import LONGEST_TITLE, KeptConversation
from assistant.texts import counted, lines, text
from assistant.web.markup import plain
from index.documents.document import Language

CONVERSATIONS = "/kildesvar/samtaler"
"""Where they are looked up, changed and fetched as files."""
_OPENED = re.compile(r'<p data-samtale="(s[0-9a-f]{16})"></p>', re.ASCII)


def render_dialog(language: Language) -> str:
    """The button below the question, and the dialog that it opens; the list comes when it is opened."""
    return (
        f'<button type="button" id="kv-hist-knapp" class="kv-stille" aria-haspopup="dialog">'
        f"{_say(language, 'heading')}</button>"
        f'<dialog id="kv-hist" aria-labelledby="kv-hist-tittel"><div class="kv-hist-topp">'
        f'<h2 id="kv-hist-tittel">{_say(language, "heading")}</h2>'
        f'<button type="button" class="kv-hist-ny" title="Alt+Shift+N">{_say(language, "new")}</button>'
        f'<button type="button" class="kv-hist-lukk" aria-label="{_say(language, "close")}">×</button></div>'
        f'<input type="search" id="kv-hist-sok" maxlength="200" autocomplete="off" '
        f'aria-label="{_say(language, "search")}" placeholder="{_say(language, "search")}">'
        f'<p class="kv-hist-sagt" role="status"></p>'
        f'<div id="kv-hist-liste" data-sprak="{language.value}"></div></dialog>'
    )


def render_opened(conversation: str) -> str:
    """Tells the page which kept conversation it shows."""
    return f'<p data-samtale="{plain(conversation)}"></p>'


def parse_opened(shown: object) -> str:
    """The conversation that ``render_opened`` told of, as a page says it back; empty where it is none."""
    match = _OPENED.fullmatch(shown) if isinstance(shown, str) else None
    return match[1] if match else ""


def render_list(
    conversations: Sequence[KeptConversation],
    query: str,
    opened: str,
    language: Language,
    *,
    more: bool,
    keeping: Keeping,
    file: str,
    today: date | None = None,
) -> str:
    """The conversations by days, and below them whether and where they are kept.

    Args:
        conversations: The last used first.
        query: What was searched for.
        opened: Id of the one that the page shows.
        language: Of the page.
        more: Whether there are others that are not listed.
        keeping: Whether new ones are kept.
        file: Where they lie.
        today: The day to count from.
    """
    today = today or date.today()
    parts = (
        []
        if keeping is Keeping.ON
        else [f'<p class="kv-hist-av">{plain(text(language, f"history.keeping.{keeping.value}"))}</p>']
    )
    if not conversations:
        parts.append(f'<p class="kv-hist-tomt">{_say(language, "none_found" if query.strip() else "none")}</p>')
    for day, group in groupby(conversations, key=lambda it: _when(it, today, language)):
        items = "".join(_item(it, opened, today, language) for it in group)
        parts.append(f"<section><h3>{plain(day)}</h3><ul>{items}</ul></section>")
    if more:
        parts.append(f'<button type="button" class="kv-hist-flere">{_say(language, "more")}</button>')
    return "".join(parts) + _foot(keeping, file, language)


def _item(conversation: KeptConversation, opened: str, today: date, language: Language) -> str:
    title, identifier = plain(conversation.title), plain(conversation.id)
    current = ' aria-current="true"' if conversation.id == opened else ""
    questions = counted(language, "history.questions", conversation.questions)
    about = f"{_moment(conversation.changed, today, language)} · {questions}"
    found = ""
    if conversation.found and conversation.found != conversation.title:
        met = text(language, "history.found", question=conversation.found)
        found = f'<span class="kv-hist-funn">{plain(met)}</span>'
    return (
        f'<li data-samtale="{identifier}"><button type="button" class="kv-hist-apne"{current}>'
        f'<span class="kv-hist-navn">{title}</span>{found}<span class="kv-hist-om">{plain(about)}</span></button>'
        f'<details class="kv-hist-mer"><summary aria-label="{_say(language, "options", title=conversation.title)}" '
        f'title="{_say(language, "options_short")}">⋯</summary>{_options(conversation, language)}</details></li>'
    )


def _options(conversation: KeptConversation, language: Language) -> str:
    title = plain(conversation.title)
    links = " ".join(
        f'<a href="{CONVERSATIONS}/{plain(conversation.id)}.{format.value}?lang={language.value}" download>'
        f"{plain(text(language, f'export.{format.value}'))}</a>"
        for format in (Format.WORD, Format.MARKDOWN, Format.HTML)
    )
    return (
        f'<div class="kv-hist-valg"><form class="kv-hist-navngi"><label>{_say(language, "name")} '
        f'<input name="navn" value="{title}" maxlength="{LONGEST_TITLE}" autocomplete="off"></label>'
        f"<button>{_say(language, 'rename')}</button></form>"
        f'<p class="kv-hist-filer"><span>{_say(language, "export")}</span> {links}</p>'
        f'<details class="kv-hist-slett"><summary>{_say(language, "delete")}</summary>'
        f"<p>{_say(language, 'delete_sure')}</p>"
        f'<button type="button" class="kv-hist-bekreft">{_say(language, "delete_confirm")}</button></details></div>'
    )


def _foot(keeping: Keeping, file: str, language: Language) -> str:
    """Whether new ones are kept, where, and how all are deleted."""
    switch = ""
    if keeping is not Keeping.NOT_NOW:  # then there is nothing to switch in the page
        checked = " checked" if keeping is Keeping.ON else ""
        label = f'<input type="checkbox" class="kv-hist-bryter"{checked}> {_say(language, "keep")}'
        switch = f"<label>{label}</label>"
    return (
        f'<div class="kv-hist-fot">{switch}<p>{_say(language, "where", file=file)}</p>'
        f'<details class="kv-hist-slett"><summary>{_say(language, "delete_all")}</summary>'
        f"<p>{_say(language, 'delete_all_sure')}</p>"
        f'<button type="button" class="kv-hist-bekreft-alle">{_say(language, "delete_all_confirm")}</button>'
        "</details></div>"
    )


def _when(conversation: KeptConversation, today: date, language: Language) -> str:
    """The heading that it stands under: the day for the last two, then the week, then the month."""
    day = _local(conversation.changed).date()
    if day >= today:
        return text(language, "history.today")
    if day == today - timedelta(days=1):
        return text(language, "history.yesterday")
    if day > today - timedelta(days=7):
        return text(language, "history.week")
    return f"{lines(language, 'apa.months')[day.month - 1]} {day.year}"


def _moment(moment: str, today: date, language: Language) -> str:
    """The time, with the day where no heading tells it: ``14.05``, ``3. mai, 14.05``."""
    local = _local(moment)
    clock = f"{local:%H:%M}" if language is Language.ENGLISH else f"{local:%H.%M}"
    if local.date() >= today - timedelta(days=1):
        return clock
    month = lines(language, "apa.months")[local.month - 1]
    return f"{text(language, 'apa.day', day=local.day, month=month)}, {clock}"


def _local(moment: str) -> datetime:
    """By the machine's own clock: whoever uses the page sits at it."""
    return datetime.fromisoformat(moment).astimezone()


def _say(language: Language, key: str, **details: str | int) -> str:
    return plain(text(language, f"history.{key}", **details))

"""What Kildesvar says of itself and its sources -> HTML of the conversation. Pure functions."""

from assistant.answer import Talk
from assistant.citation import titled
from assistant.own_words import listed, own_words
from assistant.texts import text
from assistant.web.address import document_link
from assistant.web.markup import attribute, entities
from index.documents.document import Language


def render_talk(talk: Talk, language: Language) -> str:
    """The paragraphs, and the sources that they list; each opens."""
    said = "".join(f'<p class="kv-egne-ord">{entities(line)}</p>' for line in own_words(talk, language))
    items = []
    for source, facts in listed(talk, language):
        name = titled(source.name, language)
        title = attribute(text(language, "talk.open_title", title=source.name))
        link = f'<a href="{attribute(document_link(source.id))}" title="{title}">{entities(name)}</a>'
        items.append(f"<li>{link}{entities(f' – {facts}') if facts else ''}</li>")
    return f'{said}<ul class="kv-kildeliste">{"".join(items)}</ul>' if items else said

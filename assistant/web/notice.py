"""A message to the user as HTML."""

from assistant.web.markup import plain


def notice(message: str) -> str:
    """A message above the question box."""
    return f'<p class="kv-melding" role="alert">{plain(message)}</p>'

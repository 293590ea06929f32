"""Every word that Kildesvar itself says, in Bokmål, Nynorsk and English: a TOML file each, with the same keys.

>>> text(Language.NYNORSK, "citation.page", number=3)
'side 3'

A key is the path to it in the file, joined with full stops. Texts are ``str.format`` templates.
"""

import tomllib
from functools import cache
from importlib.resources import files

from index.documents.document import Language
from index.errors import KildesvarError

LANGUAGES = (Language.BOKMAAL, Language.NYNORSK, Language.ENGLISH)
"""The languages that there are texts in; the first is the default."""


def text(language: Language, key: str, **details: str | int) -> str:
    """One text with its placeholders filled; a language without texts of its own gets Bokmål.

    Raises ``KeyError`` for an unknown key or a missing detail.
    """
    template = table(language)[key]
    if isinstance(template, tuple):
        raise KeyError(f"{key} is a list of texts; read it with lines()")
    return template.format(**details)


def lines(language: Language, key: str) -> tuple[str, ...]:
    """A list of texts, such as the example questions. Raises ``KeyError`` for an unknown key."""
    entry = table(language)[key]
    if isinstance(entry, str):
        raise KeyError(f"{key} is one text; read it with text()")
    return entry


def counted(language: Language, key: str, number: int, **details: str | int) -> str:
    """The text ``key.one`` or ``key.many``, by the number that it is said of."""
    return text(language, f"{key}.one" if number == 1 else f"{key}.many", number=number, **details)


def error_text(language: Language, error: KildesvarError) -> str:
    """What went wrong and what to do, in the user's language."""
    return text(language, f"errors.{error.key}", **error.details)


def spoken(language: Language, fallback: Language = LANGUAGES[0]) -> Language:
    """The language itself if there are texts in it, else ``fallback``."""
    return language if language in LANGUAGES else fallback


def table(language: Language) -> dict[str, str | tuple[str, ...]]:
    """All texts of a language by their keys."""
    return read_table(__package__, language)


@cache
def read_table(package: str, language: Language) -> dict[str, str | tuple[str, ...]]:
    """The texts that lie in ``package``, by their keys: packages above this one have texts of their own."""
    source = files(package).joinpath(f"{spoken(language).value}.toml").read_text("utf-8")
    return dict(_flatten(tomllib.loads(source), prefix=""))


def _flatten(node: dict[str, object], prefix: str) -> list[tuple[str, str | tuple[str, ...]]]:
    flat: list[tuple[str, str | tuple[str, ...]]] = []
    for name, value in node.items():
        if isinstance(value, dict):
            flat += _flatten(value, f"{prefix}{name}.")
        elif isinstance(value, list):
            flat.append((prefix + name, tuple(str(item) for item in value)))
        else:
            flat.append((prefix + name, str(value)))
    return flat

"""What was written wrongly on the command line, in the user's language; argparse says it in English only."""

import re

from assistant.texts import text
from index.documents.document import Language

_SAID = {
    "required": r"the following arguments are required: (?P<what>.+)",
    "one_required": r"one of the arguments (?P<what>.+) is required",
    "unknown": r"unrecognized arguments: (?P<what>.+)",
    "choice": r"argument (?P<what>.+?): invalid choice: (?P<found>.+) \(choose from (?P<wanted>.+)\)",
    "value": r"argument (?P<what>.+?): invalid \S+ value: (?P<found>.+)",
    "no_value": r"argument (?P<what>.+?): expected (?:one|at least one) argument",
    "none_wanted": r"argument (?P<what>.+?): ignored explicit argument (?P<found>.+)",
    "ambiguous": r"ambiguous option: (?P<what>.+) could match (?P<wanted>.+)",
    "together": r"argument (?P<what>.+?): not allowed with argument (?P<found>.+)",
}
"""What argparse says, by the key of what is said instead."""


def told(message: str, language: Language) -> str:
    """One of argparse's messages in ``language``; where it is none of those that are known, the words of who made it.

    >>> told("the following arguments are required: FILE", Language.BOKMAAL)
    'Det mangler: FILE'
    """
    for key, pattern in _SAID.items():
        if match := re.fullmatch(pattern, message):
            return text(language, f"cli.usage.{key}", **match.groupdict())
    return re.sub(r"^argument (\S+):", r"\1", message)

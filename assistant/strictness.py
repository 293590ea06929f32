"""How sure an answer must be before it is called one."""

from enum import StrEnum


class Strictness(StrEnum):
    """How sure an answer must be before it is called one."""

    STRICT = "strict"
    NORMAL = "normal"
    OPEN = "open"

"""The time as it is kept beside what happened then."""

from datetime import UTC, datetime


def now() -> str:
    """ISO 8601, UTC, to the millisecond: as text, earlier sorts before later."""
    return datetime.now(UTC).isoformat(timespec="milliseconds")

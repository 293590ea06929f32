"""How far a question has come, and whether the user still waits for it: between the thread that asks and the page."""

from threading import Event


class Stopped(Exception):
    """The user no longer waits for the answer."""


class Progress:
    """Told of every document that is looked at; ends the search at the next one once it is stopped."""

    def __init__(self) -> None:
        self._stopped = Event()
        self._done: tuple[int, int] | None = None
        self._seen: tuple[int, int] | None = None

    def __call__(self, done: int, total: int) -> None:
        """Note it. Raises ``Stopped``."""
        if self._stopped.is_set():
            raise Stopped
        self._done = (done, total)

    def stop(self) -> None:
        """Nobody waits any more."""
        self._stopped.set()

    def news(self) -> tuple[int, int] | None:
        """Documents done and in all, if that changed since it was asked last."""
        if self._done == self._seen:
            return None
        self._seen = self._done
        return self._seen

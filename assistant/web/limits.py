"""How often one client may ask."""

from collections import OrderedDict, deque
from collections.abc import Callable
from math import ceil
from threading import Lock
from time import monotonic

MAX_CLIENTS = 10_000
"""Clients that are remembered at once; the one longest silent is forgotten first."""


class RateLimit:
    """At most ``events`` in any ``seconds`` for each client. Safe to use from several threads."""

    def __init__(self, events: int, seconds: float, *, clock: Callable[[], float] = monotonic) -> None:
        self._events, self._seconds, self._clock = events, seconds, clock
        self._seen: OrderedDict[str, deque[float]] = OrderedDict()
        self._lock = Lock()

    def wait(self, client: str) -> int:
        """Count one event of this client; 0 if it may go on, else the whole seconds until it may (not counted)."""
        with self._lock:
            now = self._clock()
            times = self._seen.setdefault(client, deque())
            self._seen.move_to_end(client)
            if len(self._seen) > MAX_CLIENTS:
                self._seen.popitem(last=False)
            while times and times[0] <= now - self._seconds:
                times.popleft()
            if len(times) >= self._events:
                return max(1, ceil(times[0] + self._seconds - now))
            times.append(now)
            return 0

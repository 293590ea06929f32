"""How often a client may ask."""

from assistant.web import limits
from assistant.web.limits import RateLimit


class Clock:
    now = 100.0

    def __call__(self) -> float:
        return self.now


def test_a_client_waits_until_its_oldest_event_is_old_enough() -> None:
    clock = Clock()
    limit = RateLimit(2, 10.0, clock=clock)
    assert limit.wait("a") == 0
    clock.now = 104.0
    assert limit.wait("a") == 0
    assert limit.wait("a") == 6
    assert limit.wait("b") == 0, "another client is not held back"
    clock.now = 109.5
    assert limit.wait("a") == 1
    clock.now = 110.0
    assert limit.wait("a") == 0
    assert limit.wait("a") == 4


def test_refused_events_do_not_count() -> None:
    clock = Clock()
    limit = RateLimit(1, 10.0, clock=clock)
    limit.wait("a")
    for _ in range(50):
        limit.wait("a")
    clock.now = 110.0
    assert limit.wait("a") == 0


def test_it_forgets_the_client_that_was_silent_longest(monkeypatch: object) -> None:
    clock = Clock()
    limit = RateLimit(1, 10.0, clock=clock)
    first = "client-0"
    for number in range(limits.MAX_CLIENTS + 1):
        limit.wait(f"client-{number}")
    assert limit.wait(first) == 0
    assert limit.wait(f"client-{limits.MAX_CLIENTS}") == 10

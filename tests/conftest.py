"""What holds for all tests."""

import pytest


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """A test in a browser that fails is run once more, and the summary says so: neither is hidden, but one hiccup of a
    busy machine does not fail the whole.
    """
    for item in items:
        if item.get_closest_marker("browser"):
            item.add_marker(pytest.mark.flaky(reruns=1))

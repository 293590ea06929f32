"""Serves the page with the small assistant of the tests, on a free port: ``python -m tests.web.serve_fake``."""

from assistant.web.app import Limits
from assistant.web.limits import RateLimit
from assistant.web.server import serve
from tests.web.fake import FakeAssistant

if __name__ == "__main__":
    # The whole suite comes from one address, so the usual limits would stop it.
    serve(FakeAssistant(), port=0, limits=Limits(RateLimit(1000, 60.0), RateLimit(1000, 60.0)))

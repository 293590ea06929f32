"""Serves the page with the small assistant of the tests, on a free port: ``python -m tests.web.serve_fake``.

Ratings, sets and runs are kept in a folder that goes with it.
"""

from pathlib import Path
from tempfile import TemporaryDirectory

from assistant.quality import open_quality
from assistant.web.app import Limits
from assistant.web.limits import RateLimit
from assistant.web.server import serve
from tests.web.fake import FakeAssistant

if __name__ == "__main__":
    with TemporaryDirectory() as directory:
        # The whole suite comes from one address, so the usual limits would stop it.
        limits = Limits(RateLimit(1000, 60.0), RateLimit(1000, 60.0))
        serve(FakeAssistant(), port=0, limits=limits, quality=open_quality(Path(directory)))

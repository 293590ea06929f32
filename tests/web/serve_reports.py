"""Serves the page with a PDF, a long text and 200 notes, on a free port: ``python -m tests.web.serve_reports``."""

from assistant.web.app import Limits
from assistant.web.limits import RateLimit
from assistant.web.server import serve
from tests.web.fake import FakeAssistant
from tests.web.made_reports import long_text, notes, report

if __name__ == "__main__":
    assistant = FakeAssistant((report(), long_text(), *notes()))
    serve(assistant, port=0, limits=Limits(RateLimit(1000, 60.0), RateLimit(1000, 60.0)))

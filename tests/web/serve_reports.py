"""Serves the page with two long documents, a PDF and a text, on a free port: ``python -m tests.web.serve_reports``."""

from assistant.web.app import Limits
from assistant.web.limits import RateLimit
from assistant.web.server import serve
from tests.web.fake import FakeAssistant
from tests.web.made_reports import long_text, report

if __name__ == "__main__":
    assistant = FakeAssistant((report(), long_text()))
    serve(assistant, port=0, limits=Limits(RateLimit(1000, 60.0), RateLimit(1000, 60.0)))

"""Serves a PDF, a long text, a wide table and 200 notes, on a free port: ``python -m tests.web.serve_reports``."""

from assistant.web.app import Limits
from assistant.web.limits import RateLimit
from assistant.web.server import serve
from tests.web.fake import FakeAssistant
from tests.web.made_reports import long_text, notes, report, wide_table

if __name__ == "__main__":
    assistant = FakeAssistant((report(), long_text(), wide_table(), *notes()))
    serve(assistant, port=0, limits=Limits(RateLimit(1000, 60.0), RateLimit(1000, 60.0)))

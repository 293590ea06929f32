"""The page: renders what the assistant answers, decides nothing.

Reading order: ``address`` (links to places), ``markup`` (other people's text, made safe), ``render`` (Answer -> HTML),
``document_view`` (Document -> HTML), ``desk`` (a request -> what the page shows), ``app`` (the Gradio components and
their events), ``gate`` and ``dressing`` (what is let in, what is sent out), ``server`` (it all, on a port).

What a visitor does may end in an error that nobody foresaw: a model or a library stumbles over a document, a disk is
full. Where the desks and routes answer, at *the edge of the page*, whatever it was is caught and logged with its
traceback, and the visitor gets a sentence in their own language instead of a page that is dead.
"""

import os

# Gradio asks a server outside for its newest version when it is imported, unless this is set before.
os.environ["GRADIO_ANALYTICS_ENABLED"] = "False"

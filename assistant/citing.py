"""What the commands that cite do: ``documents cite``.

Heavy modules are imported where they are needed, as in ``commands``.
"""

import argparse
import sys

from assistant.commands import find_document
from assistant.references import cite as cited


def cite(options: argparse.Namespace) -> int:
    """Print the reference to a document."""
    from assistant.opening import open_engine
    from assistant.references.work import work_of

    with open_engine(options.index) as engine:
        document = engine.document(find_document(engine.sources(), options.document))
    sys.stdout.write(cited(work_of(document), options.style, options.language))
    return 0

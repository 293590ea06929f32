"""The worker that adds, but it waits after a hundred passages for as long as there is a file ``hold`` beside the index.

So a test sees what is under way for as long as it likes, on a machine of any speed.
"""

import sys
import time
from collections.abc import Sequence
from pathlib import Path

from assistant.intake.worker import main
from index.encoder import HashingEncoder, Progress, Vectors

AT = 100
HOLD = Path(sys.argv[1]).with_name("hold")
at_once = HashingEncoder.encode_passages


def encode_passages(self: HashingEncoder, texts: Sequence[str], *, progress: Progress | None = None) -> Vectors:
    def report(done: int, total: int) -> None:
        if progress is not None:
            progress(done, total)
        while done == AT and HOLD.exists():
            time.sleep(0.05)

    return at_once(self, texts, progress=report)


HashingEncoder.encode_passages = encode_passages  # type: ignore[method-assign]

if __name__ == "__main__":
    main()

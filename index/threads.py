"""How much of the machine the encoders may use."""

import os


def thread_count() -> int:
    """Processor cores to use: ``KILDESVAR_THREADS``, else as many as this process may run on."""
    asked = os.environ.get("KILDESVAR_THREADS", "")
    if asked.isdecimal() and int(asked) > 0:
        return int(asked)
    if hasattr(os, "sched_getaffinity"):  # not on macOS
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1

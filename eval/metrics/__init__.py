"""One measure a file: definition, range, source, and what a missing answer scores.

A measure of a question takes a ``Row`` and returns one number, or None where it does not apply to that question. A
measure of confidence is a property of a whole set: it takes ``Confidences`` and returns one number, or None where the
set does not allow it. ``eval.aggregate`` makes means and intervals of them.
"""

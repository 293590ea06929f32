"""Conversations that are kept on this machine, beside the index.

Reading order: ``standin`` (as much of a quoted document as an answer shows), ``record`` (an answer as text and back),
``turn`` (what is kept of a question and its answer), ``wording`` (what is searched), ``faults`` (what the disk
complains of), ``file`` (how it is opened), ``store`` (what is done in it).
"""

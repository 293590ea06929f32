"""A Gradio app that tells each new state of its page whole."""

from typing import Any

import gradio as gr
from gradio.block_function import BlockFunction


class Blocks(gr.Blocks):  # type: ignore[misc]  # its types are not read: pyproject.toml
    """A page that shows everything an event yields, however close upon each other it comes.

    Of what an event yields, Gradio sends the first whole and then the differences, and its page makes a difference *in*
    what came before. Where the page has not shown that yet (a slow machine, two states at once), what the later state
    leaves alone (``gr.skip()``) is deleted from the earlier one and never seen. So nothing is sent as a difference
    here: a part stays as it was, or is replaced.
    """

    def handle_streaming_diffs(
        self,
        block_fn: BlockFunction,
        data: list[Any],
        session_hash: str | None,
        run: str | None,
        final: bool,
        simple_format: bool = False,
    ) -> list[Any]:
        """The outputs of an event, whole or as edits of what was sent before: none, or one that replaces it all."""
        sent = self.pending_diff_streams[session_hash].get(run) if session_hash and run else None
        before = None if sent is None else list(sent)
        whole: list[Any] = super().handle_streaming_diffs(
            block_fn, data, session_hash, run, final=final, simple_format=True
        )
        if before is None or final or simple_format:
            return whole
        return [[] if new == old else [["replace", [], new]] for old, new in zip(before, whole, strict=True)]

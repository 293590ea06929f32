"""How sure an answer must be, among Gradio's components: a quiet choice of three beside the filter of sources.

The visitor's browser keeps what was chosen, so that it holds for the next page too.
"""

from dataclasses import dataclass
from typing import Any

import gradio as gr

from assistant.strictness import Strictness
from assistant.texts import text
from index.documents.document import Language

_KEPT_AS = "kildesvar-strictness"
_NO_SECRET = "kildesvar"
"""Gradio scrambles what it keeps in the browser; by a fixed word, it is still read after the server was restarted."""


@dataclass(frozen=True, slots=True)
class StrictnessChoice:
    """The choice, the fold that it lies in, and where the browser keeps it."""

    folded: gr.Accordion
    choice: gr.Radio
    kept: gr.BrowserState

    @property
    def shown(self) -> list[Any]:
        """What changes when a choice is made, in the order of ``updates``."""
        return [self.folded, self.choice]


def lay_out_strictness(language: Language) -> StrictnessChoice:
    """The fold says what is chosen; in it are the three and a line that explains them."""
    normal = Strictness.NORMAL
    with gr.Accordion(_label(normal, language), open=False, elem_id="kv-grad") as folded:
        choice = gr.Radio(
            [(text(language, f"strictness.{it.value}"), it.value) for it in Strictness],
            value=normal.value,
            label=text(language, "strictness.label"),
            info=text(language, "strictness.note"),
            elem_id="kv-grader",
        )
    return StrictnessChoice(folded, choice, gr.BrowserState(normal.value, storage_key=_KEPT_AS, secret=_NO_SECRET))


def wire_strictness(parts: StrictnessChoice, language: Language, quiet: dict[str, Any]) -> None:
    """What is chosen is said on the fold, and kept."""

    def choose(choice: object) -> tuple[Any, str]:
        chosen = chosen_strictness(choice)
        return gr.update(label=_label(chosen, language)), chosen.value

    parts.choice.input(choose, parts.choice, [parts.folded, parts.kept], **quiet)


def updates(kept: object, language: Language) -> tuple[Any, Any]:
    """The fold and the choice as the browser kept them."""
    chosen = chosen_strictness(kept)
    return gr.update(label=_label(chosen, language)), gr.update(value=chosen.value)


def chosen_strictness(sent: object) -> Strictness:
    """What a client sent or kept; the usual one where that is none of the three."""
    return next((it for it in Strictness if sent == it.value), Strictness.NORMAL)


def _label(chosen: Strictness, language: Language) -> str:
    return text(language, "strictness.now", chosen=text(language, f"strictness.{chosen.value}").lower())

"""Gradio's fields for numbers, which refuse in words what no browser would send: a script may send anything."""

import math
from reprlib import repr as short
from typing import Any

import gradio as gr

from charlm.ui import texts
from charlm.ui.answers import refusal

class Slider(gr.Slider):
    """A slider whose value is a finite number."""

    def preprocess(self, payload: Any) -> float:
        """Raises what `refusal` makes."""
        return super().preprocess(_number(self.label, payload))
    from typing import Callable, Literal, Sequence, Any, TYPE_CHECKING
    from gradio.blocks import Block
    if TYPE_CHECKING:
        from gradio.components import Timer
        from gradio.components.base import Component

class Number(gr.Number):
    """A field whose value is a finite number, or nothing."""

    def preprocess(self, payload: Any) -> Any:
        """Raises what `refusal` makes."""
        return None if payload is None else super().preprocess(_number(self.label, payload))
    from typing import Callable, Literal, Sequence, Any, TYPE_CHECKING
    from gradio.blocks import Block
    if TYPE_CHECKING:
        from gradio.components import Timer
        from gradio.components.base import Component

def _number(name: str, value: Any) -> Any:
    if isinstance(value, bool) or not isinstance(value, (int, float)) or not abs(value) < math.inf:
        raise refusal(texts.NO_NUMBER.format(name=name, value=short(value)))
    return value

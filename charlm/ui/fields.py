"""Gradio's fields for numbers, with a check: a browser sends only numbers, but a script may send anything."""

import math
from typing import Any

import gradio as gr

from charlm.ui import texts
from charlm.ui.answers import refusal


def checked_slider(*limits_and_value: Any, **looks: Any) -> gr.Slider:
    """A slider whose value is a finite number."""
    return _checked(gr.Slider(*limits_and_value, **looks))


def checked_number(value: Any, **looks: Any) -> gr.Number:
    """A field whose value is a finite number, or nothing."""
    return _checked(gr.Number(value, **looks), may_be_empty=True)


def _checked(field: Any, *, may_be_empty: bool = False) -> Any:
    """The field, which now checks its value first. (It is no subclass, since Gradio writes a .pyi file for those.)"""
    preprocess = field.preprocess

    def check(payload: Any) -> Any:
        if payload is None and may_be_empty:
            return None
        if isinstance(payload, bool) or not isinstance(payload, (int, float)) or not abs(payload) < math.inf:
            raise refusal(texts.NO_NUMBER.format(name=field.label))
        return preprocess(payload)

    field.preprocess = check
    return field

"""What comes in from outside is looked at first: files that were uploaded here, whole characters, readable values."""

import os
import sys
from collections.abc import Iterator
from typing import Any

import gradio as gr
from gradio.utils import get_upload_folder, is_in_or_equal

from charlm.ui.answers import Refusal, refusal
from charlm.ui.languages import english as texts


class Page(gr.Blocks):
    """A page that tells in a sentence what it cannot read; in the log stands a line without what was sent."""

    async def preprocess_data(self, block_fn: Any, inputs: list[Any], state: Any, explicit_call: bool = False) -> Any:
        """Gradio's reading of what was sent, from a browser or from a script."""
        try:
            for value in _within(inputs):
                if isinstance(value, str) and not _is_whole(value):
                    raise refusal(texts.HALF_A_CHARACTER)
                if isinstance(value, dict) and "path" in value and not is_uploaded(value["path"]):
                    raise refusal(texts.NOT_UPLOADED)
            if block_fn.api_visibility == "public":  # by the endpoints null is read as the default
                inputs = inputs + [None] * (len(block_fn.inputs) - len(inputs))
            return await super().preprocess_data(block_fn, inputs, state, explicit_call)
        except Refusal:
            raise
        except Exception as error:  # Gradio's own words have the value in them
            print(f"What was sent for {block_fn.name} cannot be read: {type(error).__name__}", file=sys.stderr)
            raise refusal(texts.CANNOT_READ) from None


def is_uploaded(path: Any) -> bool:
    """Is that a file that somebody sent here? A path of this machine is none, nor is an address on the internet."""
    return isinstance(path, str) and os.path.isfile(path) and is_in_or_equal(path, get_upload_folder())


def _within(value: Any) -> Iterator[Any]:
    """A value and all that it holds."""
    yield value
    inner = value.values() if isinstance(value, dict) else value if isinstance(value, (list, tuple)) else ()
    for part in inner:
        yield from _within(part)


def _is_whole(text: str) -> bool:
    try:
        text.encode()
    except UnicodeEncodeError:  # the half of a pair, which JSON can carry and no encoding can
        return False
    return True

"""Checks what comes in from outside: only files that were uploaded here, whole characters and readable values pass."""

import os
import sys
from collections.abc import Iterator
from typing import Any

import gradio as gr
from gradio.utils import get_upload_folder, is_in_or_equal

from charlm.languages import speaking
from charlm.ui import texts
from charlm.ui.answers import Refusal, refusal
from charlm.ui.language_door import wish


class Page(gr.Blocks):
    """A page that speaks its visitor's language, and answers unreadable values with a sentence.

    The log gets one line about such values, without them.
    """

    async def process_api(self, block_fn: Any, inputs: Any, *args: Any, request: Any = None, **options: Any) -> Any:
        """Answer what a browser or a script asks, in its language."""
        function = self.fns[block_fn] if isinstance(block_fn, int) else block_fn
        # A validator has no page of its own, but its fields have one.
        page = function.page or next((field.page for field in function.inputs), "")
        with speaking(wish(request, None if function.api_visibility == "public" else page)):
            return await super().process_api(block_fn, inputs, *args, request=request, **options)

    async def preprocess_data(self, block_fn: Any, inputs: list[Any], state: Any, explicit_call: bool = False) -> Any:
        """Check the values that a browser or a script sent, then let Gradio read them. Raises Refusal."""
        try:
            for value in _within(inputs):
                if isinstance(value, str) and not _is_whole(value):
                    raise refusal(texts.HALF_A_CHARACTER)
                if isinstance(value, dict) and "path" in value and not is_uploaded(value["path"]):
                    raise refusal(texts.NOT_UPLOADED)
            if block_fn.api_visibility == "public":  # a missing value becomes null: the endpoint takes the default
                inputs = inputs + [None] * (len(block_fn.inputs) - len(inputs))
            return await super().preprocess_data(block_fn, inputs, state, explicit_call)
        except Refusal:
            raise
        except Exception as error:  # Gradio's own message would contain the value
            print(f"What was sent for {block_fn.name} cannot be read: {type(error).__name__}", file=sys.stderr)
            raise refusal(texts.CANNOT_READ) from None


def is_uploaded(path: Any) -> bool:
    """Is it a file that somebody uploaded here? Other paths of this machine and addresses on the internet are not."""
    return isinstance(path, str) and os.path.isfile(path) and is_in_or_equal(path, get_upload_folder())


def _within(value: Any) -> Iterator[Any]:
    """A value and all values inside it."""
    yield value
    inner = value.values() if isinstance(value, dict) else value if isinstance(value, (list, tuple)) else ()
    for part in inner:
        yield from _within(part)


def _is_whole(text: str) -> bool:
    try:
        text.encode()
    except UnicodeEncodeError:  # a lone surrogate: JSON can contain it, but no encoding can
        return False
    return True

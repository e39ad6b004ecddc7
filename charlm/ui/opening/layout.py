"""What stands above the tabs: the header, the first screen, and after it the path of a character."""

from html import escape

import gradio as gr

from charlm.ui import texts
from charlm.ui.drawings.opening import opening
from charlm.ui.drawings.path import path
from charlm.ui.opening.path import PATH
from charlm.ui.opening.reel import kept
from charlm.ui.opening.script import REEL


def lay_out(ready: bool) -> None:
    """Put the header, the first screen and the path on the page; `ready` says that there is a model that can write."""
    gr.HTML(
        f'<header><h1><button type="button" id="home" title="{escape(texts.HOME)}">{texts.TITLE}</button></h1>'
        f"<p>{escape(texts.TAGLINE)}</p></header>",
        elem_id="head",
    )
    gr.HTML(opening(kept(texts.FIRST_FILM), ready), elem_classes="charlm", elem_id="opening", js_on_load=REEL)
    gr.HTML(path(), elem_id="path", js_on_load=PATH)

"""One throw of the dice as HTML: the characters laid end to end, and where the number fell."""

import numpy as np

from charlm.generation.temperature import likeliest_first
from charlm.text.checkup import label
from charlm.ui.drawings.letters import shown, shown_alone
from charlm.ui.languages import english as texts

NARROWEST = 0.025  # a stretch below this share has no room for its letter


def strip(characters: str, chances: np.ndarray, number: float, id_: int, low: float, high: float) -> str:
    """The stretches, each as wide as its character is likely, and the number on one of them."""
    stretches = "".join(
        f'<span class="stretch{" hit" if i == id_ else ""}" style="width:{100 * chances[i]:.2f}%">'
        f"{shown(_short(characters[i])) if chances[i] >= NARROWEST else ''}</span>"
        for i in likeliest_first(chances)
        if chances[i] >= 0.001 or i == id_
    )
    sentence = texts.FELL.format(number=number, character=shown(label(characters[id_])), low=low, high=high)
    return (
        f'<p role="status">{sentence}</p><div class="throw" aria-hidden="true">'
        f'<span class="number" style="left:{100 * number:.2f}%">▼</span><div class="strip">{stretches}</div></div>'
    )


def chosen_by_hand(character: str, chance: float) -> str:
    """A step without dice."""
    return f'<p role="status">{texts.BY_HAND.format(character=shown(label(character)), chance=chance)}</p>'


def walked(start: str, written: str) -> str:
    """The text so far; a click on a character goes back to it."""
    places = "".join(
        f'<span data-pick="{i}" title="{texts.GO_BACK}">{shown_alone(c)}</span>' for i, c in enumerate(written, 1)
    )
    return f'<pre class="walked"><span class="given">{shown(start)}</span>{places}<span class="caret"></span></pre>'


def _short(character: str) -> str:
    return {"\n": "⏎", "\t": "⇥", " ": "␣", "\u00a0": "⍽"}.get(character, character)

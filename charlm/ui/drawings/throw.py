"""One throw of the dice as HTML: the characters laid end to end, and where the number fell."""

from collections.abc import Sequence

from charlm.insight.next_characters import NextCharacter
from charlm.text.checkup import label
from charlm.ui import texts
from charlm.ui.drawings.letters import shown, shown_alone

NARROWEST = 0.025  # a stretch below this share has no room for its letter
THINNEST = 0.001  # and one below this is not seen at all


def strip(choice: Sequence[NextCharacter], number: float, hit: NextCharacter, low: float, high: float) -> str:
    """Stretches in a row, each as wide as its character's chance. `number` fell on `hit`, between `low` and `high`."""
    likeliest_first = sorted(choice, key=lambda one: (-one.heated, one.id))
    stretches = "".join(_stretch(one, one is hit) for one in likeliest_first if one.heated >= THINNEST or one is hit)
    sentence = texts.FELL.format(number=number, character=shown(label(hit.character)), low=low, high=high)
    return (
        f'<p role="status">{sentence}</p><div class="throw" aria-hidden="true">'
        f'<span class="number" style="left:{100 * number:.2f}%">▼</span><div class="strip">{stretches}</div></div>'
    )


def chosen_by_hand(one: NextCharacter) -> str:
    """The sentence for a character that the visitor chose."""
    told = texts.BY_HAND.format(character=shown(label(one.character)), chance=one.heated)
    return f'<p role="status">{told}</p>'


def walked(start: str, written: str) -> str:
    """The text so far; a click on a character goes back to it."""
    places = "".join(
        f'<span data-pick="{i}" title="{texts.GO_BACK}">{shown_alone(c)}</span>' for i, c in enumerate(written, 1)
    )
    return f'<pre class="walked"><span class="given">{shown(start)}</span>{places}<span class="caret"></span></pre>'


def _stretch(one: NextCharacter, hit: bool) -> str:
    letter = shown(_short(one.character)) if one.heated >= NARROWEST else ""
    return f'<span class="stretch{" hit" if hit else ""}" style="width:{100 * one.heated:.2f}%">{letter}</span>'


def _short(character: str) -> str:
    return {"\n": "⏎", "\t": "⇥", " ": "␣", "\u00a0": "⍽"}.get(character, character)

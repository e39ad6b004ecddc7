"""A text as HTML, shaded by how surprising each of its characters is."""

from collections.abc import Sequence

from charlm.insight.surprise import Surprise, SurprisingCharacter
from charlm.languages import number
from charlm.text.checkup import label
from charlm.ui import texts
from charlm.ui.drawings.letters import shown, shown_alone
from charlm.ui.drawings.notes import notice
from charlm.ui.drawings.tables import table

MOST_BITS = 10.0  # shaded to the full height: a chance of one in a thousand
TELLING = 0.1  # bits per character; a smaller difference says nothing


def shaded(name: str, seen: Surprise, note: str = "") -> str:
    """The text with a bar behind every character: the more surprising it is to the model, the higher is the bar."""
    characters = "".join(map(_character, seen.characters))
    count = len(seen.characters)
    total = texts.SURPRISE_TOTAL.format(mean=seen.bits_per_character, total=seen.total_bits, count=count)
    return f'{_title(name)}{notice(note)}<p class="sentence">{total}</p><pre class="surprise">{characters}</pre>'


def as_table(name: str, seen: Surprise) -> str:
    """The same as a table: each character, its bits, and which one was expected instead."""
    rows = (
        (label(c.character), number(c.bits, ".2f"), label(c.expected), number(c.expected_probability, ".1%"))
        for c in seen.characters
    )
    return _title(name) + table(texts.COLUMNS_SURPRISE, rows)


def verdict(names: Sequence[str], seen: Sequence[Surprise]) -> str:
    """Which model's style it is: that of the less surprised model. "" if there is only one model."""
    if len(names) < 2:
        return ""
    (less, name), (more, other) = sorted(zip((s.bits_per_character for s in seen), names, strict=True))
    sentence = texts.STYLE_CLOSE if more - less < TELLING else texts.STYLE
    told = sentence.format(name=shown(name), less=less, other=shown(other), more=more)
    return f'<p class="sentence" role="status">{told}</p>'


def _character(one: SurprisingCharacter) -> str:
    height = min(1.0, one.bits / MOST_BITS)
    return (
        f'<span style="--bits:{height:.0%}" title="{texts.BITS.format(bits=one.bits)}">'
        f"{shown_alone(one.character)}</span>"
    )


def _title(name: str) -> str:
    return f"<h3>{shown(name)}</h3>"

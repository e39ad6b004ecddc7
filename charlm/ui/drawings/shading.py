"""A text with something marked in it, as HTML: how surprising each character was, what of it was copied."""

from collections.abc import Sequence

import numpy as np

from charlm.text.checkup import label
from charlm.text.copies import SHORTEST, Copies, Copy, CopyFinder
from charlm.ui.drawings.letters import shown, shown_alone
from charlm.ui.languages import english as texts

ADVICE = ((0.2, texts.COPIED_LITTLE), (0.6, texts.COPIED_MUCH), (1.0, texts.COPIED_MOST))  # up to which share
BEGINNING = 40  # characters of a stretch that stand in its title
TELLING = 0.1  # bits per character: a smaller difference is none to speak of
MOST_BITS = 10.0  # the full height of the shading; a character of one in a thousand


def surprise(text: str, bits: np.ndarray) -> str:
    """Every character with a bar behind it, as high as it was surprising; `bits` (len(text),)."""
    characters = "".join(
        f'<span style="--bits:{min(1.0, b / MOST_BITS):.0%}" title="{texts.BITS.format(bits=b)}">'
        f"{shown_alone(c)}</span>"
        for c, b in zip(text, bits, strict=True)
    )
    total = texts.SURPRISE_TOTAL.format(mean=bits.mean(), total=bits.sum(), count=len(text))
    return f'<p class="sentence">{total}</p><pre class="surprise">{characters}</pre>'


def copies(finder: CopyFinder, found: Copies) -> str:
    """The text with every copied stretch marked, what that means, and each stretch where it stands in the source."""
    if not found.stretches:
        return f'<p class="sentence" role="status">{texts.COPIED_NONE.format(shortest=SHORTEST)}</p>'
    number = {copy: i for i, copy in enumerate(found.stretches)}
    marked = "".join(
        f'<mark class="copied" data-copy="{number[copy]}">{shown(piece)}</mark>' if copy else shown(piece)
        for piece, copy in found.pieces()
    )
    passages = "".join(_passage(finder, copy, i) for copy, i in number.items())
    advice = next(sentence for share, sentence in ADVICE if found.share <= share)
    facts = texts.COPIED_FACTS.format(share=found.share, longest=found.longest)
    return (
        f'<p class="sentence" role="status">{facts}</p><p>{advice}</p><pre>{marked}</pre>'
        f"<h3>{texts.COPIED_WHERE}</h3>{passages}"
    )


def _passage(finder: CopyFinder, copy: Copy, number: int) -> str:
    before, stretch, after = finder.passage(copy)
    title = texts.COPIED_PASSAGE.format(length=copy.length, beginning=shown(" ".join(stretch[:BEGINNING].split())))
    passage = f'{shown(before)}<mark class="copied">{shown(stretch)}</mark>{shown(after)}'
    return f'<details data-copy="{number}"><summary>{title}</summary><pre>{passage}</pre></details>'


def table(text: str, bits: np.ndarray, instead: Sequence[str], chances: np.ndarray) -> str:
    """The same as a table: each character, its bits, and which one was expected instead."""
    rows = "".join(
        f"<tr><td>{shown(label(c))}</td><td>{b:.2f}</td><td>{shown(label(i))}</td><td>{p:.1%}</td></tr>"
        for c, b, i, p in zip(text, bits, instead, chances, strict=True)
    )
    head = "".join(f'<th scope="col">{name}</th>' for name in texts.COLUMNS_SURPRISE)
    return f'<table class="plain"><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>'


def verdict(names: Sequence[str], means: Sequence[float]) -> str:
    """Whose style it is: whoever is less surprised."""
    if len(names) < 2:
        return ""
    (less, name), (more, other) = sorted(zip(means, names, strict=True))
    sentence = texts.STYLE_CLOSE if more - less < TELLING else texts.STYLE
    told = sentence.format(name=shown(name), less=less, other=shown(other), more=more)
    return f'<p class="sentence" role="status">{told}</p>'

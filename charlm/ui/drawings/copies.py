"""A text as HTML: its copied stretches are marked, and each is shown at its place in the source."""

from charlm.text.copies import SHORTEST, Copies, Copy, CopyFinder
from charlm.ui import texts
from charlm.ui.drawings.letters import shown

LITTLE, MUCH = 0.2, 0.6  # up to these shares
BEGINNING = 40  # characters of a stretch that its title shows


def copies(finder: CopyFinder, found: Copies) -> str:
    """The text with every copied stretch marked, some advice, and each stretch at its place in the source."""
    if not found.stretches:
        return f'<p class="sentence" role="status">{texts.COPIED_NONE.format(shortest=SHORTEST)}</p>'
    number = {copy: i for i, copy in enumerate(found.stretches)}
    marked = "".join(
        f'<mark class="copied" data-copy="{number[copy]}">{shown(piece)}</mark>' if copy else shown(piece)
        for piece, copy in found.pieces()
    )
    passages = "".join(_passage(finder, copy, i) for copy, i in number.items())
    facts = texts.COPIED_FACTS.format(share=found.share, longest=found.longest)
    return (
        f'<p class="sentence" role="status">{facts}</p><p>{_advice(found.share)}</p><pre>{marked}</pre>'
        f'<h2 class="part">{texts.COPIED_WHERE}</h2>{passages}'
    )


def _advice(share: float) -> str:
    if share <= LITTLE:
        return texts.COPIED_LITTLE
    return texts.COPIED_MUCH if share <= MUCH else texts.COPIED_MOST


def _passage(finder: CopyFinder, copy: Copy, number: int) -> str:
    before, stretch, after = finder.passage(copy)
    title = texts.COPIED_PASSAGE.format(length=copy.length, beginning=shown(" ".join(stretch[:BEGINNING].split())))
    passage = f'{shown(before)}<mark class="copied">{shown(stretch)}</mark>{shown(after)}'
    return f'<details data-copy="{number}"><summary>{title}</summary><pre>{passage}</pre></details>'

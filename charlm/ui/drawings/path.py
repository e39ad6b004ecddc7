"""The path of a character through the network as a row of small pictures; each leads to the tab that explains it.

The pictures follow what happens: see charlm/ui/opening/path.py.
"""

from html import escape

from charlm.ui import texts

# For each part: the tab that explains it, and what to look at there: a place, or the button of a tab within it.
LEADS = {
    "text": ("train", "#step-text"),
    "ids": ("inside", "#inside-embedding-button"),
    "windows": ("train", "#window"),
    "embedding": ("inside", "#inside-embedding-button"),
    "cell": ("inside", "#inside-cells-button"),
    "bars": ("write", "#bars"),
    "dice": ("dice", "#throw"),
}
_LINES = "".join(f'<line x1="6" x2="{x}" y1="{y}" y2="{y}"/>' for x, y in ((58, 7), (52, 14), (58, 21), (46, 28)))
_TABLE = "".join(
    f'<rect x="{x}" y="{y}" width="7" height="6" class="filled" opacity="{(x * 7 + y * 5) % 9 / 10 + 0.1:.1f}"/>'
    for x in range(13, 50, 8)
    for y in range(4, 30, 7)
)
_BARS = "".join(
    f'<rect x="12" y="{y}" width="{wide}" height="5" class="{kind}"/>'
    for y, wide, kind in ((4, 40, "accent"), (12, 22, "filled"), (20, 12, "filled"), (28, 6, "filled"))
)
GLYPHS = {
    "text": '<text x="32" y="23" data-live="text">{text}</text>',
    "ids": '<text x="32" y="23">41 7 19</text>',
    "windows": f'{_LINES}<rect x="4" y="3" width="16" height="8" rx="2" class="window" data-live="window"/>',
    "embedding": _TABLE,
    "cell": '<rect x="18" y="9" width="28" height="20" rx="4"/>'
    '<path d="M46 15 h7 v-11 h-42 v11 h7 m-4 -4 l4 4 l-4 4"/>',
    "bars": _BARS,
    "dice": '<rect x="18" y="4" width="28" height="28" rx="6"/><text x="32" y="24" data-live="thrown">a</text>',
}


def path() -> str:
    """All parts in their order."""
    return f'<nav class="path" aria-label="{escape(texts.PATH)}"><ol>{"".join(map(_part, LEADS))}</ol></nav>'


def _part(name: str) -> str:
    word, explained = texts.PATH_PARTS[name]
    tab, place = LEADS[name]
    glyph = GLYPHS[name].format(text=escape(texts.PATH_TEXT))
    return (
        f'<li><button type="button" data-tab="{tab}" data-place="{place}" title="{escape(explained)}">'
        f'<svg viewBox="0 0 64 36" aria-hidden="true">{glyph}</svg><span>{escape(word)}</span></button></li>'
    )

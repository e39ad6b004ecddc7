"""The facts of a text, before anything is learnt from it, as HTML."""

from collections.abc import Iterable
from html import escape

from charlm.languages import number, say
from charlm.text.checkup import CheckUp
from charlm.text.doubts import Doubt
from charlm.ui import texts
from charlm.ui.drawings.letters import shown
from charlm.ui.drawings.notes import note
from charlm.ui.drawings.tables import table

NAMED = 8  # rare characters that the warning names


def check_up(facts: CheckUp) -> str:
    """What a text is like: its facts, notes and warnings, and its beginning."""
    rows = [
        (texts.FACT_NAME, facts.name),
        (texts.FACT_LENGTH, _length(facts)),
        (texts.FACT_ALPHABET, texts.FACT_ALPHABET_VALUE.format(count=len(facts.alphabet))),
    ]
    return (
        f'<dl class="facts">{"".join(f"<dt>{escape(k)}</dt><dd>{escape(v)}</dd>" for k, v in rows)}</dl>'
        f"{''.join(_notes(facts))}"
        f'<h2 class="part">{texts.FIRST_LINES}</h2><pre>{escape(facts.beginning)}</pre>'
    )


def window(facts: CheckUp, seq_length: int) -> str:
    """The inputs and targets of the first window of a text, `seq_length` characters or as many as are known."""
    pair = [(texts.INPUTS, facts.first_inputs), (texts.TARGETS, facts.first_targets)]
    cut = " …" * (seq_length > len(facts.first_inputs))
    rows = "".join(
        f"<dt>{name}</dt><dd><code>{shown(_visible(text[:seq_length]))}{cut}</code></dd>" for name, text in pair
    )
    return f'<h2 class="part">{texts.PAIR}</h2><dl class="pair">{rows}</dl>'


def alphabet(facts: CheckUp) -> str:
    """Every character of a text with its id and count."""
    return table(texts.COLUMNS_ALPHABET, ((say(a.label), number(a.id), number(a.count, ",")) for a in facts.alphabet))


def _length(facts: CheckUp) -> str:
    characters, lines = texts.CHARACTERS.format(count=facts.characters), texts.LINES.format(count=facts.lines)
    return texts.FACT_LENGTH_VALUE.format(characters=characters, lines=lines)


def _notes(facts: CheckUp) -> Iterable[str]:
    yield from map(note, map(say, facts.changes))
    yield from map(_doubt, facts.doubts)
    if facts.rare:
        named = ", ".join(say(a.label) for a in facts.rare[:NAMED]) + (" …" if len(facts.rare) > NAMED else "")
        yield note(texts.WARN_RARE.format(count=len(facts.rare), named=named), "warning")
    if facts.characters < texts.SHORT:
        yield note(texts.WARN_SHORT, "warning")


def _doubt(doubt: Doubt) -> str:
    """A line of a file in each encoding that it could be in."""
    rows = [(reading.encoding, reading.line) for reading in doubt.readings]
    heading = escape(texts.DOUBT.format(name=doubt.name))
    return f'<h2 class="part">{heading}</h2>{table(texts.COLUMNS_DOUBT, rows)}<p>{texts.DOUBT_CURE}</p>'


def _visible(text: str) -> str:
    """The text with visible signs for line ends and tabs."""
    return text.replace("\n", "⏎").replace("\t", "⇥")

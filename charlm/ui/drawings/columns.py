"""One start and the same dice at several temperatures, side by side: as HTML, and as a page to print."""

from collections.abc import Sequence
from html import escape

from charlm.insight.comparison import Column, Comparison
from charlm.languages import number, reader
from charlm.ui import texts
from charlm.ui.drawings.letters import shown, shown_alone

PRINTED = """
body { font: 11pt/1.5 Georgia, serif; margin: 2rem auto; max-width: 60rem; color: #1b1917; background: #fff; }
h1 { font-size: 1.6rem; margin: 0; } h2 { font-size: 1.2rem; } section { break-inside: avoid; }
dl { display: grid; grid-template-columns: max-content 1fr; gap: .1rem 1rem; } dd { margin: 0; }
main { display: grid; gap: 1.5rem; grid-template-columns: repeat(auto-fit, minmax(12rem, 1fr)); }
pre { font: 10pt/1.45 monospace; white-space: pre-wrap; overflow-wrap: anywhere; unicode-bidi: isolate; }
.parts { outline: 2px solid #1b1917; font-weight: bold; background: none; } .circles { font-weight: bold; }
dt, .given, .unseen, .sign { color: #524c43; } .unseen, .sign { font-size: .8em; }
"""
EMPTY = '<pre class="column"></pre>'  # before the first character


def columns(compared: Comparison) -> list[str]:
    """Every column as HTML. The observations are added when all is written."""
    return [
        f'<pre class="column">{_text(compared.start_text, column)}</pre>{_facts(column) if compared.finished else ""}'
        for column in compared.columns
    ]


def handout(settings: Sequence[tuple[str, str]], compared: Comparison) -> str:
    """A whole HTML page with the settings and the columns, to print or to keep."""
    facts = "".join(f"<dt>{escape(name)}</dt><dd>{shown(value)}</dd>" for name, value in settings)
    sections = "".join(
        f"<section><h2>{texts.TEMPERATURE} {number(column.temperature, 'g')}</h2>{drawn}</section>"
        for column, drawn in zip(compared.columns, columns(compared), strict=True)
    )
    return (
        f'<!doctype html><html lang="{reader().language}"><meta charset="utf-8"><title>{texts.HANDOUT}</title>'
        f"<style>{PRINTED}</style><h1>{texts.HANDOUT}</h1><dl>{facts}</dl><main>{sections}</main></html>"
    )


def _text(given: str, column: Column) -> str:
    start = f'<span class="given">{shown(given)}</span>' if given else ""
    text, place = column.text, column.parts_at
    if place is None:
        return start + shown(text)
    mark = f'<mark class="parts" title="{texts.PARTS}">{shown_alone(text[place])}</mark>'
    return f"{start}{shown(text[:place])}{mark}{shown(text[place + 1 :])}"


def _facts(seen: Column) -> str:
    sentences = [texts.CHOICES.format(count=seen.choices)]
    sentences.append(texts.WORDS_UNKNOWN if seen.known_words is None else texts.WORDS.format(share=seen.known_words))
    if not seen.temperature:
        sentences.append(texts.NO_DICE)
    listed = "".join(f"<li>{sentence}</li>" for sentence in sentences)
    if seen.loop:
        listed += f'<li class="circles">{texts.CIRCLES.format(phrase=shown(seen.loop.strip() or seen.loop))}</li>'
    return f'<ul class="seen">{listed}</ul>'

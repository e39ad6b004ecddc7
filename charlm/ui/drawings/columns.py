"""One start and the same dice at several temperatures, side by side: as HTML, and as a page to print."""

from collections.abc import Sequence
from html import escape

from charlm.insight.observations import Observation, parting
from charlm.ui.drawings.letters import shown, shown_alone
from charlm.ui.languages import english as texts

PRINTED = """
body { font: 11pt/1.5 Georgia, serif; margin: 2rem auto; max-width: 60rem; color: #1b1917; background: #fff; }
h1 { font-size: 1.6rem; margin: 0; } h2 { font-size: 1.2rem; } section { break-inside: avoid; }
dl { display: grid; grid-template-columns: max-content 1fr; gap: .1rem 1rem; } dd { margin: 0; }
main { display: grid; gap: 1.5rem; grid-template-columns: repeat(auto-fit, minmax(12rem, 1fr)); }
pre { font: 10pt/1.45 monospace; white-space: pre-wrap; overflow-wrap: anywhere; unicode-bidi: isolate; }
.parts { outline: 2px solid #1b1917; font-weight: bold; background: none; } .circles { font-weight: bold; }
dt, .given, .unseen, .sign { color: #524c43; } .unseen, .sign { font-size: .8em; }
"""


def columns(
    given: str, written: Sequence[str], temperatures: Sequence[float], observed: Sequence[Observation] = ()
) -> list[str]:
    """Every column as HTML; what was observed comes last, when all is written."""
    shown_columns = []
    for i, (text, temperature) in enumerate(zip(written, temperatures, strict=True)):
        leaves = parting(text, written[i - 1]) if i else None
        facts = _facts(observed[i], temperature) if observed else ""
        shown_columns.append(f'<pre class="column">{_text(given, text, leaves)}</pre>{facts}')
    return shown_columns


def handout(settings: Sequence[tuple[str, str]], temperatures: Sequence[float], shown_columns: Sequence[str]) -> str:
    """A page of its own with everything in it, to print or to keep."""
    facts = "".join(f"<dt>{escape(name)}</dt><dd>{shown(value)}</dd>" for name, value in settings)
    sections = "".join(
        f"<section><h2>{texts.TEMPERATURE} {temperature:g}</h2>{column}</section>"
        for temperature, column in zip(temperatures, shown_columns, strict=True)
    )
    return (
        f'<!doctype html><html lang="{texts.LANGUAGE}"><meta charset="utf-8"><title>{texts.HANDOUT}</title>'
        f"<style>{PRINTED}</style><h1>{texts.HANDOUT}</h1><dl>{facts}</dl><main>{sections}</main></html>"
    )


def _text(given: str, text: str, leaves: int | None) -> str:
    start = f'<span class="given">{shown(given)}</span>' if given else ""
    if leaves is None:
        return start + shown(text)
    mark = f'<mark class="parts" title="{texts.PARTS}">{shown_alone(text[leaves])}</mark>'
    return f"{start}{shown(text[:leaves])}{mark}{shown(text[leaves + 1 :])}"


def _facts(seen: Observation, temperature: float) -> str:
    sentences = [texts.CHOICES.format(count=seen.choices)]
    sentences.append(texts.WORDS_UNKNOWN if seen.known_words is None else texts.WORDS.format(share=seen.known_words))
    if not temperature:
        sentences.append(texts.NO_DICE)
    listed = "".join(f"<li>{sentence}</li>" for sentence in sentences)
    if seen.loop:
        listed += f'<li class="circles">{texts.CIRCLES.format(phrase=shown(seen.loop.strip() or seen.loop))}</li>'
    return f'<ul class="seen">{listed}</ul>'

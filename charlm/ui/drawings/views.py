"""Facts and events as HTML: pure functions, every piece of text escaped, every sentence from texts.py."""

import math
from collections.abc import Iterable, Sequence
from html import escape
from typing import TypeVar

import numpy as np

from charlm.events import EpochFinished, Event, RunFinished, RunStarted, SampleWritten, StepFinished
from charlm.generation.temperature import likeliest_first, probabilities
from charlm.runs.background import RunStatus
from charlm.text.checkup import CheckUp, label
from charlm.text.doubts import Doubt
from charlm.text.vocabulary import Vocabulary
from charlm.ui.drawings.letters import shown
from charlm.ui.languages import english as texts
from charlm.ui.languages.english import clock

NAMED = 8  # rare characters named
BARS = 12

E = TypeVar("E", bound=Event)


def check_up(facts: CheckUp) -> str:
    """What a text is like, before anything is learnt from it."""
    rows = [
        (texts.FACT_NAME, facts.name),
        (texts.FACT_LENGTH, texts.FACT_LENGTH_VALUE.format(characters=facts.characters, lines=facts.lines)),
        (texts.FACT_ALPHABET, texts.FACT_ALPHABET_VALUE.format(count=len(facts.alphabet))),
        (texts.FACT_READ_AS, facts.encoding or texts.FACT_PASTED),
    ]
    notes = [_note(sentence) for sentence in facts.changes]
    notes += [_doubt(doubt) for doubt in facts.doubts]
    if facts.rare:
        named = ", ".join(a.label for a in facts.rare[:NAMED]) + (" …" if len(facts.rare) > NAMED else "")
        notes.append(_note(texts.WARN_RARE.format(count=len(facts.rare), named=named), "warning"))
    if facts.characters < texts.SHORT:
        notes.append(_note(texts.WARN_SHORT, "warning"))
    pair = [(texts.INPUTS, _visible(facts.first_inputs)), (texts.TARGETS, _visible(facts.first_targets))]
    return (
        f'<dl class="facts">{"".join(f"<dt>{escape(k)}</dt><dd>{escape(v)}</dd>" for k, v in rows)}</dl>'
        f"{''.join(notes)}"
        f"<h3>{texts.FIRST_LINES}</h3><pre>{escape(facts.beginning)}</pre>"
        f'<h3>{texts.PAIR}</h3><dl class="pair">'
        f"{''.join(f'<dt>{k}</dt><dd><code>{escape(v)}</code></dd>' for k, v in pair)}</dl>"
    )


def alphabet(facts: CheckUp) -> str:
    """Every character of a text with its id and count."""
    rows = [(a.label, str(a.id), f"{a.count:,}") for a in facts.alphabet]
    return _table(texts.COLUMNS_ALPHABET, rows)


def problem(sentence: str) -> str:
    """Something that stands in the way."""
    return _note(sentence, "problem")


def progress(sentence: str) -> str:
    """How far the writing is, said politely to a screen reader as well."""
    return f'<p role="status">{escape(sentence)}</p>'


def notice(sentence: str) -> str:
    """Something to know."""
    return _note(sentence) if sentence else ""


def status(run: RunStatus | None) -> str:
    """Where a run stands: a sentence for everybody, and the numbers."""
    if run is None:
        return f'<p class="sentence">{texts.NO_RUN}</p>'
    step = last(run.events, StepFinished)
    epoch = last(run.events, EpochFinished)
    started = last(run.events, RunStarted)
    tiles = []
    if started and step:
        steps = started.epochs * started.steps_per_epoch
        left = clock(step.seconds_left) if run.state == "running" else "–"
        tiles = [
            (texts.TILE_EPOCH, texts.OF.format(done=f"{step.epoch:.1f}", all=started.epochs)),
            (texts.TILE_STEP, texts.OF.format(done=f"{step.step:,}", all=f"{steps:,}")),
            (texts.TILE_LOSS, f"{step.loss:.3f}"),
            (texts.TILE_VAL_LOSS, f"{epoch.val_loss:.3f}" if epoch else "–"),
            (texts.TILE_SPEED, f"{step.characters_per_second:,.0f}"),
            (texts.TILE_ELAPSED, clock(step.seconds)),
            (texts.TILE_LEFT, left),
        ]
    numbers = "".join(f"<div><dt>{name}</dt><dd>{value}</dd></div>" for name, value in tiles)
    return (
        f'<p class="sentence {run.state}" role="status">{escape(sentence(run))}</p>'
        f"<p>{escape(verdict(run.events))}</p>"
        f'<dl class="tiles">{numbers}</dl>'
    )


def sentence(run: RunStatus) -> str:
    """What is going on, in one sentence."""
    last = run.events[-1] if run.events else None
    if run.state == "waiting":
        return texts.WAITING.format(place=run.place)
    if run.state == "interrupted":
        return texts.INTERRUPTED
    if run.state == "failed":
        return texts.FAILED.format(why=run.failure)
    if run.state == "running":
        return texts.LEARNING if isinstance(last, (StepFinished, EpochFinished, SampleWritten)) else texts.STARTING
    if isinstance(last, RunFinished):
        return texts.ENDS[last.reason].format(time=clock(last.seconds))
    return ""


def verdict(events: Sequence[Event]) -> str:
    """Is it still learning, or learning by heart?"""
    epochs = [e for e in events if isinstance(e, EpochFinished)]
    if not epochs:
        return ""
    best = min(epochs, key=lambda e: e.val_loss)
    if isinstance(events[-1], RunFinished):
        bits = best.val_loss / math.log(2)
        return texts.BEST_KEPT.format(epoch=best.epoch, val_loss=best.val_loss, bits=bits)
    if epochs[-1].epoch - best.epoch >= 2:
        return texts.BY_HEART.format(epoch=best.epoch)
    return texts.STILL_LEARNING


def last(events: Sequence[Event], kind: type[E]) -> E | None:
    """The latest event of a kind."""
    return next((e for e in reversed(events) if isinstance(e, kind)), None)


def curve_table(events: Sequence[Event]) -> str:
    """The scored epochs as a table."""
    rows = [
        (f"{e.epoch:g}", f"{e.loss:.3f}", f"{e.val_loss:.3f}", f"{e.val_accuracy:.1%}", clock(e.seconds))
        for e in events
        if isinstance(e, EpochFinished)
    ]
    return _table(texts.COLUMNS_CURVE, rows)


def samples(events: Sequence[Event]) -> str:
    """What the network wrote after every epoch, the latest first."""
    written = [e for e in events if isinstance(e, SampleWritten)]
    if not written:
        return f'<p class="empty">{texts.SAMPLES_EMPTY}</p>'
    return "".join(
        f"<figure><figcaption>"
        f"{texts.AFTER_EPOCH.format(epoch=s.epoch) if s.step else texts.BEFORE_LEARNING}"
        f"</figcaption><pre>{escape(s.text)}</pre></figure>"
        for s in reversed(written)
    )


def bars(vocabulary: Vocabulary, logits: np.ndarray, temperature: float, top_k: int = 0, *, pick: bool = False) -> str:
    """The likeliest next characters: what the network thinks, and what temperature and top-k make of it.

    With `pick` each is a button that carries its id.
    """
    raw, heated = probabilities(logits, 1.0), probabilities(logits, temperature, top_k)
    rows = []
    for i in likeliest_first(logits)[:BARS]:
        name = shown(label(vocabulary.characters[i]))
        if pick:
            name = f'<button type="button" data-pick="{i}" title="{texts.PICK}">{name}</button>'
        cells = "".join(
            f'<td><div><span class="track"><span class="bar {kind}" style="width:{100 * p[i]:.1f}%"></span></span>'
            f'<span class="number">{p[i]:.1%}</span></div></td>'
            for kind, p in (("raw", raw), ("heated", heated))
        )
        rows.append(f'<tr><th scope="row">{name}</th>{cells}</tr>')
    head = "".join(f'<th scope="col">{name}</th>' for name in texts.COLUMNS_BARS)
    return (
        f'<table class="bars"><caption>{texts.BARS}</caption><thead><tr>{head}</tr></thead>'
        f"<tbody>{''.join(rows)}</tbody></table>"
    )


def _table(columns: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    head = "".join(f'<th scope="col">{escape(c)}</th>' for c in columns)
    body = "".join(f"<tr>{''.join(f'<td>{escape(v)}</td>' for v in row)}</tr>" for row in rows)
    return f'<table class="plain"><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>'


def _doubt(doubt: Doubt) -> str:
    """A line of a file in each encoding that it could be in."""
    rows = [(reading.encoding, reading.line) for reading in doubt.readings]
    heading = escape(texts.DOUBT.format(name=doubt.name))
    return f"<h3>{heading}</h3>{_table(texts.COLUMNS_DOUBT, rows)}<p>{texts.DOUBT_CURE}</p>"


def _note(sentence: str, kind: str = "") -> str:
    return f'<p class="note {kind}">{escape(sentence)}</p>'


def _visible(text: str) -> str:
    """Line ends and tabs as signs one can see."""
    return text.replace("\n", "⏎").replace("\t", "⇥")

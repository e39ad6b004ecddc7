"""The Dice tab: one character at a time, and where the dice fall."""

import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import gradio as gr
import numpy as np

from charlm.errors import CharlmError, InvalidSetting
from charlm.generation.shelf import Shelf
from charlm.generation.temperature import dice, fall, probabilities
from charlm.settings import SamplingSettings
from charlm.ui import models
from charlm.ui.answers import QUIET
from charlm.ui.choices import whole
from charlm.ui.drawings import views
from charlm.ui.drawings.throw import chosen_by_hand, strip, walked
from charlm.ui.fields import checked_number, checked_slider
from charlm.ui.languages import english as texts

MOST_CHOICES = 40  # the end of the top-k slider
LONGEST = 1_000  # characters that one walk may have
# A click on a bar or on a character tells Python its number; the bars' buttons can be reached by keyboard as well.
PICK = """element.addEventListener('click', (event) => { const found = event.target.closest('[data-pick]');
  if (found) trigger('click', {pick: Number(found.dataset.pick)}); })"""


@dataclass(frozen=True)
class Walk:
    """What was written so far with one model, start and seed, and the last throw as it was shown."""

    of: tuple[str, str, int] = ("", "", 0)
    written: str = ""
    throw: str = ""

    def to(self, written: str, throw: str = "") -> "Walk":
        """The same walk at another place."""
        return Walk(self.of, written, throw)


def build(tab: gr.Tab, shelf: Shelf, kept: gr.BrowserState) -> None:
    """Put the tab where the page is being built."""
    gr.Markdown(texts.DICE_LEAD, elem_classes="step")
    walk = gr.State(Walk())
    with gr.Row(equal_height=False):
        with gr.Column(scale=4, min_width=300):
            model = models.choice(tab, shelf, kept, "dice-model")
            start = gr.Textbox(
                label=texts.START_TEXT,
                info=texts.DICE_START_INFO,
                max_lines=1,
                max_length=LONGEST,
                elem_id="dice-start",
            )
            temperature = checked_slider(
                0, 5, 1.0, step=0.05, label=texts.TEMPERATURE, info=texts.TEMPERATURE_INFO, elem_id="dice-temperature"
            )
            top_k = checked_slider(
                0, MOST_CHOICES, 0, step=1, label=texts.TOP_K, info=texts.TOP_K_INFO, elem_id="dice-top-k"
            )
            seed = checked_number(1, label=texts.SEED, info=texts.DICE_SEED_INFO, precision=0, elem_id="dice-seed")
        with gr.Column(scale=8, min_width=340):
            text = gr.HTML("", elem_classes="charlm", elem_id="dice-text", min_height=90, js_on_load=PICK)
            with gr.Row():
                throw = gr.Button(texts.THROW, variant="primary", elem_id="throw")
                back = gr.Button(texts.STEP_BACK, elem_id="step-back")
                afresh = gr.Button(texts.AFRESH, elem_id="afresh")
            fell = gr.HTML("", elem_classes="charlm", elem_id="fell", min_height=120)
            bars = gr.HTML("", elem_classes="charlm", elem_id="dice-bars", min_height=420, js_on_load=PICK)

    settings, shown = [walk, model, start, temperature, top_k, seed], [walk, text, fell, bars]

    def step(move: Callable[..., Walk]) -> Callable[..., list[Any]]:
        def answer(walk: Walk, model: str, start: str, temperature: float, top_k: float, seed: float) -> list[Any]:
            return show(shelf, move, walk, model, start, temperature, top_k, seed)

        return answer

    def pick_next(
        walk: Walk, model: str, start: str, temperature: float, top_k: float, seed: float, event: gr.EventData
    ) -> list[Any]:
        return show(shelf, picked(event.pick), walk, model, start, temperature, top_k, seed)

    def pick_place(
        walk: Walk, model: str, start: str, temperature: float, top_k: float, seed: float, event: gr.EventData
    ) -> list[Any]:
        return show(shelf, gone_back_to(event.pick), walk, model, start, temperature, top_k, seed)

    throw.click(step(thrown), settings, shown, **QUIET)
    back.click(step(stepped_back), settings, shown, **QUIET)
    afresh.click(step(begun), settings, shown, **QUIET)
    # One listener for all of them, so that an old answer never comes last.
    gr.on(
        [tab.select, *(control.change for control in settings[1:])], step(stayed), settings, shown,
        trigger_mode="always_last", **QUIET,
    )  # fmt: skip
    bars.click(pick_next, settings, shown, **QUIET)
    text.click(pick_place, settings, shown, **QUIET)


@dataclass(frozen=True)
class Choice:
    """The next character's choice: what the network thinks, what it is chosen by, and what can be drawn."""

    characters: str
    logits: np.ndarray  # (vocab_size,)
    chances: np.ndarray  # (vocab_size,) after temperature and top-k
    seed: int


def begun(walk: Walk, choice: Choice) -> Walk:
    """From the start again."""
    return walk.to("")


def stayed(walk: Walk, choice: Choice) -> Walk:
    """No step."""
    return walk


def thrown(walk: Walk, choice: Choice) -> Walk:
    """One character on: the number that this seed has for this place falls on it."""
    number = float(dice(choice.seed, len(walk.written) + 1)[-1])
    id_, low, high = fall(choice.chances, number)
    return walk.to(
        walk.written + choice.characters[id_], strip(choice.characters, choice.chances, number, id_, low, high)
    )


def picked(id_: int) -> Callable[[Walk, Choice], Walk]:
    """One character on: the one that was clicked, whatever the dice say."""

    def move(walk: Walk, choice: Choice) -> Walk:
        if not 0 <= id_ < len(choice.characters):
            return walk
        character = choice.characters[id_]
        return walk.to(walk.written + character, chosen_by_hand(character, float(choice.chances[id_])))

    return move


def stepped_back(walk: Walk, choice: Choice) -> Walk:
    """One character back."""
    return walk.to(walk.written[:-1])


def gone_back_to(place: int) -> Callable[[Walk, Choice], Walk]:
    """Back to just behind a character that was written before."""
    return lambda walk, choice: walk.to(walk.written[: max(0, place)])


def show(
    shelf: Shelf, move: Callable[[Walk, Choice], Walk],
    walk: Walk, model: str | None, start: str | None, temperature: float, top_k: float, seed: float,
) -> list[Any]:  # fmt: skip
    """Take a step and show where one stands: the walk, the text, the throw, and the bars of what may come next."""
    start = unicodedata.normalize("NFC", start or "")
    try:
        if len(start) > LONGEST:
            raise InvalidSetting(*texts.WALK_TOO_LONG)
        writer = models.ready(shelf, model, start)
        settings = SamplingSettings(temperature, seed=whole(seed))
        k = int(top_k) if 0 <= top_k <= MOST_CHOICES else 0

        def choice(written: str) -> Choice:
            logits = writer.logits_along((start or writer.line_start) + written)[-1]
            chances = probabilities(logits, settings.temperature, k)
            return Choice(writer.vocabulary.characters, logits, chances, settings.seed)

        of = (model or "", start, settings.seed)
        if walk.of != of:
            walk = Walk(of)
        walk = move(walk, choice(walk.written))
        if len(walk.written) > LONGEST:
            raise InvalidSetting(*texts.WALK_TOO_LONG)
        bars = views.bars(writer.vocabulary, choice(walk.written).logits, settings.temperature, k, pick=True)
    except CharlmError as error:
        return [gr.skip(), gr.skip(), views.problem(str(error).strip()), gr.skip()]
    return [walk, walked(start, walk.written), walk.throw or views.notice(texts.THROW_EMPTY), bars]

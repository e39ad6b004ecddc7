"""What happens when another text, another preset or another setting is chosen."""

from functools import partial
from typing import Any

import gradio as gr

from charlm.errors import CharlmError, TextTooShort
from charlm.presets import PRESETS, RATES, preset
from charlm.times.estimates import Times
from charlm.ui import texts
from charlm.ui.answers import QUIET
from charlm.ui.choices import EXPLOSION, NAMES, TextChoice, values_of, what_is_wrong
from charlm.ui.drawings import checkup as drawings
from charlm.ui.drawings.duration import clock
from charlm.ui.drawings.notes import problem
from charlm.ui.links import settings_in
from charlm.ui.machine import Machine
from charlm.ui.tabs.train.layout import Controls, Source, shown_for


def wire_text(page: gr.Blocks, on: Controls, machine: Machine) -> tuple[Any, list[Any]]:
    """Check a choice as soon as it is made. Returns the look with which the page opens, and those that follow a choice.

    Each of these events brings the numbers that suit the text.
    """
    text, source = on.text, on.text.source
    looking: dict[str, Any] = {
        "inputs_kwargs": on.asked,
        "outputs": [
            text.size, text.facts, text.window, text.alphabet, text.cure, on.settings.preset,
            *on.settings.fields.values(),
        ],
        **QUIET,
    }  # fmt: skip
    look = partial(look_at_text, on, machine)
    chosen = [control for control in vars(source).values() if control is not source.tidy]
    looks = [control.change(look, **looking, trigger_mode="always_last") for control in chosen]
    looks.append(on.settings.preset.change(look, **looking))
    # A state that changes outside the queue tells nobody, so the look follows the click.
    looks.append(text.cure.click(lambda tidy: not tidy, source.tidy, source.tidy, **QUIET).then(look, **looking))
    source.where.change(
        partial(show_source, source), source.where,
        [source.built_in, source.files, source.pasted, source.encoding], **QUIET,
    )  # fmt: skip
    fields = on.settings.fields
    fields["seq_length"].change(
        partial(look_at_window, machine), inputs_kwargs=vars(source) | {"seq_length": fields["seq_length"]},
        outputs=text.window, trigger_mode="always_last", **QUIET,
    )  # fmt: skip

    def look_as_opened(request: gr.Request, **asked: Any) -> dict[Any, Any]:
        """The first look at the text. The numbers in the page's address, those of a lesson, replace the preset's."""
        values = settings_in(dict(request.query_params))
        return look(**asked) | {fields[name]: value for name, value in values.items()}

    opened = page.load(look_as_opened, **looking)
    on.settings.explosion.click(lambda: list(EXPLOSION.values()), None, [fields[name] for name in EXPLOSION], **QUIET)
    fields["optimizer"].input(RATES.get, fields["optimizer"], fields["learning_rate"], **QUIET)
    return opened, looks


def look_at_text(on: Controls, machine: Machine, preset: str, **chosen: Any) -> dict[Any, Any]:
    """What a text is like, the button for its rare characters, the presets' times and the chosen preset's values."""
    try:
        found = TextChoice(**chosen).read(machine.limits, machine.texts).facts
    except CharlmError as error:
        nothing = {on.text.window: "", on.text.alphabet: "", on.text.cure: gr.Button(visible=False)}
        return {on.text.facts: problem(str(error).strip()), on.text.size: (0, 0), **nothing}
    tidied = chosen["tidy"]
    cure = texts.TIDIED if tidied else texts.TIDY.format(count=len(found.rare))
    values = values_of(preset, found.characters)
    size = (found.characters, len(found.alphabet))
    return {
        on.text.size: size,
        on.text.facts: drawings.check_up(found),
        on.text.window: drawings.window(found, values["seq_length"]),
        on.text.alphabet: drawings.alphabet(found),
        on.text.cure: gr.Button(cure, visible=bool(found.rare) or tidied),
        on.settings.preset: timed(machine.times, *size),
        **{field: values[name] for name, field in on.settings.fields.items()},
    }


def look_at_window(machine: Machine, seq_length: int | None, **chosen: Any) -> str:
    """What the network is shown first, with the chosen length; nothing where that or the text is not valid."""
    try:
        facts = TextChoice(**chosen).read(machine.limits, machine.texts).facts
    except CharlmError:
        return ""
    return drawings.window(facts, seq_length) if seq_length and seq_length > 0 else ""


def timed(times: Times, characters: int, vocab_size: int) -> Any:
    """An update of the presets: each with the time that it would take for such a text."""
    return gr.Radio([(_timed(times, name, characters, vocab_size), name) for name in PRESETS])


def show_source(source: Source, where: str) -> dict[Any, Any]:
    """Show the controls of the chosen source and hide those of the others."""
    return {getattr(source, name): gr.update(visible=seen) for name, seen in shown_for(where).items()}


def check_fields(machine: Machine, **chosen: Any) -> list[dict[str, Any]]:
    """Check every input. Gradio shows a problem at the field itself, before anything is queued."""
    wrong = [what_is_wrong(name, v, machine.limits) if name in NAMES else "" for name, v in chosen.items()]
    return [gr.validate(not sentence, sentence) for sentence in wrong]


def _timed(times: Times, name: str, characters: int, vocab_size: int) -> str:
    try:
        expected = times.estimate(characters, vocab_size, preset(name, characters))
    except TextTooShort:
        expected = None
    if expected is None:
        return texts.PRESET_NAMES[name]
    return texts.PRESET_TIMED.format(name=texts.PRESET_NAMES[name], time=clock(expected.seconds))

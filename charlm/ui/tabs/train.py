"""The Train tab: a text, how to learn it, and watching it learn."""

from collections.abc import Sequence
from contextlib import suppress
from filecmp import cmp
from functools import partial
from pathlib import Path
from typing import Any

import gradio as gr
from gradio.utils import get_upload_folder

from charlm.errors import CharlmError, CheckpointNotFound
from charlm.events import EpochFinished, SampleWritten, StepFinished
from charlm.presets import PRESETS
from charlm.runs.background import Runs
from charlm.runs.limits import Limits
from charlm.settings import FIELDS
from charlm.text import legacy_encodings
from charlm.text.built_in import BUILT_IN
from charlm.text.checkup import check_up
from charlm.training.speeds import Speeds
from charlm.ui import models
from charlm.ui.answers import QUIET, in_words
from charlm.ui.choices import ADVANCED, NAMES, SHOWN, TextChoice, check, settings_of, values_of, whole
from charlm.ui.drawings import chart, views
from charlm.ui.fields import checked_number
from charlm.ui.languages import english as texts

UNICODE = ["utf-8", "utf-16", "utf-16-le", "utf-16-be"]
ENCODINGS = [texts.ENCODING_FOUND, *UNICODE, *legacy_encodings.ENCODINGS, "shift_jis"]
SOURCES = 6  # controls that say where the text comes from
LOOK_EVERY = 2.0  # seconds between two looks at a run
# The run stands in the address, so that a reload, a bookmark or another device finds it; never together with a lesson.
SHOW_ADDRESS = """(run) => history.replaceState(null, '',
  location.pathname + (run ? '?run=' + encodeURIComponent(run) : ''))"""
SHOW_IF_RUN = f"(run) => {{ if (run) ({SHOW_ADDRESS})(run); }}"  # the tab is opened before a link's run is known
SHOW_UNLESS_LESSON = f"(run) => {{ if (!new URL(location).searchParams.has('tab')) ({SHOW_ADDRESS})(run); }}"


def build(
    page: gr.Blocks, tab: gr.Tab, runs: Runs, speeds: Speeds, kept: gr.BrowserState
) -> tuple[gr.Textbox, gr.Button]:
    """Put the tab where the page is being built. Returns the run that is watched, and the button to write with it."""
    run_id, seen = gr.Textbox("", visible="hidden", elem_id="run-id"), gr.State("")
    with gr.Row(equal_height=False):
        with gr.Column(scale=5, min_width=320):
            source, panels, cure = _text_controls()
            chosen_preset, numbers = _settings_controls()
        with gr.Column(scale=7, min_width=340):
            gr.Markdown(f"## {texts.RUN}", elem_classes="step")
            with gr.Row():
                start = gr.Button(texts.START, variant="primary", elem_id="start")
                stop = gr.Button(texts.STOP, elem_id="stop", interactive=False)
            status = gr.HTML(views.status(None), elem_classes="charlm", elem_id="status", min_height=170)
            with gr.Row(visible=False) as afterwards:
                write_with_it = gr.Button(texts.WRITE_WITH_IT, variant="primary", elem_id="write-with-it", size="md")
                download = gr.DownloadButton(texts.DOWNLOAD_MODEL, elem_id="download-model", size="md")
                go_on = gr.Button(texts.CONTINUE, elem_id="continue", size="md")
                more = checked_number(3, label=texts.MORE_EPOCHS, info=texts.MORE_EPOCHS_INFO, precision=0, minimum=1)
            curve = gr.HTML(chart.curve(()), elem_classes="charlm", elem_id="curve")
            with gr.Accordion(texts.CURVE_TABLE, open=False):
                table = gr.HTML(views.curve_table(()), elem_classes="charlm")
            gr.Markdown(f"### {texts.SAMPLES}")
            samples = gr.HTML(views.samples(()), elem_classes="charlm", elem_id="samples", max_height=480)
            address = gr.HTML("", elem_classes="charlm", elem_id="address")
            ask = gr.Button(texts.FORGET, size="sm", elem_id="forget")
            with gr.Row(visible=False) as sure:
                really = gr.Button(texts.FORGET_REALLY, size="sm", variant="stop", elem_id="forget-really")
                rather_not = gr.Button(texts.FORGET_NOT, size="sm", elem_id="forget-not")
            forgotten = gr.HTML("", elem_classes="charlm", elem_id="forgotten")
    timer = gr.Timer(LOOK_EVERY, active=False)

    # What these are given, and what a script calls it, Gradio reads from their signatures.
    def train(
        where: str, built_in: str, files: list[str] | None, pasted: str, encoding: str, tidy: bool, preset: str,
        epochs: float, seq_length: float, batch_size: float, rnn_units: float, embedding_dim: float, layers: float,
        cell: str, dropout: float, learning_rate: float, order: str, seed: float, request: gr.Request,
    ) -> str:  # fmt: skip
        text = (where, built_in, files, pasted, encoding, tidy, preset)
        numbers = (epochs, seq_length, batch_size, rnn_units, embedding_dim, layers, cell)
        return begin(runs, request.session_hash or "", *text, *numbers, dropout, learning_rate, order, seed)

    def return_to(kept: dict[str, Any] | None, request: gr.Request) -> str:
        return request.query_params.get("run") or come_back(runs, models.remembered(kept))

    def status_of(run_id: str) -> dict:
        return tell(runs, run_id)

    def stop_run(run_id: str) -> str:
        return halt(runs, run_id)

    def delete_run(run_id: str) -> None:
        with in_words():
            runs.delete(run_id)

    def go_on_with(run_id: str, more_epochs: float) -> None:
        resume(runs, run_id, more_epochs)

    text = [*source, chosen_preset]
    looking: dict[str, Any] = {
        "fn": partial(look_at_text, runs.limits, speeds),
        "inputs": text,
        "outputs": [*panels, cure, chosen_preset, *numbers],
    }
    watching: dict[str, Any] = {
        "fn": partial(watch, runs),
        "inputs": [run_id, seen],
        "outputs": [status, curve, table, samples, stop, start, afterwards, download, timer, seen],
    }
    for control in source:
        control.change(**looking, **QUIET, trigger_mode="always_last")
    source[0].change(_show_source, source[0], source[1:5], **QUIET)
    cure.click(lambda tidy: not tidy, source[-1], source[-1], **QUIET)
    chosen_preset.change(**looking, **QUIET)
    start.click(
        train, [*text, *numbers], run_id, validator=partial(check_fields, runs.limits), api_name="train",
        show_progress="hidden", concurrency_limit=8,
    ).success(**watching, **QUIET)  # fmt: skip
    run_id.change(None, run_id, None, js=SHOW_UNLESS_LESSON, api_visibility="private")
    tab.select(None, run_id, None, js=SHOW_IF_RUN, api_visibility="private")
    run_id.change(models.remember, [run_id, kept], kept, **QUIET)
    run_id.change(_address, run_id, address, **QUIET)
    timer.tick(**watching, **QUIET)
    stop.click(stop_run, run_id, run_id, queue=False, api_name="stop").then(**watching, **QUIET)
    go_on.click(go_on_with, [run_id, more], None, show_progress="hidden", api_name="go_on").success(**watching, **QUIET)
    page.load(**looking, **QUIET)
    clock = gr.Timer(3)  # until this machine is measured, which takes some seconds after the start of the app
    clock.tick(partial(look_at_times, runs.limits, speeds), text, [chosen_preset, clock], **QUIET)
    page.load(return_to, kept, run_id, **QUIET).then(**watching, **QUIET)
    ask.click(lambda: gr.Row(visible=True), None, sure, **QUIET)
    rather_not.click(lambda: gr.Row(visible=False), None, sure, **QUIET)
    really.click(
        partial(forget, runs), [run_id, kept, source[2]], [run_id, kept, source[2], source[3], forgotten, sure], **QUIET
    ).then(**watching, **QUIET)
    gr.api(status_of, api_name="status")
    gr.api(delete_run, api_name="delete")
    return run_id, write_with_it


def look_at_text(limits: Limits, speeds: Speeds, *chosen: Any) -> list[Any]:
    """The check-up of the chosen text, its cure, how long each preset would take, and the numbers of the chosen one."""
    try:
        text = TextChoice(*chosen[:SOURCES]).read(limits)
    except CharlmError as error:
        return [views.problem(str(error).strip()), *[gr.skip()] * (3 + len(NAMES))]
    found, tidied = check_up(text), chosen[SOURCES - 1]
    cure = texts.TIDIED if tidied else texts.TIDY.format(count=len(found.rare))
    return [
        views.check_up(found),
        views.alphabet(found),
        gr.Button(cure, visible=bool(found.rare) or tidied),
        gr.Radio([(_timed(speeds, name, len(text.text)), name) for name in PRESETS]),
        *values_of(chosen[SOURCES], len(text.text)),
    ]


def look_at_times(limits: Limits, speeds: Speeds, *chosen: Any) -> list[Any]:
    """How long each preset would take, once this machine is measured."""
    if not speeds.settled:
        return [gr.skip(), gr.skip()]
    return [look_at_text(limits, speeds, *chosen)[3], gr.Timer(active=False)]


def _timed(speeds: Speeds, name: str, characters: int) -> str:
    seconds = speeds.seconds(name, characters)
    if seconds is None:
        return texts.PRESET_NAMES[name]
    return texts.PRESET_TIMED.format(name=texts.PRESET_NAMES[name], time=texts.clock(seconds))


def check_fields(limits: Limits, *chosen: Any) -> list[dict[str, Any]]:
    """Out-of-range values, told at the field before anything is queued."""
    fine = [gr.validate(True, "")] * (SOURCES + 1)
    return fine + [check(name, value, limits) for name, value in zip(NAMES, chosen[SOURCES + 1 :], strict=True)]


def begin(runs: Runs, visitor: str, *chosen: Any) -> str:
    """Put a new run in the queue and return its id."""
    with in_words():
        text = TextChoice(*chosen[:SOURCES]).read(runs.limits)
        return runs.submit(text, settings_of(chosen[SOURCES], len(text.text), chosen[SOURCES + 1 :]), visitor)


def forget(runs: Runs, run_id: str, kept: dict[str, Any] | None, files: list[str] | None) -> list[Any]:
    """Delete every run this browser knows, with its text and model, and what Gradio holds of them to be fetched."""
    for known in filter(None, dict.fromkeys([run_id, *models.remembered(kept)])):
        with suppress(CheckpointNotFound):  # nothing there to delete
            for packed in runs.packed(known):
                for copy in Path(get_upload_folder()).glob(f"*/{packed.name}"):
                    if cmp(copy, packed, shallow=False):
                        copy.unlink()
            runs.delete(known)
    for file in files or ():
        Path(file).unlink(missing_ok=True)
    return ["", {"runs": []}, None, "", views.notice(texts.FORGOTTEN), gr.Row(visible=False)]


def halt(runs: Runs, run_id: str) -> str:
    """Stop a run, or take it out of the queue. Returns the run to look at: none, if this one never began."""
    with in_words():
        if run_id:
            status = runs.status(run_id)
            runs.stop(run_id)
            return "" if status.state == "waiting" and not status.events else run_id
    return ""


def resume(runs: Runs, run_id: str, epochs: float) -> None:
    """Go on with a run: to its end if it was cut short, for more epochs if it had come to one."""
    with in_words():
        at_its_end = runs.status(run_id).state == "ended"
        runs.resume(run_id, whole(epochs or 0) if at_its_end else None)


def come_back(runs: Runs, run_ids: Sequence[str]) -> str:
    """The first of these runs that is still there."""
    for run_id in run_ids:
        try:
            runs.status(run_id)
        except CharlmError:
            continue
        return run_id
    return ""


def tell(runs: Runs, run_id: str) -> dict[str, Any]:
    """Where a run stands, for a script: state, place in the queue, and the numbers of the last epoch and step."""
    with in_words():
        status = runs.status(run_id)
    step, epoch = views.last(status.events, StepFinished), views.last(status.events, EpochFinished)
    return {
        "state": status.state,
        "place": status.place,
        "sentence": views.sentence(status),
        "step": step.step if step else 0,
        "loss": step.loss if step else None,
        "epoch": epoch.epoch if epoch else 0,
        "val_loss": epoch.val_loss if epoch else None,
    }


def watch(runs: Runs, run_id: str, seen: str) -> list[Any]:
    """What is new about a run since it was `seen` last, for all that shows it; nothing where nothing is."""
    nothing = [gr.skip()] * 10
    if not run_id:
        return [views.status(None), *nothing[:3], gr.Button(interactive=False), gr.Button(interactive=True),
                *nothing[:2], gr.Timer(active=False), ""]  # fmt: skip
    try:
        status = runs.status(run_id)
    except CharlmError as error:
        return [views.problem(str(error)), *nothing[:7], gr.Timer(active=False), gr.skip()]
    told = sum(isinstance(e, (EpochFinished, SampleWritten)) for e in status.events)
    now = f"{run_id} {told} {status.state} {status.place} {len(status.events)}"
    if now == seen:
        return nothing
    same_epoch = seen.startswith(f"{run_id} {told} ")
    under_way = status.state in ("waiting", "running")
    ready = not under_way and views.last(status.events, StepFinished) is not None
    return [
        views.status(status),
        chart.curve(status.events),
        gr.skip() if same_epoch else views.curve_table(status.events),
        gr.skip() if same_epoch else views.samples(status.events),
        gr.Button(interactive=under_way),
        gr.Button(interactive=not under_way),
        gr.Row(visible=ready or status.state in ("interrupted", "failed")),
        _packed(runs, run_id) if ready else gr.skip(),
        gr.Timer(active=under_way),
        now,
    ]


def _packed(runs: Runs, run_id: str) -> Any:
    """The button with the model behind it; without, where the model is damaged: the tab to write with it says how."""
    try:
        return gr.DownloadButton(value=str(runs.pack(run_id)), interactive=True)
    except CharlmError:
        return gr.DownloadButton(interactive=False)


def _text_controls() -> tuple[list[Any], list[gr.HTML], gr.Button]:
    gr.Markdown(f"## {texts.TEXT}", elem_classes="step")
    where = gr.Radio(texts.WHERE_CHOICES, value=texts.BUILT_IN, label=texts.WHERE, elem_id="where")
    choices = [(meaning, name) for name, meaning in BUILT_IN.items()]
    built_in = gr.Dropdown(choices, value="lamplighter", label=texts.CHOOSE_TEXT, info=texts.CHOOSE_TEXT_INFO)
    files = gr.File(
        label=texts.YOUR_FILES, file_count="multiple", file_types=[".txt", "text"], height=150, visible=False
    )
    pasted = gr.Textbox(label=texts.PASTE, info=texts.PASTE_INFO, lines=6, max_lines=6, visible=False)
    encoding = gr.Dropdown(ENCODINGS, value=ENCODINGS[0], label=texts.ENCODING, info=texts.ENCODING_INFO, visible=False)
    tidy = gr.State(False)
    facts = gr.HTML("", elem_classes="charlm", elem_id="facts", min_height=300)
    cure = gr.Button("", visible=False, size="sm", elem_id="cure")
    with gr.Accordion(texts.ALPHABET, open=False):
        alphabet = gr.HTML("", elem_classes="charlm", elem_id="alphabet", max_height=400)
    return [where, built_in, files, pasted, encoding, tidy], [facts, alphabet], cure


def _show_source(where: str) -> list[Any]:
    return [
        gr.Dropdown(visible=where == texts.BUILT_IN),
        gr.File(visible=where == texts.FILES),
        gr.Textbox(visible=where == texts.PASTED),
        gr.Dropdown(visible=where == texts.FILES),
    ]


def _settings_controls() -> tuple[gr.Radio, list[Any]]:
    gr.Markdown(f"## {texts.SETTINGS}", elem_classes="step")
    choices = [(texts.PRESET_NAMES[name], name) for name in PRESETS]
    chosen = gr.Radio(choices, value="quick", label=texts.PRESET, info=texts.PRESET_INFO, elem_id="preset")
    with gr.Row():
        numbers = [_field(name) for name in SHOWN]
    with gr.Accordion(texts.ADVANCED, open=False):
        numbers += [_field(name) for name in ADVANCED]
    return chosen, numbers


def _field(name: str) -> Any:
    setting = FIELDS[name]
    shared: dict[str, Any] = {"label": name, "info": texts.INFO[name], "elem_id": name.replace("_", "-")}
    if setting.options:
        return gr.Radio(list(setting.options), value=setting.default, **shared)
    return checked_number(setting.default, precision=0 if setting.whole else None, min_width=110, **shared)


def _address(run_id: str) -> str:
    return views.notice(texts.LINK.format(link=f"?run={run_id}")) if run_id else ""

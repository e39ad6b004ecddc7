"""What follows when a run is started, watched, stopped, gone on with."""

from functools import partial
from typing import Any

import gradio as gr

from charlm.errors import CharlmError
from charlm.events import EpochFinished, SampleWritten
from charlm.runs.background import RunStatus
from charlm.ui import learning, models
from charlm.ui.answers import QUIET, in_words
from charlm.ui.choices import TextChoice
from charlm.ui.drawings import chart
from charlm.ui.drawings import run as drawings
from charlm.ui.drawings.notes import notice, problem
from charlm.ui.languages import english as texts
from charlm.ui.machine import Machine
from charlm.ui.standing import standing
from charlm.ui.tabs.train.layout import Controls
from charlm.ui.tabs.train.text import check_fields

# The run stands in the address, so that a reload, a bookmark or another device finds it; never together with a lesson.
SHOW_ADDRESS = """(run) => history.replaceState(null, '',
  location.pathname + (run ? '?run=' + encodeURIComponent(run) : ''))"""
SHOW_IF_RUN = f"(run) => {{ if (run) ({SHOW_ADDRESS})(run); }}"  # the tab is opened before a link's run is known
SHOW_UNLESS_LESSON = f"(run) => {{ if (!new URL(location).searchParams.has('tab')) ({SHOW_ADDRESS})(run); }}"


def watching(on: Controls, machine: Machine) -> dict[str, Any]:
    """A listener's arguments for a look at the run."""
    run = on.run
    return {
        "fn": partial(watch, on, machine),
        "inputs": [on.run_id, on.seen],
        "outputs": [
            run.status, run.curve, run.table, run.samples, run.stop, run.start, run.afterwards, run.download,
            on.looks, on.seen,
        ],
        **QUIET,
    }  # fmt: skip


def wire_run(page: gr.Blocks, tab: gr.Tab, on: Controls, machine: Machine, kept: gr.BrowserState) -> None:
    """Let a run be started, watched, stopped and gone on with."""
    _wire_start(on, machine)
    _wire_address(page, tab, on, machine, kept)

    def stop(run_id: str | None) -> str:
        with in_words():
            return learning.halt(machine, run_id) if run_id else ""

    def go_on(run_id: str | None, more_epochs: int | None) -> None:
        with in_words():
            learning.go_on(machine, run_id or "", more_epochs or 0)

    look = watching(on, machine)
    on.looks.tick(**look)
    on.run.stop.click(stop, on.run_id, on.run_id, queue=False, api_visibility="private").then(**look)
    on.run.go_on.click(go_on, [on.run_id, on.run.more], None, show_progress="hidden", api_visibility="private").success(
        **look
    )


def _wire_start(on: Controls, machine: Machine) -> None:
    def start(request: gr.Request, preset: str, **chosen: Any) -> str:
        settings = {name: chosen.pop(name) for name in on.settings.fields}
        with in_words():
            return learning.begin(machine, request.session_hash or "", TextChoice(**chosen), preset, settings).run

    on.run.start.click(
        start, inputs_kwargs=on.asked | on.settings.fields, outputs=on.run_id,
        validator=partial(check_fields, machine), show_progress="hidden", concurrency_limit=8,
        api_visibility="private",
    ).success(**watching(on, machine))  # fmt: skip


def _wire_address(page: gr.Blocks, tab: gr.Tab, on: Controls, machine: Machine, kept: gr.BrowserState) -> None:
    def come_back(kept: dict[str, Any] | None, request: gr.Request) -> str:
        return request.query_params.get("run") or learning.still_there(machine, models.remembered(kept))

    on.run_id.change(None, on.run_id, None, js=SHOW_UNLESS_LESSON, api_visibility="private")
    tab.select(None, on.run_id, None, js=SHOW_IF_RUN, api_visibility="private")
    on.run_id.change(models.remember, [on.run_id, kept], kept, **QUIET)
    on.run_id.change(_address, on.run_id, on.run.address, **QUIET)
    page.load(come_back, kept, on.run_id, **QUIET).then(**watching(on, machine))


def watch(on: Controls, machine: Machine, run_id: str | None, seen: str) -> dict[Any, Any]:
    """What is new about a run since it was `seen` last, for all that shows it; nothing where nothing is."""
    if not run_id:
        return {
            on.run.status: drawings.status(None),
            on.run.stop: gr.Button(interactive=False),
            on.run.start: gr.Button(interactive=True),
            on.looks: gr.Timer(active=False),
            on.seen: "",
        }
    try:
        run = machine.runs.status(run_id)
    except CharlmError as error:
        return {on.run.status: problem(str(error)), on.looks: gr.Timer(active=False)}
    told = sum(isinstance(e, (EpochFinished, SampleWritten)) for e in run.events)
    now = f"{run_id} {told} {run.state} {run.place} {len(run.events)}"
    if now == seen:
        return gr.skip()
    same_epoch = seen.startswith(f"{run_id} {told} ")
    return {on.seen: now} | show(on, machine, run_id, run) | ({} if same_epoch else show_epochs(on, run))


def show(on: Controls, machine: Machine, run_id: str, run: RunStatus) -> dict[Any, Any]:
    """Where a run stands, and what can be done with it now."""
    under_way = run.state in ("waiting", "running")
    now = standing(run)
    ready = not under_way and now.loss is not None
    shown = {
        on.run.status: drawings.status(now),
        on.run.curve: chart.curve(run.events),
        on.run.stop: gr.Button(interactive=under_way),
        on.run.start: gr.Button(interactive=not under_way),
        on.run.afterwards: gr.Row(visible=ready or run.state in ("interrupted", "failed")),
        on.looks: gr.Timer(active=under_way),
    }
    return shown | ({on.run.download: packed(machine, run_id)} if ready else {})


def show_epochs(on: Controls, run: RunStatus) -> dict[Any, Any]:
    """What every epoch adds to."""
    return {on.run.table: drawings.curve_table(run.events), on.run.samples: drawings.samples(run.events)}


def packed(machine: Machine, run_id: str) -> Any:
    """The button with the model behind it; without, where the model is damaged: the tab to write with it says how."""
    try:
        return gr.DownloadButton(value=str(machine.runs.pack(run_id)), interactive=True)
    except CharlmError:
        return gr.DownloadButton(interactive=False)


def _address(run_id: str) -> str:
    return notice(texts.LINK.format(link=f"?run={run_id}")) if run_id else ""

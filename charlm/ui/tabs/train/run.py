"""What follows when a run is started, watched, stopped, gone on with."""

import json
from functools import partial
from typing import Any

import gradio as gr

from charlm.errors import CharlmError
from charlm.events import EpochFinished, SampleWritten
from charlm.runs.background import RunStatus
from charlm.ui import learning, texts
from charlm.ui.answers import QUIET, in_words
from charlm.ui.choices import TextChoice
from charlm.ui.downloads import model_link, page_link
from charlm.ui.drawings import chart
from charlm.ui.drawings import run as drawings
from charlm.ui.drawings.gradient import gradient
from charlm.ui.drawings.notes import notice, problem
from charlm.ui.kept import Store, asker, introduced, key_of, remember, remembered, with_key
from charlm.ui.machine import Machine
from charlm.ui.standing import standing
from charlm.ui.tabs.train.layout import Controls
from charlm.ui.tabs.train.text import check_fields

# The run stands in the address, so that a reload, a bookmark or another device finds it; never together with a lesson.
SHOW_ADDRESS = """(run) => { const lang = new URL(location).searchParams.get('lang'), query = new URLSearchParams();
  if (run) query.set('run', run);
  if (lang) query.set('lang', lang);
  history.replaceState(null, '', location.pathname + (query.size ? '?' + query : '')); }"""
SHOW_IF_RUN = f"(run) => {{ if (run) ({SHOW_ADDRESS})(run); }}"  # the tab is opened before a link's run is known
SHOW_UNLESS_LESSON = (
    f"(run) => {{ window.charlm.run(run); if (!new URL(location).searchParams.has('tab')) ({SHOW_ADDRESS})(run); }}"
)

# Before the first look at the text has come, the fields have the preset's numbers. A lesson's link has others.
EARLY = """(...values) => { const query = new URL(location).searchParams;
  if (query.get('tab') !== 'train' || document.querySelector('#facts .facts, #facts .note')) return values;
  const names = NAMES, first = values.length - names.length;
  return values.map((value, n) => { const given = query.get(names[n - first]?.name);
    return given === null ? value : names[n - first].number ? Number(given) : given; }); }"""


def watching(on: Controls, machine: Machine) -> dict[str, Any]:
    """A listener's arguments for a look at the run."""
    run = on.run
    return {
        "fn": partial(watch, on, machine),
        "inputs": [on.run_id, on.seen, on.own],
        "outputs": [
            run.status, run.curve, run.gradient, run.table, run.samples, run.stop, run.start, run.afterwards,
            run.download, run.page, run.go_on, run.further, run.replay_it, on.looks, on.seen, *on.steps,
        ],
        **QUIET,
    }  # fmt: skip


def wire_run(page: gr.Blocks, tab: gr.Tab, on: Controls, machine: Machine, seen: gr.BrowserState) -> None:
    """Let a run be started, watched, stopped and gone on with."""
    _wire_start(on, machine)
    _wire_address(page, tab, on, machine, seen)

    def stop(run_id: str | None, own: Store) -> str:
        with in_words():
            return learning.halt(machine, run_id, key_of(run_id, own)) if run_id else ""

    def go_on(request: gr.Request, run_id: str | None, own: Store, more_epochs: int | None = None) -> None:
        with in_words():
            machine.runs.resume(run_id or "", key_of(run_id, own), more_epochs, asker(own, request, machine.runs.keys))

    def go_further(request: gr.Request, run_id: str | None, own: Store, more_epochs: int | None) -> None:
        go_on(request, run_id, own, more_epochs or 0)

    look, button = watching(on, machine), {"show_progress": "hidden", "api_visibility": "private"}
    on.looks.tick(**look)
    on.run.stop.click(stop, [on.run_id, on.own], on.run_id, queue=False, api_visibility="private").then(**look)
    on.run.go_on.click(go_on, [on.run_id, on.own], None, **button).success(**look)
    on.run.more_epochs.click(go_further, [on.run_id, on.own, on.run.more], None, **button).success(**look)


def _wire_start(on: Controls, machine: Machine) -> None:
    def start(request: gr.Request, own: Store, preset: str, **chosen: Any) -> dict[Any, Any]:
        settings = {name: chosen.pop(name) for name in on.settings.fields}
        with in_words():
            asks = asker(own, request, machine.runs.keys)
            begun = learning.begin(machine, asks, TextChoice(**chosen), preset, settings)
        return {on.run_id: begun.run, on.own: with_key(begun.run, begun.key, own)}

    fields = on.settings.fields  # the last of what is sent
    names = json.dumps([{"name": name, "number": isinstance(field, gr.Number)} for name, field in fields.items()])
    started = on.run.start.click(
        start, inputs_kwargs={"own": on.own} | on.asked | fields, outputs=[on.run_id, on.own],
        js=EARLY.replace("NAMES", names), validator=partial(check_fields, machine), show_progress="hidden",
        concurrency_limit=8, api_visibility="private",
    )  # fmt: skip
    started.success(**watching(on, machine))
    # From here on the address is the run's: a lesson's link has done its work.
    started.success(None, on.run_id, None, js=SHOW_IF_RUN, api_visibility="private")


def _wire_address(page: gr.Blocks, tab: gr.Tab, on: Controls, machine: Machine, seen: gr.BrowserState) -> None:
    def come_back(seen: Store, request: gr.Request) -> str:
        return request.query_params.get("run") or learning.still_there(machine, remembered(seen))

    def introduce(own: Store) -> dict[str, Any]:
        return introduced(own, machine.runs.keys)

    on.run_id.change(None, on.run_id, None, js=SHOW_UNLESS_LESSON, api_visibility="private")
    tab.select(None, on.run_id, None, js=SHOW_IF_RUN, api_visibility="private")
    on.run_id.change(remember, [on.run_id, seen], seen, **QUIET)
    on.run_id.change(_address, [on.run_id, on.own], on.run.address, **QUIET)
    page.load(introduce, on.own, on.own, **QUIET)
    page.load(come_back, seen, on.run_id, **QUIET).then(**watching(on, machine))


def watch(on: Controls, machine: Machine, run_id: str | None, seen: str, own: Store) -> dict[Any, Any]:
    """What is new about a run since it was `seen` last, for all that shows it; nothing where nothing is."""
    if not run_id:
        return {
            on.run.status: drawings.status(None),
            on.run.stop: gr.Button(interactive=False),
            on.run.start: gr.Button(interactive=True),
            on.looks: gr.Timer(active=False),
            on.seen: "",
            **folded(on, machine, "", False),
        }
    try:
        run = machine.runs.status(run_id)
    except CharlmError as error:
        return {on.run.status: problem(str(error)), on.looks: gr.Timer(active=False)}
    told = sum(isinstance(e, (EpochFinished, SampleWritten)) for e in run.events)
    mine = machine.runs.keys.is_owner(run_id, key_of(run_id, own))
    now = f"{run_id} {told} {run.state} {run.place} {len(run.events)} {mine}"
    if now == seen:
        return gr.skip()
    same_epoch = seen.startswith(f"{run_id} {told} ")
    shown = {on.seen: now} | show(on, run_id, run, mine) | ({} if same_epoch else show_epochs(on, run))
    return shown | (folded(on, machine, run_id) if told_of(seen) != told_of(now) else {})


def told_of(seen: str) -> tuple[str, bool]:
    """What the folded steps say depends on this much of what was seen: the run, and whether it has begun."""
    run_id, *_, events, _ = seen.split() if seen else ("", "0", "")
    return run_id, events != "0"


def folded(on: Controls, machine: Machine, run_id: str, away: bool = True) -> dict[Any, Any]:
    """The first two steps: open, or each one line that says what was chosen for the run."""
    text, settings = on.steps
    if not away:
        return {text: gr.Accordion(texts.TEXT, open=True), settings: gr.Accordion(texts.SETTINGS, open=True)}
    try:
        card = machine.shelf.card(run_id)
    except CharlmError:  # it waits
        return {text: gr.Accordion(open=False), settings: gr.Accordion(open=False)}
    chosen = texts.UNITS.format(cell=card.model.cell, count=card.model.rnn_units)
    return {
        text: gr.Accordion(texts.CHOSEN.format(step=texts.TEXT, chosen=card.corpus.name), open=False),
        settings: gr.Accordion(texts.CHOSEN.format(step=texts.SETTINGS, chosen=chosen), open=False),
    }


def show(on: Controls, run_id: str, run: RunStatus, mine: bool) -> dict[Any, Any]:
    """Where a run stands, and what can be done with it now: by anybody, and, if it is `mine`, by its owner."""
    under_way = run.state in ("waiting", "running")
    now = standing(run)
    ready = not under_way and now.loss is not None
    cut_short = run.state in ("interrupted", "failed") or now.end in ("stopped", "time is up", "diverged")
    return {
        on.run.status: drawings.status(now),
        on.run.curve: chart.curve(run.events),
        on.run.gradient: gradient(run.events),
        on.run.stop: gr.Button(interactive=under_way and mine),
        on.run.start: gr.Button(interactive=not under_way or not mine),
        on.run.afterwards: gr.Row(visible=ready or (cut_short and mine)),
        on.run.download: gr.Button(link=model_link(run_id), interactive=ready),
        on.run.page: gr.Button(link=page_link(run_id), interactive=ready),
        on.run.go_on: gr.Button(visible=mine and cut_short),
        on.run.further: gr.Row(visible=mine and run.state == "ended"),
        on.run.replay_it: gr.Button(visible=now.loss is not None),
        on.looks: gr.Timer(active=under_way),
    }


def show_epochs(on: Controls, run: RunStatus) -> dict[Any, Any]:
    """What every epoch adds to."""
    return {on.run.table: drawings.curve_table(run.events), on.run.samples: drawings.samples(run.events)}


def _address(run_id: str, own: Store) -> str:
    if not run_id:
        return ""
    return notice((texts.LINK if key_of(run_id, own) else texts.LINK_SEEN).format(link=f"?run={run_id}"))

"""The page as a whole: the headline, the tabs, what connects the tabs, and the HTTP API."""

import os
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from threading import Thread
from typing import Any

os.environ["GRADIO_ANALYTICS_ENABLED"] = "False"  # Gradio reads it on import; nothing leaves this machine

import gradio as gr
from starlette.middleware import Middleware

from charlm.errors import CharlmError
from charlm.languages import languages, speaking
from charlm.languages.reader import ENGLISH
from charlm.runs.limits import Limits
from charlm.storage.shipped import FILMS
from charlm.ui import film, language_switch, look, models, texts
from charlm.ui.answers import QUIET, own_words
from charlm.ui.downloads import offer_models
from charlm.ui.gate import Page
from charlm.ui.http.endpoints import offer_all
from charlm.ui.kept import own_keys, seen_runs
from charlm.ui.language_door import LanguageDoor
from charlm.ui.lesson import TAB
from charlm.ui.links import start_in
from charlm.ui.look_opening import OPENING
from charlm.ui.machine import WRITING_AT_ONCE, Machine
from charlm.ui.opening import layout as opening_layout
from charlm.ui.opening.script import HEAD
from charlm.ui.tabs.contest import layout as contest_layout
from charlm.ui.tabs.contest import wiring as contest_wiring
from charlm.ui.tabs.contest.every_cell import wire_every_cell
from charlm.ui.tabs.dice import layout as dice_layout
from charlm.ui.tabs.dice import wiring as dice_wiring
from charlm.ui.tabs.inside import layout as inside_layout
from charlm.ui.tabs.inside import wiring as inside_wiring
from charlm.ui.tabs.replay import layout as replay_layout
from charlm.ui.tabs.replay import wiring as replay_wiring
from charlm.ui.tabs.surprise import layout as surprise_layout
from charlm.ui.tabs.surprise import wiring as surprise_wiring
from charlm.ui.tabs.temperature import layout as temperature_layout
from charlm.ui.tabs.temperature import wiring as temperature_wiring
from charlm.ui.tabs.train import layout as train_layout
from charlm.ui.tabs.train import wiring as train_wiring
from charlm.ui.tabs.write import layout as write_layout
from charlm.ui.tabs.write import wiring as write_wiring
from charlm.ui.uploads import UploadGate, Uploads

IN_CLASS = Path(__file__).with_name("in_class")
THREADS = 128  # every visitor who waits takes one


@dataclass(frozen=True)
class Tabs:
    """The tabs, and the row that contains them."""

    row: gr.Tabs
    train: gr.Tab
    write: gr.Tab
    temperature: gr.Tab
    dice: gr.Tab
    surprise: gr.Tab
    inside: gr.Tab
    replay: gr.Tab
    contest: gr.Tab


@dataclass(frozen=True)
class Controls:
    """The controls of every tab."""

    train: train_layout.Controls
    write: write_layout.Controls
    temperature: temperature_layout.Controls
    dice: dice_layout.Controls
    surprise: surprise_layout.Controls
    inside: inside_layout.Controls
    replay: replay_layout.Controls
    contest: contest_layout.Controls


def build(data: str | Path, limits: Limits, uploads: Uploads | None = None) -> gr.Blocks:
    """Build the page. Its models and runs are in the folder `data`. Raises CannotWrite."""
    machine = Machine.on(data, limits, uploads)
    with Page(title=texts.TITLE, analytics_enabled=False, delete_cache=(600, 3_600)) as page:
        offer_all(machine)  # first, so that no listener of a tab gets the name of an endpoint
        fill(page, machine, ENGLISH)
    for language in languages().keys() - {ENGLISH}:
        with page.route(language, language, show_in_navbar=False), speaking(language):
            fill(page, machine, language)
    page.queue(max_size=None, default_concurrency_limit=2, api_open=False)
    page.machine = machine
    return page


def fill(page: gr.Blocks, machine: Machine, language: str) -> None:
    """Build the page in one language."""
    kept, own = seen_runs(), own_keys()
    switch = language_switch.lay_out(language)
    tabs, controls = lay_out(machine, own, language)
    opened, looks = train_wiring.wire(page, tabs.train, controls.train, machine, kept)
    write_wiring.wire(tabs.write, controls.write, machine, kept, own)
    temperature_wiring.wire(tabs.temperature, controls.temperature, machine, kept)
    dice_wiring.wire(tabs.dice, controls.dice, machine, kept)
    surprise_wiring.wire(tabs.surprise, controls.surprise, machine, kept)
    inside_wiring.wire(tabs.inside, controls.inside, machine, kept, own)
    replay_wiring.wire(tabs.replay, controls.replay, machine, kept)
    contest_wiring.wire(tabs.contest, controls.contest, machine, kept)
    led = wire(page, tabs, controls, machine, kept)
    language_switch.wire(page, switch, controls, language, (opened, led), looks)


def lay_out(machine: Machine, own: gr.BrowserState, language: str) -> tuple[Tabs, Controls]:
    """Put the header, the first screen, the tabs with their controls and the small print on the page."""
    limits = machine.limits
    opening_layout.lay_out(ready=bool(machine.shelf.everybodys()))
    with gr.Tabs(selected="train", overflow_behavior="wrap", elem_id="tabs") as row:
        with gr.Tab(texts.TRAIN, id="train", elem_id="tab-train") as train:
            training = train_layout.lay_out(own)
        with gr.Tab(texts.WRITE, id="write", elem_id="tab-write") as write:
            writing = write_layout.lay_out(machine)
        with gr.Tab(texts.LAB, id=TAB, elem_id="tab-temperature") as temperature:
            comparing = temperature_layout.lay_out(machine)
        with gr.Tab(texts.DICE, id="dice", elem_id="tab-dice") as dice:
            throwing = dice_layout.lay_out(machine.shelf)
        with gr.Tab(texts.SURPRISE, id="surprise", elem_id="tab-surprise") as surprise:
            shading = surprise_layout.lay_out(machine.shelf)
        with gr.Tab(texts.INSIDE, id="inside", elem_id="tab-inside") as inside:
            looking = inside_layout.lay_out(machine.shelf)
        with gr.Tab(texts.REPLAY, id="replay", elem_id="tab-replay") as replay:
            playing = replay_layout.lay_out(machine)
        with gr.Tab(texts.CONTEST_TAB, id=contest_layout.TAB, elem_id="tab-contest") as contest:
            racing = contest_layout.lay_out(machine.shelf)
    theirs = IN_CLASS / f"{language}.md"
    demonstrations = theirs if theirs.exists() else IN_CLASS / f"{ENGLISH}.md"
    title, _, lesson = demonstrations.read_text("utf-8").removeprefix("# ").partition("\n")
    with gr.Accordion(title, open=False, elem_id="in-class"):
        gr.Markdown(lesson, elem_classes="in-class")
    hours = texts.PRIVACY_HOURS.format(count=limits.keep_hours) if limits.keep_hours else ""
    gr.Markdown(f"{texts.PRIVACY} {hours} {texts.LIMITS.format(**limits.as_dict())}", elem_classes="privacy")
    return Tabs(row, train, write, temperature, dice, surprise, inside, replay, contest), Controls(
        training, writing, comparing, throwing, shading, looking, playing, racing
    )


def wire(page: gr.Blocks, tabs: Tabs, controls: Controls, machine: Machine, kept: gr.BrowserState) -> Any:
    """Connect the tabs: the button that opens Write with the visitor's model, and a link that opens a lesson.

    Returns the event in which the page follows such a link.
    """
    model, film_of, lesson = controls.write.asked.model, controls.replay.model, controls.temperature.lesson

    def take_own(run: str, kept: dict[str, Any] | None) -> dict[Any, Any]:
        return {tabs.row: gr.Tabs(selected="write"), model: models.offer(machine.shelf, kept, run)}

    def replay_own(run: str, kept: dict[str, Any] | None) -> dict[Any, Any]:
        return {tabs.row: gr.Tabs(selected="replay"), film_of: models.offer(machine.shelf, kept, run)}

    def open_link(request: gr.Request) -> Any:
        query = dict(request.query_params)
        if shown := temperature_wiring.open_lesson(controls.temperature, machine, query):
            return {tabs.row: gr.Tabs(selected=TAB), **shown}
        if shown := contest_wiring.open_link(controls.contest, machine, query):
            return {tabs.row: gr.Tabs(selected=contest_layout.TAB), **shown}
        return open_tab(tabs, controls, machine, query) or gr.skip()

    run = controls.train
    run.run.write_with_it.click(take_own, [run.run_id, kept], [tabs.row, model], **QUIET).then(
        None, None, None, js="() => window.charlm.write()", api_visibility="private"
    )
    run.run.replay_it.click(replay_own, [run.run_id, kept], [tabs.row, film_of], **QUIET)
    chosen = [control for pair in chosen_by_link(controls).values() for control in pair]
    led = page.load(open_link, None, [tabs.row, *lesson.values(), controls.contest.chosen, *chosen], **QUIET)
    wire_every_cell(tabs.row, controls.train, controls.contest, machine, kept)
    return led


def open_tab(tabs: Tabs, controls: Controls, machine: Machine, query: Mapping[str, str]) -> dict[Any, Any]:
    """What the page shows for an address that names a tab; nothing if it names none."""
    tab, choice = query.get("tab", ""), chosen_by_link(controls)
    if tab not in vars(tabs).keys() - {"row"}:
        return {}
    shown: dict[Any, Any] = {tabs.row: gr.Tabs(selected=tab)}
    if tab in choice:
        model, start = choice[tab]
        first = texts.FIRST_FILM if tab == "replay" else ""
        shown[model] = models.offer(machine.shelf, None, query.get("model"), first=first)
        shown |= {start: start_in(query)} if "start" in query else {}
    return shown


def chosen_by_link(controls: Controls) -> dict[str, tuple[gr.Dropdown, gr.Textbox]]:
    """For each tab with a model: what a link can choose there, the model and the text from which it goes on."""
    write, dice, replay = controls.write.asked, controls.dice.settings, controls.replay
    return {
        "write": (write.model, write.start),
        "dice": (dice.model, dice.start),
        "surprise": (controls.surprise.model, controls.surprise.sentence),
        "inside": (controls.inside.asked.model, controls.inside.asked.text),
        "replay": (replay.model, replay.start),
    }


def launch(data: str | Path, host: str | None = None, port: int | None = None) -> gr.Blocks:
    """Build the page and serve it in background threads. After that, another thread loads TensorFlow.

    Raises InvalidSetting if a limit in the environment is not valid, and CannotWrite.
    """
    limits = Limits.from_environment(os.environ)
    page = build(data, limits, Uploads())
    app, *_ = page.launch(
        server_name=host,
        server_port=port,
        theme=look.THEME,
        css=look.CSS,
        head=f"<style>{OPENING}{own_words()}</style>{HEAD}",  # Gradio brings `css` only after the first picture
        max_file_size=f"{limits.upload_mb}mb",
        run_history=False,
        enable_monitoring=False,
        ssr_mode=False,
        favicon_path=Path(__file__).with_name("favicon.svg"),
        footer_links=[],
        max_threads=THREADS,
        app_kwargs={"middleware": [Middleware(LanguageDoor), Middleware(UploadGate, runs=page.machine.runs)]},
        prevent_thread_lock=True,
    )
    offer_models(app, page.machine)
    Thread(target=_warm, args=[page.machine], name="warming TensorFlow", daemon=True).start()
    return page


def _warm(machine: Machine) -> None:
    """Load TensorFlow, compile the first model for a whole class, ask the films, so that nobody waits.

    Then try the usual runs.
    """
    with suppress(CharlmError):  # a visitor who chooses that model sees the error
        if name := models.by_rank(machine.shelf.everybodys()):
            model = machine.shelf.take(name)
            model.next_logits("")
            model.warm_up(WRITING_AT_ONCE)
        for name in FILMS:
            for _ in film.show(machine, name, "", *replay_layout.ASKED_FIRST):
                pass  # kept in memory: the Replay tab begins with it
    machine.wishes.begin()

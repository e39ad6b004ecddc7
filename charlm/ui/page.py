"""The page as a whole: a headline, the tabs, and what passes between them."""

import os
from contextlib import suppress
from pathlib import Path
from threading import Thread
from typing import Any

os.environ["GRADIO_ANALYTICS_ENABLED"] = "False"  # read when Gradio comes up: nothing leaves this machine

import gradio as gr

from charlm.errors import CharlmError
from charlm.generation.shelf import Shelf
from charlm.runs.background import Runs
from charlm.runs.limits import Limits
from charlm.storage import shipped
from charlm.training.speeds import Speeds
from charlm.ui import look, models
from charlm.ui.answers import QUIET
from charlm.ui.languages import english as texts
from charlm.ui.lesson import TAB, TEMPERATURES
from charlm.ui.tabs import dice as dice_tab
from charlm.ui.tabs import surprise as surprise_tab
from charlm.ui.tabs import temperature as lab_tab
from charlm.ui.tabs import train as train_tab
from charlm.ui.tabs import write as write_tab
from charlm.ui.turns import Turns

WRITING_AT_ONCE = 2  # as many as there are cores on a small machine
WAITING_ROOM = 60  # visitors who may wait to write
THREADS = 128  # those who wait take one each


def build(data: str | Path, limits: Limits) -> gr.Blocks:
    """The page on a folder of models and runs."""
    runs, shelf, speeds = Runs(data, limits=limits), Shelf(data, shipped.PLACE), Speeds()
    turns = Turns(WRITING_AT_ONCE, WAITING_ROOM)
    with gr.Blocks(title=texts.TITLE, analytics_enabled=False, delete_cache=(600, 3_600)) as page:
        kept = gr.BrowserState({"runs": []}, storage_key="charlm", secret="charlm")  # noqa: S106  # hides nothing
        first_step = texts.FIRST_STEP if shelf.everybodys() else texts.FIRST_STEP_BARE
        gr.Markdown(f"# {texts.TITLE}\n\n{texts.LEAD}\n\n{first_step}", elem_id="head")
        with gr.Tabs(selected="train") as tabs:
            with gr.Tab(texts.TRAIN, id="train") as learning:
                run_id, write_with_it = train_tab.build(page, learning, runs, speeds, kept)
            with gr.Tab(texts.WRITE, id="write") as writing:
                model = write_tab.build(writing, runs, shelf, turns, kept)
            with gr.Tab(texts.LAB, id=TAB) as comparing:
                lesson = lab_tab.build(comparing, shelf, turns, kept)
            with gr.Tab(texts.DICE, id="dice") as throwing:
                dice_tab.build(throwing, shelf, kept)
            with gr.Tab(texts.SURPRISE, id="surprise") as shading:
                surprise_tab.build(shading, shelf, kept)
        hours = texts.PRIVACY_HOURS.format(hours=limits.keep_hours) if limits.keep_hours else ""
        gr.Markdown(f"{texts.PRIVACY} {hours} {texts.LIMITS.format(**limits.as_dict())}", elem_classes="privacy")

        def take_own(run: str, kept: dict[str, Any] | None) -> tuple[Any, Any]:
            return gr.Tabs(selected="write"), models.offer(shelf, kept, run)

        def open_link(request: gr.Request) -> list[Any]:
            values = lab_tab.open_lesson(shelf, dict(request.query_params))
            return [gr.Tabs(selected=TAB) if values else gr.skip(), *(values or [gr.skip()] * len(lesson))]

        write_with_it.click(take_own, [run_id, kept], [tabs, model], **QUIET)
        page.load(open_link, None, [tabs, *lesson], **QUIET)
    page.queue(max_size=None, default_concurrency_limit=2, api_open=False)
    page.runs, page.shelf, page.speeds = runs, shelf, speeds
    return page


def launch(data: str | Path, host: str | None = None, port: int | None = None) -> gr.Blocks:
    """Build the page and serve it, in threads of its own; once it is up, TensorFlow comes up behind it.

    Raises InvalidSetting for a limit in the environment that is none.
    """
    limits = Limits.from_environment(os.environ)
    page = build(data, limits)
    page.launch(
        server_name=host,
        server_port=port,
        theme=look.THEME,
        css=look.CSS,
        max_file_size=f"{limits.upload_mb}mb",
        run_history=False,
        enable_monitoring=False,
        ssr_mode=False,
        favicon_path=Path(__file__).with_name("favicon.svg"),
        footer_links=[],
        max_threads=THREADS,
        prevent_thread_lock=True,
    )
    Thread(target=_warm, args=[page.shelf, page.speeds], name="warming TensorFlow", daemon=True).start()
    return page


def _warm(shelf: Shelf, speeds: Speeds) -> None:
    """What the first click would wait for: TensorFlow and the first model with its compiled loop; then, the times."""
    with suppress(CharlmError):  # whoever chooses that model is told
        if name := models.by_rank(shelf.everybodys()):
            shelf.take(name).next_logits("")
            shelf.take(name, columns=len(TEMPERATURES))
    speeds.measure()

"""What follows when somebody wants all that is theirs deleted."""

from pathlib import Path
from typing import Any

import gradio as gr

from charlm.ui import learning, models
from charlm.ui.answers import QUIET
from charlm.ui.drawings.notes import notice
from charlm.ui.languages import english as texts
from charlm.ui.machine import Machine
from charlm.ui.tabs.train.layout import Controls
from charlm.ui.tabs.train.run import watching


def wire_forget(on: Controls, machine: Machine, kept: gr.BrowserState) -> None:
    """Let everything be deleted that this browser knows, at the second click."""
    ways, source = on.forget, on.text.source

    def forget(run_id: str | None, kept_runs: dict[str, Any] | None, files: list[str] | None) -> dict[Any, Any]:
        learning.delete_all(machine, filter(None, dict.fromkeys([run_id, *models.remembered(kept_runs)])))
        for file in files or ():
            Path(file).unlink(missing_ok=True)
        return {
            on.run_id: "",
            kept: {"runs": []},
            source.files: None,
            source.pasted: "",
            ways.forgotten: notice(texts.FORGOTTEN),
            ways.sure: gr.Row(visible=False),
        }

    ways.ask.click(lambda: gr.Row(visible=True), None, ways.sure, **QUIET)
    ways.rather_not.click(lambda: gr.Row(visible=False), None, ways.sure, **QUIET)
    ways.really.click(
        forget, [on.run_id, kept, source.files],
        [on.run_id, kept, source.files, source.pasted, ways.forgotten, ways.sure], **QUIET,
    ).then(**watching(on, machine))  # fmt: skip

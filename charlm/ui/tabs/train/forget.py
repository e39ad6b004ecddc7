"""What happens when a visitor deletes all their texts and models."""

from pathlib import Path
from typing import Any

import gradio as gr

from charlm.ui import learning, texts
from charlm.ui.answers import QUIET
from charlm.ui.drawings.notes import notice
from charlm.ui.kept import Store, key_of, owned, without_keys
from charlm.ui.machine import Machine
from charlm.ui.tabs.train.layout import Controls
from charlm.ui.tabs.train.run import watching


def wire_forget(on: Controls, machine: Machine, seen: gr.BrowserState) -> None:
    """Let a visitor delete, with a second click, everything that this browser started. The runs of others stay."""
    ways, source = on.forget, on.text.source

    def forget(own: Store, files: list[str] | None) -> dict[Any, Any]:
        learning.delete_all(machine, {run_id: key_of(run_id, own) for run_id in owned(own)})
        for file in files or ():
            Path(file).unlink(missing_ok=True)
        return {
            on.run_id: "",
            seen: {"runs": []},
            on.own: without_keys(own),
            source.files: None,
            source.pasted: "",
            ways.forgotten: notice(texts.FORGOTTEN),
            ways.sure: gr.Row(visible=False),
        }

    ways.ask.click(lambda: gr.Row(visible=True), None, ways.sure, **QUIET)
    ways.rather_not.click(lambda: gr.Row(visible=False), None, ways.sure, **QUIET)
    ways.really.click(
        forget, [on.own, source.files],
        [on.run_id, seen, on.own, source.files, source.pasted, ways.forgotten, ways.sure], **QUIET,
    ).then(**watching(on, machine))  # fmt: skip

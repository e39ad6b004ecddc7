"""Commands for models on the disk: show, export, import. `show` also shows the check-up of a text."""

import argparse
import json
from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from charlm.command_line.arguments import MODEL, TEXTS, add_command, add_encoding, place
from charlm.command_line.cards import show_card, show_check_up
from charlm.command_line.learning import say_what_next
from charlm.command_line.sources import is_text, model_folder, read_text
from charlm.command_line.streams import Console, print_as_json, print_json
from charlm.events import EpochFinished, Event, SampleWritten, of_kind
from charlm.export.onefile import SUFFIX, WHAT_TRAVELS, export_model, import_model
from charlm.text.checkup import check_up


def add_to(commands: Any) -> None:
    """Add the parsers of these commands."""
    show = add_command(
        commands, "show", _show, "a model's card or a text's check-up",
        "Show the facts about a model and its training, or the check-up of a text before it is learnt.",
        "checkpoints/mine",
    )  # fmt: skip
    show.add_argument("what", type=place, help=f"{MODEL}; or {TEXTS}")
    show.add_argument("--text", action="store_true", help="show the text, also if a model has its name (shakespeare)")
    add_encoding(show)
    export = add_command(
        commands, "export", _export, "a model as one file", f"Write a model as one file. {WHAT_TRAVELS}",
        f"checkpoints/mine mine{SUFFIX}",
    )  # fmt: skip
    export.add_argument("checkpoint", type=place, help=MODEL)
    export.add_argument("file", type=place, help=f"the file to write, such as mine{SUFFIX}")
    take_in = add_command(
        commands, "import", _import, "a model from an exported file",
        "Make a model's folder from an exported file.", f"mine{SUFFIX} --out checkpoints/theirs",
    )  # fmt: skip
    take_in.add_argument("file", type=place, help="a file from anybody: charlm checks it and runs nothing in it")
    take_in.add_argument("--out", required=True, type=place, help="the folder to keep it in")


def _show(chosen: argparse.Namespace) -> int:
    console = Console()
    if chosen.text or is_text(chosen.what):
        facts = check_up(read_text(chosen.what, chosen.encoding))
        print_json(asdict(facts)) if chosen.json else show_check_up(console, facts)
        return 0
    folder = model_folder(chosen.what)
    card, events = folder.read_card(), folder.events()
    if chosen.json:
        print_json(json.loads(card.to_json()) | _history(events))
    else:
        show_card(console, card, events)
    return 0


def _history(events: Sequence[Event]) -> dict[str, list[dict[str, Any]]]:
    """The scored epochs and the samples of a run, for JSON."""
    return {
        "history": [asdict(e) for e in of_kind(EpochFinished, events)],
        "samples": [asdict(e) for e in of_kind(SampleWritten, events)],
    }


def _export(chosen: argparse.Namespace) -> int:
    file = export_model(model_folder(chosen.checkpoint).path, chosen.file)
    size = file.stat().st_size
    if chosen.json:
        print_json({"file": str(file), "bytes": size})
        return 0
    print(f"{file} has {size:,} bytes. {WHAT_TRAVELS}")
    return 0


def _import(chosen: argparse.Namespace) -> int:
    console = Console()
    card = import_model(chosen.file, chosen.out)
    if chosen.json:
        print_as_json(card.to_json())
        return 0
    show_card(console, card, model_folder(chosen.out).events())
    say_what_next(console, chosen.out)
    return 0

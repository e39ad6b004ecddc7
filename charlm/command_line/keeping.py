"""Commands for models on the disk: show, export, import. `show` also shows the check-up of a text."""

import argparse
import json
import time
from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from charlm.command_line.arguments import MODEL, TEXTS, add_command, add_encoding, place
from charlm.command_line.cards import show_card, show_check_up
from charlm.command_line.learning import say_what_next
from charlm.command_line.sources import is_text, model_folder, read_text
from charlm.command_line.streams import Console, print_as_json, print_json
from charlm.errors import InvalidSetting
from charlm.events import EpochFinished, Event, SampleWritten, of_kind
from charlm.export.onefile import SUFFIX, WHAT_TRAVELS, export_model, import_model
from charlm.export.space import export_space
from charlm.export.webpage import SUFFIX as PAGE
from charlm.export.webpage import export_page
from charlm.languages import N_, Told, say
from charlm.text.checkup import check_up


def add_to(commands: Any) -> None:
    """Add the parsers of these commands."""
    show = add_command(
        commands,
        "show",
        _show,
        N_("a model's card or a text's check-up"),
        N_("Show the facts about a model and its training, or the check-up of a text before it is learnt."),
        "checkpoints/mine",
    )
    show.add_argument("what", type=place, help=say(N_("{model}; or {text}"), model=MODEL, text=TEXTS))
    show.add_argument(
        "--text", action="store_true", help=say(N_("show the text, also if a model has its name (shakespeare)"))
    )
    add_encoding(show)
    export = add_command(
        commands,
        "export",
        _export,
        N_("a model as one file, or as a web page"),
        Told(
            N_(
                "Write a model as one file ({suffix}) for another charlm, as a web page ({page}) that writes with it "
                "in any browser, or as a folder for a static Space."
            ),
            WHAT_TRAVELS,
            suffix=SUFFIX,
            page=PAGE,
        ),
        f"checkpoints/mine mine{PAGE}",
    )
    export.add_argument("checkpoint", type=place, help=say(MODEL))
    goal = export.add_mutually_exclusive_group(required=True)
    goal.add_argument(
        "file",
        nargs="?",
        type=place,
        help=say(N_("the file to write, such as {example} or {page}"), example=f"mine{SUFFIX}", page=f"mine{PAGE}"),
    )
    goal.add_argument(
        "--space", metavar="FOLDER", type=place, help=say(N_("a new folder, ready to push as a static Space"))
    )
    export.add_argument(
        "--small", action="store_true", help=say(N_("of a web page: numbers of 16 bits, half the size"))
    )
    export.add_argument(
        "--text",
        type=place,
        help=say(N_("with --small: the text it learnt from, to score the rounded network, if not here")),
    )
    add_encoding(export)
    take_in = add_command(
        commands,
        "import",
        _import,
        N_("a model from an exported file"),
        N_("Make a model's folder from an exported file."),
        f"mine{SUFFIX} --out checkpoints/theirs",
    )
    take_in.add_argument(
        "file", type=place, help=say(N_("a file from anybody: charlm checks it and runs nothing in it"))
    )
    take_in.add_argument("--out", required=True, type=place, help=say(N_("the folder to keep it in")))


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
    begun, folder = time.monotonic(), model_folder(chosen.checkpoint).path
    if chosen.space is None and chosen.file.endswith(".zip"):
        file = export_model(folder, chosen.file)
        told, val_loss = say(WHAT_TRAVELS), None
    elif chosen.space is None and not chosen.file.endswith(PAGE):
        raise InvalidSetting(
            N_("charlm cannot tell from the name {file} what to write."),
            N_("Expected a name that ends in {suffix} (for another charlm) or {page} (a web page)."),
            N_("Choose such a name."),
            file=chosen.file,
            suffix=SUFFIX,
            page=PAGE,
        )
    else:
        corpus = read_text(chosen.text, chosen.encoding) if chosen.text else None
        write, where = (export_page, chosen.file) if chosen.space is None else (export_space, chosen.space)
        page = write(folder, where, small=chosen.small, corpus=corpus)
        file, val_loss, told = page.path, page.val_loss, _told(page.val_loss, chosen.small)
    size, seconds = file.stat().st_size, time.monotonic() - begun
    if chosen.json:
        print_json({"file": str(file), "bytes": size, "seconds": round(seconds, 2), "val_loss": val_loss})
        return 0
    print(say(N_("{file} has {size:,} bytes."), file=file, size=size), told)
    return 0


def _told(val_loss: float | None, small: bool) -> str:
    """What a page is, and what rounding has done to its network."""
    told = say(N_("Open it in a browser: it writes with the model, without a server, and it fetches nothing."))
    if not small:
        return told
    if val_loss is None:
        lost = N_("The text it learnt from is not here, so the rounded network was not scored: see --text.")
        return f"{told} {say(lost)}"
    scored = say(N_("The rounded network has a val_loss of {val_loss:.4f}."), val_loss=val_loss)
    return f"{told} {scored}"


def _import(chosen: argparse.Namespace) -> int:
    console = Console()
    card = import_model(chosen.file, chosen.out)
    if chosen.json:
        print_as_json(card.to_json())
        return 0
    show_card(console, card, model_folder(chosen.out).events())
    say_what_next(console, chosen.out)
    return 0

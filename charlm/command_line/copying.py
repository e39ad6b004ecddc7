"""The command `copies`: it finds the passages that a model copied from its text."""

import argparse
from dataclasses import asdict
from typing import Any

from charlm.command_line import findings
from charlm.command_line.arguments import (
    MODEL,
    TEXTS,
    add_command,
    add_encoding,
    add_replace_unknown,
    meaning,
    place,
    seed_of,
)
from charlm.command_line.sources import model_folder, read_text, take_model
from charlm.command_line.streams import Console, print_json
from charlm.command_line.writing import start_of, tell_seed
from charlm.errors import CorpusNotFound, InvalidSetting
from charlm.languages import N_, say
from charlm.settings import SamplingSettings
from charlm.storage.run_folder import RunFolder
from charlm.text.built_in import BUILT_IN
from charlm.text.copies import SHORTEST, Copies, CopyFinder
from charlm.text.corpus import Corpus

WRITES = ("start_text", "replace_unknown", "temperature", "length", "seed")  # options that make the model write now


def add_to(commands: Any) -> None:
    """Add the parser of this command."""
    copies = add_command(
        commands,
        "copies",
        _copies,
        N_("the passages that a model copied from its text"),
        N_(
            "Find every passage of a written text that is also, word for word, in the text that the model learnt from. "
            "The written text comes from a file or from standard input; without one the model writes a text now."
        ),
        "checkpoints/mine written.txt",
    )
    copies.add_argument("checkpoint", type=place, help=say(MODEL))
    copies.add_argument(
        "written", nargs="?", type=place, help=say(N_("a file with the written text, or - (standard input)"))
    )
    copies.add_argument(
        "--source", type=place, help=say(N_("the text to search instead of the model's own: {texts}"), texts=TEXTS)
    )
    copies.add_argument(
        "--shortest", type=int, default=SHORTEST, help=say(N_("least characters of a copy (%(default)s)"))
    )
    copies.add_argument("--start-text", help=say(N_("the text that the model continues, if it writes now")))
    for name, kind in (("temperature", float), ("length", int), ("seed", int)):
        copies.add_argument(f"--{name}", type=kind, help=meaning(name))
    add_replace_unknown(copies)
    add_encoding(copies)


def _copies(chosen: argparse.Namespace) -> int:
    folder = model_folder(chosen.checkpoint)
    card = folder.read_card()
    source = read_text(chosen.source, chosen.encoding) if chosen.source else _own_text(folder)
    finder = CopyFinder(source.text)
    finder.find("", chosen.shortest)  # refuse a wrong --shortest before the model is loaded
    written, how = _written(chosen)
    found = finder.find(written, chosen.shortest)
    own = source.sha256 == card.corpus.sha256
    if chosen.json:
        print_json({"source": source.name, "own_text": own} | how | _as_data(found))
    else:
        findings.show_copies(Console(), found, finder, source.name, own)
        if "seed" in how:
            tell_seed(chosen, how["seed"])
    return 0


def _written(chosen: argparse.Namespace) -> tuple[str, dict[str, Any]]:
    """The written text, and the settings it was written with if the model writes it now."""
    asked = {name: value for name in WRITES if (value := getattr(chosen, name)) is not None}
    if chosen.written:
        if asked:
            raise InvalidSetting(
                N_("--{option} says how to write, and {file} is written already."),
                N_("Expected a written text, or options for the model to write now."),
                N_("Leave one of them out."),
                option=next(iter(asked)).replace("_", "-"),
                file=chosen.written,
            )
        return read_text(chosen.written, chosen.encoding).text, {}
    numbers = {name: value for name, value in asked.items() if name in ("temperature", "length")}
    settings = SamplingSettings(**numbers, seed=seed_of(chosen))
    model = take_model(chosen.checkpoint, columns=1)
    start = start_of(chosen, model)
    written = "".join(model.stream(start, settings.temperature, settings.length, settings.seed))
    return written, {"start_text": start, "temperature": settings.temperature, "seed": settings.seed}


def _own_text(folder: RunFolder) -> Corpus:
    corpus = folder.read_corpus()
    if corpus is None:
        raise CorpusNotFound(
            N_("{path} does not hold the text it learnt from: imported models come without their text."),
            N_("Expected corpus.txt in the folder."),
            N_("Name the text with --source: a file, or one of {names}."),
            path=folder.path,
            names=tuple(BUILT_IN),
        )
    return corpus


def _as_data(found: Copies) -> dict[str, Any]:
    stretches = [asdict(copy) | {"text": found.written[copy.start : copy.end]} for copy in found.stretches]
    return {"written": found.written, "share": found.share, "longest": found.longest, "stretches": stretches}

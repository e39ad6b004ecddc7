"""The command `replay`: what a run's network wrote before learning and after each kept epoch."""

import argparse
import math
from collections.abc import Iterable
from dataclasses import asdict
from typing import Any

from charlm.command_line.arguments import MODEL, add_command, add_start, meaning, place, seed_of
from charlm.command_line.sources import model_folder
from charlm.command_line.streams import Console, print_json
from charlm.command_line.terminal import quote, replacements, say, visible
from charlm.command_line.writing import tell_seed
from charlm.insight.references import Reference, five_gram_loss_of, references
from charlm.insight.replay import Frame, replay, shown_epochs
from charlm.settings import SamplingSettings
from charlm.storage.card import Card
from charlm.text.checkup import label
from charlm.text.copies import CopyFinder

LENGTH = 200  # characters of a frame by default: a film is read, too
NAMES = {"uniform": "guessing blindly", "frequency": "guessing by letter frequencies", "five_gram": "a 5-gram model"}
TOLD = 5  # likeliest next characters of a frame


def add_to(commands: Any) -> None:
    """Add the parser of this command."""
    film = add_command(
        commands, "replay", _replay, "what a network wrote before learning and after each kept epoch",
        "Go back in time: let the network of every kept epoch continue the same start with the same random numbers, "
        "and show which characters it expected there. At the end, tell when its loss passed that of simpler guesses.",
        'checkpoints/mine --start-text "The " --length 100',
    )  # fmt: skip
    film.add_argument("checkpoint", type=place, help=MODEL)
    add_start(film)
    film.add_argument("--temperature", type=float, default=0.7, help=f"{meaning('temperature')} (%(default)s)")
    film.add_argument("--length", type=int, default=LENGTH, help=f"{meaning('length')} (%(default)s)")
    film.add_argument("--seed", type=int, help=f"{meaning('seed')} (default: a new one every time)")


def _replay(chosen: argparse.Namespace) -> int:
    seed = seed_of(chosen)
    SamplingSettings(chosen.temperature, chosen.length, seed)
    run = model_folder(chosen.checkpoint)
    card = run.read_card()
    epochs = [one.epoch for one in shown_epochs(run)]
    known = references(card, run.events(), five_gram_loss_of(run))
    start = _start(chosen, card)
    corpus = run.read_corpus() if run.has_corpus else None
    finder = CopyFinder(corpus.text) if corpus else None
    frames = replay(run, start, chosen.temperature, chosen.length, seed, finder=finder)
    if chosen.json:
        asked = {"start_text": start, "temperature": chosen.temperature, "length": chosen.length, "seed": seed}
        facts = {"epochs": epochs, "references": [asdict(one) for one in known]}
        print_json(asked | facts | {"frames": [asdict(frame) for frame in frames]})
    else:
        _show(Console(), epochs, frames, known)
    tell_seed(chosen, seed)
    return 0


def _start(chosen: argparse.Namespace, card: Card) -> str:
    if not chosen.replace_unknown:
        return card.vocabulary.normalized(chosen.start_text)
    start, replaced = card.vocabulary.replace_unknown(chosen.start_text)
    for sentence in replacements(replaced):
        say(Console(stderr=True), sentence)
    return start


def _show(console: Console, epochs: list[float], frames: Iterable[Frame], known: Iterable[Reference]) -> None:
    kept = ", ".join(f"{epoch:g}" for epoch in epochs)
    say(console, f"{len(epochs)} networks of this run are kept, after epoch {kept} (0 is before learning).\n")
    for frame in frames:
        scored = "" if frame.val_loss is None else f", val_loss {frame.val_loss:.3f}"
        scored += f", {frame.copied:.0%} word for word from its text" if frame.copied else ""
        say(console, f"--- {f'after epoch {frame.epoch:g}' if frame.epoch else 'before learning'}{scored} ---")
        quote(console, frame.start_text + frame.text)
        likely = ", ".join(f"{visible(label(c.character))} {c.probability:.0%}" for c in frame.characters[:TOLD])
        say(console, f"    expected next after the start: {likely}\n")
    for one in known:
        say(console, _passed(one))


def _passed(one: Reference) -> str:
    loss = f"{NAMES[one.name]} (a loss of {one.loss:.3f})"
    if one.passed is None:
        return f"It has not passed {loss}."
    return f"It passed {loss} in epoch {math.ceil(one.passed)}."

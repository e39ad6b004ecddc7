"""The command `replay`: what a run's network wrote before learning and after each kept epoch."""

import argparse
import math
from collections.abc import Iterable
from dataclasses import asdict
from typing import Any

from charlm.command_line.arguments import MODEL, SEED, add_command, add_start, meaning, place, seed_of
from charlm.command_line.sources import model_folder
from charlm.command_line.streams import Console, print_json
from charlm.command_line.terminal import quote, replacements, tell, visible
from charlm.command_line.writing import tell_seed
from charlm.insight.references import Reference, five_gram_loss_of, references
from charlm.insight.replay import Frame, replay, shown_epochs
from charlm.languages import N_, NN_, number, say
from charlm.settings import SamplingSettings
from charlm.storage.card import Card
from charlm.text.checkup import label
from charlm.text.copies import CopyFinder

LENGTH = 200  # characters of a frame by default: a film is read, too
NAMES = {
    "uniform": N_("guessing blindly"),
    "frequency": N_("guessing by letter frequencies"),
    "five_gram": N_("a 5-gram model"),
}
TOLD = 5  # likeliest next characters of a frame


def add_to(commands: Any) -> None:
    """Add the parser of this command."""
    film = add_command(
        commands, "replay", _replay, N_("what a network wrote before learning and after each kept epoch"),
        N_("Go back in time: let the network of every kept epoch continue the same start with the same random numbers, "
        "and show which characters it expected there. At the end, tell when its loss passed that of simpler guesses."),
        'checkpoints/mine --start-text "The " --length 100',
    )  # fmt: skip
    film.add_argument("checkpoint", type=place, help=say(MODEL))
    add_start(film)
    film.add_argument("--temperature", type=float, default=0.7, help=f"{meaning('temperature')} (%(default)s)")
    film.add_argument("--length", type=int, default=LENGTH, help=f"{meaning('length')} (%(default)s)")
    film.add_argument("--seed", type=int, help=say(SEED, meaning=meaning("seed")))


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
        tell(Console(stderr=True), sentence)
    return start


def _show(console: Console, epochs: list[float], frames: Iterable[Frame], known: Iterable[Reference]) -> None:
    kept = ", ".join(number(epoch, "g") for epoch in epochs)
    told = NN_(
        "{count} network of this run is kept, after epoch {epochs} (0 is before learning).",
        "{count} networks of this run are kept, after epoch {epochs} (0 is before learning).",
    )
    tell(console, say(told, count=len(epochs), epochs=kept) + "\n")
    for frame in frames:
        title = say(N_("after epoch {epoch:g}") if frame.epoch else N_("before learning"), epoch=frame.epoch)
        scored = "" if frame.val_loss is None else f", val_loss {number(frame.val_loss, '.3f')}"
        copied = say(N_(", {share:.0%} word for word from its text"), share=frame.copied) if frame.copied else ""
        tell(console, f"--- {title}{scored}{copied} ---")
        quote(console, frame.start_text + frame.text)
        likely = ", ".join(
            f"{visible(label(c.character))} {number(c.probability, '.0%')}" for c in frame.characters[:TOLD]
        )
        expected = say(N_("expected next after the start: {characters}"), characters=likely)
        tell(console, f"    {expected}\n")
    for one in known:
        tell(console, _passed(one))


def _passed(one: Reference) -> str:
    passed, not_yet = (
        N_("It passed {guess} (a loss of {loss:.3f}) in epoch {epoch}."),
        N_("It has not passed {guess} (a loss of {loss:.3f})."),
    )
    epoch = None if one.passed is None else math.ceil(one.passed)
    return say(not_yet if epoch is None else passed, guess=NAMES[one.name], loss=one.loss, epoch=epoch)

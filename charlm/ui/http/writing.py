"""Endpoints that ask a model. `model` is the name of its folder or the id of a run; without it, the first model."""

from collections.abc import Iterator
from dataclasses import asdict
from typing import Any

from charlm.insight.film import Film
from charlm.ui import film, models, texts, writing
from charlm.ui.lesson import TEMPERATURES
from charlm.ui.machine import Machine
from charlm.ui.writing import Waiting

Answer = dict[str, Any]


def generate(
    machine: Machine, model: str = "", start_text: str = "", temperature: float = 0.7, length: int = 400,
    seed: int | None = None,
) -> Iterator[Answer]:  # fmt: skip
    """Go on from a start text: a stream of {start_text, text, seed, place, finished}.

    `text` grows, and does not contain the start. `place` is the place in the row of those who wait, and 0 for those who
    write. An empty start takes the beginning of a line that the model learnt from. Without a seed, one is drawn.
    """
    chosen = writing.draw_seed() if seed is None else seed
    empty = {"start_text": start_text, "text": "", "seed": chosen, "place": 0, "finished": False}
    for now in writing.write(machine, _model(machine, model), start_text, temperature, length, chosen):
        if isinstance(now, Waiting):
            yield empty | {"place": now.place}
        else:
            yield empty | {"start_text": now.start_text, "text": now.text, "finished": now.finished}


def compare(
    machine: Machine, model: str = "", start_text: str = "", temperatures: list[float] | None = None,
    length: int = 300, seed: int = 1,
) -> Iterator[Answer]:  # fmt: skip
    """One start and the same random numbers at up to four temperatures: a stream of
    {start_text, seed, place, finished, columns: [{temperature, text, parts_at, choices, known_words, loop}]}.

    `parts_at` is the position where a text first differs from the text to its left. `choices` says between how many
    characters it chose on average, `known_words` is the share of its words that appear in the model's text, and `loop`
    is the phrase that it repeats. These three come when all is written.
    """
    heats = list(TEMPERATURES if temperatures is None else temperatures)
    empty = {"start_text": start_text, "seed": seed, "place": 0, "finished": False, "columns": []}
    for now in writing.compare(machine, _model(machine, model), start_text, heats, length, seed):
        yield empty | ({"place": now.place} if isinstance(now, Waiting) else asdict(now))


def replay(
    machine: Machine, model: str = "", start_text: str = "", temperature: float = 0.7, length: int = 200, seed: int = 1
) -> Iterator[Answer]:
    """Every kept epoch of a run goes on from one start with the same random numbers: a stream of
    {start_text, seed, place, finished, epochs, planned, references: [{name, loss, passed}],
    frames: [{epoch, val_loss, text, characters, copied}]}.

    `epochs` are those that are kept; 0 is before learning. The run reads `planned` epochs if it comes to its end.
    `references` are the losses of guessing blindly (uniform), by letter frequencies and by a 5-gram model, in nats per
    character as `val_loss` is; `passed` is the first epoch that was better. `characters` are the likeliest ones after
    the start, as `/next_characters` has them. `copied` is the share of the text that stands word for word in the text
    that the model learns from, or null if that is not here. Without a model, it is the film in the caller's
    language that comes with charlm.
    """
    empty = {"start_text": start_text, "seed": seed, "place": 0, "finished": False}
    empty |= {"epochs": [], "planned": 0, "references": [], "frames": []}
    for now in film.show(machine, model or texts.FIRST_FILM, start_text, temperature, length, seed):
        yield empty | ({"place": now.place} if isinstance(now, Waiting) else _film(now))


def _film(now: Film) -> Answer:
    told = ("start_text", "seed", "finished", "epochs", "planned")
    frames = [{name: value for name, value in asdict(one).items() if name != "start_text"} for one in now.frames]
    return {name: getattr(now, name) for name in told} | {
        "references": [asdict(one) for one in now.references],
        "frames": frames,
    }


def next_characters(
    machine: Machine, model: str = "", start_text: str = "", temperature: float = 1.0, top_k: int = 0,
    count: int | None = None,
) -> Answer:  # fmt: skip
    """The characters that may come next, likeliest first: {characters: [{character, id, probability, heated}]}.

    `probability` is the network's. `heated` is the probability at that temperature and top_k.
    """
    found = writing.foresee(machine, _model(machine, model), start_text, temperature, top_k, count)
    return {"characters": [asdict(one) for one in found]}


def surprise(machine: Machine, text: str, model: str = "", other_model: str = "") -> Answer:
    """How surprising each character of a text is to one model or two: {models: [{model, text, total_bits,
    bits_per_character, characters: [{character, bits, expected, expected_probability}], replaced: {unknown: near}}]}.
    """
    names = dict.fromkeys(name for name in (_model(machine, model), other_model) if name) or [""]
    return {"models": [_surprise(machine, name, text) for name in names]}


def _surprise(machine: Machine, model: str, text: str) -> Answer:
    seen = writing.be_surprised(machine, model, text)
    sums = {"total_bits": seen.total_bits, "bits_per_character": seen.bits_per_character}
    return {"model": model} | asdict(seen) | sums


def copies(machine: Machine, text: str, model: str = "", key: str = "") -> Answer:
    """The stretches of a text that appear word for word in the text that a model learnt from: {share, longest,
    stretches: [{start, source, length, text, before, after}]}.

    `start` is the stretch's position in the text, `source` its position in the model's text; `before` and `after` are
    what surrounds it there. The text of a run belongs to its owner, so one needs the `key` that `/train` answered.
    """
    finder, found = writing.find_copies(machine, _model(machine, model), text, key)
    stretches = []
    for copy in found.stretches:
        before, stretch, after = finder.passage(copy)
        stretches.append(asdict(copy) | {"text": stretch, "before": before, "after": after})
    return {"share": found.share, "longest": found.longest, "stretches": stretches}


def _model(machine: Machine, name: str) -> str:
    return name or models.by_rank(machine.shelf.everybodys()) or ""

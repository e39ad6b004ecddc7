"""Endpoints about texts, runs and models. A run's id is enough to watch it; its key is needed to change it."""

from dataclasses import asdict
from typing import Any

import gradio as gr
from gradio.data_classes import FileData

from charlm.events import EpochFinished, SampleWritten, of_kind
from charlm.runs.visitors import Asker
from charlm.text.checkup import CheckUp
from charlm.ui import learning
from charlm.ui.choices import AUTO, Source, TextChoice
from charlm.ui.kept import address
from charlm.ui.machine import Machine
from charlm.ui.standing import standing

Answer = dict[str, Any]


def models(machine: Machine) -> Answer:
    """The models that everybody may write with: {models: [{name, text, text_length, characters, parameters, cell,
    rnn_units, embedding_dim, layers, best_epoch, val_loss}]}.

    `characters` is the size of the model's alphabet. `val_loss` is in nats per character.
    """
    return {"models": [_model(machine, name) for name in machine.shelf.everybodys()]}


def check_up(
    machine: Machine, pasted: str = "", files: list[FileData] | None = None, where: Source | None = None,
    built_in: str = "lamplighter", encoding: str = AUTO, tidy: bool = False,
) -> Answer:  # fmt: skip
    """The facts of a text before anything is learnt from it: {name, encoding, changes, doubts: [{name, readings:
    [{encoding, line}]}], characters, lines, alphabet, counts, rare, beginning, first_inputs, first_targets,
    uniform_loss, frequency_loss}.

    `alphabet` has every character in the order of the ids, `counts` how often each occurs, `rare` the characters that
    occur five times or less. `uniform_loss` and `frequency_loss` are the losses of guessing blindly and of guessing by
    letter frequency, in nats per character.
    """
    return _facts(_text(pasted, files, where, built_in, encoding, tidy).read(machine.limits, machine.texts).facts)


def estimate(
    machine: Machine, pasted: str = "", files: list[FileData] | None = None, where: Source | None = None,
    built_in: str = "lamplighter", encoding: str = AUTO, tidy: bool = False, preset: str = "quick", **settings: Any,
) -> Answer:  # fmt: skip
    """How long `/train` would take with the same values: {seconds, characters_per_second, measured, lowered:
    [sentence]}.

    To find out, the machine tries some steps, which takes about ten seconds, unless it has done so within the last day.
    If it has no time for that, because a run is under way or others have asked for much, it works the answer out from
    what it tried before: then `measured` is false.
    """
    text = _text(pasted, files, where, built_in, encoding, tidy)
    return asdict(learning.estimate(machine, text, preset, settings))


def visitor(machine: Machine) -> Answer:
    """A token for a script to send with `/train` and `/go_on`: {visitor}.

    All scripts that send no token from one network address count as one visitor.
    """
    return {"visitor": machine.runs.keys.new_visitor()}


def train(
    machine: Machine, request: gr.Request, pasted: str = "", files: list[FileData] | None = None,
    where: Source | None = None, built_in: str = "lamplighter", encoding: str = AUTO, tidy: bool = False,
    preset: str = "quick", visitor: str = "", **settings: Any,
) -> Answer:  # fmt: skip
    """Start a run: {run, key, lowered: [a sentence for each number that was lowered because the text is short]}.

    Everybody with the id `run` may watch it and write with its model. To stop, continue or delete it one needs the
    `key`, which no other endpoint tells. The text is the pasted one, or else the files, or else the built-in one;
    `where` chooses one of them. `tidy` replaces rare characters. The preset gives every setting that is not sent.
    """
    text = _text(pasted, files, where, built_in, encoding, tidy)
    return asdict(learning.begin(machine, _asker(machine, visitor, request), text, preset, settings))


def status(machine: Machine, run: str, history: bool = False) -> Answer:
    """The state of a run: {run, state, place, failure, lowered, end, learning, epoch, epochs, step, steps, loss,
    val_loss, scored_epoch, best_val_loss, best_epoch, characters_per_second, seconds, seconds_left}.

    `state` is waiting (`place` 1 is next), running, ended, interrupted or failed. With `history` there are also
    scored: [{step, epoch, loss, accuracy, val_loss, val_accuracy, seconds, best}] and samples: [{step, epoch, text}].
    """
    found = machine.runs.status(run)
    answer = {"run": run} | asdict(standing(found))
    if history:
        answer["scored"] = [asdict(e) for e in of_kind(EpochFinished, found.events)]
        answer["samples"] = [asdict(e) for e in of_kind(SampleWritten, found.events)]
    return answer


def stop(machine: Machine, run: str, key: str) -> Answer:
    """Stop a run at its next step and keep what it has learnt, or take it out of the queue: {run, stopped: true}."""
    learning.halt(machine, run, key)
    return {"run": run, "stopped": True}


def go_on(
    machine: Machine, request: gr.Request, run: str, key: str, more_epochs: int | None = None, visitor: str = ""
) -> Answer:
    """Continue a run to its planned end, or for `more_epochs` beyond those it has done. Answers as `/status` does."""
    machine.runs.resume(run, key, more_epochs, _asker(machine, visitor, request))
    return status(machine, run)


def delete(machine: Machine, run: str, key: str) -> Answer:
    """Delete a run with its text and its model, for everybody and at once: {run, deleted: true}."""
    machine.runs.delete(run, key)
    return {"run": run, "deleted": True}


def _asker(machine: Machine, visitor: str, request: gr.Request) -> Asker:
    return machine.runs.keys.asker(visitor, address(request))


def _text(
    pasted: str, files: list[FileData] | None, where: Source | None, built_in: str, encoding: str, tidy: bool
) -> TextChoice:
    likely: Source = "paste" if pasted else "file" if files else "built-in"
    return TextChoice(where or likely, built_in, files, pasted, encoding, tidy)


def _facts(found: CheckUp) -> Answer:
    """The facts as an answer: the characters are strings, and their counts are a list of numbers."""
    letters = {"alphabet": "".join(a.character for a in found.alphabet), "counts": [a.count for a in found.alphabet]}
    others = {name: value for name, value in vars(found).items() if name not in ("alphabet", "rare")}
    doubts = [asdict(doubt) for doubt in found.doubts]
    return others | letters | {"rare": "".join(a.character for a in found.rare), "doubts": doubts}


def _model(machine: Machine, name: str) -> Answer:
    card = machine.shelf.card(name)
    model = card.settings.model
    return {
        "name": name,
        "text": card.corpus.name,
        "text_length": card.corpus.length,
        "characters": len(card.vocabulary),
        "parameters": card.parameters,
        "cell": model.cell,
        "rnn_units": model.rnn_units,
        "embedding_dim": model.embedding_dim,
        "layers": model.layers,
        "best_epoch": card.best.epoch if card.best else None,
        "val_loss": card.best.val_loss if card.best else None,
    }

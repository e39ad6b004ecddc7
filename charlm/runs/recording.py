"""Begins or resumes one training run, from a text to its run folder."""

import math
import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from importlib.metadata import version
from pathlib import Path
from typing import Any

from charlm.errors import CannotResume
from charlm.events import Event
from charlm.languages import N_
from charlm.network import rows
from charlm.network.model import CharacterModel
from charlm.presets import Plan, fit_to_text, preset
from charlm.runs.recorder import Recorder
from charlm.settings import RunSettings
from charlm.storage.card import Card, CorpusFacts
from charlm.storage.run_folder import RunFolder
from charlm.text.checkup import baseline_losses
from charlm.text.long_corpus import AnyCorpus
from charlm.text.ngrams import five_gram_loss

CHANGEABLE = ("epochs", "max_minutes", "learning_rate", "patience")  # settings that a resumed run may change


def train(
    corpus: AnyCorpus,
    out: str | Path,
    settings: RunSettings | None = None,
    *,
    stop: Callable[[], bool] = lambda: False,
    command: str | None = None,
) -> Iterator[Event]:
    """Learn a text and keep the model in the folder `out`, which must be new or empty.

    Without `settings` the function uses the preset "quick". If the text is short, it lowers some settings; the first
    event names them. Training goes on only while the caller takes events. The function calls `stop` before every step
    and stops when it returns True. The card keeps `command`, the command line that started the run. Raises
    CheckpointExists, TextTooShort, TrainingDiverged and CannotWrite.
    """
    plan = fit_to_text(settings or preset("quick", corpus.length), corpus.length)
    yield from begin(corpus, RunFolder(out), plan, stop=stop, command=command)


def begin(
    corpus: AnyCorpus,
    folder: RunFolder,
    plan: Plan,
    *,
    stop: Callable[[], bool] = lambda: False,
    command: str | None = None,
) -> Iterator[Event]:
    """Like `train`, with settings that already fit the text.

    Raises what `train` raises, except TextTooShort, and Superseded.
    """
    settings, vocabulary = plan.settings, corpus.vocabulary
    rows.refuse_too_few(settings.training.batch_size)
    network = CharacterModel(len(vocabulary), settings.model, settings.training.seed)
    _, frequency = baseline_losses(corpus.sample)
    card = Card(
        name=folder.path.resolve().name,
        corpus=CorpusFacts(corpus.name, corpus.length, corpus.sha256),
        model=settings.model,
        training=settings.training,
        parameters=network.count_params(),
        vocabulary=vocabulary,
        uniform_loss=math.log(len(vocabulary)),
        frequency_loss=frequency,
        five_gram_loss=five_gram_loss(corpus.sample),
        versions={"python": sys.version.split()[0]} | {p: version(p) for p in ("tensorflow", "keras", "numpy")},
    ).with_command(command)
    folder.create(card, corpus)
    yield from Recorder(folder, card, network, corpus).record(stop, plan.lowered)


def resume(
    out: str | Path,
    corpus: AnyCorpus | None = None,
    *,
    stop: Callable[[], bool] = lambda: False,
    command: str | None = None,
    **changes: Any,
) -> Iterator[Event]:
    """Go on with the run in the folder `out` from its last step, as if nothing had happened.

    Without `corpus` the function uses the text in the folder. `changes` are new values for `epochs` (in all),
    `max_minutes` (from now on), `learning_rate` or `patience`. Raises CannotResume, CheckpointNotFound,
    CheckpointDamaged and TrainingDiverged.
    """
    yield from go_on(RunFolder(out), corpus, stop=stop, command=command, **changes)


def go_on(
    folder: RunFolder,
    corpus: AnyCorpus | None = None,
    *,
    stop: Callable[[], bool] = lambda: False,
    command: str | None = None,
    **changes: Any,
) -> Iterator[Event]:
    """Like `resume`. Raises what `resume` raises, and Superseded."""
    card = folder.read_card()
    rows.refuse_too_few(card.training.batch_size)
    wanted = fit_to_text(card.settings.override(**changes), card.corpus.length).settings
    fixed = {name for name in changes.keys() - set(CHANGEABLE) if _value(wanted, name) != _value(card.settings, name)}
    if fixed:
        raise CannotResume(
            N_("A run cannot go on with another {names}."),
            N_("Expected the settings that the run began with; only {changeable} may be new."),
            N_("Leave that setting out, or start a new run in another folder."),
            names=tuple(sorted(fixed)),
            changeable=CHANGEABLE,
        )
    # A run that was killed before its first save has a text but no scored epoch. It begins again from step 0.
    begun = card.best or not folder.has_corpus
    if folder.best_weights.exists() and not folder.last_weights.exists() and begun:
        raise CannotResume(
            N_("{path} holds only a finished network: the model was imported or comes with charlm."),
            N_("Expected last.weights.h5, the state of the training, which is not exported."),
            N_("Use the model as it is, or start a new run with the text in another folder."),
            path=folder.path,
        )
    corpus = corpus or folder.open_corpus()
    if corpus is None or corpus.sha256 != card.corpus.sha256:
        raise CannotResume(
            N_("The text of this run is gone.") if corpus is None else N_("{name} is not the text this run learns."),
            N_("Expected {wanted} with its {count:,} characters, unchanged."),
            N_("Name the original text, or start a new run in another folder."),
            name=corpus.name if corpus else "",
            wanted=card.corpus.name,
            count=card.corpus.length,
        )
    settings = card.settings.override(max_minutes=None).override(
        **{k: v for k, v in changes.items() if k in CHANGEABLE}
    )
    card = replace(card, training=settings.training).with_command(command)
    network = CharacterModel(len(card.vocabulary), settings.model, settings.training.seed)
    yield from Recorder(folder, card, network, corpus).record(stop, ())


def _value(settings: RunSettings, name: str) -> Any:
    return (settings.model.as_dict() | settings.training.as_dict())[name]

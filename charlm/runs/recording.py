"""One training run, from a text to its run folder: every event written down, every epoch kept, every stop resumable."""

import sys
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from importlib.metadata import version
from pathlib import Path
from typing import Any

from charlm.errors import CannotResume
from charlm.events import EpochFinished, Event, RunFinished, RunStarted, SampleWritten, StepFinished, of_kind
from charlm.generation.language_model import LanguageModel, load_weights
from charlm.network.backend import tf
from charlm.network.model import CharacterModel
from charlm.presets import Plan, fit_to_text, held_out, preset, steps_per_epoch
from charlm.settings import RunSettings
from charlm.storage.card import Card, CorpusFacts
from charlm.storage.run_folder import RunFolder
from charlm.text.checkup import baseline_losses
from charlm.text.corpus import Corpus
from charlm.text.vocabulary import Vocabulary
from charlm.training.learner import Learner
from charlm.training.loop import fit

SAVE_EVERY = 60.0  # seconds: what a kill in the middle of a long epoch may cost
RECORD_EVERY = 0.25  # seconds between two steps in events.jsonl: a curve needs no more
SAMPLE_LENGTH, SAMPLE_TEMPERATURE, SAMPLE_SEED = 300, 0.7, 2  # always the same, so that only the learning shows
CHANGEABLE = ("epochs", "max_minutes", "learning_rate", "patience")  # what a resumed run may be given anew


def train(
    corpus: Corpus,
    out: str | Path,
    settings: RunSettings | None = None,
    *,
    stop: Callable[[], bool] = lambda: False,
    command: str | None = None,
) -> Iterator[Event]:
    """Learn a text and keep the model in the folder `out`, which must be new or empty.

    Without settings it is the preset "quick"; for a short text numbers are lowered, which the first event tells.
    Training happens as the events are taken; `stop` is asked before every step; the `command` that asked for it, if
    one did, is kept in the card. Raises CheckpointExists, TextTooShort, TrainingDiverged and CannotWrite.
    """
    characters = len(corpus.text)
    plan = fit_to_text(settings or preset("quick", characters), characters)
    yield from begin(corpus, out, plan, stop=stop, command=command)


def begin(
    corpus: Corpus,
    out: str | Path,
    plan: Plan,
    *,
    stop: Callable[[], bool] = lambda: False,
    command: str | None = None,
) -> Iterator[Event]:
    """The same with settings that fit the text already. Raises as `train` does, but for TextTooShort."""
    settings, vocabulary = plan.settings, Vocabulary.of(corpus.text)
    network = CharacterModel(len(vocabulary), settings.model, settings.training.seed)
    uniform, frequency = baseline_losses(corpus.text)
    card = Card(
        name=Path(out).resolve().name,
        corpus=CorpusFacts(corpus.name, len(corpus.text), corpus.sha256),
        model=settings.model,
        training=settings.training,
        parameters=network.count_params(),
        vocabulary=vocabulary,
        uniform_loss=uniform,
        frequency_loss=frequency,
        versions={"python": sys.version.split()[0]} | {p: version(p) for p in ("tensorflow", "keras", "numpy")},
    ).with_command(command)
    folder = RunFolder(out)
    folder.create(card, corpus)
    yield from _Recorder(folder, card, network, corpus).record(stop, plan.lowered)


def resume(
    out: str | Path,
    corpus: Corpus | None = None,
    *,
    stop: Callable[[], bool] = lambda: False,
    command: str | None = None,
    **changes: Any,
) -> Iterator[Event]:
    """Go on with the run in the folder `out` from its last step, as if nothing had happened.

    The text is the folder's own unless it is given; `changes` are new `epochs` (in all), `max_minutes` (of this
    sitting), `learning_rate` or `patience`. Raises CannotResume, CheckpointNotFound, CheckpointDamaged and
    TrainingDiverged.
    """
    folder = RunFolder(out)
    card = folder.read_card()
    wanted = fit_to_text(card.settings.override(**changes), card.corpus.length).settings
    fixed = {name for name in changes.keys() - set(CHANGEABLE) if _value(wanted, name) != _value(card.settings, name)}
    if fixed:
        raise CannotResume(
            f"A run cannot go on with another {', '.join(sorted(fixed))}.",
            f"Expected the values it began with, or new {', '.join(CHANGEABLE)}.",
            "Leave it out, or start a new run in another folder.",
        )
    # A run that was killed before it had saved itself has its text and no scored epoch, and begins anew.
    begun = card.best or not folder.has_corpus
    if folder.best_weights.exists() and not folder.last_weights.exists() and begun:
        raise CannotResume(
            f"{folder.path} holds only a finished network, as a model does that was imported or comes with charlm.",
            "Expected last.weights.h5, which stays where a model learnt and says how to go on.",
            "Let it write as it is, or learn the text anew in another folder.",
        )
    corpus = corpus or folder.read_corpus()
    if corpus is None or corpus.sha256 != card.corpus.sha256:
        raise CannotResume(
            "The text of this run is gone." if corpus is None else f"{corpus.name} is not the text this run learns.",
            f"Expected {card.corpus.name} with its {card.corpus.length:,} characters, unchanged.",
            "Give that text, or start a new run in another folder.",
        )
    settings = card.settings.override(max_minutes=None).override(
        **{k: v for k, v in changes.items() if k in CHANGEABLE}
    )
    card = replace(card, training=settings.training).with_command(command)
    network = CharacterModel(len(card.vocabulary), settings.model, settings.training.seed)
    yield from _Recorder(folder, card, network, corpus).record(stop, ())


def _value(settings: RunSettings, name: str) -> Any:
    return (settings.model.as_dict() | settings.training.as_dict())[name]


class _Recorder:
    """Takes the events of the training loop and leaves each where the folder keeps it."""

    def __init__(self, folder: RunFolder, card: Card, network: CharacterModel, corpus: Corpus) -> None:
        self._folder, self._card, self._corpus = folder, card, corpus
        self._training = card.training
        self._validation = held_out(len(corpus.text))
        self._steps = steps_per_epoch(len(corpus.text) - self._validation, self._training)
        with tf.distribute.get_strategy().scope():
            self._learner = Learner(network, self._training, self._steps * self._training.epochs)
        self._writer = LanguageModel(card, network)
        self._scored: set[int] = set()  # the steps at which the held-out part was scored ...
        self._sampled: set[int] = set()  # ... and at which a sample was written
        self._saved = time.monotonic()

    def record(self, stop: Callable[[], bool], warnings: tuple[str, ...]) -> Iterator[Event]:
        """Train from wherever the folder stands, and keep and pass on what happens."""
        self._take_up()
        yield self._keep(self._started(warnings))
        yield from self._sample_if_missing()
        recorded = 0.0
        ids = self._card.vocabulary.encode(self._corpus.text)
        for event in fit(self._learner, ids, self._training, stop):
            if not isinstance(event, StepFinished):
                self._keep(event)
            elif time.monotonic() - recorded >= RECORD_EVERY:
                recorded = time.monotonic()
                self._keep(event)
            if isinstance(event, EpochFinished):
                self._save_epoch(event)
            elif self._due(event):
                self._save()
            yield event
            if isinstance(event, EpochFinished):
                yield from self._sample_if_missing()

    def _take_up(self) -> None:
        """Begin where the folder stands: at its last weights, or at the start."""
        if self._folder.last_weights.exists() or self._card.best:  # without them, what was scored would be lost
            load_weights(self._learner, self._folder.last_weights)
            kept = self._folder.forget_after(self._learner.step)
            self._refuse_finished(kept)
        else:
            kept = self._folder.forget_after(-1)
            self._save()
        epochs = of_kind(EpochFinished, kept)
        self._scored = {e.step for e in epochs}
        self._sampled = {e.step for e in of_kind(SampleWritten, kept)}
        known = [e for e in (*epochs, self._card.best) if e and e.step <= self._learner.step]
        self._card = replace(self._card, best=min(known, key=lambda e: e.val_loss, default=None))
        self._folder.write_card(self._card)

    def _due(self, event: Event) -> bool:
        """A stop, or a step in the middle of an epoch long after the last save. A diverged network is not kept.

        Not the last step of an epoch: its scoring follows at once, and a run resumed behind it would miss that.
        """
        if isinstance(event, RunFinished):
            return event.reason == "stopped"
        return event.step % self._steps != 0 and time.monotonic() - self._saved >= SAVE_EVERY

    def _started(self, warnings: tuple[str, ...]) -> RunStarted:
        return RunStarted(
            step=self._learner.step,
            parameters=self._card.parameters,
            vocab_size=len(self._card.vocabulary),
            train_characters=len(self._corpus.text) - self._validation,
            validation_characters=self._validation,
            epochs=self._training.epochs,
            steps_per_epoch=self._steps,
            uniform_loss=self._card.uniform_loss,
            frequency_loss=self._card.frequency_loss,
            warnings=warnings,
        )

    def _keep(self, event: Event) -> Event:
        self._folder.append(event)
        return event

    def _save(self) -> None:
        """The network for use, if no epoch was scored yet, and then everything for going on."""
        if not self._folder.best_weights.exists() or self._learner.best_epoch == 0:
            self._folder.save_weights(self._folder.best_weights, self._learner.network.save_weights)
        self._folder.save_weights(self._folder.last_weights, self._learner.save_weights)
        self._saved = time.monotonic()

    def _save_epoch(self, event: EpochFinished) -> None:
        """The event is in the file before the weights are: a resumed run drops what the weights do not remember."""
        self._scored.add(event.step)
        network = self._learner.network
        self._folder.save_weights(self._folder.epoch_weights(event.epoch), network.save_weights)
        if event.best:
            self._folder.save_weights(self._folder.best_weights, network.save_weights)
        self._save()
        self._folder.thin_epochs()
        if event.best:
            self._card = replace(self._card, best=event)
            self._folder.write_card(self._card)

    def _sample_if_missing(self) -> Iterator[Event]:
        """Let the model write, once at the very start and once after every scored epoch."""
        step = self._learner.step
        if step in self._sampled or (step != 0 and step not in self._scored):
            return
        text = self._writer.generate("", SAMPLE_TEMPERATURE, SAMPLE_LENGTH, SAMPLE_SEED)
        self._sampled.add(step)
        yield self._keep(SampleWritten(step, round(step / self._steps, 4), text))

    def _refuse_finished(self, events: Sequence[Event]) -> None:
        epochs, step = self._training.epochs, self._learner.step
        told = any(e.step == step for e in of_kind(RunFinished, events))
        if step >= self._steps * epochs and told:  # a run that was killed before it was told has its last word to say
            raise CannotResume(
                f"This run has finished its {epochs} epochs.",
                "Expected more epochs than it has done.",
                f"Ask for more in all, such as --epochs {2 * epochs} (epochs={2 * epochs}).",
            )

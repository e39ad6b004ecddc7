"""Records a run in its folder: the events, the weights after epochs, and samples of what the network writes."""

import math
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from charlm.errors import AlreadyFinished
from charlm.events import EpochFinished, Event, RunFinished, RunStarted, SampleWritten, StepFinished, of_kind
from charlm.generation.language_model import LanguageModel, load_weights
from charlm.languages import N_
from charlm.network import machines
from charlm.network.model import CharacterModel
from charlm.presets import held_out, steps_per_epoch
from charlm.runs.companions import lead
from charlm.runs.saving import SAVE_EVERY, SAVING_SHARE
from charlm.storage.card import Card
from charlm.storage.run_folder import RunFolder
from charlm.text.long_corpus import AnyCorpus
from charlm.training.learner import Learner
from charlm.training.loop import fit

RECORD_EVERY = 0.25  # seconds between two steps in events.jsonl: a curve needs no more
SAMPLE_LENGTH, SAMPLE_TEMPERATURE, SAMPLE_SEED = 300, 0.7, 2  # constant, so that samples differ only by what is learnt


class Recorder:
    """Takes the events of the training loop and writes events, weights, samples and the card to the run folder."""

    def __init__(self, folder: RunFolder, card: Card, network: CharacterModel, corpus: AnyCorpus) -> None:
        self._folder, self._card, self._corpus = folder, card, corpus
        self._training = card.training
        self._validation = held_out(corpus.length)
        self._steps = steps_per_epoch(corpus.length - self._validation, self._training)
        self._learner = Learner(network, self._training, self._steps * self._training.epochs)
        self._best = CharacterModel(len(card.vocabulary), card.model)  # a copy of the best network, until it is saved
        self._best_epoch: EpochFinished | None = None  # the epoch of that copy; None if it is saved
        self._writer = LanguageModel(card, network)
        self._scored: set[int] = set()  # the steps at which the held-out part was scored ...
        self._sampled: set[int] = set()  # ... and at which a sample was written
        self._saved, self._cost = time.monotonic(), 0.0  # the time of the last save, and how many seconds it took
        self._recorded = 0.0  # the time when a step was last recorded

    def record(self, stop: Callable[[], bool], lowered: tuple[str, ...]) -> Iterator[Event]:
        """Train from the last state that the folder holds; record and yield every event.

        Raises AlreadyFinished and Superseded.
        """
        with self._folder.learning():
            self._take_up()
            yield self._keep(self._started(lowered))
            yield from self._sample_if_missing()
            ids = self._corpus.encode(self._card.vocabulary)
            lead(self._learner, self._card.settings, ids)
            for event in fit(self._learner, ids, self._training, stop):
                yield from self._take(event)
            machines.wait_for_all()  # whoever ended earlier would take the others down

    def _take_up(self) -> None:
        """Load the last weights of the folder, or begin at step 0 if there are none."""
        if self._folder.last_weights.exists() or self._card.best:  # a scored run without last weights is refused here
            load_weights(self._learner, self._folder.last_weights)
            kept = self._folder.forget_after(self._learner.step)
            self._refuse_finished(kept)
        else:
            kept = self._folder.forget_after(-1)
            self._keep_network()  # before learning: with it the time machine begins
            self._save()
        self._folder.epochs.forget_after(self._epoch)
        epochs = of_kind(EpochFinished, kept)
        self._scored = {e.step for e in epochs}
        self._sampled = {e.step for e in of_kind(SampleWritten, kept)}
        known = [e for e in (*epochs, self._card.best) if e and e.step <= self._learner.step]
        self._card = replace(self._card, best=min(known, key=lambda e: e.val_loss, default=None))
        self._folder.write_card(self._card)

    def _take(self, event: Event) -> Iterator[Event]:
        """Record an event, then save the weights if it is time.

        The event is in its file before the weights are: a resumed run drops the events that are later than its weights.
        """
        match event:
            case StepFinished():
                if time.monotonic() - self._recorded >= RECORD_EVERY:
                    self._recorded = time.monotonic()
                    self._keep(event)
                if self._is_long_ago(event):
                    self._save()
                yield event
            case EpochFinished():
                yield self._keep(event)
                self._note(event)
                if time.monotonic() - self._saved >= self._cost * (1 / SAVING_SHARE - 1):
                    yield from self._save_epoch()
            case RunFinished(reason="diverged"):  # save the best network, not the one that diverged
                self._save_best()
                yield self._keep(event)
            case _:
                yield from self._save_epoch()
                yield self._keep(event)

    def _is_long_ago(self, event: StepFinished) -> bool:
        """Is this a step in the middle of an epoch, long after the last save?

        The last step of an epoch does not count: the epoch is scored right after it, and a run that resumed there would
        skip the scoring.
        """
        return event.step % self._steps != 0 and time.monotonic() - self._saved >= SAVE_EVERY

    def _started(self, lowered: tuple[str, ...]) -> RunStarted:
        return RunStarted(
            step=self._learner.step,
            parameters=self._card.parameters,
            vocab_size=len(self._card.vocabulary),
            train_characters=self._corpus.length - self._validation,
            validation_characters=self._validation,
            epochs=self._training.epochs,
            steps_per_epoch=self._steps,
            uniform_loss=self._card.uniform_loss,
            frequency_loss=self._card.frequency_loss,
            warnings=lowered,
            five_gram_loss=self._card.five_gram_loss,
            clip_norm=self._training.clip_norm,
        )

    def _keep(self, event: Event) -> Event:
        self._folder.append(event)
        return event

    def _note(self, event: EpochFinished) -> None:
        self._scored.add(event.step)
        if event.best:
            self._best.set_weights(self._learner.network.get_weights())
            self._best_epoch = event

    def _save_epoch(self) -> Iterator[Event]:
        """Save the network of this epoch if the epoch has just ended, save everything else, and write a sample."""
        begun, learner = time.monotonic(), self._learner
        if learner.step in self._scored:
            self._keep_network()
            self._folder.epochs.thin()
        self._save()
        yield from self._sample_if_missing()
        self._saved = time.monotonic()
        self._cost = self._saved - begun

    def _keep_network(self) -> None:
        self._folder.save_weights(self._folder.epochs.file(self._epoch), self._learner.network.save_weights)

    @property
    def _epoch(self) -> float:
        return self._learner.step / self._steps

    def _save(self) -> None:
        """Save the best network, and then everything that is needed to resume the run."""
        self._folder.sync_events()
        self._save_best()
        self._folder.save_weights(self._folder.last_weights, self._learner.save_weights)
        self._saved = time.monotonic()

    def _save_best(self) -> None:
        """Save the network of the best epoch. Before any epoch is scored, save the latest network."""
        if self._best_epoch is not None:
            self._folder.save_weights(self._folder.best_weights, self._best.save_weights)
            self._card, self._best_epoch = replace(self._card, best=self._best_epoch), None
            self._folder.write_card(self._card)
        elif not self._folder.best_weights.exists() or self._learner.best_epoch == 0:
            self._folder.save_weights(self._folder.best_weights, self._learner.network.save_weights)

    def _sample_if_missing(self) -> Iterator[Event]:
        """Write a sample once at step 0 and once after every scored epoch that is saved."""
        step = self._learner.step
        if step in self._sampled or (step != 0 and step not in self._scored):
            return
        text = self._writer.generate("", SAMPLE_TEMPERATURE, SAMPLE_LENGTH, SAMPLE_SEED)
        self._sampled.add(step)
        yield self._keep(SampleWritten(step, round(self._epoch, 4), text))

    def _refuse_finished(self, events: Sequence[Event]) -> None:
        epochs, step = self._training.epochs, self._learner.step
        told = any(e.step == step for e in of_kind(RunFinished, events))
        if step >= self._steps * epochs and told:  # a run that was killed before RunFinished still has to record it
            done = round(step / self._steps, 2)
            more = 2 * math.ceil(done)
            raise AlreadyFinished(
                N_("This run has finished: it has done {done:g} epochs, and {epochs} are asked for."),
                N_("Expected more epochs than it has done."),
                N_("Ask for more in all, such as --epochs {more} (epochs={more})."),
                done=done,
                epochs=epochs,
                more=more,
            )

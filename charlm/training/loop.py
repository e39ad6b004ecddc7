"""The training loop: it reads batches, updates the weights and yields events. It knows no folders and no screens."""

import math
import time
from collections.abc import Callable, Iterator

import numpy as np

from charlm.errors import TrainingDiverged
from charlm.events import Ending, EpochFinished, Event, RunFinished, StepFinished
from charlm.languages import N_
from charlm.network import machines
from charlm.network.backend import tf
from charlm.presets import steps_per_epoch
from charlm.settings import TrainingSettings
from charlm.training.evaluation import Evaluator
from charlm.training.learner import Learner, compile_step
from charlm.training.windows import batches, split

EXPLODED = 4.0  # times the loss of a uniform guess: the loss of a network that still learns is never so high


def fit(learner: Learner, ids: np.ndarray, settings: TrainingSettings, stop: Callable[[], bool]) -> Iterator[Event]:
    """Train from the learner's current step to the end of the settings' epochs; ids are whole numbers (characters,).

    Nothing changes between two events, so the caller may save the learner's weights there. Several machines call this
    with the same learner and the same ids, and all of them get the same events. The last event is a RunFinished with
    one of these reasons:

    - "finished": all epochs are done;
    - "stopped": `stop()` returned True before a step;
    - "time is up": max_minutes have passed since `fit` began, saving included, and the held-out part was scored again;
    - "learnt by heart": val_loss has not fallen for `patience` epochs;
    - "diverged": loss or gradient is not finite, or the loss is far too high; then TrainingDiverged is raised.
    """
    train_ids, validation_ids = split(ids)
    steps = steps_per_epoch(len(train_ids), settings)
    loop = _Loop(learner, settings, steps, Evaluator(learner.network))
    while learner.step < steps * settings.epochs:
        epoch, done = divmod(learner.step, steps)
        if done == 0:
            loop.begin_epoch()
        for inputs, targets in batches(train_ids, settings, epoch, done):
            stopped, time_is_up = loop.agreed(stop(), loop.time_is_up())
            if stopped:
                yield loop.finished("stopped")
                return
            if time_is_up:
                if learner.step % steps:  # at the end of an epoch it was just scored
                    yield from loop.score(validation_ids, train_ids)
                yield loop.finished("time is up")
                return
            yield from loop.take_step(inputs, targets)
        yield from loop.score(validation_ids, train_ids)
        if loop.has_turned() and learner.step < steps * settings.epochs:
            yield loop.finished("learnt by heart")
            return
    yield loop.finished("finished")


class _Loop:
    """What one call of `fit` needs: the compiled step, the clock and the running sums."""

    def __init__(self, learner: Learner, settings: TrainingSettings, steps: int, evaluator: Evaluator) -> None:
        self._learner, self._settings, self._steps, self._evaluator = learner, settings, steps, evaluator
        self._step = compile_step(learner, settings)
        self._begun = time.monotonic()
        self._steps_taken = 0
        self._step_seconds = self._score_seconds = 0.0  # how long one step and one scoring take at present
        self._exploded = EXPLODED * math.log(max(3, learner.network.dense.units))
        self._wishes, self._agreed = tf.zeros(2), (False, False)  # of this machine; of any machine, as of the last step

    def begin_epoch(self) -> None:
        """Forget the state and the sums: the streams start again at their beginning."""
        self._learner.state = self._learner.network.zero_state(self._settings.batch_size)
        self._learner.epoch_loss = self._learner.epoch_accuracy = 0.0

    def agreed(self, *wishes: bool) -> tuple[bool, ...]:
        """Which of the wishes any machine has.

        On several machines the wishes travel with the sums of the next step, and the answer is that of the last one.
        So a wish is granted one step later, and costs no time.
        """
        if machines.size() == 1:
            return wishes
        self._wishes = tf.constant(wishes, tf.float32)
        return self._agreed

    def take_step(self, inputs: tf.Tensor, targets: tf.Tensor) -> Iterator[Event]:
        """Update the weights once. Raises TrainingDiverged if the loss is too high, or loss or gradient is not finite.

        By then the weights in memory are already changed; the weights that were saved before are not.
        """
        learner, start = self._learner, time.perf_counter()
        *numbers, wishes, state = self._step(inputs, targets, learner.state, learner.step, self._wishes)
        loss, accuracy, gradient_norm, learning_rate = map(float, numbers)
        self._agreed = tuple(wishes.numpy() > 0)
        # A gradient that is not finite spoils the weights at once, but only the loss of the next step would show it.
        if not math.isfinite(loss + gradient_norm) or loss > self._exploded:
            yield from self._refuse_divergence(loss)
        if self._settings.order == "contiguous":
            learner.state = state
        learner.epoch_loss += loss
        learner.epoch_accuracy += accuracy
        seconds = self._spend(start)
        if self._steps_taken <= 1:  # the first one compiles
            self._step_seconds = seconds
        else:
            self._step_seconds = 0.9 * self._step_seconds + 0.1 * seconds
        self._steps_taken += 1
        yield StepFinished(
            step=learner.step,
            epoch=self._epoch,
            loss=loss,
            accuracy=accuracy,
            learning_rate=learning_rate,
            seconds=learner.seconds,
            characters_per_second=self._settings.batch_size * self._settings.seq_length / self._step_seconds,
            seconds_left=self._seconds_left(),
            gradient_norm=gradient_norm,
        )

    def score(self, validation_ids: np.ndarray, before: np.ndarray) -> Iterator[Event]:
        """Score the held-out part and end the epoch, which may be incomplete if the time is up."""
        learner, start = self._learner, time.perf_counter()
        evaluation = self._evaluator.evaluate(validation_ids, before)
        if not math.isfinite(evaluation.val_loss):  # a high one is no error: the end of a text can differ from the rest
            yield from self._refuse_divergence(evaluation.val_loss)
        best = evaluation.val_loss < learner.best_val_loss
        if best:
            learner.best_val_loss = evaluation.val_loss
            learner.best_epoch = self._epoch
        self._score_seconds = self._spend(start)
        read = learner.step % self._steps or self._steps
        yield EpochFinished(
            step=learner.step,
            epoch=self._epoch,
            loss=learner.epoch_loss / read,
            accuracy=learner.epoch_accuracy / read,
            val_loss=evaluation.val_loss,
            val_accuracy=evaluation.accuracy,
            seconds=learner.seconds,
            best=best,
        )

    def finished(self, reason: Ending) -> RunFinished:
        """The last event of a call of `fit`."""
        learner = self._learner
        scored = math.isfinite(learner.best_val_loss)
        return RunFinished(
            step=learner.step,
            reason=reason,
            epoch=self._epoch,
            best_epoch=learner.best_epoch if scored else None,
            best_val_loss=learner.best_val_loss if scored else None,
            seconds=learner.seconds,
        )

    def has_turned(self) -> bool:
        """Has val_loss not fallen for `patience` epochs?"""
        patience = self._settings.patience
        return patience is not None and self._epoch - self._learner.best_epoch >= patience

    def time_is_up(self) -> bool:
        """Have max_minutes passed since `fit` began?"""
        minutes = self._settings.max_minutes
        return minutes is not None and time.monotonic() - self._begun >= 60 * minutes

    def _refuse_divergence(self, loss: float) -> Iterator[Event]:
        yield self.finished("diverged")
        rate = self._settings.learning_rate
        clip = "" if self._settings.clip_norm else N_(", or clip the gradients (clip_norm 1.0)")
        raise TrainingDiverged(
            N_("At step {step:,} the training became unstable (the loss was {loss:.3g})."),
            N_(
                "Expected a finite gradient and a loss below {most:.1f} nats per character. The last good "
                "checkpoint is kept."
            ),
            N_("Lower the learning rate (it was {rate:g}, try {lower:.2g}){clip}, and resume or start again."),
            step=self._learner.step,
            loss=loss,
            most=self._exploded,
            rate=rate,
            lower=rate / 4,
            clip=clip,
        )

    @property
    def _epoch(self) -> float:
        return round(self._learner.step / self._steps, 4)

    def _spend(self, start: float) -> float:
        seconds = time.perf_counter() - start
        self._learner.seconds += seconds
        return seconds

    def _seconds_left(self) -> float:
        steps = self._steps * self._settings.epochs - self._learner.step
        return steps * self._step_seconds + math.ceil(steps / self._steps) * self._score_seconds

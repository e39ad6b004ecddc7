"""A network in training: its optimizer, the state it carries, one compiled update, everything needed to resume."""

import math
from collections.abc import Callable

import numpy as np

from charlm.network import machines, rows
from charlm.network.backend import keras, tf
from charlm.network.model import CharacterModel, SavedModel
from charlm.network.recurrence import State
from charlm.network.rows import Part
from charlm.settings import TrainingSettings
from charlm.training.evaluation import sums
from charlm.training.muon import build_muon


class Learner(SavedModel):
    """A character model in training, with its optimizer and everything needed to resume.

    `save_weights` writes all of it to one file: network, the optimizer's moments and step count, the carried state, and
    the numbers in PROGRESS. So a resumed run takes exactly the step that would have come next. The network alone is
    `learner.network`.
    """

    PROGRESS = ("epoch_loss", "epoch_accuracy", "best_val_loss", "best_epoch", "seconds")

    def __init__(self, network: CharacterModel, settings: TrainingSettings, steps: int) -> None:
        super().__init__()
        self.network = network
        self.state: State = network.zero_state(settings.batch_size)  # carried from window to window
        self.epoch_loss = self.epoch_accuracy = 0.0  # sums over the epoch's steps so far
        self.best_val_loss, self.best_epoch = math.inf, 0.0
        self.seconds = 0.0  # of training, before and after every resume
        # Copies of the values above for the weights file. They are used only to save and to load.
        self._kept_progress = self.add_weight((len(self.PROGRESS),), "zeros", "float64", trainable=False)
        self._kept_state = tf.nest.map_structure(
            lambda part: self.add_weight(part.shape, "zeros", trainable=False), self.state
        )
        self.compile(optimizer=build_optimizer(settings, steps))
        self.optimizer.build(network.trainable_variables)
        self.built = True

    @property
    def step(self) -> int:
        """Updates of the weights so far."""
        return int(self.optimizer.iterations)

    def save_weights(self, filepath: str) -> None:
        """Write everything to one file."""
        self._keep()
        super().save_weights(filepath)

    def load_weights(self, filepath: str) -> None:
        """Read everything back from a file that `save_weights` wrote."""
        super().load_weights(filepath)
        self._recall()

    def take_from_first(self) -> None:
        """Become what the learner of the first machine is, if several train together."""
        self._keep()
        variables = (*self.variables, *self.optimizer.variables)
        content = machines.from_first(b"".join(variable.numpy().tobytes() for variable in variables))
        for variable in variables:
            here = variable.numpy()
            variable.assign(np.frombuffer(content[: here.nbytes], here.dtype).reshape(here.shape))
            content = content[here.nbytes :]
        self._recall()

    def _keep(self) -> None:
        self._kept_progress.assign([getattr(self, name) for name in self.PROGRESS])
        tf.nest.map_structure(lambda kept, part: kept.assign(part), self._kept_state, self.state)

    def _recall(self) -> None:
        for name, number in zip(self.PROGRESS, self._kept_progress.numpy().tolist(), strict=True):
            setattr(self, name, number)
        self.state = tf.nest.map_structure(tf.convert_to_tensor, self._kept_state)


def build_optimizer(settings: TrainingSettings, steps: int) -> "keras.optimizers.Optimizer":
    """Keras' Adam or Muon with the settings' schedule over that many steps.

    Weight decay is decoupled (AdamW: Loshchilov & Hutter 2019). The schedule is a linear warm-up and a cosine
    (Loshchilov & Hutter 2017). Gradients are clipped by their global norm (Pascanu, Mikolov & Bengio 2013).
    """
    rate: float | keras.optimizers.schedules.LearningRateSchedule = settings.learning_rate
    if settings.schedule == "cosine":
        warmup = min(settings.warmup_steps, steps // 10)
        rate = keras.optimizers.schedules.CosineDecay(
            initial_learning_rate=settings.learning_rate / (warmup + 1),
            warmup_target=settings.learning_rate if warmup else None,
            warmup_steps=warmup,
            decay_steps=max(1, steps - warmup),
            alpha=settings.final_learning_rate,
        )
    if settings.optimizer == "muon":
        return build_muon(rate, settings)
    return keras.optimizers.Adam(
        rate,
        beta_2=settings.beta_2,
        weight_decay=settings.weight_decay or None,
        global_clipnorm=settings.clip_norm,
    )


def constant_rate(settings: TrainingSettings, number: tf.Tensor) -> tf.Tensor:
    """The learning rate of update `number`, counted from 0: a linear warm-up, then a constant."""
    risen = tf.minimum(1.0, (tf.cast(number, tf.float32) + 1) / (settings.warmup_steps + 1))
    return settings.learning_rate * risen


def compile_step(learner: Learner, settings: TrainingSettings) -> Callable:
    """Make the compiled function that does one update of the weights.

    It takes inputs and targets (batch, time), the state, the number of the step, and wishes: numbers that are summed
    over all machines. It returns the loss, the accuracy, the norm of the gradients before clipping, the learning rate
    that it used, the sums of the wishes, and the next state.

    On several machines each computes some parts of the batch. Only sums travel, and each machine applies them to its
    own weights: Keras under tf.distribute would clip before the sum, with the norm of a part.
    """
    network, optimizer = learner.network, learner.optimizer
    characters = settings.batch_size * settings.seq_length

    @tf.function(autograph=False)
    def step(inputs: tf.Tensor, targets: tf.Tensor, state: State, number: tf.Tensor, wishes: tf.Tensor) -> tuple:
        seed = tf.stack([settings.seed, number])  # a resumed run draws the same random numbers at the same step
        goes_on = tf.random.stateless_uniform((tf.shape(inputs)[0], 1), seed) >= settings.state_reset
        state = tf.nest.map_structure(lambda part: tf.where(goes_on, part, 0.0), state)

        def score(part: Part, inputs: tf.Tensor, targets: tf.Tensor, state: State) -> tuple:
            with tf.GradientTape() as tape:
                drawn = tf.random.fold_in(seed, part.number)
                logits, state = network(inputs, state, dropout_seed=drawn, around=part.around)
                loss, hits = sums(logits, targets)
                mean = loss / characters
            gradients = tape.gradient(mean, network.trainable_variables)
            # The gradient of an embedding may be a list of rows, in which a row can occur twice.
            return (*map(tf.convert_to_tensor, gradients), loss, hits), state

        found, states = zip(*rows.in_parts(score, inputs, targets, state), strict=True)
        state = rows.joined(states, settings.batch_size)
        found = (*rows.sum_of_parts(found), wishes, state)
        *gradients, loss, hits, wishes, state = tf.nest.pack_sequence_as(found, machines.total(tf.nest.flatten(found)))
        if settings.schedule == "constant":  # otherwise a resumed run would keep the saved rate
            optimizer.learning_rate.assign(constant_rate(settings, number))
        learning_rate = tf.convert_to_tensor(optimizer.learning_rate)
        optimizer.apply(gradients, network.trainable_variables)
        return loss / characters, hits / characters, tf.linalg.global_norm(gradients), learning_rate, wishes, state

    none = tf.zeros(0)
    return lambda inputs, targets, state, number, wishes=none: step(inputs, targets, state, tf.constant(number), wishes)

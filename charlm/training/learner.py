"""A network in training: its optimizer, the state it carries, one compiled update, everything needed to resume."""

import math
from collections.abc import Callable

from charlm.network.backend import keras, tf
from charlm.network.model import CharacterModel, SavedModel
from charlm.network.recurrence import State, in_parts
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
        self._kept_progress.assign([getattr(self, name) for name in self.PROGRESS])
        tf.nest.map_structure(lambda kept, part: kept.assign(part), self._kept_state, self.state)
        super().save_weights(filepath)

    def load_weights(self, filepath: str) -> None:
        """Read everything back from a file that `save_weights` wrote."""
        super().load_weights(filepath)
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

    It takes inputs and targets (batch, time), the state and the number of the step. It returns the loss, the accuracy,
    the norm of the gradients before clipping, the learning rate that it used, and the next state.
    """
    network, optimizer = learner.network, learner.optimizer
    characters = settings.batch_size * settings.seq_length
    strategy = tf.distribute.get_strategy()  # on one device this is the default strategy, which changes nothing

    def replica_step(inputs: tf.Tensor, targets: tf.Tensor, state: State, number: tf.Tensor) -> tuple:
        seed = tf.stack([settings.seed, number])  # a resumed run draws the same random numbers at the same step
        goes_on = tf.random.stateless_uniform((tf.shape(inputs)[0], 1), seed) >= settings.state_reset
        state = tf.nest.map_structure(lambda part: tf.where(goes_on, part, 0.0), state)

        def score(part: int, inputs: tf.Tensor, targets: tf.Tensor, state: State) -> tuple:
            logits, state = network(inputs, state, dropout_seed=tf.random.fold_in(seed, part))
            return *sums(logits, targets), state

        with tf.GradientTape() as tape:
            losses, hits, states = zip(*in_parts(score, inputs, targets, state), strict=True)
            loss = tf.add_n(losses) / characters
        gradients = tape.gradient(loss, network.trainable_variables)
        if settings.schedule == "constant":  # otherwise a resumed run would keep the saved rate
            optimizer.learning_rate.assign(constant_rate(settings, number))
        learning_rate = tf.convert_to_tensor(optimizer.learning_rate)
        optimizer.apply(gradients, network.trainable_variables)
        state = tf.nest.map_structure(lambda *parts: tf.concat(parts, 0), *states)
        return loss, tf.add_n(hits) / characters, tf.linalg.global_norm(gradients), learning_rate, state

    @tf.function(autograph=False)
    def step(inputs: tf.Tensor, targets: tf.Tensor, state: State, number: tf.Tensor) -> tuple:
        return strategy.run(replica_step, (inputs, targets, state, number))

    return lambda inputs, targets, state, number: step(inputs, targets, state, tf.constant(number))

"""A network while it learns: its optimizer, the state it carries, one compiled update, all that resuming needs."""

import math
from collections.abc import Callable

from charlm.backend import keras, tf
from charlm.model import CharacterModel
from charlm.recurrence import State
from charlm.settings import TrainingSettings


class Learner(keras.Model):
    """A character model while it learns, with its optimizer and all that resuming needs.

    `save_weights` keeps the lot in one file: network, Adam's moments and step count, the carried state, the
    epoch's running sums, the best val_loss and the seconds trained. So a resumed run takes the very step that
    would have come next. The network alone is `learner.network`.
    """

    def __init__(self, network: CharacterModel, settings: TrainingSettings, steps: int) -> None:
        super().__init__()
        self.network = network
        shape = (settings.batch_size, network.settings.rnn_units)
        self.carried = tf.nest.map_structure(
            lambda _: self.add_weight(shape=shape, initializer="zeros", trainable=False), network.zero_state(1)
        )
        self.epoch_loss, self.epoch_accuracy, self.best_epoch, self.seconds = (
            self.add_weight(shape=(), initializer="zeros", trainable=False) for _ in range(4)
        )
        self.best_val_loss = self.add_weight(
            shape=(), initializer=keras.initializers.Constant(math.inf), trainable=False
        )
        self.compile(optimizer=build_optimizer(settings, steps))
        self.optimizer.build(network.trainable_variables)
        self.built = True

    @property
    def step(self) -> int:
        """Updates of the weights so far."""
        return int(self.optimizer.iterations)

    def state(self) -> State:
        """The carried state as tensors."""
        return tf.nest.map_structure(tf.convert_to_tensor, self.carried)

    def carry(self, state: State) -> None:
        """Keep a state for the next window."""
        tf.nest.map_structure(lambda kept, new: kept.assign(new), self.carried, state)


def build_optimizer(settings: TrainingSettings, steps: int) -> "keras.optimizers.Optimizer":
    """Keras' Adam with the settings' schedule over so many steps.

    Weight decay is decoupled (AdamW: Loshchilov & Hutter 2019), the schedule a linear warm-up and a cosine
    (Loshchilov & Hutter 2017), clipping by the global norm (Pascanu, Mikolov & Bengio 2013).
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
    return keras.optimizers.Adam(
        rate,
        beta_2=settings.beta_2,
        weight_decay=settings.weight_decay or None,
        global_clipnorm=settings.clip_norm,
    )


def compile_step(learner: Learner, settings: TrainingSettings) -> Callable:
    """One update as a compiled function of inputs and targets (batch, time), the state before and the step's number.

    It returns the loss, the accuracy, the norm of the gradients before clipping, and the state after.
    """
    network, optimizer = learner.network, learner.optimizer
    strategy = tf.distribute.get_strategy()  # on one device the default one, which does nothing

    def replica_step(inputs: tf.Tensor, targets: tf.Tensor, state: tuple, step: tf.Tensor) -> tuple:
        seed = tf.stack([settings.seed, step])  # chance is a function of the step, so a resumed run meets the same
        goes_on = tf.random.stateless_uniform((tf.shape(inputs)[0], 1), seed) >= settings.state_reset
        state = tf.nest.map_structure(lambda part: tf.where(goes_on, part, 0.0), state)
        with tf.GradientTape() as tape:
            logits, state = network(inputs, state, dropout_seed=seed)  # (batch, time, vocab_size)
            losses = keras.losses.sparse_categorical_crossentropy(targets, logits, from_logits=True)  # (batch, time)
            loss = tf.reduce_sum(losses) / (settings.batch_size * settings.seq_length)
        gradients = tape.gradient(loss, network.trainable_variables)
        optimizer.apply(gradients, network.trainable_variables)
        hits = tf.cast(tf.equal(tf.argmax(logits, -1, targets.dtype), targets), tf.float32)
        return loss, tf.reduce_mean(hits), tf.linalg.global_norm(gradients), state

    @tf.function(autograph=False)
    def step(inputs: tf.Tensor, targets: tf.Tensor, state: tuple, number: tf.Tensor) -> tuple:
        return strategy.run(replica_step, (inputs, targets, state, number))

    return lambda inputs, targets, state, number: step(inputs, targets, state, tf.constant(number))

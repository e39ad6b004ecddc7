"""A recurrent layer's loop over time for CPUs. It uses Keras' weights, but computes outputs and gradients itself.

Four things make it faster than Keras' layers on a few cores:

- What the inputs add to the gates is computed before the loop. For the first layer it is computed only once for each
  character of the alphabet, and every step looks it up.
- Within a step the first axis is the features, (units, rows). With few rows the matrix product then runs up to twice
  as fast, and each gate is one contiguous slice.
- XLA compiles each loop as a whole, forwards and backwards.
- The gradient of the recurrent kernel is one large product after the backward loop, not a small one in every step.
"""

from charlm.network.backend import tf
from charlm.network.cells import GRU, LSTM, RNN

Cell = type[LSTM] | type[GRU] | type[RNN]


def scan(
    cell: Cell, inputs: tf.Tensor, ids: tf.Tensor | None, kernel: tf.Tensor, bias: tf.Tensor, state: tuple
) -> tuple[tf.Tensor, tuple]:
    """Outputs (time, rows, units) and the state after the last step: tensors (rows, units), as many as `state` has.

    Without `ids`, `inputs` is what the inputs add to the gates, (time, rows, gates * units). With `ids` (time, rows),
    it is a table with one row for each character, (alphabet, gates * units). `kernel` (units, gates * units) and
    `bias` (gates * units) compute what the state adds. All shapes are static.
    """

    @tf.custom_gradient
    def through(inputs: tf.Tensor, kernel: tf.Tensor, bias: tf.Tensor, *state: tf.Tensor) -> tuple:
        # `gradient` below is the gradient. The tape must not derive another one inside the compiled loop.
        frozen = tf.nest.map_structure(tf.stop_gradient, (inputs, kernel, bias, state))
        outputs, after, kept = forward(cell, frozen[0], ids, *frozen[1:])

        def gradient(d_outputs: tf.Tensor, *d_after: tf.Tensor) -> tuple:
            d_s, d_x, d_state = _backward(cell, kept, kernel, d_outputs, d_after)
            d_s, d_x = _flat(d_s), _flat(d_x)
            before = _flat(tf.concat([state[0][None], outputs[:-1]], 0))  # the h before each step
            d_kernel = tf.matmul(before, d_s, transpose_a=True)
            if ids is None:
                d_inputs = tf.reshape(d_x, inputs.shape)
            else:
                d_inputs = tf.math.unsorted_segment_sum(d_x, tf.reshape(ids, [-1]), inputs.shape[0])
            return d_inputs, d_kernel, tf.reduce_sum(d_s, 0), *d_state

        return (outputs, *after), gradient

    outputs, *after = through(inputs, kernel, bias, *state)
    return outputs, tuple(after)


@tf.function(autograph=False, jit_compile=True)
def forward(
    cell: Cell, inputs: tf.Tensor, ids: tf.Tensor | None, kernel: tf.Tensor, bias: tf.Tensor, state: tuple
) -> tuple:
    """Outputs (time, rows, units), next state (rows, units), values for `_backward` (time, keeps * units, rows).

    The arguments are those of `scan`. What is kept for `_backward` is also all that went on in the cells.
    """
    time = (inputs if ids is None else ids).shape[0]
    rows, units = state[0].shape
    transposed, column = tf.transpose(kernel), bias[:, None]

    def step(t: tf.Tensor, state: tuple, outputs: tf.TensorArray, kept: tf.TensorArray) -> tuple:
        x = inputs[t] if ids is None else tf.gather(inputs, ids[t])  # (rows, gates * units)
        state, values = cell.forward(tf.transpose(x), tf.matmul(transposed, state[0]) + column, state)
        # One array for all kept values: with many arrays, XLA makes parallel loops wait for each other's threads.
        return t + 1, state, outputs.write(t, tf.transpose(state[0])), kept.write(t, tf.concat(values, 0))

    outputs = tf.TensorArray(tf.float32, time, element_shape=(rows, units))
    kept = tf.TensorArray(tf.float32, time, element_shape=(cell.keeps * units, rows))
    start = (0, tuple(map(tf.transpose, state)), outputs, kept)
    _, state, outputs, kept = tf.while_loop(lambda t, *_: t < time, step, start)
    return outputs.stack(), tuple(map(tf.transpose, state)), kept.stack()


@tf.function(autograph=False, jit_compile=True)
def _backward(cell: Cell, kept: tf.Tensor, kernel: tf.Tensor, d_outputs: tf.Tensor, d_state: tuple) -> tuple:
    """The gradients of what state and inputs add, each (time, rows, gates * units), and of the state (rows, units)."""
    time, rows, units = d_outputs.shape
    apart = cell is GRU  # in the other cells the two gradients are the same

    def step(t: tf.Tensor, d_state: tuple, arrays: tuple) -> tuple:
        d_h, *d_rest = d_state
        d_h = d_h + tf.transpose(d_outputs[t])
        # split, not kept[t, a:b]: XLA computes slices at a changing index wrongly
        d_s, d_x, (past, *d_rest) = cell.backward(tf.split(kept[t], cell.keeps), (d_h, *d_rest))
        values = (d_s, d_x) if apart else (d_s,)
        arrays = tuple(array.write(t, tf.transpose(value)) for array, value in zip(arrays, values, strict=True))
        return t - 1, (tf.matmul(kernel, d_s) + past, *d_rest), arrays

    arrays = tuple(tf.TensorArray(tf.float32, time, element_shape=(rows, cell.gates * units)) for _ in range(1 + apart))
    start = (time - 1, tuple(map(tf.transpose, d_state)), arrays)
    _, d_state, arrays = tf.while_loop(lambda t, *_: t >= 0, step, start)
    gradients = tuple(array.stack() for array in arrays)
    return gradients[0], gradients[-1], tuple(map(tf.transpose, d_state))


def _flat(tensor: tf.Tensor) -> tf.Tensor:
    """(time, rows, ...) to (time * rows, ...)."""
    return tf.reshape(tensor, (tensor.shape[0] * tensor.shape[1], -1))

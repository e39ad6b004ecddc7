"""A recurrent layer's loop over time for processors, with a gradient of its own: Keras' weights, another way through.

Four things make it faster than Keras' layers on a few cores:

- What the inputs add to the gates is worked out before the loop; for the first layer only once for each character of
  the alphabet, and looked up in every step.
- Within a step values lie feature by feature, (units, rows), not row by row: with few rows the product runs up to
  twice as fast, and the gates are slices that lie in one piece.
- XLA compiles each loop as a whole, forwards and backwards.
- The gradient of the recurrent kernel is one large product after the backward loop instead of a small one in every
  step of it.
"""

from charlm.network.backend import tf
from charlm.network.cells import GRU, LSTM, RNN

Cell = type[LSTM] | type[GRU] | type[RNN]


def scan(
    cell: Cell, inputs: tf.Tensor, ids: tf.Tensor | None, kernel: tf.Tensor, bias: tf.Tensor, state: tuple
) -> tuple[tf.Tensor, tuple]:
    """Outputs (time, rows, units) and the state after the last step, as many tensors (rows, units) as `state` has.

    `inputs` is what the inputs add to the gates, (time, rows, gates * units); or, where `ids` (time, rows) are
    given, a table of that for each character, (alphabet, gates * units). `kernel` (units, gates * units) and
    `bias` (gates * units) make what the state adds. Shapes are static.
    """

    @tf.custom_gradient
    def through(inputs: tf.Tensor, kernel: tf.Tensor, bias: tf.Tensor, *state: tf.Tensor) -> tuple:
        # The gradient is the one below: a tape is not to look for another inside the compiled loop.
        frozen = tf.nest.map_structure(tf.stop_gradient, (inputs, kernel, bias, state))
        outputs, after, kept = _forward(cell, frozen[0], ids, *frozen[1:])

        def gradient(d_outputs: tf.Tensor, *d_after: tf.Tensor) -> tuple:
            d_s, d_x, d_state = _backward(cell, kept, kernel, d_outputs, d_after)
            d_s, d_x = _flat(d_s), _flat(d_x)
            before = _flat(tf.concat([state[0][None], outputs[:-1]], 0))  # the h that each step began with
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
def _forward(
    cell: Cell, inputs: tf.Tensor, ids: tf.Tensor | None, kernel: tf.Tensor, bias: tf.Tensor, state: tuple
) -> tuple:
    """Outputs (time, rows, units), the state after (rows, units), what the way back needs (time, keeps units, rows)."""
    time = (inputs if ids is None else ids).shape[0]
    rows, units = state[0].shape
    transposed, column = tf.transpose(kernel), bias[:, None]

    def step(t: tf.Tensor, state: tuple, outputs: tf.TensorArray, kept: tf.TensorArray) -> tuple:
        x = inputs[t] if ids is None else tf.gather(inputs, ids[t])  # (rows, gates * units)
        state, values = cell.forward(tf.transpose(x), tf.matmul(transposed, state[0]) + column, state)
        # One array for all that is kept: XLA lets loops that begin with many arrays wait for one another's thread.
        return t + 1, state, outputs.write(t, tf.transpose(state[0])), kept.write(t, tf.concat(values, 0))

    outputs = tf.TensorArray(tf.float32, time, element_shape=(rows, units))
    kept = tf.TensorArray(tf.float32, time, element_shape=(cell.keeps * units, rows))
    start = (0, tuple(map(tf.transpose, state)), outputs, kept)
    _, state, outputs, kept = tf.while_loop(lambda t, *_: t < time, step, start)
    return outputs.stack(), tuple(map(tf.transpose, state)), kept.stack()


@tf.function(autograph=False, jit_compile=True)
def _backward(cell: Cell, kept: tf.Tensor, kernel: tf.Tensor, d_outputs: tf.Tensor, d_state: tuple) -> tuple:
    """The gradients of what state and inputs add, (time, rows, gates * units), and of the state (rows, units)."""
    time, rows, units = d_outputs.shape
    apart = cell is GRU  # elsewhere the two gradients are one

    def step(t: tf.Tensor, d_state: tuple, arrays: tuple) -> tuple:
        d_h, *d_rest = d_state
        d_h = d_h + tf.transpose(d_outputs[t])
        # split, not kept[t, a:b]: XLA gets a slice at a moving index wrong
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

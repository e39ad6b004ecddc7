"""The three recurrent cells: one step forwards, and the gradient of one step.

The first axis of every tensor is the features: (units, rows), or (gates * units, rows) for several gates.
`x` is what the input adds to the gates. `s` is what the previous state adds (recurrent kernel times h). The first
tensor of a state is h, the output.

`forward` returns the next state and the values that `backward` needs. `backward` takes these values and the gradient
of the next state. It returns the gradients of s, of x and of the previous state. The last one is without the part
that flows through s, which `scan.py` adds.

`gates`, `states` and `keeps` say how many gates, tensors of a state and values for `backward` there are; `kept` are the
names of these values. `held` is the next state in which some cells are held at a value: in an LSTM the memory cell c,
elsewhere the state h. It takes what `forward` returned.

The equations and the order of the gates are those of Keras.
"""

from charlm.network.backend import tf


class LSTM:
    """Hochreiter & Schmidhuber 1997, with the forget gate of Gers et al. 2000.

    i, f, o = sigmoid(x_i + s_i), sigmoid(x_f + s_f), sigmoid(x_o + s_o)     g = tanh(x_g + s_g)
    c' = f c + i g     h' = o tanh(c')
    """

    gates, states, keeps = 4, 2, 6
    kept = ("input", "forget", "candidate", "output", "c before", "tanh c")

    @staticmethod
    def forward(x: tf.Tensor, s: tf.Tensor, state: tuple) -> tuple:
        """The next state (h', c'), and (i, f, g, o, c, tanh c') for `backward`."""
        _, c = state
        i, f, g, o = tf.split(x + s, 4)
        i, f, g, o = tf.sigmoid(i), tf.sigmoid(f), tf.tanh(g), tf.sigmoid(o)
        after = f * c + i * g
        tanh_c = tf.tanh(after)
        return (o * tanh_c, after), (i, f, g, o, c, tanh_c)

    @staticmethod
    def held(after: tuple, kept: tuple, held: tf.Tensor, value: tf.Tensor) -> tuple:
        """The next state, in which c is `value` wherever `held` is True; the output gate still works on it."""
        c = tf.where(held, value, after[1])
        return kept[3] * tf.tanh(c), c

    @staticmethod
    def backward(kept: list, d_state: tuple) -> tuple:
        """The gradients of s, of x and of the previous state, the last without the part through s."""
        i, f, g, o, c, tanh_c = kept
        d_h, d_c = d_state
        d_c = d_c + d_h * o * (1 - tanh_c * tanh_c)
        d_s = tf.concat(
            [d_c * g * i * (1 - i), d_c * c * f * (1 - f), d_c * i * (1 - g * g), d_h * tanh_c * o * (1 - o)], 0
        )
        return d_s, d_s, (0.0, d_c * f)


class GRU:
    """Cho et al. 2014. The reset gate is applied after the matrix product, as in cuDNN (Keras' `reset_after`).

    z, r = sigmoid(x_z + s_z), sigmoid(x_r + s_r)     g = tanh(x_g + r s_g)
    h' = z h + (1 - z) g
    """

    gates, states, keeps = 3, 1, 5
    kept = ("update", "reset", "candidate", "s_g", "h before")

    @staticmethod
    def forward(x: tf.Tensor, s: tf.Tensor, state: tuple) -> tuple:
        """The next state (h',), and (z, r, g, s_g, h) for `backward`."""
        (h,) = state
        (x_z, x_r, x_g), (s_z, s_r, s_g) = tf.split(x, 3), tf.split(s, 3)
        z, r = tf.sigmoid(x_z + s_z), tf.sigmoid(x_r + s_r)
        g = tf.tanh(x_g + r * s_g)
        return (z * h + (1 - z) * g,), (z, r, g, s_g, h)

    @staticmethod
    def held(after: tuple, kept: tuple, held: tf.Tensor, value: tf.Tensor) -> tuple:
        """The next state, in which h is `value` wherever `held` is True."""
        return (tf.where(held, value, after[0]),)

    @staticmethod
    def backward(kept: list, d_state: tuple) -> tuple:
        """The gradients of s, of x and of the previous state, the last without the part through s."""
        z, r, g, s_g, h = kept
        (d_h,) = d_state
        d_z = d_h * (h - g) * z * (1 - z)
        d_g = d_h * (1 - z) * (1 - g * g)
        d_r = d_g * s_g * r * (1 - r)
        return tf.concat([d_z, d_r, d_g * r], 0), tf.concat([d_z, d_r, d_g], 0), (d_h * z,)


class RNN:
    """Elman 1990: h' = tanh(x + s)."""

    gates, states, keeps = 1, 1, 1
    kept = ("h",)

    @staticmethod
    def forward(x: tf.Tensor, s: tf.Tensor, state: tuple) -> tuple:
        """The next state (h',), and (h',) for `backward`."""
        h = tf.tanh(x + s)
        return (h,), (h,)

    @staticmethod
    def held(after: tuple, kept: tuple, held: tf.Tensor, value: tf.Tensor) -> tuple:
        """The next state, in which h is `value` wherever `held` is True."""
        return (tf.where(held, value, after[0]),)

    @staticmethod
    def backward(kept: list, d_state: tuple) -> tuple:
        """The gradients of s, of x and of the previous state, the last without the part through s."""
        (h,), (d_h,) = kept, d_state
        d_s = d_h * (1 - h * h)
        return d_s, d_s, (0.0,)

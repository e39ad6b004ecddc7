"""Muon: momentum whose update of a matrix is made nearly orthogonal, so that it learns in every direction.

Jordan et al. 2024. The update is scaled as in Moonlight (Liu et al. 2025), so that each number changes about as much as
under Adam. The optimizer is Keras' own. Only the iteration that makes a matrix orthogonal is another one here, because
it is most of the cost.
"""

from charlm.network import machines
from charlm.network.backend import keras, tf
from charlm.settings import TrainingSettings

# The first two polynomials a + b g + c g^2 of the Polar Express (Amsel et al. 2025), with its 1 % of safety. They bring
# small singular values up 33-fold and leave the large ones between 0.2 and 2. With three or five of them, which come
# nearer to an orthogonal matrix, a network learnt no more; with two of the original ones it learnt less.
POLYNOMIALS = ((8.2051604, -22.9019350, 16.4607249), (4.0663952, -2.8611541, 0.5183995))
OTHERS = ["dense"]  # layers that Adam trains; it also trains the embedding and the biases, as the authors advise


class Muon(keras.optimizers.Muon):
    """Keras' Muon for the kernels of the recurrent layers and its AdamW for all other weights."""

    def zeropower_via_newtonschulz5(self, x: tf.Tensor, steps: int) -> tf.Tensor:
        """Bring all singular values of the matrix x near 1, with that many of the polynomials.

        Each step multiplies x by a polynomial p = a + b g + c g^2 of the small square matrix g = x x^T. Keras computes
        p x in each step, a large product. But the next g is p g p, a small product. So all steps are done on g, and x
        is multiplied only once, at the end, by the product of all p.
        """
        wide = x if x.shape[0] <= x.shape[1] else tf.transpose(x)
        wide /= tf.norm(wide) + 1e-7  # no singular value may be above 1
        g = _product(wide, wide, transposed=True)
        total = one = tf.eye(wide.shape[0])
        for step, (a, b, c) in enumerate(POLYNOMIALS[:steps]):
            p = a * one + b * g + c * _product(g, g)
            total = _product(p, total) if step else p
            if step < steps - 1:
                g = _product(_product(p, g), p)
        wide = _product(total, wide)
        return wide if x.shape[0] <= x.shape[1] else tf.transpose(wide)


def _product(left: tf.Tensor, right: tf.Tensor, *, transposed: bool = False) -> tf.Tensor:
    """left right, or left right^T, in one part for each core: a single product would run on one core only.

    Several machines cut as the first one does, because a product in other parts may have other last digits.
    """
    axis = 0 if transposed else 1  # of `right`, the one that becomes the columns of the product
    size = right.shape[axis]
    count = machines.parts()
    cuts = [size * (part + 1) // count - size * part // count for part in range(count)]
    parts = tf.split(right, cuts, axis)
    return tf.concat([tf.matmul(left, part, transpose_b=transposed) for part in parts], 1)


def build_muon(rate: "float | keras.optimizers.schedules.LearningRateSchedule", settings: TrainingSettings) -> Muon:
    """Muon with the settings' momentum, weight decay, clipping and beta_2."""
    return Muon(
        rate,
        adam_lr_ratio=settings.adam_lr_ratio,
        adam_beta_2=settings.beta_2,
        momentum=settings.momentum,
        weight_decay=settings.weight_decay or None,
        adam_weight_decay=settings.weight_decay or None,
        global_clipnorm=settings.clip_norm,
        exclude_layers=OTHERS,
        ns_steps=len(POLYNOMIALS),
    )

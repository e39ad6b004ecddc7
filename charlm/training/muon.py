"""Muon: momentum whose update of a matrix is made orthogonal, so that it learns in every direction.

Jordan et al. 2024, with the scaling of Moonlight (Liu et al. 2025) that gives the update of each number the size that
it has under Adam. The optimizer is Keras' own; only the product that is most of its cost is computed in another order.
"""

from charlm.network.backend import keras, tf
from charlm.settings import TrainingSettings

NEWTON_SCHULZ_STEPS = 3  # two learn more slowly; the five of the paper are no better here and cost half as much again
OTHERS = ["dense"]  # layers that Adam trains; it also trains the embedding and the biases, as the authors advise


class Muon(keras.optimizers.Muon):
    """Keras' Muon for the kernels of the recurrent layers and its AdamW for all other weights."""

    def zeropower_via_newtonschulz5(self, x: tf.Tensor, steps: int) -> tf.Tensor:
        """The nearest orthogonal matrix, roughly: all singular values of x, a matrix, become about 1.

        A Newton-Schulz step turns x into p x, where p = a + b g + c g^2 is a polynomial of the small square matrix
        g = x x^T. Keras computes p x in each step, a large product. But the next g is p g p, a small product. So all
        steps can be done on g, and x is multiplied only once, at the end, by the product of all p.
        """
        wide = x if x.shape[0] <= x.shape[1] else tf.transpose(x)
        wide /= tf.norm(wide) + 1e-7  # no singular value may be above 1
        g = tf.matmul(wide, wide, transpose_b=True)
        one = total = tf.eye(wide.shape[0])
        for step in range(steps):
            p = self.muon_a * one + self.muon_b * g + self.muon_c * tf.matmul(g, g)
            total = tf.matmul(p, total) if step else p
            if step < steps - 1:
                g = tf.matmul(tf.matmul(p, g), p)
        wide = tf.matmul(total, wide)
        return wide if x.shape[0] <= x.shape[1] else tf.transpose(wide)


def build_muon(rate: "float | keras.optimizers.schedules.LearningRateSchedule", settings: TrainingSettings) -> Muon:
    """Muon with the settings; both its parts have the same learning rate, weight decay and clipping."""
    return Muon(
        rate,
        adam_beta_2=settings.beta_2,
        weight_decay=settings.weight_decay or None,
        adam_weight_decay=settings.weight_decay or None,
        global_clipnorm=settings.clip_norm,
        exclude_layers=OTHERS,
        ns_steps=NEWTON_SCHULZ_STEPS,
    )

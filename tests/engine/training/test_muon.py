"""Muon: an update that is nearly orthogonal, computed with small products."""

import numpy as np
import pytest

from charlm.network.backend import tf
from charlm.network.model import CharacterModel
from charlm.settings import ModelSettings, TrainingSettings
from charlm.training.learner import Learner
from charlm.training.muon import POLYNOMIALS, Muon

SETTINGS = TrainingSettings(optimizer="muon", learning_rate=0.02, warmup_steps=0, schedule="constant")


@pytest.mark.parametrize("shape", [(16, 64), (64, 16), (24, 24), (1, 8)])
def test_the_small_products_give_what_the_polynomials_give_to_each_singular_value(shape):
    x = np.random.default_rng(0).standard_normal(shape).astype(np.float32)
    u, values, v = np.linalg.svd(x / np.linalg.norm(x), full_matrices=False)
    for a, b, c in POLYNOMIALS:
        values = values * (a + b * values**2 + c * values**4)
    update = Muon().zeropower_via_newtonschulz5(tf.constant(x), len(POLYNOMIALS))
    np.testing.assert_allclose(update, u * values @ v, atol=2e-5)


def test_a_weak_direction_of_a_matrix_is_updated_nearly_like_a_strong_one():
    x = np.random.default_rng(0).standard_normal((16, 64)).astype(np.float32) * np.geomspace(1, 20, 16)[:, None]
    before = np.linalg.svd(x, compute_uv=False)
    update = Muon().zeropower_via_newtonschulz5(tf.constant(x.astype(np.float32)), len(POLYNOMIALS))
    after = np.linalg.svd(update, compute_uv=False)
    assert before.max() / before.min() > 15
    assert after.max() / after.min() < before.max() / before.min() / 2


def test_only_the_kernels_of_the_recurrent_layers_are_matrices_to_it():
    learner = Learner(CharacterModel(6, ModelSettings(rnn_units=8, layers=2)), SETTINGS, steps=1)
    by_adam = [v is not None for v in learner.optimizer.adam_velocities]
    names = [v.path for v in learner.network.trainable_variables]
    kernels = [name for name, adam in zip(names, by_adam, strict=True) if not adam]
    assert len(kernels) == 4
    assert all("lstm" in name and name.endswith("kernel") for name in kernels)


def test_zeros_stay_zeros():
    assert not np.any(Muon().zeropower_via_newtonschulz5(tf.zeros((4, 8)), 2))

"""How the text is cut."""

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from charlm.network.backend import tf
from charlm.presets import steps_per_epoch
from charlm.settings import TrainingSettings
from charlm.text.mapped import mapped
from charlm.training.windows import SHUFFLE_BUFFER, batches, split


def cut(characters: int, epoch: int = 0, **numbers) -> list[tuple[np.ndarray, np.ndarray]]:
    wanted = TrainingSettings(**numbers)
    pairs = [(x.numpy(), y.numpy()) for x, y in batches(np.arange(characters), wanted, epoch)]
    assert len(pairs) == steps_per_epoch(characters, wanted)
    return pairs


def test_the_drawing_is_true():
    (first, targets), (second, _), _ = cut(40, batch_size=3, seq_length=4)
    assert first.tolist() == [[0, 1, 2, 3], [12, 13, 14, 15], [24, 25, 26, 27]]
    assert second[2].tolist() == [28, 29, 30, 31]
    assert targets[0].tolist() == [1, 2, 3, 4]


@settings(max_examples=25, deadline=None)
@given(st.integers(1, 300), st.integers(1, 6), st.integers(1, 12))
def test_contiguous_rows_go_on_where_they_were_and_no_character_comes_twice(characters, rows, time):
    pairs = cut(characters, batch_size=rows, seq_length=time)
    for (before, _), (after, _) in pairwise(pairs):
        assert (after[:, 0] == before[:, -1] + 1).all()
    seen = np.concatenate([x.ravel() for x, _ in pairs]) if pairs else np.array([])
    assert len(set(seen)) == len(seen)
    assert all((y == x + 1).all() for x, y in pairs)
    assert characters - 1 - len(seen) < rows * time  # what is left out would not fill a batch


@settings(max_examples=25, deadline=None)
@given(st.integers(1, 300), st.integers(1, 6), st.integers(1, 12))
def test_shuffled_chunks_are_the_textbooks(characters, rows, time):
    pairs = cut(characters, batch_size=rows, seq_length=time, order="shuffled")
    for inputs, targets in pairs:
        assert inputs.shape == (rows, time)
        assert (inputs[:, 0] % (time + 1) == 0).all()
        assert (targets == inputs + 1).all()


def test_shuffling_differs_by_epoch_and_repeats_by_seed():
    first, again, next_epoch = (
        [x.tolist() for x, _ in cut(900, epoch, batch_size=4, seq_length=8, order="shuffled")] for epoch in (0, 0, 1)
    )
    assert first == again
    assert first != next_epoch


@pytest.mark.parametrize("order", ["contiguous", "shuffled"])
@pytest.mark.parametrize("done", [0, 1, 5, 99])
def test_an_epoch_goes_on_after_the_batches_that_are_done(order, done):
    wanted = TrainingSettings(batch_size=4, seq_length=8, order=order)
    every, rest = (
        [(x.numpy().tolist(), y.numpy().tolist()) for x, y in batches(np.arange(900), wanted, 1, *skipped)]
        for skipped in ((), (done,))
    )
    assert rest == every[done:]


def test_the_chunks_of_a_seed_come_in_the_order_in_which_tensorflow_shuffles_them():
    wanted = TrainingSettings(batch_size=4, seq_length=8, order="shuffled", seed=3)
    chunks = np.arange(900).reshape(-1, 9)
    shuffled = tf.data.Dataset.from_tensor_slices(chunks).shuffle(SHUFFLE_BUFFER, 3 + 2, False)
    first = np.stack(list(shuffled.take(4).as_numpy_iterator()))
    inputs, targets = next(batches(np.arange(900), wanted, 2))
    assert (inputs.numpy().tolist(), targets.numpy().tolist()) == (first[:, :-1].tolist(), first[:, 1:].tolist())


@pytest.mark.parametrize("order", ["contiguous", "shuffled"])
def test_a_mapped_text_is_cut_like_one_in_memory(order, tmp_path):
    wanted = TrainingSettings(batch_size=4, seq_length=8, order=order)
    ids = np.arange(20_000) % 250
    there = mapped([ids], np.dtype(np.uint8), tmp_path)
    for pair, other in zip(batches(ids, wanted, 0), batches(there, wanted, 0), strict=True):
        for tensor, same in zip(pair, other, strict=True):
            assert tensor.dtype == same.dtype == tf.int32
            np.testing.assert_array_equal(tensor, same)


def test_the_last_tenth_is_held_out():
    train, validation = split(np.arange(1_115_394))
    assert (len(train), len(validation)) == (1_003_854, 111_540)
    assert validation[0] == train[-1] + 1

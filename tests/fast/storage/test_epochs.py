"""The kept epochs: dense at the beginning, within a budget, with their ends."""

from itertools import pairwise

import pytest

from charlm.storage.epochs import Epochs, KeptEpoch, spread


@pytest.fixture
def epochs(tmp_path):
    return Epochs(tmp_path)


def keep(epochs, epoch):
    epochs.file(epoch).write_text("x" * 100)


def numbers(kept):
    return [one.epoch for one in kept]


def test_a_folder_without_epochs_has_none(tmp_path):
    assert Epochs(tmp_path / "nowhere").kept() == []


def test_they_are_listed_in_order_and_nothing_else_is(epochs, tmp_path):
    for epoch in (10, 0, 2.54, 1):
        keep(epochs, epoch)
    for other in ("_epoch-0003.00.weights.h5", "epoch-latest.weights.h5"):  # half a file, and somebody's own
        (tmp_path / other).touch()
    assert numbers(epochs.kept()) == [0, 1, 2.54, 10]
    assert all(one.file == epochs.file(one.epoch) for one in epochs.kept())


def test_the_early_ones_stay_close_together_and_the_ends_stay(epochs):
    for epoch in range(51):
        keep(epochs, epoch)
        epochs.thin(budget=1_200)
    kept = numbers(epochs.kept())
    gaps = [after - before for before, after in pairwise(kept)]
    assert len(kept) == 12
    assert kept[:4] == [0, 1, 2, 3]
    assert kept[-1] == 50
    assert max(gaps[:6]) < max(gaps[6:]) <= 25


def test_small_ones_are_not_kept_without_end_either(epochs):
    for epoch in range(30):
        keep(epochs, epoch)
        epochs.thin(most=10)
    assert len(epochs.kept()) == 10


def test_what_a_resumed_run_learns_again_is_forgotten(epochs):
    for epoch in (0, 1, 2.54, 3):
        keep(epochs, epoch)
    epochs.forget_after(2.5399)
    assert numbers(epochs.kept()) == [0, 1, 2.54]


def test_of_many_some_are_taken_that_are_spread_alike(tmp_path):
    kept = [KeptEpoch(float(epoch), tmp_path) for epoch in range(101)]
    some = numbers(spread(kept, 8))
    assert len(some) == 8
    assert (some[0], some[1], some[-1]) == (0, 1, 100)
    assert spread(kept[:3], 8) == kept[:3]

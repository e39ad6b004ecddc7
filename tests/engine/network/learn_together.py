"""Learns a little with several settings, as one machine or as the one that TF_CONFIG says; see test_machines.py.

The first machine prints a line of JSON for each of the settings: all numbers of the run, to the last digit.
"""

import json

import numpy as np

from charlm.cluster import read_cluster
from charlm.events import EpochFinished, StepFinished
from charlm.network import machines
from charlm.network.model import CharacterModel
from charlm.presets import held_out, steps_per_epoch
from charlm.settings import RunSettings
from charlm.training.learner import Learner
from charlm.training.loop import fit

SMALL = {"rnn_units": 12, "embedding_dim": 8, "batch_size": 32, "seq_length": 32, "epochs": 1, "state_reset": 0.2}
MUON = {"optimizer": "muon", "learning_rate": 0.02, "dropout": 0.3}
RUNS = [
    {"cell": "lstm", **MUON, "weight_drop": 0.2},
    {"cell": "lstm", "layers": 2, "dropout": 0.2, "schedule": "constant", "clip_norm": 0.1},  # Adam
    {"cell": "gru", **MUON, "order": "shuffled"},
    {"cell": "gru", **MUON, "layers": 2},
]
ALPHABETS = (400, 20, 20, 20)  # of these runs; the first is larger than a part of the batch has positions


def main():
    cluster = read_cluster()
    if cluster.size > 1:
        machines.join(cluster, 100.0)
    for numbers, alphabet in zip(RUNS, ALPHABETS, strict=True):
        learn(numbers, alphabet)
    machines.wait_for_all()


def learn(numbers, alphabet):
    settings = RunSettings().override(**SMALL | numbers)
    ids = np.random.default_rng(0).geometric(3 / alphabet, 42_000).clip(0, alphabet - 1).astype(np.int32)
    steps = steps_per_epoch(len(ids) - held_out(len(ids)), settings.training)
    learner = Learner(CharacterModel(alphabet, settings.model, settings.training.seed), settings.training, steps)
    told = []
    for event in fit(learner, ids, settings.training, lambda: False):
        if isinstance(event, StepFinished):
            told.append([event.step, event.loss.hex(), event.accuracy.hex(), event.gradient_norm.hex()])
        if isinstance(event, EpochFinished):
            told.append([event.val_loss.hex(), event.val_accuracy.hex()])
    state = float(sum(abs(part.numpy()).sum(dtype=float) for layer in learner.state for part in layer))
    if machines.rank() == 0:
        print(json.dumps([*told, state.hex()]), flush=True)


if __name__ == "__main__":
    main()

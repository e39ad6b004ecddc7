"""The loop: it learns by heart what can be learnt by heart, and notices when it goes wrong."""

import math
import time

import numpy as np
import pytest

from charlm.errors import TrainingDiverged
from charlm.events import EpochFinished, RunFinished, StepFinished
from charlm.network.backend import tf
from charlm.network.model import CharacterModel
from charlm.presets import held_out, steps_per_epoch
from charlm.settings import ModelSettings, TrainingSettings
from charlm.training.evaluation import Evaluator
from charlm.training.learner import Learner
from charlm.training.loop import fit
from charlm.training.windows import split

ABC = np.tile(np.array([0, 1, 2], np.int32), 700)


def learner_of(ids, settings, **model):
    network = CharacterModel(int(ids.max()) + 1, ModelSettings(rnn_units=16, embedding_dim=8, **model), settings.seed)
    steps = steps_per_epoch(len(ids) - held_out(len(ids)), settings) * settings.epochs
    return Learner(network, settings, steps)


def run(ids, stop=lambda: False, model=None, **numbers):
    settings = TrainingSettings(**({"seq_length": 16, "batch_size": 4, "learning_rate": 0.02} | numbers))
    learner = learner_of(ids, settings, **(model or {}))
    return learner, list(fit(learner, ids, settings, stop))


@pytest.mark.parametrize("optimizer", ["adam", "muon"])
@pytest.mark.parametrize("order", ["contiguous", "shuffled"])
@pytest.mark.parametrize("cell", ["lstm", "gru", "rnn"])
def test_it_learns_abc_by_heart(cell, order, optimizer):
    _, events = run(ABC, epochs=8, order=order, optimizer=optimizer, model={"cell": cell})
    last = [e for e in events if isinstance(e, EpochFinished)][-1]
    assert last.val_loss < 0.05
    assert last.val_accuracy > 0.99
    assert events[-1].reason == "finished"


def test_every_step_and_every_epoch_is_told():
    learner, events = run(ABC, epochs=2)
    steps = steps_per_epoch(1890, TrainingSettings(seq_length=16, batch_size=4))
    told = [type(e) for e in events]
    assert told == ([StepFinished] * steps + [EpochFinished]) * 2 + [RunFinished]
    assert [e.step for e in events if isinstance(e, StepFinished)] == list(range(1, 2 * steps + 1))
    epoch = next(e for e in events if isinstance(e, EpochFinished))
    assert epoch.loss == pytest.approx(np.mean([e.loss for e in events[:steps]]), rel=1e-4)
    assert learner.step == 2 * steps


def test_the_rate_warms_up_and_falls():
    _, events = run(ABC, epochs=10, warmup_steps=10)
    rates = [e.learning_rate for e in events if isinstance(e, StepFinished)]
    peak = rates.index(max(rates))
    assert rates[:peak] == sorted(rates[:peak])
    assert rates[peak:] == sorted(rates[peak:], reverse=True)
    assert max(rates) == pytest.approx(0.02, rel=0.01)
    assert rates[-1] == pytest.approx(0.02 * 0.02, rel=0.2)


def test_the_last_tenth_is_never_learnt():
    rng = np.random.default_rng(0)
    ids = np.concatenate([ABC[:1890], rng.integers(3, 6, 210).astype(np.int32)])  # d, e and f only in the last tenth
    _, events = run(ids, epochs=5)
    assert [e for e in events if isinstance(e, EpochFinished)][-1].val_loss > math.log(3)


def test_stop_takes_effect_at_the_next_step():
    answers = iter([False, False, False, True])
    learner, events = run(ABC, stop=lambda: next(answers), epochs=9)
    assert [type(e) for e in events] == [StepFinished] * 3 + [RunFinished]
    assert events[-1].reason == "stopped"
    assert learner.step == 3


def test_it_stops_when_it_only_learns_by_heart():
    noise = np.random.default_rng(0).integers(0, 4, 600).astype(np.int32)  # there is nothing else to learn in it
    _, events = run(noise, epochs=500, patience=6, learning_rate=0.01)
    scored = [e for e in events if isinstance(e, EpochFinished)]
    assert events[-1].reason == "learnt by heart"
    assert scored[-1].epoch - events[-1].best_epoch == 6 == len(scored) - events[-1].best_epoch
    assert events[-1].best_val_loss == pytest.approx(min(e.val_loss for e in scored), rel=1e-5)


def test_when_the_time_is_up_what_was_learnt_is_scored():
    _, events = run(ABC, epochs=10_000, max_minutes=0.03)
    assert [type(e) for e in events[-2:]] == [EpochFinished, RunFinished]
    assert events[-1].reason == "time is up"


def test_time_that_is_up_at_the_end_of_an_epoch_scores_it_once():
    _, events = run(ABC, epochs=100_000, max_minutes=0.01, batch_size=64, seq_length=16)  # a step an epoch
    scored = [e for e in events if isinstance(e, EpochFinished)]
    assert events[-1].reason == "time is up"
    assert len({e.step for e in scored}) == len(scored)
    assert all(e.loss > 0 for e in scored)


def test_saving_counts_as_time():
    settings = TrainingSettings(seq_length=16, batch_size=4, epochs=10_000, max_minutes=0.01)
    last = None
    for event in fit(learner_of(ABC, settings), ABC, settings, lambda: False):
        time.sleep(0.2)  # whoever takes the events is slow
        last = event
    assert (last.reason, last.step < 20) == ("time is up", True)


@pytest.mark.parametrize("warmup", [0, 4])
def test_a_constant_rate_rises_and_stays(warmup):
    _, events = run(ABC, epochs=1, schedule="constant", learning_rate=0.01, warmup_steps=warmup)
    rates = [e.learning_rate for e in events if isinstance(e, StepFinished)]
    assert rates[: warmup + 1] == pytest.approx([0.01 * (n + 1) / (warmup + 1) for n in range(warmup + 1)])
    assert rates[warmup:] == pytest.approx([0.01] * len(rates[warmup:]))


@pytest.mark.parametrize("rate", [100.0, 30.0])
def test_an_exploding_loss_stops_the_run_and_says_what_to_lower(rate):
    settings = TrainingSettings(seq_length=16, batch_size=4, learning_rate=rate, warmup_steps=0, epochs=50)
    events = []
    with pytest.raises(TrainingDiverged, match="Lower the learning rate"):
        events.extend(fit(learner_of(ABC, settings), ABC, settings, lambda: False))


def test_nan_is_noticed_at_the_step_it_appears():
    settings = TrainingSettings(seq_length=16, batch_size=4)
    learner, events = learner_of(ABC, settings), []

    def poisoned():
        for event in fit(learner, ABC, settings, lambda: False):
            yield event
            if event.step == 2:
                learner.network.dense.bias.assign(tf.fill(learner.network.dense.bias.shape, math.nan))

    with pytest.raises(TrainingDiverged, match="the loss was nan"):
        events.extend(poisoned())
    assert events[-1].reason == "diverged"


@pytest.mark.parametrize("characters", [1, 5, 127, 128, 5_000])
def test_every_character_is_scored_once(characters):
    """A model that knows nothing scores ln(vocab_size) on every character, whatever the padding."""
    model = CharacterModel(6, ModelSettings(rnn_units=4))
    for weight in model.trainable_variables:
        weight.assign(tf.zeros_like(weight))
    ids = np.random.default_rng(0).integers(0, 6, characters).astype(np.int32)
    result = Evaluator(model).evaluate(ids, before=np.array([0]))
    assert result.characters == characters
    assert result.val_loss == pytest.approx(math.log(6), rel=1e-5)
    assert result.bits_per_character == pytest.approx(math.log2(6), rel=1e-5)


def test_streams_score_like_one_long_window():
    """Each begins a window early, long after which a network this small has forgotten where it began."""
    model = CharacterModel(6, ModelSettings(rnn_units=8))
    before, ids = np.split(np.random.default_rng(1).integers(0, 6, 1_200).astype(np.int32), [200])
    text = np.concatenate([before, ids])
    logits, _ = model(tf.constant(text[:-1])[None], model.zero_state(1))
    loss = tf.nn.sparse_softmax_cross_entropy_with_logits(ids[None], logits[:, -len(ids) :])
    assert Evaluator(model).evaluate(ids, before).val_loss == pytest.approx(float(tf.reduce_mean(loss)), rel=1e-5)


def test_the_split_scored_is_the_split_held_out():
    _, events = run(ABC, epochs=1)
    learner, again = run(ABC, epochs=1)
    train_ids, validation = split(ABC)
    scored = Evaluator(learner.network).evaluate(validation, train_ids)
    assert scored.characters == 210
    told = next(e.val_loss for e in again if isinstance(e, EpochFinished))
    assert scored.val_loss == pytest.approx(told, rel=1e-5)
    assert told == pytest.approx(next(e.val_loss for e in events if isinstance(e, EpochFinished)), rel=1e-3)

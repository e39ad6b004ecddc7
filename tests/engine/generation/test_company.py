"""Whoever else writes at the same time: a text is bit for bit the text that it would be alone."""

import random
from concurrent.futures import ThreadPoolExecutor
from itertools import islice

import numpy as np
import pytest

from charlm.generation.company import Company
from charlm.generation.programs import Programs, programs, weights_of
from charlm.generation.row import Chunk
from charlm.generation.sampler import SIZES, Sampler
from charlm.network.backend import tf
from charlm.network.model import CharacterModel
from charlm.settings import ModelSettings

ALPHABET, TEXTS, AT_ONCE = 50, 1_000, 40
SETTINGS = ModelSettings(rnn_units=48, embedding_dim=12, layers=2)


def wishes(count, seed=0):
    """Starts, temperatures, lengths and seeds as visitors have them; every fifth visitor compares temperatures."""
    dice = random.Random(seed)  # noqa: S311
    for number in range(count):
        start = np.array([dice.randrange(ALPHABET) for _ in range(dice.choice([1, 2, 10, 100]))], np.int32)
        heat = [0.0, 0.5, 1.0, 2.0] if number % 5 == 0 else [dice.choice([0.0, 0.3, 0.7, 1.0, 5.0])]
        yield start, heat, dice.choice([1, 8, 40, 90]), dice.randrange(2**31)


def whole(chunks):
    """A text: its ids, and how open the choice of each was."""
    return [part.tolist() for part in Chunk.joined(list(chunks))]


def test_a_thousand_texts_are_what_they_would_be_alone():
    network = CharacterModel(ALPHABET, SETTINGS, seed=1)
    sampler, weights = programs(ALPHABET, SETTINGS).sampler, weights_of(network)
    asked = list(wishes(TEXTS))
    alone = [whole(sampler.stream(*wish, weights)) for wish in asked]
    sampler.prepare(SIZES[-1], weights)
    company = Company()

    def write(number):
        pieces = company.stream(sampler, weights, *asked[number])
        if number % 7 == 0:  # somebody else begins the same text and leaves
            list(islice(company.stream(sampler, weights, *asked[number]), 1))
        return whole(pieces)

    with ThreadPoolExecutor(AT_ONCE) as visitors:
        together = list(visitors.map(write, range(TEXTS)))
    assert [n for n in range(TEXTS) if together[n] != alone[n]] == []
    assert len({str(text) for text in alone}) > TEXTS / 2  # they are different texts


@pytest.mark.parametrize(("cell", "units"), [("lstm", 384), ("gru", 128), ("rnn", 128)])
def test_programs_of_every_size_give_the_same_bits_on_this_machine(cell, units):
    settings = ModelSettings(cell=cell, rnn_units=units, embedding_dim=64)
    weights = weights_of(CharacterModel(ALPHABET, settings, seed=2))
    sampler = Programs(64, settings).sampler
    sampler.prepare(SIZES[-1], weights)
    assert sampler.room == SIZES[-1]


def test_a_model_that_computes_nonsense_spoils_the_programs_for_no_other():
    network = CharacterModel(ALPHABET, SETTINGS, seed=1)
    sampler = Programs(64, SETTINGS).sampler
    strange = tuple(tf.fill(weight.shape, np.float32(3e38)) for weight in weights_of(network))
    sampler.prepare(4, strange)
    wish = np.zeros(1, np.int32), [0.5, 1.0], 40, 1
    assert sampler.room == 4
    assert whole(sampler.stream(*wish, weights_of(network))) == whole(
        programs(ALPHABET, SETTINGS).sampler.stream(*wish, weights_of(network))
    )


def test_where_more_rows_give_other_numbers_the_smallest_program_writes_for_all():
    def next_logits(_, ids, state):
        """A toy whose logits depend on the number of rows, as products may on another machine."""
        ((h,),) = state
        h = h + tf.cast(ids, tf.float32) + 1e-3 * ids.shape[0]
        return tf.sin(h[:, None] * tf.range(1.0, 9.0)), ((h,),)

    sampler = Sampler(next_logits, lambda rows: ((tf.zeros(rows),),))
    start = np.zeros(1, np.int32)
    one_by_one = [whole(sampler.stream(start, [heat], 50, seed=1))[0][0] for heat in (0.5, 1.0, 2.0, 3.0, 4.0)]
    assert whole(sampler.stream(start, [0.5, 1.0, 2.0, 3.0, 4.0], 50, seed=1))[0] == one_by_one
    assert sampler.is_prepared(5)
    assert sampler.room == SIZES[0]

"""A trained model as one uses it: what it has in mind, and what it writes, are one."""

from functools import partial

import numpy as np
import pytest

import charlm
from charlm.generation.company import Company
from charlm.generation.shelf import Shelf
from charlm.generation.temperature import dice, entropy, fall, probabilities
from charlm.insight.observations import choices, surprisal
from charlm.settings import ModelSettings, RunSettings, TrainingSettings


@pytest.fixture(scope="module")
def runs(tmp_path_factory):
    return tmp_path_factory.mktemp("runs")


@pytest.fixture(scope="module")
def model(rhyme, runs):
    small = RunSettings(ModelSettings(rnn_units=24), TrainingSettings(epochs=3, seq_length=16, batch_size=4))
    out = runs / "rhyme"
    list(charlm.train(rhyme, out, small))
    return charlm.load(out)


def test_reading_along_is_reading_every_beginning(model):
    text = "the cat sat on the hat " * 4  # longer than a window
    along = model.logits_along(text)
    assert along.shape == (len(text), len(model.vocabulary))
    for end in (1, 40, 64, 65, len(text)):
        np.testing.assert_allclose(along[end - 1], model.next_logits(text[:end]), atol=1e-5)


@pytest.mark.parametrize("start", ["", "the c"])
def test_throwing_the_dice_one_by_one_writes_what_it_writes_at_once(model, start):
    text = model.generate(start, temperature=1.0, length=70, seed=5)
    walked = start
    for number in dice(5, 70):
        chances = probabilities(model.logits_along((start or model.line_start) + walked[len(start) :])[-1], 1.0)
        walked += model.vocabulary.characters[fall(chances, number)[0]]
    assert walked == text


def test_surprise_is_what_evaluation_counts(model, rhyme):
    held_out = rhyme.text[-len(rhyme.text) // 10 :]
    bits = surprisal(model.expecting(held_out), model.vocabulary.encode(held_out))
    assert bits.mean() == pytest.approx(charlm.evaluate(model, rhyme).bits_per_character, rel=0.05)
    assert bits[1:].mean() < surprisal(model.expecting(held_out[::-1]), model.vocabulary.encode(held_out[::-1])).mean()


def test_hotter_writing_has_more_to_choose_from(model):
    freedom = []
    for temperature in (0.0, 0.5, 1.0, 2.0):
        pieces = [piece for (piece,) in model.write("the ", [temperature], 200, seed=1)]
        told = np.concatenate([piece.entropy for piece in pieces])
        read = model.logits_along("the " + "".join(piece.text for piece in pieces))[3:-1]
        np.testing.assert_allclose(told, entropy(probabilities(read, temperature)), atol=1e-3)
        freedom.append(choices(told))
    assert freedom == sorted(freedom)
    assert freedom[0] == pytest.approx(1)


def test_numbers_may_be_numpys_and_whole_ones_floats(model):
    plain = model.generate("the ", 0.5, 10, seed=1)
    assert model.generate("the ", np.float32(0.5), 10.0, seed=np.int64(1)) == plain
    assert "the " + "".join(model.stream("the ", np.array(0.5), np.int32(10), np.uint8(1))) == plain
    *_, last = charlm.compare(model, "the ", np.array([0.5, 1.0]), 10.0, np.int64(1))
    assert "the " + last.columns[0].text == plain


def test_no_temperature_at_all_is_refused(model):
    for compare in (model.compare, partial(charlm.compare, model)):
        with pytest.raises(charlm.CharlmError, match="No temperature"):
            list(compare("the ", np.array([]), 10, 1))


def test_a_text_in_pieces_is_read_as_the_corpus_was(tmp_path):
    small = RunSettings(ModelSettings(rnn_units=8), TrainingSettings(epochs=1, seq_length=16, batch_size=4))
    list(charlm.train(charlm.corpus_of("un caf\u00e9 au lait\n" * 40, "caf\u00e9"), tmp_path / "cafe", small))
    model = charlm.load(tmp_path / "cafe")
    whole, pieces = "caf\u00e9 au", "cafe\u0301 au"
    for read in (model.logits_along, model.expecting, model.next_logits):
        np.testing.assert_array_equal(read(pieces), read(whole))
    assert charlm.surprise(model, pieces) == charlm.surprise(model, whole)
    assert charlm.next_characters(model, pieces) == charlm.next_characters(model, whole)
    assert model.generate(pieces, length=9, seed=1) == model.generate(whole, length=9, seed=1)


def test_the_models_of_a_shelf_write_in_its_company_what_they_write_alone(model, runs):
    calls = []
    shelf = Shelf(runs, company=Company(before_call=lambda: calls.append("a call")))
    assert shelf.take("rhyme").generate("the ", 1.0, 70, seed=5) == model.generate("the ", 1.0, 70, seed=5)
    assert calls
    *_, alone = charlm.compare(model, "the ", [0.5, 1.0], 30, 1)
    *_, together = charlm.compare(shelf.take("rhyme"), "the ", [0.5, 1.0], 30, 1)
    assert together == alone


def test_what_cannot_be_written_hurts_nobody_who_writes(model, runs):
    model = Shelf(runs, company=Company()).take("rhyme")
    others = model.stream("the ", 1.0, 200, seed=5)
    text = next(others)
    with pytest.raises(charlm.CharlmError, match="never saw"):
        model.generate("THE", 1.0, 10)
    assert len(text + "".join(others)) == 200

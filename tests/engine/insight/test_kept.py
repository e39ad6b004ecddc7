"""What was found is found once, and never for another text."""

import charlm
from charlm.insight.kept import Insides
from charlm.settings import ModelSettings, RunSettings, TrainingSettings


def test_every_text_has_its_own_answer_and_the_same_one_twice(rhyme, tmp_path):
    small = RunSettings(ModelSettings(rnn_units=8), TrainingSettings(epochs=1, seq_length=16, batch_size=4))
    list(charlm.train(rhyme, tmp_path / "run", small))
    model, insides = charlm.load(tmp_path / "run"), Insides()
    assert insides.cells(model, "the cat") is insides.cells(model, "the cat")
    assert insides.cells(model, "the hat").text == "the hat"
    *_, written = insides.specimen(model, None)
    assert list(insides.specimen(model, None)) == [written]
    *_, given = insides.specimen(model, charlm.corpus_of("the cat", "a text"))
    assert (given.source, given.text) == ("given", "the cat")
    *_, first = insides.shortlist(model, "the cat sat" * 20)
    (again,) = insides.shortlist(model, "the cat sat" * 20)
    assert again is first
    insides.forget()
    assert len(list(insides.shortlist(model, "the cat sat" * 20))) > 1

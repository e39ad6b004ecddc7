"""What a loss means: which simpler guesses the network has passed, and when."""

from dataclasses import replace

import pytest

from charlm.events import EpochFinished
from charlm.insight.references import five_gram_loss_of, references
from charlm.settings import ModelSettings, TrainingSettings
from charlm.storage.card import Card, CorpusFacts
from charlm.storage.run_folder import RunFolder
from charlm.text.corpus import from_text
from charlm.text.ngrams import five_gram_loss
from charlm.text.vocabulary import Vocabulary

CORPUS = from_text("the cat sat on the hat\n" * 10, "hats")
CARD = Card(
    "run", CorpusFacts("hats", len(CORPUS.text), CORPUS.sha256), ModelSettings(), TrainingSettings(), 1,
    Vocabulary.of(CORPUS.text), uniform_loss=3.0, frequency_loss=2.5, versions={},
)  # fmt: skip
SCORES = [
    EpochFinished(10 * n, float(n), 1.0, 0.5, val_loss, 0.5, 1.0, best=True)
    for n, val_loss in enumerate((2.8, 2.5, 2.1, 2.2), 1)
]


def test_each_is_passed_in_the_first_epoch_that_is_better():
    found = references(CARD, SCORES, five_gram=2.15)
    assert [(r.name, r.loss, r.passed) for r in found] == [
        ("uniform", 3.0, 1.0), ("frequency", 2.5, 3.0), ("five_gram", 2.15, 3.0)
    ]  # fmt: skip


def test_it_may_never_be_passed_or_not_be_known():
    assert references(CARD, SCORES, five_gram=1.0)[-1].passed is None
    assert [r.name for r in references(CARD, SCORES, None)] == ["uniform", "frequency"]


@pytest.fixture
def folder(tmp_path):
    folder = RunFolder(tmp_path / "run")
    folder.create(CARD, CORPUS)
    return folder


def test_for_an_old_run_the_text_is_counted_now(folder):
    assert five_gram_loss_of(folder) == five_gram_loss(CORPUS.text)


def test_without_its_text_the_card_is_all_there_is(folder):
    (folder.path / "corpus.txt").unlink()
    assert five_gram_loss_of(folder) is None
    folder.write_card(replace(CARD, five_gram_loss=1.5))
    assert five_gram_loss_of(folder) == 1.5

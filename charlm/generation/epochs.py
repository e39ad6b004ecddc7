"""Loads the kept epochs of a run one after the other, each into the same network: nothing is compiled for an epoch."""

from pathlib import Path

from charlm.generation.company import Company
from charlm.generation.language_model import LanguageModel, load_weights
from charlm.network.model import CharacterModel
from charlm.storage.card import Card


class EpochLoader:
    """Makes a model of a weights file. A model must be used before the next file is loaded, and not after it."""

    def __init__(self, card: Card, company: Company | None = None) -> None:
        """With a `company`, the models write together with all who write in it."""
        self._card, self._company = card, company
        self._network = CharacterModel(len(card.vocabulary), card.model)

    def __call__(self, file: Path) -> LanguageModel:
        """The network in that file, ready to write. Raises CheckpointDamaged."""
        load_weights(self._network, file)
        model = LanguageModel(self._card, self._network)
        if self._company is not None:
            model.join(self._company)
        return model

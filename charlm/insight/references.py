"""Losses that give a run's loss a meaning: what simpler ways of guessing reach on the same held-out part."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from charlm.events import EpochFinished, Event, of_kind
from charlm.storage.card import Card
from charlm.storage.run_folder import RunFolder
from charlm.text.ngrams import five_gram_loss


@dataclass(frozen=True)
class Reference:
    """A way of guessing, its loss, and when the network became better."""

    name: Literal["uniform", "frequency", "five_gram"]
    loss: float  # nats per character
    passed: float | None  # the first epoch with a lower val_loss; None if there is none


def references(card: Card, events: Iterable[Event], five_gram: float | None) -> tuple[Reference, ...]:
    """Guessing blindly, by letter frequencies and by a 5-gram model, if its loss is known."""
    scores = of_kind(EpochFinished, events)
    known = (("uniform", card.uniform_loss), ("frequency", card.frequency_loss), ("five_gram", five_gram))
    return tuple(
        Reference(name, loss, next((e.epoch for e in scores if e.val_loss < loss), None))  # type: ignore[arg-type]
        for name, loss in known
        if loss is not None
    )


def five_gram_loss_of(run: RunFolder) -> float | None:
    """The loss of a 5-gram model on the text of a run; None if neither the figure nor the text was kept.

    A card of an older charlm has no such figure. Then the text is counted now, for half a second per megabyte.
    """
    card = run.read_card()
    if card.five_gram_loss is not None or not run.has_corpus:
        return card.five_gram_loss
    corpus = run.read_corpus()
    return five_gram_loss(corpus.text) if corpus else None

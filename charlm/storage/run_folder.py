"""The run folder: the one place where training, page and command line meet. Complete and readable on its own.

    checkpoints/<name>/
      card.json            what this model is; written before any weights: a folder without it is not a run
      best.weights.h5      the network of the lowest val_loss; until an epoch is scored, the latest
      last.weights.h5      everything that resuming needs, optimizer included
      epochs/              the network after single epochs, within a disk budget
      events.jsonl         one line per event, appended as it happens
      corpus.txt           the text, for going on; a shipped model has none
      traces.json          what is kept of the text: its words, how some of its lines begin

Every file is written beside its place and then renamed, so a kill at any moment leaves the folder readable.
"""

import hashlib
import os
import re
import tempfile
from collections.abc import Callable, Iterator, Sequence, Set
from contextlib import contextmanager, suppress
from pathlib import Path

from charlm.errors import CannotWrite, CheckpointDamaged, CheckpointExists, CheckpointNotFound
from charlm.events import Event, StepFinished
from charlm.storage import format_1
from charlm.storage.card import Card
from charlm.text.corpus import Corpus
from charlm.text.traces import Traces

VISITORS = re.compile(r"[\w-]{1,80}-[0-9a-f]{16}")  # the name of a visitor's run: who holds it, holds the run
SHARED = re.compile(r"[\w-]{1,80}~[0-9a-f]{16}")  # the same run for others: they may write with its model, no more
EPOCHS_BUDGET = 200 * 2**20  # bytes that the weights of single epochs may take together


def shared_name(name: str) -> str:
    """The name under which others may write with a visitor's model: nobody finds the run's own name from it."""
    if not VISITORS.fullmatch(name):
        return name
    return f"{name.rsplit('-', 1)[0]}~{hashlib.sha256(name.encode()).hexdigest()[:16]}"


class RunFolder:
    """One run on disk."""

    def __init__(self, path: str | Path) -> None:
        self.path = Path(path)
        self.events_file = self.path / "events.jsonl"
        self._card_file, self._corpus_file = self.path / "card.json", self.path / "corpus.txt"
        self._traces_file = self.path / "traces.json"
        self.best_weights, self.last_weights = self.path / "best.weights.h5", self.path / "last.weights.h5"

    def create(self, card: Card, corpus: Corpus) -> None:
        """Begin a run. Raises CheckpointExists where there is one, or anything else, already."""
        if self._card_file.exists():
            raise CheckpointExists(
                f"There is a model in {self.path} already.",
                "Expected a new place for a new run.",
                "Choose another --out, go on with this one (--resume), or delete the folder.",
            )
        # A start that was killed before its card was in place leaves these, and nothing that could be lost.
        self.refuse_used(but_for={"corpus.txt", "_corpus.txt", "traces.json", "_traces.json", "_card.json"})
        with writing(self.path):
            self.path.mkdir(parents=True, exist_ok=True)
        traces = Traces.of(corpus.text).to_json() + "\n"
        replace_file(self._corpus_file, lambda beside: beside.write_bytes(corpus.text.encode()))
        replace_file(self._traces_file, lambda beside: beside.write_text(traces, "utf-8"))
        self.write_card(card)

    def create_whole(self, card: Card, events: Sequence[Event], save: Callable[[str], None]) -> None:
        """Begin with a model that is ready: card, events, and the best weights that `save` writes; all or nothing.

        Raises CheckpointExists and CannotWrite.
        """
        self.refuse_used()
        with writing(self.path):
            self.path.parent.mkdir(parents=True, exist_ok=True)
            with tempfile.TemporaryDirectory(dir=self.path.parent, prefix="_") as beside:
                whole = RunFolder(Path(beside) / "whole")
                whole.write_card(card)
                whole.write_events(events)
                whole.save_weights(whole.best_weights, save)
                if self.path.exists():
                    self.path.rmdir()  # it is empty
                whole.path.rename(self.path)

    def refuse_used(self, but_for: Set[str] = frozenset()) -> None:
        """Raises CheckpointExists where there is anything but files of those names."""
        if self.path.exists() and (not self.path.is_dir() or {p.name for p in self.path.iterdir()} - but_for):
            raise CheckpointExists(
                f"{self.path} holds other things.", "Expected an empty or a new folder.", "Choose another --out."
            )

    def read_card(self) -> Card:
        """The card. Raises CheckpointNotFound or CheckpointDamaged."""
        if not self.path.is_dir():
            raise CheckpointNotFound(
                f"There is no model at {self.path}.",
                "Expected the folder of a training run.",
                "Check the path, or train one.",
            )
        if not self._card_file.exists():
            raise CheckpointDamaged(
                f"{self.path} is not a model, or only half of one: it has no card.json.",
                "Expected the folder of a training run.",
                "Check the path, or train again.",
            )
        with _reading(self._card_file):
            return Card.from_json(self._card_file.read_bytes())

    def write_card(self, card: Card) -> None:
        """Replace the card."""
        replace_file(self._card_file, lambda beside: beside.write_text(card.to_json() + "\n", "utf-8"))

    @property
    def has_corpus(self) -> bool:
        """Is the text of the run here?"""
        return self._corpus_file.exists()

    def read_corpus(self) -> Corpus | None:
        """The text of the run, or None when it was deleted. Raises CheckpointDamaged when it is another one."""
        if not self.has_corpus:
            return None
        card = self.read_card()
        with _reading(self._corpus_file):
            corpus = Corpus(card.corpus.name, self._corpus_file.read_bytes().decode("utf-8"), "utf-8")
        if corpus.sha256 != card.corpus.sha256:
            raise CheckpointDamaged(
                f"{self._corpus_file} is not the text that this model learns.",
                f"Expected {card.corpus.name} with its {card.corpus.length:,} characters, unchanged.",
                "Restore the file from a copy; what the model has learnt is untouched.",
            )
        return corpus

    def read_traces(self) -> Traces:
        """What is kept of the text; none for a model that came without it. Raises CheckpointDamaged."""
        if not self._traces_file.exists():
            return Traces()
        with _reading(self._traces_file):
            return Traces.from_json(self._traces_file.read_text("utf-8"))

    def append(self, event: Event) -> None:
        """Add one event to events.jsonl. All but single steps are on the disk when this returns."""
        with writing(self.events_file), self.events_file.open("a", encoding="utf-8") as file:
            file.write(event.to_json() + "\n")
            if not isinstance(event, StepFinished):
                file.flush()
                os.fsync(file.fileno())

    def events(self) -> list[Event]:
        """Every event so far, those in a card of the first format included.

        Lines that hold no event, as the last one that a kill cut short, are left out.
        """
        if not self.events_file.exists():
            return self._events_in_card()
        with _reading(self.events_file):
            events = list(_complete_lines(self.events_file))
        there = {(type(e), e.step) for e in events}
        lost = [e for e in self._events_in_card() if (type(e), e.step) not in there]
        return sorted(events + lost, key=lambda e: e.step) if lost else events

    def write_events(self, events: Sequence[Event]) -> None:
        """Replace all events by these."""
        lines = "".join(e.to_json() + "\n" for e in events)
        replace_file(self.events_file, lambda beside: beside.write_text(lines, "utf-8"))

    def forget_after(self, step: int) -> list[Event]:
        """Drop the events of steps that no weights remember: a resumed run will take them again. Returns the others."""
        kept = [e for e in self.events() if e.step <= step]
        self.write_events(kept)
        return kept

    def _events_in_card(self) -> list[Event]:
        try:
            return format_1.upgraded(self._card_file.read_bytes())[1]
        except (OSError, ValueError):  # damaged: whoever reads the card is told
            return []

    def save_weights(self, file: Path, save: Callable[[str], None]) -> None:
        """Replace a weights file by what `save` (a Keras model's save_weights) writes."""
        replace_file(file, lambda beside: save(str(beside)))

    def epoch_weights(self, epoch: float) -> Path:
        """Where the network after that epoch is kept."""
        return self.path / "epochs" / f"epoch-{epoch:07.2f}.weights.h5"

    def thin_epochs(self, budget: int = EPOCHS_BUDGET) -> None:
        """Keep the weights of single epochs within so many bytes: the closest neighbours go first, the ends never."""
        kept = sorted((self.path / "epochs").glob("epoch-*.weights.h5"))
        while len(kept) > 2 and sum(f.stat().st_size for f in kept) > budget:
            epochs = [float(f.name.removeprefix("epoch-").removesuffix(".weights.h5")) for f in kept]
            closest = min(range(1, len(kept) - 1), key=lambda i: epochs[i + 1] - epochs[i - 1])
            kept.pop(closest).unlink()


def _complete_lines(path: Path) -> Iterator[Event]:
    for line in path.read_text("utf-8", errors="replace").split("\n")[:-1]:
        try:
            yield Event.from_json(line)
        except ValueError:
            continue  # a line half written when the power went, with a later one behind it


def replace_file(path: Path, write: Callable[[Path], object]) -> None:
    """Write a file beside its place, wait until the disk has it, and rename it there. Raises CannotWrite."""
    beside = path.with_name(f"_{path.name}")  # the same ending: Keras refuses weights files of another
    with writing(path):
        path.parent.mkdir(exist_ok=True)
        try:
            write(beside)
            with beside.open("rb+") as file:
                os.fsync(file.fileno())
            os.replace(beside, path)
        finally:
            with suppress(OSError):
                beside.unlink()  # there only if something failed: half a file would keep the room that is missing


@contextmanager
def writing(path: Path) -> Iterator[None]:
    """What the disk refuses becomes CannotWrite."""
    try:
        yield
    except OSError as error:
        raise CannotWrite(
            f"{path} could not be written ({error.strerror or error}).",
            "Expected a disk with room, and the right to write there.",
            "Make room or choose another place; what was saved before is untouched.",
        ) from error


@contextmanager
def _reading(path: Path) -> Iterator[None]:
    try:
        yield
    except (OSError, UnicodeDecodeError, RecursionError) as error:  # the last: JSON nested without end
        raise CheckpointDamaged(
            f"{path} cannot be read ({error}).",
            "Expected the file that charlm wrote.",
            "Restore it from a copy, or train again.",
        ) from error

"""The run folder: training, page and command line all use it. It is complete and can be read without anything else.

    checkpoints/<name>/
      card.json            what this model is; written before any weights: a folder without it is not a run
      best.weights.h5      the network with the lowest val_loss; before the first scoring, the latest network
      last.weights.h5      everything that resuming needs, including the optimizer
      epochs/              the network before learning and after single epochs, within a disk budget
      events.jsonl         one line per event, appended as it happens
      corpus.txt           the text, needed to resume; a shipped model has none
      traces.json          traces of the text: its words, and how some of its lines begin
      learning.lock        locked by the process that trains here
      attempt              with several machines, the number of the worker that may write (attempt.py)

While a long text is learnt, its ids lie here too, in a file without a name, which is gone when the process ends.

A file is written under another name and then renamed. So the folder stays readable if the process is killed.
"""

import os
import tempfile
from collections.abc import Callable, Iterable, Iterator, Sequence, Set
from contextlib import AbstractContextManager, contextmanager, nullcontext, suppress
from pathlib import Path

from filelock import FileLock, Timeout

from charlm.errors import (
    CannotResume,
    CannotWrite,
    CheckpointDamaged,
    CheckpointExists,
    CheckpointNotFound,
    NotText,
    UnknownCharacter,
)
from charlm.events import Event
from charlm.languages import N_
from charlm.storage import attempt, format_1
from charlm.storage.card import Card
from charlm.storage.epochs import Epochs
from charlm.text.corpus import Corpus
from charlm.text.long_corpus import AnyCorpus, LongCorpus, encode_pieces, is_long
from charlm.text.pieces import LongFile
from charlm.text.traces import Traces


class RunFolder:
    """One run on disk."""

    def __init__(self, path: str | Path, attempt: attempt.Attempt | None = None) -> None:
        """With `attempt`, every write raises Superseded once a later attempt at the run has begun."""
        self.path, self._attempt = Path(path), attempt
        self.events_file = self.path / "events.jsonl"
        self._card_file, self._corpus_file = self.path / "card.json", self.path / "corpus.txt"
        self._traces_file = self.path / "traces.json"
        self.best_weights, self.last_weights = self.path / "best.weights.h5", self.path / "last.weights.h5"
        self.epochs = Epochs(self.path / "epochs")

    def create(self, card: Card, corpus: AnyCorpus) -> None:
        """Begin a run. Raises CheckpointExists if the folder already has a run or other files in it."""
        if self.has_card:
            raise CheckpointExists(
                N_("There is a model in {path} already."),
                N_("Expected a new place for a new run."),
                N_("Choose another --out, go on with this one (--resume), or delete the folder."),
                path=self.path,
            )
        # If an earlier start was killed before it wrote its card, only these files are left. They may be replaced.
        begun = {"corpus.txt", "_corpus.txt", "traces.json", "_traces.json", "_card.json"}
        self.refuse_used(but_for=begun | attempt.FILES)
        with writing(self.path):
            self.path.mkdir(parents=True, exist_ok=True)
        traces = Traces.of(corpus.sample).to_json() + "\n"
        with self._mine():
            replace_file(self._corpus_file, lambda beside: _write_pieces(beside, corpus.pieces()))
            replace_file(self._traces_file, lambda beside: beside.write_text(traces, "utf-8"))
        self.write_card(card)

    def create_whole(self, card: Card, events: Sequence[Event], save: Callable[[str], None]) -> None:
        """Make the folder of a model that is already trained: card, events, and the best weights, which `save` writes.

        Nothing is written if a part fails. Raises CheckpointExists and CannotWrite.
        """
        self.refuse_used()
        there = self.path.exists()  # an empty folder is filled, not replaced: it may be the current one (`--out .`)
        with writing(self.path):
            place = self.path if there else self.path.parent
            place.mkdir(parents=True, exist_ok=True)
            with tempfile.TemporaryDirectory(dir=place, prefix="_") as beside:
                whole = RunFolder(Path(beside) / "whole")
                whole.write_card(card)
                whole.write_events(events)
                whole.save_weights(whole.best_weights, save)
                if there:
                    for file in (whole.best_weights, whole.events_file, whole._card_file):
                        os.replace(file, self.path / file.name)
                else:
                    whole.path.rename(self.path)

    def refuse_used(self, but_for: Set[str] = frozenset()) -> None:
        """Raise CheckpointExists if there is a file, or a folder with other names than `but_for`."""
        if self.path.exists() and (not self.path.is_dir() or {p.name for p in self.path.iterdir()} - but_for):
            raise CheckpointExists(
                N_("{path} contains other files."),
                N_("Expected an empty or a new folder."),
                N_("Choose another --out."),
                path=self.path,
            )

    @property
    def has_card(self) -> bool:
        """Is there a model here, even a damaged one?"""
        return self._card_file.exists()

    def read_card(self) -> Card:
        """The card. Raises CheckpointNotFound or CheckpointDamaged."""
        if not self.path.is_dir():
            raise CheckpointNotFound(
                N_("There is no model at {path}."),
                N_("Expected the folder of a training run."),
                N_("Check the path, or train one."),
                path=self.path,
            )
        if not self.has_card:
            raise CheckpointDamaged(
                N_("{path} is not a model, or is incomplete: it has no card.json."),
                N_("Expected the folder of a training run."),
                N_("Check the path, or train again."),
                path=self.path,
            )
        with _reading(self._card_file):
            return Card.from_json(self._card_file.read_bytes())

    def write_card(self, card: Card) -> None:
        """Replace the card."""
        with self._mine():
            replace_file(self._card_file, lambda beside: beside.write_text(card.to_json() + "\n", "utf-8"))

    @contextmanager
    def learning(self) -> Iterator[None]:
        """Lock the folder while one process trains in it. Raises CannotResume if another process already does.

        The worker of a later attempt goes on without the lock: whoever holds it has been replaced, and may be frozen.
        """
        lock = FileLock(self.path / "learning.lock", thread_local=False)  # the lock may be released in another thread
        with writing(self.path):
            try:
                lock.acquire(timeout=0)
            except Timeout as error:
                if self._attempt is None:
                    raise CannotResume(
                        N_("Another process is training in {path}."),
                        N_("Expected a folder in which no other process trains."),
                        N_("Wait until it is done, or stop it."),
                        path=self.path,
                    ) from error
        try:
            yield
        finally:
            lock.release()

    @property
    def has_corpus(self) -> bool:
        """Is the text of the run here?"""
        return self._corpus_file.exists()

    def read_corpus(self) -> Corpus | None:
        """The text of the run, or None if it was deleted. Raises CheckpointDamaged if it was changed."""
        if not self.has_corpus:
            return None
        card = self.read_card()
        with _reading(self._corpus_file):
            corpus = Corpus(card.corpus.name, self._corpus_file.read_bytes().decode("utf-8"), "utf-8")
        if corpus.sha256 != card.corpus.sha256:
            raise self._another_text(card)
        return corpus

    def open_corpus(self) -> AnyCorpus | None:
        """The text of the run to learn on from, like `read_corpus`; but a long one stays on the disk.

        Its ids are kept in a nameless file in this folder. Raises CheckpointDamaged, CorpusNotFound and CannotWrite.
        """
        if not is_long(self._corpus_file):
            return self.read_corpus()
        card = self.read_card()
        try:
            pieces = LongFile(self._corpus_file, card.corpus.name, "utf-8").pieces(lambda share: None)
            ids, sha256 = encode_pieces(pieces, card.vocabulary, self.path)
        except (NotText, UnknownCharacter) as error:
            raise self._another_text(card) from error
        if sha256 != card.corpus.sha256:
            raise self._another_text(card)
        return LongCorpus(card.corpus.name, card.vocabulary, ids, sha256, "utf-8")

    def _another_text(self, card: Card) -> CheckpointDamaged:
        return CheckpointDamaged(
            N_("{file} is not the text that this model learns."),
            N_("Expected {wanted} with its {count:,} characters, unchanged."),
            N_("Restore the file from a copy; what the model has learnt is untouched."),
            file=self._corpus_file,
            wanted=card.corpus.name,
            count=card.corpus.length,
        )

    def read_traces(self) -> Traces:
        """The traces of the text; empty if the model came without them. Raises CheckpointDamaged."""
        if not self._traces_file.exists():
            return Traces()
        with _reading(self._traces_file):
            return Traces.from_json(self._traces_file.read_text("utf-8"))

    def append(self, event: Event) -> None:
        """Add one event to events.jsonl."""
        with self._mine(), writing(self.events_file), self.events_file.open("a", encoding="utf-8") as file:
            file.write(event.to_json() + "\n")

    def sync_events(self) -> None:
        """Wait until all events are on the disk. Weights are saved only after this, never before their events."""
        if self.events_file.exists():
            with writing(self.events_file), self.events_file.open("rb+") as file:
                os.fsync(file.fileno())

    def events(self) -> list[Event]:
        """All events so far, including those in a card of format 1.

        Lines that are not events are left out, for example a last line that was cut off when the process was killed.
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
        with self._mine():
            replace_file(self.events_file, lambda beside: beside.write_text(lines, "utf-8"))

    def forget_after(self, step: int) -> list[Event]:
        """Delete the events after `step`, because a resumed run takes those steps again. Returns the other events."""
        kept = [e for e in self.events() if e.step <= step]
        self.write_events(kept)
        return kept

    def _events_in_card(self) -> list[Event]:
        try:
            return format_1.upgraded(self._card_file.read_bytes())[1]
        except (OSError, ValueError):  # damaged: `read_card` says so
            return []

    def save_weights(self, file: Path, save: Callable[[str], None]) -> None:
        """Replace a weights file by what `save` (a Keras model's save_weights) writes."""
        with self._mine():
            replace_file(file, lambda beside: save(str(beside)))

    def _mine(self) -> AbstractContextManager[None]:
        """Held during each write where several machines share the folder."""
        return self._attempt.writing() if self._attempt else nullcontext()


def _write_pieces(path: Path, pieces: Iterable[str]) -> None:
    with path.open("wb") as file:
        for piece in pieces:
            file.write(piece.encode())


def _complete_lines(path: Path) -> Iterator[Event]:
    for line in path.read_text("utf-8", errors="replace").split("\n")[:-1]:
        try:
            yield Event.from_json(line)
        except ValueError:
            continue  # an incomplete line from a power cut, with later lines after it


def replace_file(path: Path, write: Callable[[Path], object]) -> None:
    """Write a file under another name, wait until it is on the disk, then rename it. Raises CannotWrite."""
    beside = path.with_name(f"_{path.name}")  # with the same ending, because Keras refuses other endings
    with writing(path):
        path.parent.mkdir(exist_ok=True)
        try:
            write(beside)
            with beside.open("rb+") as file:
                os.fsync(file.fileno())
            os.replace(beside, path)
        finally:
            with suppress(OSError):
                beside.unlink()  # only after an error is it still there; half a file would take up space


@contextmanager
def writing(path: Path) -> Iterator[None]:
    """Turn an OSError into CannotWrite."""
    try:
        yield
    except OSError as error:
        raise CannotWrite(
            N_("{path} could not be written ({why})."),
            N_("Expected a disk with free space, and permission to write there."),
            N_("Make room or choose another place; what was saved before is untouched."),
            path=path,
            why=error.strerror or error,
        ) from error


@contextmanager
def _reading(path: Path) -> Iterator[None]:
    try:
        yield
    except (OSError, UnicodeDecodeError, RecursionError) as error:  # RecursionError: JSON that is nested too deeply
        raise CheckpointDamaged(
            N_("{path} cannot be read ({error})."),
            N_("Expected the file that charlm wrote."),
            N_("Restore it from a copy, or train again."),
            path=path,
            error=error,
        ) from error

"""A model as one file, to give away and to open on any other charlm.

    mine.charlm.zip
      README.md            the model card for the Hugging Face Hub; charlm itself never reads it
      card.json            what the model is
      events.jsonl         the loss of every epoch, and what the network wrote at its best one
      model.safetensors    the weights of its best epoch, as plain numbers

What travels is said in WHAT_TRAVELS. What stays: the text and its traces, the commands that were typed (they name
folders of this computer), the name of the run (on the page it is a key), and what the network wrote at other epochs:
later on that may be the text word for word.

A file may come from anybody. It is read member by member into memory, never unpacked; nothing of it is run, unpickled
or given to Keras to interpret; how long a thing may be is known before it is read.
"""

import io
import os
import struct
import zipfile
import zlib
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from reprlib import repr as short
from typing import BinaryIO

import numpy as np

from charlm.errors import CheckpointDamaged, CheckpointExists, CheckpointNotFound
from charlm.events import EpochFinished, Event, SampleWritten, of_kind
from charlm.export import hub_card
from charlm.network import weights
from charlm.storage import format_1
from charlm.storage.card import Card, writable
from charlm.storage.run_folder import RunFolder, replace_file
from charlm.storage.shipped import find_model

CARD, EVENTS, WEIGHTS, README = "card.json", "events.jsonl", "model.safetensors", "README.md"
SUFFIX = ".charlm.zip"
WHAT_TRAVELS = (
    "In it are the network at its best epoch, its alphabet and settings, the loss of every epoch, what it wrote then, "
    "and the name, length and fingerprint of the text. The text itself is not, but a network may know passages of it "
    "by heart."
)
LARGEST = 2**31  # bytes of weights: more than the largest network that can be set
LARGEST_CARD = 2**16  # bytes; the longest alphabet takes 16,000
LARGEST_EPOCH, LARGEST_SAMPLE = 400, 8_000  # bytes of a line in events.jsonl
RATIO = 4  # weights do not shrink to a quarter when they are packed: what does is no weights
LARGEST_DIRECTORY = 2**12  # bytes of the list of members at the end of a zip
# How a zip ends: signature, length of the directory, length of a comment; in a giant, a locator stands before it.
END, LOCATOR = struct.Struct("<4s8xL4xH"), 20


def export_model(folder: str | Path, file: str | Path) -> Path:
    """Write a model as one new file, which gives the model its name; returns its path.

    `folder` is a run folder, or the name of a model that comes with charlm. Raises CheckpointNotFound,
    CheckpointDamaged, CheckpointExists (where there is such a file) and CannotWrite.
    """
    path = Path(file)
    if path.exists():
        raise CheckpointExists(f"There is a file at {path} already.", "Expected a new one.", "Choose another name.")
    run = RunFolder(find_model(folder))
    card, events = run.read_card(), run.events()
    from charlm.generation.language_model import load  # TensorFlow comes up here

    write(path, card, events, load(folder, columns=0).network.get_weights())
    return path


def import_model(file: str | Path, folder: str | Path, largest: int = LARGEST) -> Card:
    """Make a run folder, new or empty before, of a model file, and return its card. The folder names the model.

    It writes like any other; learning on is not for it, since it brings neither its text nor the optimizer. Raises
    as `read` does, CheckpointExists and CannotWrite; a folder that was refused is as it was.
    """
    run = RunFolder(folder)
    run.refuse_used()
    card, events, arrays = read(file, largest)
    card, events = what_travels(card, events, run.path.resolve().name)
    from charlm.network.model import CharacterModel  # TensorFlow comes up here, after everything is checked

    network = CharacterModel(len(card.vocabulary), card.model)
    network.set_weights(list(arrays.values()))
    run.create_whole(card, events, network.save_weights)
    return card


def read(file: str | Path, largest: int = LARGEST) -> tuple[Card, list[Event], dict[str, np.ndarray]]:
    """The card, the events and the weights (float32, by name) of a model file, whoever made it. Needs no TensorFlow.

    `largest` is how many bytes the weights may take. Raises CheckpointNotFound, and CheckpointDamaged for anything
    that is not such a file, with reason.
    """
    path = Path(file)
    if not path.is_file():
        raise CheckpointNotFound(
            f"There is no file at {path}.",
            f"Expected a model that was exported, such as mine{SUFFIX}.",
            "Check the path and its spelling.",
        )
    try:
        with path.open("rb") as raw:
            _refuse_long_directory(raw)
            with zipfile.ZipFile(raw) as packed:
                _refuse_other_members(packed)
                card, old_events = _read_card(packed)
                events = _read_events(packed, card) or old_events
                expected = _shapes(card)
                promised, needed = packed.getinfo(WEIGHTS).file_size, weights.size(expected)
                _refuse_other_length(promised, needed, path.stat().st_size, largest)
                return card, events, weights.from_bytes(_member(packed, WEIGHTS, promised), expected)
    except (zipfile.BadZipFile, zlib.error, struct.error, OSError, EOFError, RuntimeError, ValueError) as error:
        reason = error if type(error) is ValueError else "it is damaged"
        raise CheckpointDamaged(
            f"{path.name} is no model that can be opened here ({reason}).",
            "Expected the one file that charlm made of a model, unchanged.",
            "Fetch it anew, or ask whoever made it to export it once more.",
        ) from error


def write(path: Path, card: Card, events: Sequence[Event], arrays: Sequence[np.ndarray]) -> None:
    """A card, its events and the weights that belong to it, in the order of `weights.shapes`, as one file.

    Raises CannotWrite.
    """
    card, events = what_travels(card, events, path.name.removesuffix(".zip").removesuffix(".charlm"))
    members: dict[str, str | bytes] = {
        README: hub_card.markdown(card, events, writable(path.name)),
        CARD: card.to_json() + "\n",
        EVENTS: "".join(event.to_json() + "\n" for event in events),
        WEIGHTS: weights.to_bytes(arrays, _shapes(card)),
    }

    def pack(beside: Path) -> None:
        with zipfile.ZipFile(beside, "w") as packed:
            for name, content in members.items():
                # Weights are as good as random: packing them would take time and save nothing.
                packed.writestr(name, content, zipfile.ZIP_STORED if name == WEIGHTS else zipfile.ZIP_DEFLATED)
        read(beside)  # what is given away can be opened

    replace_file(path, pack)


def what_travels(card: Card, events: Sequence[Event], name: str) -> tuple[Card, list[Event]]:
    """The card and the events as others get them: another name, no commands, the whole epochs and the best one.

    Of the samples only the one that this network wrote.
    """
    best = card.best.step if card.best else -1
    epochs = {e.epoch: e for e in of_kind(EpochFinished, events) if e.epoch.is_integer() or e.step == best}
    samples = [s for s in of_kind(SampleWritten, events) if s.step == best]
    travel = sorted((*epochs.values(), *samples[:1]), key=lambda event: event.step)
    return replace(card, name=name, commands=()), travel


def _read_card(packed: zipfile.ZipFile) -> tuple[Card, list[Event]]:
    """The card, and the events in it if it is of the first format."""
    text = _member(packed, CARD, format_1.LARGEST_CARD)
    if format_1.is_one(text):
        return Card.from_json(text), format_1.upgraded(text)[1]
    if len(text) > LARGEST_CARD:
        raise ValueError(f"{CARD} has more than {LARGEST_CARD:,} bytes")
    return Card.from_json(text), []


def _read_events(packed: zipfile.ZipFile, card: Card) -> list[Event]:
    """The events of a file; none in one of the first format. There are no more epochs than the card's, and the best."""
    if EVENTS not in packed.namelist():
        return []
    content = _member(packed, EVENTS, LARGEST_EPOCH * (card.training.epochs + 1) + LARGEST_SAMPLE)
    events: list[Event] = []
    for line in io.BytesIO(content):
        event = Event.from_json(line.decode())
        if not isinstance(event, (EpochFinished, SampleWritten)) or len(events) > card.training.epochs + 1:
            raise ValueError(f"{EVENTS} tells of other things than the epochs and a sample")
        events.append(event)
    return events


def _shapes(card: Card) -> dict[str, weights.Shape]:
    return weights.shapes(len(card.vocabulary), card.model)


def _refuse_long_directory(raw: BinaryIO) -> None:
    """ZipFile reads the whole list of members, be it a gigabyte; the last bytes of a zip say how long it is."""
    length = raw.seek(0, os.SEEK_END)
    raw.seek(max(0, length - END.size - LOCATOR))
    last = raw.read()
    signature, directory, comment = END.unpack(last[-END.size :].rjust(END.size))
    if signature != b"PK\5\6" or comment:
        raise ValueError("it is no zip, or was cut short")
    if directory > LARGEST_DIRECTORY or last.startswith(b"PK\6\7"):
        raise ValueError("it holds too many files")


def _refuse_other_members(packed: zipfile.ZipFile) -> None:
    members = packed.infolist()
    names = [m.filename for m in members]
    if len(set(names)) < len(names) or not {CARD, WEIGHTS} <= set(names) <= {CARD, EVENTS, WEIGHTS, README}:
        raise ValueError(f"it holds {short(names)} instead of {CARD} and {WEIGHTS}")
    if any(m.flag_bits & 1 or m.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED) for m in members):
        raise ValueError("it is encrypted, or packed in a way that is not read here")


def _refuse_other_length(promised: int, needed: int, file_size: int, largest: int) -> None:
    """Weights that are not as long as the card's, or too long, are not even read. All in bytes."""
    if needed > largest:
        raise ValueError(f"its weights take {needed:,} bytes, and {largest:,} are allowed here")
    if not needed < promised <= needed + weights.LARGEST_START:
        raise ValueError(f"its weights take {promised:,} bytes, and those of its card {needed:,}")
    if promised > RATIO * file_size:
        raise ValueError(f"its {file_size:,} bytes would unpack to {promised:,}")


def _member(packed: zipfile.ZipFile, name: str, limit: int) -> bytes:
    with packed.open(name) as member:
        content = member.read(limit + 1)
    if len(content) > limit:
        raise ValueError(f"{name} has more than {limit:,} bytes")
    return content

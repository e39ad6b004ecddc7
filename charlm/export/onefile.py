"""Writes a model as one file, which every other charlm can open, and reads such files.

    mine.charlm.zip
      README.md            the model card for the Hugging Face Hub; charlm itself never reads it
      card.json            the facts about the model
      events.jsonl         the loss of every epoch, and what the network wrote at its best one
      model.safetensors    the weights of its best epoch, as plain numbers

WHAT_TRAVELS says what the file holds. These stay behind: the text and its traces, the commands that the user typed
(they name folders of this computer), the name of the run (on the page it is a key), and what the network wrote at
other epochs, because late samples may repeat the text word for word.

A file may come from anybody. charlm reads it member by member into memory and never unpacks it to the disk. It never
runs or unpickles anything in it, and gives nothing of it to Keras to interpret. It checks the length of each member
before it reads the member.
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
from charlm.languages import N_, Told
from charlm.network import weights
from charlm.storage import format_1
from charlm.storage.card import Card, writable
from charlm.storage.run_folder import RunFolder, replace_file
from charlm.storage.shipped import find_model

CARD, EVENTS, WEIGHTS, README = "card.json", "events.jsonl", "model.safetensors", "README.md"
SUFFIX = ".charlm.zip"
WHAT_TRAVELS = N_(
    "The file holds the network of the best epoch, its alphabet and settings, the loss of every epoch, what the "
    "network wrote at the best epoch, and the name, length and fingerprint of the text. It does not hold the text "
    "itself, but a network may know passages of its text by heart."
)
LARGEST = 2**31  # bytes of weights: more than the largest network that the settings allow
LARGEST_CARD = 2**16  # bytes; the longest alphabet takes 16,000
LARGEST_EPOCH, LARGEST_SAMPLE = 400, 8_000  # bytes of a line in events.jsonl
RATIO = 4  # real weights never shrink to a quarter of their size when they are packed
LARGEST_DIRECTORY = 2**12  # bytes of the list of members at the end of a zip
# The end of a zip: signature, length of the directory, length of a comment. A zip64 file has a locator before it.
END, LOCATOR = struct.Struct("<4s8xL4xH"), 20


def export_model(folder: str | Path, file: str | Path) -> Path:
    """Write a model as one new file and return its path. The exported model gets the name of the file.

    `folder` is a run folder, or the name of a model that comes with charlm. Raises CheckpointNotFound,
    CheckpointDamaged, CheckpointExists (if the file exists already) and CannotWrite.
    """
    path = Path(file)
    if path.exists():
        raise CheckpointExists(
            N_("There is a file at {path} already."),
            N_("Expected the name of a new file."),
            N_("Choose another name."),
            path=path,
        )
    run = RunFolder(find_model(folder))
    card, events = run.read_card(), run.events()
    from charlm.generation.language_model import load  # imported late, because TensorFlow takes seconds to start

    write(path, card, events, load(folder, columns=0).network.get_weights())
    return path


def import_model(file: str | Path, folder: str | Path, largest: int = LARGEST) -> Card:
    """Make a run folder of a model file and return its card. The model gets the name of the folder.

    `folder` must be new or empty. An imported model can write, but it cannot go on learning, because the file holds
    neither the text nor the state of the optimizer. Raises what `read` raises, CheckpointExists and CannotWrite. If the
    function refuses the file or the folder, the folder stays unchanged.
    """
    run = RunFolder(folder)
    run.refuse_used()
    card, events, arrays = read(file, largest)
    card, events = what_travels(card, events, run.path.resolve().name)
    from charlm.network.model import CharacterModel  # imported late: TensorFlow starts only for a file that is sound

    network = CharacterModel(len(card.vocabulary), card.model)
    network.set_weights(list(arrays.values()))
    run.create_whole(card, events, network.save_weights)
    return card


def read(file: str | Path, largest: int = LARGEST) -> tuple[Card, list[Event], dict[str, np.ndarray]]:
    """The card, the events and the weights (float32, by name) of a model file from anybody. Needs no TensorFlow.

    The weights may take `largest` bytes. Raises CheckpointNotFound, and CheckpointDamaged with the reason if the file
    is not a sound model file.
    """
    path = Path(file)
    if not path.is_file():
        raise CheckpointNotFound(
            N_("There is no file at {path}."),
            N_("Expected an exported model, such as mine{suffix}."),
            N_("Check the path and its spelling."),
            path=path,
            suffix=SUFFIX,
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
        reason = error.args[0] if type(error) is ValueError else N_("it is damaged")
        raise CheckpointDamaged(
            N_("charlm cannot open {name} as a model ({reason})."),
            N_("Expected a file that charlm exported, unchanged."),
            N_("Get the file again, or ask the person who made it to export the model again."),
            name=path.name,
            reason=reason,
        ) from error


def write(path: Path, card: Card, events: Sequence[Event], arrays: Sequence[np.ndarray]) -> None:
    """Write a card, its events and its weights as one file. `arrays` has the order of `weights.shapes`.

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
                # Weights look like random numbers: packing them would take time and save no room.
                packed.writestr(name, content, zipfile.ZIP_STORED if name == WEIGHTS else zipfile.ZIP_DEFLATED)
        read(beside)  # make sure that others can open the file

    replace_file(path, pack)


def what_travels(card: Card, events: Sequence[Event], name: str) -> tuple[Card, list[Event]]:
    """The card and the events as others get them.

    The card has the name `name` and no commands. The events are the whole epochs, the best epoch, and the sample that
    the network wrote at the best epoch.
    """
    best = card.best.step if card.best else -1
    epochs = {e.epoch: e for e in of_kind(EpochFinished, events) if e.epoch.is_integer() or e.step == best}
    samples = [s for s in of_kind(SampleWritten, events) if s.step == best]
    travel = sorted((*epochs.values(), *samples[:1]), key=lambda event: event.step)
    return replace(card, name=name, commands=()), travel


def _read_card(packed: zipfile.ZipFile) -> tuple[Card, list[Event]]:
    """The card, and the events that it holds if it is of the first format."""
    text = _member(packed, CARD, format_1.LARGEST_CARD)
    if format_1.is_one(text):
        return Card.from_json(text), format_1.upgraded(text)[1]
    if len(text) > LARGEST_CARD:
        raise ValueError(Told(N_("{name} has more than {most:,} bytes"), name=CARD, most=LARGEST_CARD))
    return Card.from_json(text), []


def _read_events(packed: zipfile.ZipFile, card: Card) -> list[Event]:
    """The events of a file. A file of the first format has none. Raises ValueError for more epochs than the card has.

    The best epoch may be one more, because it may end in the middle of an epoch.
    """
    if EVENTS not in packed.namelist():
        return []
    content = _member(packed, EVENTS, LARGEST_EPOCH * (card.training.epochs + 1) + LARGEST_SAMPLE)
    events: list[Event] = []
    for line in io.BytesIO(content):
        event = Event.from_json(line.decode())
        if not isinstance(event, (EpochFinished, SampleWritten)) or len(events) > card.training.epochs + 1:
            raise ValueError(Told(N_("{name} holds more than the epochs and one sample"), name=EVENTS))
        events.append(event)
    return events


def _shapes(card: Card) -> dict[str, weights.Shape]:
    return weights.shapes(len(card.vocabulary), card.model)


def _refuse_long_directory(raw: BinaryIO) -> None:
    """Refuse a zip whose list of members is long: ZipFile would read all of it, even a gigabyte.

    The last bytes of a zip say how long the list is.
    """
    length = raw.seek(0, os.SEEK_END)
    raw.seek(max(0, length - END.size - LOCATOR))
    last = raw.read()
    signature, directory, comment = END.unpack(last[-END.size :].rjust(END.size))
    if signature != b"PK\5\6" or comment:
        raise ValueError(N_("it is not a zip file, or its end is missing"))
    if directory > LARGEST_DIRECTORY or last.startswith(b"PK\6\7"):
        raise ValueError(N_("it holds too many files"))


def _refuse_other_members(packed: zipfile.ZipFile) -> None:
    members = packed.infolist()
    names = [m.filename for m in members]
    if len(set(names)) < len(names) or not {CARD, WEIGHTS} <= set(names) <= {CARD, EVENTS, WEIGHTS, README}:
        raise ValueError(
            Told(N_("it holds {names} instead of {card} and {weights}"), names=short(names), card=CARD, weights=WEIGHTS)
        )
    if any(m.flag_bits & 1 or m.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED) for m in members):
        raise ValueError(N_("it is encrypted, or packed in a way that charlm does not read"))


def _refuse_other_length(promised: int, needed: int, file_size: int, largest: int) -> None:
    """Refuse weights of the wrong length, or too long, before they are read. All numbers are bytes.

    `promised` is the length that the zip names, `needed` the length that follows from the card.
    """
    if needed > largest:
        raise ValueError(
            Told(N_("its weights take {needed:,} bytes, and {most:,} are allowed here"), needed=needed, most=largest)
        )
    if not needed < promised <= needed + weights.LARGEST_START:
        raise ValueError(
            Told(
                N_("its weights take {promised:,} bytes, but the network on its card needs {needed:,}"),
                promised=promised,
                needed=needed,
            )
        )
    if promised > RATIO * file_size:
        told = N_("its {size:,} bytes would unpack to {promised:,}")
        raise ValueError(Told(told, size=file_size, promised=promised))


def _member(packed: zipfile.ZipFile, name: str, limit: int) -> bytes:
    with packed.open(name) as member:
        content = member.read(limit + 1)
    if len(content) > limit:
        raise ValueError(Told(N_("{name} has more than {most:,} bytes"), name=name, most=limit))
    return content

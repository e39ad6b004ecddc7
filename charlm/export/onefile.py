"""A model as one file, to give away and to open on any other charlm.

    mine.charlm.zip
      README.md            the model card for the Hugging Face Hub; charlm itself never reads it
      card.json            what the model is
      model.safetensors    the weights of its best epoch, as plain numbers

What travels is said in WHAT_TRAVELS. What stays: the text and its traces, the commands that were typed (they name
folders of this computer), the name of the run (on the page it is a key), and what the network wrote at other epochs:
later on that may be the text word for word.

A file may come from anybody. It is read member by member into memory, never unpacked; nothing of it is run, unpickled
or given to Keras to interpret; how long a thing may be is known before it is read.
"""

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
from charlm.export import hub_card
from charlm.network import weights
from charlm.storage.card import Card
from charlm.storage.run_folder import RunFolder, replace_file
from charlm.storage.shipped import find_model

CARD, WEIGHTS, README = "card.json", "model.safetensors", "README.md"
SUFFIX = ".charlm.zip"
WHAT_TRAVELS = (
    "In it are the network at its best epoch, its alphabet and settings, the loss of every epoch, what it wrote then, "
    "and the name, length and fingerprint of the text. The text itself is not, but a network may know passages of it "
    "by heart."
)
LARGEST = 2**31  # bytes of weights: more than the largest network that can be set
LARGEST_CARD = 2**20  # bytes; an epoch takes some two hundred
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
    card = RunFolder(find_model(folder)).read_card()
    from charlm.generation.language_model import load  # TensorFlow comes up here

    write(path, card, load(folder, columns=0).network.get_weights())
    return path


def import_model(file: str | Path, folder: str | Path, largest: int = LARGEST) -> Card:
    """Make a run folder, new or empty before, of a model file, and return its card. The folder names the model.

    It writes like any other; learning on is not for it, since it brings neither its text nor the optimizer. Raises
    as `read` does, CheckpointExists and CannotWrite; a folder that was refused is as it was.
    """
    run = RunFolder(folder)
    run.refuse_used()
    card, arrays = read(file, largest)
    card = what_travels(card, run.path.resolve().name)
    from charlm.network.model import CharacterModel  # TensorFlow comes up here, after everything is checked

    network = CharacterModel(len(card.vocabulary), card.settings.model)
    network.set_weights(list(arrays.values()))
    run.create_whole(card, network.save_weights)
    return card


def read(file: str | Path, largest: int = LARGEST) -> tuple[Card, dict[str, np.ndarray]]:
    """The card and the weights (float32, by their names) of a model file, whoever made it. Needs no TensorFlow.

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
                card = Card.from_json(_member(packed, CARD, LARGEST_CARD))
                expected = _shapes(card)
                promised, needed = packed.getinfo(WEIGHTS).file_size, weights.size(expected)
                _refuse_other_length(promised, needed, path.stat().st_size, largest)
                return card, weights.from_bytes(_member(packed, WEIGHTS, promised), expected)
    except (zipfile.BadZipFile, zlib.error, struct.error, OSError, EOFError, RuntimeError, ValueError) as error:
        reason = error if type(error) is ValueError else "it is damaged"
        raise CheckpointDamaged(
            f"{path.name} is no model that can be opened here ({reason}).",
            "Expected the one file that charlm made of a model, unchanged.",
            "Fetch it anew, or ask whoever made it to export it once more.",
        ) from error


def write(path: Path, card: Card, arrays: Sequence[np.ndarray]) -> None:
    """A card and the weights that belong to it, in the order of `weights.shapes`, as one file. Raises CannotWrite."""
    card = what_travels(card, path.name.removesuffix(".zip").removesuffix(".charlm"))
    members: dict[str, str | bytes] = {
        README: hub_card.markdown(card, path.name),
        CARD: card.to_json() + "\n",
        WEIGHTS: weights.to_bytes(arrays, _shapes(card)),
    }

    def pack(beside: Path) -> None:
        with zipfile.ZipFile(beside, "w") as packed:
            for name, content in members.items():
                # Weights are as good as random: packing them would take time and save nothing.
                packed.writestr(name, content, zipfile.ZIP_STORED if name == WEIGHTS else zipfile.ZIP_DEFLATED)
        read(beside)  # what is given away can be opened

    replace_file(path, pack)


def what_travels(card: Card, name: str) -> Card:
    """The card as others get it: another name, no commands, and of the samples the one that this network wrote."""
    samples = tuple(s for s in card.samples if card.best and s.step == card.best.step)
    return replace(card, name=name, commands=(), samples=samples)


def _shapes(card: Card) -> dict[str, weights.Shape]:
    return weights.shapes(len(card.vocabulary), card.settings.model)


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
    if len(set(names)) < len(names) or not {CARD, WEIGHTS} <= set(names) <= {CARD, WEIGHTS, README}:
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

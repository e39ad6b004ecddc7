"""A model as one file: it comes back as it was given, and whatever else a file may hold is refused in a sentence."""

import io
import json
import math
import struct
import tracemalloc
import warnings
import zipfile
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from charlm.errors import CharlmError, CheckpointDamaged, CheckpointNotFound
from charlm.events import EpochFinished, RunFinished, SampleWritten
from charlm.export import hub_card, onefile
from charlm.languages import speaking
from charlm.network import weights
from charlm.settings import ModelSettings, TrainingSettings
from charlm.storage import shipped
from charlm.storage.card import FORMAT_VERSION, Card, CorpusFacts
from charlm.storage.run_folder import RunFolder
from charlm.text.built_in import LANGUAGES
from charlm.text.corpus import read_corpus
from charlm.text.vocabulary import Vocabulary

MOST_MEMORY = 100 * 2**20
LARGER = 2**27  # bytes, more than that

MODEL = ModelSettings(cell="gru", rnn_units=3, embedding_dim=2, layers=2)
SHAPES = weights.shapes(4, MODEL)
EPOCHS = (
    EpochFinished(10, 1.0, loss=2.0, accuracy=0.3, val_loss=math.log(2), val_accuracy=0.3, seconds=5.0, best=True),
    EpochFinished(20, 2.0, loss=0.1, accuracy=0.9, val_loss=2.1, val_accuracy=0.3, seconds=9.0, best=False),
)
SAMPLES = (SampleWritten(0, 0.0, "ñ"), SampleWritten(10, 1.0, "ab\n\nñ"), SampleWritten(20, 2.0, "dear anna"))
EVENTS = (*SAMPLES, *EPOCHS, RunFinished(20, "finished", 2.0, 1.0, math.log(2), 9.0))
CARD = Card(
    name="diary-0123456789abcdef",
    corpus=CorpusFacts("my | diary`.txt", 120, "0" * 64),
    model=MODEL,
    training=TrainingSettings(),
    vocabulary=Vocabulary("\nabñ"),
    uniform_loss=1.386,
    frequency_loss=1.2,
    parameters=weights.size(SHAPES) // 4,
    versions={"python": "3.12"},
    commands=("python -m charlm train /home/anna/diary.txt --out checkpoints/diary",),
    best=EPOCHS[0],
)
ARRAYS = [np.random.default_rng(1).normal(size=shape).astype(np.float32) for shape in SHAPES.values()]


@pytest.fixture
def file(tmp_path):
    onefile.write(tmp_path / "notes.charlm.zip", CARD, EVENTS, ARRAYS)
    return tmp_path / "notes.charlm.zip"


@pytest.fixture(scope="module")
def content(tmp_path_factory):
    path = tmp_path_factory.mktemp("whole") / "notes.charlm.zip"
    onefile.write(path, CARD, EVENTS, ARRAYS)
    return path.read_bytes()


@pytest.fixture(scope="module")
def place(tmp_path_factory):
    return tmp_path_factory.mktemp("hostile") / "theirs.zip"


def members(**changed):
    """What a whole file holds, with other content for some of it: a dict of names and bytes."""
    whole = {"card": CARD.to_json(), "model": weights.to_bytes(ARRAYS, SHAPES)} | changed
    return {"card.json": whole["card"], "model.safetensors": whole["model"]}


def packed(content, method=zipfile.ZIP_DEFLATED, change=lambda file: None):
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", method, compresslevel=1) as zipped, warnings.catch_warnings():
        warnings.simplefilter("ignore")  # that a name comes twice
        for name, value in content.items() if isinstance(content, dict) else content:
            zipped.writestr(name, value)
        change(zipped)
    return file.getvalue()


def card(**changed):
    return json.dumps(json.loads(CARD.to_json()) | changed)


def old_card(**changed):
    """A card of the first format, which had the history in it."""
    today = json.loads(CARD.to_json())
    return json.dumps({k: v for k, v in today.items() if k != "best"} | {"format_version": 1} | changed)


def lines(*events):
    return "".join(e.to_json() + "\n" for e in events)


def model(**changed):
    return json.loads(CARD.to_json())["model"] | changed


def tensors(change):
    """The bytes of the weights after `change` has had its way with the arrays."""
    arrays = dict(zip(SHAPES, (a.copy() for a in ARRAYS), strict=True))
    change(arrays)
    return weights.save(arrays)


def headed(header, length=None):
    """The bytes of the weights under another header."""
    header = header if isinstance(header, bytes) else json.dumps(header).encode()
    return struct.pack("<Q", len(header) if length is None else length) + header + bytes(weights.size(SHAPES))


def set_first(array, value):
    array.flat[0] = value


def test_what_is_written_is_read(file):
    card, events, arrays = onefile.read(file)
    assert card == replace(CARD, name="notes", commands=())
    assert events == [SAMPLES[1], *EPOCHS] or events == [EPOCHS[0], SAMPLES[1], EPOCHS[1]]
    assert list(arrays) == list(SHAPES)
    assert all((a == b).all() for a, b in zip(arrays.values(), ARRAYS, strict=True))


def test_what_was_packed_anew_by_hand_is_read_too(place):
    place.write_bytes(packed(members()))
    assert onefile.read(place)[0] == CARD


def test_what_stays_at_home_is_nowhere_in_it(file):
    with zipfile.ZipFile(file) as zipped:
        assert zipped.namelist() == ["README.md", "card.json", "events.jsonl", "model.safetensors"]
        inside = b"".join(zipped.read(name) for name in zipped.namelist())
    for private in (b"anna", b"0123456789abcdef"):
        assert private not in inside
    for public in (b"diary", b"notes", b"0" * 64, "ab\\n\\nñ".encode()):
        assert public in inside


def test_the_hub_is_told_what_matters(file):
    with zipfile.ZipFile(file) as zipped:
        told = zipped.read("README.md").decode()
    assert told.startswith("---\nlibrary_name: charlm\n")
    for fact in ("# license: yours to choose", "0.693 nats = 1.000 bits", "| alphabet | 4 characters |", "rnn_units 3"):
        assert fact in told
    assert "| text | `my / diary'.txt`, 120 characters" in told
    assert "\n# language: the language of the text" in told
    assert "python -m charlm import notes.charlm.zip --out checkpoints/notes" in told
    assert "After epoch 1 it wrote:\n\n    ab\n\n    ñ\n" in told


def test_the_hub_is_told_the_language_of_a_text_that_is_known():
    known = replace(CARD, corpus=CorpusFacts("molino", 120, read_corpus("molino").sha256))
    assert "\nlanguage: es\n---\n" in hub_card.markdown(known, EVENTS, "mine.charlm.zip")
    for name in shipped.NAMES:
        assert RunFolder(shipped.find_model(name)).read_card().corpus.sha256 in LANGUAGES


def test_the_readme_speaks_the_language_of_who_exports_the_model(tmp_path):
    with speaking("es"):
        onefile.write(tmp_path / "notes.charlm.zip", CARD, EVENTS, ARRAYS)
    with zipfile.ZipFile(tmp_path / "notes.charlm.zip") as zipped:
        told = zipped.read("README.md").decode()
    assert told.startswith("---\nlibrary_name: charlm\npipeline_tag: text-generation\n")
    for fact in ("0,693 nats = 1,000 bits", "| alfabeto | 4 caracteres |", "rnn_units 3"):
        assert fact in told
    english = [getattr(hub_card, name) for name in ("ABOUT", "LICENSE", "LANGUAGE", "FILES", "BY_HEART", "USE")]
    assert not [sentence for sentence in english if sentence[:30] in told]


def test_a_model_without_a_scored_epoch_travels_too(tmp_path):
    onefile.write(tmp_path / "new.zip", replace(CARD, best=None), SAMPLES[:1], ARRAYS)
    assert onefile.read(tmp_path / "new.zip")[1] == []


def test_the_longest_run_travels_whole_and_is_bounded_by_its_own_settings(tmp_path, content):
    epochs = [replace(EPOCHS[1], step=n, epoch=float(n)) for n in range(1, 10_001)]
    long = replace(CARD, training=TrainingSettings(epochs=10_000))
    onefile.write(tmp_path / "long.zip", long, epochs, ARRAYS)
    assert onefile.read(tmp_path / "long.zip")[1] == epochs
    assert len(long.to_json()) < 20_000


def test_no_file_is_told_apart(tmp_path):
    for path in (tmp_path / "nothing.zip", tmp_path):
        with pytest.raises(CheckpointNotFound):
            onefile.read(path)


def test_the_largest_network_that_can_be_set_is_not_too_large():
    assert weights.size(weights.shapes(4_000, ModelSettings("lstm", 4096, 2048, 3))) < onefile.LARGEST


@pytest.mark.parametrize("layers", [1, 3])
@pytest.mark.parametrize("cell", ["lstm", "gru", "rnn"])
def test_a_host_may_allow_less(cell, layers, tmp_path):
    settings = ModelSettings(cell, 5, 3, layers)
    shapes = weights.shapes(4, settings)
    other = replace(CARD, model=settings)
    onefile.write(tmp_path / "a.zip", other, EVENTS, [np.ones(shape, np.float32) for shape in shapes.values()])
    assert onefile.read(tmp_path / "a.zip", largest=weights.size(shapes))[0].model == settings
    with pytest.raises(CheckpointDamaged, match="bytes, and 99 are allowed here"):
        onefile.read(tmp_path / "a.zip", largest=99)


NO_MODEL = {
    "nothing": (b"", "not a zip file"),
    "a text": (b"Once upon a time\n" * 99, "not a zip file"),
    "an empty zip": (packed({}), r"holds \[\] instead of"),
    "another zip": (packed({"thesis.txt": "years of work"}), "holds .*thesis"),
    "no weights": (packed({"card.json": card()}), "instead of card.json and model.safetensors"),
    "a pickle": (packed(members() | {"model.pkl": b"\x80\x04."}), "holds .*model.pkl"),
    "names that lead elsewhere": (packed({f"../{n}": c for n, c in members().items()}), r"holds \['\.\./card"),
    "a file for /etc": (packed(members() | {"/etc/cron.d/charlm": "* * * * *"}), "holds .*/etc/cron"),
    "a folder": (packed({f"mine/{n}": c for n, c in members().items()}), "holds .*mine/card"),
    "two cards": (packed([*members().items(), ("card.json", card(name="other"))]), "holds .*card.json.*card.json"),
    "a thousand files": (packed(members() | {f"{n}": b"" for n in range(1_000)}), "too many files"),
    "a comment": (packed(members(), change=lambda z: setattr(z, "comment", b"x" * 65_535)), "not a zip file"),
    "a zip of another kind": (packed(members(), zipfile.ZIP_BZIP2), "packed in a way"),
    "a password": (packed(members(), change=lambda z: setattr(z.filelist[0], "flag_bits", 1)), "encrypted"),
    "another checksum": (packed(members(), change=lambda z: setattr(z.filelist[1], "CRC", 1)), "it is damaged"),
    "a shorter card than promised": (
        packed(members(), change=lambda z: setattr(z.filelist[0], "file_size", 9)),
        "it is damaged",
    ),
}
BOMBS = {
    "a card that unpacks to 128 MB": (packed(members(card=b" " * LARGER)), "card.json has more than 1,048,576 bytes"),
    "weights that unpack to 128 MB": (packed(members(model=bytes(LARGER))), "take 134,217,728 bytes, but the network"),
    "weights of zeros, as many as the card says": (
        packed(members(card=card(model=model(rnn_units=500)), model=bytes(weights.size(weights.shapes(
            4, replace(MODEL, rnn_units=500))) + 9))),
        "would unpack to",
    ),
    "lists in lists": (packed(members(card="[" * 2**16)), "cannot be read"),
    "objects in objects": (packed(members(card='{"a":' * 2**13)), "cannot be read"),
    "a hundred thousand versions": (
        packed(members(card=card(versions={f"{n}": [] for n in range(60_000)}))),
        "card.json has more than 65,536 bytes",
    ),
    "two hundred thousand lists": (packed(members(card=old_card(history=[[]] * 200_000))), r"history\.0 is \[\]"),
    "an endless alphabet": (
        packed(members(card=json.dumps(json.loads(card()) | {"vocabulary": "".join(map(chr, range(20_000, 30_000)))}))),
        "at most 4,000 distinct",
    ),
    "an endless number": (packed(members(card=card(parameters=7).replace(": 7", ": 1" + "0" * 2**15))), "cannot be"),
    "a header of 16 exabytes": (packed(members(model=headed(b"{}", 2**64 - 1))), "not as long as"),
    "a header of a million names": (
        packed(members(model=headed({f"{n}": n for n in range(2**20)}))),
        "but the network on its card needs",
    ),
    "a header of lists in lists": (
        packed(members(model=headed(b"[" * 16_000)), zipfile.ZIP_STORED),
        "weights cannot be read",
    ),
}  # fmt: skip
CARDS = {
    "a newer format": (card(format_version=FORMAT_VERSION + 1), "a newer charlm made it"),
    "no JSON": ("Dear reader", "invalid JSON"),
    "no text": (b"\xff\xfe\xfd", "cannot be read"),
    "half a character": (card(corpus={"name": "\ud800", "length": 1, "sha256": ""}), "hex escape"),
    "a billion units": (card(model=model(rnn_units=10**9)), "rnn_units is 1000000000"),
    "4096 units and a few bytes": (card(model=model(rnn_units=4096, cell="lstm")), "on its card needs 805,634,096"),
    "a number of 400 digits": (card(model=model(rnn_units=10**400)), "rnn_units is 1000.*000. Expected a whole number"),
    "units in words": (card(model=model(rnn_units="many")), "rnn_units is 'many'. Expected a whole number"),
    "half a unit": (card(model=model(rnn_units=2.5)), "rnn_units is 2.5. Expected a whole number"),
    "a cell nobody knows": (card(model=model(cell="transformer")), "cell is 'transformer'"),
    "a setting nobody knows": (card(model=model(__class__="os.system")), "__class__ is 'os.system': unexpected"),
    "a loss that is none": (card(frequency_loss=math.nan), "frequency_loss is nan: input should be a finite number"),
    "an alphabet of numbers": (card(vocabulary=[1, 2, 3]), r"vocabulary is \[1, 2, 3\]"),
    "a character twice": (card(vocabulary="abca"), "distinct characters"),
    "another alphabet": (card(vocabulary="abcde"), "not as long as the card says"),
    "a history of words": (old_card(history=["it went well"]), r"history\.0 is 'it went well': input should be an"),
    "an epoch of lists": (old_card(history=[{"step": [1]}]), r"step is \[1\]: input should be a valid integer"),
    "versions of lists": (card(versions={"os": []}), r"versions\.os is \[\]: input should be a valid string"),
}
TOLD = {
    "no events": ("it went well\n", "invalid JSON"),
    "other events": (lines(EVENTS[-1]), "holds more than the epochs"),
    "more epochs than it has": (lines(*[EPOCHS[0]] * 13), "holds more than the epochs"),
    "a sample without end": (lines(SampleWritten(10, 1.0, "ab" * 10_000)), "events.jsonl has more than"),
    "128 MB of them": (b" " * LARGER, "events.jsonl has more than"),
}
WEIGHTS = {
    "numbers that are none": (tensors(lambda a: set_first(a["dense.bias"], math.nan)), "not finite"),
    "endless numbers": (tensors(lambda a: set_first(a["recurrent.0.kernel"], -math.inf)), "not finite"),
    "another shape": (
        tensors(lambda a: a.update({"dense.kernel": a["dense.kernel"].T.copy()})),
        "names, types or shap",
    ),
    "whole numbers": (
        tensors(lambda a: a.update({"dense.bias": a["dense.bias"].view("i4")})),
        "names, types or shapes",
    ),
    "another name": (tensors(lambda a: a.update(extra=a.pop("dense.bias"))), "other names, types or shapes"),
    "one array less": (tensors(lambda a: a.pop("dense.bias")), "not as long as the card says"),
    "one array more": (tensors(lambda a: a.update(extra=a["dense.bias"])), "not as long as"),
    "one empty array more": (tensors(lambda a: a.update(extra=np.zeros((0,), "f4"))), "other names, types or shapes"),
    "a type nobody knows": (
        headed({"a": {"dtype": "F8_E4M3", "shape": [1], "data_offsets": [0, 1]}}),
        "cannot be read",
    ),
    "a shape beyond counting": (
        headed({"a": {"dtype": "F32", "shape": [2**62, 2**62], "data_offsets": [0, 4]}}),
        "cannot be read",
    ),
    "a place outside": (headed({"a": {"dtype": "F32", "shape": [1], "data_offsets": [2**60, 2**60 + 4]}}), "cannot be"),
    "a header that is none": (headed(b"pickle me"), "cannot be read"),
}
HOSTILE = (
    NO_MODEL
    | BOMBS
    | {name: (packed(members(card=text)), told) for name, (text, told) in CARDS.items()}
    | {name: (packed(members() | {"events.jsonl": events}), told) for name, (events, told) in TOLD.items()}
    | {name: (packed(members(model=numbers)), told) for name, (numbers, told) in WEIGHTS.items()}
)


@pytest.mark.parametrize("name", HOSTILE)
def test_what_is_no_model_is_refused_in_a_sentence(name, place):
    content, told = HOSTILE[name]
    place.write_bytes(content)
    tracemalloc.start()
    with pytest.raises(CheckpointDamaged, match=told):
        onefile.read(place)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < MOST_MEMORY


def test_a_file_for_giants_is_refused(content, place):
    place.write_bytes(content[:-22] + b"PK\6\7" + bytes(16) + content[-22:])
    with pytest.raises(CheckpointDamaged, match="too many files"):
        onefile.read(place)


@pytest.mark.parametrize("part", range(20))
def test_a_file_cut_short_is_refused(content, place, part):
    place.write_bytes(content[: len(content) * part // 20])
    with pytest.raises(CheckpointDamaged, match="not a zip file, or its end is missing"):
        onefile.read(place)


@pytest.mark.fuzz
@given(st.binary(max_size=300), st.binary(max_size=60))
def test_any_bytes_are_a_kind_error(place, beginning, end):
    place.write_bytes(beginning + b"PK\5\6" + end)
    with pytest.raises(CharlmError):
        onefile.read(place)


@pytest.mark.fuzz
@given(st.data())
def test_a_file_that_was_meddled_with_is_a_kind_error_or_a_model(content, place, data):
    meddled = bytearray(content)
    for _ in range(data.draw(st.integers(1, 4))):
        # The directory at the end is where most depends on a byte.
        at = data.draw(st.integers(0, len(meddled) - 1) | st.integers(max(0, len(meddled) - 250), len(meddled) - 1))
        meddled[at : at + data.draw(st.integers(0, 4))] = data.draw(st.binary(max_size=4))
    place.write_bytes(meddled)
    try:
        card, _, arrays = onefile.read(place)
    except CharlmError:
        return
    assert {name: array.shape for name, array in arrays.items()} == SHAPES
    assert len(card.vocabulary) == 4

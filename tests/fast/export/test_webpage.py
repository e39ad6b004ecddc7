"""A model as a web page: everything of it is data, and only the page's own scripts may run."""

import base64
import gzip
import hashlib
import json
import re
from html.parser import HTMLParser

import numpy as np
import pytest

from charlm.errors import InvalidSetting
from charlm.export.webpage import PARTS, build_page
from charlm.network import weights
from charlm.settings import ModelSettings, TrainingSettings
from charlm.storage.card import Card, CorpusFacts
from charlm.text.vocabulary import Vocabulary

HOSTILE = "</script><script>alert(1)</script>{card}{page}<!--\u2028\"'&"
MODEL = ModelSettings(cell="gru", rnn_units=3, embedding_dim=2, layers=2)
ALPHABET = "\n\"&'<>abñ\u2028😀"
SHAPES = weights.shapes(len(ALPHABET), MODEL)
ARRAYS = [np.random.default_rng(1).normal(size=shape).astype(np.float32) for shape in SHAPES.values()]
CARD = Card(
    name="run-0123456789abcdef",
    corpus=CorpusFacts(HOSTILE, 120, "0" * 64),
    model=MODEL,
    training=TrainingSettings(),
    vocabulary=Vocabulary(ALPHABET),
    uniform_loss=2.3,
    frequency_loss=2.0,
    parameters=weights.size(SHAPES) // 4,
    versions={},
    commands=("python -m charlm train /home/anna/diary.txt",),
)


class Seen(HTMLParser):
    """What an HTML parser finds in a page: its scripts, its style, the policy and the headline."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.scripts: list[tuple[dict, str]] = []
        self.style = self.policy = self.headline = self._tag = ""
        self.feed(page)

    def handle_starttag(self, tag, attributes):
        self._tag, held = tag, dict(attributes)
        if tag == "script":
            self.scripts.append((held, ""))
        if held.get("http-equiv") == "Content-Security-Policy":
            self.policy = held["content"]

    def handle_endtag(self, tag):
        self._tag = ""

    def handle_data(self, data):
        if self._tag == "script":
            held, text = self.scripts[-1]
            self.scripts[-1] = (held, text + data)
        elif self._tag == "style":
            self.style += data
        elif self._tag == "h1":
            self.headline += data

    def held(self, name):
        (text,) = (text for held, text in self.scripts if held.get("id") == name)
        return text


@pytest.fixture(scope="module")
def seen():
    return Seen(build_page(CARD, ARRAYS, HOSTILE, val_loss=1.5))


def fingerprint(code):
    return f"'sha256-{base64.b64encode(hashlib.sha256(code.encode()).digest()).decode()}'"


def test_only_the_scripts_and_the_style_of_the_page_may_run(seen):
    running = [text for held, text in seen.scripts if "type" not in held]
    assert running == [(PARTS / name).read_text("utf-8") for name in ("network.js", "page.js")]
    allowed = re.findall(r"'sha256-[^']+'", seen.policy)
    assert allowed == [*map(fingerprint, running), fingerprint(seen.style)]
    assert seen.policy.startswith("default-src 'none'; ")
    assert "unsafe" not in seen.policy


def test_a_hostile_name_and_alphabet_stay_data(seen):
    assert len(seen.scripts) == 5
    assert seen.headline == HOSTILE
    card = json.loads(seen.held("card"))
    assert (card["name"], card["alphabet"]) == (HOSTILE, ALPHABET)
    assert ["text", HOSTILE] in card["facts"]


def test_what_names_folders_of_this_computer_stays_here(seen):
    assert "anna" not in str(seen.scripts)
    assert "0123456789abcdef" not in str(seen.scripts)


@pytest.mark.parametrize(("small", "kind"), [(False, "<f4"), (True, "<f2")])
def test_the_weights_come_out_as_they_went_in(small, kind):
    page = Seen(build_page(CARD, ARRAYS, "mine", small=small))
    planes = np.frombuffer(gzip.decompress(base64.b64decode(page.held("weights"))), np.uint8)
    size = np.dtype(kind).itemsize
    numbers = np.ascontiguousarray(planes.reshape(size, -1).T).view(kind).ravel()
    np.testing.assert_array_equal(numbers, np.concatenate([a.ravel() for a in ARRAYS]).astype(kind))
    card = json.loads(page.held("card"))
    assert card["bytes"] == size
    assert sum(count for _, count in card["weights"]) == len(numbers)


def test_a_weight_too_large_for_16_bits_is_refused():
    from charlm.export.webpage import _rounded

    with pytest.raises(InvalidSetting, match="too large for 16 bits"):
        _rounded(np.array([1.0, 1e6], np.float32))


def test_both_languages_say_the_same_things():
    words = json.loads((PARTS / "words.json").read_text("utf-8"))
    assert words["en"].keys() == words["es"].keys()
    for name, sentence in words["en"].items():
        assert re.findall(r"\{\w+\}", sentence) == re.findall(r"\{\w+\}", words["es"][name])
    used = {name for part in ("page.html", "page.js") for name in _said((PARTS / part).read_text("utf-8"))}
    card = json.loads(Seen(build_page(CARD, ARRAYS, "x", val_loss=1.0)).held("card"))
    facts = {name for name, _ in card["facts"]}
    assert used | facts | {"epochs", "opening", "tooOld"} == words["en"].keys()


def _said(part):
    return (
        re.findall(r'data-say="(\w+)"', part)
        + re.findall(r'say\("(\w+)"', part)
        + re.findall(r'(?:\? |: )"(done\w*)"', part)
    )

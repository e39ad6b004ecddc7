"""Writes a model as one web page: the network, its alphabet and a script that writes with it. Nothing is fetched.

The page is for people who have no charlm: it opens by a double click, from a web server, or from a course's files. With
the same seed it writes what charlm writes (see page/network.js). Everything of the model is data in it: its policy lets
only the two scripts and the one style run whose fingerprints it names, and forbids every request.
"""

import base64
import gzip
import hashlib
import html
import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from math import prod
from pathlib import Path

import numpy as np

from charlm.errors import CheckpointExists, CorpusNotFound, InvalidSetting
from charlm.languages import N_
from charlm.network import weights
from charlm.storage.card import Card, writable
from charlm.storage.run_folder import RunFolder, replace_file
from charlm.storage.shipped import find_model
from charlm.text.corpus import Corpus

SUFFIX = ".html"
PARTS = Path(__file__).with_name("page")  # what every page has in common


@dataclass(frozen=True)
class WrittenPage:
    """A page that was written."""

    path: Path
    bytes: int
    val_loss: float | None  # of the network in the page, nats per character; None where it was rounded and not scored


def export_page(
    folder: str | Path, file: str | Path, *, small: bool = False, corpus: Corpus | None = None, name: str | None = None
) -> WrittenPage:
    """Write a model as one new HTML file. The model gets the name of the file, or `name`.

    `folder` is a run folder, or the name of a model that comes with charlm. With `small` the weights are rounded to 16
    bits, and the rounded network is scored on the text it learnt from: that of the run folder, or `corpus`. Raises
    CheckpointNotFound, CheckpointDamaged, CheckpointExists (if the file exists already), CorpusNotFound if `corpus` is
    another text, and CannotWrite.
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
    card = run.read_card()
    from charlm.generation.language_model import evaluate, load  # imported late, because TensorFlow starts slowly

    model = load(folder, columns=0)
    val_loss = card.best.val_loss if card.best else None
    if small:
        model.network.set_weights([_rounded(array).astype(np.float32) for array in model.network.get_weights()])
        text = _own_text(run, card, corpus)
        val_loss = evaluate(model, text).val_loss if text else None
    page = build_page(card, model.network.get_weights(), name or writable(path.stem), small=small, val_loss=val_loss)
    replace_file(path, lambda beside: beside.write_text(page, "utf-8"))
    return WrittenPage(path, path.stat().st_size, val_loss)


def build_page(
    card: Card, arrays: Sequence[np.ndarray], name: str, *, small: bool = False, val_loss: float | None = None
) -> str:
    """The page as text. `arrays` has the order of `weights.shapes`, `val_loss` is that of the network in the page."""
    shapes = weights.shapes(len(card.vocabulary), card.model)
    facts = _facts(card, name, val_loss) | {
        "bytes": 2 if small else 4,
        "weights": [(name, prod(shape)) for name, shape in shapes.items()],
    }
    network, page, style = (_part(name) for name in ("network.js", "page.js", "page.css"))
    filled = {
        "title": html.escape(name),
        "scripts": f"{_fingerprint(network)} {_fingerprint(page)}",
        "style_hash": _fingerprint(style),
        "style": style,
        "card": _data(facts),
        "words": _data(json.loads(_part("words.json"))),
        "weights": _packed(arrays, small),
        "network": network,
        "page": page,
    }
    # In one pass, so that nothing in a name or an alphabet is taken for a place to fill.
    return re.sub(r"\{(\w+)\}", lambda place: filled[place[1]], _part("page.html"))


def _facts(card: Card, name: str, val_loss: float | None) -> dict:
    """What the page says about the model. Numbers stay numbers: the page writes them in its reader's signs."""
    model, loss = card.model, None if val_loss is None else round(val_loss, 3)
    shape = f"{model.cell.upper()}, {model.layers} x {model.rnn_units}"
    known = {
        "text": card.corpus.name,
        "textLength": card.corpus.length,
        "network": f"{shape}, {len(card.vocabulary)} -> {model.embedding_dim}",
        "parameters": card.parameters,
        "loss": loss,
        "epochs": card.best.epoch if card.best else None,
        "made": date.today().isoformat(),
    }
    return {
        "name": name,
        "cell": model.cell,
        "units": model.rnn_units,
        "layers": model.layers,
        "alphabet": card.vocabulary.characters,
        "smallLoss": "?" if loss is None else loss,
        "facts": [(fact, value) for fact, value in known.items() if value is not None],
    }


def _own_text(run: RunFolder, card: Card, corpus: Corpus | None) -> Corpus | None:
    """The text that the model learnt from, if it is here."""
    if corpus is None:
        return run.read_corpus() if run.has_corpus else None
    if corpus.sha256 != card.corpus.sha256:
        raise CorpusNotFound(
            N_("{name} is not the text that this model learnt from."),
            N_("Expected {wanted}, with the fingerprint {fingerprint}…"),
            N_("Name that file, or leave it out: then the rounded network is not scored."),
            name=corpus.name,
            wanted=card.corpus.name,
            fingerprint=card.corpus.sha256[:16],
        )
    return corpus


def _rounded(array: np.ndarray) -> np.ndarray:
    """The same numbers with 16 bits. Raises InvalidSetting if one is too large for them."""
    with np.errstate(over="ignore"):
        rounded = array.astype(np.float16)
    if not np.isfinite(rounded).all():
        raise InvalidSetting(
            N_("A weight of this network is too large for 16 bits."),
            N_("Expected weights below 65,504."),
            N_("Leave out --small."),
        )
    return rounded


def _packed(arrays: Sequence[np.ndarray], small: bool) -> str:
    """All weights as text: planes of bytes (all first bytes, all second ones ...) pack better; then gzip and base64."""
    numbers = np.concatenate([np.asarray(array, "<f4").ravel() for array in arrays])
    if small:
        numbers = numbers.astype("<f2")
    planes = numbers.view(np.uint8).reshape(len(numbers), -1).T.tobytes()
    return base64.b64encode(gzip.compress(planes, 9, mtime=0)).decode("ascii")


def _data(values: object) -> str:
    """JSON that no HTML parser takes for markup."""
    return json.dumps(values).replace("<", "\\u003c")


def _fingerprint(code: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(code.encode()).digest()).decode()}'"


def _part(name: str) -> str:
    return (PARTS / name).read_text("utf-8")

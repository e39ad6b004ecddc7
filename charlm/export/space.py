"""Writes a model as a static Space for the Hugging Face Hub: a folder with the web page and the model's card.

A static Space needs no server of its own: it only hands out the page. Any other web server can do that as well.
"""

import json
import tempfile
from dataclasses import replace
from pathlib import Path

from charlm.errors import CheckpointExists
from charlm.export import hub_card
from charlm.export.onefile import what_travels
from charlm.export.webpage import WrittenPage, export_page
from charlm.languages import N_
from charlm.storage.card import writable
from charlm.storage.run_folder import RunFolder, writing
from charlm.storage.shipped import find_model
from charlm.text.corpus import Corpus

# The Hub shows a title of any length, but a header over the page takes room from it on a phone.
FRONT = """\
---
title: {title}
sdk: static
app_file: index.html
header: mini
---
"""


def export_space(
    folder: str | Path, out: str | Path, *, small: bool = False, corpus: Corpus | None = None
) -> WrittenPage:
    """Write the folder `out`, which must not exist: index.html and README.md. The model gets the folder's name.

    Parameters and errors are those of `export_page`. Nothing is written if a part fails.
    """
    place = Path(out)
    if place.exists():
        raise CheckpointExists(
            N_("There is something at {place} already."),
            N_("Expected the name of a new folder."),
            N_("Choose another name."),
            place=place,
        )
    run = RunFolder(find_model(folder))
    card, events = what_travels(run.read_card(), run.events(), writable(place.resolve().name))
    with writing(place):
        place.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=place.parent, prefix="_") as beside:
            whole = Path(beside) / "whole"
            whole.mkdir()
            page = export_page(folder, whole / "index.html", small=small, corpus=corpus, name=card.name)
            front = FRONT.format(title=json.dumps(card.name))  # a JSON string is a YAML string, whatever is in it
            (whole / "README.md").write_text(front + hub_card.about(card, events), "utf-8")
            whole.rename(place)
    return replace(page, path=place / "index.html")

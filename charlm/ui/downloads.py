"""A model as a download, made when somebody asks for it: a run's model as one file, any model as a web page."""

import shutil
import tempfile
from pathlib import Path
from threading import Lock
from typing import Any
from urllib.parse import quote

from fastapi.responses import FileResponse, PlainTextResponse, Response
from starlette.background import BackgroundTask

from charlm.errors import CharlmError, CheckpointNotFound
from charlm.export import webpage
from charlm.languages import reader
from charlm.latest import Latest
from charlm.runs.background import Runs
from charlm.storage.run_names import SHARED, VISITORS
from charlm.ui import models, texts
from charlm.ui.machine import Machine

PAGES = 3  # of public models that stay in memory, about 8 MB each: a whole class asks for the same one


def offer_models(app: Any, machine: Machine) -> None:
    """Answer `/model/<run id>` and `/page/<run id or name of a public model>`, or say in a sentence why not."""
    app.add_api_route("/model/{run_id}", lambda run_id: _model(machine.runs, run_id), methods=["GET"])
    pages: Latest[str] = Latest(PAGES)
    making = Lock()  # one page at a time: a whole class may press the button at once, and each page takes memory

    def page(name: str) -> Response:
        try:
            with making:
                return _page(machine, name, pages)
        except CharlmError as error:
            return _refusal(error)

    app.add_api_route("/page/{name}", page, methods=["GET"])


def model_link(run_id: str) -> str:
    """The address of a run's model as one file, seen from the page."""
    return f"./model/{run_id}?lang={reader().language}"


def page_link(name: str | None) -> str | None:
    """The address of a model's web page, seen from the page; None if others' models would be given away by it."""
    return None if not name or SHARED.fullmatch(name) else f"./page/{quote(name, safe='')}?lang={reader().language}"


def _model(runs: Runs, run_id: str) -> Response:
    place = Path(tempfile.mkdtemp(prefix="charlm-model-"))
    clear = BackgroundTask(shutil.rmtree, place, ignore_errors=True)  # when it has been sent
    try:
        file = runs.pack(run_id, place)
    except CharlmError as error:
        return _refusal(error, clear)
    return FileResponse(file, media_type="application/zip", filename=file.name, background=clear)


def _page(machine: Machine, name: str, pages: Latest[str]) -> Response:
    if SHARED.fullmatch(name):  # whoever has this name may write with the model, but not give it away
        raise CheckpointNotFound(*texts.NO_SUCH_MODEL, name=name)
    model = models.take(machine.shelf, name)
    title = name.rpartition("-")[0] if VISITORS.fullmatch(name) else name  # without the key of the run
    best = model.card.best

    def build() -> str:
        arrays = model.network.get_weights()
        return webpage.build_page(model.card, arrays, title, val_loss=best.val_loss if best else None)

    # A visitor's page is not kept: nothing of a run may stay in memory when it is deleted.
    made = build() if VISITORS.fullmatch(name) else pages.get((name, best), build)
    headers = {"Content-Disposition": f"attachment; filename*=utf-8''{quote(title + webpage.SUFFIX)}"}
    return Response(made, media_type="text/html", headers=headers)


def _refusal(error: CharlmError, clear: BackgroundTask | None = None) -> Response:
    status = 404 if isinstance(error, CheckpointNotFound) else 409
    return PlainTextResponse(str(error).strip(), status, background=clear)

"""A run's model as a download: the file is packed when somebody asks for it, and deleted when it has been sent."""

import shutil
import tempfile
from pathlib import Path
from typing import Any

from fastapi.responses import FileResponse, PlainTextResponse, Response
from starlette.background import BackgroundTask

from charlm.errors import CharlmError, CheckpointNotFound
from charlm.runs.background import Runs


def offer_models(app: Any, runs: Runs) -> None:
    """Answer `/model/<run id>` with that run's model as one file, or with a sentence that says why not."""

    def model(run_id: str) -> Response:
        place = Path(tempfile.mkdtemp(prefix="charlm-model-"))
        clear = BackgroundTask(shutil.rmtree, place, ignore_errors=True)
        try:
            file = runs.pack(run_id, place)
        except CharlmError as error:
            status = 404 if isinstance(error, CheckpointNotFound) else 409
            return PlainTextResponse(str(error).strip(), status, background=clear)
        return FileResponse(file, media_type="application/zip", filename=file.name, background=clear)

    app.add_api_route("/model/{run_id}", model, methods=["GET"])

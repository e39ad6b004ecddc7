"""Drawings are pure."""

import subprocess
import sys
from pathlib import Path

import charlm.ui.drawings

ROOMS = [file.stem for file in Path(charlm.ui.drawings.__file__).parent.glob("[!_]*.py")]


def test_they_know_nothing_of_gradio():
    imports = "\n".join(f"import charlm.ui.drawings.{room}" for room in ROOMS)
    program = f"import sys\n{imports}\nassert not {{'gradio', 'tensorflow'}} & sys.modules.keys()"
    subprocess.run([sys.executable, "-c", program], check=True, capture_output=True)

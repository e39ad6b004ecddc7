"""Starts the page: python app.py [--host 0.0.0.0] [--port 7860]"""

import argparse
import os
import signal
import sys
from pathlib import Path

from charlm.command_line.language import add_language, choose_language
from charlm.errors import CharlmError
from charlm.languages import N_, reader, say, speak, speaking
from charlm.languages.reader import ENGLISH
from charlm.ui.page import launch

HERE = Path(__file__).parent


def main() -> None:
    """Serve the page until Ctrl-C."""
    try:
        choose_language(sys.argv[1:])
    except CharlmError as error:
        sys.exit(str(error))
    parser = argparse.ArgumentParser(description=say(N_("Open charlm's page in a browser.")))
    add_language(parser)
    on_a_space = os.environ.get("SYSTEM") == "spaces"  # a Hugging Face Space, whose proxy is another machine
    host = os.environ.get("GRADIO_SERVER_NAME", "0.0.0.0" if on_a_space else "127.0.0.1")  # noqa: S104  # only there
    who = say(N_("who may open it: 127.0.0.1 this computer, 0.0.0.0 the network"))
    parser.add_argument("--host", default=host, help=who)
    parser.add_argument("--port", type=int, help=say(N_("default: the first free port from 7860 on")))
    chosen = parser.parse_args()
    data = os.environ.get("CHARLM_DATA", HERE / "checkpoints")  # the folder of models and runs
    signal.signal(signal.SIGTERM, signal.default_int_handler)  # a service manager stops the app as Ctrl-C does
    host_reads = str(reader())
    speak(ENGLISH)  # from here on: each visitor has a language of their own, and the page at / is English
    try:
        page = launch(data, chosen.host, chosen.port)
    except CharlmError as error:  # for example an invalid limit, or a folder that charlm cannot write to
        with speaking(host_reads):
            sys.exit(str(error))
    try:
        page.block_thread()
    finally:
        page.machine.close()


if __name__ == "__main__":
    main()

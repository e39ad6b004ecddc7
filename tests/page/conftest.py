"""The page as a person opens it, on a folder with two models: a rhyme, and a text to test manners."""

import os
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from pathlib import Path

import pytest
from playwright.sync_api import expect, sync_playwright

import charlm
from charlm.languages import speaking
from charlm.languages.reader import ENGLISH
from charlm.settings import ModelSettings, RunSettings, TrainingSettings
from charlm.text.corpus import from_text
from charlm.times.costs import Costs, Shape
from charlm.times.kept import Kept, file_of_this_machine
from charlm.times.wishes import usual_wishes
from charlm.ui import texts
from charlm.ui.uploads import PREFIX

ROOT = Path(__file__).parents[2]
SMALL = RunSettings(
    ModelSettings(rnn_units=24, embedding_dim=8), TrainingSettings(epochs=12, seq_length=16, batch_size=4)
)
# Markup, templates, escapes, a sign that turns the direction of writing, an emoji of three characters, a control sign.
NASTY = "<img src=x onerror=alert(1)> ${alert(1)} {{value}} back\\slash \u202egnol 👩\u200d🚀"
NASTY_TEXT = from_text("".join(f"{NASTY}{chr(7) if n == 30 else ''}\n" for n in range(60)), "<b>nasty</b>.txt")
SECRETS = ("cat sat", "onerror", "back\\slash", "/etc/passwd", "many", "\\ud800")  # what visitors sent is not logged
BROWSER = next((p for p in map(Path, ("/usr/bin/chromium", "/usr/bin/google-chrome")) if p.exists()), None)
SWITCHES = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run"]
PATIENCE = 60_000  # milliseconds for TensorFlow to come up in the worker


@pytest.fixture(scope="session")
def usual_runs_were_tried():
    """The app finds the usual runs measured, so that it does not measure them beside the stories."""
    kept, costs = Kept(file_of_this_machine()), Costs(start=4.0, setup=6.0, update=0.05, scoring=0.05, saving=0.2)
    for wish in usual_wishes():
        kept.keep(Shape.of(*wish.asked), costs)


@pytest.fixture(scope="session")
def served(rhyme, tmp_path_factory, usual_runs_were_tried):
    """The address of the page."""
    data = tmp_path_factory.mktemp("data")
    list(charlm.train(rhyme, data / "rhyme", SMALL))
    (data / "rhyme" / "corpus.txt").unlink()  # as a model that comes with charlm
    list(charlm.train(NASTY_TEXT, data / "nasty", SMALL))
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    address = f"http://127.0.0.1:{port}"
    log = tmp_path_factory.mktemp("log") / "app.log"
    with log.open("wb") as output:
        app = subprocess.Popen(
            [sys.executable, ROOT / "app.py", f"--port={port}"],
            env={**os.environ, "CHARLM_DATA": str(data)},
            stdout=output,
            stderr=subprocess.STDOUT,
        )
    while app.poll() is None:
        try:
            urllib.request.urlopen(address).close()  # our own page
            break
        except OSError:
            time.sleep(0.1)
    assert app.poll() is None, log.read_text()
    yield address
    app.terminate()
    app.wait()
    assert not list(Path(tempfile.gettempdir()).glob(f"{PREFIX}{app.pid}-*"))  # what was uploaded went with the page
    told = log.read_text()
    assert not [secret for secret in SECRETS if secret in told]
    assert "Traceback" not in told


@pytest.fixture(scope="session")
def browser():
    """Debian's Chromium."""
    if BROWSER is None:
        pytest.skip("no Chromium here: the page was not tried in a browser")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=BROWSER, args=SWITCHES)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def choose():
    """Chooses a model on a page as a person does: choose(page, "#model", "rhyme")."""

    def choose(page, control, model):
        box = page.locator(f"{control} input")
        box.click()
        page.locator(f"#{box.get_attribute('aria-controls')}").get_by_role("option", name=model, exact=True).click()

    return choose


@pytest.fixture
def language():
    """The language of the page. A story that is told in several says so: parametrize("language", ...)."""
    return ENGLISH


@pytest.fixture
def page(browser, served, language):
    """A page of a visitor; nothing may leave this machine, and nothing may go wrong unseen.

    The story speaks the language of the page: `texts.START` is what stands on the button.
    """
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    page, outside, errors = context.new_page(), [], []
    page.on("request", lambda r: outside.append(r.url) if not r.url.startswith((served, "data:", "blob:")) else None)
    # 422 is how a field that is out of its range is told.
    page.on("console", lambda m: errors.append(m.text) if m.type == "error" and "422" not in m.text else None)
    page.on("pageerror", lambda e: errors.append(str(e)))
    page.on("dialog", lambda d: (errors.append(f"a script ran: {d.message}"), d.dismiss()))
    with speaking(language):
        page.goto(served if language == ENGLISH else f"{served}/{language}")
        length = page.locator("#facts").get_by_text(texts.FACT_LENGTH, exact=True)
        expect(length).to_be_visible(timeout=PATIENCE)  # the first look has settled
        yield page
    context.close()
    assert outside == []
    assert errors == []

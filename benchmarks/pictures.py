"""Makes the README's pictures of the page: python -m benchmarks.pictures

Each picture is the page in a browser, after a visitor's clicks. A picture that shows a run takes as long as the run.
"""

import argparse
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

from benchmarks.browser import open_browser
from benchmarks.served import ROOT, serve

PICTURES = ROOT / "docs" / "pictures"
SIZE = {"width": 1280, "height": 800}
PATIENCE = 180_000  # milliseconds; a run takes a minute or two beside other work
TO_THE_TOP = "element => element.scrollIntoView()"
# Some epochs have gone by, and the text of this one is there with its full colour.
FILM_SHOWS_WORDS = """() => { const frames = [...document.querySelectorAll('.opening .screen > div')];
  const at = frames.findIndex((frame) => !frame.hidden);
  return at >= 4 && getComputedStyle(frames[at].querySelector('pre')).opacity === '1'; }"""
LESSON = "tab=temperature&model=shakespeare&start=ROMEO%3A&temperatures=0.2+0.5+1+1.5&seed=1&length=300"


def first_screen(page: Any, address: str) -> None:
    """The page as it opens, when the network in the film has learnt a little."""
    page.goto(address)
    page.wait_for_function(FILM_SHOWS_WORDS, timeout=PATIENCE)


def training(page: Any, address: str) -> None:
    """A run after some epochs: its text, and its curve below that."""
    page.set_viewport_size(SIZE | {"height": 1150})
    page.goto(address)
    page.locator("#start").click()
    page.locator("#samples").get_by_text("after epoch 8").wait_for(timeout=PATIENCE)


def temperature(page: Any, address: str) -> None:
    """Four texts by one model."""
    page.goto(f"{address}/?{LESSON}")
    page.locator("#lab-run").click()
    page.locator("#lab-state").get_by_text("Written with seed").wait_for(timeout=PATIENCE)
    page.locator("#lab-run").evaluate(TO_THE_TOP)


def inside(page: Any, address: str) -> None:
    """A text coloured by the cell that follows the position in the line."""
    page.goto(f"{address}/?tab=inside&model=shakespeare")
    page.locator("#find-followers").click()
    page.get_by_role("button", name="position in the line").first.click(timeout=PATIENCE)
    page.locator("#inside-place input").fill("30")
    page.locator("#coloured").get_by_text("after character 30").wait_for()
    page.locator("#inside-layer").evaluate(TO_THE_TOP)


SCENES: tuple[Callable[[Any, str], None], ...] = (first_screen, training, temperature, inside)


def main() -> None:
    """Make every picture, or with --smallest only the first, which is then thrown away."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--smallest", action="store_true", help="only the first screen, kept nowhere")
    smallest = parser.parse_args().smallest
    with tempfile.TemporaryDirectory() as place, serve(Path(place)) as (_, address, _), open_browser() as browser:
        pictures = Path(place) if smallest else PICTURES
        pictures.mkdir(parents=True, exist_ok=True)
        for scene in SCENES[:1] if smallest else SCENES:
            visitor = browser.new_context(viewport=SIZE, locale="en")
            page = visitor.new_page()
            scene(page, address)
            file = pictures / f"{scene.__name__.replace('_', '-')}.png"
            page.screenshot(path=file)
            print(f"{file.name}: {file.stat().st_size:,} bytes", flush=True)
            visitor.close()


if __name__ == "__main__":
    main()

"""Exports models as web pages, opens them in Chromium and compares: python -m benchmarks.webpage [MODEL ...]

For each page: its size, the seconds from opening to the first character, characters per second, and how many of the
texts are the ones that charlm writes with the same seed. A text may part where the dice fell so near an edge that a sum
in another order decides; the page marks such throws.
"""

import argparse
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import charlm
from benchmarks.browser import open_browser
from charlm.export.webpage import WrittenPage, export_page
from charlm.generation.language_model import LanguageModel
from charlm.settings import ModelSettings, RunSettings, TrainingSettings
from charlm.storage.shipped import find_model

LENGTH = 200  # characters of a text that is compared
AT_ONCE = 20  # texts of a call into the page
TEMPERATURES = (0.3, 0.7, 1.0, 1.5)
CELLS = ("lstm", "gru", "rnn")  # one small network of each is compared, too
WRITE = """async ([asked, length]) => {
    const { model } = await opened;
    return asked.map(([seed, temperature]) => {
        const writer = new Writer(model, "", temperature, BigInt(seed));
        while (writer.read());
        for (let k = 0; k < length; k++) writer.write();
        return [writer.text, writer.written.findIndex((one) => one.near)];
    });
}"""


def main() -> None:
    """Print a row for every page."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("models", nargs="*", default=["shakespeare", "quijote"], help="run folders or shipped models")
    parser.add_argument("--texts", type=int, default=1_000, help="how many texts of each model are compared")
    parser.add_argument("--smallest", action="store_true", help="three tiny networks, twenty texts each")
    chosen = parser.parse_args()
    print(f"{'model':14} {'MB':>6} {'small':>6} {'first character':>16} {'characters/s':>13}   texts", flush=True)
    with tempfile.TemporaryDirectory() as place, open_browser() as browser:
        names = [] if chosen.smallest else chosen.models
        folders = {Path(name).name: find_model(name) for name in names} | tiny_networks(Path(place))
        for name, folder in folders.items():
            page = export_page(folder, Path(place) / f"{name}.html")
            small = export_page(folder, Path(place) / f"{name}-small.html", small=True)
            measure(browser, name, charlm.load(folder), page, small, AT_ONCE if chosen.smallest else chosen.texts)


def tiny_networks(place: Path) -> dict[str, Path]:
    """A network of each cell, trained for a second or two."""
    corpus, folders = charlm.read_corpus("lamplighter"), {}
    for layers, cell in enumerate(CELLS, 1):
        folders[f"{layers} x 13 {cell}"] = place / cell
        settings = RunSettings(ModelSettings(cell=cell, layers=layers, rnn_units=13), TrainingSettings(epochs=1))
        list(charlm.train(corpus, place / cell, settings))
    return folders


def measure(browser: Any, name: str, model: LanguageModel, page: WrittenPage, small: WrittenPage, texts: int) -> None:
    """Print the row of one model."""
    context = browser.new_context(bypass_csp=True)
    opened = context.new_page()
    begun = time.perf_counter()
    opened.goto(page.path.as_uri())
    opened.locator("#write").click()
    opened.wait_for_function("document.getElementById('written').textContent.trim() !== ''")
    first = time.perf_counter() - begun
    opened.evaluate("opened.then((page) => page.stop())")
    begun = time.perf_counter()
    opened.evaluate(WRITE, [[(0, 1.0)], 400])
    speed = 400 / (time.perf_counter() - begun)
    seen = Counter(agreement(opened, model, texts))
    context.close()
    told = ", ".join(f"{count} {kind}" for kind, count in seen.most_common())
    sizes = [written.bytes / 1e6 for written in (page, small)]
    print(f"{name:14} {sizes[0]:6.2f} {sizes[1]:6.2f} {first:14.2f} s {speed:13,.0f}   {told}", flush=True)


def agreement(opened: Any, model: LanguageModel, texts: int) -> Iterator[str]:
    """Of each text: is it the same here and there, did it part where the page marked a throw, or elsewhere?"""
    asked = [(seed, TEMPERATURES[seed % len(TEMPERATURES)]) for seed in range(texts)]
    for at in range(0, texts, AT_ONCE):
        part = asked[at : at + AT_ONCE]
        for (seed, temperature), (text, near) in zip(part, opened.evaluate(WRITE, [part, LENGTH]), strict=True):
            expected = model.generate("", temperature, LENGTH, seed)
            if text == expected:
                yield "the same"
            else:
                yield "parted at a marked throw" if near >= 0 and text[:near] == expected[:near] else "DIFFERENT"


if __name__ == "__main__":
    main()

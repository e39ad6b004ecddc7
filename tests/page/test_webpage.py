"""A model as one web page, opened as a file in Chromium: it writes what charlm writes, and nothing leaves it."""

import functools
import http.server
import re
import threading

import numpy as np
import pytest
from playwright.sync_api import expect

import charlm
from charlm.export.webpage import export_page
from charlm.generation.row import LARGEST
from charlm.generation.temperature import dice
from charlm.settings import LARGEST_SEED, ModelSettings, RunSettings, TrainingSettings

TEXTS, LENGTH = 20, 200  # of each model
SEEDS = (0, 1, 2, 2**31, 2**32 - 1, 2**32, 2**53 + 1, LARGEST_SEED, *range(3, 995))
FORKED = 0.01  # texts that may part at a throw near an edge; the benchmark found far fewer
SHAPES = [("lstm", 1), ("gru", 2), ("rnn", 3)]


def model_of(text, folder, cell="lstm", layers=1):
    settings = RunSettings(
        ModelSettings(cell=cell, layers=layers, rnn_units=13, embedding_dim=5),
        TrainingSettings(epochs=8, seq_length=16, batch_size=4, learning_rate=0.02),
    )
    list(charlm.train(text, folder, settings))
    return folder


@pytest.fixture
def opened(browser):
    """Opens a page and sees to it that it asks for nothing, and that nothing goes wrong unseen."""
    contexts, errors = [], []

    def open_it(address, **options):
        context = browser.new_context(**{"locale": "en-US"} | options)
        contexts.append(context)
        page, asked = context.new_page(), []
        page.on("request", lambda r: errors.append(f"asked for {r.url}") if asked else asked.append(r.url))
        page.on("console", lambda m: errors.append(m.text))
        page.on("pageerror", lambda e: errors.append(str(e)))
        page.on("dialog", lambda d: (errors.append(f"a script ran: {d.message}"), d.dismiss()))
        page.goto(address)
        return page

    yield open_it
    for context in contexts:
        context.close()
    assert errors == []


@pytest.fixture(scope="module")
def rhyming(rhyme, tmp_path_factory):
    """A small model and its page."""
    place = tmp_path_factory.mktemp("page")
    folder = model_of(rhyme, place / "rhyme")
    return charlm.load(folder), export_page(folder, place / "my rhyme.html").path


def written(page, **asked):
    for name, value in asked.items():
        page.locator(f"#{name}").fill(str(value))
    page.get_by_role("button", name="Write", exact=True).click()
    expect(page.locator("#told")).to_contain_text("seed")
    return page.locator("#written").text_content()


def test_it_writes_what_charlm_writes(rhyming, opened):
    model, file = rhyming
    page = opened(file.as_uri())
    expect(page.get_by_role("heading", level=1)).to_have_text("my rhyme")
    assert written(page, start="the c", seed=5, length=300) == model.generate("the c", 0.7, 300, 5)
    page.locator("#temperature").fill("0")
    assert written(page, start="", seed=6, length=120) == model.generate("", 0.0, 120, 6)
    page.locator("#start").fill("the queen")
    page.get_by_role("button", name="Write", exact=True).click()
    expect(page.get_by_role("alert")).to_have_text(re.compile("The network never saw q u"))
    page.locator("#start").fill("the")
    page.locator("#seed").fill("-1")
    page.get_by_role("button", name="Write", exact=True).click()
    expect(page.get_by_role("alert")).to_have_text(re.compile("The seed is not valid"))


def test_four_temperatures_and_one_character_at_a_time_have_the_same_dice(rhyming, opened):
    model, file = rhyming
    page = opened(file.as_uri())
    page.locator("#start").fill("a ")
    page.get_by_role("tab", name="Temperature").click()
    page.get_by_role("button", name="Write four times").click()
    expect(page.locator("#compared")).to_contain_text("seed 1")
    for column, temperature in zip(page.locator("#columns pre").all(), (0.2, 0.5, 1.0, 1.5), strict=True):
        assert column.text_content().replace("⏎", "") == model.generate("a ", temperature, 400, 1)
    assert page.locator("#columns .parts").count() >= 1

    page.get_by_role("tab", name="Dice").click()
    for _ in range(6):
        page.get_by_role("button", name="Throw the dice").click()
    expect(page.locator("#walked")).to_have_text(model.generate("a ", 0.7, 6, 1).rstrip("\n"))
    expect(page.locator("#thrown")).to_contain_text("The dice fell on")
    page.get_by_role("button", name="One step back").click()
    page.locator("#choice button").nth(1).click()
    expect(page.locator("#thrown")).to_contain_text("You chose")

    page.get_by_role("tab", name="Chances").click()
    likely = model.next_logits("a ").argmax()
    shown = {" ": "␣", "\n": "⏎"}.get(model.vocabulary.characters[likely], model.vocabulary.characters[likely])
    expect(page.locator("#expected th").first).to_have_text(shown)
    page.locator("#temperature").fill("0")
    expect(page.locator("#expected tr").first.locator(".number").last).to_have_text("100.0%")


def test_by_the_keyboard_on_a_phone_in_spanish(rhyming, opened):
    _, file = rhyming
    page = opened(file.as_uri(), locale="es-MX", viewport={"width": 390, "height": 844}, color_scheme="dark")
    page.get_by_role("tab", name="Escribir").focus()
    page.keyboard.press("ArrowRight")
    expect(page.get_by_role("tab", name="Probabilidades")).to_be_focused()
    expect(page.get_by_text("Lo probable que es cada carácter")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    assert page.locator("html").get_attribute("lang") == "es"


def test_without_scripts_it_says_what_it_needs(rhyming, opened):
    _, file = rhyming
    page = opened(file.as_uri(), java_script_enabled=False)
    expect(page.get_by_text("It needs JavaScript")).to_be_visible()
    expect(page.get_by_role("button")).to_have_count(0)


def test_a_plain_web_server_is_enough(rhyming, opened):
    model, file = rhyming
    handler = functools.partial(_Quiet, directory=file.parent)
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        page = opened(f"http://127.0.0.1:{server.server_port}/my%20rhyme.html")
        assert written(page, start="the", seed=1, length=50) == model.generate("the", 0.7, 50, 1)
        server.shutdown()


def test_a_hostile_text_is_only_text(opened, tmp_path):
    nasty = "<img src=x onerror=alert(1)> </script><script>alert(2)</script> {card} \u202egnol 👩\u200d🚀\n"
    text = charlm.corpus_of(nasty * 40, "</script><script>alert(3)</script>")
    file = export_page(model_of(text, tmp_path / "run"), tmp_path / "<img src=x onerror=alert(4)>.html").path
    page = opened(file.as_uri())
    expect(page.get_by_role("heading", level=1)).to_have_text("<img src=x onerror=alert(4)>")
    assert "\u202e" not in written(page, start="<img src=x onerror=alert(1)>", seed=1, length=400)
    page.get_by_role("tab", name="About").click()
    expect(page.locator("#facts")).to_contain_text("</script><script>alert(3)</script>")


def test_the_dice_are_numpys(rhyming, opened):
    page = opened(rhyming[1].as_uri())
    thrown = page.evaluate(
        """(seeds) => seeds.map((seed) => {
            const dice = throwDice(BigInt(seed));
            return Array.from({ length: 5 }, () => dice.next().value);
        })""",
        [str(seed) for seed in SEEDS],
    )
    expected = [np.minimum(dice(seed, 5).astype(np.float32), LARGEST) for seed in SEEDS]
    np.testing.assert_array_equal(np.array(thrown, np.float32), expected)


@pytest.mark.parametrize(("cell", "layers"), SHAPES)
def test_every_kind_of_network_writes_the_same_texts(cell, layers, rhyme, opened, tmp_path):
    folder = model_of(rhyme, tmp_path / "run", cell, layers)
    same, forked = agreement(opened, charlm.load(folder), export_page(folder, tmp_path / "a.html").path)
    assert same + forked == TEXTS
    assert forked <= FORKED * TEXTS


def agreement(opened, model, file):
    """Of texts at several temperatures: how many are the same, and how many part at a throw that the page marked."""
    page = opened(file.as_uri())
    asked = [(seed, (0.3, 0.7, 1.0, 1.5)[seed % 4]) for seed in range(TEXTS)]
    found = page.evaluate(
        """async ([asked, length]) => (await Promise.all(asked.map(async ([seed, temperature]) => {
            const writer = new Writer((await opened).model, "", temperature, BigInt(seed));
            while (writer.read());
            for (let k = 0; k < length; k++) writer.write();
            return [writer.text, writer.written.findIndex((one) => one.near)];
        })))""",
        [asked, LENGTH],
    )
    same = forked = 0
    for (seed, temperature), (text, near) in zip(asked, found, strict=True):
        expected = model.generate("", temperature, LENGTH, seed)
        same += text == expected
        forked += text != expected and near >= 0 and text[:near] == expected[:near]
    return same, forked


class _Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *arguments):
        pass

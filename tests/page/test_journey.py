"""One visit in a real browser: bring a text, watch it learn, reload, stop, write with it."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import expect

from charlm.export import onefile
from charlm.runs.limits import Limits
from charlm.ui import texts
from charlm.ui.choices import what_is_wrong

# For each language that the story is told in: a line of the text, and how many of them. A shorter text takes less time.
TEXTS = {
    "en": ("the cat sat on the hat and that was that\n", 400),
    "es": ("el niño vio un pez en el río y se rio\n", 130),
}
in_every_language = pytest.mark.parametrize("language", TEXTS)
PATIENCE = 60_000  # milliseconds for TensorFlow to come up in the worker


def words(sentence):
    """The longest stretch of a sentence that has no value in it, in the language of the page."""
    return max(re.split(r"\{[^}]*\}", sentence.translated()), key=len).strip()


def learn_slowly(page):
    """Choose numbers with which a run goes on until somebody stops it."""
    page.get_by_label("epochs", exact=True).fill("3000")
    page.get_by_role("button", name=texts.ADVANCED).click()
    page.get_by_label("learning_rate").fill("0.0001")


@in_every_language
def test_from_a_text_to_written_text(page, language, tmp_path):
    line, lines = TEXTS[language]
    (tmp_path / "rhyme.txt").write_text(line * lines, "utf-8")
    page.get_by_label(texts.WHERE_NAMES["file"]).check()
    page.locator("input[type=file]").set_input_files(tmp_path / "rhyme.txt")
    length = {
        "characters": texts.CHARACTERS.format(count=len(line) * lines),
        "lines": texts.LINES.format(count=lines),
    }
    expect(page.locator("#facts")).to_contain_text(texts.FACT_LENGTH_VALUE.format(**length))
    expect(page.locator("#facts")).to_contain_text(line[1:20])
    learn_slowly(page)
    page.get_by_label("rnn_units").fill("16")
    page.get_by_role("button", name=texts.START).click()

    expect(page.locator("#status")).to_contain_text(texts.LEARNING, timeout=PATIENCE)
    expect(page.locator("#curve polyline.val")).to_be_attached(timeout=PATIENCE)
    expect(page.locator("#samples")).to_contain_text(texts.AFTER_EPOCH.format(epoch=1), timeout=PATIENCE)
    expect(page.locator("#gradient")).to_contain_text(words(texts.GRADIENT_CLIPPED))
    expect(page).to_have_url(re.compile(r"\?run=rhyme-[0-9a-f]{16}$"))

    page.reload()
    expect(page.locator("#status")).to_contain_text(texts.LEARNING, timeout=PATIENCE)
    expect(page.locator("#samples")).to_contain_text(texts.BEFORE_LEARNING)
    page.locator("#stop").click()
    expect(page.locator("#status")).to_contain_text(words(texts.ENDS["stopped"]), timeout=PATIENCE)

    page.locator("#write-with-it").click()
    done, _, _ = texts.WROTE.format(count=400, seed=7).partition("7")
    expect(page.locator("#writing")).to_contain_text(done, timeout=PATIENCE)
    expect(page.locator("#bars table")).to_be_visible(timeout=PATIENCE)
    page.locator("#start-text textarea").fill(line[:4])
    before = page.locator("#bars").inner_text()
    page.locator("#temperature input[type=number]").fill("0.2")
    expect(page.locator("#bars")).not_to_have_text(before)
    page.get_by_role("button", name=texts.GENERATE).click()
    whole = re.compile(f"^{line[:4]}.{{400}}$", re.DOTALL)
    expect(page.locator("#written textarea")).to_have_value(whole, timeout=PATIENCE)
    written = page.locator("#written textarea").input_value()
    with page.expect_download() as download:
        page.locator("#download-text").click()
    assert Path(download.value.path()).read_text("utf-8") == written


def test_another_optimizer_brings_a_learning_rate_that_suits_it(page):
    page.get_by_role("button", name="Advanced").click()
    expect(page.get_by_label("learning_rate")).to_have_value("0.02")
    page.locator("#optimizer").get_by_label("adam").check()
    expect(page.get_by_label("learning_rate")).to_have_value("0.01")


@in_every_language
def test_unknown_characters_are_named_and_cured_with_a_click(page, choose):
    page.get_by_role("tab", name=texts.WRITE, exact=True).click()
    choose(page, "#model", "rhyme")
    start = page.locator("#start-text textarea")
    start.fill("Thé ☃")
    expect(page.locator("#unknown")).to_contain_text(texts.UNKNOWN.format(named="T, é, ☃")[:-1], timeout=PATIENCE)
    page.locator("#replace").click()
    expect(start).to_have_value("the ")
    expect(page.locator("#unknown")).not_to_be_visible()


def test_a_start_before_the_page_has_looked_learns_with_the_numbers_of_the_link(page, served):
    held, over = [], []
    page.route("**/gradio_api/run/**", lambda look: look.continue_() if over else held.append(look))
    page.goto(f"{served}/?tab=train&epochs=3&rnn_units=9")
    with page.expect_request("**/queue/join*") as asked:
        page.locator("#start").click()
    over.append(True)
    for look in held:
        look.continue_()
    sent = asked.value.post_data_json["data"]
    assert (sent.count(9), sent.count(3)) == (1, 1)  # the units, the epochs
    expect(page.locator("#status")).to_contain_text("3 / 3", timeout=PATIENCE)
    expect(page).to_have_url(re.compile(r"\?run=lamplighter-[0-9a-f]{16}$"))  # the lesson's address has done its work


def test_rare_characters_are_replaced_with_a_click_and_come_back_with_another(page):
    expect(page.locator("#window")).to_contain_text(texts.PAIR)
    before = page.locator("#facts").inner_text()
    page.locator("#cure").click()
    expect(page.locator("#cure")).to_have_text(texts.TIDIED)
    expect(page.locator("#facts")).not_to_have_text(before, use_inner_text=True)
    page.locator("#cure").click()
    expect(page.locator("#facts")).to_have_text(before, use_inner_text=True)
    page.get_by_label(texts.WHERE_NAMES["file"]).check()  # there is no text now, and nothing to replace
    expect(page.locator("#cure")).not_to_be_visible()


def test_a_link_to_a_run_that_is_gone_says_so(page, served):
    page.goto(f"{served}?run=nobody-0123456789abcdef")
    expect(page.locator("#status")).to_contain_text("There is no run called 'nobody-", timeout=PATIENCE)
    expect(page.locator("#start")).to_be_enabled()


def test_a_run_that_waits_can_be_taken_back(page, browser, served):
    learn_slowly(page)
    page.locator("#start").click()
    expect(page.locator("#status")).to_contain_text("Learning.", timeout=PATIENCE)
    other = browser.new_page()
    other.goto(served)
    expect(other.locator("#facts")).to_contain_text("characters", timeout=PATIENCE)
    other.locator("#start").click()
    expect(other.locator("#status")).to_contain_text("Waiting. Place 1 in the queue.", timeout=PATIENCE)
    other.locator("#stop").click()
    expect(other.locator("#status")).to_contain_text("Nothing is being learnt.", timeout=PATIENCE)
    expect(other).to_have_url(f"{served}/")
    other.close()
    page.locator("#stop").click()
    expect(page.locator("#status")).to_contain_text("Stopped after", timeout=PATIENCE)


def test_pupils_who_open_a_link_watch_and_destroy_nothing(page, browser, served):
    learn_slowly(page)
    page.locator("#start").click()
    expect(page.locator("#status")).to_contain_text("Learning.", timeout=PATIENCE)
    expect(page.locator("#address")).to_contain_text("Only this browser can stop")
    pupil = browser.new_context().new_page()
    pupil.goto(page.url)
    expect(pupil.locator("#status")).to_contain_text("Learning.", timeout=PATIENCE)
    expect(pupil.locator("#address")).to_contain_text("You are watching somebody else's run")
    expect(pupil.locator("#stop")).to_be_disabled()
    expect(pupil.locator("#start")).to_be_enabled()  # of one's own
    pupil.locator("#forget").click()
    pupil.locator("#forget-really").click()
    expect(pupil.locator("#forgotten")).to_contain_text("are deleted here")
    expect(page.locator("#stop")).to_be_enabled()

    page.reload()
    expect(page.locator("#status")).to_contain_text("Learning.", timeout=PATIENCE)
    page.locator("#stop").click()
    expect(page.locator("#status")).to_contain_text("Stopped after", timeout=PATIENCE)
    pupil.goto(page.url)
    expect(pupil.locator("#write-with-it")).to_be_visible(timeout=PATIENCE)
    expect(pupil.locator("#continue")).not_to_be_visible()
    expect(pupil.locator("#learn-further")).not_to_be_visible()
    pupil.context.close()


def test_a_stopped_run_goes_on_to_its_end_and_then_for_more(page):
    page.get_by_label("epochs", exact=True).fill("4")
    page.get_by_role("button", name="Advanced").click()
    page.get_by_label("rnn_units").fill("512")  # slow enough to be stopped
    page.locator("#start").click()
    expect(page.locator("#status")).to_contain_text("Learning.", timeout=PATIENCE)
    page.locator("#stop").click()
    expect(page.locator("#status")).to_contain_text("Stopped after", timeout=PATIENCE)
    page.locator("#continue").click()
    expect(page.locator("#status")).to_contain_text("Done. Finished", timeout=2 * PATIENCE)
    expect(page.locator("#status")).to_contain_text("4 / 4")
    expect(page.locator("#continue")).not_to_be_visible()

    with page.expect_download() as download:
        page.locator("#download-model").click()
    assert download.value.suggested_filename == "lamplighter.charlm.zip"
    assert onefile.read(download.value.path())[0].best is not None
    with page.expect_download() as download:
        page.locator("#download-page").click()
    assert download.value.suggested_filename == "lamplighter.html"
    assert "<title>lamplighter</title>" in Path(download.value.path()).read_text()

    page.get_by_label("more epochs").fill("1")
    page.locator("#learn-further").click()
    expect(page.locator("#status")).to_contain_text("5 / 5", timeout=2 * PATIENCE)


@in_every_language
def test_wrong_numbers_are_told_at_the_field(page):
    page.get_by_label("epochs", exact=True).fill("-5")
    page.get_by_role("button", name=texts.START, exact=True).click()
    expect(page.locator("#epochs")).to_contain_text(what_is_wrong("epochs", -5, Limits()))


def test_it_works_by_keyboard_on_a_phone_in_the_dark(browser, served):
    context = browser.new_context(viewport={"width": 390, "height": 844}, color_scheme="dark")
    page = context.new_page()
    page.goto(served)
    expect(page.locator("#facts")).to_contain_text("41,928 characters", timeout=PATIENCE)
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    page.get_by_role("tab", name="Train").focus()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator("#generate")).to_be_visible()
    page.locator("#generate").focus()
    page.keyboard.press("Enter")
    expect(page.locator("#writing")).to_contain_text("400 characters written", timeout=PATIENCE)
    expect(page.locator("#written textarea")).to_be_in_viewport()
    context.close()


def test_the_time_moves_with_a_number_and_is_measured_where_the_visitor_stays(page):
    time = page.locator("#time")
    expect(time).to_contain_text("on this machine", timeout=PATIENCE)
    page.get_by_role("button", name="Advanced").click()
    page.get_by_label("rnn_units").fill("7")
    expect(time).to_contain_text("roughly", timeout=PATIENCE)
    few = time.inner_text()
    page.get_by_label("epochs", exact=True).fill("9000")
    expect(time).not_to_have_text(few)
    expect(time).to_contain_text("This was measured", timeout=2 * PATIENCE)
    page.get_by_label("rnn_units").fill("70000")
    expect(time).to_contain_text("Expected")


def test_an_exploding_gradient_is_seen_and_stopped(page):
    page.get_by_role("button", name="Advanced").click()
    page.locator("#explosion").click()
    expect(page.get_by_label("clip_norm")).to_have_value("")
    page.locator("#start").click()
    expect(page.locator("#status")).to_contain_text("the training became unstable", timeout=PATIENCE)
    expect(page.locator("#gradient")).to_contain_text("It is not clipped in this run", timeout=PATIENCE)

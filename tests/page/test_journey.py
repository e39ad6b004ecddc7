"""One visit in a real browser: bring a text, watch it learn, reload, stop, write with it."""

import re
from pathlib import Path

from playwright.sync_api import expect

from charlm.export import onefile

TEXT = "the cat sat on the hat and that was that\n" * 400
PATIENCE = 60_000  # milliseconds for TensorFlow to come up in the worker


def learn_slowly(page):
    """Choose numbers with which a run goes on until somebody stops it."""
    page.get_by_label("epochs", exact=True).fill("3000")
    page.get_by_role("button", name="Advanced").click()
    page.get_by_label("learning_rate").fill("0.0001")


def test_from_a_text_to_written_text(page, tmp_path):
    (tmp_path / "rhyme.txt").write_text(TEXT)
    page.get_by_label("My files").check()
    page.locator("input[type=file]").set_input_files(tmp_path / "rhyme.txt")
    expect(page.locator("#facts")).to_contain_text("16,400 characters in 400 lines")
    expect(page.locator("#facts")).to_contain_text("he cat sat on the hat")
    learn_slowly(page)
    page.get_by_label("rnn_units").fill("16")
    page.get_by_role("button", name="Start learning").click()

    expect(page.locator("#status")).to_contain_text("Learning.", timeout=PATIENCE)
    expect(page.locator("#curve polyline.val")).to_be_attached(timeout=PATIENCE)
    expect(page.locator("#samples")).to_contain_text("after epoch 1", timeout=PATIENCE)
    expect(page.locator("#gradient")).to_contain_text("of the steps were clipped")
    expect(page).to_have_url(re.compile(r"\?run=rhyme-[0-9a-f]{16}$"))

    page.reload()
    expect(page.locator("#status")).to_contain_text("Learning.", timeout=PATIENCE)
    expect(page.locator("#samples")).to_contain_text("before learning")
    page.locator("#stop").click()
    expect(page.locator("#status")).to_contain_text("Stopped after", timeout=PATIENCE)

    page.locator("#write-with-it").click()
    expect(page.locator("#bars table")).to_be_visible(timeout=PATIENCE)
    page.get_by_role("textbox", name="Start").fill("the ")
    before = page.locator("#bars").inner_text()
    page.get_by_role("spinbutton", name="number input for temperature").fill("0.2")
    expect(page.locator("#bars")).not_to_have_text(before)
    page.get_by_role("button", name="Generate").click()
    expect(page.locator("#writing")).to_contain_text("400 characters written", timeout=PATIENCE)
    written = page.locator("#written textarea").input_value()
    assert written.startswith("the ")
    assert len(written) == 404
    with page.expect_download() as download:
        page.locator("#download-text").click()
    assert Path(download.value.path()).read_text() == written


def test_another_optimizer_brings_a_learning_rate_that_suits_it(page):
    page.get_by_role("button", name="Advanced").click()
    expect(page.get_by_label("learning_rate")).to_have_value("0.02")
    page.locator("#optimizer").get_by_label("adam").check()
    expect(page.get_by_label("learning_rate")).to_have_value("0.01")


def test_unknown_characters_are_named_and_cured_with_a_click(page, choose):
    page.get_by_role("tab", name="Write").click()
    choose(page, "#model", "rhyme")
    page.get_by_role("textbox", name="Start").fill("Thé ☃")
    expect(page.locator("#unknown")).to_contain_text("The model never saw T, é, ☃", timeout=PATIENCE)
    page.locator("#replace").click()
    expect(page.get_by_role("textbox", name="Start")).to_have_value("the ")
    expect(page.locator("#unknown")).not_to_be_visible()


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


def test_wrong_numbers_are_told_at_the_field(page):
    page.get_by_label("epochs", exact=True).fill("-5")
    page.get_by_role("button", name="Start learning").click()
    expect(page.locator("#epochs")).to_contain_text("epochs is -5. Expected a whole number from 1 to")


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

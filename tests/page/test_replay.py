"""Back in time in a real browser: the slider needs no server, and a run that is under way grows its film."""

import re

from playwright.sync_api import expect

PATIENCE = 60_000  # milliseconds for TensorFlow to come up, here and in the worker
TOLD, SLIDER, PLAY = "#replay-player .told", "#replay-player input", "#replay-player button"
VISIBLE = "#replay-film .frame:visible"


def open_film(page, frames=15):
    page.get_by_role("tab", name="Replay").click()
    expect(page.locator("#replay-film [data-whole=true] .frame")).to_have_count(frames, timeout=PATIENCE)


def test_the_page_shows_a_network_learning_before_anything_was_trained(page):
    open_film(page)
    expect(page.locator(PLAY)).to_have_text("Pause")  # it plays by itself
    expect(page.locator(TOLD)).to_contain_text("After epoch 1: val_loss", timeout=PATIENCE)
    page.locator(PLAY).press("Enter")
    expect(page.locator(PLAY)).to_have_text("Play")

    asked = []
    page.on("request", lambda request: asked.append(request.url))
    slider = page.locator(SLIDER)
    slider.press("Home")
    expect(page.locator(TOLD)).to_have_text("Before learning.")
    before = page.locator(VISIBLE).inner_text()
    slider.press("End")
    expect(page.locator(TOLD)).to_contain_text("After epoch 14: val_loss 1.4")
    expect(slider).to_have_attribute("aria-valuetext", "after epoch 14")
    expect(page.locator(VISIBLE)).to_have_count(1)
    expect(page.locator("#replay-curve .cursor:visible")).to_have_count(1)
    assert page.locator(VISIBLE).inner_text() != before
    assert not [url for url in asked if "heartbeat" not in url]  # all frames were there

    expect(page.locator("#replay-kept")).to_contain_text("It passed a 5-gram model (1.42) in epoch 13.")
    page.get_by_role("button", name="The film as a table").click()
    expect(page.locator("#replay-table tbody tr")).to_have_count(15)


def test_another_question_is_asked_of_every_epoch(page):
    page.emulate_media(reduced_motion="reduce")
    open_film(page)
    expect(page.locator(PLAY)).to_have_text("Play")  # who wants less motion starts it
    page.locator("#replay-start").get_by_role("textbox").fill("The lamp")
    page.locator("#replay-start").get_by_role("textbox").press("Enter")
    expect(page.locator("#replay-film .given").first).to_have_text("The lamp")
    expect(page.locator("#replay-film .given")).to_have_text(["The lamp"] * 15)
    page.locator("#replay-start").get_by_role("textbox").fill("☃")
    page.locator("#replay-ask").click()
    expect(page.get_by_test_id("toast-body")).to_contain_text("The model never saw ☃")


def test_models_with_and_without_epochs(page, choose):
    open_film(page)
    choose(page, "#replay-model", "shakespeare")
    expect(page.locator("#replay-state")).to_contain_text("shakespeare has no epochs to go back to")
    expect(page.locator("#replay-film .frame")).to_have_count(0)
    expect(page.locator(SLIDER)).to_be_disabled()
    choose(page, "#replay-model", "nasty")  # what it writes is markup, and no script runs
    expect(page.locator("#replay-film [data-whole=true] .frame[data-frame='1']")).to_be_attached(timeout=PATIENCE)


def test_a_run_that_is_under_way_grows_its_film(page):
    page.get_by_label("epochs", exact=True).fill("3000")
    page.get_by_role("button", name="Advanced").click()
    page.get_by_label("learning_rate").fill("0.0001")
    page.get_by_label("rnn_units").fill("16")
    page.get_by_role("button", name="Start learning").click()
    expect(page.locator("#replay-it")).to_be_visible(timeout=PATIENCE)
    page.locator("#replay-it").click()
    for number in (0, 4):  # the first ones, and some that were learnt meanwhile
        expect(page.locator(f"#replay-film .frame[data-frame='{number}']")).to_be_attached(timeout=PATIENCE)
    page.get_by_role("tab", name="Train").click()
    page.locator("#stop").click()
    expect(page.locator("#status")).to_contain_text("Stopped after", timeout=PATIENCE)
    expect(page).to_have_url(re.compile(r"\?run=lamplighter-[0-9a-f]{16}$"))

"""A visitor who goes to the other language and back: what was typed and the open tab come along."""

import re

from playwright.sync_api import expect

PATIENCE = 60_000  # milliseconds


def test_the_switch_keeps_what_was_typed_and_the_open_tab(page, served):
    page.locator("#epochs input").fill("77")
    page.get_by_role("tab", name="Write").click()
    page.locator("#start-text textarea").fill("the cat")
    page.get_by_role("link", name="Español").click()
    expect(page).to_have_url(f"{served}/es")
    expect(page.locator("#start-text textarea")).to_have_value("the cat", timeout=PATIENCE)
    expect(page.locator("#start-text textarea")).to_be_visible()
    expect(page.locator("html")).to_have_attribute("lang", "es")
    expect(page.locator("#epochs input")).to_have_value("77", timeout=PATIENCE)

    page.locator("#start-text textarea").fill("the hat")
    page.get_by_role("link", name="English").click()
    expect(page).to_have_url(re.compile(r"/\?lang=en$"))
    expect(page.locator("#start-text textarea")).to_have_value("the hat", timeout=PATIENCE)
    expect(page.locator("#start-text textarea")).to_be_visible()
    expect(page.locator("html")).to_have_attribute("lang", "en")


def test_typed_numbers_come_along_until_another_preset_is_chosen(page, served):
    page.get_by_role("button", name="Advanced").click()
    epochs, units = page.locator("#epochs input"), page.locator("#rnn-units input")
    quick = units.input_value()
    page.locator("#preset input[value=balanced]").check()
    expect(units).not_to_have_value(quick, timeout=PATIENCE)
    epochs.fill("77")
    page.get_by_role("link", name="Español").click()
    expect(page).to_have_url(f"{served}/es")
    expect(page.locator("#preset input[value=balanced]")).to_be_checked(timeout=PATIENCE)
    expect(epochs).to_have_value("77", timeout=PATIENCE)
    page.locator("#preset input[value=quick]").check()
    expect(epochs).not_to_have_value("77", timeout=PATIENCE)


def test_the_switch_keeps_the_rest_of_the_address_and_works_without_storage(page, served):
    page.add_init_script("Object.defineProperty(window, 'sessionStorage', {get() { throw new Error('blocked'); }})")
    page.goto(f"{served}/?tab=dice&start=the")
    expect(page.locator("#dice-start textarea, #dice-start input").first).to_have_value("the", timeout=PATIENCE)
    page.get_by_role("link", name="Español").click()
    expect(page).to_have_url(f"{served}/es?tab=dice&start=the")


def test_a_click_tries_a_start_that_no_text_here_has(page):
    page.get_by_role("tab", name="Write").click()
    page.locator("#tries").get_by_role("button", name="Telephone").click()
    expect(page.locator("#start-text textarea")).to_have_value("Telephone", timeout=PATIENCE)

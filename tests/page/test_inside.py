"""A look inside a network in a real browser: cells, the reach, the embedding, the parts; with any text."""

import pytest
from playwright.sync_api import expect

PATIENCE = 60_000  # milliseconds for a first model to be read and compiled
NASTY = "<img src=x onerror=alert(1)> ${alert(1)} {{value}} back\\slash \u202egnol"


def open_inside(page, choose, model, text):
    page.get_by_role("tab", name="Inside").click()
    expect(page.locator("#coloured")).not_to_be_empty(timeout=PATIENCE)
    choose(page, "#inside-model", model)
    page.locator("#inside-text textarea").fill(text)
    expect(page.locator("#coloured pre [data-pick]")).to_have_count(len(text), timeout=PATIENCE)


def test_cells_what_they_follow_and_one_switched_off(page, choose):
    open_inside(page, choose, "rhyme", "the cat sat")
    text = page.locator("#coloured")
    text.locator("[data-pick]").nth(4).click()
    expect(text).to_contain_text("Cell 0 of layer 1, after character 4 (c)")
    text.locator("[tabindex]").focus()
    page.keyboard.press("ArrowRight")
    expect(text).to_contain_text("after character 5 (a)")
    page.keyboard.press("ArrowLeft")  # the text keeps the focus although it was drawn anew
    expect(text).to_contain_text("after character 4 (c)")
    expect(page.locator("#everyone i")).to_have_count(24)
    page.locator("#everyone i").nth(7).click()
    expect(text).to_contain_text("Cell 7 of layer 1, after character 4 (c)")
    page.locator("#everyone button").first.click()
    expect(text).not_to_contain_text("Cell 7 of layer 1")

    page.locator("#find-followers").click()
    expect(page.locator("#followers .sentence")).to_contain_text("cells follow", timeout=PATIENCE)
    expect(page.locator("#followers")).to_contain_text("that the model wrote itself")
    page.locator("#switch-off").click()
    expect(page.locator("#switched-off")).to_contain_text("nats more for each character", timeout=PATIENCE)
    expect(page.locator("#switched-off pre")).to_have_count(2)


def test_how_far_back_the_embedding_and_the_parts(page, choose):
    open_inside(page, choose, "rhyme", "the cat sat on the hat")
    page.locator("#coloured [data-pick]").nth(9).click()
    page.get_by_role("tab", name="Reach").click()
    expect(page.locator("#leans")).to_contain_text("Character 9 (a) depends most on", timeout=PATIENCE)
    page.locator("#leans [data-pick]").nth(12).click()
    expect(page.locator("#leans")).to_contain_text("Character 12 (o) depends most on")
    page.locator("#reach-run").click()
    expect(page.locator("#reach-curve")).to_contain_text("rhyme: half of the whole gradient", timeout=PATIENCE)

    page.get_by_role("tab", name="Embedding").click()
    expect(page.locator("#embedding-row")).to_contain_text("a has the id")
    page.locator("#embedding-map [data-pick='3']").click()
    expect(page.locator("#embedding-row")).to_contain_text("has the id 3")
    page.get_by_label("before learning").check()
    expect(page.locator("#embedding-map svg")).to_be_visible()

    page.get_by_role("tab", name="Network").click()
    expect(page.locator("#chain")).to_contain_text("LSTM, layer 1")
    expect(page.locator("#chain li")).to_have_count(4)


def test_any_text_is_shown_as_what_it_is(page, choose):
    open_inside(page, choose, "nasty", NASTY)
    expect(page.locator("#coloured pre")).to_contain_text("<img src=x onerror=alert(1)>")
    expect(page.locator("#coloured pre")).to_contain_text("U+202E")
    page.locator("#inside-place input").fill("3")
    page.locator("#inside-cell input").fill("5")
    expect(page.locator("#coloured")).to_contain_text("Cell 5 of layer 1, after character 3 (g)")
    page.get_by_role("tab", name="Reach").click()
    expect(page.locator("#leans pre")).to_contain_text("<img src=x onerror=alert(1)>", timeout=PATIENCE)
    page.get_by_role("tab", name="Embedding").click()
    expect(page.locator("#embedding-map svg")).to_be_visible(timeout=PATIENCE)
    assert page.locator(".charlm img").count() == 0


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_it_fits_a_phone(browser, served, scheme):
    context = browser.new_context(viewport={"width": 390, "height": 844}, color_scheme=scheme)
    page = context.new_page()
    page.goto(served)
    expect(page.locator("#facts")).to_contain_text("characters", timeout=PATIENCE)
    more = page.get_by_role("button", name="More tabs").first
    if more.is_visible():
        more.click()
        page.get_by_text("Inside", exact=True).last.click()
    else:
        page.get_by_role("tab", name="Inside").click()
    expect(page.locator("#coloured pre")).to_be_visible(timeout=PATIENCE)
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    context.close()

"""The teacher's desk in a real browser: temperature, dice, surprise, copies, a lesson in a link; with any text."""

import re
from pathlib import Path
from urllib.parse import urlencode

import pytest
from playwright.sync_api import expect

PATIENCE = 60_000  # milliseconds for a first model to be read and compiled
NASTY = "<img src=x onerror=alert(1)> ${alert(1)} {{value}} back\\slash \u202egnol 👩\u200d🚀"
NASTY_SHOWN = NASTY.replace("\u202e", "U+202E")
NASTY_APART = NASTY_SHOWN.replace("\u200d", "U+200D")  # character by character


def open_tab(page, name):
    page.get_by_role("tab", name=name).click()


def written(page, number):
    return page.locator(f"#lab-column-{number} pre").inner_text()


def compare(page):
    page.locator("#lab-run").click()
    expect(page.locator("#lab-state")).to_contain_text("Written with seed", timeout=PATIENCE)


def test_four_temperatures_the_next_dice_a_link_and_a_page_to_print(page, browser, choose):
    open_tab(page, "Temperature")
    choose(page, "#lab-model", "rhyme")
    page.locator("#lab-start").get_by_role("textbox").fill("the ")
    page.get_by_role("spinbutton", name="number input for temperature 1").fill("0")
    page.get_by_role("spinbutton", name="number input for temperature 2").fill("0")
    page.get_by_role("spinbutton", name="number input for temperature 4").fill("5")
    compare(page)
    texts = [written(page, number) for number in (1, 2, 3, 4)]
    assert all(text.startswith("the ") for text in texts)
    assert texts[0] == texts[1]
    expect(page.locator("#lab-column-1")).to_contain_text("it chose between about 1.0 characters")
    expect(page.locator("#lab-column-1")).to_contain_text("every seed writes this")
    expect(page.locator("#lab-column-4")).to_contain_text("of its words appear in the text")
    expect(page.locator("#lab-column-2 mark.parts")).to_have_count(0)
    expect(page.locator("#lab-column-4 mark.parts")).to_have_count(1)
    with page.expect_download() as download:
        page.locator("#lab-save").click()
    printed = Path(download.value.path()).read_text()
    assert printed.startswith("<!doctype html>")
    assert printed.count("<section>") == 4
    assert "http" not in printed  # it needs nothing but itself

    expect(page).to_have_url(re.compile(r"tab=temperature&model=rhyme&start=the\+&temperatures=0\+0\+1\+5&seed=1&"))
    pupil = browser.new_page()
    pupil.goto(page.url)
    expect(pupil.locator("#lab-start").get_by_role("textbox")).to_have_value("the ", timeout=PATIENCE)
    compare(pupil)
    assert [written(pupil, number) for number in (1, 2, 3, 4)] == texts
    pupil.close()

    page.locator("#lab-again").click()
    expect(page.locator("#lab-state")).to_contain_text("Written with seed 2", timeout=PATIENCE)
    assert written(page, 1) == texts[0]
    assert written(page, 4) != texts[3]


def test_one_character_at_a_time(page, choose):
    open_tab(page, "Temperature")
    choose(page, "#lab-model", "rhyme")
    page.locator("#lab-start").get_by_role("textbox").fill("the ")
    compare(page)
    whole = written(page, 3)  # at temperature 1

    open_tab(page, "Dice")
    choose(page, "#dice-model", "rhyme")
    page.locator("#dice-start").get_by_role("textbox").fill("the ")
    characters = page.locator("#dice-text [data-pick]")
    expect(characters).to_have_count(0)
    expect(page.locator("#dice-text")).to_contain_text("the")
    bars = page.locator("#dice-bars tbody")
    for count in range(1, 7):
        before = bars.inner_text()
        page.locator("#throw").click()
        expect(characters).to_have_count(count, timeout=PATIENCE)
        expect(bars).not_to_have_text(before, use_inner_text=True)
    expect(page.locator("#fell")).to_contain_text("The dice fell on 0.")
    expect(page.locator("#fell .stretch.hit")).to_have_count(1)
    assert whole.startswith("the " + "".join(c[-1:] for c in characters.all_text_contents()))

    bar = page.locator("#dice-bars button").nth(4)
    name = bar.inner_text()
    bar.click()
    expect(page.locator("#fell")).to_contain_text(f"You chose {name}")
    expect(characters).to_have_count(7)
    page.locator("#step-back").click()
    expect(characters).to_have_count(6)
    characters.nth(1).click()
    expect(characters).to_have_count(2)

    page.locator("#dice-start").get_by_role("textbox").fill("the ☃")
    expect(page.locator("#fell")).to_contain_text("The model never saw ☃")
    page.locator("#dice-start").get_by_role("textbox").fill("the ")
    expect(page.locator("#fell")).not_to_contain_text("never saw")
    page.get_by_role("spinbutton", name="number input for top-k").fill("1")
    expect(bars.locator("tr").first).to_contain_text("100.0%")


def test_a_sentence_is_shaded_and_two_models_tell_whose_it_is(page, choose):
    open_tab(page, "Surprise")
    page.locator("#sentence textarea").fill("the cat sat on the hat ☃")
    choose(page, "#surprise-model", "nasty")
    choose(page, "#surprise-other", "rhyme")
    page.locator("#surprise-run").click()
    expect(page.locator("#verdict")).to_contain_text("It sounds like rhyme", timeout=PATIENCE)
    expect(page.locator("#surprise-1")).to_contain_text("The model never saw ☃")
    expect(page.locator("#surprise-1 .surprise > span")).to_have_count(len("the cat sat on the hat "))
    page.get_by_role("button", name="The same as a table").click()
    expect(page.locator("#surprise-table tbody").last.locator("tr").first).to_contain_text("t")


def test_what_was_copied_is_marked_and_shown_where_it_stands(page, choose):
    open_tab(page, "Write")
    choose(page, "#model", "nasty")
    page.get_by_role("textbox", name="Start").fill(NASTY)
    page.locator("#generate").click()
    expect(page.locator("#writing")).to_contain_text("characters written", timeout=PATIENCE)
    page.locator("#did-it-copy").click()
    expect(page.locator("#copied")).to_contain_text("appears word for word", timeout=PATIENCE)
    expect(page.locator("#copied details").first).not_to_have_attribute("open", "")
    page.locator("#copied mark").first.click()
    expect(page.locator("#copied details").first).to_have_attribute("open", "")
    expect(page.locator("#copied details pre").first).to_contain_text(NASTY_SHOWN[:40])
    choose(page, "#model", "rhyme")
    page.locator("#did-it-copy").click()
    expect(page.locator("#copied")).to_contain_text("is not here, only the model")


def test_any_text_is_shown_as_what_it_is(page, served, choose):
    open_tab(page, "Temperature")
    choose(page, "#lab-model", "nasty")
    page.locator("#lab-start").get_by_role("textbox").fill(NASTY)
    compare(page)
    expect(page.locator("#lab-column-1 pre")).to_contain_text(NASTY_SHOWN)
    open_tab(page, "Dice")
    choose(page, "#dice-model", "nasty")
    page.locator("#dice-start").get_by_role("textbox").fill(NASTY)
    expect(page.locator("#dice-text")).to_contain_text(NASTY_SHOWN, timeout=PATIENCE)
    page.locator("#throw").click()
    expect(page.locator("#dice-text [data-pick]")).to_have_count(1)
    open_tab(page, "Surprise")
    choose(page, "#surprise-model", "nasty")
    page.locator("#sentence textarea").fill(NASTY)
    page.locator("#surprise-run").click()
    expect(page.locator("#surprise-0 .surprise")).to_contain_text(NASTY_APART, timeout=PATIENCE)
    assert page.locator(".charlm img").count() == 0
    hostile = urlencode({"model": NASTY, "start": "${alert(1)}", "temperatures": "0 1 2 3", "seed": 1, "length": 50})
    page.goto(f"{served}?tab=temperature&{hostile}")
    expect(page.locator("#lab-start").get_by_role("textbox")).to_have_value("${alert(1)}", timeout=PATIENCE)
    assert page.locator("img[src=x]").count() == 0


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_desk_fits_a_phone(browser, served, scheme):
    context = browser.new_context(viewport={"width": 390, "height": 844}, color_scheme=scheme)
    page = context.new_page()
    page.goto(f"{served}?tab=temperature&model=rhyme&start=the&temperatures=0+0.5+1+2&seed=1&length=100")
    expect(page.locator("#lab-start").get_by_role("textbox")).to_have_value("the", timeout=PATIENCE)
    compare(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    context.close()

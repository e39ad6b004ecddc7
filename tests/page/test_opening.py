"""The first screen in a real browser."""

import pytest
from playwright.sync_api import expect

PATIENCE = 60_000


@pytest.mark.parametrize("size", [(1280, 800), (390, 844)])
def test_a_visitor_sees_a_network_learn_and_lets_one_write_with_one_click(browser, served, size):
    context = browser.new_context(viewport={"width": size[0], "height": size[1]})
    page = context.new_page()
    page.goto(served)
    for way in ("Teach it my text", "Let it write"):
        box = page.get_by_role("button", name=way).bounding_box()
        assert box["y"] + box["height"] <= size[1]
    expect(page.locator("#opening")).to_contain_text("after epoch 1")
    expect(page.locator("#opening [data-still='1']")).to_be_visible()
    page.get_by_role("button", name="Pause").click()
    expect(page.get_by_role("button", name="Play")).to_be_visible()
    names = ["Train", "Write", "Temperature", "Dice", "Surprise", "Inside", "Replay", "Side by side"]
    assert all(page.get_by_role("tab", name=name, exact=True).is_visible() for name in names)
    assert page.evaluate("document.documentElement.scrollWidth") <= size[0]
    page.get_by_role("button", name="Let it write").click()
    expect(page.locator("#writing")).to_contain_text("400 characters written", timeout=PATIENCE)
    expect(page.locator("#opening")).not_to_be_visible()
    context.close()


def test_the_first_step_folds_it_and_the_name_brings_it_back(page):
    page.get_by_role("button", name="Teach it my text").click()
    expect(page.locator("#opening")).not_to_be_visible()
    expect(page.get_by_label("My files")).to_be_checked()
    expect(page.get_by_role("tab", name="Train")).to_be_focused()
    page.locator("#home").click()
    expect(page.locator("#opening")).to_be_visible()
    page.get_by_role("tab", name="Dice").click()
    expect(page.locator("#opening")).not_to_be_visible()


def test_who_comes_by_a_link_does_not_see_it(page, served):
    page.goto(f"{served}/?tab=dice")
    expect(page.locator("#throw")).to_be_visible(timeout=PATIENCE)
    expect(page.locator("#opening")).not_to_be_visible()


def test_it_stands_still_for_who_wants_no_motion(browser, served):
    context = browser.new_context(reduced_motion="reduce")
    page = context.new_page()
    page.goto(served)
    expect(page.locator("#opening .still")).to_be_visible()
    expect(page.locator("#opening .moving")).not_to_be_visible()
    context.close()


def test_the_path_follows_what_is_written_and_each_part_leads_to_its_tab(page):
    page.get_by_role("button", name="Let it write").click()
    expect(page.locator("#writing")).to_contain_text("400 characters written", timeout=PATIENCE)
    last = page.locator("#written textarea").input_value()[-1]
    thrown = {" ": "␣", "\n": "⏎"}.get(last, last)
    expect(page.locator("#path [data-live=thrown]")).to_have_text(thrown)
    page.get_by_role("button", name="embedding", exact=True).click()
    expect(page.get_by_role("tab", name="Inside")).to_have_attribute("aria-selected", "true")
    expect(page.locator("#inside-embedding-button")).to_have_attribute("aria-selected", "true")
    page.get_by_role("button", name="dice", exact=True).click()
    expect(page.locator("#throw")).to_be_in_viewport()

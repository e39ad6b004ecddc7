"""The same text with every kind of cell, in a real browser: one click, three runs, one link."""

import re

from playwright.sync_api import expect

PATIENCE = 120_000  # milliseconds for three workers, each with its TensorFlow


def test_one_click_learns_with_every_cell_and_one_link_shows_all_three(page, browser):
    page.get_by_label("epochs", exact=True).fill("2")
    page.get_by_role("button", name="Advanced").click()
    page.get_by_label("rnn_units").fill("8")
    page.locator("#every-cell").click()
    rows = page.locator("#contest-table tbody tr")
    expect(rows).to_have_count(3, timeout=PATIENCE)
    expect(page).to_have_url(re.compile(r"\?tab=contest&runs=(lamplighter-[0-9a-f]{16},?){3}$"))

    page.get_by_role("tab", name="Train").click()
    page.locator("#every-cell").click()
    expect(page.get_by_test_id("toast-body")).to_contain_text("you asked for 3 more")  # three of three are taken

    page.get_by_role("tab", name="Side by side").click()
    expect(page.locator("#contest-table td", has_text="done")).to_have_count(3, timeout=PATIENCE)
    for number, cell in enumerate(("rnn", "gru", "lstm")):
        expect(rows.nth(number)).to_contain_text(f"{cell}, 8 units")
        expect(page.locator(f"#contest-curves figure > svg polyline.n{number}")).to_be_attached()
    pupil = browser.new_context().new_page()
    pupil.goto(page.url)
    expect(pupil.locator("#contest-table td", has_text="done")).to_have_count(3, timeout=PATIENCE)
    pupil.context.close()

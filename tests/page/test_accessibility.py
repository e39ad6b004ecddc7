"""No tab keeps out who listens to the page, goes by keyboard or sees little contrast: axe finds nothing serious."""

from importlib.resources import files

import pytest
from playwright.sync_api import expect

from charlm.ui import texts

AXE = (files("axe_playwright_python") / "axe.min.js").read_text("utf-8")
# In the dark only the colours differ, so only they are looked at.
FOUND = """async (dark) => {
  document.body.classList.toggle('dark', dark);
  const rules = dark ? {runOnly: ['color-contrast']} : {};
  const {violations} = await axe.run(document, {resultTypes: ['violations'], ...rules});
  return violations.filter(({impact}) => ['serious', 'critical'].includes(impact)).flatMap(
    ({id, nodes}) => nodes.map(({html, target}) => `${id}: ${target} ${html.slice(0, 200)}`)); }"""
TABS = ("train", "write", "temperature", "dice", "surprise", "inside", "replay", "contest")
INNER = ("reach", "embedding", "network")
PATIENCE = 60_000  # milliseconds


def found(page):
    return page.evaluate(FOUND, False) + page.evaluate(FOUND, True)


@pytest.mark.parametrize("language", ["en", "es"])
def test_no_tab_has_a_serious_fault(page):
    page.add_script_tag(content=AXE)
    faults = {"opening": found(page)}
    for tab in TABS:
        page.locator(f"#tab-{tab}-button").click()
        expect(page.locator(f"#tab-{tab}")).to_be_visible(timeout=PATIENCE)
        faults[tab] = found(page)
    page.locator("#tab-inside-button").click()
    for tab in INNER:
        page.locator(f"#inside-{tab}-button").click()
        expect(page.locator(f"#inside-{tab}")).to_be_visible(timeout=PATIENCE)
        faults[f"inside, {tab}"] = found(page)
    assert {place: told for place, told in faults.items() if told} == {}


@pytest.mark.parametrize("language", ["en", "es"])
def test_a_refusal_has_a_title_in_the_language_of_the_page(page):
    page.locator("#inside-button, #tab-write-button").first.click()
    page.locator("#start-text textarea").fill("☃")
    page.locator("#generate").click()
    title = page.locator(".toast-title.error")
    expect(title).to_be_visible(timeout=PATIENCE)
    shown = title.evaluate("e => [getComputedStyle(e, '::before').content, getComputedStyle(e).fontSize]")
    assert shown == [f'"{texts.NOT_POSSIBLE}"', "0px"]

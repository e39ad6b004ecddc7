"""No tab keeps out who listens to the page, goes by keyboard or sees little contrast: axe finds nothing serious."""

from importlib.resources import files

import pytest
from playwright.sync_api import expect

from charlm.ui import texts

AXE = (files("axe_playwright_python") / "axe.min.js").read_text("utf-8")
FOUND = """async (place) => {
  const {violations} = await axe.run(document.querySelector(place), {resultTypes: ['violations']});
  return violations.filter(({impact}) => ['serious', 'critical'].includes(impact)).flatMap(
    ({id, nodes}) => nodes.map(({html, target}) => `${id}: ${target} ${html.slice(0, 200)}`)); }"""
# Each tab, and what is seen there once it has drawn something.
TABS = {
    "train": "#facts pre", "write": "#bars table", "temperature": "#lab-run", "dice": "#dice-bars table",
    "surprise": "#surprise-run", "inside": "#coloured pre", "replay": "#replay-player button:enabled",
    "contest": "#contest-runs",
}  # fmt: skip
INNER = {"reach": "#leans pre", "embedding": "#embedding-map svg", "network": "#chain ol"}
PATIENCE = 60_000  # milliseconds


# Colours and words have nothing to do with each other, so two of the four pairs show every fault.
@pytest.mark.parametrize(("language", "scheme"), [("en", "light"), ("es", "dark")])
def test_no_tab_has_a_serious_fault(page, scheme):
    page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
    page.reload()
    expect(page.locator("#facts pre")).to_be_visible(timeout=PATIENCE)
    page.add_script_tag(content=AXE)
    faults = {"the first screen": lasting(page, "html")}

    def look(name, place, seen):
        page.locator(f"{place}-button").click()
        expect(page.locator(seen).first).to_be_visible(timeout=PATIENCE)
        faults[name] = lasting(page, place)

    for tab, seen in TABS.items():
        look(tab, f"#tab-{tab}", seen)
    page.locator("#tab-inside-button").click()
    for tab, seen in INNER.items():
        look(f"inside, {tab}", f"#inside-{tab}", seen)
    assert {place: told for place, told in faults.items() if told} == {}


def lasting(page, place):
    """The faults that stay: what is just being drawn anew is pale for a moment."""
    for _ in range(20):
        if not (faults := page.evaluate(FOUND, place)):
            break
        page.wait_for_timeout(500)
    return faults


def test_what_is_chosen_looks_so_under_the_pointer(page):
    chosen = page.locator("#where input:checked")
    colour = chosen.evaluate("element => getComputedStyle(element).backgroundColor")
    expect(page.locator("#where input:not(:checked)").first).not_to_have_css("background-color", colour)
    chosen.hover()
    expect(chosen).to_have_css("background-color", colour)


@pytest.mark.parametrize("language", ["en", "es"])
def test_a_refusal_has_a_title_in_the_language_of_the_page(page):
    page.locator("#tab-write-button").click()
    page.locator("#start-text textarea").fill("☃")
    page.locator("#generate").click()
    title = page.locator(".toast-title.error")
    expect(title).to_be_visible(timeout=PATIENCE)
    shown = title.evaluate("e => [getComputedStyle(e, '::before').content, getComputedStyle(e).fontSize]")
    assert shown == [f'"{texts.NOT_POSSIBLE}"', "0px"]

"""The five demonstrations for a class: their links open the page as it must stand, and show what they promise."""

import re

import pytest
from playwright.sync_api import expect

from charlm.ui.page import IN_CLASS

PATIENCE = 120_000  # milliseconds for a worker with its TensorFlow, and a minute of learning
ENGLISH = (IN_CLASS / "en.md").read_text("utf-8")
LINKS = re.findall(r"\]\(\./(\?tab=(\w+).*?)\)", ENGLISH)


@pytest.mark.parametrize(
    ("address", "title", "fourth"),
    [
        ("", "In class: five demonstrations of five minutes", "4. It learnt by heart: proof"),
        ("es", "En clase: cinco demostraciones de cinco minutos", "4. Lo aprendió de memoria: la prueba"),
    ],
)
def test_they_stand_at_the_foot_of_the_page(address, title, fourth, page, served):
    page.goto(f"{served}/{address}")
    page.get_by_role("button", name=title).click()
    expect(page.get_by_role("heading", name=fourth)).to_be_visible()


@pytest.mark.parametrize(("link", "tab"), LINKS)
def test_each_link_opens_its_tab(link, tab, page, served):
    page.goto(f"{served}/{link}")
    expect(page.locator(f"#tab-{tab}")).to_be_visible(timeout=PATIENCE)


def test_learnt_by_heart_is_proved(page, served):
    (link,) = (link for link, _ in LINKS if "dropout=0" in link)
    page.goto(f"{served}/{link}")
    expect(page.get_by_label("epochs", exact=True)).to_have_value("30")
    page.locator("#start").click()
    expect(page.locator("#status")).to_contain_text("by heart", timeout=PATIENCE)
    page.locator("#replay-it").click()
    copied = page.locator("#replay-film [data-told*='% of what it writes stands word for word in its text']")
    expect(copied.last).to_be_attached(timeout=PATIENCE)

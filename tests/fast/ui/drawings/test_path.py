"""The path of a character, drawn."""

import re

from charlm.runs.limits import Limits
from charlm.ui.drawings.path import LEADS, path
from charlm.ui.page import build


def test_every_part_has_words_and_leads_to_a_tab_of_the_page(tmp_path):
    page = build(tmp_path, Limits())
    tabs = {c["props"].get("id") for c in page.config["components"] if c["type"] == "tabitem"}
    page.machine.close()
    assert {tab for tab, _ in LEADS.values()} <= tabs
    drawn = path()
    words = re.findall(r"<span>(.+?)</span>", drawn)
    assert words == ["text", "ids", "windows", "embedding", "cell", "bars", "dice"]
    assert "each number picks a row of a table" in drawn

"""The page as it is built."""

import re

import pytest

from charlm.runs.limits import Limits
from charlm.ui.page import build


@pytest.fixture(scope="module")
def page(tmp_path_factory):
    page = build(tmp_path_factory.mktemp("data"), Limits(length=200))
    yield page
    page.machine.close()


@pytest.fixture(scope="module")
def controls(page):
    """What a browser is told of the controls, by their elem_id."""
    return {c["props"]["elem_id"]: c["props"] for c in page.config["components"] if c["props"].get("elem_id")}


def test_every_choice_has_an_id_and_no_sentence_is_one(page):
    chosen = [c["props"]["choices"] for c in page.config["components"] if c["props"].get("choices")]
    assert len(chosen) >= 6
    for _, id_ in (choice for choices in chosen for choice in choices):
        assert re.fullmatch(r"[\w.-]+", id_)


def test_the_text_s_source_and_its_encoding_go_by_stable_names(controls):
    assert [id_ for _, id_ in controls["where"]["choices"]] == ["built-in", "file", "paste"]
    assert controls["where"]["value"] == "built-in"
    assert controls["encoding"]["value"] == "auto"
    assert "utf-8" in [id_ for _, id_ in controls["encoding"]["choices"]]
    assert [id_ for _, id_ in controls["preset"]["choices"]] == ["quick", "balanced", "book"]


def test_scripts_are_offered_endpoints_and_none_of_the_page_s_own_listeners(page):
    public = [d["api_name"] for d in page.config["dependencies"] if d["api_visibility"] != "private"]
    assert sorted(public) == [
        "cell", "cells", "check_up", "compare", "copies", "delete", "estimate", "generate", "go_on", "models",
        "neighbours", "next_characters", "parts", "reach", "replay", "shortlist", "status", "stop", "surprise",
        "switch_off", "train", "visitor",
    ]  # fmt: skip
    assert all(not d["targets"] for d in page.config["dependencies"] if d["api_name"] in public)


def test_no_slider_offers_more_than_may_be_written_at_once(controls):
    for name in ("length", "lab-length", "replay-length"):
        assert controls[name]["maximum"] == controls[name]["value"] == 200


def test_a_spanish_visitor_is_offered_spanish_content_first(page):
    theirs = set(page.config["page"]["es"]["components"])
    offered = {c["props"].get("elem_id"): c["props"] for c in page.config["components"] if c["id"] in theirs}
    assert offered["built-in"]["value"] == offered["built-in"]["choices"][0][1] == "molino"
    for control in ("model", "lab-model", "dice-model", "surprise-model", "inside-model"):
        assert offered[control]["value"] == offered[control]["choices"][0][1] == "quijote"
    assert offered["start-text"]["placeholder"] == "Érase una vez"
    assert "español" in offered["built-in"]["choices"][0][0]
    assert "Mancha" in offered["inside-text"]["value"]

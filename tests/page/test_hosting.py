"""A page that strangers use: what they may not ask for, what is theirs, and what they can take along."""

import json
import re
from contextlib import suppress

import httpx
import pytest
from gradio_client import Client
from gradio_client.exceptions import AppError
from playwright.sync_api import expect

import charlm
from charlm.export.onefile import export_model
from charlm.settings import ModelSettings, RunSettings, TrainingSettings
from charlm.ui.choices import NAMES, values_of
from charlm.ui.languages import english as texts

PATIENCE = 60_000
TEXT = "the cat sat on the hat and that was that\n" * 25
SMALL = RunSettings(ModelSettings(rnn_units=8), TrainingSettings(epochs=1, seq_length=16, batch_size=4))


@pytest.fixture(scope="module")
def numbers(served):
    """The number of every named endpoint, as a browser finds it."""
    config = httpx.get(f"{served}/config").json()
    return {d["api_name"]: d["id"] for d in config["dependencies"] if d["api_name"]}


def ask(served, number, data):
    """Ask as raw HTTP does, and return the sentence of the refusal; fails if it was answered."""
    body = json.dumps({"data": data, "fn_index": number, "session_hash": "raw"})  # NaN and all
    headers = {"Content-Type": "application/json"}
    with httpx.Client(base_url=served, timeout=60) as client:
        joined = client.post("/gradio_api/queue/join", content=body, headers=headers)
        if joined.status_code >= 400:
            assert joined.status_code < 500, joined.text
            return joined.text
        with client.stream("GET", "/gradio_api/queue/data", params={"session_hash": "raw"}) as events:
            for line in events.iter_lines():
                with suppress(json.JSONDecodeError):
                    event = json.loads(line.removeprefix("data:"))
                    if event.get("msg") == "process_completed":
                        assert not event["success"]
                        return event["output"]["error"]
    raise AssertionError("no answer")


NUMBERS = [float("nan"), float("inf"), -1, 1e300, 10**400, "many", "<b>", None, [], {}, True]


@pytest.mark.parametrize("place", [2, 3, 4])
@pytest.mark.parametrize("wrong", NUMBERS, ids=lambda n: repr(n)[:12])
def test_writing_refuses_what_is_no_number_in_words(served, numbers, place, wrong):
    data = ["rhyme", "the", 0.5, 60, 1]
    data[place] = wrong
    assert ask(served, numbers["generate"], data)


@pytest.mark.parametrize("wrong", [{"length": 1e6}, {"start": "the " * 1_000}, {"model": "../../../etc"}, {"model": 7}])
def test_writing_has_bounds(served, numbers, wrong):
    asked = {"model": "rhyme", "start": "the", "temperature": 0.5, "length": 60, "seed": 1} | wrong
    assert ask(served, numbers["generate"], list(asked.values()))


@pytest.mark.parametrize("name", ["epochs", "batch_size", "rnn_units", "learning_rate", "cell"])
@pytest.mark.parametrize("wrong", [float("nan"), -1, 1e300, "many", None, [], 10**400], ids=lambda n: repr(n)[:12])
def test_a_run_of_wrong_numbers_is_refused_in_words(served, numbers, name, wrong):
    values = dict(zip(NAMES, values_of("quick", len(TEXT)), strict=True)) | {name: wrong}
    source = [texts.PASTED, "lamplighter", None, TEXT, texts.ENCODING_FOUND, None, "quick"]
    assert ask(served, numbers["train"], [*source, *values.values()])


def test_a_file_of_the_server_is_no_upload(served, numbers):
    values = values_of("quick", len(TEXT))
    file = {"path": "/etc/passwd", "meta": {"_type": "gradio.FileData"}}
    source = [texts.FILES, "lamplighter", [file], "", texts.ENCODING_FOUND, None, "quick"]
    assert "root:" not in ask(served, numbers["train"], [*source, *values])


def test_a_run_and_its_text_are_deleted_with_two_clicks(page, served):
    page.get_by_label("epochs", exact=True).fill("1")
    page.locator("#start").click()
    expect(page.locator("#status")).to_contain_text("Done.", timeout=PATIENCE)
    run = re.search(r"run=([\w-]+)", page.url).group(1)
    client = Client(served, verbose=False, analytics_enabled=False)
    assert client.predict(run, api_name="/status")["state"] == "ended"
    page.locator("#forget").click()
    page.locator("#forget-really").click()
    expect(page.locator("#forgotten")).to_contain_text("are deleted here")
    expect(page.locator("#status")).to_contain_text("Nothing is being learnt.")
    with pytest.raises(AppError, match="no run called"):
        client.predict(run, api_name="/status")
    with pytest.raises(AppError, match="no model"):
        client.predict(run, "the", 0.5, 60, 1, api_name="/generate")


def bring(page, file):
    with page.expect_file_chooser() as chooser:
        page.locator("#import-model").click()
    chooser.value.set_files(file)


def test_a_model_goes_from_one_page_to_another(page, rhyme, tmp_path):
    list(charlm.train(rhyme, tmp_path / "mine", SMALL))
    export_model(tmp_path / "mine", tmp_path / "mine.charlm.zip")
    page.get_by_role("tab", name="Write").click()
    expect(page.locator("#bars table")).to_be_visible(timeout=PATIENCE)
    bring(page, tmp_path / "mine.charlm.zip")
    expect(page.locator("#model input")).to_have_value(re.compile(r"mine, yours"), timeout=PATIENCE)
    page.get_by_role("textbox", name="Start").fill("the ")
    page.locator("#generate").click()
    expect(page.locator("#writing")).to_contain_text("400 characters written", timeout=PATIENCE)


def test_a_hostile_model_is_refused_in_words(page, tmp_path):
    (tmp_path / "trap.zip").write_bytes(b"PK\x03\x04" + bytes(1_000))
    page.get_by_role("tab", name="Write").click()
    expect(page.locator("#bars table")).to_be_visible(timeout=PATIENCE)
    bring(page, tmp_path / "trap.zip")
    expect(page.get_by_test_id("toast-body")).to_contain_text("is no model that can be opened here")

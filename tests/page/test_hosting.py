"""A page that strangers use: what they may not ask for, what is theirs, and what they can take along."""

import json
import re
from contextlib import suppress
from pathlib import Path

import httpx
import pytest
from gradio_client import Client
from gradio_client.exceptions import AppError
from playwright.sync_api import expect

import charlm
from charlm.export.onefile import export_model
from charlm.settings import FIELDS, ModelSettings, RunSettings, TrainingSettings

PATIENCE = 60_000
ROOT = Path(__file__).parents[2]
SMALL = RunSettings(ModelSettings(rnn_units=8), TrainingSettings(epochs=1, seq_length=16, batch_size=4))


@pytest.fixture(scope="module")
def config(served):
    """What a browser is told of the page: its controls and its listeners."""
    return httpx.get(f"{served}/config").json()


@pytest.fixture(scope="module")
def listener(config):
    """The listener that a click on a button starts first, or the endpoint of a name: listener("#start")."""
    # The English page is built first.
    ids = {c["props"].get("elem_id"): c["id"] for c in reversed(config["components"])}

    def listener(name):
        for found in config["dependencies"]:
            if found["api_name"] == name or [ids.get(name[1:]), "click"] in found["targets"]:
                return found
        raise AssertionError(name)

    return listener


@pytest.fixture(scope="module")
def filled(config):
    """What the inputs of a listener hold when the page opens."""
    values = {c["id"]: c["props"].get("value") for c in config["components"]}
    return lambda listener: [values[number] for number in listener["inputs"]]


def refusal(served, listener, data):
    """The sentence that raw HTTP gets, NaN and all; fails if it was answered."""
    body = json.dumps({"data": data, "fn_index": listener["id"], "session_hash": "raw"})
    headers = {"Content-Type": "application/json"}
    with httpx.Client(base_url=served, timeout=60) as client:
        if not listener["queue"]:
            answer = client.post("/gradio_api/run/predict", content=body, headers=headers)
            assert answer.status_code >= 400, answer.text
            return answer.json()["error"]
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


NUMBERS = [float("nan"), float("inf"), -1, 1e300, 10**400, "many", "<b>", [], {}, True]


@pytest.mark.parametrize("place", [2, 3, 4])
@pytest.mark.parametrize("wrong", NUMBERS, ids=lambda n: repr(n)[:12])
def test_writing_refuses_what_is_no_number_in_words(served, listener, place, wrong):
    data = ["rhyme", "the", 0.5, 60, 1]
    data[place] = wrong
    assert "Expected" in refusal(served, listener("generate"), data)


@pytest.mark.parametrize("wrong", [{"length": 1e6}, {"start": "the " * 1_000}, {"model": "../../../etc"}, {"model": 7}])
def test_writing_has_bounds(served, listener, wrong):
    asked = {"model": "rhyme", "start": "the", "temperature": 0.5, "length": 60, "seed": 1} | wrong
    assert "Expected" in refusal(served, listener("generate"), list(asked.values()))


@pytest.mark.parametrize("name", ["epochs", "batch_size", "rnn_units", "learning_rate", "cell"])
@pytest.mark.parametrize("wrong", [float("nan"), -1, 1e300, "many", [], 10**400], ids=lambda n: repr(n)[:12])
@pytest.mark.parametrize("way", ["train", "estimate", "#start"])
def test_a_run_of_wrong_numbers_is_refused_in_words(served, config, listener, filled, way, name, wrong):
    data = filled(listener(way))
    data[place_of(config, listener(way), name)] = wrong
    assert refusal(served, listener(way), data)


def place_of(config, listener, name):
    """Where a setting stands among the inputs: a control of the page is labelled, an endpoint lists them all."""
    labels = {c["id"]: c["props"].get("label") for c in config["components"]}
    if listener["api_visibility"] == "private":
        return [labels[number] for number in listener["inputs"]].index(name)
    return len(listener["inputs"]) - len(FIELDS) + list(FIELDS).index(name)  # they come last


@pytest.mark.parametrize("path", ["/etc/passwd", "https://example.org/a.txt", str(ROOT / "README.md"), "", "/", 7])
@pytest.mark.parametrize("meta", [{"meta": {"_type": "gradio.FileData"}}, {}])
@pytest.mark.parametrize("way", ["check_up", "train", "#start"])
def test_a_file_of_the_server_is_no_upload(served, config, listener, filled, way, path, meta):
    data = filled(listener(way))
    where, files = (0, 2) if way == "#start" else (2, 1)
    data[where], data[files] = "file", [{"path": path} | meta]
    told = refusal(served, listener(way), data)
    assert "Expected" in told
    assert "root:" not in told


@pytest.mark.parametrize("endpoint", ["generate", "surprise", "check_up"])
def test_half_a_character_is_refused_in_words(served, listener, filled, endpoint):
    data = filled(listener(endpoint))
    data[0 if endpoint != "generate" else 1] = "a \ud800 b"
    assert "half a character" in refusal(served, listener(endpoint), data)


@pytest.mark.parametrize("data", [[], [1] * 40, ["paste"]])
def test_too_few_and_too_many_values_are_told_in_words(served, listener, data):
    assert "cannot be read" in refusal(served, listener("#start"), data)
    assert "Expected" in refusal(served, listener("status"), data)


def test_what_a_script_leaves_out_is_as_it_is_by_default(served):
    call = f"{served}/gradio_api/call/generate"
    event = httpx.post(call, json={"data": ["rhyme", "the cat"]}).json()["event_id"]
    told = httpx.get(f"{call}/{event}", timeout=60).text.split("data: ")[-1]
    assert len(json.loads(told)[0]["text"]) == 400


def test_a_run_and_its_text_are_deleted_with_two_clicks(page, served):
    page.get_by_label("epochs", exact=True).fill("1")
    page.locator("#start").click()
    expect(page.locator("#status")).to_contain_text("Done.", timeout=PATIENCE)
    run = re.search(r"run=([\w-]+)", page.url).group(1)
    client = Client(served, verbose=False, analytics_enabled=False)
    assert client.predict(run=run, api_name="/status")["state"] == "ended"
    page.locator("#forget").click()
    page.locator("#forget-really").click()
    expect(page.locator("#forgotten")).to_contain_text("are deleted here")
    expect(page.locator("#status")).to_contain_text("Nothing is being learnt.")
    with pytest.raises(AppError, match="no run called"):
        client.predict(run=run, api_name="/status")
    with pytest.raises(AppError, match="no model"):
        client.predict(model=run, start_text="the", api_name="/generate")


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
    expect(page.get_by_test_id("toast-body")).to_contain_text("charlm cannot open")

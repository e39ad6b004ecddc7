"""What a script can do with the page: the named endpoints."""

import time

import pytest
from gradio_client import Client
from gradio_client.exceptions import AppError

from charlm.ui.choices import NAMES, values_of
from charlm.ui.languages import english as texts

TEXT = "the cat sat on the hat and that was that\n" * 25


@pytest.fixture(scope="module")
def client(served):
    return Client(served, verbose=False, analytics_enabled=False)


def begin(client, **changes):
    """Start a run of the endpoint `train`."""
    values = dict(zip(NAMES, values_of("quick", len(TEXT)), strict=True)) | changes
    source = {"where": texts.PASTED, "built_in": "lamplighter", "files": None, "pasted": TEXT}
    return client.predict(**source, encoding=texts.ENCODING_FOUND, preset="quick", **values, api_name="/train")


def wait_for(client, run, *states):
    for _ in range(600):
        if (status := client.predict(run, api_name="/status"))["state"] in states:
            return status
        time.sleep(0.1)
    raise AssertionError(status)


def test_a_model_writes(client):
    text, sentence = client.predict("rhyme", "the cat", 0.0, 60, 1, api_name="/generate")
    assert text.startswith("the cat")
    assert len(text) == 67
    assert "60 characters written with seed 1" in sentence


def test_it_streams(client):
    job = client.submit("rhyme", "the", 0.5, 300, 1, api_name="/generate")
    job.result()
    lengths = [len(text) for text, _ in job.outputs()]
    assert len(lengths) > 2
    assert lengths == sorted(lengths)


def test_unknown_characters_and_models_are_told_in_words(client):
    with pytest.raises(AppError, match="Replace: Ñ → n"):
        client.predict("rhyme", "Ñ", 0.5, 60, 1, api_name="/generate")
    with pytest.raises(AppError, match="There is no model"):
        client.predict("../../etc", "x", 0.5, 60, 1, api_name="/generate")


def test_a_run_is_started_watched_stopped_and_gone_on_with(client):
    run = begin(client, epochs=10_000, rnn_units=8)
    assert run.startswith("pasted-")
    assert wait_for(client, run, "running")["place"] == 0
    while client.predict(run, api_name="/status")["epoch"] < 1:
        time.sleep(0.1)
    client.predict(run, api_name="/stop")
    stopped = wait_for(client, run, "ended")
    assert stopped["sentence"].startswith("Stopped after")
    client.predict(run, 2, api_name="/go_on")
    assert wait_for(client, run, "ended")["epoch"] == int(stopped["epoch"]) + 2
    text, _ = client.predict(run, "the", 0.5, 60, 1, api_name="/generate")
    assert len(text) == 63


@pytest.mark.parametrize("wrong", [{"epochs": -3}, {"rnn_units": 10**9}, {"learning_rate": 1e9}])
def test_a_wrong_number_never_enters_the_queue(client, wrong):
    with pytest.raises(Exception, match="Expected a"):
        begin(client, **wrong)


def test_nobody_guesses_a_run(client):
    with pytest.raises(AppError, match="no run called"):
        client.predict("pasted-0123456789abcdef", api_name="/status")

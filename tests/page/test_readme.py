"""What the README says of the HTTP API is so."""

import re
from pathlib import Path

import pytest
from gradio_client import Client

from charlm.settings import FIELDS

README = (Path(__file__).parents[2] / "README.md").read_text("utf-8")


@pytest.fixture(scope="module")
def offered(served):
    """The names of every endpoint's parameters."""
    api = Client(served, verbose=False, analytics_enabled=False).view_api(return_format="dict")["named_endpoints"]
    return {name: [parameter["parameter_name"] for parameter in found["parameters"]] for name, found in api.items()}


def test_the_sample_does_what_it_says(served, capsys):
    program = next(p for p in re.findall(r"```python\n(.+?)```", README, re.DOTALL) if "gradio_client" in p)
    here = {}
    program = program.replace("http://127.0.0.1:7860", served)
    exec(compile(program, "README.md", "exec"), here)  # noqa: S102  # our own README
    state, text = capsys.readouterr().out.split("\n", 1)
    assert state in ("waiting", "running")
    assert text.startswith("ROMEO:")
    assert len(text) == len("ROMEO:") + 400 + 1
    here["page"].predict(**here["mine"], api_name="/delete")


def test_every_endpoint_stands_in_the_table_with_what_it_is_given(offered):
    told, given = {}, []
    for names, inputs in re.findall(r"^\| (`/.+?) \| (.*?) ?\|", README, re.MULTILINE):
        given = (given if "the same" in inputs else []) + re.findall(r"`(\w+)`", inputs)
        told |= dict.fromkeys(re.findall(r"`(/\w+)`", names), given)
    for name in ("/estimate", "/train"):
        told[name] = [*told[name], *FIELDS]
    assert told == offered

"""A function as an endpoint."""

from inspect import Parameter
from typing import Literal

from charlm.settings import FIELDS
from charlm.ui.http.endpoint import signature_of
from charlm.ui.http.learning import estimate, train
from charlm.ui.http.writing import generate


def test_a_script_does_not_see_the_machine():
    seen = signature_of(generate).parameters
    assert list(seen) == ["model", "start_text", "temperature", "length", "seed"]
    assert all(parameter.default is not Parameter.empty for parameter in seen.values())


def test_every_setting_of_a_run_can_be_sent_and_none_has_to_be():
    for endpoint in (train, estimate):
        seen = signature_of(endpoint).parameters
        assert list(seen)[-len(FIELDS) :] == list(FIELDS)
        assert {seen[name].default for name in FIELDS} == {None}
    assert seen["epochs"].annotation == int | None
    assert seen["dropout"].annotation == float | None
    assert seen["patience"].annotation == int | None
    assert seen["cell"].annotation == Literal["lstm", "gru", "rnn"] | None


def test_an_estimate_is_asked_for_with_what_training_is_asked_for():
    asked = [name for name in signature_of(train).parameters if name not in ("request", "visitor")]
    assert list(signature_of(estimate).parameters) == asked

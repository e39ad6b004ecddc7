"""TF_CONFIG, as launchers write it and as people mistype it."""

import json

import pytest

from charlm.cluster import ALONE, Cluster, read_cluster, read_patience
from charlm.errors import InvalidSetting

TWO = ["first:2222", "second:2222"]


def config(job="worker", index=0, **jobs):
    return {"TF_CONFIG": json.dumps({"cluster": jobs, "task": {"type": job, "index": index}})}


def test_without_the_variable_this_machine_is_alone():
    assert read_cluster({}) is read_cluster({"TF_CONFIG": ""}) is ALONE
    assert (ALONE.size, ALONE.rank) == (1, 0)


@pytest.mark.parametrize("text", ["{}", '{"task": {"type": "worker", "index": 0}}', '{"cluster": {"worker": ["a:1"]}}'])
def test_nor_does_a_cluster_of_one_change_anything(text):
    assert read_cluster({"TF_CONFIG": text}) is ALONE


def test_every_machine_knows_its_number():
    assert read_cluster(config(index=1, worker=TWO)) == Cluster(("first:2222", "second:2222"), 1)
    assert read_cluster(config(index="1", worker=TWO)).rank == 1  # some launchers write a text


def test_the_chief_is_the_first():
    jobs = {"worker": TWO, "chief": ["head:1"]}
    assert read_cluster(config("chief", 0, **jobs)) == Cluster(("head:1", *TWO), 0)
    assert read_cluster(config("worker", 1, **jobs)).rank == 2


@pytest.mark.parametrize(
    "text",
    ["{", "[]", "7", '{"cluster": []}', '{"cluster": {"worker": "first:1"}}', '{"cluster": {"worker": ["a", "b"]}}',
     '{"cluster": {"worker": ["a:1", 2]}}', '{"cluster": {"worker": ["a:1", "b:1"]}}',
     '{"cluster": {"worker": ["a:1", "b:1"]}, "task": {"type": "worker", "index": "x"}}', "[" * 10_000],
)  # fmt: skip
def test_what_cannot_be_read_is_told_with_an_example(text):
    with pytest.raises(InvalidSetting, match="TF_CONFIG cannot be read") as error:
        read_cluster({"TF_CONFIG": text})
    assert '"task": {"type": "worker", "index": 1}' in str(error.value)
    assert len(str(error.value)) < 500


@pytest.mark.parametrize(("job", "index"), [("worker", 2), ("worker", -1), ("chief", 0), ("ps", 0), ("evaluator", 0)])
def test_a_machine_that_is_not_in_the_cluster_is_told(job, index):
    with pytest.raises(InvalidSetting, match=f"this machine is {job} {index}"):
        read_cluster(config(job, index, worker=TWO))


def test_how_long_they_wait_can_be_set():
    assert read_patience({}) == 300
    assert read_patience({"CHARLM_JOIN_SECONDS": "2.5"}) == 2.5
    for text in ("soon", "-1", "nan", "1e9"):
        with pytest.raises(InvalidSetting, match=f"CHARLM_JOIN_SECONDS is {text}"):
            read_patience({"CHARLM_JOIN_SECONDS": text})

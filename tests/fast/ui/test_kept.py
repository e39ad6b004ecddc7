"""What a browser keeps may have been written by anybody, and a run that is only watched never costs a key."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from charlm.runs.visitors import Keys
from charlm.ui.kept import introduced, key_of, owned, remember, remembered, with_key, without_keys

RUN = "rhyme-0123456789abcdef"
ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=5,
)
STORE = st.none() | st.dictionaries(st.sampled_from(["runs", "keys", "visitor", "more"]), ANYTHING)


@pytest.fixture(scope="module")
def keys(tmp_path_factory):
    return Keys(tmp_path_factory.mktemp("data"))


def test_the_latest_runs_stand_first_and_only_some_are_kept():
    seen = None
    for n in range(30):
        seen = remember(f"run-{n}", seen)
    seen = remember("run-15", seen)
    assert remembered(seen)[:3] == ["run-15", "run-29", "run-28"]
    assert len(remembered(seen)) == 20


def test_a_key_stays_when_others_come_and_goes_when_all_is_deleted(keys):
    own = with_key("other-0123456789abcdef", "b", with_key(RUN, "a", introduced(None, keys)))
    assert (key_of(RUN, own), owned(own)) == ("a", ["other-0123456789abcdef", RUN])
    assert introduced(own, keys) == own  # the token that is there is good
    left = without_keys(own)
    assert (owned(left), left["visitor"]) == ([], own["visitor"])


def test_a_token_of_another_host_is_replaced(keys, tmp_path):
    theirs = introduced(None, Keys(tmp_path))
    assert keys.is_visitor(introduced(theirs, keys)["visitor"])


@given(STORE)
def test_whatever_stands_in_a_store_is_read_or_passed_over(keys, store):
    assert all(isinstance(run, str) for run in remembered(store))
    assert all(isinstance(run, str) for run in owned(store))
    assert isinstance(key_of(RUN, store), str)
    assert keys.is_visitor(introduced(store, keys)["visitor"])
    assert key_of(RUN, with_key(RUN, "a", store)) == "a"
    assert remembered(remember(RUN, store))[0] == RUN

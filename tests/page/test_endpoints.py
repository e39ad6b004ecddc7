"""What a script can do with the page: endpoints that answer data."""

import time

import pytest
from gradio_client import Client, handle_file
from gradio_client.exceptions import AppError

TEXT = "the cat sat on the hat and that was that\n" * 25
SLOW = 1e-4  # a learning rate with which a run does not know the text by heart before it is stopped
SENTENCE = "the cat sat on the hat"


@pytest.fixture(scope="module")
def client(served):
    return Client(served, verbose=False, analytics_enabled=False)


@pytest.fixture(scope="module")
def ask(client):
    """The answer of an endpoint: ask("status", run=run)."""
    return lambda endpoint, **sent: client.predict(**sent, api_name=f"/{endpoint}")


@pytest.fixture(scope="module")
def stream(client):
    """All answers of an endpoint that streams."""

    def stream(endpoint, **sent):
        job = client.submit(**sent, api_name=f"/{endpoint}")
        job.result()
        return job.outputs()

    return stream


def wait_for(ask, run, *states):
    for _ in range(600):
        if (status := ask("status", run=run))["state"] in states:
            return status
        time.sleep(0.1)
    raise AssertionError(status)


def test_a_model_writes_and_the_text_grows(stream):
    answers = stream("generate", model="rhyme", start_text="the cat", temperature=0, length=300, seed=1)
    lengths = [len(answer["text"]) for answer in answers]
    assert len(lengths) > 1  # how many more depends on how busy the machine is
    assert lengths == sorted(lengths)
    last = answers[-1]
    assert {name: last[name] for name in ("start_text", "seed", "place", "finished")} == {
        "start_text": "the cat", "seed": 1, "place": 0, "finished": True,
    }  # fmt: skip
    assert len(last["text"]) == 300
    assert not any(answer["finished"] for answer in answers[:-1])


def test_without_a_seed_one_is_drawn_and_told(ask):
    first = ask("generate", model="rhyme", temperature=1, length=60)
    again = ask("generate", model="rhyme", temperature=1, length=60, seed=first["seed"])
    assert again == first
    assert first["start_text"]  # the beginning of a line of its text


def test_four_temperatures_are_texts_with_facts(stream):
    *_, last = stream("compare", model="rhyme", start_text="the ", temperatures=[0, 0, 1, 5], length=100, seed=1)
    assert last["finished"]
    assert [column["temperature"] for column in last["columns"]] == [0, 0, 1, 5]
    coldest, same, _, hottest = last["columns"]
    assert coldest["text"] == same["text"]
    assert len(coldest["text"]) == 100
    assert same["parts_at"] is None
    assert hottest["parts_at"] is not None
    assert coldest["choices"] == 1.0
    assert 1 < hottest["choices"] <= 12
    assert 0 <= hottest["known_words"] <= 1
    # What the page and the other endpoint write with it, too.
    assert (
        same["text"]
        == stream("generate", model="rhyme", start_text="the ", temperature=0, length=100, seed=9)[-1]["text"]
    )


def test_every_kept_epoch_answers_with_its_losses(stream, ask):
    *_, last = stream("replay", model="rhyme", start_text="the ", temperature=0, length=60, seed=1)
    assert last["finished"]
    assert last["epochs"] == [frame["epoch"] for frame in last["frames"]]
    assert (last["epochs"][0], last["epochs"][-1]) == (0, 12)  # not all of such short epochs are kept
    assert last["planned"] == 12
    assert last["frames"][0]["val_loss"] is None
    assert all(len(frame["text"]) == 60 for frame in last["frames"])
    assert [one["name"] for one in last["references"]] == ["uniform", "frequency", "five_gram"]
    expected = ask("next_characters", model="rhyme", start_text="the ", temperature=0)["characters"]
    assert last["frames"][-1]["characters"][0]["character"] == expected[0]["character"]
    with pytest.raises(AppError, match="no epochs to go back to"):
        stream("replay", model="quijote")


def test_every_character_has_its_surprise(ask):
    (one, other) = ask("surprise", text=f"{SENTENCE} ☃", model="rhyme", other_model="nasty")["models"]
    assert (one["model"], other["model"]) == ("rhyme", "nasty")
    assert one["text"] == f"{SENTENCE} "
    assert one["replaced"] == {"☃": ""}
    assert "".join(c["character"] for c in one["characters"]) == one["text"]
    assert one["total_bits"] == pytest.approx(sum(c["bits"] for c in one["characters"]))
    assert one["bits_per_character"] < other["bits_per_character"]
    assert all(0 < c["expected_probability"] <= 1 for c in one["characters"])


def test_every_next_character_has_its_chances(ask):
    every = ask("next_characters", model="rhyme", start_text="the ca", temperature=0.5)["characters"]
    assert sum(c["probability"] for c in every) == pytest.approx(1)
    assert sum(c["heated"] for c in every) == pytest.approx(1)
    assert "".join(sorted(c["character"] for c in every)) == "\n acdehnostw"
    few = ask("next_characters", model="rhyme", start_text="the ca", temperature=0.5, top_k=1, count=2)["characters"]
    assert [c["heated"] for c in few] == [1, 0]
    assert [c["id"] for c in few] == [c["id"] for c in every[:2]]


def test_copies_are_named_with_where_they_stand(ask):
    written = "<img src=x onerror=alert(1)> and then"
    found = ask("copies", text=written, model="nasty")
    (stretch,) = found["stretches"]
    assert stretch["text"] == written[: stretch["length"]]
    assert stretch["after"].startswith("${alert(1)}")
    assert found["longest"] == stretch["length"]
    assert found["share"] == pytest.approx(stretch["length"] / len(written))
    with pytest.raises(AppError, match="is not here, only the model"):
        ask("copies", text=written, model="rhyme")


def test_the_models_are_listed_with_what_they_are(ask):
    found = {model["name"]: model for model in ask("models")["models"]}
    assert {"rhyme", "nasty", "shakespeare"} <= found.keys()
    rhyme = found["rhyme"]
    assert (rhyme["text"], rhyme["text_length"], rhyme["characters"], rhyme["rnn_units"]) == ("rhyme", 1_025, 12, 24)
    assert 0 < rhyme["val_loss"] < 3


def test_a_text_is_checked_up(ask, tmp_path):
    (tmp_path / "mine.txt").write_bytes("El niño 0\n".encode("windows-1252") * 9)
    found = ask("check_up", files=[handle_file(tmp_path / "mine.txt")], encoding="windows-1252")
    assert (found["name"], found["encoding"]) == ("mine.txt", "windows-1252")
    assert (found["characters"], found["lines"]) == (90, 9)
    assert dict(zip(found["alphabet"], found["counts"], strict=True))["ñ"] == 9
    assert found["rare"] == ""
    pasted = ask("check_up", pasted=f"{TEXT}é")
    assert (pasted["name"], pasted["rare"]) == ("pasted", "é")
    assert pasted["frequency_loss"] < pasted["uniform_loss"]
    assert "é" not in ask("check_up", pasted=f"{TEXT}é", tidy=True)["alphabet"]
    assert ask("check_up")["name"] == "lamplighter"


def test_an_estimate_is_made_for_exactly_these_settings(ask):
    small = ask("estimate", pasted=TEXT, epochs=2, rnn_units=8)
    assert small["characters_per_second"] > 0
    assert 0 < small["seconds"] < 60
    assert ask("estimate", pasted=TEXT, epochs=2_000, rnn_units=8)["seconds"] > small["seconds"]
    assert small["measured"] in (True, False)  # a run of another story may be under way
    assert "batch_size lowered" in " ".join(small["lowered"])


def test_a_run_is_started_watched_stopped_gone_on_with_and_deleted(ask):
    begun = ask("train", pasted=TEXT, epochs=10_000, rnn_units=8, learning_rate=SLOW)
    run, owner = begun["run"], {"run": begun["run"], "key": begun["key"]}
    assert run.startswith("pasted-")
    assert "batch_size lowered" in " ".join(begun["lowered"])
    assert wait_for(ask, run, "running")["place"] == 0
    while ask("status", run=run)["epoch"] < 1:
        time.sleep(0.1)
    for viewer in ({"run": run, "key": ""}, {"run": run, "key": run}):  # whoever was given the link
        for endpoint in ("stop", "delete"):
            with pytest.raises(AppError, match="belongs to another visitor"):
                ask(endpoint, **viewer)
        with pytest.raises(AppError, match="belongs to the person who trained it"):
            ask("copies", model=run, text="the cat sat on the hat")
    assert ask("status", run=run)["state"] == "running"
    assert ask("stop", **owner) == {"run": run, "stopped": True}
    stopped = wait_for(ask, run, "ended")
    assert stopped["end"] == "stopped"
    assert stopped["seconds_left"] is None
    assert ask("go_on", **owner, more_epochs=2)["state"] in ("waiting", "running")
    ended = wait_for(ask, run, "ended")
    assert (ended["end"], ended["epoch"]) == ("finished", int(stopped["epoch"]) + 2)
    told = ask("status", run=run, history=True)
    assert told["scored"][-1]["val_loss"] == ended["val_loss"]
    assert told["samples"][0]["step"] == 0
    assert len(ask("generate", model=run, start_text="the", length=60)["text"]) == 60
    assert ask("copies", model=run, text="the cat sat on the hat", key=begun["key"])["share"] == 1
    assert ask("delete", **owner) == {"run": run, "deleted": True}
    with pytest.raises(AppError, match="no run called"):
        ask("status", run=run)


def test_a_pasted_text_is_all_that_training_needs(ask):
    begun = ask("train", pasted=TEXT)
    assert ask("status", run=begun["run"])["state"] in ("waiting", "running")
    ask("delete", run=begun["run"], key=begun["key"])


def test_a_stopped_run_goes_on_to_what_was_asked_for(ask):
    begun = ask("train", pasted=TEXT, epochs=300, rnn_units=8, learning_rate=SLOW, visitor=ask("visitor")["visitor"])
    run, key = begun["run"], begun["key"]
    while ask("status", run=run)["epoch"] < 1:
        time.sleep(0.1)
    ask("stop", run=run, key=key)
    wait_for(ask, run, "ended")
    ask("go_on", run=run, key=key)
    ended = wait_for(ask, run, "ended")
    assert (ended["end"], ended["epoch"]) == ("finished", 300)
    assert ended["epochs"] == 300
    ask("delete", run=run, key=key)


def test_a_script_without_a_name_of_its_own_has_a_few_runs_at_a_time(ask):
    begun = [ask("train", pasted=TEXT, epochs=5_000, rnn_units=8, learning_rate=SLOW) for _ in range(3)]
    with pytest.raises(AppError, match="3 of your runs"):
        ask("train", pasted=TEXT)
    with pytest.raises(AppError, match="3 of your runs"):
        ask("train", pasted=TEXT, visitor="forged.token")
    begun.append(ask("train", pasted=TEXT, visitor=ask("visitor")["visitor"]))
    for one in begun:
        ask("delete", run=one["run"], key=one["key"])


def test_a_file_and_all_settings_can_be_brought(ask, tmp_path):
    (tmp_path / "rhyme.txt").write_text(TEXT)
    begun = ask(
        "train", files=[handle_file(tmp_path / "rhyme.txt")], preset="balanced", cell="gru", rnn_units=8, epochs=1,
        order="shuffled", dropout=0.1, patience=5, max_minutes=1,
    )  # fmt: skip
    run = begun["run"]
    assert run.startswith("rhyme-")
    assert wait_for(ask, run, "ended", "failed")["end"] == "finished"
    assert ask("status", run=run)["epochs"] == 1
    ask("delete", run=run, key=begun["key"])


def test_nobody_guesses_a_run(ask):
    for endpoint in ("status", "stop", "go_on", "delete"):
        key = {} if endpoint == "status" else {"key": ""}
        with pytest.raises(AppError, match="no run called"):
            ask(endpoint, run="pasted-0123456789abcdef", **key)


def test_every_endpoint_is_for_scripts_and_nothing_of_the_page_is(client):
    offered = client.view_api(return_format="dict")["named_endpoints"]
    assert sorted(offered) == [
        "/cell", "/cells", "/check_up", "/compare", "/copies", "/delete", "/estimate", "/generate", "/go_on", "/models",
        "/neighbours", "/next_characters", "/parts", "/reach", "/replay", "/shortlist", "/status", "/stop", "/surprise",
        "/switch_off", "/train", "/visitor",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("endpoint", "sent", "sentence"),
    [
        ("generate", {"model": "rhyme", "start_text": "Ñ"}, "Replace: Ñ → n"),
        ("generate", {"model": "../../etc"}, "There is no model"),
        ("generate", {"model": "x" * 5_000}, "There is no model"),
        ("generate", {"model": "rhyme", "start_text": "<b>"}, "never saw <, b, >"),  # as it is, not escaped
        ("generate", {"model": "rhyme", "temperature": "hot"}, "temperature is 'hot'. Expected a number"),
        ("generate", {"model": "rhyme", "length": 2_001}, "Expected 2,000 at most"),
        ("generate", {"model": "rhyme", "start_text": "a" * 2_001}, "Expected 2,000 at most"),
        ("compare", {"model": "rhyme", "length": 2_001}, "Expected 2,000 at most"),
        ("compare", {"model": "rhyme", "temperatures": [1] * 5}, "Expected 1 to 4"),
        ("compare", {"model": "rhyme", "temperatures": []}, "Expected 1 to 4"),
        ("compare", {"model": "rhyme", "temperatures": [0.5, -1]}, "temperature is -1"),
        ("compare", {"model": "rhyme", "temperatures": "0.5"}, "Expected a list, each a number"),
        ("next_characters", {"model": "rhyme", "top_k": -1}, "top_k is -1"),
        ("next_characters", {"model": "rhyme", "count": 1.5}, "Expected a whole number"),
        ("next_characters", {"model": "rhyme", "start_text": "a" * 2_001}, "Expected 2,000 at most"),
        ("surprise", {"text": " "}, "There is no sentence"),
        ("surprise", {"text": "a" * 2_001}, "Expected 2,000 at most"),
        ("surprise", {"text": "☃", "model": "rhyme"}, "never saw '☃'"),
        ("copies", {"text": "a" * 5_001}, "5,000 characters at most"),
        ("check_up", {"where": "drawer"}, "Expected one of: built-in, file, paste"),
        ("check_up", {"built_in": "/etc/passwd"}, "no text called '/etc/passwd'"),
        ("check_up", {"where": "file"}, "Choose a .txt file"),
        ("check_up", {"where": "paste"}, "Paste a text"),
        ("train", {"pasted": "short"}, "The text has 5 characters"),
        ("train", {"pasted": TEXT, "epochs": -3}, "epochs is -3. Expected a whole number"),
        ("train", {"pasted": TEXT, "rnn_units": 10**9}, "rnn_units is"),
        ("train", {"pasted": TEXT, "rnn_units": 1_025}, "Expected 1,024 at most on this machine"),
        ("train", {"pasted": TEXT, "learning_rate": 1e9}, "learning_rate is"),
        ("train", {"pasted": TEXT, "cell": "transformer"}, "Expected one of: lstm, gru, rnn"),
        ("train", {"pasted": TEXT, "preset": "slow"}, "no preset called 'slow'"),
        ("train", {"pasted": TEXT, "tidy": "yes"}, "Expected true or false"),
        ("estimate", {"pasted": TEXT, "seq_length": 4_096, "batch_size": 4_096}, "Expected 32,768 at most"),
        ("go_on", {"run": "pasted-0123456789abcdef", "key": "", "more_epochs": "many"}, "Expected a whole number"),
    ],
)  # fmt: skip
def test_what_is_out_of_bounds_is_told_in_a_sentence(ask, endpoint, sent, sentence):
    with pytest.raises(AppError) as refused:
        ask(endpoint, **sent)
    assert sentence in str(refused.value)


def test_the_inside_of_a_model_in_numbers(ask, stream):
    parts = ask("parts", model="rhyme")
    assert parts["parameters"] == sum(part["parameters"] for part in parts["parts"])
    one = ask("cell", text=SENTENCE, model="rhyme", cell=3)
    assert len(one["activations"]) == len(one["gates"]["forget"]) == len(SENTENCE)
    everyone = ask("cells", text=SENTENCE, place=4, model="rhyme")
    assert everyone["character"] == "c"
    assert everyone["activations"][0][3] == one["activations"][4]
    leaning = ask("reach", text=SENTENCE, place=10, model="rhyme")
    assert len(leaning["norms"]) == 10
    assert leaning["curve"]
    assert len(ask("neighbours", character="a", model="rhyme", count=3)["neighbours"]) == 3
    *on_the_way, last = stream("shortlist", model="rhyme", text=TEXT[4:])
    assert not any(answer["finished"] for answer in on_the_way)
    assert (last["finished"], last["source"], len(last["best"])) == (True, "given", 24)
    *_, without = stream("switch_off", model="rhyme", cell=last["best"][0]["cell"], length=40, start_text="the ")
    assert len(without["text"]) == len(without["without"]) == 40
    assert without["cost"]["characters"] > 0


@pytest.mark.parametrize(
    ("endpoint", "sent"),
    [
        ("cell", {"text": SENTENCE, "cell": 24}),
        ("cell", {"text": SENTENCE, "layer": 0}),
        ("cell", {"text": "t" * 700}),
        ("cell", {"text": " "}),
        ("cells", {"text": SENTENCE, "place": -1}),
        ("reach", {"text": SENTENCE, "place": 99}),
        ("neighbours", {"character": "☃"}),
        ("neighbours", {"character": "ab"}),
        ("switch_off", {"layer": 2}),
        ("switch_off", {"at": "somewhere"}),
        ("shortlist", {"text": "☃"}),
    ],
)
def test_what_is_not_inside_a_model_is_refused_in_a_sentence(ask, endpoint, sent):
    with pytest.raises(AppError, match="Expected"):
        ask(endpoint, model="rhyme", **sent)

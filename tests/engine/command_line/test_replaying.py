"""Back in time on the command line."""

import json

from charlm.command_line.cli import main


def test_every_kept_epoch_writes_from_one_start(run, said):
    command = ["replay", run / "run", "--start", "the ", "--length", 30, "--seed", 4]
    answer = json.loads(said(*command, "--json"))
    frames = answer["frames"]
    assert answer["epochs"] == [f["epoch"] for f in frames] == [0, 1, 2, 3]
    assert frames[0]["val_loss"] is None
    assert all(f["val_loss"] > 0 and len(f["text"]) == 30 for f in frames[1:])
    assert [r["name"] for r in answer["references"]] == ["uniform", "frequency", "five_gram"]
    out = said(*command)
    assert out.index("before learning") < out.index("after epoch 3, val_loss")
    assert "the " + frames[-1]["text"].split("\n")[0] in out
    assert "a 5-gram model (a loss of" in out


def test_a_model_without_epochs_says_why(run, said, tmp_path, capsys):
    file = tmp_path / "alone.charlm.zip"
    said("export", run / "run", file)
    said("import", file, "--out", tmp_path / "alone")
    assert main(["replay", str(tmp_path / "alone")]) == 1
    assert "only one network" in capsys.readouterr().err

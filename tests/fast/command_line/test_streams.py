"""Where the answers go: closed, full, of another encoding, or to a reader that has had enough."""

import json
import os
import subprocess
import sys

import pytest

CHARLM = [sys.executable, "-m", "charlm"]
buffered = pytest.mark.parametrize("unbuffered", ["", "1"])


def ended(command, unbuffered="", **streams):
    environment = os.environ | {"PYTHONUNBUFFERED": unbuffered}
    return subprocess.run(command, env=environment, stderr=subprocess.PIPE, text=True, check=False, **streams)


@buffered
@pytest.mark.parametrize("command", [["show", "molino"], ["show", "molino", "--json"]])
def test_a_full_disk_is_a_sentence(command, unbuffered):
    if not os.path.exists("/dev/full"):
        pytest.skip("no full disk to write to")
    with open("/dev/full", "w") as full:
        refused = ended([*CHARLM, *command], unbuffered, stdout=full)
    assert refused.returncode == 1
    assert refused.stderr == "charlm: The output could not be used (No space left on device).\n"


@pytest.mark.skipif(os.name != "posix", reason="closed by the shell")
def test_a_closed_output_is_a_sentence_before_anything_is_done():
    refused = ended(["sh", "-c", f"{' '.join(CHARLM)} train molino --out nowhere >&-"])
    assert refused.returncode == 1
    assert refused.stderr.startswith("charlm: Standard output is closed.")
    assert not os.path.exists("nowhere")


@pytest.mark.skipif(os.name != "posix", reason="closed by the shell")
def test_with_its_error_output_closed_a_refusal_goes_nowhere():
    refused = ended(["sh", "-c", f"{' '.join(CHARLM)} show nowhere 2>&-"], stdout=subprocess.PIPE)
    assert (refused.returncode, refused.stdout, refused.stderr) == (1, "", "")


@buffered
@pytest.mark.parametrize("command", [["show", "molino"], ["show", "molino", "--json"], ["train", "--help"]])
def test_a_reader_that_has_had_enough_is_no_error(command, unbuffered):
    environment = os.environ | {"PYTHONUNBUFFERED": unbuffered}
    reader, writer = os.pipe()
    os.close(reader)  # as the end of `| head` does
    with os.fdopen(writer, "w") as gone:
        left = subprocess.run([*CHARLM, *command], env=environment, stdout=gone, stderr=subprocess.PIPE, check=False)
    assert (left.returncode, left.stderr) == (0, b"")


@pytest.mark.parametrize("encoding", ["ascii", "cp1252", "utf-8"])
def test_json_says_every_character_in_any_encoding(encoding, tmp_path):
    (tmp_path / "cafe.txt").write_text("un caf\u00e9, \u0416 y \U0001f600", "utf-8")
    answer = subprocess.run(
        [*CHARLM, "show", tmp_path / "cafe.txt", "--json"],
        env=os.environ | {"PYTHONIOENCODING": encoding}, capture_output=True, check=True,
    ).stdout  # fmt: skip
    letters = {letter["character"] for letter in json.loads(answer.decode(encoding))["alphabet"]}
    assert {"\u00e9", "\u0416", "\U0001f600"} < letters


def test_a_file_whose_name_is_no_text_is_shown(tmp_path):
    file = os.fsdecode(os.fsencode(tmp_path) + b"/caf\xe9.txt")
    with open(file, "w", encoding="utf-8") as text:
        text.write("a text")
    for shape in ([], ["--json"]):
        shown = ended([*CHARLM, "show", file, *shape], stdout=subprocess.PIPE)
        assert (shown.returncode, shown.stderr) == (0, "")

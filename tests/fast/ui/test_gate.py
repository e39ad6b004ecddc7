"""Files that were sent here, and those that were not."""

import pytest

from charlm.ui.gate import is_uploaded


@pytest.fixture
def sent(tmp_path, monkeypatch):
    """A file as Gradio keeps one that was uploaded."""
    monkeypatch.setenv("GRADIO_TEMP_DIR", str(tmp_path / "gradio"))
    file = tmp_path / "gradio" / "0123" / "mine.txt"
    file.parent.mkdir(parents=True)
    file.write_text("mine")
    return file


def test_what_was_uploaded_is_known(sent):
    assert is_uploaded(str(sent))


def test_nothing_else_is(sent, tmp_path):
    (tmp_path / "secret.txt").write_text("secret")
    (sent.parent / "link.txt").symlink_to(tmp_path / "secret.txt")
    others = [
        "/etc/passwd", str(tmp_path / "secret.txt"), str(sent.parent / "../../secret.txt"), str(sent.parent),
        str(sent.parent / "link.txt"), f"{sent}\0", "https://example.org/mine.txt", "", "x" * 5_000, None, 7, {},
    ]  # fmt: skip
    assert [path for path in others if is_uploaded(path)] == []

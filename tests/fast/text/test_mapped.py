"""Ids in a file: as if they were in memory, and without taking any."""

import re
from pathlib import Path

import numpy as np
import pytest

from charlm.errors import CannotWrite
from charlm.text.mapped import BLOCK, blocks, let_go, mapped

BYTE = np.dtype(np.uint8)


def test_the_array_is_what_was_written_and_its_file_has_no_name(tmp_path):
    ids = mapped([np.array([1, 2]), np.array([], int), np.array([250])], BYTE, tmp_path)
    assert (ids.tolist(), ids.dtype) == ([1, 2, 250], BYTE)
    assert not list(tmp_path.iterdir())


def test_what_was_read_is_let_go_and_still_there(tmp_path):
    status = Path("/proc/self/status")
    if not status.exists():
        pytest.skip("this system does not tell the memory of mapped files")

    def held() -> int:
        return int(re.search(r"RssFile:\s+(\d+)", status.read_text())[1]) // 1024

    ids = mapped([np.full(50 * 2**20, 3)], BYTE, tmp_path)
    before = held()
    part = ids[10:].reshape(-1, 2)
    assert part.max() == 3
    assert held() > before + 40
    let_go(part)
    assert held() < before + 10
    assert part[-1].tolist() == [3, 3]


def test_an_array_in_memory_stays_there():
    ids = np.arange(5)
    let_go(ids[1:])
    assert ids.tolist() == [0, 1, 2, 3, 4]


def test_blocks_are_the_whole(tmp_path):
    ids = mapped([np.arange(BLOCK + 5) % 251], BYTE, tmp_path)
    assert [len(block) for block in blocks(ids)] == [BLOCK, 5]


def test_a_folder_where_nothing_can_be_written_is_told(tmp_path):
    with pytest.raises(CannotWrite, match="while it is learnt"):
        mapped([np.array([1])], BYTE, tmp_path / "nowhere")

"""What was measured is kept and shared, and nothing that lies in its place does harm."""

import pytest

from charlm.times import kept as room
from charlm.times.costs import Costs, Shape
from charlm.times.kept import Kept, file_of_this_machine

SHAPE = Shape(("lstm",), 8, 8, 1, 4, 16, 20, 1)
COSTS = Costs(1.0, 2.0, 0.1, 0.1, 0.1)


def test_two_processes_share_what_each_measured(tmp_path):
    one, other = (Kept(tmp_path / "deep" / "times.json") for _ in range(2))
    one.keep(SHAPE, COSTS)
    assert other.all()[SHAPE].costs == COSTS
    second = Shape(("gru",), 8, 8, 1, 4, 16, 20, 1)
    other.keep(second, COSTS)
    assert list(one.all()) == [SHAPE, second]
    assert [file.name for file in (tmp_path / "deep").iterdir()] == ["times.json"]


@pytest.mark.parametrize(
    "content", ["", "{", "[]", '{"measured": 7}', '{"measured": [{"shape": {}, "costs": {}, "at": NaN}]}', "\udc80"]
)
def test_a_damaged_file_counts_as_empty_and_is_replaced(tmp_path, content):
    file = tmp_path / "times.json"
    file.write_bytes(content.encode("utf-8", "surrogateescape"))
    kept = Kept(file)
    assert kept.all() == {}
    kept.keep(SHAPE, COSTS)
    assert SHAPE in Kept(file).all()


def test_without_a_place_to_write_it_is_kept_in_memory(tmp_path):
    (tmp_path / "file").touch()
    kept = Kept(tmp_path / "file" / "times.json")
    kept.keep(SHAPE, COSTS)
    assert SHAPE in kept.all()


def test_it_holds_for_a_day(monkeypatch):
    kept = Kept(None)
    kept.keep(SHAPE, COSTS)
    assert kept.all()[SHAPE].fresh
    monkeypatch.setattr(room, "age", lambda then: 25 * 3600)
    assert not kept.all()[SHAPE].fresh


def test_the_oldest_make_room(monkeypatch):
    monkeypatch.setattr(room, "MOST", 3)
    kept = Kept(None)
    for units in (1, 2, 3, 1, 4):
        kept.keep(Shape(("lstm",), units, 8, 1, 4, 16, 20, 1), COSTS)
    assert [shape.rnn_units for shape in kept.all()] == [3, 1, 4]


def test_another_machine_has_another_file(monkeypatch):
    here = file_of_this_machine()
    assert here == file_of_this_machine()
    monkeypatch.setattr(room, "CORES", 99)
    assert here != file_of_this_machine()

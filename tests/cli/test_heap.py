"""What is loaded once is not looked through again and again."""

import gc

from gateway.cli.heap import loaded_heap


def test_the_garbage_collector_passes_over_what_is_there_until_the_end() -> None:
    before = gc.get_freeze_count()
    with loaded_heap():
        assert gc.get_freeze_count() > before + 1_000
        made: list[object] = []
        assert any(one is made for one in gc.get_objects())  # what is made later is collected as ever
    assert gc.get_freeze_count() == 0

"""Keys of the answer tree: one for each field with its arguments and directives, whatever fields are called."""

import pytest

from gateway.operation import Argument, Directive
from gateway.planning.raw_keys import RawKeys

A0, B1, LIVE = Argument("a", "a0"), Argument("b", "a1"), Directive("live")


@pytest.mark.parametrize(
    ("real", "key"),
    [([], "f__a_a0"), (["f__a_a0"], "f__a_a0_2"), (["f__a_a0", "f__a_a0_2"], "f__a_a0_3")],
)
def test_a_field_with_arguments_never_has_another_fields_key(real: list[str], key: str) -> None:
    keys = RawKeys(frozenset(["f", *real]))

    assert [keys.of("f", (A0,)), keys.of("f", (A0,)), *map(keys.of, real)] == [key, key, *real]


def test_fields_that_read_alike_with_their_arguments_have_keys_of_their_own() -> None:
    keys = RawKeys(frozenset())
    asked = [
        keys.of("f", (A0, B1)),
        keys.of("f__a_a0", (B1,)),
        keys.of("f", (Argument("a_a0__b", "a1"),)),
        keys.of("f", directives=(LIVE,)),
        keys.of("f", directives=(Directive("live", around=True),)),
        keys.of("f", response="live"),
    ]

    assert len({*asked}) == len(asked)
    assert asked[0] == "f__a_a0__b_a1" and asked[3] == "f__live"

"""A subscription is one source's."""

import pytest

from tests.supergraph.source.reading import linked, told


def test_a_shareable_subscription_is_found() -> None:
    assert told(linked("type Subscription { a: Int b: Int @shareable }")) == ["INVALID_FIELD_SHARING 2:35"]


@pytest.mark.parametrize(
    "sdl",
    [
        "type Subscription { a: Int }",
        "type Query { a: Int @shareable }",
        "type Subscription @shareable { a: Int }",
    ],
)
def test_everything_else_may_be(sdl: str) -> None:
    assert told(linked(sdl)) == []

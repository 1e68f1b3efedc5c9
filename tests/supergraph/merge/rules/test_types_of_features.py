"""What clients see has no type whose name is one of a specification that the composed schema links."""

import pytest

from tests.supergraph.merge.sources import told


@pytest.mark.parametrize(
    ("sdl", "expected"),
    [
        pytest.param(
            "type Query { x: join__Thing }\ntype join__Thing { a: Int }",
            "2:14 Query.x is of the type join__Thing, whose name is one of the specification join",
            id="a field",
        ),
        pytest.param(
            "type Query { x(p: federation__Kind): Int }\nenum federation__Kind { A }",
            "2:16 Query.x(p:) is of the type federation__Kind, whose name is one of the specification federation",
            id="an argument",
        ),
        pytest.param(
            'type Query { x(i: I): Int @tag(name: "t") }\ninput I { k: tag__Kind }\nenum tag__Kind { A }',
            "3:11 I.k is of the type tag__Kind, whose name is one of the specification tag",
            id="an input field, of a specification that is linked",
        ),
    ],
)
def test_what_breaks_the_rule_is_found(sdl: str, expected: str) -> None:
    assert told(a=sdl) == [f"INVALID_GRAPHQL a:{expected}"]


@pytest.mark.parametrize(
    "sdl",
    [
        pytest.param(
            "type Query { x: tag__Thing }\ntype tag__Thing { a: Int }",
            id="of a specification that is not linked",
        ),
        pytest.param(
            "type Query { x: Int }\ntype join__Thing { a: join__Thing }", id="of a type that nobody sees"
        ),
    ],
)
def test_what_keeps_the_rule_passes(sdl: str) -> None:
    assert told(a=sdl) == []

"""What one source takes from a context, no other requires of clients."""

import pytest

from tests.supergraph.merge.sources import told

TAKING = """type Query { t: T }
type T @key(fields: "id") @context(name: "c") { id: ID! n: Int u: U }
type U @key(fields: "id") { id: ID! x(n: Int @fromContext(field: "$c { n }")): Int @shareable }"""


def other(arguments: str) -> str:
    return f'type U @key(fields: "id") {{ id: ID! x{arguments}: Int @shareable }}'


def test_an_argument_that_must_be_given_is_found() -> None:
    assert told(a=TAKING, b=other("(n: Int!)")) == [
        "CONTEXTUAL_ARGUMENT_NOT_CONTEXTUAL_IN_ALL_SUBGRAPHS b:2:39 U.x(n:) is taken from a context in a (Bureau A) at"
        " a:4:39, so that clients do not give it, and is required in b (Bureau B) at b:2:39"
    ]


@pytest.mark.parametrize("arguments", ["", "(n: Int)", "(n: Int! = 1)", "(n: String)"])
def test_one_that_may_be_left_out_passes(arguments: str) -> None:
    assert told(a=TAKING, b=other(arguments)) == []

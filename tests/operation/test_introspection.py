"""What an operation asks of the schema itself: where it may stand, and which variables its answer depends on."""

import pytest

from gateway.errors import RequestRefused
from gateway.operation import Operation, OperationLimits, read_operation
from tests.execution.composed import composed

GRAPH = composed(
    """
type Query @join__type(graph: ONE) { self: Query node: Node leaf(v: String): Int }
interface Node @join__type(graph: ONE) { id: ID query: Query }
type A implements Node @join__implements(graph: ONE, interface: "Node") @join__type(graph: ONE) { id: ID query: Query }
""",
    "one",
)


def read(text: str) -> Operation:
    return read_operation(text, None, GRAPH, OperationLimits())


@pytest.mark.parametrize(
    ("text", "below"),
    [
        ("{ self { __schema { __typename } } }", "self"),
        ('{ n: node { query { self { ...F } } } } fragment F on Query { __type(name: "A") { name } }', "n"),
    ],
)
def test_the_schema_is_asked_for_at_the_root_alone(text: str, below: str) -> None:
    with pytest.raises(RequestRefused) as refused:
        read(text)
    assert refused.value.problems[0].to_json() == {
        "message": f"The schema can be asked for at the root of an operation, not below '{below}'.",
        "extensions": {"code": "GRAPHQL_VALIDATION_FAILED"},
    }


ASKED = {
    "nothing": ("query ($v: String) { leaf(v: $v) }", None),
    "by a name": ("query ($v: String!, $w: String) { leaf(v: $w) __type(name: $v) { name } }", {"v"}),
    "under a condition": (
        'query ($a: Boolean!, $b: Boolean!) { ... @include(if: $a) { ...F } leaf @skip(if: $b) } fragment F on Query { __type(name: "A") { name } }',
        {"a"},
    ),
    "in fragments": (
        """query ($a: Boolean!, $b: Boolean, $c: Boolean!) { __schema { ...S } __typename @skip(if: $c) }
           fragment S on __Schema { types { ...T } }
           fragment T on __Type { ... @skip(if: $a) { fields(includeDeprecated: $b) { name } } }""",
        {"a", "b"},
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", ASKED)
def test_the_variables_on_which_the_answer_depends_are_known(case: str) -> None:
    text, variables = ASKED[case]
    found = read(text).introspection
    assert (None if found is None else set(found.variables)) == variables

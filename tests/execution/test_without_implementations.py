"""Interfaces that no type implements: nothing is such an object but what an interface object's source says is one."""

from gateway.planning.printing import plan_text
from tests.execution.composed import ScriptedSource, ask, by_key, composed, plan, told

NODES = """
type Query @join__type(graph: A) @join__type(graph: B) {
  a: Node @join__field(graph: A)
  b: Node @join__field(graph: B)
  all: [Node] @join__field(graph: B)
}
interface Node @join__type(graph: A, key: "id")
  @join__type(graph: B, key: "id", resolvable: false, isInterfaceObject: true) {
  id: ID!
  note(long: Boolean): String @join__field(graph: B)
}
"""
GRAPH = composed(NODES, "a", "b")


def test_an_interface_object_is_answered_by_its_source() -> None:
    b = ScriptedSource(by_key({"": {"b": {"id": "1", "note": "one"}, "all": [{"id": "2"}, None]}}))
    found = ask(GRAPH, "{ b { id note ... on Node { note } } all { id } }", {"b": b})
    assert (found.data, found.problems) == (
        {"b": {"id": "1", "note": "one"}, "all": [{"id": "2"}, None]}, ()
    )  # fmt: skip


def test_a_source_is_asked_in_valid_graphql_for_what_it_cannot_have() -> None:
    text = plan_text(plan(GRAPH, "{ a { id note } }"))
    assert "{ a { __typename } }" in text
    a = ScriptedSource(by_key({"": {"a": None}}))
    found = ask(GRAPH, "{ a { id note } }", {"a": a})
    assert (found.data, told(found)) == ({"a": None}, [])

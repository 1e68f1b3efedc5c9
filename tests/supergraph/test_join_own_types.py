"""Field sets of sources that return a narrower type than the supergraph does: read as their source wrote them."""

import pytest

from gateway.errors import ConfigurationError
from gateway.supergraph.model import FieldSet
from tests.supergraph.composed import supergraph


def test_what_a_source_provides_and_its_keys_are_read_against_its_own_types() -> None:
    body = """
    type Query @join__type(graph: A) @join__type(graph: B) {
      q: Ant @join__field(graph: A)
      p: Ant @join__field(graph: B, provides: "other { f0 }")
    }
    interface Named @join__type(graph: A) @join__type(graph: B) { n: String }
    type Ant implements Named @join__implements(graph: A, interface: "Named") @join__implements(graph: B, interface: "Named")
      @join__type(graph: A, key: "id") @join__type(graph: B, key: "other { id }") {
      id: ID!
      n: String
      other: Named @join__field(graph: A, type: "Named") @join__field(graph: B, type: "Ant")
      f0: Int @join__field(graph: A) @join__field(graph: B, external: true)
    }
    """
    found = supergraph(body)
    assert _texts(found.field("Query", "p").sources["b"].provides) == "other { f0 }"
    assert _texts(found.types["Ant"].keys["b"][0]) == "other { id }"


@pytest.mark.parametrize("wrong", ["requires", "provides"])
def test_what_another_source_alone_could_reach_is_refused(wrong: str) -> None:
    graph = {"requires": "graph: B", "provides": "graph: A"}[wrong]
    body = f"""
    type Query @join__type(graph: A) @join__type(graph: B) {{ t: T }}
    interface Named @join__type(graph: A) @join__type(graph: B) {{ n: String }}
    type T implements Named @join__type(graph: A, key: "id") @join__type(graph: B, key: "id") {{
      id: ID!
      n: String
      other: Named @join__field(graph: A, type: "Named") @join__field(graph: B, type: "T")
      deep: T @join__field({graph}, {wrong}: "other {{ id }}")
    }}
    """
    with pytest.raises(ConfigurationError, match=r"names Named.id, which does not exist"):
        supergraph(body)


def _texts(fields: FieldSet) -> str:
    return " ".join(map(str, fields))

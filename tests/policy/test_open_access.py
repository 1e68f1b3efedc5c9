"""Without a policy everything is allowed to everybody, but for what a security directive protects."""

from dataclasses import replace
from datetime import date
from typing import Any  # the fixture that makes supergraphs

import pytest

from gateway.constraints import ALLOW, OPEN_ROOT, Deny, Needs, Reason
from gateway.policy import OpenAccess
from gateway.supergraph.join import read_supergraph
from gateway.supergraph.model import Field, FieldInSource, Kind, Supergraph, Type, TypeRef
from tests.policy.composed import SUPERGRAPH

TODAY = date(2026, 1, 1)
DENIED = Deny(Reason.DIRECTIVE)


def field(name: str, type_name: str = "String", secured_by: tuple[str, ...] = ()) -> Field:
    said = TypeRef(type_name, 0, type_name)
    return Field(name, said, {"main": FieldInSource(said, {})}, secured_by=secured_by)


def described(name: str, *fields: Field) -> Type:
    return Type(name, Kind.OBJECT, {one.name: one for one in fields}, frozenset({name}), {})


@pytest.fixture
def supergraph(supergraph_of: Any) -> Supergraph:
    types = [
        described("Query", field("me", "User"), field("audit", "String", ("authenticated",))),
        described("Mutation", field("erase", "User", ("requiresScopes",))),
        described("User", field("id"), field("salary", "Int", ("policy",)), field("name")),
        described("Robot", field("id"), field("name")),
    ]
    empty: Supergraph = supergraph_of("type Query { x: Int }")
    return replace(empty, types={one.name: one for one in types}, lookups={})


def decide(supergraph: Supergraph, *coordinates: str) -> Any:
    asked = [tuple(one.split(".")) for one in coordinates]
    roots = frozenset((a, b) for a, b in asked if a in ("Query", "Mutation"))
    fields = frozenset((a, b) for a, b in asked) - roots
    needs = Needs(fields, frozenset({"User"}), roots)
    return OpenAccess(supergraph).decide(needs, frozenset({"anonymous"}), "", TODAY)


@pytest.mark.parametrize("coordinate", ["User.id", "Robot.id", "Query.me"])
def test_what_nothing_protects_is_everybodys(supergraph: Supergraph, coordinate: str) -> None:
    owner, name = coordinate.split(".")
    decided = decide(supergraph, coordinate)
    found = decided.root(owner, name) if owner == "Query" else decided.field(owner, name)
    assert found == (OPEN_ROOT if owner == "Query" else ALLOW)
    assert decided.rows_of("User").is_everything


@pytest.mark.parametrize("coordinate", ["User.salary", "Query.audit", "Mutation.erase"])
def test_what_a_security_directive_protects_is_nobodys(supergraph: Supergraph, coordinate: str) -> None:
    owner, name = coordinate.split(".")
    decided = decide(supergraph, coordinate)
    assert (decided.field if owner == "User" else decided.root)(owner, name) == DENIED


MEDIA = """
  holder: String @join__field(graph: CIVIL)
}
interface Media
  @join__type(graph: CIVIL, key: "id") @join__type(graph: TAX, key: "id", isInterfaceObject: true)
{
  id: ID!
  title: String @join__field(graph: CIVIL) @authenticated
  shelf: String @join__field(graph: CIVIL) @authenticated
  price: Int @join__field(graph: TAX) @authenticated
  cost: Int @join__field(graph: TAX)
}
type Book implements Media @join__implements(graph: CIVIL, interface: "Media") @join__type(graph: CIVIL, key: "id") {
  id: ID!
  title: String @authenticated
  shelf: String
  price: Int @join__field @authenticated
  cost: Int @join__field
}
type Film implements Media @join__implements(graph: CIVIL, interface: "Media") @join__type(graph: CIVIL, key: "id") {
  id: ID!
  title: String
  shelf: String
  price: Int @join__field
  cost: Int @join__field
}
"""
PROTECTED = {
    "the type that says it": ("Book.title", True),
    "not its sibling, though composition copied it up to the interface": ("Film.title", False),
    "every type, where the interface alone says it": ("Film.shelf", True),
    "every type, where an interface object supplies the field": ("Film.price", True),
    "nothing, where an interface object's field is open": ("Film.cost", False),
}


@pytest.mark.parametrize(("coordinate", "denied"), PROTECTED.values(), ids=PROTECTED)
def test_what_protects_a_field_of_one_type_leaves_its_siblings_open(coordinate: str, denied: bool) -> None:
    head = SUPERGRAPH[: SUPERGRAPH.index("  holder(id")].replace(" mutation: Mutation", "")
    media = read_supergraph(head + MEDIA.lstrip(), "supergraph.graphql").supergraph
    owner, name = coordinate.split(".")
    assert decide(media, coordinate).field(owner, name) == (DENIED if denied else ALLOW)


def test_decisions_name_only_what_is_asked_so_that_operations_share_plans(supergraph: Supergraph) -> None:
    decided = decide(supergraph, "User.id", "Query.me")
    assert (decided.fields, decided.roots, decided.rows, decided.open) == ((), (), (), True)


@pytest.mark.parametrize("stated", [None, "open", "whatever a header says"])
def test_no_purpose_is_asked_for_and_none_is_believed(supergraph: Supergraph, stated: str | None) -> None:
    assert OpenAccess(supergraph).resolve_purpose(frozenset({"anonymous"}), frozenset(), stated) == ""

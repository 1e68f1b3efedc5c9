"""A composed supergraph with an interface, a union, root fields of every sort and two sources; and a policy for it."""

from collections.abc import Mapping
from typing import Any  # policy files as values

SUPERGRAPH = """
schema
  @link(url: "https://specs.apollo.dev/link/v1.0")
  @link(url: "https://specs.apollo.dev/join/v0.5", for: EXECUTION)
  @link(url: "https://specs.apollo.dev/authenticated/v0.1", for: SECURITY)
{ query: Query mutation: Mutation }
directive @authenticated on ENUM | FIELD_DEFINITION | INTERFACE | OBJECT | SCALAR
directive @join__enumValue(graph: join__Graph!) repeatable on ENUM_VALUE
directive @join__field(
  graph: join__Graph, requires: join__FieldSet, provides: join__FieldSet, type: String, external: Boolean
) repeatable on FIELD_DEFINITION | INPUT_FIELD_DEFINITION
directive @join__graph(name: String!, url: String!) on ENUM_VALUE
directive @join__implements(graph: join__Graph!, interface: String!) repeatable on OBJECT | INTERFACE
directive @join__type(
  graph: join__Graph!, key: join__FieldSet, extension: Boolean! = false, resolvable: Boolean! = true,
  isInterfaceObject: Boolean! = false
) repeatable on OBJECT | INTERFACE | UNION | ENUM | INPUT_OBJECT | SCALAR
directive @join__unionMember(graph: join__Graph!, member: String!) repeatable on UNION
directive @link(url: String, as: String, for: link__Purpose, import: [link__Import]) repeatable on SCHEMA
scalar join__FieldSet
scalar link__Import
enum link__Purpose { SECURITY EXECUTION }
enum join__Graph {
  CIVIL @join__graph(name: "civil", url: "CIVIL_URL")
  TAX @join__graph(name: "tax", url: "TAX_URL")
}

type Query @join__type(graph: CIVIL) @join__type(graph: TAX) {
  holder(id: ID!): Holder @join__field(graph: CIVIL)
  citizen(id: ID!): Citizen @join__field(graph: CIVIL)
  citizenMaybe(id: ID): Citizen @join__field(graph: CIVIL)
  citizenAsOf(id: ID!, day: String): Citizen @join__field(graph: CIVIL)
  citizenNamed(id: ID!, name: String!): Citizen @join__field(graph: CIVIL)
  citizenByNumber(id: Int!): Citizen @join__field(graph: CIVIL)
  citizenByName(name: String!): Citizen @join__field(graph: CIVIL)
  parcel(district: String!, number: Int!): Parcel @join__field(graph: CIVIL)
  parcelOf(district: String!): Parcel @join__field(graph: CIVIL)
  holders: [Holder!]! @join__field(graph: CIVIL)
  citizens: [Citizen!]! @join__field(graph: CIVIL)
  citizensNamed(name: String): [Citizen!]! @join__field(graph: CIVIL)
  found: [Thing!]! @join__field(graph: CIVIL)
  table: [[Citizen!]!]! @join__field(graph: CIVIL)
  first: Citizen @join__field(graph: CIVIL)
  count: Int! @join__field(graph: CIVIL)
  audited: [Citizen!]! @join__field(graph: CIVIL) @authenticated
}

type Mutation @join__type(graph: CIVIL) {
  erase(id: ID!): Citizen
  rename(id: ID!): [Citizen!]!
}

interface Holder
  @join__type(graph: CIVIL, key: "id") @join__type(graph: TAX, key: "id", isInterfaceObject: true)
{
  id: ID!
  name: String @join__field(graph: CIVIL)
  debt: Int @join__field(graph: TAX)
}

type Citizen implements Holder
  @join__implements(graph: CIVIL, interface: "Holder") @join__type(graph: CIVIL, key: "id")
{
  id: ID!
  name: String
  faith: String @authenticated
  debt: Int @join__field
}

type Company implements Holder
  @join__implements(graph: CIVIL, interface: "Holder") @join__type(graph: CIVIL, key: "id")
{
  id: ID!
  name: String
  debt: Int @join__field
}

type Parcel @join__type(graph: CIVIL, key: "district number") {
  district: String!
  number: Int!
}

union Thing
  @join__type(graph: CIVIL)
  @join__unionMember(graph: CIVIL, member: "Citizen") @join__unionMember(graph: CIVIL, member: "Parcel")
  = Citizen | Parcel
"""

_TITLE = {"zh": "题", "en": "title"}
FILES: Mapping[str, Any] = {
    "labels.yaml": {
        "levels": ["low", "high"],
        "categories": {},
        "fields": {f"{name}.*": {"level": "low"} for name in ("Citizen", "Company", "Parcel")},
    },
    "purposes.yaml": {"work": {**_TITLE, "basis": "law", "default_for": ["anonymous"]}},
    "roles.yaml": {"anonymous": {"level": "low"}, "clerk": {"level": "low"}},
    "guards.yaml": {"wang": {"on": {"Citizen": "name"}, "equals": {"value": "Wang"}}},
}


def rule(*allow: Mapping[str, Any], rows: Mapping[str, Any], roles: tuple[str, ...] = ("anonymous",)) -> Any:
    """A rule file's content."""
    return {
        "title": _TITLE,
        "owner": "office",
        "roles": list(roles),
        "purposes": ["work"],
        "rows": rows,
        "allow": list(allow),
    }

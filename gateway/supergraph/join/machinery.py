"""What every composed schema defines before anything of its sources: the link and the join specification.

https://specs.apollo.dev/link/v1.0 and https://specs.apollo.dev/join/v0.5: gateways compare these definitions with
their own, so that each stands here whole, whatever of it is used.
"""

from collections.abc import Mapping
from typing import Final

from gateway.supergraph.merge.model import Feature

LINK: Final = Feature("https://specs.apollo.dev/link", "v1.0")
JOIN: Final = Feature("https://specs.apollo.dev/join", "v0.5", purpose="EXECUTION")

DIRECTIVES: Final[Mapping[str, str]] = {
    "join__directive": "directive @join__directive(graphs: [join__Graph!], name: String!, args: join__DirectiveArguments)"
    " repeatable on SCHEMA | OBJECT | INTERFACE | FIELD_DEFINITION",
    "join__enumValue": "directive @join__enumValue(graph: join__Graph!) repeatable on ENUM_VALUE",
    "join__field": "directive @join__field(graph: join__Graph, requires: join__FieldSet, provides: join__FieldSet,"
    " type: String, external: Boolean, override: String, usedOverridden: Boolean, overrideLabel: String,"
    " contextArguments: [join__ContextArgument!]) repeatable on FIELD_DEFINITION | INPUT_FIELD_DEFINITION",
    "join__graph": "directive @join__graph(name: String!, url: String!) on ENUM_VALUE",
    "join__implements": "directive @join__implements(graph: join__Graph!, interface: String!)"
    " repeatable on OBJECT | INTERFACE",
    "join__type": "directive @join__type(graph: join__Graph!, key: join__FieldSet, extension: Boolean! = false,"
    " resolvable: Boolean! = true, isInterfaceObject: Boolean! = false)"
    " repeatable on OBJECT | INTERFACE | UNION | ENUM | INPUT_OBJECT | SCALAR",
    "join__unionMember": "directive @join__unionMember(graph: join__Graph!, member: String!) repeatable on UNION",
    "link": "directive @link(url: String, as: String, for: link__Purpose, import: [link__Import]) repeatable on SCHEMA",
}
"""Definitions of directives by name."""

TYPES: Final[Mapping[str, str]] = {
    "join__ContextArgument": "input join__ContextArgument {\n  name: String!\n  type: String!\n  context: String!\n"
    "  selection: join__FieldValue!\n}",
    "join__DirectiveArguments": "scalar join__DirectiveArguments",
    "join__FieldSet": "scalar join__FieldSet",
    "join__FieldValue": "scalar join__FieldValue",
    "link__Import": "scalar link__Import",
    "link__Purpose": "enum link__Purpose {\n"
    '  """Features that say how fields are resolved securely."""\n  SECURITY\n\n'
    '  """Features that say how operations are executed."""\n  EXECUTION\n}',
}
"""Definitions of types by name, the enum of sources (`join__Graph`) apart."""

ONE_OF: Final = "directive @oneOf on INPUT_OBJECT"
"""Built into GraphQL only since September 2025: gateways that do not know it yet find its definition where it is used."""

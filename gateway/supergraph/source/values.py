"""Values that a schema states: defaults, and the arguments of directives (GraphQL specification, section 3.6).

The field sets of `@key`, `@requires` and `@provides` are not looked at here; they have findings of their own.
"""

from collections.abc import Iterator

from graphql import (
    ConstDirectiveNode,
    DocumentNode,
    GraphQLSchema,
    InputValueDefinitionNode,
    Undefined,
    is_input_type,
    type_from_ast,
    value_from_ast,
)

from gateway.supergraph.source.names import Names
from gateway.supergraph.source.report import INVALID, Report
from gateway.supergraph.source.syntax import elements
from gateway.supergraph.source.types import type_text

FIELD_SETS = frozenset({"key", "requires", "provides"})
"""The directives whose argument `fields` is a field set."""


def check_values(document: DocumentNode, schema: GraphQLSchema, names: Names, report: Report) -> None:
    """Add a finding for every default and directive argument that its type does not allow."""
    for coordinate, node in elements(document):
        if isinstance(node, InputValueDefinitionNode) and not _default_fits(node, schema):
            report.add(INVALID, f"the default of {coordinate} is no {type_text(node.type)}",
                       "correct the default", node.default_value)  # fmt: skip
        for directive in getattr(node, "directives", None) or ():
            for argument, value in _misfits(directive, schema, names):
                report.add(INVALID, f"{argument} of @{directive.name.value} on {coordinate} is no {value}",
                           "correct the value", directive)  # fmt: skip


def _misfits(directive: ConstDirectiveNode, schema: GraphQLSchema, names: Names) -> Iterator[tuple[str, str]]:
    """The arguments whose values do not fit, with the types that they should have."""
    definition = schema.get_directive(directive.name.value)
    is_field_set = names.meaning(directive) in FIELD_SETS
    for item in directive.arguments or ():
        argument = definition.args.get(item.name.value) if definition else None
        if argument is None or (is_field_set and item.name.value == "fields"):
            continue
        if value_from_ast(item.value, argument.type) is Undefined:
            yield item.name.value, str(argument.type)


def _default_fits(node: InputValueDefinitionNode, schema: GraphQLSchema) -> bool:
    if node.default_value is None:
        return True
    found = type_from_ast(schema, node.type)
    return not is_input_type(found) or value_from_ast(node.default_value, found) is not Undefined

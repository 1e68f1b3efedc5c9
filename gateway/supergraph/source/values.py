"""The arguments that a schema gives to directives fit their types (GraphQL specification, section 5.7).

graphql-core looks at defaults, and not at these.

The field sets of `@key`, `@requires` and `@provides` are not looked at here; they have findings of their own.
"""

from collections.abc import Iterator, Set

from graphql import (
    ConstDirectiveNode,
    DocumentNode,
    GraphQLSchema,
    Undefined,
    value_from_ast,
)

from gateway.supergraph.source.names import Names
from gateway.supergraph.source.report import INVALID, Report
from gateway.supergraph.source.syntax import elements

FIELD_SETS = frozenset({"key", "requires", "provides"})
"""The directives whose argument `fields` is a field set."""


def check_values(
    document: DocumentNode, schema: GraphQLSchema, names: Names, wrong: Set[str], report: Report
) -> None:
    """Add a finding for every directive argument that its type does not allow; those of `wrong` are not looked at."""
    for coordinate, node in elements(document):
        for directive in getattr(node, "directives", None) or ():
            if directive.name.value in wrong:
                continue
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

"""Two schemas side by side: every change that a client, or its author, may want to know of."""

from collections.abc import Iterator, Mapping

from graphql import (
    GraphQLDirective,
    GraphQLEnumType,
    GraphQLField,
    GraphQLInputObjectType,
    GraphQLInterfaceType,
    GraphQLList,
    GraphQLNamedType,
    GraphQLNonNull,
    GraphQLObjectType,
    GraphQLScalarType,
    GraphQLSchema,
    GraphQLType,
    GraphQLUnionType,
    is_introspection_type,
    is_specified_scalar_type,
)
from graphql.language import OperationType

from gateway.supergraph.diff.inputs import OF_DIRECTIVES, OF_FIELDS, OF_INPUTS, compare_inputs
from gateway.supergraph.diff.marks import described, moved_deprecation
from gateway.supergraph.diff.model import Change, Severity

_Fields = GraphQLObjectType | GraphQLInterfaceType


def compare(old: GraphQLSchema, new: GraphQLSchema) -> tuple[Change, ...]:
    """All changes, the worst first. Both schemas are valid, and built from SDL (defaults are compared as written)."""
    return tuple(sorted(_changes(old, new), key=lambda change: change.order))


def _changes(old: GraphQLSchema, new: GraphQLSchema) -> Iterator[Change]:
    yield from described(old.description, new.description, "schema")
    yield from _compare_roots(old, new)
    before, after = _types(old), _types(new)
    for name in before.keys() - after.keys():
        yield Change(Severity.BREAKING, "TYPE_REMOVED", name, "was removed")
    for name in after.keys() - before.keys():
        yield Change(Severity.SAFE, "TYPE_ADDED", name, "was added")
        yield from _joined(after[name], before)
    for name in before.keys() & after.keys():
        yield from _compare_types(before[name], after[name])
    yield from _compare_directives(old, new)


def _types(schema: GraphQLSchema) -> Mapping[str, GraphQLNamedType]:
    """The types that authors define: whether `Float` stands in a schema follows from the rest."""
    return {
        name: found
        for name, found in schema.type_map.items()
        if not is_introspection_type(found) and not is_specified_scalar_type(found)
    }


def _joined(new: GraphQLNamedType, before: Mapping[str, GraphQLNamedType]) -> Iterator[Change]:
    """The interfaces that clients knew, and that are answered with objects of a new type from now on."""
    for interface in new.interfaces if isinstance(new, GraphQLObjectType) else ():
        if isinstance(before.get(interface.name), GraphQLInterfaceType):
            yield _implementing(new.name, interface.name)


def _implementing(type_name: str, interface: str) -> Change:
    message = f"implements {interface} now"
    return Change(Severity.DANGEROUS, "IMPLEMENTED_INTERFACE_ADDED", type_name, message)


def _compare_roots(old: GraphQLSchema, new: GraphQLSchema) -> Iterator[Change]:
    """Root types that came, went, or have another name now, which fragments on the old one do not find."""
    for operation in OperationType:
        before, after = old.get_root_type(operation), new.get_root_type(operation)
        if before is None and after is not None:
            yield Change(
                Severity.SAFE, "ROOT_ADDED", "schema", f"has the {operation.value} root {after.name} now"
            )
        elif before is not None and after is None:
            yield Change(
                Severity.BREAKING, "ROOT_REMOVED", "schema", f"has no {operation.value} root any more"
            )
        elif before is not None and after is not None and before.name != after.name:
            message = f"changed its {operation.value} root from {before.name} to {after.name}"
            yield Change(Severity.BREAKING, "ROOT_CHANGED", "schema", message)


def _compare_types(old: GraphQLNamedType, new: GraphQLNamedType) -> Iterator[Change]:
    name = old.name
    yield from described(old.description, new.description, name)
    if isinstance(old, GraphQLUnionType) and isinstance(new, GraphQLUnionType):
        yield from _compare_members(old, new)
    elif isinstance(old, GraphQLEnumType) and isinstance(new, GraphQLEnumType):
        yield from _compare_values(old, new)
    elif isinstance(old, GraphQLInputObjectType) and isinstance(new, GraphQLInputObjectType):
        yield from compare_inputs(old.fields, new.fields, f"{name}.{{}}", OF_INPUTS)
        yield from _compare_one_of(old, new)
    elif isinstance(old, GraphQLScalarType) and isinstance(new, GraphQLScalarType):
        yield from _compare_specifications(old, new)
    elif isinstance(old, _Fields) and isinstance(new, _Fields) and type(old) is type(new):
        yield from _compare_interfaces(old, new)
        yield from _compare_fields(old.fields, new.fields, name)
    else:
        message = f"changed from {_kind(old)} to {_kind(new)}"
        yield Change(Severity.BREAKING, "TYPE_CHANGED_KIND", name, message)


def _kind(type_: GraphQLNamedType) -> str:
    return (
        type(type_)
        .__name__.removeprefix("GraphQL")
        .removesuffix("Type")
        .lower()
        .replace("inputobject", "input")
    )


def _compare_members(old: GraphQLUnionType, new: GraphQLUnionType) -> Iterator[Change]:
    before, after = {member.name for member in old.types}, {member.name for member in new.types}
    for name in after - before:
        yield Change(Severity.DANGEROUS, "TYPE_ADDED_TO_UNION", old.name, f"has the member {name} now")
    for name in before - after:
        yield Change(Severity.BREAKING, "TYPE_REMOVED_FROM_UNION", old.name, f"has the member {name} no more")


def _compare_values(old: GraphQLEnumType, new: GraphQLEnumType) -> Iterator[Change]:
    for name in new.values.keys() - old.values.keys():
        yield Change(Severity.DANGEROUS, "VALUE_ADDED_TO_ENUM", f"{old.name}.{name}", "was added")
    for name in old.values.keys() - new.values.keys():
        yield Change(Severity.BREAKING, "VALUE_REMOVED_FROM_ENUM", f"{old.name}.{name}", "was removed")
    for name in old.values.keys() & new.values.keys():
        before, after, at = old.values[name], new.values[name], f"{old.name}.{name}"
        yield from moved_deprecation(before.deprecation_reason, after.deprecation_reason, at)
        yield from described(before.description, after.description, at)


def _compare_one_of(old: GraphQLInputObjectType, new: GraphQLInputObjectType) -> Iterator[Change]:
    if new.is_one_of and not old.is_one_of:
        yield Change(
            Severity.BREAKING, "ONE_OF_ADDED", old.name, "takes exactly one of its fields now (@oneOf)"
        )
    elif old.is_one_of and not new.is_one_of:
        yield Change(Severity.SAFE, "ONE_OF_REMOVED", old.name, "takes any of its fields now (no @oneOf)")


def _compare_specifications(old: GraphQLScalarType, new: GraphQLScalarType) -> Iterator[Change]:
    """`@specifiedBy` must not change once it is there (GraphQL specification, section 3.5)."""
    if old.specified_by_url == new.specified_by_url:
        return
    severity = Severity.SAFE if old.specified_by_url is None else Severity.DANGEROUS
    now = "is specified elsewhere now" if new.specified_by_url else "is specified nowhere now"
    yield Change(severity, "SPECIFIED_BY_CHANGED", old.name, f"{now} (@specifiedBy)")


def _compare_interfaces(old: _Fields, new: _Fields) -> Iterator[Change]:
    before, after = {item.name for item in old.interfaces}, {item.name for item in new.interfaces}
    for name in after - before:
        yield _implementing(old.name, name)
    for name in before - after:
        yield Change(
            Severity.BREAKING, "IMPLEMENTED_INTERFACE_REMOVED", old.name, f"implements {name} no more"
        )


def _compare_fields(
    old: Mapping[str, GraphQLField], new: Mapping[str, GraphQLField], type_name: str
) -> Iterator[Change]:
    for name in old.keys() - new.keys():
        yield Change(Severity.BREAKING, "FIELD_REMOVED", f"{type_name}.{name}", "was removed")
    for name in new.keys() - old.keys():
        yield Change(Severity.SAFE, "FIELD_ADDED", f"{type_name}.{name}", f"was added: {new[name].type}")
    for name in old.keys() & new.keys():
        before, after, at = old[name], new[name], f"{type_name}.{name}"
        if str(before.type) != str(after.type):
            safe = _gives_no_more(after.type, before.type)
            kind = "FIELD_CHANGED_KIND_SAFE" if safe else "FIELD_CHANGED_KIND"
            message = f"changed its type from {before.type} to {after.type}"
            yield Change(Severity.SAFE if safe else Severity.BREAKING, kind, at, message)
        yield from compare_inputs(before.args, after.args, f"{at}({{}}:)", OF_FIELDS)
        yield from moved_deprecation(before.deprecation_reason, after.deprecation_reason, at)
        yield from described(before.description, after.description, at)


def _gives_no_more(new: GraphQLType, old: GraphQLType) -> bool:
    """Whether clients that expect `old` get nothing unexpected from `new`: null less often, at most."""
    if isinstance(old, GraphQLNonNull):
        return isinstance(new, GraphQLNonNull) and _gives_no_more(new.of_type, old.of_type)
    if isinstance(new, GraphQLNonNull):
        return _gives_no_more(new.of_type, old)
    if isinstance(new, GraphQLList) and isinstance(old, GraphQLList):
        return _gives_no_more(new.of_type, old.of_type)
    return str(new) == str(old)


def _compare_directives(old: GraphQLSchema, new: GraphQLSchema) -> Iterator[Change]:
    before = {directive.name: directive for directive in old.directives}
    after = {directive.name: directive for directive in new.directives}
    for name in before.keys() - after.keys():
        yield Change(Severity.BREAKING, "DIRECTIVE_REMOVED", f"@{name}", "was removed")
    for name in after.keys() - before.keys():
        yield Change(Severity.SAFE, "DIRECTIVE_ADDED", f"@{name}", "was added")
    for name in before.keys() & after.keys():
        yield from _compare_directive(before[name], after[name])


def _compare_directive(old: GraphQLDirective, new: GraphQLDirective) -> Iterator[Change]:
    at = f"@{old.name}"
    yield from described(old.description, new.description, at)
    yield from compare_inputs(old.args, new.args, f"{at}({{}}:)", OF_DIRECTIVES)
    if old.is_repeatable and not new.is_repeatable:
        yield Change(
            Severity.BREAKING, "DIRECTIVE_REPEATABLE_REMOVED", at, "may stand only once in a place now"
        )
    elif new.is_repeatable and not old.is_repeatable:
        yield Change(Severity.SAFE, "DIRECTIVE_REPEATABLE_ADDED", at, "may be repeated in a place now")
    for location in set(old.locations) - set(new.locations):
        yield Change(
            Severity.BREAKING, "DIRECTIVE_LOCATION_REMOVED", at, f"may stand on {location.name} no more"
        )
    for location in set(new.locations) - set(old.locations):
        yield Change(Severity.SAFE, "DIRECTIVE_LOCATION_ADDED", at, f"may stand on {location.name} now")

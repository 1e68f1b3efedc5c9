"""The public schema: what clients see. Every output field and list item is nullable.

A denial, or a department that is down, must never remove its siblings: so no promise of a source's
survives into the public schema (DESIGN.md, "Unified entity types").
"""

from collections.abc import Callable, Mapping

from graphql import (
    GraphQLError,
    GraphQLScalarType,
    GraphQLSchema,
    StringValueNode,
    build_schema,
    print_ast,
)
from graphql.language.block_string import print_block_string

from gateway.supergraph.merging import BUILT_IN_SCALARS, MergedField, MergedType
from gateway.supergraph.model import Kind, Label, Lookup, Type

LABEL_DIRECTIVE = (
    '"""数据的分级与分类 / Level and categories of the data"""\n'
    "directive @label(level: String!, categories: [String!]! = []) on FIELD_DEFINITION | OBJECT"
)


def build_public_schema(
    merged: Mapping[str, MergedType],
    types: Mapping[str, Type],
    lookups: Mapping[str, Lookup],
    scalars: Mapping[str, Callable[[object], object]],
) -> tuple[GraphQLSchema, str]:
    """The executable schema and its SDL text, types in order of name."""
    parts = [LABEL_DIRECTIVE, _query(lookups, merged)]
    parts += [_print_type(merged[name], types) for name in sorted(types) if name not in BUILT_IN_SCALARS]
    sdl = "\n\n".join(parts) + "\n"
    schema = build_schema(sdl)
    for name, parser in scalars.items():
        known = schema.type_map.get(name)
        if isinstance(known, GraphQLScalarType):
            _bind_scalar(known, parser)
    return schema, sdl


def _bind_scalar(scalar: GraphQLScalarType, parser: Callable[[object], object]) -> None:
    """Make the schema's scalar check input by `parser`; its reason reaches the client, its value does not."""

    def coerce(value: object) -> object:
        try:
            return parser(value)
        except ValueError as error:
            raise GraphQLError(f"Invalid {scalar.name}: {error}.") from None

    # Literals reach it too: graphql-core's own parse_literal converts them and calls this.
    scalar.coerce_input_value = coerce


def _query(lookups: Mapping[str, Lookup], merged: Mapping[str, MergedType]) -> str:
    fields = []
    for name, lookup in sorted(lookups.items()):
        key = merged[lookup.type_name].fields[lookup.key_field]
        fields.append(
            f'  """按 {lookup.key_field} 查询 / Finds one {lookup.type_name} by {lookup.key_field}"""\n'
            f"  {name}({lookup.argument}: {key.field.type.name}!): {lookup.type_name}"
        )
    return "type Query {\n" + "\n".join(fields) + "\n}"


def _print_type(found: MergedType, types: Mapping[str, Type]) -> str:
    head = _description(found.description)
    if found.kind is Kind.SCALAR:
        return f"{head}scalar {found.name}"
    if found.kind is Kind.UNION:
        return f"{head}union {found.name} = {' | '.join(sorted(types[found.name].possible))}"
    if found.kind is Kind.ENUM:
        values = "\n".join(f"{_description(text, '  ')}  {name}" for name, text in found.values.items())
        return f"{head}enum {found.name} {{\n{values}\n}}"
    word = {Kind.OBJECT: "type", Kind.INTERFACE: "interface", Kind.INPUT: "input"}[found.kind]
    interfaces = [name for name in found.interfaces if name in types]
    implements = f" implements {' & '.join(interfaces)}" if interfaces else ""
    labels = "".join(_print_label(label) for label in found.labels) if found.kind is Kind.OBJECT else ""
    fields = "\n".join(_print_field(item, found.kind) for item in found.fields.values())
    return f"{head}{word} {found.name}{implements}{labels} {{\n{fields}\n}}"


def _print_field(item: MergedField, kind: Kind) -> str:
    head = _description(item.description, "  ")
    if kind is Kind.INPUT:
        default = f" = {item.default}" if item.default else ""
        return f"{head}  {item.name}: {item.field.type.text}{default}"
    arguments = ", ".join(
        f"{name}: {argument.type.text}" + (f" = {argument.default}" if argument.default else "")
        for name, argument in item.arguments.items()
    )
    text = f"{head}  {item.name}" + (f"({arguments})" if arguments else "")
    text += ": " + item.field.type.text.replace("!", "")
    if item.deprecated:
        text += f" @deprecated(reason: {_quoted(item.deprecated)})"
    return text + "".join(_print_label(label) for label in item.field.labels[:1])


def _print_label(label: Label) -> str:
    categories = ", ".join(_quoted(name) for name in sorted(label.categories))
    return f" @label(level: {_quoted(label.level)}" + (
        f", categories: [{categories}])" if categories else ")"
    )


def _description(text: str, indent: str = "") -> str:
    if not text:
        return ""
    block = print_block_string(text)
    return "".join(f"{indent}{line}\n" for line in block.split("\n"))


def _quoted(text: str) -> str:
    return print_ast(StringValueNode(value=text))

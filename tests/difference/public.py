"""What clients should see of a set of sources, merged in the plainest way, to hold composition against.

Only for sources as `generating` writes them: where they name the same field, it has the same named type and arguments.
"""

from collections.abc import Iterator, Mapping

from graphql import (
    FieldDefinitionNode,
    GraphQLEnumType,
    GraphQLField,
    GraphQLInterfaceType,
    GraphQLList,
    GraphQLNonNull,
    GraphQLObjectType,
    GraphQLOutputType,
    GraphQLSchema,
    GraphQLUnionType,
    build_schema,
    get_named_type,
    lexicographic_sort_schema,
    print_ast,
    print_schema,
)

from tests.federation.source_schema import SourceSchema

_MACHINERY = frozenset({"_Service", "_Any", "_Entity"})
_Fields = dict[str, list[tuple[SourceSchema, GraphQLField]]]


def public_schema(sources: Mapping[str, SourceSchema]) -> GraphQLSchema:
    """The public schema. Raises TypeError when a source says what `generating` never writes."""
    return build_schema("\n".join(_definitions(sources)))


def sorted_text(schema: GraphQLSchema) -> str:
    """A schema as text, the same for equal schemas."""
    return print_schema(lexicographic_sort_schema(schema))


def _definitions(sources: Mapping[str, SourceSchema]) -> Iterator[str]:
    names = {name for source in sources.values() for name in source.schema.type_map}
    objects = {name for name in names - _MACHINERY if not name.startswith("__")}
    fields = {name: _fields(sources, name) for name in objects}
    implemented = {name: _interfaces(sources, name) for name in objects}
    for interface in [name for name in objects if _is_interface_object(sources, name)]:
        for name in [name for name in objects if interface in implemented[name]]:
            fields[name] = {**fields[interface], **fields[name]}
    for name in sorted(objects):
        known = [
            source.schema.type_map[name] for source in sources.values() if name in source.schema.type_map
        ]
        if any(isinstance(one, GraphQLUnionType) for one in known):
            members = {
                one.name for union in known if isinstance(union, GraphQLUnionType) for one in union.types
            }
            yield f"union {name} = {' | '.join(sorted(members))}"
        elif isinstance(known[0], GraphQLEnumType):
            yield f"enum {name} {{ {' '.join(known[0].values)} }}"
        elif fields[name]:
            word = "interface" if any(isinstance(one, GraphQLInterfaceType) for one in known) else "type"
            implements = f" implements {' & '.join(sorted(implemented[name]))}" if implemented[name] else ""
            inside = "\n".join(
                _field(field, said) for field, said in fields[name].items() if not _hidden(said)
            )
            yield f"{word} {name}{implements} {{\n{inside}\n}}"


def _is_interface_object(sources: Mapping[str, SourceSchema], name: str) -> bool:
    return any(name in source.types and source.types[name].interface_object for source in sources.values())


def _interfaces(sources: Mapping[str, SourceSchema], name: str) -> set[str]:
    return {
        one.name
        for source in sources.values()
        if isinstance(known := source.schema.type_map.get(name), GraphQLObjectType)
        for one in known.interfaces
    }


def _fields(sources: Mapping[str, SourceSchema], name: str) -> _Fields:
    """The fields of a type, each with what every source says that resolves it, or did before another took over."""
    found: _Fields = {}
    for source in sources.values():
        known = source.schema.type_map.get(name)
        if name not in source.types or not isinstance(known, GraphQLObjectType | GraphQLInterfaceType):
            continue
        for field, said in source.types[name].fields.items():
            if not said.external:
                found.setdefault(field, []).append((source, known.fields[field]))
    return found


def _hidden(said: list[tuple[SourceSchema, GraphQLField]]) -> bool:
    nodes = [field.ast_node for _, field in said]
    return any(
        one.name.value == "inaccessible"
        for node in nodes
        if node is not None
        for one in node.directives or ()
    )


def _field(name: str, said: list[tuple[SourceSchema, GraphQLField]]) -> str:
    node = said[0][1].ast_node
    assert isinstance(node, FieldDefinitionNode)
    arguments = ", ".join(print_ast(one) for one in node.arguments or ())
    return f"  {name}{f'({arguments})' if arguments else ''}: {_merged([field.type for _, field in said])}"


def _merged(types: list[GraphQLOutputType]) -> str:
    """The type that all of these promise: null is possible where one of them says so."""
    inner = [one.of_type if isinstance(one, GraphQLNonNull) else one for one in types]
    end = "!" if all(isinstance(one, GraphQLNonNull) for one in types) else ""
    lists = [one.of_type for one in inner if isinstance(one, GraphQLList)]
    if lists:
        return f"[{_merged(lists)}]{end}"
    names = {get_named_type(one).name for one in inner}
    if len(names) > 1:
        raise TypeError(f"one field has several types: {names}")
    return names.pop() + end

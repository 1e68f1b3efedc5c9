"""Merged schemas for tests of the writer, taken from composed SDL (join v0.3 to v0.5) as others write it."""

from collections.abc import Iterable, Mapping
from typing import Any  # parts of syntax nodes and values of directives

from graphql import (
    ConstArgumentNode,
    ConstDirectiveNode,
    DirectiveDefinitionNode,
    Node,
    ScalarTypeDefinitionNode,
    SchemaDefinitionNode,
    parse,
    value_from_ast_untyped,
)

from gateway.supergraph.merge.model import (
    Feature,
    Graph,
    JoinDirective,
    JoinField,
    JoinImplements,
    JoinMember,
    JoinType,
    Merged,
    MergedField,
    MergedInput,
    MergedMarks,
    MergedType,
    MergedValue,
)
from gateway.supergraph.model import Kind

KINDS = {
    "object": Kind.OBJECT,
    "interface": Kind.INTERFACE,
    "union": Kind.UNION,
    "enum": Kind.ENUM,
    "scalar": Kind.SCALAR,
    "input_object": Kind.INPUT,
}
MACHINERY = ("join__", "link__")


def merged_of(sdl: str) -> Merged:
    """What a merger would have handed to the writer of `sdl`."""
    definitions = parse(sdl).definitions
    named: dict[str, Any] = {
        node.name.value: node
        for node in definitions
        if not isinstance(node, DirectiveDefinitionNode) and hasattr(node, "name") and node.name
    }
    values = {
        value.name.value: said
        for value in named["join__Graph"].values
        for said in _said(value, "join__graph")
    }
    graphs = {said["name"]: Graph(said["name"], value, said["url"]) for value, said in values.items()}
    names = {graph.value: name for name, graph in graphs.items()}
    ours = {name: node for name, node in named.items() if not name.startswith(MACHINERY)}
    return Merged(
        graphs,
        {name: _type(node, names) for name, node in ours.items() if _said(node, "join__type")},
        tuple(
            feature
            for node in definitions
            if isinstance(node, SchemaDefinitionNode)
            for feature in _features(node)
        ),
        {
            node.name.value: node
            for node in definitions
            if isinstance(node, DirectiveDefinitionNode)
            and not node.name.value.startswith(("join__", "link"))
        },
        {
            name: node
            for name, node in ours.items()
            if isinstance(node, ScalarTypeDefinitionNode) and not _said(node, "join__type")
        },
    )


def _features(node: SchemaDefinitionNode) -> Iterable[Feature]:
    for said in _said(node, "link")[2:]:
        identity, version = said["url"].rsplit("/", 1)
        listed = [
            item if isinstance(item, dict) else {"name": item, "as": item} for item in said.get("import", ())
        ]
        imports = {item["name"]: item["as"] for item in listed}
        yield Feature(identity, version, said.get("as"), imports, said.get("for"))


def _type(node: Any, names: Mapping[str, str]) -> MergedType:  # Any: each kind of node has parts of its own
    kind = KINDS[node.kind.removesuffix("_definition").removesuffix("_type")]
    fields, inputs = ((), node.fields) if kind is Kind.INPUT else (getattr(node, "fields", None) or (), ())
    return MergedType(
        node.name.value,
        kind,
        _marks(node, names),
        {},
        tuple(
            JoinType(names[said["graph"]], said.get("key"), said.get("extension", False),
                     said.get("resolvable", True), said.get("isInterfaceObject", False))
            for said in _said(node, "join__type")
        ),
        {item.name.value: _field(item, names) for item in fields},
        {item.name.value: _input(item, names) for item in inputs},
        {item.name.value: _value(item, names) for item in getattr(node, "values", None) or ()},
        tuple(item.name.value for item in getattr(node, "interfaces", None) or ()),
        tuple(JoinImplements(names[said["graph"]], said["interface"]) for said in _said(node, "join__implements")),
        tuple(item.name.value for item in getattr(node, "types", None) or ()),
        tuple(JoinMember(names[said["graph"]], said["member"]) for said in _said(node, "join__unionMember")),
    )  # fmt: skip


def _field(node: Any, names: Mapping[str, str]) -> MergedField:
    arguments = {item.name.value: _input(item, names) for item in node.arguments or ()}
    return MergedField(node.name.value, node.type, arguments, _marks(node, names), {}, _joins(node, names))


def _input(node: Any, names: Mapping[str, str]) -> MergedInput:
    return MergedInput(
        node.name.value, node.type, _marks(node, names), {}, node.default_value, _joins(node, names)
    )


def _value(node: Any, names: Mapping[str, str]) -> MergedValue:
    # The writer looks at the names of a value's sources alone.
    sources: dict[str, Any] = {names[said["graph"]]: None for said in _said(node, "join__enumValue")}
    return MergedValue(node.name.value, _marks(node, names), sources)


def _joins(node: Node, names: Mapping[str, str]) -> tuple[JoinField, ...]:
    return tuple(
        JoinField(
            names[said["graph"]] if "graph" in said else None,
            said.get("requires"),
            said.get("provides"),
            said.get("type"),
            said.get("external", False),
            said.get("override"),
            said.get("usedOverridden", False),
            said.get("overrideLabel"),
        )
        for said in _said(node, "join__field")
    )


def _marks(node: Any, names: Mapping[str, str]) -> MergedMarks:
    return MergedMarks(
        node.description.value if node.description else "",
        directives=tuple(item for item in node.directives or () if not item.name.value.startswith("join__")),
        joined=tuple(
            _joined(item, names) for item in node.directives or () if item.name.value == "join__directive"
        ),
    )


def _joined(node: ConstDirectiveNode, names: Mapping[str, str]) -> JoinDirective:
    given: dict[str, Any] = {item.name.value: item.value for item in node.arguments or ()}
    return JoinDirective(
        tuple(names[graph.value] for graph in given["graphs"].values),
        given["name"].value,
        tuple(ConstArgumentNode(name=item.name, value=item.value) for item in given["args"].fields),
    )


def _said(node: Any, name: str) -> list[dict[str, Any]]:
    applied: list[ConstDirectiveNode] = [item for item in node.directives or () if item.name.value == name]
    return [
        {one.name.value: value_from_ast_untyped(one.value) for one in item.arguments or ()}
        for item in applied
    ]

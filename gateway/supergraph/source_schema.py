"""One source's schema, read: SDL with the Apollo Federation v2 directives into plain definitions.

Directives are recognised by the identity of their `@link`, under whatever name it imports them
(Apollo's link specification v1.0, "Namespacing"). What this version of composition cannot honour is
refused by name: a directive that is read past would be a wrong answer, or a leak.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field

from graphql import (
    ConstDirectiveNode,
    DefinitionNode,
    DocumentNode,
    FieldDefinitionNode,
    GraphQLError,
    ListTypeNode,
    NamedTypeNode,
    Node,
    NonNullTypeNode,
    ObjectTypeDefinitionNode,
    ObjectTypeExtensionNode,
    SchemaDefinitionNode,
    SchemaExtensionNode,
    TypeNode,
    parse,
    print_ast,
    value_from_ast_untyped,
)
from graphql.language import (
    EnumTypeDefinitionNode,
    EnumTypeExtensionNode,
    InputObjectTypeDefinitionNode,
    InputObjectTypeExtensionNode,
    InterfaceTypeDefinitionNode,
    InterfaceTypeExtensionNode,
    ScalarTypeDefinitionNode,
    TypeDefinitionNode,
    TypeExtensionNode,
    UnionTypeDefinitionNode,
    UnionTypeExtensionNode,
)

from connectors.base import Capabilities
from gateway.errors import Finding
from gateway.supergraph.field_sets import parse_field_set
from gateway.supergraph.model import FieldSet, Kind, Label, TypeRef

FEDERATION = "https://specs.apollo.dev/federation"
LINK = "https://specs.apollo.dev/link"

ONTOLOGY = "unified types"
"""The name under which the deployment's own types are read: they label and describe, and resolve nothing."""

HONOURED = frozenset(
    {"key", "shareable", "tag", "external", "label", "deprecated", "specifiedBy", "link", "extends"}
)
"""Directives that composition understands; every other application in a source schema is a finding."""

_MACHINERY_TYPES = frozenset({"_Any", "_Entity", "_Service", "FieldSet", "_FieldSet"})
_MACHINERY_FIELDS = frozenset({"_entities", "_service"})
_MAX_SDL_TOKENS = 500_000


@dataclass(frozen=True, slots=True)
class SourceText:
    """A source as it comes to composition: its name, its department's name, its SDL and what it can do."""

    name: str
    department: str
    sdl: str
    capabilities: Capabilities = field(default_factory=Capabilities)
    sharing: str = "unconditional"


@dataclass(frozen=True, slots=True)
class SourceField:
    """A field or an input field as one source defines it."""

    name: str
    type: TypeRef
    arguments: dict[str, "SourceField"]
    external: bool
    shareable: bool
    labels: tuple[Label, ...]
    description: str
    deprecated: str | None
    default: str | None
    place: str


@dataclass(slots=True)
class SourceType:
    """A type as one source defines it, its extensions folded in."""

    name: str
    kind: Kind
    place: str
    description: str = ""
    fields: dict[str, SourceField] = field(default_factory=dict)
    keys: list[tuple[FieldSet, bool]] = field(default_factory=list)  # (field set, resolvable)
    labels: list[Label] = field(default_factory=list)
    members: list[str] = field(default_factory=list)  # of a union
    interfaces: list[str] = field(default_factory=list)
    values: dict[str, str] = field(default_factory=dict)  # of an enum: name → description


@dataclass(slots=True)
class SourceSchema:
    """Everything composition needs of one source."""

    source: SourceText
    types: dict[str, SourceType]
    root_fields: dict[str, str]  # fields of Query beside the federation machinery → place


_KINDS: dict[type[Node], Kind] = {
    ObjectTypeDefinitionNode: Kind.OBJECT,
    ObjectTypeExtensionNode: Kind.OBJECT,
    InterfaceTypeDefinitionNode: Kind.INTERFACE,
    InterfaceTypeExtensionNode: Kind.INTERFACE,
    UnionTypeDefinitionNode: Kind.UNION,
    UnionTypeExtensionNode: Kind.UNION,
    EnumTypeDefinitionNode: Kind.ENUM,
    EnumTypeExtensionNode: Kind.ENUM,
    InputObjectTypeDefinitionNode: Kind.INPUT,
    InputObjectTypeExtensionNode: Kind.INPUT,
    ScalarTypeDefinitionNode: Kind.SCALAR,
}


def read_source(source: SourceText, findings: list[Finding]) -> SourceSchema | None:
    """Read one source's SDL. What is wrong is added to `findings`; None when nothing could be read."""
    try:
        document = parse(source.sdl, max_tokens=_MAX_SDL_TOKENS)
    except GraphQLError as error:
        line, column = next(((at.line, at.column) for at in error.locations or ()), (None, None))
        findings.append(
            Finding("INVALID_GRAPHQL", f"the schema of {source.name} does not parse: {error.message}",
                    "mend the schema's text", source.name, line, column)
        )  # fmt: skip
        return None
    except RecursionError:
        findings.append(
            Finding(
                "INVALID_GRAPHQL",
                f"the schema of {source.name} is nested too deeply",
                "flatten it",
                source.name,
            )
        )
        return None
    return _Reader(source, document, findings).read()


class _Reader:
    def __init__(self, source: SourceText, document: DocumentNode, findings: list[Finding]) -> None:
        self.source = source
        self.document = document
        self.findings = findings
        self.names = self._directive_names()
        self.query_name = "Query"
        self.mutation_name: str | None = "Mutation"

    def read(self) -> SourceSchema:
        schema = SourceSchema(self.source, {}, {})
        for definition in self.document.definitions:
            if isinstance(definition, (SchemaDefinitionNode, SchemaExtensionNode)):
                self._roots(definition)
        for definition in self.document.definitions:
            if isinstance(definition, (TypeDefinitionNode, TypeExtensionNode)):
                self._type(schema, definition)
        return schema

    def _directive_names(self) -> dict[str, str]:
        """How this schema calls the federation directives: own name → the specification's."""
        names = {name: name for name in ("label", "deprecated", "specifiedBy", "link", "oneOf")}
        linked = False
        for link in self._links():
            url = str(link.get("url", ""))
            if url.startswith(FEDERATION + "/v2"):
                linked = True
                prefix = str(link.get("as", "federation"))
                names.update((f"{prefix}__{name}", name) for name in HONOURED)
                imports = link.get("import")
                for item in imports if isinstance(imports, list) else ():
                    known = item if isinstance(item, dict) else {"name": item}
                    original = str(known.get("name", "")).removeprefix("@")
                    names[str(known.get("as", "@" + original)).removeprefix("@")] = original
            elif link.get("for") == "SECURITY":
                self._unsupported(f"the security specification {url}", None)
        if self.source.name == ONTOLOGY:
            names.update((name, name) for name in HONOURED)
        elif not linked:
            self._find(
                "UNSUPPORTED_FEATURE",
                "the schema has no @link to Federation v2",
                f'add `extend schema @link(url: "{FEDERATION}/v2.3", import: ["@key"])`',
                None,
            )
        return names

    def _links(self) -> Iterator[dict[str, object]]:
        for definition in self.document.definitions:
            if isinstance(definition, (SchemaDefinitionNode, SchemaExtensionNode)):
                for directive in definition.directives or ():
                    if directive.name.value == "link":
                        yield _arguments(directive)

    def _roots(self, definition: SchemaDefinitionNode | SchemaExtensionNode) -> None:
        for operation in definition.operation_types or ():
            if operation.operation.value == "query":
                self.query_name = operation.type.name.value
            elif operation.operation.value == "mutation":
                self.mutation_name = operation.type.name.value

    def _type(self, schema: SourceSchema, node: TypeDefinitionNode | TypeExtensionNode) -> None:
        name = node.name.value
        if name in _MACHINERY_TYPES or name.startswith(("link__", "federation__")):
            return
        if name == self.query_name and isinstance(node, (ObjectTypeDefinitionNode, ObjectTypeExtensionNode)):
            for item in node.fields or ():
                if item.name.value not in _MACHINERY_FIELDS:
                    schema.root_fields[item.name.value] = self._place(item)
            return
        if name in (self.mutation_name, "Subscription"):
            self._unsupported(f"the root type {name}", node)
            return
        kind = _KINDS[type(node)]
        known = schema.types.setdefault(name, SourceType(name, kind, self._place(node)))
        if known.kind is not kind:
            self._find("TYPE_KIND_MISMATCH", f"{name} is both {known.kind.value} and {kind.value}",
                       "define it once", node)  # fmt: skip
            return
        self._fill(known, node)

    def _fill(self, known: SourceType, node: TypeDefinitionNode | TypeExtensionNode) -> None:
        known.description = known.description or _description(node)
        for name, directive in self._directives(node):
            if name == "key":
                known.keys.append(self._key(directive))
            elif name == "label":
                known.labels.append(_label(directive))
        shareable = any(name == "shareable" for name, _ in self._directives(node))
        known.interfaces += [item.name.value for item in getattr(node, "interfaces", None) or ()]
        if isinstance(node, (UnionTypeDefinitionNode, UnionTypeExtensionNode)):
            known.members += [member.name.value for member in node.types or ()]
        elif isinstance(node, (EnumTypeDefinitionNode, EnumTypeExtensionNode)):
            for value in node.values or ():
                list(self._directives(value))
                known.values[value.name.value] = _description(value)
        else:
            for item in getattr(node, "fields", None) or ():
                known.fields[item.name.value] = self._field(item, shareable)

    def _field(self, node: FieldDefinitionNode, shareable: bool) -> SourceField:
        directives = dict(self._directives(node))
        labels = tuple(_label(directive) for name, directive in self._directives(node) if name == "label")
        deprecated = directives.get("deprecated")
        default = getattr(node, "default_value", None)
        return SourceField(
            name=node.name.value,
            type=type_ref(node.type),
            arguments={
                item.name.value: self._argument(item) for item in getattr(node, "arguments", None) or ()
            },
            external="external" in directives,
            shareable=shareable or "shareable" in directives,
            labels=labels,
            description=_description(node),
            deprecated=str(_arguments(deprecated).get("reason", "No longer supported"))
            if deprecated
            else None,
            default=print_ast(default) if default else None,
            place=self._place(node),
        )

    def _argument(self, node: Node) -> SourceField:
        # Input values have the parts of a field definition that `_field` reads.
        return self._field(node, False)  # type: ignore[arg-type]

    def _directives(self, node: Node) -> Iterator[tuple[str, ConstDirectiveNode]]:
        for directive in getattr(node, "directives", None) or ():
            name = self.names.get(directive.name.value)
            if name in HONOURED:
                yield name, directive
            else:
                self._unsupported(f"the directive @{directive.name.value}", directive)

    def _key(self, directive: ConstDirectiveNode) -> tuple[FieldSet, bool]:
        arguments = _arguments(directive)
        try:
            fields = parse_field_set(str(arguments.get("fields", "")))
        except ValueError as error:
            self._find("KEY_INVALID_FIELDS", str(error), 'write @key(fields: "id")', directive)
            fields = ()
        return fields, arguments.get("resolvable") is not False

    def _unsupported(self, what: str, node: Node | None) -> None:
        found = Finding("UNSUPPORTED_FEATURE", f"{self.source.name} uses {what}, which is not composed yet",
                        "take it out of the schema that is registered", *self._file_line(node))  # fmt: skip
        if found not in self.findings:
            self.findings.append(found)

    def _find(self, code: str, message: str, remedy: str, node: Node | None) -> None:
        self.findings.append(Finding(code, f"{self.source.name}: {message}", remedy, *self._file_line(node)))

    def _file_line(self, node: Node | None) -> tuple[str, int | None, int | None]:
        token = node.loc.start_token if node and node.loc else None
        return self.source.name, token.line if token else None, token.column if token else None

    def _place(self, node: Node | DefinitionNode) -> str:
        return ":".join(str(part) for part in self._file_line(node) if part is not None)


def type_ref(node: TypeNode) -> TypeRef:
    """A type as written, taken apart: the named type, how many lists, the text."""
    lists, inner = 0, node
    while isinstance(inner, (ListTypeNode, NonNullTypeNode)):
        lists += isinstance(inner, ListTypeNode)
        inner = inner.type
    assert isinstance(inner, NamedTypeNode)
    return TypeRef(inner.name.value, lists, type_text(node))


def type_text(node: TypeNode) -> str:
    """A type as written; quicker than printing it as any other syntax tree."""
    if isinstance(node, NonNullTypeNode):
        return type_text(node.type) + "!"
    if isinstance(node, ListTypeNode):
        return f"[{type_text(node.type)}]"
    assert isinstance(node, NamedTypeNode)
    return node.name.value


def _arguments(directive: ConstDirectiveNode) -> dict[str, object]:
    return {item.name.value: value_from_ast_untyped(item.value) for item in directive.arguments or ()}


def _label(directive: ConstDirectiveNode) -> Label:
    arguments = _arguments(directive)
    categories = arguments.get("categories") or []
    listed = categories if isinstance(categories, list) else [categories]
    return Label(str(arguments.get("level", "")), frozenset(map(str, listed)))


def _description(node: Node) -> str:
    description = getattr(node, "description", None)
    return description.value if description else ""

"""A source's schema, derived: which unified fields it supplies, by its manifest, and what they are.

Text in, text out. The result is a Federation v2 schema: types that the source finds by key carry it, types
that it merely refers to become stubs with `resolvable: false`, values may be supplied by others as well.
"""

from collections.abc import Iterable, Iterator
from typing import Final

from graphql import (
    ConstDirectiveNode,
    DefinitionNode,
    DirectiveDefinitionNode,
    DocumentNode,
    EnumTypeDefinitionNode,
    FieldDefinitionNode,
    ListTypeNode,
    NameNode,
    NonNullTypeNode,
    ObjectTypeDefinitionNode,
    ScalarTypeDefinitionNode,
    StringValueNode,
    TypeDefinitionNode,
    TypeNode,
    parse,
    parse_type,
    print_ast,
)

from connectors.manifest import FieldMapping, Label, Manifest, ManifestError, ManifestFinding, TypeMapping

_LINK: Final = (
    'extend schema @link(url: "https://specs.apollo.dev/federation/v2.3", import: ["@key", "@shareable"])'
)
_BUILT_IN: Final = frozenset({"Int", "Float", "String", "Boolean", "ID"})
_MAX_TOKENS: Final = 500_000


def derive_sdl(manifest: Manifest, unified_sdl: str) -> str:
    """The source schema of a manifest's types.

    Raises ManifestError, each finding with its line, where the manifest names a unified type or field that
    does not exist, or maps one in a way that its type does not allow.
    """
    return _Derivation(manifest, _read(unified_sdl)).sdl()


def _read(unified_sdl: str) -> dict[str, TypeDefinitionNode | DirectiveDefinitionNode]:
    """The definitions of the unified SDL by name; directives under `@name`."""
    known: dict[str, TypeDefinitionNode | DirectiveDefinitionNode] = {}
    for node in parse(unified_sdl, no_location=True, max_tokens=_MAX_TOKENS).definitions:
        if isinstance(node, DirectiveDefinitionNode):
            known["@" + node.name.value] = node
        elif isinstance(node, TypeDefinitionNode):
            known[node.name.value] = node
    return known


class _Derivation:
    def __init__(
        self, manifest: Manifest, unified: dict[str, TypeDefinitionNode | DirectiveDefinitionNode]
    ) -> None:
        self.manifest = manifest
        self.unified = unified
        self.findings: list[ManifestFinding] = []
        self.leaves: set[str] = set()
        self.stubs: set[str] = set()

    def sdl(self) -> str:
        types = [
            self._type(mapping, node)
            for mapping in self.manifest.types.values()
            if (node := self._object(mapping.name, mapping.line)) is not None
        ]
        stubs = [self._stub(name) for name in sorted(self.stubs - self.manifest.types.keys())]
        if self.findings:
            raise ManifestError(self.findings)
        leaves = [self.unified[name] for name in sorted(self.leaves)]
        label = self.unified.get("@label")
        definitions: list[DefinitionNode] = [*([label] if label else []), *types, *stubs, *leaves]
        return f"{_LINK}\n\n{print_ast(DocumentNode(definitions=tuple(definitions)))}\n"

    def _type(self, mapping: TypeMapping, node: ObjectTypeDefinitionNode) -> ObjectTypeDefinitionNode:
        known = {item.name.value: item for item in node.fields or ()}
        fields = [item for name in mapping.key if (item := self._key_field(mapping, name, known)) is not None]
        fields += [item for each in mapping.fields.values() if (item := self._field(mapping, each, known))]
        if not mapping.key and _keys(node):
            self._find(mapping.line, f"{mapping.name} is an entity and has no `key` here", "add its `key`")
        if mapping.key and " ".join(sorted(mapping.key)) not in _keys(node):
            keys = " or ".join(f"`{key}`" for key in _keys(node)) or "none: it is a value"
            self._find(
                mapping.line, f"the key of {mapping.name} is not one that it has", f"its keys are {keys}"
            )
        if not fields:
            self._find(
                mapping.line, f"{mapping.name} has no fields here", "add `fields`, or leave the type out"
            )
        own = _key_directive(mapping.key) if mapping.key else _directive("@shareable")
        return _object(node, (own, *_labels(node)), fields)

    def _key_field(
        self, mapping: TypeMapping, name: str, known: dict[str, FieldDefinitionNode]
    ) -> FieldDefinitionNode | None:
        node = known.get(name)
        if node is None:
            self._find(mapping.line, f"{mapping.name} has no field {name} for its key", _use(known))
        elif self._is_leaf(named(node.type)) and not _is_list(node.type):
            self.leaves.update({named(node.type)} - _BUILT_IN)
            return node
        else:
            self._find(mapping.line, f"{mapping.name}.{name} is no plain value", "choose another key")
        return None

    def _field(
        self, mapping: TypeMapping, item: FieldMapping, known: dict[str, FieldDefinitionNode]
    ) -> FieldDefinitionNode | None:
        node = known.get(item.name) or self._extension(item)
        if node is None:
            remedy = f"{_use(known)}, or state the `type` of a field of your own"
            self._find(item.line, f"{mapping.name} has no field {item.name}", remedy)
            return None
        if item.name in known and item.type is not None:
            self._find(item.line, f"{mapping.name}.{item.name} has a type already", "leave out `type`")
        if node.arguments:
            self._find(
                item.line, f"{mapping.name}.{item.name} has arguments", "leave it out: it cannot be mapped"
            )
        self._check_shape(f"{mapping.name}.{item.name}", item, node.type)
        return _restated(node, item)

    def _extension(self, item: FieldMapping) -> FieldDefinitionNode | None:
        """A field that the unified type does not have, of the type that the manifest states."""
        if item.type is None:
            return None
        return FieldDefinitionNode(
            name=NameNode(value=item.name),
            type=parse_type(item.type, no_location=True),
            directives=(),
            arguments=(),
        )

    def _check_shape(self, coordinate: str, item: FieldMapping, stated: TypeNode) -> None:
        """Whether a mapping yields what the field's type is: a leaf, a reference, a value, or a list."""
        name = named(stated)
        target = item.many.type if item.many else item.references
        if (item.many is not None) is not _is_list(stated):
            remedy = "use `many`" if _is_list(stated) else "leave out `many`"
            self._find(item.line, f"{coordinate} is {print_ast(stated)}", remedy)
        elif self._is_leaf(name):
            self._check_leaf(coordinate, item, name, target)
        elif target != name and self._object(name, item.line) is not None:
            self._find(
                item.line,
                f"{coordinate} is {print_ast(stated)}",
                f"say `references: {name}` or `many: {name}`",
            )
        elif target == name:
            self._check_target(coordinate, item, name)

    def _check_leaf(self, coordinate: str, item: FieldMapping, name: str, target: str | None) -> None:
        self.leaves.update({name} - _BUILT_IN)
        if target is not None and target != name:
            self._find(item.line, f"{coordinate} is {name} and not {target}", f"say {name}, or leave it out")
        node = self.unified.get(name)
        if isinstance(node, EnumTypeDefinitionNode):
            values = {value.name.value for value in node.values or ()}
            for meaning in sorted(set(item.map.values()) - values):
                self._find(
                    item.line,
                    f"{coordinate} maps a code to {meaning}, which {name} does not have",
                    _use(values),
                )

    def _check_target(self, coordinate: str, item: FieldMapping, name: str) -> None:
        node = self._object(name, item.line)
        mapped = self.manifest.types.get(name)
        if node is None:
            return
        if not _keys(node):
            if item.references is not None:
                self._find(
                    item.line,
                    f"{coordinate} refers to {name}, which is a value without a key",
                    "map its fields",
                )
            elif mapped is None:
                self._find(
                    item.line, f"{coordinate} holds {name}, which the manifest does not map", f"add {name}"
                )
            return
        key = tuple(item.many.key) if item.many and item.many.key else ()
        if mapped is None:
            self.stubs.add(name)
            usable = " ".join(sorted(key)) in _keys(node) if key else " " not in _keys(node)[0]
        else:
            usable = sorted(key) == sorted(mapped.key) if key else len(mapped.key) == 1
        if not usable:
            self._find(
                item.line, f"{coordinate} does not hold the key of {name}", "name a type with that key"
            )

    def _stub(self, name: str) -> ObjectTypeDefinitionNode:
        """A type that the source only refers to: its key, not to be asked for here."""
        node = self.unified[name]
        assert isinstance(node, ObjectTypeDefinitionNode)
        key = next((key for key in self._stub_keys(name) if key in _keys(node)), _keys(node)[0]).split()
        fields = [item for item in node.fields or () if item.name.value in key]
        self.leaves.update({named(item.type) for item in fields} - _BUILT_IN)
        return _object(node, (_key_directive(key, resolvable=False), *_labels(node)), fields)

    def _stub_keys(self, name: str) -> Iterator[str]:
        for mapping in self.manifest.types.values():
            for item in mapping.fields.values():
                if item.many is not None and item.many.type == name and item.many.key:
                    yield " ".join(sorted(item.many.key))

    def _object(self, name: str, line: int) -> ObjectTypeDefinitionNode | None:
        node = self.unified.get(name)
        if isinstance(node, ObjectTypeDefinitionNode):
            return node
        if node is None:
            self._find(line, f"there is no unified type {name}", "correct the name")
        else:
            self._find(line, f"{name} is no object type, so it cannot be mapped", "map object types")
        return None

    def _is_leaf(self, name: str) -> bool:
        leaf = isinstance(self.unified.get(name), (ScalarTypeDefinitionNode, EnumTypeDefinitionNode))
        return leaf or name in _BUILT_IN

    def _find(self, line: int, message: str, remedy: str) -> None:
        self.findings.append(self.manifest.finding(line, message, remedy))


def _directive(text: str) -> ConstDirectiveNode:
    """A directive as written, for instance `@key(fields: "id")`."""
    definition = parse(f"scalar S {text}", no_location=True).definitions[0]
    assert isinstance(definition, ScalarTypeDefinitionNode)
    return (definition.directives or ())[0]


def _key_directive(names: Iterable[str], resolvable: bool = True) -> ConstDirectiveNode:
    end = "" if resolvable else ", resolvable: false"
    return _directive(f'@key(fields: "{" ".join(names)}"{end})')


def _object(
    node: ObjectTypeDefinitionNode,
    directives: tuple[ConstDirectiveNode, ...],
    fields: list[FieldDefinitionNode],
) -> ObjectTypeDefinitionNode:
    return ObjectTypeDefinitionNode(
        description=node.description,
        name=node.name,
        interfaces=(),
        directives=directives,
        fields=tuple(fields),
    )


def _restated(node: FieldDefinitionNode, item: FieldMapping) -> FieldDefinitionNode:
    """The field with the label and the description that the manifest gives it, where it gives any."""
    directives = node.directives or ()
    description = node.description
    if item.label is not None:
        directives = (
            *(each for each in directives if each.name.value != "label"),
            _label_directive(item.label),
        )
    if item.description is not None:
        description = StringValueNode(value=item.description, block=True)
    return FieldDefinitionNode(
        description=description, name=node.name, arguments=(), type=node.type, directives=directives
    )


def _label_directive(label: Label) -> ConstDirectiveNode:
    categories = ", ".join(f'"{category}"' for category in label.categories)
    return _directive(f'@label(level: "{label.level}", categories: [{categories}])')


def _labels(node: ObjectTypeDefinitionNode) -> tuple[ConstDirectiveNode, ...]:
    return tuple(each for each in node.directives or () if each.name.value == "label")


def _keys(node: ObjectTypeDefinitionNode) -> list[str]:
    """The keys of a unified type, each as its fields' names in order, with a space between."""
    return [
        " ".join(sorted(argument.value.value.split()))
        for directive in node.directives or ()
        if directive.name.value == "key"
        for argument in directive.arguments or ()
        if argument.name.value == "fields" and isinstance(argument.value, StringValueNode)
    ]


def named(node: TypeNode) -> str:
    """The name of the type inside lists and `!`."""
    while isinstance(node, (ListTypeNode, NonNullTypeNode)):
        node = node.type
    return str(print_ast(node))


def _is_list(node: TypeNode) -> bool:
    return isinstance(node.type if isinstance(node, NonNullTypeNode) else node, ListTypeNode)


def _use(names: Iterable[str]) -> str:
    return "use " + ", ".join(sorted(names))

"""Where derived SDL comes from: its lines lead back to lines of the manifest."""

from collections.abc import Iterator

from graphql import (
    FieldDefinitionNode,
    GraphQLError,
    Node,
    ObjectTypeDefinitionNode,
    ObjectTypeExtensionNode,
    TypeDefinitionNode,
    parse,
)

from connectors.derive import named
from connectors.manifest_model import Manifest


def derived_places(manifest: Manifest, sdl: str) -> dict[int, int]:
    """Line of the SDL → line of the manifest, for all that stands there because the manifest maps something.

    Enums, scalars and types that are merely referred to stand there for the first field that needs them. Empty
    where nothing is mapped: the source states its schema itself.
    """
    if not manifest.types:
        return {}
    try:
        definitions = parse(sdl).definitions
    except GraphQLError:
        return {}  # a kind that derives what does not parse: composition says so
    places: dict[int, int] = {}
    needed: dict[str, int] = {}
    for node in definitions:
        if isinstance(node, ObjectTypeDefinitionNode | ObjectTypeExtensionNode):
            for part, line in _mapped(manifest, node):
                places |= dict.fromkeys(_lines(part), line)
                if isinstance(part, FieldDefinitionNode):
                    needed.setdefault(named(part.type), line)
    for node in definitions:
        if isinstance(node, TypeDefinitionNode) and node.name.value not in manifest.types:
            user = needed.get(node.name.value)
            if user is not None:
                places |= dict.fromkeys(_lines(node), user)
    return places


def _mapped(
    manifest: Manifest, node: ObjectTypeDefinitionNode | ObjectTypeExtensionNode
) -> Iterator[tuple[Node, int]]:
    """A type that the manifest maps, then its fields; the key stands at the type's line."""
    mapping = manifest.types.get(node.name.value)
    if mapping is None:
        return
    yield node, mapping.line
    for field in node.fields or ():
        item = mapping.fields.get(field.name.value)
        yield field, mapping.line if item is None else item.line


def _lines(node: Node) -> range:
    assert node.loc is not None, "parsed with locations"
    return range(node.loc.start_token.line, node.loc.end_token.line + 1)

"""Where derived SDL comes from: each of its lines leads back to a line of the manifest."""

from graphql import Node, ObjectTypeDefinitionNode, ObjectTypeExtensionNode, parse

from connectors.manifest_model import Manifest


def derived_places(manifest: Manifest, sdl: str) -> dict[int, int]:
    """Line of the SDL → line of the manifest, for the types and fields that the manifest maps."""
    places: dict[int, int] = {}
    for node in parse(sdl).definitions:
        if not isinstance(node, ObjectTypeDefinitionNode | ObjectTypeExtensionNode):
            continue
        mapping = manifest.types.get(node.name.value)
        if mapping is None:
            continue
        places |= dict.fromkeys(_lines(node), mapping.line)
        for field in node.fields or ():
            item = mapping.fields.get(field.name.value)
            if item is not None:
                places |= dict.fromkeys(_lines(field), item.line)
    return places


def _lines(node: Node) -> range:
    assert node.loc is not None, "parsed with locations"
    return range(node.loc.start_token.line, node.loc.end_token.line + 1)

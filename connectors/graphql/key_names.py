"""How a source calls `@key`: Apollo's link specification v1.0, https://specs.apollo.dev/link/v1.0."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from graphql import (
    ConstDirectiveNode,
    DefinitionNode,
    SchemaDefinitionNode,
    SchemaExtensionNode,
    value_from_ast_untyped,
)

_FEDERATION: Final = "https://specs.apollo.dev/federation/"
_USUAL: Final = frozenset({"key", "federation__key"})
"""Without a link (Federation 1), and by the usual one."""


def key_names(definitions: Iterable[DefinitionNode]) -> frozenset[str]:
    """The names of directives that may be `@key`, without `@`: the usual ones, and those that a link gives it."""
    return _USUAL.union(
        name
        for node in definitions
        if isinstance(node, SchemaDefinitionNode | SchemaExtensionNode)
        for directive in node.directives or ()
        for name in _linked(directive)
    )


def _linked(directive: ConstDirectiveNode) -> Iterator[str]:
    said = {item.name.value: value_from_ast_untyped(item.value) for item in directive.arguments or ()}
    if not str(said.get("url")).startswith(_FEDERATION):
        return
    if isinstance(said.get("as"), str):
        yield f"{said['as']}__key"
    imports = said.get("import")
    for item in imports if isinstance(imports, list) else ():
        called = item.get("as") if isinstance(item, Mapping) and item.get("name") == "@key" else None
        if isinstance(called, str):
            yield called.removeprefix("@")

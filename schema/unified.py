"""The whole ontology as SDL: what departments supply fields of, and what composition composes against."""

from typing import Final

import strawberry
from graphql import DocumentNode, TypeDefinitionNode, parse, print_ast
from strawberry.schema.config import StrawberryConfig

from schema.credit import CreditRecord
from schema.geography import Division
from schema.population import Household, Kinship, Person
from schema.scalars import SCALAR_MAP, SCALARS

__all__ = ["ENTITIES", "SCALARS", "unified_sdl"]

ENTITIES: Final = (Person, Household, Kinship, Division, CreditRecord)
"""The object types of the ontology."""

# Strawberry prints uses of federation's directives without their definitions, which a reader of SDL needs.
_KEY_DEFINITION: Final = """\
\"\"\"实体的键 / The key of an entity\"\"\"
directive @key(fields: String!, resolvable: Boolean! = true) repeatable on OBJECT | INTERFACE
"""


def unified_sdl() -> str:
    """The SDL of all unified types: `@key` and `@label` with their definitions, scalars, enums, no root type.

    It is complete in itself, so that graphql-core's `build_schema` reads it.
    """
    config = StrawberryConfig(scalar_map=SCALAR_MAP)
    printed = parse(strawberry.federation.Schema(types=ENTITIES, config=config).as_str(), no_location=True)
    ontology = tuple(node for node in printed.definitions if not _is_federation_machinery(node))
    return f"{_KEY_DEFINITION}\n{print_ast(DocumentNode(definitions=ontology))}\n"


def _is_federation_machinery(node: object) -> bool:
    """True for what belongs to a running subgraph: its root type, `@link`, `_Any`, `_Entity`."""
    if isinstance(node, TypeDefinitionNode):
        return node.name.value == "Query" or node.name.value.startswith("_")
    return getattr(node, "kind", "") == "schema_definition"

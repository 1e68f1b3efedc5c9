"""LIST_SIZE_…: `@listSize` stands on lists, and names arguments and fields that exist."""

from collections.abc import Iterator

from graphql import ListTypeNode, NonNullTypeNode, TypeNode

from gateway.errors import Finding
from gateway.supergraph.source.applied import Applied, applied
from gateway.supergraph.source.model import SourceField, SourceSchema
from gateway.supergraph.source.selections import SourceTypes
from gateway.supergraph.source.types import type_text
from gateway.supergraph.source.usages import finding

_Wrong = tuple[str, str, str]  # the end of the code, what is wrong, how to mend it


def check(schema: SourceSchema, types: SourceTypes) -> Iterator[Finding]:
    """Find `@listSize` that stands on no list, or names what is none of the field's."""
    for item in applied(schema):
        if item.meaning == "listSize" and item.field is not None:
            for end, message, remedy in (
                *_size(item),
                *_slicing(item, item.field),
                *_sized(item, item.field, types),
            ):
                yield finding(
                    schema, f"LIST_SIZE_{end}", f"@listSize on {item.on}: {message}", remedy, item.place
                )


def _size(item: Applied) -> Iterator[_Wrong]:
    size = item.arguments.get("assumedSize")
    if isinstance(size, int) and size < 0:
        yield "INVALID_ASSUMED_SIZE", f"assumedSize is {size}", "state a size of 0 or more"


def _slicing(item: Applied, field: SourceField) -> Iterator[_Wrong]:
    for name in _names(item, "slicingArguments"):
        argument = field.arguments.get(name)
        if argument is None:
            yield "INVALID_SLICING_ARGUMENT", f"the field has no argument {name[:80]}", "correct the name"
        elif type_text(argument.type).removesuffix("!") != "Int":
            yield "INVALID_SLICING_ARGUMENT", f"the argument {name} is no Int", "name an argument of type Int"


def _sized(item: Applied, field: SourceField, types: SourceTypes) -> Iterator[_Wrong]:
    names = _names(item, "sizedFields")
    if not names and not _is_list(field.type):
        yield (
            "APPLIED_TO_NON_LIST",
            "the field is no list",
            "take @listSize off, or name its lists in sizedFields",
        )
    returned = types.returned(field) if names else None
    for name in names:
        found = returned.fields.get(name) if returned else None
        if found is None:
            yield (
                "INVALID_SIZED_FIELD",
                f"what the field returns has no field {name[:80]}",
                "correct the name",
            )
        elif not _is_list(found.type):
            yield "APPLIED_TO_NON_LIST", f"the sized field {name} is no list", "name a field that is a list"


def _names(item: Applied, argument: str) -> list[str]:
    given = item.arguments.get(argument)
    listed = given if isinstance(given, list) else [given]
    return [name for name in listed if isinstance(name, str)]


def _is_list(node: TypeNode) -> bool:
    return isinstance(node.type if isinstance(node, NonNullTypeNode) else node, ListTypeNode)

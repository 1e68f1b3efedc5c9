"""What clients see of the merged schema (inaccessible specification v0.2)."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import chain

from gateway.supergraph.merge.model import MergedDirective, MergedInput, MergedType
from gateway.supergraph.merge.outcome import Merging
from gateway.supergraph.merge.type_refs import named
from gateway.supergraph.source.model import EnumValue, SourceField, SourceInput, SourcePlace, SourceType


@dataclass(frozen=True, slots=True)
class Reference:
    """A visible element that names a type: its coordinate, that type, and where a source has it."""

    coordinate: str
    type: str
    place: SourcePlace | None


def visible_types(merging: Merging) -> Iterator[MergedType]:
    """The types that clients may know of."""
    return (type_ for type_ in merging.merged.types.values() if not type_.marks.inaccessible)


def references(merging: Merging) -> Iterator[Reference]:
    """The types that everything visible names: fields, arguments and input fields."""
    for type_ in visible_types(merging):
        for field in type_.fields.values():
            if not field.marks.inaccessible:
                coordinate = f"{type_.name}.{field.name}"
                yield Reference(coordinate, named(field.type), place_of(field.sources))
    for coordinate, item in visible_inputs(merging):
        yield Reference(coordinate, named(item.type), place_of(item.sources))


def visible_inputs(merging: Merging) -> Iterator[tuple[str, MergedInput]]:
    """The visible arguments and input fields, with their coordinates."""
    composed = arguments(directive for directive in merging.directives.values() if directive.composed)
    every = chain(inputs(merging), composed)
    return ((coordinate, item) for coordinate, item in every if not item.marks.inaccessible)


def inputs(merging: Merging) -> Iterator[tuple[str, MergedInput]]:
    """What clients may be asked for: arguments of visible fields and of directives, fields of visible input types."""
    for type_ in visible_types(merging):
        for field in type_.fields.values():
            if not field.marks.inaccessible:
                for item in field.arguments.values():
                    yield f"{type_.name}.{field.name}({item.name}:)", item
        for item in type_.inputs.values():
            yield f"{type_.name}.{item.name}", item
    yield from arguments(directive for directive in merging.directives.values() if not directive.composed)


def arguments(directives: Iterable[MergedDirective]) -> Iterator[tuple[str, MergedInput]]:
    """The arguments of directives, with their coordinates."""
    for directive in directives:
        for item in directive.arguments.values():
            yield f"@{directive.name}({item.name}:)", item


def place_of(
    said: Mapping[str, SourceField]
    | Mapping[str, SourceInput]
    | Mapping[str, EnumValue]
    | Mapping[str, SourceType],
) -> SourcePlace | None:
    """Where the first source has an element; the first that hides it, if one does."""
    every = [item.marks for item in said.values()]
    hiding = [marks.place for marks in every if marks.inaccessible]
    return next(iter(hiding or [marks.place for marks in every]), None)

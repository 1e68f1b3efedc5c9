"""All sources side by side: which define a type, and how types stand to one another over all of them."""

from collections import Counter
from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TypeVar

from gateway.supergraph.model import QUERY_ROOT, Kind
from gateway.supergraph.source.model import SourceField, SourcePlace, SourceSchema, SourceType

_Said = TypeVar("_Said", bound=Hashable)


class Sources:
    """The sources' schemas, sorted by name, and what is asked of them time and again.

    `repeated`: names that more than one source has; only the last of those is kept.
    """

    def __init__(self, schemas: Sequence[SourceSchema]) -> None:
        self.schemas: Mapping[str, SourceSchema] = {
            schema.source.name: schema for schema in sorted(schemas, key=lambda schema: schema.source.name)
        }
        counted = Counter(schema.source.name for schema in schemas)
        self.repeated = tuple(name for name, count in counted.items() if count > 1)

    @cached_property
    def types(self) -> Mapping[str, Mapping[str, SourceType]]:
        """Type name → source → what the source says; the root types first, then as sources name them."""
        found: dict[str, dict[str, SourceType]] = {QUERY_ROOT: {}}
        for source, schema in self.schemas.items():
            for name, type_ in schema.types.items():
                found.setdefault(name, {})[source] = type_
        return {name: said for name, said in found.items() if said}

    @cached_property
    def interface_objects(self) -> Mapping[str, Mapping[str, SourceType]]:
        """Interface → source → the object that stands for it there; only those for which one does."""
        found: dict[str, dict[str, SourceType]] = {}
        for name, said in self.types.items():
            for source, type_ in said.items():
                if type_.interface_object:
                    found.setdefault(name, {})[source] = type_
        return found

    @cached_property
    def hierarchy(self) -> "Hierarchy":
        """Which types are subtypes of which, over all sources."""
        return Hierarchy(self.types)

    def kind(self, type_name: str) -> Kind | None:
        """The kind of a type over all sources, None where they differ. An interface object is an interface."""
        kinds = {shown_kind(type_) for type_ in self.types.get(type_name, {}).values()}
        return kinds.pop() if len(kinds) == 1 else None

    def fields(self, kind: Kind) -> Iterator["FieldOverSources"]:
        """Each output field of each type of one kind that has fields."""
        for name, said in self.types.items():
            if self.kind(name) is kind:
                for field_name in in_order(type_.fields for type_ in said.values()):
                    yield FieldOverSources(
                        name,
                        field_name,
                        {
                            source: type_.fields[field_name]
                            for source, type_ in said.items()
                            if field_name in type_.fields
                        },
                    )

    def told(self, source: str, place: SourcePlace | None = None) -> str:
        """A source for a message: its name, its department's where that differs, and the place."""
        schema = self.schemas.get(source)
        department = schema.source.department if schema else ""
        named = f"{source} ({department})" if department and department != source else source
        return f"{named} at {place}" if place and place.line is not None else named


@dataclass(frozen=True, slots=True)
class FieldOverSources:
    """One field, and what each source says of it."""

    type_name: str
    name: str
    said: Mapping[str, SourceField]

    def __str__(self) -> str:
        return f"{self.type_name}.{self.name}"


class Hierarchy:
    """Members of unions and implementers of interfaces, over all sources."""

    def __init__(self, types: Mapping[str, Mapping[str, SourceType]]) -> None:
        self._below: dict[str, set[str]] = {}
        self._objects = frozenset(
            (source, name)
            for name, said in types.items()
            for source, type_ in said.items()
            if type_.interface_object
        )
        for name, said in types.items():
            for type_ in said.values():
                for interface in type_.interfaces:
                    self._below.setdefault(interface, set()).add(name)
                if type_.kind is Kind.UNION:
                    self._below.setdefault(name, set()).update(type_.members)

    def is_subtype(self, name: str, above: str, source: str | None = None) -> bool:
        """True when `name` is a member or implementer of `above`, another type.

        Not when the source that says `above` has it as an interface object: there it stands for itself alone.
        """
        return name in self._below.get(above, ()) and (source, above) not in self._objects

    def below(self, name: str) -> frozenset[str]:
        """The members of a union, the implementers of an interface (objects and interfaces)."""
        return frozenset(self._below.get(name, ()))


def shown_kind(type_: SourceType) -> Kind:
    """The kind that a source's type has in the merged schema."""
    return Kind.INTERFACE if type_.interface_object else type_.kind


def in_order(groups: Iterable[Iterable[str]]) -> list[str]:
    """All names, each once, in the order in which they are first met."""
    return list(dict.fromkeys(name for group in groups for name in group))


def commonest(said: Iterable[_Said]) -> _Said:
    """What is said most often, the first of those that are said as often. Something has to be said."""
    counted = Counter(said)
    return max(counted, key=lambda one: counted[one])

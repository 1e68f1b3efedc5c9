"""Where an object is met, and what its source can say of it there.

The nodes and edges of the graph of what can be resolved where: (source, types, what a `@provides` on the way
promised), field edges, and the ways by key to other sources.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from gateway.supergraph.model import ROOTS, TYPENAME, FieldInSource, FieldSet, KeyField, Supergraph


@dataclass(frozen=True, slots=True)
class Standing:
    """An object in a source's hands.

    `types`: the concrete types it can have there. `interface`: the source knows it as an interface object of
    that name, so its concrete type is not known; None: it is. `provided`: external fields that hold here.
    """

    source: str
    types: frozenset[str]
    interface: str | None = None
    provided: FieldSet = ()


@dataclass(frozen=True, slots=True)
class Way:
    """A way by key into a source: entities of `entity` (None: of the object's own concrete type).

    `entity` names an interface: an interface object of the target, or an entity interface of it. A root type
    needs no key.
    """

    source: str
    entity: str | None
    keys: tuple[FieldSet, ...]


class Atlas:
    """Answers, for one supergraph, what stands at which (source, type), with memory."""

    def __init__(self, supergraph: Supergraph) -> None:
        self.supergraph = supergraph
        self._ways: dict[str, tuple[Way, ...]] = {}
        self._alike: dict[tuple[str, str], int] = {}
        self._signatures: dict[object, int] = {}

    @cached_property
    def field_names(self) -> frozenset[str]:
        """The names of all fields, lookups among them."""
        named = (name for known in self.supergraph.types.values() for name in known.fields)
        return frozenset((*named, *self.supergraph.lookups))

    @cached_property
    def interface_objects(self) -> dict[str, tuple[str, ...]]:
        """Per concrete type, the interfaces that are an interface object somewhere."""
        found: dict[str, list[str]] = {}
        for name, known in sorted(self.supergraph.types.items()):
            if any(said.interface_object for said in known.sources.values()):
                for concrete in known.possible:
                    found.setdefault(concrete, []).append(name)
        return {concrete: tuple(names) for concrete, names in found.items()}

    def said(self, at: Standing, type_name: str, field: str) -> FieldInSource | None:
        """What the source at hand says of a field that it can resolve for a concrete type; None when it cannot."""
        known = self.supergraph.types[at.interface or type_name].fields.get(field)
        said = known.sources.get(at.source) if known else None
        if said is None or not said.external:
            return said
        return said if self._is_provided(at.provided, field, type_name) else None

    def _is_provided(self, provided: FieldSet, field: str, type_name: str) -> bool:
        return any(part.name == field and self._applies(part, type_name) for part in provided)

    def _applies(self, part: KeyField, type_name: str) -> bool:
        return part.on is None or type_name == part.on or type_name in self.supergraph.possible(part.on)

    def below(self, at: Standing, types: frozenset[str], field: str, said: FieldInSource) -> Standing:
        """Where the objects stand to which a field leads."""
        own = [part for part in at.provided if part.name == field]
        inherited = tuple(
            child
            for part in own
            if any(self._applies(part, type_name) for type_name in types)
            for child in part.children
        )
        provided = tuple(sorted({*said.provides, *inherited}, key=str))
        target = self.supergraph.types[said.type.name]
        known = target.sources.get(at.source)
        if known is not None and known.interface_object:
            return Standing(at.source, target.possible, target.name, provided)
        return Standing(at.source, known.possible if known else target.possible, None, provided)

    def ways(self, type_name: str) -> tuple[Way, ...]:
        """Every way into a source for objects whose concrete type is known."""
        if type_name not in self._ways:
            self._ways[type_name] = tuple(self._find_ways(type_name))
        return self._ways[type_name]

    def _find_ways(self, type_name: str) -> Iterator[Way]:
        known = self.supergraph.types[type_name]
        if type_name in ROOTS:
            sources = {source for field in known.fields.values() for source in field.sources}
            yield from (Way(source, None, ((),)) for source in sorted(sources))
            return
        yield from (Way(source, None, keys) for source, keys in sorted(known.keys.items()) if keys)
        for interface in self.interface_objects.get(type_name, ()):
            yield from (
                way for way in self.interface_ways(interface) if self.standing(way, known.possible).interface
            )

    def interface_ways(self, interface: str) -> Iterator[Way]:
        """Every way into a source for objects of which only the interface is known."""
        for source, keys in sorted(self.supergraph.types[interface].keys.items()):
            if keys:
                yield Way(source, interface, keys)

    def standing(self, way: Way, types: frozenset[str]) -> Standing:
        """Where an object stands that came by a way."""
        if way.entity is None:
            return Standing(way.source, types)
        known = self.supergraph.types[way.entity]
        said = known.sources.get(way.source)
        if said is not None and said.interface_object:
            return Standing(way.source, types, way.entity)
        return Standing(way.source, types & (said.possible if said else known.possible))

    def names(self, way: Way, type_name: str, field: str) -> bool:
        """Whether the source at the end of a way says anything of a field at all."""
        known = self.supergraph.types[way.entity or type_name].fields.get(field)
        return known is not None and way.source in known.sources

    def may_be_null(self, key: FieldSet, types: frozenset[str]) -> bool:
        """Whether an object may have null in a key, or anywhere inside it."""
        return any(self._may_lack(name, part) for name in types for part in key if part.name != TYPENAME)

    def _may_lack(self, type_name: str, part: KeyField) -> bool:
        kind = self.supergraph.field(type_name, part.name).type
        never = kind.text.count("!") == kind.lists + 1
        return not never or self.may_be_null(part.children, self.supergraph.possible(kind.name))

    def alike(self, type_name: str, field: str) -> int:
        """A number that is the same for (type, field) pairs which all sources treat alike."""
        key = (type_name, field)
        if key not in self._alike:
            self._alike[key] = self._number(self._describe(type_name, field))
        return self._alike[key]

    def _describe(self, type_name: str, field: str) -> object:
        """`field` "" stands for the ways into sources."""
        if field == "":
            return self.ways(type_name)
        if field == TYPENAME:
            return TYPENAME
        interfaces = self.interface_objects.get(type_name, ())
        names = (type_name, *interfaces)
        return tuple(
            (None if name == type_name else name, source, said.external, said.requires, said.provides,
             said.type.name)
            for name in names
            for known in [self.supergraph.types[name].fields.get(field)]
            if known is not None
            for source, said in sorted(known.sources.items())
        )  # fmt: skip

    def _number(self, description: object) -> int:
        return self._signatures.setdefault(description, len(self._signatures))

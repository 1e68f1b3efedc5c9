"""Where an object can be, and what its source says of it there: the graph that reachability is asked of."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property

from gateway.supergraph.model import ROOTS, FieldInSource, FieldSet, KeyField, Supergraph, Type, TypeInSource

SUBSCRIPTION_ROOT = "Subscription"
"""The third root type: composed like the others, though nobody serves it yet."""

ALL_ROOTS = ROOTS | {SUBSCRIPTION_ROOT}


@dataclass(frozen=True, slots=True)
class Spot:
    """An object of one concrete type in one source's hands.

    `interface`: the source knows it as an interface object of that name, not its concrete type. `provided`:
    external fields that hold here, because a field on the way `@provides` them.
    """

    source: str
    type_name: str
    interface: str | None = None
    provided: FieldSet = ()

    @property
    def known_as(self) -> str:
        """The type as the source itself calls it."""
        return self.interface or self.type_name


@dataclass(frozen=True, slots=True)
class Landing:
    """Where a field leads: `type_name` is the source's own, an interface or union perhaps."""

    source: str
    type_name: str
    provided: FieldSet = ()


@dataclass(frozen=True, slots=True)
class Way:
    """A way by any of `keys` to a spot of the same object. The roots need no key: one that is empty."""

    target: Spot
    keys: tuple[FieldSet, ...]


class Terrain:
    """Answers what stands where in one supergraph, with memory. Nothing here depends on what is reachable."""

    def __init__(self, supergraph: Supergraph) -> None:
        self.supergraph = supergraph
        self._ways: dict[tuple[str, str | None], tuple[Way, ...]] = {}
        self._sources: dict[tuple[str, str], tuple[str, ...]] = {}

    @cached_property
    def interface_objects(self) -> dict[str, tuple[str, ...]]:
        """Per concrete type, its interfaces that are an interface object in some source."""
        found: dict[str, list[str]] = {}
        for name, known in sorted(self.supergraph.types.items()):
            if any(said.interface_object for said in known.sources.values()):
                for concrete in known.possible:
                    found.setdefault(concrete, []).append(name)
        return {concrete: tuple(names) for concrete, names in found.items()}

    def names_of(self, type_name: str) -> tuple[str, ...]:
        """The types under which sources know objects of a concrete type: its own, and interface objects."""
        return (type_name, *self.interface_objects.get(type_name, ()))

    @cached_property
    def _contexts(self) -> dict[str, tuple[str, ...]]:
        found: dict[str, set[str]] = {}
        for known in self.supergraph.types.values():
            for field in known.fields.values():
                for said in field.sources.values():
                    for taken in said.context_arguments:
                        for name in taken.selections:
                            found.setdefault(name, set()).add(taken.context)
        return {name: tuple(sorted(contexts)) for name, contexts in found.items()}

    def contexts(self, type_name: str) -> tuple[str, ...]:
        """The contexts that objects of a concrete type set, and some field takes a value from."""
        return self._contexts.get(type_name, ())

    def sources(self, type_name: str, field: str) -> tuple[str, ...]:
        """The sources that say anything of a field of a concrete type, in order of name."""
        key = (type_name, field)
        if key not in self._sources:
            fields = [self.supergraph.types[name].fields.get(field) for name in self.names_of(type_name)]
            self._sources[key] = tuple(sorted({name for one in fields if one for name in one.sources}))
        return self._sources[key]

    def said(self, spot: Spot, field: str) -> FieldInSource | None:
        """What a source says of a field that it can resolve, its `@requires` aside; None when it cannot."""
        known = self.supergraph.types[spot.known_as].fields.get(field)
        said = known.sources.get(spot.source) if known else None
        if said is None or not said.external:
            return said
        provided = any(part.name == field and self._applies(part, spot) for part in spot.provided)
        return said if provided else None

    def below(self, spot: Spot, field: str, said: FieldInSource) -> Landing:
        """Where the objects land to which a field leads."""
        inherited = [
            child
            for part in spot.provided
            if part.name == field and self._applies(part, spot)
            for child in part.children
        ]
        return Landing(spot.source, said.type.name, tuple(sorted({*said.provides, *inherited}, key=str)))

    def _applies(self, part: KeyField, spot: Spot) -> bool:
        return part.on is None or self.is_a(spot.type_name, part.on)

    def is_a(self, type_name: str, other: str) -> bool:
        """Whether objects of a concrete type are of `other` too."""
        return type_name == other or type_name in self.supergraph.possible(other)

    def in_source(self, type_name: str, source: str) -> TypeInSource | None:
        """What a source says of a type; None when it does not have it."""
        known = self.supergraph.types.get(type_name)
        return known.sources.get(source) if known else None

    def stand(self, landing: Landing, type_name: str) -> Spot | None:
        """The spot of an object that landed and is of a concrete type; None: what lands there never is."""
        said = self.in_source(landing.type_name, landing.source)
        if said is None or type_name not in said.possible:
            return None
        interface = landing.type_name if said.interface_object else None
        return Spot(landing.source, type_name, interface, landing.provided)

    def possible(self, landing: Landing) -> Iterable[str]:
        """The concrete types of the objects that land there, in order of name."""
        said = self.in_source(landing.type_name, landing.source)
        return sorted(said.possible) if said else ()

    def ways(self, spot: Spot) -> tuple[Way, ...]:
        """Every way from a spot into other sources, and back into its own, whether its keys can be had or not."""
        key = (spot.type_name, spot.interface)
        if key not in self._ways:
            self._ways[key] = tuple(self._find_ways(*key))
        return self._ways[key]

    def _find_ways(self, type_name: str, interface: str | None) -> Iterator[Way]:
        known = self.supergraph.types[type_name]
        if interface is not None:
            yield from self._interface_ways(self.supergraph.types[interface], type_name)
        elif type_name in ALL_ROOTS:
            yield from (Way(Spot(source, type_name), ((),)) for source in self.root_sources(type_name))
        else:
            yield from (
                Way(Spot(source, type_name), keys) for source, keys in sorted(known.keys.items()) if keys
            )
            for name in self.interface_objects.get(type_name, ()):
                ways = self._interface_ways(self.supergraph.types[name], type_name)
                yield from (way for way in ways if way.target.interface is not None)

    def _interface_ways(self, interface: Type, type_name: str) -> Iterator[Way]:
        for source, keys in sorted(interface.keys.items()):
            said = interface.sources.get(source)
            if said is not None and keys and type_name in said.possible:
                yield Way(Spot(source, type_name, interface.name if said.interface_object else None), keys)

    def root_sources(self, root: str) -> list[str]:
        """The sources that have fields of a root type."""
        known = self.supergraph.types[root]
        return sorted({source for field in known.fields.values() for source in field.sources})

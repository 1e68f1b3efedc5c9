"""Random rows for a set of sources: whatever all sources that know a field agree on.

Each value follows from a number, and from where it stands: what else there is does not change it.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any
from zlib import crc32

from graphql import (
    FieldNode,
    GraphQLEnumType,
    GraphQLField,
    GraphQLList,
    GraphQLNonNull,
    GraphQLObjectType,
    GraphQLOutputType,
    SelectionSetNode,
    get_named_type,
    is_leaf_type,
)

from tests.difference.draft import PART
from tests.federation.monolith import implementers
from tests.federation.source_schema import FieldSaid, SourceSchema
from tests.federation.world import REFERENCE

Rows = dict[str, Any]  # Any: JSON, as tests/federation/world.py reads it
_COMPUTED = frozenset({"Int", "Float", "Boolean", "String", "ID", "[String]"})
_MAX_PARTS = 12


@dataclass(frozen=True)
class _Said:
    """One field as one source says it."""

    source: SourceSchema
    said: FieldSaid
    field: GraphQLField


@dataclass(frozen=True)
class RowMaker:
    """Makes the rows. `nulls`, `faults`: chances in per cent, of nulls and of values that are none of their type."""

    sources: Mapping[str, SourceSchema]
    number: int
    nulls: int = 15
    faults: int = 0
    concrete: dict[str, frozenset[str]] = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "concrete", implementers(self.sources))

    def rows(self) -> Rows:
        """All rows by type and name, the roots' one row by type."""
        data: Rows = {name: {f"{name}{at}": {} for at in range(self._count(name))} for name in self._objects}
        for (name, column), options in sorted(self._columns.items()):
            for at, row in enumerate(data.get(name, {}).values()):
                row[column] = self._value(name, column, at, options)
        for name in data:
            if name != PART:
                self._lose_keys(name, data[name])
        for root in ("Query", "Mutation"):
            if found := self._root(root):
                data[root] = found
        data.setdefault("Query", {})
        return data

    def _chosen(self, below: int, *where: object) -> int:
        return crc32(f"{self.number}/{'/'.join(map(str, where))}".encode()) // 7 % below

    def _count(self, name: str) -> int:
        return _MAX_PARTS if name == PART else 1 + self._chosen(4, "rows", name)

    @cached_property
    def _objects(self) -> list[str]:
        """The concrete types that have rows."""
        names = {
            name
            for source in self.sources.values()
            for name in source.types
            if isinstance(source.schema.type_map[name], GraphQLObjectType) and not self._is_interface(name)
        }
        return sorted(names - {"Query", "Mutation", "_Service"})

    def _is_interface(self, name: str) -> bool:
        return any(name in one.types and one.types[name].interface_object for one in self.sources.values())

    @cached_property
    def _columns(self) -> dict[tuple[str, str], list[_Said]]:
        """What the sources say of each field of each concrete type."""
        found: dict[tuple[str, str], list[_Said]] = {}
        for source in self.sources.values():
            for name, type_said in source.types.items():
                known = source.schema.type_map[name]
                if not isinstance(known, GraphQLObjectType):
                    continue
                for one in self.concrete.get(name, ()) if type_said.interface_object else (name,):
                    for column, said in type_said.fields.items():
                        found.setdefault((one, column), []).append(_Said(source, said, known.fields[column]))
        return found

    def _keys(self, name: str, source: SourceSchema) -> Iterator[SelectionSetNode]:
        for one, said in source.types.items():
            if one == name or name in self.concrete.get(one, ()):
                yield from said.keys

    def _key_names(self, name: str) -> set[str]:
        keys = [key for source in self.sources.values() for key in self._keys(name, source)]
        return {one.name.value for key in keys for one in key.selections if isinstance(one, FieldNode)}

    def _single_keys(self, name: str, sources: Sequence[SourceSchema]) -> set[str]:
        keys = [key for source in sources for key in self._keys(name, source)]
        firsts = [key.selections[0] for key in keys if len(key.selections) == 1]
        return {one.name.value for one in firsts if isinstance(one, FieldNode)}

    # -- values

    def _value(self, name: str, column: str, at: int, options: Sequence[_Said]) -> Any:
        named = get_named_type(options[0].field.type)
        if named.name == "Query":
            return f"{REFERENCE}Query"
        if name == PART:
            return f"part{at}" if column == "id" else at
        if column in self._key_names(name):
            return f"{REFERENCE}{PART}{at}" if named.name == PART else self._key(name, column, at, named.name)
        required = next((one for one in options if one.said.requires is not None), None)
        if required is None:
            return self._one(name, column, at, options, 0)
        if is_leaf_type(named) and required.said.leaf in _COMPUTED:
            return None
        return {"$pick": [self._one(name, column, at, options, turn) for turn in range(3)]}

    def _key(self, name: str, column: str, at: int, leaf: str) -> Any:
        """A single key has its own value in each row, a composite one its own pair."""
        if column not in self._single_keys(name, list(self.sources.values())):
            at = at // 2 if column in ("x", "num") else at % 2
        return at if leaf == "Int" else f"{column}-{name}{at}"

    def _one(self, name: str, column: str, at: int, options: Sequence[_Said], turn: int) -> Any:
        where = (name, column, at, turn)
        named = get_named_type(options[0].field.type)
        if isinstance(named, GraphQLEnumType):
            pick = self._picker(list(named.values))
        elif is_leaf_type(named):
            pick = self._scalar(named.name, where)
        else:
            pick = self._referring(options)
        value = self._wrapped([one.field.type for one in options], pick, where)
        return "bad" if self._spoilt(name, column, at, options, value) else value

    def _wrapped(
        self, types: list[GraphQLOutputType], pick: Callable[[object], Any], where: tuple[object, ...]
    ) -> Any:
        never_null = any(isinstance(one, GraphQLNonNull) for one in types)
        inner = [one.of_type if isinstance(one, GraphQLNonNull) else one for one in types]
        if not never_null and self._chosen(100, "null", *where) < self.nulls:
            return None
        items = [one.of_type for one in inner if isinstance(one, GraphQLList)]
        if items:
            length = (1, 2, 0, 3, 2, 1)[self._chosen(6, "length", *where)]
            return [self._wrapped(items, pick, (*where, item)) for item in range(length)]
        return pick(where)

    def _picker(self, items: Sequence[Any]) -> Callable[[object], Any]:
        return lambda place: items[self._chosen(len(items), "pick", place)] if items else None

    def _scalar(self, leaf: str, where: tuple[object, ...]) -> Callable[[object], Any]:
        name, column, at, _ = where

        def made(place: object) -> Any:
            number = self._chosen(100, "value", place)
            texts = {"String": f"{column}-{name}{at}-{number}", "ID": f"{column}:{name}{at}:{number}"}
            numbers = {"Int": number, "Float": number + 0.25, "Boolean": number % 2 == 0}
            return texts.get(leaf, numbers.get(leaf))

        return made

    def _referring(self, options: Sequence[_Said]) -> Callable[[object], Any]:
        types = self._allowed(options)
        rows = [f"{REFERENCE}{name}{at}" for name in types for at in range(self._count(name))]
        return self._picker(rows)

    def _allowed(self, options: Sequence[_Said]) -> list[str]:
        """The concrete types that every source which names the field could answer there."""
        found = set(self._objects)
        for one in options:
            named = get_named_type(one.field.type).name
            known = one.source.possible(named)
            found &= {
                concrete
                for name in known
                for concrete in (self.concrete[name] if self._is_interface(name) else {name})
            }
        return sorted(found)

    def _spoilt(self, name: str, column: str, at: int, options: Sequence[_Said], value: Any) -> bool:
        """Whether a value that is none of its type stands there: never in what a field set names."""
        if isinstance(options[0].field.type, GraphQLList) or isinstance(value, list) or value is None:
            return False
        if len({str(one.field.type) for one in options}) > 1:
            return False  # how far null rises would depend on which source is asked
        if any(name not in one.source.types for one in options):
            return False  # of an interface object all are asked what one concrete type is asked for
        leaf = get_named_type(options[0].field.type)
        if isinstance(options[0].field.type, GraphQLNonNull) and not self._nulls_rise_alike:
            return False
        spoilable = leaf.name in ("Int", "Float", "Boolean") or isinstance(leaf, GraphQLEnumType)
        if not spoilable or column in self._named_in_sets:
            return False
        return self._chosen(100, "fault", name, column, at) < self.faults

    @cached_property
    def _nulls_rise_alike(self) -> bool:
        """Whether null rises to the same place in each source as in the whole, and to nothing that is an input."""
        agreed = all(len({str(one.field.type) for one in said}) == 1 for said in self._columns.values())
        return agreed and "requires" not in self._named_in_sets

    @cached_property
    def _named_in_sets(self) -> set[str]:
        """The words of all field sets, and the directives that they stand in."""
        texts = [
            f"{directive} {text}"
            for one in self.sources.values()
            for directive, text in re.findall(r'@(\w+)\(fields: "((?:[^"\\]|\\.)*)"', one.sdl)
        ]
        return set(re.findall(r"\w+", " ".join(texts)))

    # -- null keys, roots

    def _lose_keys(self, name: str, rows: Rows) -> None:
        """Null in one of two keys, where every source that has the entity has the other one, too."""
        having = [source for source in self.sources.values() if any(self._keys(name, source))]
        for column in sorted(self._single_keys(name, having)):
            said = self._columns.get((name, column), [])
            others = self._single_keys(name, having) - {column}
            others = others.intersection(*(self._single_keys(name, [source]) for source in having))
            sure = [other for other in others if self._never_null(name, other)]
            if sure and said and not self._never_null(name, column):
                for row_name, row in rows.items():
                    if self._chosen(2, "lost", column, row_name):
                        row[column] = None

    def _never_null(self, name: str, column: str) -> bool:
        return any(isinstance(one.field.type, GraphQLNonNull) for one in self._columns[name, column])

    def _root(self, root: str) -> Rows:
        columns: dict[str, list[_Said]] = {}
        for source in self.sources.values():
            known = source.schema.type_map.get(root)
            if root in source.types and isinstance(known, GraphQLObjectType):
                for name, said in source.types[root].fields.items():
                    columns.setdefault(name, []).append(_Said(source, said, known.fields[name]))
        return {name: self._root_value(root, name, options) for name, options in sorted(columns.items())}

    def _root_value(self, root: str, name: str, options: Sequence[_Said]) -> Any:
        if "id" in options[0].field.args:
            types = self._allowed(options)
            return {"$set": types[0]} if root == "Mutation" else {"$find": types}
        return self._one(root, name, 0, options, 0)

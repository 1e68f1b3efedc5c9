"""A fetch as levels of rows: what each statement selects, and how its rows become objects.

One level is one statement: a table, the tables of to-one references joined to it, and the columns wanted of
all of them. Each list of objects begins a level of its own.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final, TypeAlias

from sqlalchemy import ColumnElement, FromClause, TableClause, column, table

from connectors.base import FieldSelection, RowFilter
from connectors.manifest import FieldMapping, Manifest, Many, TypeMapping
from connectors.sql.catalogue import split_name
from connectors.sql.values import Reader, reader

# `Any`: what a column holds is read by hand, not by SQLAlchemy's types.
Column: TypeAlias = ColumnElement[Any]
FieldTypes: TypeAlias = Mapping[str, Mapping[str, str]]
"""Type → field → the name of the field's type, lists and non-null taken off."""

_MAX_JOINS: Final = 30
_MAX_LEVELS: Final = 100


@dataclass(frozen=True, slots=True)
class Leaf:
    """A value: its place in the row, and how it is read. `coordinate` names it in messages."""

    response: str
    index: int
    read: Reader
    coordinate: str


@dataclass(slots=True)
class Shape:
    """An object: its leaves, the objects it refers to, the lists it holds.

    `present`: places in the row of its key; the object is null where one of them is. `lists`: response key,
    places in the row of what the items match, and the items' level.
    """

    type_name: str
    present: tuple[int, ...] = ()
    names: list[str] = field(default_factory=list)  # response keys of `__typename`
    leaves: list[Leaf] = field(default_factory=list)
    ones: list[tuple[str, "Shape"]] = field(default_factory=list)
    lists: list[tuple[str, tuple[int, ...], "Level"]] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Cell:
    """A column of a table that a level reads, and the names by which the manifest knows both."""

    column: Column
    table: str
    name: str


class Tables:
    """The manifest's tables, each with the columns that the manifest names."""

    def __init__(self, manifest: Manifest) -> None:
        names: dict[str, set[str]] = {}
        for mapping in manifest.types.values():
            used = names.setdefault(mapping.table or "", set())
            used.update(mapping.key.values())
            used.update(item.column for item in mapping.fields.values() if item.column is not None)
            for many in (item.many for item in mapping.fields.values() if item.many is not None):
                names.setdefault(many.table or "", set()).update((*many.match, *many.key.values()))
        self._tables = {name: _table(name, columns) for name, columns in names.items()}

    def read(self, name: str, number: int) -> "Reading":
        """One use of a table in a statement, under an alias of its own."""
        return Reading(self._tables[name].alias(f"t{number}"), name)


def _table(name: str, columns: set[str]) -> TableClause:
    bare, schema = split_name(name)
    return table(bare, *map(column, sorted(columns)), schema=schema)


@dataclass(frozen=True, slots=True)
class Reading:
    """A table as one statement reads it."""

    selectable: FromClause
    name: str

    def cell(self, name: str) -> Cell:
        """One of its columns."""
        return Cell(self.selectable.c[name], self.name, name)


class Level:
    """One statement: `root` and its joins, the columns selected, those matched with given values.

    The first columns of a row are those of `match`. `rows` are the only rows wanted; `place` is where the
    objects of the rows stand. `order` sorts the rows of one owner.
    """

    def __init__(self, tables: Tables, table_name: str, rows: RowFilter) -> None:
        self.tables = tables
        self.root = tables.read(table_name, 0)
        self.joins: list[tuple[Reading, list[tuple[Cell, Cell]]]] = []
        self.selected: list[Column] = []
        self.match: tuple[Cell, ...] = ()
        self.order: tuple[Cell, ...] = ()
        self.rows = rows
        self.place: Place
        self.shape: Shape
        self._indices: dict[tuple[FromClause | None, str], int] = {}

    def select(self, cell: Cell) -> int:
        """The place in the row of a column; it is selected once, however often it is wanted."""
        where = (getattr(cell.column, "table", None), cell.name)
        if where not in self._indices:
            self._indices[where] = len(self.selected)
            self.selected.append(cell.column)
        return self._indices[where]

    def join(self, table_name: str, key: Sequence[tuple[str, Cell]]) -> Reading:
        """Join a table, outer, by (column there, column here). Raises ValueError when there are too many."""
        if len(self.joins) >= _MAX_JOINS:
            raise ValueError(f"more than {_MAX_JOINS} references in one statement")
        joined = self.tables.read(table_name, len(self.joins) + 1)
        self.joins.append((joined, [(joined.cell(there), here) for there, here in key]))
        return joined


class Place:
    """Where one object's values stand: its key in columns at hand, the rest in its own table.

    The table is joined only when something other than the key is wanted.
    """

    def __init__(
        self, level: Level, type_name: str, mapping: TypeMapping | None, key: Mapping[str, Cell],
        reading: Reading | None = None,
    ) -> None:  # fmt: skip
        self.level = level
        self.type_name = type_name
        self.mapping = mapping
        self.key = key
        self._reading = reading

    @property
    def at_hand(self) -> bool:
        """True when the object's own table is read already."""
        return self._reading is not None

    def item(self, name: str) -> FieldMapping:
        """How the manifest maps a field. Raises ValueError when it does not."""
        if self.mapping is None or name not in self.mapping.fields:
            raise ValueError(f"the source does not supply {self.type_name}.{name}")
        return self.mapping.fields[name]

    def cell(self, name: str) -> Cell:
        """The column of a key's field or of a mapped field. Raises ValueError when there is none."""
        if name in self.key:
            return self.key[name]
        found = self.item(name).column
        if found is None:
            raise ValueError(f"{self.type_name}.{name} has no column of its own")
        return self._table().cell(found)

    def _table(self) -> Reading:
        if self._reading is None:
            mapping = self.mapping
            if mapping is None or mapping.table is None:
                raise ValueError(f"the source has no table of {self.type_name}")
            on = [(there, self.key[name]) for name, there in mapping.key.items()]
            self._reading = self.level.join(mapping.table, on)
        return self._reading


class Shaping:
    """Turns selections into levels, for one manifest."""

    def __init__(self, manifest: Manifest, types: FieldTypes) -> None:
        self._manifest = manifest
        self._types = types
        self._tables = Tables(manifest)

    def entities(self, type_name: str, selections: Sequence[FieldSelection], rows: RowFilter) -> Level:
        """The level of a type's own rows, matched by its key. Raises ValueError for what is not supplied."""
        mapping = self._manifest.types.get(type_name)
        if mapping is None or mapping.table is None or not mapping.key:
            raise ValueError(f"the source finds no {type_name} by key")
        level = Level(self._tables, mapping.table, rows)
        key = {name: level.root.cell(there) for name, there in mapping.key.items()}
        level.match = tuple(key.values())
        for cell in level.match:
            level.select(cell)
        level.place = Place(level, type_name, mapping, key, level.root)
        level.shape = self._shape(level.place, selections)
        return level

    def _items(self, many: Many, selection: FieldSelection) -> Level:
        """The level of a list's items, matched by what their owners have."""
        if many.table is None:
            raise ValueError(f"the source has no table of {selection.field}")
        level = Level(self._tables, many.table, selection.rows)
        level.match = tuple(level.root.cell(there) for there in many.match)
        for cell in level.match:
            level.select(cell)
        key = {name: level.root.cell(there) for name, there in many.key.items()}
        level.order = tuple(key.values())
        mapping = self._manifest.types.get(many.type)
        own = mapping is not None and mapping.table == many.table and mapping.key == many.key
        level.place = Place(level, many.type, mapping, key, level.root if own else None)
        level.shape = self._shape(level.place, selection.children)
        level.shape.present = tuple(level.select(cell) for cell in key.values())
        return level

    def _shape(self, place: Place, selections: Sequence[FieldSelection]) -> Shape:
        shape = Shape(place.type_name)
        for selection in selections:
            if place.type_name not in selection.types:
                continue
            if selection.arguments:
                raise ValueError(f"{place.type_name}.{selection.field} takes no arguments")
            if selection.field == "__typename":
                shape.names.append(selection.response)
            elif selection.field in place.key:
                shape.leaves.append(self._leaf(place, selection, {}))
            else:
                self._mapped(shape, place, selection, place.item(selection.field))
        return shape

    def _mapped(self, shape: Shape, place: Place, selection: FieldSelection, item: FieldMapping) -> None:
        if item.many is not None:
            owners = tuple(place.level.select(place.cell(here)) for here in item.many.match.values())
            shape.lists.append((selection.response, owners, self._items(item.many, selection)))
        elif item.references is not None:
            inner = self.referred(place, item)
            child = self._shape(inner, selection.children)
            child.present = tuple(place.level.select(cell) for cell in inner.key.values())
            shape.ones.append((selection.response, child))
        else:
            shape.leaves.append(self._leaf(place, selection, item.map))

    def _leaf(self, place: Place, selection: FieldSelection, codes: Mapping[str, str]) -> Leaf:
        read = reader(self.type_of(place.type_name, selection.field), codes)
        index = place.level.select(place.cell(selection.field))
        return Leaf(selection.response, index, read, f"{place.type_name}.{selection.field}")

    def referred(self, place: Place, item: FieldMapping) -> Place:
        """Where the object stands that a reference leads to: its key is the reference's own column."""
        target = item.references or ""
        mapping = self._manifest.types.get(target)
        names = tuple(mapping.key) if mapping is not None else tuple(self._types.get(target, ()))
        if len(names) != 1:
            raise ValueError(f"{place.type_name}.{item.name} cannot refer to {target} by one column")
        return Place(place.level, target, mapping, {names[0]: place.cell(item.name)})

    def type_of(self, type_name: str, field_name: str) -> str:
        """The name of a field's type. Raises ValueError when the schema does not have the field."""
        try:
            return self._types[type_name][field_name]
        except KeyError:
            raise ValueError(f"the source's schema has no {type_name}.{field_name}") from None


def levels(level: Level) -> Iterator[Level]:
    """A level and all below it, owners first. Raises ValueError when there are too many."""
    found = [level]
    for count, each in enumerate(found, 1):
        if count > _MAX_LEVELS:
            raise ValueError(f"more than {_MAX_LEVELS} lists in one fetch")
        found += [below for shape in shapes(each.shape) for _, _, below in shape.lists]
        yield each


def shapes(shape: Shape) -> Iterator[Shape]:
    """An object's shape and those of all objects that its row holds."""
    yield shape
    for _, child in shape.ones:
        yield from shapes(child)

"""Row filters as conditions of a statement: what the database can leave out itself.

A condition must never leave out a row that passes the filter. So only text columns are compared, where what
the database compares is what the engine would; every other term counts as true.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final, TypeAlias

from sqlalchemy import ColumnElement, and_, bindparam, false, func, literal_column, or_

from connectors.base import Claim, Constant, GuardTerm, Operator, RowFilter
from connectors.manifest import FieldMapping
from connectors.sql.catalogue import Catalogue
from connectors.sql.shape import Cell, Level, Place, Shaping

PUSHED_DOWN: Final[frozenset[Operator]] = frozenset({"equals", "within", "present"})
"""The operators that a statement can apply."""

_CONVERTED: Final = frozenset({"Int", "Float", "Boolean"})

# Numbers of the statement itself, so that what is bound is what a request brings.
_ONE: Final[ColumnElement[Any]] = literal_column("1")

Values: TypeAlias = Callable[[tuple[str, ...]], list[str]]
_Found: TypeAlias = tuple[Cell, Mapping[str, str], str]
"""A column, its codes, and the unified type of its field."""


@dataclass(frozen=True, slots=True)
class Binding:
    """A parameter of a condition: an operand, and what of it is bound."""

    name: str
    operand: Claim | Constant | None
    values: Values

    def bind(self, operands: Mapping[str, tuple[str, ...]]) -> list[str]:
        """The values to bind in one request; a claim that is missing has none."""
        if isinstance(self.operand, Claim):
            return self.values(operands.get(self.operand.name, ()))
        return self.values(self.operand.values if self.operand else ())


class Filters:
    """Builds the condition of one statement, and notes what it binds."""

    def __init__(self, shaping: Shaping, catalogue: Catalogue) -> None:
        self._shaping = shaping
        self._catalogue = catalogue
        self.bindings: list[Binding] = []

    def condition(self, level: Level, rows: RowFilter) -> ColumnElement[bool] | None:
        """What a level's rows must fulfil; None when nothing can be left out."""
        alternatives = []
        before = len(self.bindings)
        for terms in rows.any_of:
            conditions = [made for term in terms if (made := self._term(level.place, term)) is not None]
            if not conditions:
                del self.bindings[before:]
                return None
            alternatives.append(and_(*conditions))
        return or_(*alternatives) if alternatives else false()

    def _term(self, place: Place, term: GuardTerm) -> ColumnElement[bool] | None:
        found = self._column(place, term) if term.operator in PUSHED_DOWN else None
        if found is None:
            return None
        cell, codes, type_name = found
        if term.operator == "present":
            return cell.column.is_not(None)
        if type_name in _CONVERTED or self._catalogue.python_type(cell.table, cell.name) is not str:
            return None
        if term.operator == "equals":
            meanings = _decoded(codes) if codes else list
            return cell.column.in_(self._bind(term, meanings))
        return None if codes else self._within(cell, term)

    def _within(self, cell: Cell, term: GuardTerm) -> ColumnElement[bool]:
        """The first two, four or all six digits are those of some area."""
        return or_(
            *(
                func.substr(cell.column, _ONE, literal_column(str(length))).in_(
                    self._bind(term, _prefixes(length))
                )
                for length in (2, 4, 6)
            )
        )

    def _column(self, place: Place, term: GuardTerm) -> _Found | None:
        """The column that a path leads to without a further join."""
        if len(term.path) == 2 and term.path[0].field not in place.key:
            item = self._item(place, term.path[0].field)
            if item is None or item.references is None or term.path[0].narrow not in (None, item.references):
                return None
            try:
                place = self._shaping.referred(place, item)
            except ValueError:
                return None
        elif len(term.path) != 1:
            return None
        return self._leaf(place, term.path[-1].field)

    def _leaf(self, place: Place, name: str) -> _Found | None:
        try:
            type_name = self._shaping.type_of(place.type_name, name)
        except ValueError:
            return None
        if name in place.key:
            return place.key[name], {}, type_name
        item = self._item(place, name)
        if item is None or item.column is None or item.references or item.many:
            return None
        return place.cell(name), item.map, type_name

    def _item(self, place: Place, name: str) -> FieldMapping | None:
        """How a field is mapped, if its object's table is read anyway."""
        return place.mapping.fields.get(name) if place.mapping is not None and place.at_hand else None

    # `Any`: a list that is bound as one parameter has no type of its own.
    def _bind(self, term: GuardTerm, values: Values) -> Any:
        binding = Binding(f"guard_{len(self.bindings)}", term.operand, values)
        self.bindings.append(binding)
        return bindparam(binding.name, expanding=True)


def _decoded(codes: Mapping[str, str]) -> Values:
    return lambda wanted: [code for code, meaning in codes.items() if meaning in wanted]


def _prefixes(length: int) -> Values:
    return lambda areas: sorted({prefix for prefix in _areas(areas) if len(prefix) == length})


def _areas(areas: Iterable[str]) -> Iterable[str]:
    """What codes inside each area begin with: 330200 says two pairs of digits, the rest are zeros."""
    for area in areas:
        if len(area) == 6 and area.isascii() and area.isdigit() and area != "000000":
            while area.endswith("00"):
                area = area[:-2]
            yield area

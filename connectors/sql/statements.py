"""Levels as statements: SQLAlchemy Core, values bound, chosen by key."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import FromClause, Select, and_, bindparam, select, tuple_

from connectors.sql.catalogue import Catalogue
from connectors.sql.filters import Binding, Filters
from connectors.sql.shape import Level, Shaping
from connectors.sql.values import bound

KEYS: Final = "keys"
MAX_ROWS: Final = 50_000
"""Rows of one statement; one more is asked for, so that too many are noticed."""


@dataclass(frozen=True, slots=True)
class Statement:
    """One level's statement. `types`: the Python types of the matched columns, as far as they are known."""

    level: Level
    select: Select[Any]  # `Any`: rows are read by position
    bindings: tuple[Binding, ...]
    types: tuple[type | None, ...]

    def parameters(
        self, keys: Sequence[tuple[str, ...]], operands: Mapping[str, tuple[str, ...]]
    ) -> dict[str, object] | None:
        """What to bind for keys, each a tuple of texts; None when no row can have any of them."""
        values = [value for key in keys if (value := self._key(key)) is not None]
        if not values:
            return None
        return {KEYS: values, **{binding.name: binding.bind(operands) for binding in self.bindings}}

    def _key(self, key: tuple[str, ...]) -> object | None:
        parts = tuple(bound(text, kind) for text, kind in zip(key, self.types, strict=True))
        if None in parts:
            return None
        return parts if len(parts) > 1 else parts[0]


def statement_of(level: Level, shaping: Shaping, catalogue: Catalogue) -> Statement:
    """The statement of one level; row filters are applied as far as the catalogue shows that they can be."""
    filters = Filters(shaping, catalogue)
    condition = filters.condition(level, level.rows)
    columns = [cell.column for cell in level.match]
    matched = tuple_(*columns) if len(columns) > 1 else columns[0]
    chosen = select(*level.selected).select_from(_tables(level))
    chosen = chosen.where(matched.in_(bindparam(KEYS, expanding=True)))
    if condition is not None:
        chosen = chosen.where(condition)
    if level.order:
        chosen = chosen.order_by(*columns, *(cell.column for cell in level.order))
    types = tuple(catalogue.python_type(cell.table, cell.name) for cell in level.match)
    return Statement(level, chosen.limit(MAX_ROWS + 1), tuple(filters.bindings), types)


def _tables(level: Level) -> FromClause:
    tables = level.root.selectable
    for joined, pairs in level.joins:
        on = and_(*(there.column == here.column for there, here in pairs))
        tables = tables.outerjoin(joined.selectable, on)
    return tables

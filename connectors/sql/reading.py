"""Rows become objects: one fetch's statements run in order of levels, their rows put where they belong."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final, TypeAlias

from connectors.base import FailureKind, FetchResult, Json, PartialFailure, SourceFailure
from connectors.sql.shape import Level, Shape
from connectors.sql.statements import MAX_ROWS, Statement
from connectors.sql.values import Unreadable, as_text

Row: TypeAlias = Sequence[object]
Key: TypeAlias = tuple[str, ...]
Object: TypeAlias = dict[str, Json]
Path: TypeAlias = tuple[str, ...]

Ask: TypeAlias = Callable[[Statement, Mapping[str, object]], list[Row]]
"""Runs one statement with what it binds. Raises SourceFailure."""

_MAX_OBJECTS: Final = 200_000


@dataclass(frozen=True, slots=True)
class _Owner:
    """An object that waits for its list's items: where the items go, and which entity it is part of."""

    items: list[Json]
    entity: int


@dataclass(slots=True)
class _Waiting:
    """Owners of one level's items, by the values that the items match. `path` leads to the list."""

    path: Path
    response: str
    owners: dict[Key, list[_Owner]] = field(default_factory=dict)
    objects: list[tuple[Object, int]] = field(default_factory=list)


class Answer:
    """One fetch's answer in the making.

    `wanted` holds each representation's key, None for one that no entity can have. Every representation gets
    objects of its own, even where two are alike.
    """

    def __init__(self, wanted: Sequence[Key | None], batch: int) -> None:
        self._wanted = wanted
        self._batch = batch
        self._data: list[Object | None] = [None] * len(wanted)
        self._waiting: dict[int, _Waiting] = {}
        self._failed: dict[tuple[Path, FailureKind, str], set[int]] = {}
        self._objects = 0

    def fetch(
        self, statements: Sequence[Statement], operands: Mapping[str, tuple[str, ...]], ask: Ask
    ) -> FetchResult:
        """Ask all levels, owners before items. Raises SourceFailure when the entities cannot be answered."""
        self._entities(statements[0], operands, ask)
        for statement in statements[1:]:
            self._items(statement, operands, ask)
        failures = [
            PartialFailure(SourceFailure(kind, detail), frozenset(indices), path)
            for (path, kind, detail), indices in self._failed.items()
        ]
        return FetchResult(list(self._data), failures)

    def _entities(self, statement: Statement, operands: Mapping[str, tuple[str, ...]], ask: Ask) -> None:
        indices: dict[Key, list[int]] = {}
        for index, key in enumerate(self._wanted):
            if key is not None:
                indices.setdefault(key, []).append(index)
        found: set[Key] = set()
        for row in self._rows(statement, list(indices), operands, ask):
            key = _key(row, range(len(statement.level.match)))
            if key is None or key not in indices:
                continue  # equal to the database alone, for instance in another case of letters
            for index in indices[key]:
                if key in found:
                    self._ambiguous(index, statement.level)
                else:
                    self._data[index] = self._object(statement.level.shape, row, (), index)
            found.add(key)

    def _ambiguous(self, index: int, level: Level) -> None:
        self._data[index] = None
        self._fail((), index, f"{level.place.type_name}: more than one row has the key")

    def _items(self, statement: Statement, operands: Mapping[str, tuple[str, ...]], ask: Ask) -> None:
        level = statement.level
        waiting = self._waiting.get(id(level))
        if waiting is None:
            return
        try:
            rows = self._rows(statement, list(waiting.owners), operands, ask)
        except SourceFailure as failure:
            if failure.kind is not FailureKind.ERROR:
                raise
            self._lost(waiting, failure)
            return
        for row in rows:
            key = _key(row, range(len(level.match)))
            for owner in waiting.owners.get(key, ()) if key is not None else ():
                owner.items.append(self._item(level, row, waiting.path, owner.entity))

    def _item(self, level: Level, row: Row, path: Path, entity: int) -> Json:
        if _key(row, level.shape.present) is None:
            self._fail(path, entity, f"{level.place.type_name}: an item without a key")
            return None
        return self._object(level.shape, row, path, entity)

    def _lost(self, waiting: _Waiting, failure: SourceFailure) -> None:
        """A list that the source could not answer: null, and the rest arrives."""
        for owner, entity in waiting.objects:
            owner[waiting.response] = None
            self._fail(waiting.path, entity, failure.detail, failure.kind)

    def _rows(
        self, statement: Statement, keys: Sequence[Key], operands: Mapping[str, tuple[str, ...]], ask: Ask
    ) -> list[Row]:
        """The rows for all keys, asked for in batches."""
        rows: list[Row] = []
        for start in range(0, len(keys), self._batch):
            parameters = statement.parameters(keys[start : start + self._batch], operands)
            rows += ask(statement, parameters) if parameters is not None else ()
            if len(rows) > MAX_ROWS:
                raise SourceFailure(FailureKind.INVALID_RESPONSE, f"more than {MAX_ROWS} rows")
        return rows

    def _object(self, shape: Shape, row: Row, path: Path, entity: int) -> Object:
        self._objects += 1
        if self._objects > _MAX_OBJECTS:
            raise SourceFailure(FailureKind.INVALID_RESPONSE, f"more than {_MAX_OBJECTS} objects")
        made: Object = {name: shape.type_name for name in shape.names}
        for leaf in shape.leaves:
            try:
                made[leaf.response] = leaf.read(row[leaf.index])
            except Unreadable as error:
                made[leaf.response] = None
                self._fail((*path, leaf.response), entity, f"{leaf.coordinate}: {error}")
        for response, child in shape.ones:
            absent = any(row[index] is None for index in child.present)
            made[response] = None if absent else self._object(child, row, (*path, response), entity)
        for response, match, level in shape.lists:
            items: list[Json] = []
            made[response] = items
            self._await(level, (*path, response), _key(row, match), _Owner(items, entity), made)
        return made

    def _await(self, level: Level, path: Path, key: Key | None, owner: _Owner, made: Object) -> None:
        waiting = self._waiting.setdefault(id(level), _Waiting(path, path[-1]))
        waiting.objects.append((made, owner.entity))
        if key is not None:
            waiting.owners.setdefault(key, []).append(owner)

    def _fail(
        self, path: Path, entity: int, detail: str, kind: FailureKind = FailureKind.INVALID_RESPONSE
    ) -> None:
        self._failed.setdefault((path, kind, detail), set()).add(entity)


def _key(row: Row, indices: Iterable[int]) -> Key | None:
    """Values of a row as a key; None when one is null or can be no key."""
    parts = []
    for index in indices:
        text = as_text(row[index])
        if text is None:
            return None
        parts.append(text)
    return tuple(parts)

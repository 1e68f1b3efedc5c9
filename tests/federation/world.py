"""The data of a case: rows, references between them, and what each field of a row answers.

One world serves the sources and the monolith alike, so that they can differ only by what a gateway asks. A value
in `data.yaml` is JSON, a reference (`->b1`) to the row of that name, or a mapping with one of the words below:

- `$find: Book`: the first row of the type whose fields equal the arguments;
- `$all: Book`: every such row (several types: a list);
- `$set: Book`: the row whose `id` equals the argument; it takes over the other arguments, and a number in the
  order of all such changes as `version`;
- `$by: currency`: one of the mapping's other values, by the value of that argument;
- `$text: [title, version]`: the row's own fields as they are now, as text;
- `$pick: [...]`: one of these, chosen by the inputs of the field's `@requires`.
"""

import json
from collections.abc import Iterator, Mapping
from copy import deepcopy
from dataclasses import dataclass, field
from typing import Any, TypeAlias
from zlib import crc32

# Any: rows are JSON, each of its own shape.
Value: TypeAlias = Any
Row: TypeAlias = dict[str, Any]

REFERENCE = "->"
ROOTS = ("Query", "Mutation", "Subscription")


@dataclass
class World:
    """All rows by name; `types` maps a type to the names of its rows, in order."""

    rows: dict[str, Row] = field(default_factory=dict)
    types: dict[str, list[str]] = field(default_factory=dict)
    changes: int = 0

    @classmethod
    def of(cls, data: Mapping[str, Any]) -> "World":  # Any: JSON, as above
        """A world of its own for each call: `data` maps types to rows by name, root types to their one row."""
        world = cls()
        for type_name, rows in deepcopy(dict(data)).items():
            named = {type_name: rows} if type_name in ROOTS else rows
            world.types[type_name] = list(named)
            for name, row in named.items():
                if name in world.rows:
                    raise ValueError(f"two rows are called {name}")
                world.rows[name] = {"$type": type_name, **row}
        return world

    def value(self, row: Row, name: str, arguments: Mapping[str, Value]) -> Value:
        """What a field of a row answers, references followed."""
        found = row.get(name)
        if isinstance(found, dict):
            found = self._told(row, found, arguments)
        return self._argued(self.follow(found), arguments)

    def follow(self, value: Value) -> Value:
        """A value with references replaced by their rows; raises KeyError for a row that is not there."""
        if isinstance(value, str) and value.startswith(REFERENCE):
            return self.rows[value.removeprefix(REFERENCE)]
        if isinstance(value, list):
            return [self.follow(item) for item in value]
        return value

    def rows_of(self, *types: str) -> Iterator[Row]:
        """The rows of these types."""
        for type_name in types:
            for name in self.types.get(type_name, ()):
                yield self.rows[name]

    def _told(self, row: Row, told: Row, arguments: Mapping[str, Value]) -> Value:
        if "$find" in told:
            return next(self._matching(told["$find"], arguments), None)
        if "$all" in told:
            return list(self._matching(told["$all"], arguments))
        if "$set" in told:
            return self._changed(told["$set"], arguments)
        if "$by" in told:
            return told.get(str(arguments.get(told["$by"])))
        if "$text" in told:
            return text_of([self.value(row, name, {}) for name in told["$text"]])
        return told

    def _matching(self, types: str | list[str], arguments: Mapping[str, Value]) -> Iterator[Row]:
        wanted = {
            name: value for name, value in arguments.items() if name not in _LIMITS and value is not None
        }
        for row in self.rows_of(*([types] if isinstance(types, str) else types)):
            if all(row.get(name) == value for name, value in wanted.items()):
                yield row

    def _changed(self, type_name: str, arguments: Mapping[str, Value]) -> Row | None:
        row = next(self._matching(type_name, {"id": arguments["id"]}), None)
        if row is not None:
            self.changes += 1
            row |= {**arguments, "version": self.changes}
        return row

    def _argued(self, value: Value, arguments: Mapping[str, Value]) -> Value:
        """The value as the arguments change it, so that a wrong or a lost argument shows."""
        given = {name: one for name, one in arguments.items() if one is not None}
        if isinstance(value, list):
            return value[: given["first"]] if "first" in given else value
        if isinstance(value, str) and given:
            return f"{value}({text_of(given)})"
        if isinstance(value, int) and not isinstance(value, bool):
            return value + sum(one for one in given.values() if isinstance(one, int))
        return value


_LIMITS = frozenset({"first"})


def text_of(value: Value) -> str:
    """A value as text, always the same for equal values."""
    return json.dumps(value, sort_keys=True, ensure_ascii=False, separators=(",", ":"))


def computed(name: str, arguments: Mapping[str, Value], inputs: Value, leaf: str, told: Value) -> Value:
    """What a field with `@requires` answers: a value that shows its arguments and all its inputs.

    `leaf` is the name of the type that it returns, `told` what the row says of the field: perhaps a `$pick`.
    """
    given = {key: value for key, value in arguments.items() if value is not None}
    text = f"{name}({text_of(given)}) of {text_of(inputs)}" if given else f"{name} of {text_of(inputs)}"
    number = crc32(text.encode())
    if isinstance(told, dict) and "$pick" in told:
        return told["$pick"][number % len(told["$pick"])]
    match leaf:
        case "Int":
            return number % 10_000
        case "Float":
            return number % 10_000 / 4
        case "Boolean":
            return number % 2 == 0
        case "[String]":
            return [text]
        case _:
            return text

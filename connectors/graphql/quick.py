"""Reading the objects that are all as promised, which nearly all are: checks alone, no failure to place, few copies.

An object is taken as it came where its keys are those that it goes on with, else made anew; nothing that came is
changed. What is not plainly right is `Irregular`, and left to the exact reader (`connectors.graphql.reading`).
"""

from collections.abc import Callable, Iterable, Sequence
from typing import Final, TypeAlias

from graphql import GraphQLList, GraphQLNonNull, GraphQLOutputType, GraphQLScalarType

from connectors.base import ALWAYS, Condition, Json, Variables
from connectors.graphql.layout import TYPENAME, Layout, Part
from connectors.graphql.leaves import is_leaf

Read: TypeAlias = Callable[[Json], Json]
"""Gives what goes on of a value. Raises Irregular, or KeyError where something is missing."""

_MOST: Final = 16  # ways in which the conditions of a fetch can hold that are kept
_INT: Final = 2**31

# What the type of the value in Python tells alone. Types are compared: True is no int here.
_TOLD: Final[dict[str, frozenset[type]]] = {
    "String": frozenset({str}),
    "ID": frozenset({str}),
    "Boolean": frozenset({bool}),
    "Float": frozenset({float, int}),
}


class Irregular(Exception):
    """A value that must be looked at exactly."""


class QuickReader:
    """Reads the objects of one fetch."""

    def __init__(self, layout: Layout) -> None:
        self._layout = layout
        self._conditions = tuple(set(_conditions(layout)))
        self._known: dict[tuple[bool, ...], Read] = {}

    def under(self, variables: Variables) -> Read:
        """How an object is read in a request with these variables."""
        truth = tuple(condition.holds(variables) for condition in self._conditions)
        known = self._known.get(truth)
        if known is None:
            holding = {one for one, holds in zip(self._conditions, truth, strict=True) if holds}
            known = _object(self._layout, holding)
            if len(self._known) < _MOST:
                self._known[truth] = known
        return known


def _conditions(layout: Layout) -> Iterable[Condition]:
    for part in layout.parts:
        yield part.selection.condition
        if part.inside is not None:
            yield from _conditions(part.inside)


def _object(layout: Layout, holding: set[Condition]) -> Read:
    if layout.static is not None:
        return _of_type(layout.static, layout, holding)
    by_type = {name: _of_type(name, layout, holding) for name in layout.possible}

    def read(value: Json) -> Json:
        if type(value) is not dict:
            raise Irregular
        name = value[TYPENAME]
        if type(name) is not str or name not in by_type:
            raise Irregular
        return by_type[name](value)

    return read


def _of_type(name: str, layout: Layout, holding: set[Condition]) -> Read:
    """How objects of one concrete type are read."""
    parts = [part for part in layout.parts if name in part.types and part.selection.condition in holding]
    told = [(part, types) for part in parts if (types := _told(part)) is not None]
    others = [(part, _field(part, name, holding)) for part in parts if _told(part) is None]
    if _stays(layout):
        size = len({part.alias for part in parts})
        return _as_it_came(
            size, [(one.alias, types) for one, types in told], [(one.alias, read) for one, read in others]
        )
    return _made_anew(
        [(one.alias, one.selection.response, types) for one, types in told],
        [(one.alias, one.selection.response, read) for one, read in others],
    )


def _as_it_came(
    size: int, told: Sequence[tuple[str, frozenset[type]]], others: Sequence[tuple[str, Read]]
) -> Read:
    """Objects that hold what was asked for and, since they go on whole, nothing beside."""

    def read(value: Json) -> Json:
        if type(value) is not dict or len(value) != size:
            raise Irregular
        for key, types in told:
            if type(value[key]) not in types:
                raise Irregular
        for key, inner in others:
            inner(value[key])
        return value

    return read


def _made_anew(
    told: Sequence[tuple[str, str, frozenset[type]]], others: Sequence[tuple[str, str, Read]]
) -> Read:
    """Objects that go on under other keys than they came."""

    def read(value: Json) -> Json:
        if type(value) is not dict:
            raise Irregular
        made = {}
        for alias, response, types in told:
            found = value[alias]
            if type(found) not in types:
                raise Irregular
            made[response] = found
        for alias, response, inner in others:
            made[response] = inner(value[alias])
        return made

    return read


def _stays(layout: Layout | None) -> bool:
    """Whether objects go on as they came, with all that is in them. A leaf does."""
    if layout is None:
        return True
    if not layout.parts or any(part.alias != part.selection.response for part in layout.parts):
        return False
    if layout.static is None and not layout.possible <= _with_name(layout):
        return False
    return all(_stays(part.inside) for part in layout.parts)


def _with_name(layout: Layout) -> set[str]:
    """The types whose objects go on with their type's name in every request."""
    return {
        name
        for part in layout.parts
        if part.alias == part.selection.field == TYPENAME and part.selection.condition == ALWAYS
        for name in part.types
    }


def _told(part: Part) -> frozenset[type] | None:
    """The types in Python of a field's values, where they tell all there is to know."""
    required = isinstance(part.type, GraphQLNonNull)
    kind = _inner(part.type) if required else part.type
    types = _TOLD.get(kind.name) if isinstance(kind, GraphQLScalarType) else None
    if types is None or part.selection.field == TYPENAME:
        return None
    return types if required else types | {type(None)}


def _field(part: Part, name: str, holding: set[Condition]) -> Read:
    if part.selection.field == TYPENAME:
        return _exactly(name)
    return _value(part.type, part, None if part.inside is None else _object(part.inside, holding))


def _value(kind: GraphQLOutputType, part: Part, item: Read | None) -> Read:
    """Values of a type, null included where it allows it. `item`: how an object is read; None: there is a leaf."""
    if isinstance(kind, GraphQLNonNull):
        return _required(_inner(kind), part, item)
    read = _required(kind, part, item)
    return lambda value: None if value is None else read(value)


def _required(kind: GraphQLOutputType, part: Part, item: Read | None) -> Read:
    if isinstance(kind, GraphQLList):
        return _list(_value(_inner(kind), part, item), _stays(part.inside))
    return _leaf(kind) if item is None else item


def _list(item: Read, stays: bool) -> Read:
    def read(value: Json) -> Json:
        if type(value) is not list:
            raise Irregular
        if not stays:
            return [item(one) for one in value]
        for one in value:
            item(one)
        return value

    return read


def _leaf(kind: GraphQLOutputType) -> Read:
    types = _TOLD.get(str(kind))
    if str(kind) == "Int":
        return _int
    return _otherwise(kind) if types is None else _of_types(types)


def _int(value: Json) -> Json:
    if type(value) is not int or not -_INT <= value < _INT:
        raise Irregular
    return value


def _of_types(types: frozenset[type]) -> Read:
    def read(value: Json) -> Json:
        if type(value) not in types:
            raise Irregular
        return value

    return read


def _otherwise(kind: GraphQLOutputType) -> Read:
    """Enums, and scalars of the source's own."""

    def read(value: Json) -> Json:
        if value is None or not is_leaf(value, kind):
            raise Irregular
        return value

    return read


def _exactly(name: str) -> Read:
    def read(value: Json) -> Json:
        if value != name:
            raise Irregular
        return value

    return read


def _inner(kind: GraphQLOutputType) -> GraphQLOutputType:
    assert isinstance(kind, GraphQLNonNull | GraphQLList)
    inner: GraphQLOutputType = kind.of_type  # graphql-core's wrappers are not typed more closely
    return inner

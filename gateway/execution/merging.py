"""Merging: answers into the raw tree, and what is said there of values that will not come."""

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from connectors.base import FieldSelection, Json, Variables
from gateway.execution.raw import Lost, RawObject
from gateway.supergraph.model import TYPENAME


def scatter(answer: RawObject, objects: Sequence[RawObject]) -> None:
    """Merge one answer into every object that it was asked for."""
    for entity in objects:
        merge(entity, answer)


def merge(target: RawObject, addition: Mapping[str, Json]) -> None:
    """Deep merge: what is there stays, what is new is added; lists are merged item by item when equally long.

    So the concrete type that an object has is never overwritten. A mark of failure gives way to a value.
    """
    for key, value in addition.items():
        present = target.get(key)
        if present is None:
            target[key] = value
        elif present is not value:
            target[key] = _merged(present, value)


def _merged(present: Json, value: Json) -> Json:
    """What stands in a place for what stood there and what has come."""
    if isinstance(present, dict):
        if isinstance(value, dict) and _may_be_one(present.get(TYPENAME), value.get(TYPENAME)):
            merge(present, value)
    elif isinstance(present, list):
        if isinstance(value, list) and len(present) == len(value):
            present[:] = [
                new if old is None else old if old is new else _merged(old, new)
                for old, new in zip(present, value, strict=True)
            ]
    elif present.__class__ is Lost and value is not None:
        return value
    return present


def _may_be_one(name: Json, other: Json) -> bool:
    """Objects of two concrete types are two things, though they stand in one place."""
    return not isinstance(name, str) or not isinstance(other, str) or name == other


def settle(
    entity: RawObject,
    selections: Sequence[FieldSelection],
    variables: Variables,
    lost: Lost | None = None,
    names: Collection[str] = (),
) -> None:
    """Say of fields that will not come that they are null: a guard on them is then false, no longer open.

    `lost`: they will not come because of this failure. It is the failure of those fields alone that were asked
    of this object: on one of its type's `names` (none: it has no other types), under a condition that holds.
    """
    for selection in selections:
        if selection.response not in entity:
            asked = (not names or not selection.types.isdisjoint(names)) and selection.condition.holds(
                variables
            )
            entity[selection.response] = lost if asked else None


def mark(value: Json, path: Sequence[str | int], lost: Lost) -> None:
    """Mark what is null at a path inside an answer, as far as the path leads; every item where it has no index."""
    if isinstance(value, list) and not (path and isinstance(path[0], int)):
        for index, item in enumerate(value):
            if item is None and not path:
                value[index] = lost
            else:
                mark(item, path, lost)
    elif path and _has_place(value, path[0]):
        key: Any = path[0]  # a name for an object, an index for a list: `_has_place` has seen to it
        inner = value[key] if isinstance(value, list) else value.get(key)
        if inner is None:
            value[key] = lost
        else:
            mark(inner, path[1:], lost)


def _has_place(value: Json, key: str | int) -> bool:
    if isinstance(value, dict):
        return isinstance(key, str)
    return isinstance(value, list) and isinstance(key, int) and 0 <= key < len(value)

"""Collection: from the positions of a fetch in the raw tree to representations, and the objects they are for."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

import orjson

from connectors.base import FailureKind, FetchKind, InputField, Json, Representation, SourceFailure
from gateway.execution.guards import Operands, visible
from gateway.execution.raw import Lost, RawObject, concrete_type, flat_objects
from gateway.planning.plan import Entry, FetchNode, Step
from gateway.supergraph.model import TYPENAME

_LACKING: Final = object()
"""Stands for an input that is missing, or null where null may not be sent."""


@dataclass(frozen=True, slots=True)
class Collected:
    """What one fetch asks for: representations without repeats, and per answer the objects it is for.

    A root fetch has no representations, and one answer when there is an object for it. `keyless`: objects that
    lack (part of) the key, so that nothing can be asked for them; `lost`: those that lack it by a failure.
    """

    representations: list[Representation] = field(default_factory=list)
    objects: list[list[RawObject]] = field(default_factory=list)
    keyless: list[RawObject] = field(default_factory=list)
    lost: list[tuple[RawObject, Lost]] = field(default_factory=list)


def collect(root: RawObject, node: FetchNode, operands: Operands) -> Collected:
    """The objects at the node's positions that are not known to be invisible."""
    if node.spec.kind is FetchKind.ROOT:
        objects = list({id(item): item for item in _objects(root, node, operands)}.values())
        return Collected(objects=[objects] if objects else [])
    found = Collected()
    index: dict[bytes, int] = {}
    for entry in node.entries:
        last = entry.position[-1] if entry.position else None
        for entity in _asked_objects(root, entry, node, operands):
            name = concrete_type(entity, last)
            if entry.unless and any(
                _representation(entity, name, inputs) is not _LACKING for inputs in entry.unless
            ):
                continue
            representation = _representation(entity, name, entry.inputs)
            for other in entry.fallbacks if representation is _LACKING else ():
                if representation is _LACKING:
                    representation = _representation(entity, name, other)
            if isinstance(representation, dict):
                representation = _named(representation, entity, entry.sent_as or name)
            if isinstance(representation, dict):
                _add(found, index, entity, representation, node)
            elif isinstance(representation, Lost):
                found.lost.append((entity, representation))
            else:
                found.keyless.append(entity)
    return found


def _objects(root: RawObject, node: FetchNode, operands: Operands) -> Iterator[RawObject]:
    for entry in node.entries:
        yield from _asked_objects(root, entry, node, operands)


def _asked_objects(root: RawObject, entry: Entry, node: FetchNode, operands: Operands) -> Iterator[RawObject]:
    everything = node.cells.is_everything
    for item in objects_at([root], entry.position, operands):
        if everything or visible(item, node.cells, operands) is not False:
            yield item


def _add(
    found: Collected,
    index: dict[bytes, int],
    entity: RawObject,
    representation: dict[str, Json],
    node: FetchNode,
) -> None:
    """Take an object in, beside those that ask the same."""
    try:
        canonical = orjson.dumps(representation, option=orjson.OPT_SORT_KEYS)
    except TypeError:  # a number or a nesting that JSON cannot carry, or a list with a mark in it
        unsent = SourceFailure(FailureKind.INVALID_RESPONSE, "an input that cannot be sent as JSON")
        found.lost.append((entity, _first_mark(representation) or Lost(node.spec.source, unsent)))
        return
    place = index.setdefault(canonical, len(index))
    if place == len(found.representations):
        found.representations.append(representation)
        found.objects.append([])
    found.objects[place].append(entity)


def objects_at(
    objects: Sequence[RawObject], position: Sequence[Step], operands: Operands
) -> Iterable[RawObject]:
    """The objects at a position, as far as every row on the way may be visible."""
    for step in position:
        follow = _follower(step, operands)
        # By identity: an object that stands in several places is followed once.
        reached: dict[int, RawObject] = {}
        for item in objects:
            value = item.get(step.raw)
            for child in (value,) if value.__class__ is dict else flat_objects(value):
                if follow(child):
                    reached[id(child)] = child
        objects = list(reached.values())
    return objects


def _follower(step: Step, operands: Operands) -> Callable[[RawObject], bool]:
    """Whether an object at a step is followed."""
    filters = {name: rows for name, rows in step.rows if not rows.is_everything}
    if step.static is not None and not filters:
        found = step.static in step.types
        return lambda _child: found

    def follow(child: RawObject) -> bool:
        name = concrete_type(child, step)
        if name is None:
            return step.untyped
        if name not in step.types:
            return False
        if name not in filters:
            return True
        return visible(child, filters[name], operands) is not False

    return follow


# `Json` in the results below: a representation, `_LACKING`, or the mark of a failure.


def _named(representation: dict[str, Json], entity: RawObject, name: str | None) -> Json:
    if name is None:
        told = entity.get(TYPENAME)
        return told if isinstance(told, Lost) else _LACKING
    representation[TYPENAME] = name
    return representation


def _representation(value: Mapping[str, Json], name: str | None, inputs: tuple[InputField, ...]) -> Json:
    """The inputs of an object of this concrete type."""
    result: dict[str, Json] = {}
    for part in inputs:
        if part.types is not None and name not in part.types:
            continue
        given = value.get(part.raw or part.field)
        if part.children and given is not None:
            given = _nested(given, part)
        if given is None and not part.nullable:
            return _LACKING
        if given is _LACKING or given.__class__ is Lost:
            return given
        result[part.field] = given
    return result


def _nested(value: Json, part: InputField) -> Json:
    """The inputs of the object, or of each object of the lists, that stands in a field."""
    if isinstance(value, dict):
        name = value.get(TYPENAME)
        return _representation(value, name if isinstance(name, str) else None, part.children)
    if not isinstance(value, list):
        return value if isinstance(value, Lost) else _LACKING
    result = []
    for item in value:
        inner = None if item is None else _nested(item, part)
        if inner is None and not part.nullable:
            return _LACKING
        if inner is _LACKING or inner.__class__ is Lost:
            return inner
        result.append(inner)
    return result


def _first_mark(value: Json) -> Lost | None:
    if isinstance(value, Lost):
        return value
    items = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return next((found for item in items if (found := _first_mark(item)) is not None), None)

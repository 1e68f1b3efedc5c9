"""Collection and scatter: from a position in the raw tree to representations, and their answers back."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import orjson

from connectors.base import FieldSelection, InputField, Json, Representation
from gateway.execution.guards import Operands, RawObject, visible
from gateway.planning.plan import FetchNode, Step
from gateway.supergraph.model import TYPENAME


@dataclass(frozen=True, slots=True)
class Collected:
    """What one fetch asks for: representations without repeats, and per representation the objects it is for.

    `keyless`: objects that lack (part of) the key, so that nothing can be asked for them.
    """

    representations: list[Representation]
    objects: list[list[RawObject]]
    keyless: list[RawObject]


def collect(root: RawObject, node: FetchNode, operands: Operands) -> Collected:
    """The entities at the node's position that are not known to be invisible."""
    found = Collected([], [], [])
    index: dict[bytes, int] = {}
    for entity in objects_at([root], node.position, operands):
        if visible(entity, node.cells, operands) is False:
            continue
        representation = _representation(entity, node.spec.inputs)
        if representation is None:
            found.keyless.append(entity)
            continue
        representation[TYPENAME] = node.spec.type_name
        place = index.setdefault(orjson.dumps(representation, option=orjson.OPT_SORT_KEYS), len(index))
        if place == len(found.representations):
            found.representations.append(representation)
            found.objects.append([])
        found.objects[place].append(entity)
    return found


def objects_at(
    objects: Sequence[RawObject], position: Sequence[Step], operands: Operands, certain: bool = False
) -> Iterator[RawObject]:
    """The objects at a position, as far as every row on the way may be visible; `certain`: as far as it is."""
    if not position:
        yield from objects
        return
    step = position[0]
    rows = dict(step.rows)
    # By identity: an object that stands in several places is followed once.
    reached: dict[int, RawObject] = {}
    for item in objects:
        for child in flat_objects(item.get(step.raw)):
            name = step.static or child.get(TYPENAME)
            if name not in step.types:
                continue
            seen = visible(child, rows[name], operands) if name in rows else True
            if seen or (seen is None and not certain):
                reached[id(child)] = child
    yield from objects_at(list(reached.values()), position[1:], operands, certain)


def flat_objects(value: Json) -> Iterator[RawObject]:
    """The objects inside any lists."""
    if isinstance(value, dict):
        yield value
    elif isinstance(value, list):
        for item in value:
            yield from flat_objects(item)


def _representation(value: Mapping[str, Json], inputs: tuple[InputField, ...]) -> dict[str, Json] | None:
    """The key's fields of an object; None when a part is missing or null."""
    result = {}
    for part in inputs:
        inner = value.get(part.field)
        if part.children:
            inner = _representation(inner, part.children) if isinstance(inner, dict) else None
        elif isinstance(inner, dict | list):
            inner = None  # no key is that
        if inner is None:
            return None
        result[part.field] = inner
    return result


def scatter(answer: RawObject, objects: Sequence[RawObject]) -> None:
    """Merge one entity's answer into every object that it was asked for."""
    for entity in objects:
        merge(entity, answer)


def merge(target: RawObject, addition: Mapping[str, Json]) -> None:
    """Deep merge: what is there stays, what is new is added; lists are merged item by item when equally long."""
    for key, value in addition.items():
        present = target.get(key)
        if present is None:
            target[key] = value
        elif present is not value:
            _merge_values(present, value)


def _merge_values(present: Json, value: Json) -> None:
    if isinstance(present, dict) and isinstance(value, dict):
        merge(present, value)
    elif isinstance(present, list) and isinstance(value, list) and len(present) == len(value):
        for old, new in zip(present, value, strict=True):
            if old is not new:
                _merge_values(old, new)


def settle(objects: Sequence[RawObject], selections: tuple[FieldSelection, ...]) -> None:
    """Say of fields that will not come that they are null: a guard on them is then false, no longer open."""
    for entity in objects:
        for selection in selections:
            entity.setdefault(selection.response, None)


def settle_path(entity: RawObject, path: tuple[str, ...]) -> None:
    """The same for one field inside an entity's answer, through any lists."""
    if len(path) == 1:
        entity.setdefault(path[0], None)
    else:
        for child in flat_objects(entity.get(path[0])):
            settle_path(child, path[1:])

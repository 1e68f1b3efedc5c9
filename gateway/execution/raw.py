"""The raw answer tree: objects as the sources answered them, and marks where a failure took something away."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TypeAlias

from connectors.base import Json, SourceFailure
from gateway.planning.plan import Step
from gateway.supergraph.model import TYPENAME

RawObject: TypeAlias = dict[str, Json]


@dataclass(frozen=True, slots=True, eq=False)
class Lost:
    """Stands in the raw tree where a value did not come because a source failed.

    Whoever reads it takes it for null: guards are false on it, no object is found there. The projection turns
    it into an error where errors name each place of the data.
    """

    source: str
    failure: SourceFailure


def flat_objects(value: Json) -> Iterable[RawObject]:
    """The objects inside any lists."""
    if isinstance(value, dict):
        return (value,)
    if not isinstance(value, list):
        return ()
    found: list[RawObject] = []
    for item in value:
        if item.__class__ is dict:
            found.append(item)
        elif item is not None:
            found += flat_objects(item)
    return found


def concrete_type(value: RawObject, step: Step | None) -> str | None:
    """The concrete type of an object at a step; None for the root, and while nothing has told it.

    What is no text is no type's name: an interface object has none, and a failed fetch leaves a mark.
    """
    if step is not None and step.static is not None:
        return step.static
    name = value.get(TYPENAME)
    return name if isinstance(name, str) else None

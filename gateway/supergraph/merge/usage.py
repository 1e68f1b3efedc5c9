"""Where enums are used: in what clients send, in what they get, or both."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from gateway.supergraph.merge.model import MergedInput, MergedType
from gateway.supergraph.merge.type_refs import named


@dataclass(frozen=True, slots=True)
class Usage:
    """Names of the types that stand as inputs and as outputs, with a coordinate where each does."""

    inputs: Mapping[str, str]
    outputs: Mapping[str, str]


def find_usage(types: Iterable[MergedType]) -> Usage:
    """Which types the merged fields, arguments and input fields name."""
    inputs: dict[str, str] = {}
    outputs: dict[str, str] = {}
    for type_ in types:
        for field in type_.fields.values():
            outputs.setdefault(named(field.type), f"{type_.name}.{field.name}")
            _add(inputs, field.arguments.values(), f"{type_.name}.{field.name}", "({}:)")
        _add(inputs, type_.inputs.values(), type_.name, ".{}")
    return Usage(inputs, outputs)


def _add(inputs: dict[str, str], given: Iterable[MergedInput], owner: str, form: str) -> None:
    for item in given:
        inputs.setdefault(named(item.type), owner + form.format(item.name))

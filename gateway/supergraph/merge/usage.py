"""Where enums are used: in what clients send, in what they get, or both."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from gateway.supergraph.merge.model import MergedDirective, MergedInput, MergedType
from gateway.supergraph.merge.type_refs import named
from gateway.supergraph.source.model import SourceInput


@dataclass(frozen=True, slots=True)
class Usage:
    """Names of the types that stand as inputs and as outputs, with a coordinate where each does."""

    inputs: Mapping[str, str]
    outputs: Mapping[str, str]


def find_usage(types: Iterable[MergedType], directives: Iterable[MergedDirective]) -> Usage:
    """Which types the merged fields and arguments name, those of directives too, and the input fields of any source.

    An input field that not all sources have counts although clients do not see it: it still says what the type is for.
    """
    inputs: dict[str, str] = {}
    outputs: dict[str, str] = {}
    for type_ in types:
        for field in type_.fields.values():
            if field.sources and all(said.external for said in field.sources.values()):
                continue
            outputs.setdefault(named(field.type), f"{type_.name}.{field.name}")
            _add(inputs, field.arguments.values(), f"{type_.name}.{field.name}", "({}:)")
        for said in type_.sources.values():
            _add(inputs, said.inputs.values(), type_.name, ".{}")
    for directive in directives:
        _add(inputs, directive.arguments.values(), f"@{directive.name}", "({}:)")
    return Usage(inputs, outputs)


def _add(inputs: dict[str, str], given: Iterable[MergedInput | SourceInput], owner: str, form: str) -> None:
    for item in given:
        inputs.setdefault(named(item.type), owner + form.format(item.name))

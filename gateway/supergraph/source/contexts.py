"""Contexts: values that fields take from objects above them (federation v2.8, `@context` and `@fromContext`)."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from graphql import Node

from gateway.supergraph.source.marks import arguments
from gateway.supergraph.source.model import FromContext, SourceField, SourceInput, SourceType
from gateway.supergraph.source.names import Names
from gateway.supergraph.source.report import INVALID, Report

MAX_VALUES = 10_000
"""Values that the fields of one source take from contexts, each counted for every type that may give it."""

_IGNORED = r"(?:[\n\r\t ,]|#[^\n\r]*[\n\r])*"
_VALUE = re.compile(rf"{_IGNORED}\${_IGNORED}([A-Za-z_][0-9A-Za-z_]*)(.*)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Taker:
    """One argument of a field that takes its value from a context."""

    owner: SourceType
    field: SourceField
    argument: SourceInput
    given: FromContext

    def __str__(self) -> str:
        return f"{self.owner.name}.{self.field.name}({self.argument.name}:)"


def read_from_context(node: Node, names: Names, report: Report) -> FromContext | None:
    """Where an argument takes its value from; None for one that whoever asks gives."""
    directive = next(names.applied(node, "fromContext"), None)
    if directive is None:
        return None
    text = arguments(directive).get("field")
    text = text if isinstance(text, str) else ""
    parts = _VALUE.fullmatch(text)
    context, selection = parts.groups() if parts else ("", "")
    return FromContext(text, context, selection, report.place(directive))


def takers(types: Mapping[str, SourceType]) -> Iterator[Taker]:
    """Every argument of a field that takes its value from a context, in the order of the types."""
    for owner in types.values():
        for field in owner.fields.values():
            for argument in field.arguments.values():
                if argument.from_context is not None:
                    yield Taker(owner, field, argument, argument.from_context)


def check_bounds(types: Mapping[str, SourceType], report: Report) -> None:
    """Add a finding where fields that take values and types that give them multiply out to too many."""
    setting = setters(types)
    if sum(len(setting.get(taker.given.context, ())) for taker in takers(types)) > MAX_VALUES:
        message = (
            f"fields take more than {MAX_VALUES:,} values from contexts, counted for each type that sets one"
        )
        report.add(INVALID, message, "set contexts on fewer types, or take values in fewer fields")


def setters(types: Mapping[str, SourceType]) -> Mapping[str, list[SourceType]]:
    """Context → the types that set it."""
    found: dict[str, dict[str, SourceType]] = {}
    for type_ in types.values():
        for context in type_.marks.contexts:
            found.setdefault(context.name, {})[type_.name] = type_
    return {name: list(setting.values()) for name, setting in found.items()}

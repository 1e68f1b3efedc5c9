"""Types of composed SDL, with what the join specification says of each part: which source has it, and how."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from graphql import print_ast

from gateway.supergraph.join.write_text import (
    applications,
    arguments,
    called,
    described,
    indented,
    input_value,
    quoted,
)
from gateway.supergraph.merge.model import (
    Graph,
    JoinContextArgument,
    JoinField,
    JoinType,
    MergedField,
    MergedInput,
    MergedMarks,
    MergedType,
    MergedValue,
)
from gateway.supergraph.model import Kind
from gateway.supergraph.type_refs import type_text

_WORDS: Final[Mapping[Kind, str]] = {
    Kind.OBJECT: "type",
    Kind.INTERFACE: "interface",
    Kind.UNION: "union",
    Kind.ENUM: "enum",
    Kind.SCALAR: "scalar",
    Kind.INPUT: "input",
}


class TypeWriter:
    """Writes types. `graphs`: source → its value of `join__Graph`."""

    def __init__(self, graphs: Mapping[str, Graph]) -> None:
        self._values = {source: graph.value for source, graph in graphs.items()}

    def type(self, merged: MergedType) -> str:
        """The whole definition of a type."""
        interfaces = " implements " + " & ".join(merged.interfaces) if merged.interfaces else ""
        head = f"{_WORDS[merged.kind]} {merged.name}{interfaces}"
        lines = [
            head,
            *map(indented, self._joins(merged)),
            *map(indented, self._joined(merged.marks)),
            *map(indented, applications(merged.marks.directives)),
        ]
        if merged.members:
            lines.append("  = " + " | ".join(merged.members))
        members = [indented(text) for text in self._members(merged)]
        if members:
            lines += ["{", *members, "}"]
        return described(merged.marks.description, "\n".join(lines))

    def _joins(self, merged: MergedType) -> Iterator[str]:
        for implements in merged.implements:
            yield self._join("implements", implements.source, [("interface", quoted(implements.interface))])
        for join in merged.joins:
            yield self._join("type", join.source, _type_arguments(join))
        for member in merged.member_joins:
            yield self._join("unionMember", member.source, [("member", quoted(member.member))])

    def _members(self, merged: MergedType) -> Iterator[str]:
        for item in merged.fields.values():
            yield self._field(item)
        for given in merged.inputs.values():
            yield self._input(given)
        for value in merged.values.values():
            yield self._value(value)

    def _field(self, item: MergedField) -> str:
        text = f"{item.name}{arguments(item.arguments.values())}: {type_text(item.type)}"
        joins = (*self._field_joins(item.joins), *self._joined(item.marks))
        parts = (text, *joins, *applications(item.marks.directives))
        return described(item.marks.description, " ".join(parts))

    def _input(self, item: MergedInput) -> str:
        return input_value(item, self._field_joins(item.joins))

    def _value(self, value: MergedValue) -> str:
        joins = (self._join("enumValue", source, []) for source in value.sources)
        parts = (value.name, *joins, *applications(value.marks.directives))
        return described(value.marks.description, " ".join(parts))

    def _field_joins(self, joins: Sequence[JoinField]) -> list[str]:
        return [self._join("field", join.source, _field_arguments(join)) for join in joins]

    def _joined(self, marks: MergedMarks) -> Iterator[str]:
        for said in marks.joined:
            graphs = f"[{', '.join(self._values[source] for source in said.sources)}]"
            given = ", ".join(f"{item.name.value}: {print_ast(item.value)}" for item in said.arguments)
            args = f"{{{given}}}"
            yield called("join__directive", [("graphs", graphs), ("name", quoted(said.name)), ("args", args)])

    def _join(self, name: str, source: str | None, rest: Sequence[tuple[str, str]]) -> str:
        graph = [("graph", self._values[source])] if source is not None else []
        return called(f"join__{name}", (*graph, *rest))


def _type_arguments(join: JoinType) -> list[tuple[str, str]]:
    """Only what differs from the defaults, as other composers write it."""
    key = [("key", quoted(join.key))] if join.key is not None else []
    extension = [("extension", "true")] if join.extension else []
    resolvable = [] if join.resolvable else [("resolvable", "false")]
    interface_object = [("isInterfaceObject", "true")] if join.interface_object else []
    return [*key, *extension, *resolvable, *interface_object]


def _field_arguments(join: JoinField) -> list[tuple[str, str]]:
    texts = (
        ("requires", join.requires),
        ("provides", join.provides),
        ("type", join.type),
        ("override", join.override),
        ("overrideLabel", join.override_label),
    )
    marks = (("external", join.external), ("usedOverridden", join.used_overridden))
    stated = [(name, quoted(text)) for name, text in texts if text is not None]
    stated += [(name, "true") for name, holds in marks if holds]
    if join.context_arguments:
        stated.append(("contextArguments", f"[{', '.join(map(_context_argument, join.context_arguments))}]"))
    return stated


def _context_argument(taken: JoinContextArgument) -> str:
    stated = (
        ("context", taken.context),
        ("name", taken.name),
        ("type", taken.type),
        ("selection", taken.selection),
    )
    return f"{{{', '.join(f'{name}: {quoted(text)}' for name, text in stated)}}}"

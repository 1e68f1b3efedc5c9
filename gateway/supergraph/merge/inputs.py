"""Arguments and fields of input types: those that every source takes, with the strictest type.

A field of an input type that clients do not see stays where only some sources have it: nobody can give it.
"""

from collections.abc import Mapping
from dataclasses import replace

from graphql import NonNullTypeNode, ValueNode, print_ast

from gateway.supergraph.merge.literals import value_of
from gateway.supergraph.merge.marks import MarkMerger
from gateway.supergraph.merge.model import JoinField, MergedInput
from gateway.supergraph.merge.sources import in_order
from gateway.supergraph.merge.type_refs import input_type, type_text
from gateway.supergraph.source.model import SourceInput, SourcePlace


def is_required(said: SourceInput) -> bool:
    """True when a client must give it (GraphQL specification, "Required Arguments")."""
    return isinstance(said.type, NonNullTypeNode) and said.default is None


def is_hidden(said: Mapping[str, SourceInput]) -> bool:
    """True when a source hides it from clients, which hides it in all."""
    return any(item.marks.inaccessible for item in said.values())


def merge_arguments(
    said: Mapping[str, Mapping[str, SourceInput]], marks: MarkMerger
) -> dict[str, MergedInput]:
    """The arguments of one field, or of one directive, over the sources that have it."""
    return {
        name: _merge(name, by_source, marks)
        for name, by_source in _by_name(said).items()
        if len(by_source) == len(said)
    }


def merge_input_fields(
    said: Mapping[str, Mapping[str, SourceInput]], marks: MarkMerger
) -> dict[str, MergedInput]:
    """The fields of one input type, and for those that sources do not all have alike, how each has it."""
    merged = {}
    for name, by_source in _by_name(said).items():
        everywhere = len(by_source) == len(said)
        if everywhere or is_hidden(by_source):
            joins = _joins(by_source, everywhere=everywhere)
            merged[name] = replace(_merge(name, by_source, marks), joins=joins)
    return merged


def default_of(said: Mapping[str, SourceInput]) -> ValueNode | None:
    """The default that every source gives; None when one gives none."""
    defaults = [item.default for item in said.values()]
    return defaults[0] if all(default is not None for default in defaults) else None


def same_default(left: ValueNode | None, right: ValueNode | None) -> bool:
    """True when two defaults are one value, however they are written."""
    return left is right or (left is not None and right is not None and value_of(left) == value_of(right))


def differing_defaults(said: Mapping[str, SourceInput]) -> dict[str, tuple[str, SourcePlace]]:
    """For telling: each source's default, if any two that are given are different values; else nothing."""
    given = {source: item for source, item in said.items() if item.default is not None}
    first = next(iter(given.values()), None)
    if first is None or all(same_default(first.default, item.default) for item in given.values()):
        return {}
    return {
        source: (f"the default {print_ast(item.default)[:80]}", item.marks.place)
        for source, item in given.items()
        if item.default is not None
    }


def _by_name(said: Mapping[str, Mapping[str, SourceInput]]) -> dict[str, dict[str, SourceInput]]:
    if not any(said.values()):
        return {}
    return {
        name: {source: items[name] for source, items in said.items() if name in items}
        for name in in_order(said.values())
    }


def _joins(said: Mapping[str, SourceInput], *, everywhere: bool) -> tuple[JoinField, ...]:
    texts = {source: type_text(item.type) for source, item in said.items()}
    if len(set(texts.values())) > 1:
        return tuple(JoinField(source, type=text) for source, text in texts.items())
    return () if everywhere else tuple(map(JoinField, said))


def _merge(name: str, said: Mapping[str, SourceInput], marks: MarkMerger) -> MergedInput:
    first = next(iter(said.values()))
    type_ = input_type(item.type for item in said.values()) or first.type
    merged = marks.merge({source: item.marks for source, item in said.items()})
    return MergedInput(name, type_, merged, said, default_of(said))

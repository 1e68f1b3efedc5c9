"""Arguments and fields of input types: only those that every source takes, with the strictest type."""

from collections.abc import Mapping

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


def merge_arguments(
    said: Mapping[str, Mapping[str, SourceInput]], marks: MarkMerger
) -> dict[str, MergedInput]:
    """The arguments of one field, or of one directive, over the sources that have it."""
    return {name: _merge(name, by_source, marks) for name, by_source in _in_all(said).items()}


def merge_input_fields(
    said: Mapping[str, Mapping[str, SourceInput]], marks: MarkMerger
) -> dict[str, MergedInput]:
    """The fields of one input type, with the type in each source where those differ."""
    merged = {}
    for name, by_source in _in_all(said).items():
        plain = _merge(name, by_source, marks)
        texts = {source: type_text(item.type) for source, item in by_source.items()}
        joins: tuple[JoinField, ...] = ()
        if len(set(texts.values())) > 1:
            joins = tuple(JoinField(source, type=text) for source, text in texts.items())
        merged[name] = MergedInput(name, plain.type, plain.marks, plain.sources, plain.default, joins)
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


def _in_all(said: Mapping[str, Mapping[str, SourceInput]]) -> dict[str, dict[str, SourceInput]]:
    if not any(said.values()):
        return {}
    return {
        name: {source: items[name] for source, items in said.items()}
        for name in in_order(said.values())
        if all(name in items for items in said.values())
    }


def _merge(name: str, said: Mapping[str, SourceInput], marks: MarkMerger) -> MergedInput:
    first = next(iter(said.values()))
    type_ = input_type(item.type for item in said.values()) or first.type
    merged = marks.merge({source: item.marks for source, item in said.items()})
    return MergedInput(name, type_, merged, said, default_of(said))

"""MISSING_TRANSITIVE_AUTH_REQUIREMENTS: a field is made of data that asks for more than the field does."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import chain

from graphql import FieldNode, InlineFragmentNode, SelectionSetNode

from gateway.errors import Finding
from gateway.supergraph.merge.access import is_secured
from gateway.supergraph.merge.field_uses import selections_of
from gateway.supergraph.merge.model import MergedField, MergedMarks, MergedType
from gateway.supergraph.merge.outcome import Merging
from gateway.supergraph.merge.requirements import all_of, implies
from gateway.supergraph.merge.telling import finding
from gateway.supergraph.merge.type_refs import named
from gateway.supergraph.source.contexts import setters
from gateway.supergraph.source.model import SourceField, SourcePlace, SourceType

CODE = "MISSING_TRANSITIVE_AUTH_REQUIREMENTS"
_MAX_DEPTH = 32


@dataclass(frozen=True, slots=True)
class _Needed:
    coordinate: str
    marks: MergedMarks


@dataclass(frozen=True, slots=True)
class _Asked:
    """What a source asks for on the way to a field. `verb`: how it does."""

    verb: str
    place: SourcePlace
    needed: Iterator[_Needed]


def check(merging: Merging) -> Iterator[Finding]:
    """Whoever may ask for a field may ask for all that its `@requires` names, and all that it takes from contexts."""
    if not {"authenticated", "requiresScopes", "policy"} & merging.carried.keys():
        return
    setting = {source: setters(schema.types) for source, schema in merging.sources.schemas.items()}
    for type_, field in merging.fields():
        for source, said in field.sources.items():
            for asked in (*_required(merging, type_, said), *_taken(merging, setting[source], said)):
                lacking = next((item for item in asked.needed if not _covers(type_, field, item.marks)), None)
                if lacking:
                    yield finding(
                        CODE,
                        f"{type_.name}.{field.name} of {merging.sources.told(source, asked.place)} {asked.verb}"
                        f" {lacking.coordinate}, for which more is asked (@authenticated, @requiresScopes, @policy) than"
                        " for the field itself",
                        f"repeat the security directives of {lacking.coordinate} on {type_.name}.{field.name}",
                        asked.place,
                    )


def _required(merging: Merging, type_: MergedType, said: SourceField) -> Iterator[_Asked]:
    if said.requires:
        yield _Asked("requires", said.requires.place, _needed(merging, said.requires.text, type_))


def _taken(merging: Merging, setting: Mapping[str, list[SourceType]], said: SourceField) -> Iterator[_Asked]:
    """`setting`: the types of the source that set each context."""
    for given in filter(None, (argument.from_context for argument in said.arguments.values())):
        for setter in setting.get(given.context, ()):
            type_ = merging.merged.types[setter.name]
            needed = chain(_secured(type_.name, type_.marks), _needed(merging, given.selection, type_))
            yield _Asked("takes from a context", given.place, needed)


def _needed(merging: Merging, text: str, type_: MergedType) -> Iterator[_Needed]:
    """The secured fields and types that a field set passes."""
    selections = selections_of(text)
    return _passed(merging, selections, type_, 0) if selections else iter(())


def _passed(
    merging: Merging, selections: SelectionSetNode, type_: MergedType, depth: int
) -> Iterator[_Needed]:
    types = merging.merged.types
    for node in selections.selections if depth <= _MAX_DEPTH else ():
        if isinstance(node, InlineFragmentNode):
            condition = node.type_condition
            narrowed = types.get(condition.name.value) if condition else type_
            if narrowed:
                yield from _secured(narrowed.name, narrowed.marks)
                yield from _passed(merging, node.selection_set, narrowed, depth + 1)
        elif isinstance(node, FieldNode) and node.name.value in type_.fields:
            field = type_.fields[node.name.value]
            coordinate = f"{type_.name}.{field.name}"
            yield from _secured(coordinate, field.marks)
            returned = types.get(named(field.type))
            if returned:
                yield from _secured(coordinate, returned.marks)
                if node.selection_set:
                    yield from _passed(merging, node.selection_set, returned, depth + 1)


def _secured(coordinate: str, marks: MergedMarks) -> Iterator[_Needed]:
    if is_secured(marks):
        yield _Needed(coordinate, marks)


def _covers(type_: MergedType, field: MergedField, needed: MergedMarks) -> bool:
    own = (type_.marks, field.marks)
    return (
        (not needed.authenticated or any(marks.authenticated for marks in own))
        and implies(all_of(marks.scopes for marks in own if marks.scopes), needed.scopes)
        and implies(all_of(marks.policies for marks in own if marks.policies), needed.policies)
    )

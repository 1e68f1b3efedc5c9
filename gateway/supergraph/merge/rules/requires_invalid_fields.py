"""REQUIRES_INVALID_FIELDS, as sources together break it: what `@requires` asks of a field, its sources must take."""

from collections.abc import Iterator
from dataclasses import dataclass

from graphql import FieldNode, InlineFragmentNode, SelectionSetNode, print_ast

from gateway.errors import Finding
from gateway.supergraph.merge.field_uses import selections_of
from gateway.supergraph.merge.inputs import is_required
from gateway.supergraph.merge.model import MergedType
from gateway.supergraph.merge.outcome import Merging
from gateway.supergraph.merge.telling import finding
from gateway.supergraph.merge.type_refs import named, type_text
from gateway.supergraph.source.literals import fits
from gateway.supergraph.source.model import SourceField

CODE = "REQUIRES_INVALID_FIELDS"
_MAX_DEPTH = 32


@dataclass(frozen=True, slots=True)
class _Asked:
    """A field inside a `@requires`, and the type whose field it is."""

    type_: MergedType
    node: FieldNode

    @property
    def name(self) -> str:
        return self.node.name.value


def check(merging: Merging) -> Iterator[Finding]:
    """Each source that resolves a required field takes the arguments that it is given, and needs no others."""
    for type_, field in merging.fields():
        for source, said in field.sources.items():
            selections = selections_of(said.requires.text) if said.requires else None
            if said.requires is None or selections is None:
                continue
            for asked in _asked(merging, selections, type_, 0):
                for wrong, remedy in _misfits(merging, asked):
                    yield finding(
                        CODE,
                        f'@requires(fields: "{said.requires.text[:80]}") on {type_.name}.{field.name} of'
                        f" {merging.sources.told(source, said.requires.place)} {wrong}",
                        remedy,
                        said.requires.place,
                    )


def _asked(merging: Merging, selections: SelectionSetNode, type_: MergedType, depth: int) -> Iterator[_Asked]:
    """Every field that a selection names."""
    types = merging.merged.types
    for node in selections.selections if depth <= _MAX_DEPTH else ():
        below: MergedType | None = None
        if isinstance(node, InlineFragmentNode):
            below = types.get(node.type_condition.name.value) if node.type_condition else type_
        elif isinstance(node, FieldNode) and node.name.value in type_.fields:
            yield _Asked(type_, node)
            below = types.get(named(type_.fields[node.name.value].type))
        inner = getattr(node, "selection_set", None)
        if below is not None and inner is not None:
            yield from _asked(merging, inner, below, depth + 1)


def _misfits(merging: Merging, asked: _Asked) -> Iterator[tuple[str, str]]:
    """What is wrong with the arguments of one field for each source that may be asked, and how to mend it."""
    where = f"{asked.type_.name}.{asked.name}"
    given = {item.name.value: item.value for item in asked.node.arguments or ()}
    for source, resolved in _resolvers(merging, asked):
        told = merging.sources.told(source, resolved.marks.place)
        types = merging.sources.schemas[source].types
        for name, value in given.items():
            argument = resolved.arguments.get(name)
            if argument is None:
                yield (
                    f"gives {where} the argument {name[:80]}, which {told} does not take",
                    "take the argument out, or add it in that source",
                )
            elif not fits(value, argument.type, types):
                yield (
                    f"gives {where} {name}: {print_ast(value)[:80]}, which is no {type_text(argument.type)} in {told}",
                    "give a value that every source takes",
                )
        for argument in resolved.arguments.values():
            if is_required(argument) and argument.name not in given:
                yield (
                    f"leaves out the argument {argument.name} of {where}, which {told} needs",
                    f"give {argument.name}, or let it be left out in that source",
                )


def _resolvers(merging: Merging, asked: _Asked) -> Iterator[tuple[str, SourceField]]:
    """The sources that may be asked for a field, itself or through an interface object."""
    for source, said in asked.type_.fields[asked.name].sources.items():
        if not said.external:
            yield source, said
    for _, source, said in merging.through_interface_objects(asked.type_, asked.name):
        yield source, said

"""REQUIRES_INVALID_FIELDS, as sources together break it: what `@requires` asks of a field, its sources must take."""

from collections.abc import Iterator

from graphql import print_ast

from gateway.errors import Finding
from gateway.supergraph.merge.contexts import contextual
from gateway.supergraph.merge.inputs import is_required
from gateway.supergraph.merge.outcome import Merging
from gateway.supergraph.merge.required import RequiredField, requirements
from gateway.supergraph.merge.telling import finding
from gateway.supergraph.merge.type_refs import type_text
from gateway.supergraph.source.literals import fits
from gateway.supergraph.source.model import SourceField

CODE = "REQUIRES_INVALID_FIELDS"


def check(merging: Merging) -> Iterator[Finding]:
    """Each source that resolves a required field takes the arguments that it is given, and needs no others."""
    for requirement in requirements(merging):
        for field in requirement.fields:
            for wrong, remedy in _misfits(merging, field):
                yield finding(
                    CODE,
                    f"{requirement.told(merging)} {wrong}",
                    remedy,
                    requirement.given.place,
                )


def _misfits(merging: Merging, field: RequiredField) -> Iterator[tuple[str, str]]:
    """What is wrong with the arguments of one field for each source that may be asked, and how to mend it."""
    given = {item.name.value: item.value for item in field.node.arguments or ()}
    resolvers = dict(_resolvers(merging, field))
    taken = contextual({source: resolved.arguments for source, resolved in resolvers.items()})
    for source, resolved in resolvers.items():
        told = merging.sources.told(source, resolved.marks.place)
        types = merging.sources.schemas[source].types
        for name, value in given.items():
            argument = resolved.arguments.get(name)
            if name in taken:
                yield (
                    f"gives {field} the argument {name[:80]}, which is taken from a context and not given by anyone",
                    "take the argument out",
                )
            elif argument is None:
                yield (
                    f"gives {field} the argument {name[:80]}, which {told} does not take",
                    "take the argument out, or add it in that source",
                )
            elif not fits(value, argument.type, types):
                yield (
                    f"gives {field} {name}: {print_ast(value)[:80]}, which is no {type_text(argument.type)} in {told}",
                    "give a value that every source takes",
                )
        for argument in resolved.arguments.values():
            if is_required(argument) and argument.name not in given:
                yield (
                    f"leaves out the argument {argument.name} of {field}, which {told} needs",
                    f"give {argument.name}, or let it be left out in that source",
                )


def _resolvers(merging: Merging, field: RequiredField) -> Iterator[tuple[str, SourceField]]:
    """The sources that may be asked for a field, itself or through an interface object."""
    known = field.type_.fields.get(field.name)
    for source, said in known.sources.items() if known is not None else ():
        if not said.external:
            yield source, said
    for _, source, said in merging.through_interface_objects(field.type_, field.name):
        yield source, said

"""EXTERNAL_ARGUMENT_DEFAULT_MISMATCH: an argument of an external field with a default of its own."""

from collections.abc import Iterator

from graphql import print_ast

from gateway.errors import Finding
from gateway.supergraph.merge.inputs import same_default
from gateway.supergraph.merge.outcome import Merging
from gateway.supergraph.merge.telling import finding, what_each_says
from gateway.supergraph.source.model import SourceInput

CODE = "EXTERNAL_ARGUMENT_DEFAULT_MISMATCH"


def check(merging: Merging) -> Iterator[Finding]:
    """A source that marks a field external repeats the defaults of its arguments as in the merged schema."""
    for type_, field in merging.fields():
        if not merging.is_resolved(type_, field):
            continue
        for name, argument in field.arguments.items():
            wrong = {
                source: said.arguments[name]
                for source, said in field.sources.items()
                if said.external
                and name in said.arguments
                and not same_default(said.arguments[name].default, argument.default)
            }
            if wrong:
                said = {
                    source: (_default(item), item.marks.place)
                    for source, item in (*argument.sources.items(), *wrong.items())
                }
                yield finding(
                    CODE,
                    f"{type_.name}.{field.name}({name}:) has {what_each_says(merging.sources, said)}, where the field is"
                    " @external",
                    "repeat the default of the source that resolves the field",
                    next(iter(wrong.values())).marks.place,
                )


def _default(item: SourceInput) -> str:
    return "no default" if item.default is None else f"the default {print_ast(item.default)[:80]}"

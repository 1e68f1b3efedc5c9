"""EXTERNAL_ARGUMENT_TYPE_MISMATCH: an argument of an external field with a type of its own."""

from collections.abc import Iterator

from gateway.errors import Finding
from gateway.supergraph.merge.outcome import Merging
from gateway.supergraph.merge.telling import finding, what_each_says
from gateway.supergraph.merge.type_refs import takes, type_text

CODE = "EXTERNAL_ARGUMENT_TYPE_MISMATCH"


def check(merging: Merging) -> Iterator[Finding]:
    """A source that marks a field external takes for each argument all that the merged schema lets through."""
    for type_, field in merging.fields():
        for name, argument in field.arguments.items():
            merged = type_text(argument.type)
            wrong = {
                source: said.arguments[name]
                for source, said in field.sources.items()
                if said.external
                and name in said.arguments
                and not takes(said.arguments[name].type, argument.type)
            }
            if wrong and merging.is_resolved(type_, field):
                said = {
                    source: (f"`{type_text(item.type)}`", item.marks.place)
                    for source, item in (*argument.sources.items(), *wrong.items())
                }
                yield finding(
                    CODE,
                    f"{type_.name}.{field.name}({name}:) is {what_each_says(merging.sources, said)}, where the field is"
                    " @external",
                    f"write `{merged}` there",
                    next(iter(wrong.values())).marks.place,
                )

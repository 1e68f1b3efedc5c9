"""EXTERNAL_ARGUMENT_MISSING: an external field without an argument that it has where it is resolved."""

from collections.abc import Iterator

from gateway.errors import Finding
from gateway.supergraph.merge.outcome import Merging
from gateway.supergraph.merge.telling import finding, where

CODE = "EXTERNAL_ARGUMENT_MISSING"


def check(merging: Merging) -> Iterator[Finding]:
    """A source that marks a field external repeats all its arguments."""
    for type_, field in merging.fields():
        for name, argument in field.arguments.items():
            lacking = {
                source: said.marks.place
                for source, said in field.sources.items()
                if said.external and name not in said.arguments
            }
            if lacking:
                places = {source: said.marks.place for source, said in argument.sources.items()}
                yield finding(
                    CODE,
                    f"{type_.name}.{field.name}({name}:) is declared in {where(merging.sources, places)}, but not where"
                    f" the field is @external: in {where(merging.sources, lacking)}",
                    "repeat the argument there",
                    next(iter(lacking.values())),
                )

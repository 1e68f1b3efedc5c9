"""SATISFIABILITY_ERROR, as far as types tell it: `@requires` asks for fields of objects that cannot be there."""

from collections.abc import Iterator

from gateway.errors import Finding
from gateway.supergraph.merge.model import MergedType
from gateway.supergraph.merge.outcome import Merging
from gateway.supergraph.merge.required import RequiredField, requirements
from gateway.supergraph.merge.telling import finding
from gateway.supergraph.model import Kind

CODE = "SATISFIABILITY_ERROR"


def check(merging: Merging) -> Iterator[Finding]:
    """What a fragment in a `@requires` is on can be met there, in some source."""
    for requirement in requirements(merging):
        told: set[tuple[str, str]] = set()
        for field in requirement.fields:
            fragment = (field.met.name, field.type_.name)
            if fragment not in told and not _can_be(merging, field):
                told.add(fragment)
                yield finding(
                    CODE,
                    f"{requirement.told(merging)} asks for fields of {field.type_.name} where {field.met.name} is met,"
                    f" and in no source anything of type {field.met.name} is a {field.type_.name}",
                    f"take the fragment on {field.type_.name} out, or correct its type",
                    requirement.given.place,
                )


def _can_be(merging: Merging, field: RequiredField) -> bool:
    met, type_ = field.met, field.type_
    return met is type_ or bool(_concrete(merging, met) & _concrete(merging, type_))


def _concrete(merging: Merging, type_: MergedType) -> frozenset[str]:
    """The concrete types of a type over all sources."""
    if type_.kind is Kind.OBJECT:
        return frozenset({type_.name})
    types = merging.merged.types
    below = merging.sources.hierarchy.below(type_.name)
    return frozenset(name for name in below if name in types and types[name].kind is Kind.OBJECT)

"""OVERRIDE_ON_INTERFACE: `@override` where nothing is resolved."""

from collections.abc import Iterator

from gateway.errors import Finding
from gateway.supergraph.merge.outcome import Merging
from gateway.supergraph.merge.telling import finding
from gateway.supergraph.model import Kind

CODE = "OVERRIDE_ON_INTERFACE"


def check(merging: Merging) -> Iterator[Finding]:
    """Fields of interfaces are resolved by their implementations: those can be overridden."""
    for type_, field in merging.fields():
        for source, said in field.sources.items():
            if said.override and type_.sources[source].kind is Kind.INTERFACE:
                yield finding(
                    CODE,
                    f"{merging.sources.told(source, said.override.place)} overrides {type_.name}.{field.name},"
                    " a field of an interface",
                    "put @override on the field of each type that implements it",
                    said.override.place,
                )

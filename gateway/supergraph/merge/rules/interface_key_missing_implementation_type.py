"""INTERFACE_KEY_MISSING_IMPLEMENTATION_TYPE: an entity interface in a source that does not know all of it."""

from collections.abc import Iterator

from gateway.errors import Finding
from gateway.supergraph.merge.outcome import Merging
from gateway.supergraph.merge.telling import finding, listed
from gateway.supergraph.model import Kind

CODE = "INTERFACE_KEY_MISSING_IMPLEMENTATION_TYPE"


def check(merging: Merging) -> Iterator[Finding]:
    """A source that finds an interface by a key can tell each of its implementations."""
    for name, said in merging.sources.types.items():
        implementations = [
            below
            for below in sorted(merging.sources.hierarchy.below(name))
            if merging.sources.kind(below) is Kind.OBJECT
        ]
        for source, type_ in said.items():
            key = next((key for key in type_.keys if key.resolvable), None)
            if type_.kind is not Kind.INTERFACE or key is None:
                continue
            own = merging.possible(source, name)
            lacking = [below for below in implementations if below not in own]
            if lacking:
                yield finding(
                    CODE,
                    f"{merging.sources.told(source, key.fields.place)} has the key {key.fields.text[:80]!r} on the"
                    f" interface {name}, and lacks these implementations of it: {listed(lacking)}",
                    f"let each implement {name} in {source} too, or make the key `resolvable: false`",
                    key.fields.place,
                )

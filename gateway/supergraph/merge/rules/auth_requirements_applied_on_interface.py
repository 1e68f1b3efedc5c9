"""AUTH_REQUIREMENTS_APPLIED_ON_INTERFACE: security where nothing is resolved."""

from collections.abc import Iterator

from gateway.errors import Finding
from gateway.supergraph.merge.marks import carried_by
from gateway.supergraph.merge.outcome import Merging
from gateway.supergraph.merge.telling import finding
from gateway.supergraph.model import Kind
from gateway.supergraph.source.model import Marks, SourceType

CODE = "AUTH_REQUIREMENTS_APPLIED_ON_INTERFACE"
_SECURITY = ("authenticated", "requiresScopes", "policy")


def check(merging: Merging) -> Iterator[Finding]:
    """Interfaces get the requirements of all their implementations; they have none of their own."""
    for source, schema in merging.sources.schemas.items():
        for type_ in schema.types.values():
            for coordinate, marks in _of_interface(type_):
                for name in carried_by(marks):
                    if name in _SECURITY:
                        yield finding(
                            CODE,
                            f"{merging.sources.told(source, marks.place)} applies @{name} to {coordinate}, of an"
                            " interface",
                            "apply it to the types that implement the interface, or to their fields",
                            marks.place,
                        )


def _of_interface(type_: SourceType) -> Iterator[tuple[str, Marks]]:
    if type_.kind is Kind.INTERFACE or type_.interface_object:
        yield type_.name, type_.marks
    if type_.kind is Kind.INTERFACE:
        for field in type_.fields.values():
            yield f"{type_.name}.{field.name}", field.marks

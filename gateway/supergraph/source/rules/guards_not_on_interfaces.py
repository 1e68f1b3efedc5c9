"""AUTH_REQUIREMENTS_APPLIED_ON_INTERFACE: requirements stand where data is, on objects and their fields."""

from collections.abc import Iterator

from gateway.errors import Finding
from gateway.supergraph.model import Kind
from gateway.supergraph.source.model import Marks, SourceSchema
from gateway.supergraph.source.selections import SourceTypes
from gateway.supergraph.source.usages import finding


def check(schema: SourceSchema, types: SourceTypes) -> Iterator[Finding]:
    """Find `@authenticated`, `@requiresScopes` and `@policy` on interfaces and interface objects, or their fields.

    Not on fields of interface objects: the source resolves them itself.
    """
    for found in schema.types.values():
        if found.kind is Kind.INTERFACE or found.interface_object:
            yield from _guarded(schema, found.name, found.marks)
        for field in found.fields.values() if found.kind is Kind.INTERFACE else ():
            yield from _guarded(schema, f"{found.name}.{field.name}", field.marks)


def _guarded(schema: SourceSchema, on: str, marks: Marks) -> Iterator[Finding]:
    stated = {
        "authenticated": marks.authenticated,
        "requiresScopes": marks.scopes is not None,
        "policy": marks.policies is not None,
    }
    for directive in (name for name, there in stated.items() if there):
        yield finding(
            schema,
            "AUTH_REQUIREMENTS_APPLIED_ON_INTERFACE",
            f"@{directive} stands on {on}, and an interface holds no data to guard",
            f"write @{directive} on the types that implement the interface, or on their fields",
            marks.place,
        )

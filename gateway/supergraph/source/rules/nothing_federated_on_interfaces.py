"""KEY_, REQUIRES_ and PROVIDES_UNSUPPORTED_ON_INTERFACE: what interfaces cannot say."""

from collections.abc import Iterator

from gateway.errors import Finding
from gateway.supergraph.model import Kind
from gateway.supergraph.source.model import SourceSchema
from gateway.supergraph.source.selections import SourceTypes
from gateway.supergraph.source.usages import finding

_INTERFACE_KEYS_SINCE = (2, 3)


def check(schema: SourceSchema, types: SourceTypes) -> Iterator[Finding]:
    """Find keys on interfaces before federation v2.3, and `@requires` and `@provides` on fields of interfaces."""
    for found in schema.types.values():
        if found.kind is not Kind.INTERFACE:
            continue
        if schema.federation < _INTERFACE_KEYS_SINCE:
            for key in found.keys:
                yield finding(
                    schema,
                    "KEY_UNSUPPORTED_ON_INTERFACE",
                    f"@key stands on the interface {found.name}, which federation knows since v2.3",
                    "link federation v2.3 or newer, or take the @key off",
                    key.fields.place,
                )
        for field in found.fields.values():
            for directive, given in (("requires", field.requires), ("provides", field.provides)):
                if given is not None:
                    yield finding(
                        schema,
                        f"{directive.upper()}_UNSUPPORTED_ON_INTERFACE",
                        f"@{directive} stands on {found.name}.{field.name}, a field of an interface",
                        f"write @{directive} on the field in each type that implements {found.name}",
                        given.place,
                    )

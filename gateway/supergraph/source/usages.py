"""Where a source uses field sets, and how its rules tell what is wrong."""

from collections.abc import Iterator
from dataclasses import dataclass

from gateway.errors import Finding
from gateway.supergraph.source.model import FieldSetText, SourcePlace, SourceSchema
from gateway.supergraph.source.selections import SourceTypes


@dataclass(frozen=True, slots=True)
class Usage:
    """One field set. `directive`: key, requires or provides; `on`: what it stands on.

    `type_name`: the type whose fields it names; None when that has no fields (`@provides` on a scalar).
    """

    directive: str
    on: str
    given: FieldSetText
    type_name: str | None

    @property
    def prefix(self) -> str:
        """How the codes of its findings begin."""
        return self.directive.upper()

    def __str__(self) -> str:
        return f'@{self.directive}(fields: "{self.given.text[:80]}") on {self.on}'


def usages(schema: SourceSchema, types: SourceTypes) -> Iterator[Usage]:
    """Every field set of a source, in the order of its types."""
    for found in schema.types.values():
        for key in found.keys:
            yield Usage("key", found.name, key.fields, found.name)
        for field in found.fields.values():
            on = f"{found.name}.{field.name}"
            if field.requires is not None:
                yield Usage("requires", on, field.requires, found.name)
            if field.provides is not None:
                returned = types.returned(field)
                yield Usage("provides", on, field.provides, returned.name if returned else None)


def finding(schema: SourceSchema, code: str, message: str, remedy: str, place: SourcePlace) -> Finding:
    """A finding about one source, at a place of its text."""
    return Finding(code, f"{schema.source.name}: {message}", remedy, place.source, place.line, place.column)

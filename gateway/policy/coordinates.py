"""The names of fields as policy files write them: `Person.name`, `"Person.health*"`."""

import re
from collections.abc import Mapping
from fnmatch import fnmatchcase
from typing import Final

from gateway.policy.documents import Text
from gateway.policy.model import Coordinate
from gateway.policy.reading import Reader, shortened, suggestion
from gateway.supergraph.model import Kind, Supergraph

_SHAPE: Final = re.compile(r"(?P<type>[A-Za-z_][A-Za-z0-9_]*)\.(?P<field>[A-Za-z0-9_*]+)")


class Coordinates:
    """The concrete types of a supergraph and their fields, by the names that policies use.

    The fields of the root types are no coordinates: a policy opens them by `lookup` and `list`.
    """

    def __init__(self, supergraph: Supergraph) -> None:
        schema = supergraph.schema
        roots = {
            root.name for root in (schema.query_type, schema.mutation_type, schema.subscription_type) if root
        }
        self._abstract = {
            name for name, type_ in supergraph.types.items() if type_.kind in (Kind.INTERFACE, Kind.UNION)
        }
        self._roots = roots
        self.fields: Mapping[str, frozenset[str]] = {
            name: frozenset(type_.fields)
            for name, type_ in supergraph.types.items()
            if type_.kind is Kind.OBJECT and name not in roots
        }

    def all(self) -> frozenset[Coordinate]:
        """Every field of every concrete type."""
        return frozenset((name, field) for name, fields in self.fields.items() for field in fields)

    def matching(self, text: Text, reader: Reader) -> frozenset[Coordinate]:
        """The fields that `text` names, wildcards expanded; a finding when it names none."""
        match = _SHAPE.fullmatch(text.value)
        if match is None:
            reader.report(
                text.place, f"{shortened(text.value)} names no field", 'write `Type.field` or `"Type.*"`'
            )
            return frozenset()
        type_name, pattern = match["type"], match["field"]
        if not self.known_type(Text(text.place, type_name), reader):
            return frozenset()
        fields = self.fields[type_name]
        found = frozenset((type_name, field) for field in fields if fnmatchcase(field, pattern))
        if not found:
            self._report_unknown(text, type_name, pattern, reader)
        return found

    def known_type(self, text: Text, reader: Reader) -> bool:
        """True when `text` is a concrete type; else a finding."""
        if text.value in self._abstract:
            remedy = "name the concrete types, each by itself"
            reader.report(text.place, f"{text.value} is an interface or union", remedy)
            return False
        if text.value in self._roots:
            remedy = "allow `lookup` of the key or `list` of the type instead"
            reader.report(text.place, f"{text.value} is a root type", remedy)
            return False
        return reader.known(text, "type", self.fields)

    def _report_unknown(self, text: Text, type_name: str, pattern: str, reader: Reader) -> None:
        if "*" in pattern:
            reader.report(
                text.place, f"no field matches {shortened(text.value)}", "mend the pattern or delete it"
            )
        else:
            nearest = suggestion(pattern, self.fields[type_name])
            reader.report(text.place, f"unknown field {shortened(text.value)}", nearest)


def is_pattern(text: Text) -> bool:
    """True when the text names fields by a wildcard."""
    return "*" in text.value

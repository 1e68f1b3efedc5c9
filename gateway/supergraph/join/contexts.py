"""Contexts of a composed supergraph: which types set them, and what of these is taken (`join__ContextArgument`)."""

from collections.abc import Mapping

from graphql import Node

from gateway.supergraph.join.document import COMPOSE_AGAIN, INVALID, Report, applied
from gateway.supergraph.join.features import Features
from gateway.supergraph.join.keys import FieldSets
from gateway.supergraph.join.types import WrittenTypes
from gateway.supergraph.model import ContextArgument

MAX_VALUES = 1_000_000
"""Values that fields take from contexts, each counted for every concrete type that may give it."""
_PARTS = ("name", "type", "context", "selection")


class Contexts:
    """Reads what fields take from contexts."""

    def __init__(
        self, features: Features, types: WrittenTypes, field_sets: FieldSets, report: Report
    ) -> None:
        self.types = types
        self.field_sets = field_sets
        self.report = report
        self._set_by = _set_by(features, types)
        self._values = 0

    def arguments(self, listed: object, node: Node) -> tuple[ContextArgument, ...]:
        """The value of `contextArguments`, which stands at `node`."""
        return tuple(
            found
            for item in (listed if isinstance(listed, list) else ())
            if (found := self._argument(item, node)) is not None
        )

    def _argument(self, item: object, node: Node) -> ContextArgument | None:
        said = item if isinstance(item, Mapping) else {}
        parts = [value for part in _PARTS if isinstance(value := said.get(part), str)]
        if len(parts) < len(_PARTS):
            self.report.add(INVALID, "an argument of a context lacks a part", COMPOSE_AGAIN, node)
            return None
        name, type_, context, selection = parts
        self._values += len(self._set_by.get(context, ()))
        if self._values > MAX_VALUES:
            self.report.add(INVALID, f"fields take more than {MAX_VALUES} values from contexts",
                            "compose smaller supergraphs", node)  # fmt: skip
            self.report.stop()
        selections = {
            concrete: self.field_sets.read(selection, concrete, node, self.types)
            for concrete in self._set_by.get(context, ())
        }
        return ContextArgument(name, type_, context, selections)


def _set_by(features: Features, types: WrittenTypes) -> Mapping[str, list[str]]:
    """Context → the concrete types of the objects that set it."""
    found: dict[str, set[str]] = {}
    for name, written in types.by_name.items():
        for said in applied(written.node, features.context):
            found.setdefault(said.text("name"), set()).update(types.possible(name))
    return {context: sorted(names) for context, names in found.items()}

"""How a source answers: strictly from what it resolves, and from what a representation carries.

Whatever a right gateway never does is answered by an error: asking for an external field that no `@provides`
on the way covers, for a field that another source has taken over, for a field whose `@requires` inputs the
representation lacks, or for an entity without a complete key.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from graphql import (
    FieldNode,
    GraphQLResolveInfo,
    SelectionSetNode,
    execute_sync,
    get_named_type,
    is_leaf_type,
    parse,
    validate,
)

from tests.federation.directed import directed
from tests.federation.field_sets import REPRESENTATION, beyond, fields_of, pick, row_reader
from tests.federation.source_schema import FieldSaid, SourceSchema
from tests.federation.world import ROOTS, Row, Value, World, computed


class Asked(Exception):
    """A gateway asked what it must not; the message says what."""


@dataclass(frozen=True)
class Object:
    """An object that a source answers: its row, the representation that it was asked by, what is provided."""

    row: Row
    type_name: str
    sent: Mapping[str, Value] | None = None
    provided: tuple[SelectionSetNode, ...] = ()


@dataclass
class Source:
    """One source over a world. `requests` counts; `problems` holds what no right gateway would have asked."""

    said: SourceSchema
    implementers: Mapping[str, frozenset[str]]
    world: Callable[[], World]
    requests: int = 0
    problems: list[str] = field(default_factory=list)

    def answer(self, request: Mapping[str, Any]) -> dict[str, Any]:  # Any: JSON
        """The JSON of the answer to a GraphQL request."""
        self.requests += 1
        document = parse(request["query"])
        if errors := validate(self.said.schema, document):
            self.problems += [f"{self.said.name}: {error.message} in {request['query']}" for error in errors]
            return {"errors": [error.formatted for error in errors]}
        result = execute_sync(
            self.said.schema,
            document,
            root_value=Object({"$type": "Query"}, "Query"),
            variable_values=dict(request.get("variables") or {}),
            operation_name=request.get("operationName"),
            field_resolver=self._resolve,
            type_resolver=lambda value, *_: value.type_name,
        )
        for error in result.errors or ():
            if isinstance(error.original_error, Asked | KeyError):
                self.problems.append(f"{self.said.name}: {error.original_error!r} in {request['query']}")
        return dict(result.formatted)

    def _resolve(self, at: Object, info: GraphQLResolveInfo[Any], **arguments: Value) -> Value:
        name = info.field_name
        if name == "_entities":
            return [self._entity(one) for one in arguments["representations"]]
        if name == "_service":
            return Object({"$type": "_Service", "sdl": self.said.sdl}, "_Service")
        type_name = info.parent_type.name
        if type_name in ROOTS:
            at = Object(self.world().rows.get(type_name, {}), type_name)
        if type_name == "_Service":
            return at.row["sdl"]
        said = self.said.types[type_name].fields[name]
        self._allowed(at, type_name, name, said)
        if self.said.name in at.row.get("$absent", ()) and name not in self._key_fields(type_name):
            return None
        if said.requires is not None:
            found = self.world().follow(self._computed(at, name, arguments, said))
        else:
            found = self.world().value(at.row, name, arguments)
        if is_leaf_type(get_named_type(info.return_type)):
            return directed(found, info)
        return self._objects(found, said, tuple(self._provided_below(at, name, said)))

    def _allowed(self, at: Object, type_name: str, name: str, said: FieldSaid) -> None:
        if (type_name, name) in self.said.overridden:
            raise Asked(f"{type_name}.{name} was taken over by another source")
        if said.external and name not in {one.name.value for one in self._provided(at)}:
            raise Asked(f"{type_name}.{name} is external and not provided here")

    def _computed(self, at: Object, name: str, arguments: Mapping[str, Value], said: FieldSaid) -> Value:
        assert said.requires is not None
        if at.sent is not None:
            inputs = pick(said.requires, at.sent, REPRESENTATION, self.said.possible)
        elif self._is_at_hand(said.requires, at):
            inputs = pick(said.requires, at.row, row_reader(self.world()), self.said.possible)
        else:
            raise Asked(f"{name} needs a representation")
        return computed(name, arguments, inputs, said.leaf, at.row.get(name))

    def _is_at_hand(self, required: SelectionSetNode, at: Object) -> bool:
        """Whether a `@provides` on the way promised all that is required."""
        provided = {one.name.value for one in self._provided(at)}
        wanted = fields_of(required, at.row, row_reader(self.world()), self.said.possible)
        return all(one.name.value in provided for one in wanted)

    def _provided(self, at: Object) -> Iterator[FieldNode]:
        for one in at.provided:
            yield from fields_of(one, at.row, row_reader(self.world()), self.said.possible)

    def _provided_below(self, at: Object, name: str, said: FieldSaid) -> Iterator[SelectionSetNode]:
        if said.provides is not None:
            yield said.provides
        for one in self._provided(at):
            if one.name.value == name and one.selection_set is not None:
                yield one.selection_set

    def _objects(self, value: Value, said: FieldSaid, provided: tuple[SelectionSetNode, ...]) -> Value:
        if isinstance(value, list):
            return [self._objects(item, said, provided) for item in value]
        if isinstance(value, dict):
            declared = said.leaf.strip("[]")
            return Object(value, self._type_here(value.get("$type", declared), declared), None, provided)
        return value

    def _type_here(self, concrete: str, declared: str) -> str:
        """The name that this source has for a row's type: the interface object's, where it knows no other."""
        if concrete in self.said.types:
            return concrete
        for name, said in self.said.types.items():
            if said.interface_object and concrete in self.implementers.get(name, ()):
                return name
        return declared

    def _entity(self, sent: Mapping[str, Value]) -> Object | None:
        type_name = sent["__typename"]
        said = self.said.types.get(type_name)
        if said is None or not said.keys:
            raise Asked(f"{type_name} is no entity here")
        required = [one.requires for one in said.fields.values() if one.requires is not None]
        if more := beyond([*said.keys, *required], sent, REPRESENTATION, self.said.possible):
            raise Asked(f"the representation holds {sorted(more)}, which nothing requires: {dict(sent)}")
        complete = [picked for key in said.keys if (picked := self._sent_key(key, sent)) is not None]
        if not complete:
            raise Asked(f"the representation has no complete key: {dict(sent)}")
        concrete = self.implementers.get(type_name, frozenset({type_name}))
        for row in self.world().rows_of(*sorted(concrete)):
            if self.said.name not in row.get("$absent", ()) and all(
                pick(key, row, row_reader(self.world()), self.said.possible) == picked
                for key, picked in complete
            ):
                return Object(row, self._type_here(row["$type"], type_name), sent)
        return None

    def _sent_key(
        self, key: SelectionSetNode, sent: Mapping[str, Value]
    ) -> tuple[SelectionSetNode, Value] | None:
        try:
            picked = pick(key, sent, REPRESENTATION, self.said.possible)
        except (KeyError, TypeError):
            return None
        return None if _has_null(picked) else (key, picked)

    def _key_fields(self, type_name: str) -> set[str]:
        keys = self.said.types[type_name].keys
        return {one.name.value for key in keys for one in key.selections if isinstance(one, FieldNode)}


def _has_null(value: Value) -> bool:
    if isinstance(value, dict):
        return any(_has_null(item) for item in value.values())
    if isinstance(value, list):
        return any(_has_null(item) for item in value)
    return value is None

"""The expected answer: the public schema over the same data, executed whole by graphql-core."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from graphql import GraphQLResolveInfo, build_schema, execute_sync, parse, validate

from tests.federation.case import Case, Run
from tests.federation.directed import directed
from tests.federation.field_sets import Reader, pick
from tests.federation.source_schema import FieldSaid, SourceSchema, read_sources
from tests.federation.world import ROOTS, Row, Value, World, computed


@dataclass(frozen=True)
class Expected:
    """What a client must see: the data, and where errors stand."""

    data: Value
    error_paths: frozenset[tuple[str | int, ...]]


def implementers(sources: Mapping[str, SourceSchema]) -> dict[str, frozenset[str]]:
    """The concrete types of each abstract type, over all sources of a case."""
    names = {name for source in sources.values() for name in source.types}
    return {
        name: frozenset[str]().union(
            *(
                source.possible(name)
                for source in sources.values()
                if name in source.types and not source.types[name].interface_object
            )
        )
        for name in names
    }


@dataclass(frozen=True)
class Whole:
    """All data as one source would resolve it."""

    world: World
    required: Mapping[tuple[str, str], tuple[SourceSchema, FieldSaid]]

    def value(self, row: Row, name: str, arguments: Mapping[str, Value]) -> Value:
        """What a field of a row answers; one with `@requires` is computed from what it requires."""
        found = self.required.get((row.get("$type", ""), name))
        if found is None:
            return self.world.value(row, name, arguments)
        source, said = found
        assert said.requires is not None
        if source.name in row.get("$absent", ()):
            return None
        reader = Reader(self.value, lambda one: one.get("$type"))
        inputs = pick(said.requires, row, reader, source.possible)
        return self.world.follow(computed(name, arguments, inputs, said.leaf, row.get(name)))


def expected_answer(case: Case, run: Run) -> Expected:
    """What graphql-core answers from the whole. Raises ValueError for an operation that it refuses."""
    whole = Whole(case.world(), _required(read_sources(case.subgraphs)))

    def resolve(row: Row, info: GraphQLResolveInfo[Any], **arguments: Value) -> Value:
        if info.parent_type.name in ROOTS:
            row = whole.world.rows[info.parent_type.name]
        return directed(whole.value(row, info.field_name, arguments), info)

    schema, document = build_schema(case.api), parse(run.document)
    if errors := validate(schema, document):
        raise ValueError(f"{run.name} is no operation of this graph: {errors}")
    result = execute_sync(
        schema,
        document,
        root_value={},
        variable_values=run.variables,
        field_resolver=resolve,
        type_resolver=lambda row, *_: row["$type"],
    )
    paths = frozenset(tuple(error.path or ()) for error in result.errors or ())
    return Expected(result.data, paths)


def _required(sources: Mapping[str, SourceSchema]) -> dict[tuple[str, str], tuple[SourceSchema, FieldSaid]]:
    """The fields with `@requires` by (concrete type, field): those of interface objects on each implementer."""
    concrete = implementers(sources)
    found: dict[tuple[str, str], tuple[SourceSchema, FieldSaid]] = {}
    for source in sources.values():
        for type_name, said in source.types.items():
            for name, one in said.fields.items():
                if one.requires is not None:
                    for possible in concrete[type_name] if said.interface_object else (type_name,):
                        found[possible, name] = (source, one)
    return found

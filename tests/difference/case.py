"""A case: sources, rows and operations that hypothesis draws."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from random import Random

from graphql import (
    FieldNode,
    GraphQLInterfaceType,
    GraphQLObjectType,
    GraphQLSchema,
    GraphQLUnionType,
    InlineFragmentNode,
    SelectionSetNode,
    get_named_type,
    print_ast,
    print_schema,
)
from hypothesis import strategies as st

from tests.difference.choices import Choices
from tests.difference.generating import THEMES, generate
from tests.difference.operations import About, make_run
from tests.difference.public import public_schema
from tests.difference.rows import RowMaker, Rows
from tests.federation.case import Case, Run
from tests.federation.source_schema import SourceSchema, read_sources
from tests.federation.world import ROOTS

OPERATIONS = 3
"""How many operations a case has at most."""


@dataclass(frozen=True)
class Drawn:
    """Everything that a case needs; printed, it can be read."""

    sources: dict[str, str]
    data: Rows
    runs: tuple[Run, ...]

    def __repr__(self) -> str:
        sources = "\n".join(f"# source {name}\n{text}" for name, text in self.sources.items())
        runs = "\n".join(f"{run.document}\nvariables: {json.dumps(run.variables)}" for run in self.runs)
        return f"\n{sources}\ndata: {json.dumps(self.data)}\n{runs}\n"

    def case(self) -> Case:
        """The same as the conformance suite knows cases, without composed SDL."""
        api = print_schema(public_schema(read(self.sources)))
        return Case("drawn", (), "", api, self.sources, self.data, self.runs, {})


def read(sources: Mapping[str, str], labels: frozenset[str] = frozenset()) -> dict[str, SourceSchema]:
    """The sources as their servers read them. `labels`: those of `@override` that are active."""
    return _read(tuple(sources.items()), labels)


@lru_cache(maxsize=8)
def _read(sources: tuple[tuple[str, str], ...], labels: frozenset[str]) -> dict[str, SourceSchema]:
    return read_sources(dict(sources), labels)


def cases(theme: str) -> st.SearchStrategy[Drawn]:
    """Cases of a theme."""
    return st.integers(0, 2**48).map(lambda number: draw(number, theme))


def draw(number: int, theme: str) -> Drawn:
    """The case of a theme that follows from a number; one without sources when the choices lead nowhere."""
    choices = Choices(Random(number), THEMES[theme])
    try:
        sources = generate(choices)
    except LookupError:
        return Drawn({}, {}, ())
    known = read(sources)
    faults = 15 if choices.chance(30, "faults") else 0
    data = RowMaker(known, choices.number(0, 9_999), faults=faults).rows()
    schema = public_schema(known)
    about = About(schema, _ids(data), _leading_to(schema, _telling(known)), _provided(known), faults == 0)
    runs = []
    for at in range(choices.number(1, OPERATIONS)):
        mutation = about.schema.mutation_type is not None and at == 0
        runs.append(make_run(choices, about, f"Q{at}", mutation))
    return Drawn(sources, data, tuple(run for run in runs if run is not None))


def _ids(data: Rows) -> list[str]:
    rows = [row for name, rows in data.items() if name not in ("Query", "Mutation") for row in rows.values()]
    return [row["id"] for row in rows if isinstance(row.get("id"), str)] or ["x"]


def _telling(sources: Mapping[str, SourceSchema]) -> set[str]:
    """The fields that one source alone could not answer, or that another provides."""
    found: set[str] = set()
    for source in sources.values():
        for type_name, here in source.types.items():
            having = [one.types[type_name] for one in sources.values() if type_name in one.types]
            if not here.keys and type_name not in ROOTS:
                found |= {name for name in here.fields if not all(name in one.fields for one in having)}
    for known in (known for source in sources.values() for known in source.types.values()):
        for name, said in known.fields.items():
            if (
                said.requires
                or said.provides
                or said.overrides
                or (known.interface_object and name[0] == "o")
            ):
                found.add(name)
            if said.provides:
                found |= _names(said.provides)
    return found


def _provided(sources: Mapping[str, SourceSchema]) -> dict[tuple[str, str], str]:
    return {
        (type_name, name): " ".join(print_ast(said.provides).split())
        for source in sources.values()
        for type_name, known in source.types.items()
        for name, said in known.fields.items()
        if said.provides
    }


def _leading_to(schema: GraphQLSchema, telling: set[str]) -> set[str]:
    """These fields, and those that lead to objects that have one of them."""
    having = {
        name
        for name, known in schema.type_map.items()
        if isinstance(known, GraphQLObjectType | GraphQLInterfaceType) and telling & set(known.fields)
    }
    having |= {
        name
        for name, known in schema.type_map.items()
        if isinstance(known, GraphQLUnionType) and having & {one.name for one in known.types}
    }
    return telling | {
        name
        for known in schema.type_map.values()
        if isinstance(known, GraphQLObjectType | GraphQLInterfaceType)
        for name, field in known.fields.items()
        if get_named_type(field.type).name in having
    }


def _names(selections: SelectionSetNode) -> set[str]:
    found = set()
    for one in selections.selections:
        if isinstance(one, FieldNode):
            found.add(one.name.value)
        if isinstance(one, FieldNode | InlineFragmentNode) and one.selection_set:
            found |= _names(one.selection_set)
    return found
